package import Programme
package import Regions

/// What a rule says of a mentor and a mentee.
package enum Judgement: Hashable, Sendable {
  case allowed, forbidden
  /// A fact is missing: the region says what follows.
  case missing
}

/// A hard rule: a small value with a name, the fact that it reads of each of the two, its judgement and its reason.
///
/// The matcher judges each two *facts* once, not each two people; so a judgement may take its time.
package protocol Rule: Sendable {
  associatedtype Fact: Hashable & Sendable

  /// As in the configuration and in the reasons of `unmatched`.
  var name: String { get }

  func fact(of person: Person, under settings: MatchingSettings) -> Fact

  /// By the settings of one region; a pair of two regions is judged by both.
  func judge(mentor: Fact, mentee: Fact, under settings: MatchingSettings) -> Judgement

  /// The pairs that the rule forbids one by one, whoever of the two is the mentor, as indices of `applicants`.
  func forbiddenPairs(among applicants: Applicants) -> [ApplicantPair]

  /// What the rule saw, as text for people: lower case, no full stop.
  func reason(mentor: Person, mentee: Person, under settings: MatchingSettings) -> String
}

extension Rule {
  package func forbiddenPairs(among applicants: Applicants) -> [ApplicantPair] { [] }
}

extension Rule where Fact == Bool {
  /// Rules that only forbid pairs one by one need no fact.
  package func fact(of person: Person, under settings: MatchingSettings) -> Bool { true }
  package func judge(mentor: Bool, mentee: Bool, under settings: MatchingSettings) -> Judgement { .allowed }
}

/// Two applicants by their indices, the lesser first.
package struct ApplicantPair: Hashable, Comparable, Sendable {
  package let first: Int32
  package let second: Int32

  package init(_ a: Int, _ b: Int) {
    first = Int32(truncatingIfNeeded: min(a, b))
    second = Int32(truncatingIfNeeded: max(a, b))
  }

  package static func < (a: ApplicantPair, b: ApplicantPair) -> Bool {
    (a.first, a.second) < (b.first, b.second)
  }
}
