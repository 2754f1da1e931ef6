package import Programme

/// Neither declared to know the other.
package struct AcquaintedRule: ProgrammeRule {
  package typealias Fact = Bool

  package static let name = "acquainted"

  package init(_ settings: MatchingSettings, _ cohort: CohortFacts) {}

  package func forbidden(to person: Person) -> [PersonID] { person.acquainted }

  package func reason(mentor: Person, mentee: Person) -> String {
    let declaring = mentor.acquainted.contains(mentee.id) ? mentor : mentee
    let other = declaring.id == mentor.id ? mentee : mentor
    return "\(declaring.id) declared to know \(other.id)"
  }
}
