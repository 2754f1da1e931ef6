package import Programme
package import Regions

/// Neither declared to know the other.
package struct AcquaintedRule: Rule {
  package typealias Fact = Bool

  package let name = RuleName.acquainted.rawValue

  package init() {}

  package func forbiddenPairs(among applicants: Applicants) -> [ApplicantPair] {
    applicants.people.enumerated().flatMap { index, person in
      person.acquainted.compactMap { other in
        applicants.index(of: other).map { ApplicantPair(index, $0) }
      }
    }
  }

  package func reason(mentor: Person, mentee: Person, under settings: MatchingSettings) -> String {
    let declaring = mentor.acquainted.contains(mentee.id) ? mentor : mentee
    let other = declaring.id == mentor.id ? mentee : mentor
    return "\(declaring.id) declared to know \(other.id)"
  }
}
