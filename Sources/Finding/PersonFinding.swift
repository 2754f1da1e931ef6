package import Programme

extension PersonLookup {
  /// The one person whom a clerk means.
  ///
  /// - Throws: `FindingError.unknownPerson` or `.ambiguousPerson`.
  package func person(_ text: String) throws(FindingError) -> Person {
    switch find(text) {
    case .one(let person): return person
    case .several(let people): throw .ambiguousPerson(text, candidates: people.map(\.id).sorted())
    case .nobody: throw .unknownPerson(text)
    }
  }
}
