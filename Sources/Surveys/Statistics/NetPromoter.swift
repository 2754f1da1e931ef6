/// 100 (promoters − detractors) of answers 0 to 10: 9 and 10 promote, 0 to 6 detract.
///
/// The interval is that of the mean of +100, 0 and −100: variance 100² (p + d − (p − d)²) / n.
package enum NetPromoter {
  /// `counts` by answer, from 0; nil where nobody answered.
  package static func score(_ counts: [Int]) -> Estimate? {
    let total = counts.reduce(0, +)
    guard total > 0 else { return nil }
    let n = Double(total)
    let p = Double(counts.dropFirst(9).reduce(0, +)) / n
    let d = Double(counts.prefix(7).reduce(0, +)) / n
    let score = 100 * (p - d)
    let half = Quantile.normal * 100 * (max(0, p + d - (p - d) * (p - d)) / n).squareRoot()
    return Estimate(value: score, low: max(-100, score - half), high: min(100, score + half))
  }
}
