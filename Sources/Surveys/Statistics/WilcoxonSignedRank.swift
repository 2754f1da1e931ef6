import Foundation

/// Whether answers of the same people rose or fell: Wilcoxon's signed-rank test, two-sided.
///
/// People without a change are left out (Wilcoxon's own way with zeros), tied changes share their mean rank. Up to
/// `exactLimit` changes the p is exact, by counting all 2ⁿ signs of the very ranks at hand, ties included; beyond, it is
/// the normal approximation with the corrections for continuity and ties.
package struct WilcoxonSignedRank: Hashable, Sendable {
  /// 2⁵⁰ ways are counted by doubles without rounding.
  package static let exactLimit = 50

  /// Changes that are not zero.
  package let count: Int
  package let positive: Double
  package let negative: Double
  package let p: Double
  package let isExact: Bool

  package var statistic: Double { min(positive, negative) }

  /// Rank-biserial correlation: the share of the ranks that rose less the share that fell (Kerby 2014).
  package var effect: Double { (positive - negative) / (positive + negative) }

  /// Differences and how often each occurs; nil where nothing changed.
  ///
  /// O(*n*³) exact, since n items are added to a table of n(n+1) sums; else O(*g* log *g*) of g distinct changes.
  package init?(_ differences: [(value: Double, count: Int)]) {
    var groups: [Double: (rose: Int, fell: Int)] = [:]
    for difference in differences where difference.value != 0 {
      groups[abs(difference.value), default: (0, 0)].rose += difference.value > 0 ? difference.count : 0
      groups[abs(difference.value), default: (0, 0)].fell += difference.value < 0 ? difference.count : 0
    }
    // Ranks are doubled, so that a shared one is whole.
    var ranks: [(doubled: Int, count: Int)] = []
    var before = 0
    var rose = 0
    var fell = 0
    var ties = 0.0
    for (_, group) in groups.sorted(by: { $0.key < $1.key }) {
      let size = group.rose + group.fell
      let doubled = 2 * before + size + 1
      ranks.append((doubled, size))
      rose += doubled * group.rose
      fell += doubled * group.fell
      ties += Double(size) * (Double(size) * Double(size) - 1)
      before += size
    }
    guard before > 0 else { return nil }
    count = before
    positive = Double(rose) / 2
    negative = Double(fell) / 2
    isExact = before <= WilcoxonSignedRank.exactLimit
    if isExact {
      p = WilcoxonSignedRank.exact(ranks, least: min(rose, fell))
    } else {
      let n = Double(before)
      let mean = n * (n + 1) / 4
      let error = (n * (n + 1) * (2 * n + 1) / 24 - ties / 48).squareRoot()
      let distance = positive - mean
      let z = max(0, abs(distance) - 0.5) / error
      p = min(1, erfc(z / 2.0.squareRoot()))
    }
  }

  /// Twice the share of all signs whose doubled sum is at most `least`.
  private static func exact(_ ranks: [(doubled: Int, count: Int)], least: Int) -> Double {
    let top = ranks.reduce(0) { $0 + $1.doubled * $1.count }
    var ways = [Double](repeating: 0, count: top + 1)
    ways[0] = 1
    var reach = 0
    for rank in ranks {
      for _ in 0..<rank.count {
        for sum in stride(from: reach, through: 0, by: -1) { ways[sum + rank.doubled] += ways[sum] }
        reach += rank.doubled
      }
    }
    let all = ways.reduce(0, +)
    return min(1, 2 * ways.prefix(least + 1).reduce(0, +) / all)
  }
}
