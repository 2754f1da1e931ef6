import Basics
import Programme

/// Venues that hold nobody, sites that are not there, and groups that no room takes.
enum WorkshopCheck {
  static func mistakes(in region: Value) -> [Diagnostic] {
    var found: [Diagnostic] = []
    for cohort in [nil] + (region["cohorts"]?.entries ?? []).map(Optional.some) {
      guard cohort == nil || cohort?.value["workshop"] != nil else { continue }
      let own = SectionSettings.effective(region, site: nil, cohort: cohort?.value)
      guard let workshop = own["workshop"] else { continue }
      found += groups(workshop)
      for venue in workshop["venues"]?.entries ?? [] { found += mistakes(in: venue, of: workshop, region) }
    }
    return found
  }

  private static func groups(_ workshop: Value) -> [Diagnostic] {
    guard let least = workshop[path: ["group", "least"]]?.whole,
      let most = workshop[path: ["group", "most"]],
      let people = most.whole, people < least
    else { return [] }
    return [
      most.origin.error(
        "`most` is \(people) people, less than `least`, \(least): no group fits", code: "contradiction")
    ]
  }

  private static func mistakes(in venue: Value.Entry, of workshop: Value, _ region: Value) -> [Diagnostic] {
    var found: [Diagnostic] = []
    let sites = region["sites"]?.entries ?? []
    if let site = venue.value["site"], let name = site.text,
      !sites.contains(where: { $0.name == name || $0.value["aliases"]?.texts.contains(name) == true })
    {
      let nearest = NearestName.question(name, among: sites.map(\.name)) ?? ""
      found.append(
        site.origin.error(
          "`site` of the venue \(venue.name) is `\(name)`, which is not a site here\(nearest)",
          code: "unknown-site"))
    }
    var isOnline = false
    if case .flag(true)? = venue.value["online"]?.content { isOnline = true }
    let rooms = venue.value["rooms"]?.entries ?? []
    guard !rooms.isEmpty else {
      if !isOnline {
        found.append(
          venue.origin.error(
            "the venue \(venue.name) has no rooms: add `rooms: {Aula: {capacity: 40}}`, or set `online: true`",
            code: "no-room"))
      } else if venue.value["capacity"]?.whole == nil {
        found.append(
          venue.origin.error(
            "the venue \(venue.name) is online and has no capacity: add `capacity: 300`, or rooms",
            code: "no-capacity"))
      }
      return found
    }
    let largest = rooms.compactMap { $0.value["capacity"]?.whole }.max() ?? 0
    if let least = workshop[path: ["group", "least"]]?.whole, largest < least {
      found.append(
        venue.origin.error(
          "no room of the venue \(venue.name) takes a group: the largest holds \(largest), and a group has at least "
            + "\(least)", code: "no-room"))
    }
    return found
  }
}
