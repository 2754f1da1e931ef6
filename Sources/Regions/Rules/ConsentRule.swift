package import Programme

/// Both agreed to take part.
package struct ConsentRule: ProgrammeRule {
  package static let name = "consent"

  package init(_ settings: MatchingSettings, _ cohort: CohortFacts) {}

  package func fact(of person: Person) -> Bool? { person.consent }

  package func judge(mentor: Bool?, mentee: Bool?) -> Judgement {
    if mentor == false || mentee == false { return .forbidden }
    return mentor == nil || mentee == nil ? .missing : .allowed
  }

  package func reason(mentor: Person, mentee: Person) -> String {
    if let against = [mentor, mentee].first(where: { $0.consent == false }) {
      return "\(against.id) did not agree to take part"
    }
    return "whether \(mentor.consent == nil ? mentor.id : mentee.id) agreed to take part is unknown"
  }

  package static func relaxed(_ settings: MatchingSettings) -> MatchingSettings? {
    settings.with { $0.unknown[name] = .allow }
  }
}
