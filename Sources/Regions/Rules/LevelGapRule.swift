package import Programme

/// The mentee is some levels above the mentor: that is what makes the mentoring reverse.
package struct LevelGapRule: ProgrammeRule {
  package static let name = "level-gap"
  package static let least = RuleSetting<Int?>(
    "level-gap", -100...100, "least mentee's level less mentor's level", unit: "levels")
  package static let settings = [least.declared]

  private let least: Int?

  package init(_ settings: MatchingSettings, _ cohort: CohortFacts) { least = settings[Self.least] }

  package func fact(of person: Person) -> Int? { person.level }

  package func judge(mentor: Int?, mentee: Int?) -> Judgement {
    guard let least else { return .allowed }
    guard let mentor, let mentee else { return .missing }
    let (gap, overflow) = mentee.subtractingReportingOverflow(mentor)
    return !overflow && gap >= least ? .allowed : .forbidden
  }

  package func reason(mentor: Person, mentee: Person) -> String {
    guard let low = mentor.level, let high = mentee.level else {
      return "the level of \(mentor.level == nil ? mentor.id : mentee.id) is unknown"
    }
    return "mentor of level \(low), mentee of level \(high), at least \(least ?? 0) apart"
  }

  package static func relaxed(_ settings: MatchingSettings) -> MatchingSettings? {
    settings.with { $0[least] = nil }
  }
}
