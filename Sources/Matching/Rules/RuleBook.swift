package import Programme
import Regions

/// What follows from a rule for a pair, once the region has said what a missing fact means.
package enum Standing: UInt8, Comparable, Sendable {
  case allowed
  /// A fact is missing, and the region wants to hear of it.
  case warned
  case forbidden

  package static func < (a: Standing, b: Standing) -> Bool { a.rawValue < b.rawValue }
}

/// What one rule says of one pair, for people.
package struct Finding: Hashable, Sendable {
  package var rule: String
  package var standing: Standing
  package var reason: String
}

/// All hard rules over the applicants of a cohort: the matcher, the explanations and the counts of the unmatched ask
/// the same book.
package struct RuleBook: Sendable {
  /// In the order in which reasons are told.
  package let columns: [RuleColumn]
  package let floors: [ScoreFloor]
  private let applicants: Applicants

  /// - Parameters:
  ///   - everybody: all people on the stream, for the chains of managers.
  ///   - earlier: tandems that must not come again.
  ///   - running: tandems of other cohorts that go on, and take room.
  package init(
    _ applicants: Applicants, everybody: [Person], earlier: [Tandem] = [], running: [Tandem] = [],
    forbidden: [IdentifierPair] = []
  ) {
    var extra: [ExtraRule] = []
    for rule in applicants.settings.flatMap(\.extraRules) where !extra.contains(rule) {
      extra.append(rule)
    }
    columns =
      [
        RuleColumn(RoleRule(), applicants), RuleColumn(ConsentRule(), applicants),
        RuleColumn(CapacityRule(running: running), applicants), RuleColumn(SiteRule(), applicants),
        RuleColumn(LanguageRule(), applicants), RuleColumn(DepartmentRule(), applicants),
        RuleColumn(ReportingLineRule(everybody), applicants), RuleColumn(LevelGapRule(), applicants),
        RuleColumn(EarlierTandemRule(earlier), applicants), RuleColumn(AcquaintedRule(), applicants),
        RuleColumn(ForbiddenRule(forbidden), applicants),
      ] + extra.map { RuleColumn(ConfiguredRule($0), applicants) }
    floors = ScoreFloor.Part.allCases.map { ScoreFloor($0) }
    self.applicants = applicants
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
    for floor in floors {
      let settings = strictest(floor, mentor, mentee)
      guard floor.judge(score, under: settings) == .forbidden else { continue }
      findings.append(
        Finding(rule: floor.name, standing: .forbidden, reason: floor.reason(score, under: settings)))
    }
    return findings
  }

  /// The settings of that region of the two whose floor is higher.
  func strictest(_ floor: ScoreFloor, _ mentor: Int, _ mentee: Int) -> MatchingSettings {
    let a = applicants.settings(of: mentor)
    let b = applicants.settings(of: mentee)
    return floor.floor(under: a) > floor.floor(under: b) ? a : b
  }
}
