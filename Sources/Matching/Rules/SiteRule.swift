package import Programme
package import Regions

/// Both work at one site, or both regions allow tandems of two sites.
package struct SiteRule: Rule {
  /// Sites of two regions are never one, whatever their names.
  package struct Fact: Hashable, Sendable {
    package var region: String
    package var site: String
  }

  package let name = RuleName.site.rawValue

  package init() {}

  package func fact(of person: Person, under settings: MatchingSettings) -> Fact {
    Fact(region: person.region, site: person.site)
  }

  package func judge(mentor: Fact, mentee: Fact, under settings: MatchingSettings) -> Judgement {
    if settings.remote { return .allowed }
    if mentor.region != mentee.region { return .forbidden }
    if mentor.site.isEmpty || mentee.site.isEmpty { return .missing }
    return mentor.site == mentee.site ? .allowed : .forbidden
  }

  package func reason(mentor: Person, mentee: Person, under settings: MatchingSettings) -> String {
    if mentor.region != mentee.region { return "two regions, \(mentor.region) and \(mentee.region)" }
    if let lacking = [mentor, mentee].first(where: { $0.site.isEmpty }) {
      return "the site of \(lacking.id) is unknown"
    }
    return "two sites, \(mentor.site) and \(mentee.site)"
  }
}
