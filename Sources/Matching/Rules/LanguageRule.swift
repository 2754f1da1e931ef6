import Basics
package import Programme
package import Regions

/// Both speak a common language.
package struct LanguageRule: Rule {
  package let name = RuleName.language.rawValue

  package init() {}

  /// Primary subtags in lower case (`pt-BR` and `pt` are one language), sorted, each once.
  package func fact(of person: Person, under settings: MatchingSettings) -> [String] {
    Set(
      person.languages.map { tag in String(tag.prefix { $0 != "-" && $0 != "_" }).lowercased() }
        .filter { !$0.isEmpty }
    ).sorted { $0.precedesByBytes($1) }
  }

  package func judge(mentor: [String], mentee: [String], under settings: MatchingSettings) -> Judgement {
    guard settings.commonLanguage else { return .allowed }
    if mentor.isEmpty || mentee.isEmpty { return .missing }
    return mentor.contains(where: mentee.contains) ? .allowed : .forbidden
  }

  package func reason(mentor: Person, mentee: Person, under settings: MatchingSettings) -> String {
    if let lacking = [mentor, mentee].first(where: { fact(of: $0, under: settings).isEmpty }) {
      return "the languages of \(lacking.id) are unknown"
    }
    return "no common language: \(mentor.languages.joined(separator: ", "))"
      + " and \(mentee.languages.joined(separator: ", "))"
  }
}
