package import Programme
package import Regions

/// The mentor applied to be one, and the mentee to be mentored.
package struct RoleRule: Rule {
  package let name = RuleName.role.rawValue

  package init() {}

  package func fact(of person: Person, under settings: MatchingSettings) -> Role { person.role }

  package func judge(mentor: Role, mentee: Role, under settings: MatchingSettings) -> Judgement {
    mentor.mayMentor && mentee.mayBeMentored ? .allowed : .forbidden
  }

  package func reason(mentor: Person, mentee: Person, under settings: MatchingSettings) -> String {
    mentor.role.mayMentor
      ? "\(mentee.id) applied as \(mentee.role.rawValue)" : "\(mentor.id) applied as \(mentor.role.rawValue)"
  }
}
