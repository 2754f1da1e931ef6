package import Programme

/// The verdict of a rule on a mentor and a mentee.
package enum Judgement: Hashable, Sendable {
  case allowed, forbidden
  /// A fact is missing: the region decides what follows.
  case missing
}

/// A hard rule of matching, under the settings of one region: the fact that it reads of each of the two, its judgement and
/// its reason. A pair of two regions is judged by the rule of both.
///
/// The matcher judges each two *facts* once, not each two people; so a judgement may take its time.
package protocol Rule: Sendable {
  associatedtype Fact: Hashable & Sendable

  func fact(of person: Person) -> Fact

  func judge(mentor: Fact, mentee: Fact) -> Judgement

  /// The people whom the rule forbids to somebody one by one, whoever of the two is the mentor.
  func forbidden(to person: Person) -> [PersonID]

  /// What the rule saw, as text for people: lower case, no full stop.
  func reason(mentor: Person, mentee: Person) -> String
}

extension Rule {
  package func forbidden(to person: Person) -> [PersonID] { [] }
}

extension Rule where Fact == Bool {
  /// Rules that only forbid pairs one by one need no fact.
  package func fact(of person: Person) -> Bool { true }
  package func judge(mentor: Bool, mentee: Bool) -> Judgement { .allowed }
}

/// A rule that `MatchingRules.all` lists, complete in one file: also its settings, and how a region relaxes it.
///
/// The rules are below the matcher, beside the configuration, because every tool that reads a region must know every
/// setting in it: so a setting can be declared in the file of its rule, and nowhere else.
package protocol ProgrammeRule: Rule {
  /// As in the configuration and in the reasons of `unmatched`.
  static var name: String { get }

  /// Its settings in `matching:`.
  static var settings: [Setting] { get }

  init(_ settings: MatchingSettings, _ cohort: CohortFacts)

  /// The region without the rule; nil where no setting states it.
  static func relaxed(_ settings: MatchingSettings) -> MatchingSettings?
}

extension ProgrammeRule {
  package static var settings: [Setting] { [] }
  package static func relaxed(_ settings: MatchingSettings) -> MatchingSettings? { nil }
}
