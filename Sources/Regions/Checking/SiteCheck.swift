import Basics
import Programme

/// Sites and rooms that cannot be told apart, or that a setting needs and does not find.
enum SiteCheck {
  static func mistakes(in region: Value) -> [Diagnostic] {
    var found: [Diagnostic] = []
    guard let sites = region["sites"] else { return [] }
    if sites.entries.isEmpty {
      found.append(
        sites.origin.error(
          "`sites` names no site: add one, `Warszawa: {}`, as master data writes it", code: "no-site"))
    }
    var names: [String: String] = [:]
    for site in sites.entries {
      let words =
        [(site.name, site.origin)]
        + (site.value["aliases"]?.items ?? []).compactMap { item in item.text.map { ($0, item.origin) } }
      for (word, origin) in words {
        let key = word.lowercased()
        if let other = names[key] {
          found.append(
            origin.error(
              other == site.name
                ? "`\(word)` names the site \(site.name) twice: take one out"
                : "`\(word)` also names the site \(other): master data could not tell them apart",
              code: "ambiguous-site"))
        }
        names[key] = site.name
      }
      found += rooms(of: site, region)
    }
    return found
  }

  private static func rooms(of site: Value.Entry, _ region: Value) -> [Diagnostic] {
    let place = site.value[path: ["scheduling", "place"]] ?? region[path: ["scheduling", "place"]]
    guard place?.text == SchedulingSettings.Place.room.rawValue, let place,
      site.value["rooms"]?.entries.isEmpty ?? true
    else { return [] }
    return [
      place.origin.error(
        "`place` asks for rooms, and the site \(site.name) has none: add `rooms` to it, or set `place: office`",
        code: "no-room")
    ]
  }
}
