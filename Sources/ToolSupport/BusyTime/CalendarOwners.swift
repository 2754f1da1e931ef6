import Basics
package import Programme

/// Who a calendar file belongs to, by employee number, e-mail address or identifier.
package struct CalendarOwners: Sendable {
  private let byName: [String: [Person]]

  package init(_ people: some Sequence<Person>) {
    var byName: [String: [Person]] = [:]
    for person in people {
      let names = Set([
        person.id.text.lowercased(), person.id.employeeNumber.lowercased(), person.email.lowercased(),
      ])
      for name in names where !name.isEmpty { byName[name, default: []].append(person) }
    }
    self.byName = byName
  }

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
