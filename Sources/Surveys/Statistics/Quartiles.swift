/// Quantiles between order statistics: definition 7 of Hyndman and Fan (1996), the default of R, numpy and Excel's
/// QUARTILE.INC. The place is 1 + (n − 1) p, and between two answers it is shared linearly.
package struct Quartiles: Hashable, Sendable {
  package let lower: Double
  package let median: Double
  package let upper: Double

  /// `numbers` ascending; nil of none.
  package init?(_ numbers: [(value: Double, count: Int)]) {
    let n = numbers.reduce(0) { $0 + $1.count }
    guard n > 0 else { return nil }
    func order(_ place: Int) -> Double {
      var before = 0
      for number in numbers {
        before += number.count
        if place < before { return number.value }
      }
      return numbers.last?.value ?? 0
    }
    // In quarters, so that the place is exact.
    func quantile(_ quarters: Int) -> Double {
      let place = (n - 1) * quarters
      let low = order(place / 4)
      let share = Double(place % 4) / 4
      return share == 0 ? low : low + share * (order(place / 4 + 1) - low)
    }
    lower = quantile(1)
    median = quantile(2)
    upper = quantile(3)
  }

  /// Whole numbers from `lowest`, by how often each was given.
  package init?(counts: [Int], lowest: Int) {
    self.init(counts.enumerated().map { (Double(lowest + $0), $1) })
  }
}
