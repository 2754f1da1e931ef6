package import Programme

/// The mentor applied to be one, and the mentee to be mentored.
package struct RoleRule: ProgrammeRule {
  package static let name = "role"

  package init(_ settings: MatchingSettings, _ cohort: CohortFacts) {}

  package func fact(of person: Person) -> Role { person.role }

  package func judge(mentor: Role, mentee: Role) -> Judgement {
    mentor.mayMentor && mentee.mayBeMentored ? .allowed : .forbidden
  }

  package func reason(mentor: Person, mentee: Person) -> String {
    mentor.role.mayMentor
      ? "\(mentee.id) applied as \(mentee.role.rawValue)" : "\(mentor.id) applied as \(mentor.role.rawValue)"
  }
}
