import Basics
package import Programme

/// Who a calendar file belongs to, by employee number, e-mail address or identifier.
package struct CalendarOwners: Sendable {
  private let byName: [String: [Person]]
  /// By the whole name, folded, for files that people name as they call each other.
  private let byWords: [[String]: [Person]]

  package init(_ people: some Sequence<Person>) {
    var byName: [String: [Person]] = [:]
    for person in people {
      let names = Set(
        [
          person.id.text.lowercased(), person.id.employeeNumber.lowercased(), person.email.lowercased(),
        ] + person.aliases.map { $0.lowercased() })
      for name in names where !name.isEmpty { byName[name, default: []].append(person) }
    }
    self.byName = byName
    byWords = Dictionary(grouping: people) { CalendarOwners.words($0.name) }
  }

  /// The words of a name in one order, without case and accents: `Ala Nowa` and `Nowa, Ala` are one.
  private static func words(_ text: String) -> [String] {
    FoldedText(text).words.map { word in
      var letters = String.UnicodeScalarView()
      letters.append(contentsOf: word.compactMap(Unicode.Scalar.init))
      return String(letters)
    }.sorted()
  }

  /// The one person whose whole name a file's name or title is, as in `Ala Nowa Calendar.ics`; nil: none or several.
  package func namesake(of texts: [String]) -> Person? {
    for text in texts {
      let words = CalendarOwners.words(text).filter {
        !CalendarOwners.noise.contains($0) && !$0.allSatisfy(\.isNumber)
      }
      let people = byWords[words] ?? []
      if people.count == 1 { return people[0] }
    }
    return nil
  }

  /// What programs write beside the name of a calendar's owner.
  private static let noise: Set<String> = [
    "calendar", "calendars", "kalender", "kalendarz", "naptar", "calendrier", "agenda", "calendario",
    "kalendar", "s",
    "of", "copy", "kopie", "kopia", "the", "ics", "busy", "freebusy", "日历", "的日历", "'s",
  ]

  /// The file's name without its folder and ending, in lower case.
  package static func stem(of path: String) -> String {
    let name = path.fileName.lowercased()
    return name.hasSuffix(".ics") || name.hasSuffix(".ifb") ? String(name.dropLast(4)) : name
  }

  /// The first candidate that is one person's. Regions may give one employee number twice: then the folder that has
  /// a region's name decides.
  package func owner(of path: String, among candidates: [String]) -> Person? {
    for candidate in candidates {
      guard let people = byName[candidate] else { continue }
      if people.count == 1 { return people[0] }
      let folders = Set(path.split(separator: "/").map(String.init))
      let near = people.filter { folders.contains($0.region) }
      if near.count == 1 { return near[0] }
    }
    return nil
  }

  package func isAmbiguous(among candidates: [String]) -> Bool {
    candidates.contains { (byName[$0]?.count ?? 0) > 1 }
  }
}
