import Basics
package import Programme

/// Both speak a common language.
package struct LanguageRule: ProgrammeRule {
  package static let name = "language"
  package static let common = RuleSetting<Bool>(
    "common-language", "whether both need a language in common")
  package static let settings = [common.declared]

  private let isAsked: Bool

  package init(_ settings: MatchingSettings, _ cohort: CohortFacts) { isAsked = settings[Self.common] }

  /// Primary subtags in lower case (`pt-BR` and `pt` are one language), sorted, each once.
  package func fact(of person: Person) -> [String] {
    Set(
      person.languages.map { tag in String(tag.prefix { $0 != "-" && $0 != "_" }).lowercased() }
        .filter { !$0.isEmpty }
    ).sorted { $0.precedesByBytes($1) }
  }

  package func judge(mentor: [String], mentee: [String]) -> Judgement {
    guard isAsked else { return .allowed }
    if mentor.isEmpty || mentee.isEmpty { return .missing }
    return mentor.contains(where: mentee.contains) ? .allowed : .forbidden
  }

  package func reason(mentor: Person, mentee: Person) -> String {
    if let lacking = [mentor, mentee].first(where: { fact(of: $0).isEmpty }) {
      return "the languages of \(lacking.id) are unknown"
    }
    return "no common language: \(mentor.languages.joined(separator: ", "))"
      + " and \(mentee.languages.joined(separator: ", "))"
  }

  package static func relaxed(_ settings: MatchingSettings) -> MatchingSettings? {
    settings.with { $0[common] = false }
  }
}
