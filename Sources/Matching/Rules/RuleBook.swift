package import Programme
package import Regions

/// What follows from a rule for a pair, once the region has said what a missing fact means.
package enum Standing: UInt8, Comparable, Sendable {
  case allowed
  /// A fact is missing, and the region wants to hear of it.
  case warned
  case forbidden

  package static func < (a: Standing, b: Standing) -> Bool { a.rawValue < b.rawValue }
}

/// What one rule finds of one pair, for people.
package struct Finding: Hashable, Sendable {
  package var rule: String
  package var standing: Standing
  package var reason: String
}

/// All hard rules over the applicants of a cohort: the matcher, the explanations and the counts of the unmatched ask
/// the same book.
package struct RuleBook: Sendable {
  /// In the order in which reasons are listed.
  package let columns: [RuleColumn]
  private let applicants: Applicants
  /// By settings.
  private let capacity: [CapacityRule]

  package init(_ applicants: Applicants, _ cohort: CohortFacts) {
    func column<Own: ProgrammeRule>(_ rule: Own.Type) -> RuleColumn {
      RuleColumn(Own.name, applicants.settings.map { Own($0, cohort) }, applicants)
    }
    var extra: [ExtraRule] = []
    for rule in applicants.settings.flatMap(\.extraRules) where !extra.contains(rule) {
      extra.append(rule)
    }
    columns =
      MatchingRules.all.map { column($0) }
      + extra.map { rule in
        RuleColumn(rule.name, applicants.settings.map { ConfiguredRule(rule, $0) }, applicants)
      }
    capacity = applicants.settings.map { CapacityRule($0, cohort) }
    self.applicants = applicants
  }

  /// Tandems that an applicant has room for, in either role.
  func places(of index: Int) -> (mentor: Int, mentee: Int) {
    capacity[Int(applicants.settingsOf[index])].places(of: applicants.people[index])
  }

  /// Every rule that forbids the pair or warns of it, in the book's order; the floors where nothing else forbids it.
  package func findings(mentor: Int, mentee: Int, score: () -> TandemScore) -> [Finding] {
    var findings = columns.compactMap { column -> Finding? in
      let standing = column.standing(mentor, mentee)
      guard standing != .allowed else { return nil }
      return Finding(rule: column.name, standing: standing, reason: column.reason(mentor, mentee))
    }
    guard !findings.contains(where: { $0.standing == .forbidden }) else { return findings }
    let score = score()
    for floor in floors(below: score, mentor, mentee) {
      let settings = strictest(floor, mentor, mentee)
      findings.append(
        Finding(rule: floor.name, standing: .forbidden, reason: floor.reason(score, under: settings)))
    }
    return findings
  }

  /// The floors that the pair's score does not reach.
  func floors(below score: TandemScore, _ mentor: Int, _ mentee: Int) -> [ScoreFloor] {
    MatchingRules.floors.filter { $0.judge(score, under: strictest($0, mentor, mentee)) == .forbidden }
  }

  /// The settings of that region of the two whose floor is higher.
  private func strictest(_ floor: ScoreFloor, _ mentor: Int, _ mentee: Int) -> MatchingSettings {
    let a = applicants.settings(of: mentor)
    let b = applicants.settings(of: mentee)
    return a[floor.least] > b[floor.least] ? a : b
  }
}
