package import Programme
package import Regions

/// Both agreed to take part.
package struct ConsentRule: Rule {
  package let name = RuleName.consent.rawValue

  package init() {}

  package func fact(of person: Person, under settings: MatchingSettings) -> Bool? { person.consent }

  package func judge(mentor: Bool?, mentee: Bool?, under settings: MatchingSettings) -> Judgement {
    if mentor == false || mentee == false { return .forbidden }
    return mentor == nil || mentee == nil ? .missing : .allowed
  }

  package func reason(mentor: Person, mentee: Person, under settings: MatchingSettings) -> String {
    if let against = [mentor, mentee].first(where: { $0.consent == false }) {
      return "\(against.id) did not agree to take part"
    }
    return "whether \(mentor.consent == nil ? mentor.id : mentee.id) agreed to take part is unknown"
  }
}
