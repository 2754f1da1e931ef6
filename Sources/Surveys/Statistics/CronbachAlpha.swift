/// How well the items of a scale measure one thing: Cronbach's alpha over the responses with every item (listwise).
///
/// α = k/(k−1) · (1 − Σ var(item) / var(total)); sums are whole numbers, so that only the last divisions round. The
/// 95 % interval is Feldt's (1965), by quantiles of F(n−1, (n−1)(k−1)).
package enum CronbachAlpha {
  /// nil of fewer than two items or responses, and where the totals do not differ.
  package static func estimate(_ scale: ScaleAggregate) -> Estimate? {
    let items = scale.sums.count
    let n = scale.complete
    guard items > 1, n > 1 else { return nil }
    func spread(_ sum: Int, _ squares: Int) -> Int128 {
      Int128(n) * Int128(squares) - Int128(sum) * Int128(sum)
    }
    let total = spread(scale.total, scale.totalSquares)
    guard total > 0 else { return nil }
    let parts = zip(scale.sums, scale.squares).reduce(Int128(0)) { $0 + spread($1.0, $1.1) }
    let k = Double(items)
    // The difference is taken in whole numbers: alpha near zero keeps its digits.
    let alpha = k / (k - 1) * (Double(total - parts) / Double(total))
    let degrees = Double(n - 1)
    let low = Quantile.f(0.975, degrees, degrees * (k - 1))
    let high = Quantile.f(0.025, degrees, degrees * (k - 1))
    return Estimate(value: alpha, low: 1 - (1 - alpha) * low, high: 1 - (1 - alpha) * high)
  }
}
