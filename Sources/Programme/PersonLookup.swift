import Basics

/// People by what a clerk calls them: an id, an employee number, an address or a whole name.
package struct PersonLookup: Sendable {
  package enum Answer: Hashable, Sendable {
    case one(Person)
    /// By id.
    case several([Person])
    case nobody
  }

  private let people: [Person]
  private var byIdentifier: [String: [Int]] = [:]
  private var byName: [[ArraySlice<UInt32>]: [Int]] = [:]

  /// O(people).
  package init(_ people: [Person]) {
    self.people = people.sorted { $0.id < $1.id }
    for (index, person) in self.people.enumerated() {
      let keys: Set = [
        person.id.text, person.id.employeeNumber, PersonLookup.address(person.email),
      ]
      for key in keys where !key.isEmpty { byIdentifier[key, default: []].append(index) }
      byName[PersonLookup.name(person.name), default: []].append(index)
    }
  }

  /// Names are compared without regard to case, marks and the order of their words, since lists say `Nowak, Anna` too.
  package func find(_ text: String) -> Answer {
    let trimmed = text.trimmed
    if let answer = answer(byIdentifier[trimmed]) { return answer }
    if trimmed.utf8.contains(0x40) {
      // `Anna Nowak <anna@example.com>`
      let inner = trimmed.split(separator: "<").last?.prefix { $0 != ">" } ?? ""
      return answer(byIdentifier[PersonLookup.address(String(inner))]) ?? .nobody
    }
    let name = PersonLookup.name(trimmed)
    guard !name.isEmpty else { return .nobody }
    return answer(byName[name]) ?? .nobody
  }

  /// The person whose name is likest, where it is likely meant.
  package func nearest(to text: String) -> Person? {
    let wanted = FoldedText(text).scalars
    guard wanted.count > 3 else { return nil }
    return NearestName.place(of: wanted, among: people.lazy.map { FoldedText($0.name).scalars }) {
      max(1, $0 / 5)
    }
    .map { people[$0.place] }
  }

  private func answer(_ found: [Int]?) -> Answer? {
    guard let found, let first = found.first else { return nil }
    return found.count == 1 ? .one(people[first]) : .several(found.map { people[$0] })
  }

  private static func address(_ text: String) -> String { text.trimmed.lowercased() }

  private static func name(_ text: String) -> [ArraySlice<UInt32>] {
    FoldedText(text).words.sorted { $0.lexicographicallyPrecedes($1) }
  }
}
