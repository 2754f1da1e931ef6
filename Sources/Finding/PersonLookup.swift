package import Programme

/// Finds a person as a clerk writes one: by id, address, employee number or whole name.
package struct PersonLookup: Sendable {
  private let people: [Person]

  package init(_ people: [Person]) { self.people = people }

  /// - Throws: `FindingError.unknownPerson` or `.ambiguousPerson`.
  package func person(_ text: String) throws(FindingError) -> Person {
    if let person = people.first(where: { $0.id.text == text }) { return person }
    let wanted = text.lowercased()
    let folded = FoldedText(text)
    let matches = people.filter { person in
      person.email.lowercased() == wanted || person.id.employeeNumber == text
        || (!folded.scalars.isEmpty && FoldedText(person.name) == folded)
    }
    guard let first = matches.first else { throw .unknownPerson(text) }
    guard matches.count == 1 else { throw .ambiguousPerson(text, candidates: matches.map(\.id).sorted()) }
    return first
  }
}
