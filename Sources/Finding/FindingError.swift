package import Programme

/// Why nobody can be looked for.
package enum FindingError: Error, Hashable, Sendable {
  /// Nobody on the stream has this id, address or name.
  case unknownPerson(String)
  /// Several people have this name: the caller must choose one by id or address.
  case ambiguousPerson(String, candidates: [PersonID])
  /// The region declares no such purpose.
  case unknownPurpose(String, known: [String])
  /// The region declares no such site.
  case unknownSite(String, known: [String])

  package var message: String {
    switch self {
    case .unknownPerson(let text):
      "nobody on the stream is \"\(text)\"; give an id (pl:100001), an address or a whole name"
    case .ambiguousPerson(let text, let candidates):
      "\"\(text)\" may be \(candidates.map(\.text).joined(separator: ", ")); give one of these ids"
    case .unknownPurpose(let text, let known):
      "\"\(text)\" is not a purpose; there are \(known.joined(separator: ", "))"
    case .unknownSite(let text, let known):
      "\"\(text)\" is not a site of the region; there are \(known.joined(separator: ", "))"
    }
  }
}
