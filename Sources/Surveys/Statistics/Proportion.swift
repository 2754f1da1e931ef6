/// A share and its Wilson score interval of 95 % (Wilson 1927), which stays within 0 … 1 and holds at both ends.
package enum Proportion {
  /// nil of nobody.
  package static func wilson(_ hits: Int, of total: Int) -> Estimate? {
    guard total > 0 else { return nil }
    let n = Double(total)
    let p = Double(hits) / n
    let z = Quantile.normal
    let scale = 1 + z * z / n
    let centre = (p + z * z / (2 * n)) / scale
    let half = z / scale * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    // Rounding must not put the bound of nobody above 0, nor that of all below 1.
    return Estimate(
      value: p, low: hits == 0 ? 0 : max(0, centre - half), high: hits == total ? 1 : min(1, centre + half))
  }
}
