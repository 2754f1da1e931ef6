package import Programme
package import Regions

/// The mentee stands some levels above the mentor: that is what makes the mentoring reverse.
package struct LevelGapRule: Rule {
  package let name = RuleName.levelGap.rawValue

  package init() {}

  package func fact(of person: Person, under settings: MatchingSettings) -> Int? { person.level }

  package func judge(mentor: Int?, mentee: Int?, under settings: MatchingSettings) -> Judgement {
    guard let least = settings.levelGap else { return .allowed }
    guard let mentor, let mentee else { return .missing }
    let (gap, overflow) = mentee.subtractingReportingOverflow(mentor)
    return !overflow && gap >= least ? .allowed : .forbidden
  }

  package func reason(mentor: Person, mentee: Person, under settings: MatchingSettings) -> String {
    guard let low = mentor.level, let high = mentee.level else {
      return "the level of \(mentor.level == nil ? mentor.id : mentee.id) is unknown"
    }
    return "mentor of level \(low), mentee of level \(high), at least \(settings.levelGap ?? 0) apart"
  }
}
