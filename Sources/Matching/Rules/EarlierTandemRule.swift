import Basics
package import Programme
package import Regions

/// The two were never a tandem before, in either direction.
package struct EarlierTandemRule: Rule {
  package typealias Fact = Bool

  package let name = RuleName.earlierTandem.rawValue
  private let earlier: [Tandem]

  /// - Parameter earlier: tandems of other cohorts, and those of this one that ended.
  package init(_ earlier: [Tandem]) {
    self.earlier = earlier.sorted { $0.id < $1.id }
  }

  package func forbiddenPairs(among applicants: Applicants) -> [ApplicantPair] {
    earlier.compactMap { tandem in
      guard let a = applicants.index(of: tandem.mentor), let b = applicants.index(of: tandem.mentee)
      else { return nil }
      return ApplicantPair(a, b)
    }
  }

  package func reason(mentor: Person, mentee: Person, under settings: MatchingSettings) -> String {
    let both: Set = [mentor.id, mentee.id]
    guard let tandem = earlier.first(where: { Set([$0.mentor, $0.mentee]) == both }) else {
      return "a tandem before"
    }
    return "a tandem before, in \(tandem.cohort)"
  }
}
