package import Programme

/// Both work at one site, or both regions allow tandems of two sites.
package struct SiteRule: ProgrammeRule {
  /// Sites of two regions are never one, whatever their names.
  package struct Fact: Hashable, Sendable {
    package var region: String
    package var site: String
  }

  package static let name = "site"
  package static let remote = RuleSetting<Bool>("remote", "whether a tandem may be of two sites")
  package static let settings = [remote.declared]

  private let isOpen: Bool

  package init(_ settings: MatchingSettings, _ cohort: CohortFacts) { isOpen = settings[Self.remote] }

  package func fact(of person: Person) -> Fact { Fact(region: person.region, site: person.site) }

  package func judge(mentor: Fact, mentee: Fact) -> Judgement {
    if isOpen { return .allowed }
    if mentor.region != mentee.region { return .forbidden }
    if mentor.site.isEmpty || mentee.site.isEmpty { return .missing }
    return mentor.site == mentee.site ? .allowed : .forbidden
  }

  package func reason(mentor: Person, mentee: Person) -> String {
    if mentor.region != mentee.region { return "two regions, \(mentor.region) and \(mentee.region)" }
    if let lacking = [mentor, mentee].first(where: { $0.site.isEmpty }) {
      return "the site of \(lacking.id) is unknown"
    }
    return "two sites, \(mentor.site) and \(mentee.site)"
  }

  package static func relaxed(_ settings: MatchingSettings) -> MatchingSettings? {
    settings.with { $0[remote] = true }
  }
}
