import Programme
import Regions

/// The arithmetic of a score: whole numbers in thousandths, each part rounded once, the total once more. So a table of
/// parts adds up to what is shown, on every machine.
enum ScoreFormula {
  /// How well wishes are met, the first counting most: *n*, *n* − 1, … 1 for *n* wishes.
  ///
  /// - Parameter met: for each wish in its order how near the nearest offer is, 0…1000.
  static func wishes(_ count: Int, _ met: (Int) -> Int) -> Int {
    guard count > 0 else { return 0 }
    var sum = 0
    for place in 0..<count { sum += (count - place) * met(place) }
    return rounded(sum, by: count * (count + 1) / 2)
  }

  /// How much of the interests is common: of the one who has more of theirs met.
  ///
  /// - Parameters: the sums of how near each interest is to the other's nearest, and their numbers.
  static func interests(_ first: Int, of firstCount: Int, _ second: Int, of secondCount: Int) -> Int {
    guard firstCount > 0, secondCount > 0 else { return 0 }
    return max(rounded(first, by: firstCount), rounded(second, by: secondCount))
  }

  /// What free words add: their share of what the topics leave open. Whoever named no topic is measured by words alone.
  static func words(topics: Int, likeness: Int, share: Int, hasTopics: Bool) -> Int {
    guard hasTopics else { return likeness }
    let share = max(0, min(1000, share))
    return rounded((1000 - topics) * share * likeness, by: 1_000_000)
  }

  /// 0 for one department, 1000 where nothing is common (1 − the measure of Wu and Palmer on paths); 0 where one is
  /// unknown.
  static func distance(_ a: [String], _ b: [String]) -> Int {
    guard !a.isEmpty, !b.isEmpty else { return 0 }
    let common = zip(a, b).prefix { $0 == $1 }.count
    return 1000 - rounded(2000 * common, by: a.count + b.count)
  }

  static func total(
    _ weights: MatchingSettings.Weights, taught: Int, returned: Int, shared: Int, distance: Int
  ) -> Int {
    let parts = [
      (weight(weights.taught), taught), (weight(weights.returned), returned),
      (weight(weights.shared), shared),
      (weight(weights.distance), distance),
    ]
    let whole = parts.reduce(0) { $0 + $1.0 }
    guard whole > 0 else { return 0 }
    return rounded(parts.reduce(0) { $0 + $1.0 * $1.1 }, by: whole)
  }

  static func weight(_ weight: Int) -> Int { max(0, min(weight, 1_000_000)) }

  /// Half up; both are at least zero.
  static func rounded(_ number: Int, by divisor: Int) -> Int { (number + divisor / 2) / divisor }
}
