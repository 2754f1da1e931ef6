package import Programme
package import Regions

/// HR did not forbid the two.
package struct ForbiddenRule: Rule {
  package typealias Fact = Bool

  package let name = RuleName.forbidden.rawValue
  private let pairs: [IdentifierPair]

  package init(_ pairs: [IdentifierPair]) { self.pairs = pairs }

  package func forbiddenPairs(among applicants: Applicants) -> [ApplicantPair] {
    pairs.compactMap { pair in
      guard let a = applicants.index(of: pair.mentor), let b = applicants.index(of: pair.mentee)
      else { return nil }
      return ApplicantPair(a, b)
    }
  }

  package func reason(mentor: Person, mentee: Person, under settings: MatchingSettings) -> String {
    "HR forbade the two"
  }
}

/// A mentor and a mentee by their identifiers, as HR names them in a file.
package struct IdentifierPair: Hashable, Sendable {
  package var mentor: PersonID
  package var mentee: PersonID

  package init(mentor: PersonID, mentee: PersonID) {
    self.mentor = mentor
    self.mentee = mentee
  }
}
