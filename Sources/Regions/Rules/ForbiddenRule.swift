package import Programme

/// HR did not forbid the two.
package struct ForbiddenRule: ProgrammeRule {
  package typealias Fact = Bool

  package static let name = "forbidden"

  private let others: [PersonID: [PersonID]]

  package init(_ settings: MatchingSettings, _ cohort: CohortFacts) { others = cohort.forbidden }

  package func forbidden(to person: Person) -> [PersonID] { others[person.id] ?? [] }

  package func reason(mentor: Person, mentee: Person) -> String { "HR forbade the two" }
}
