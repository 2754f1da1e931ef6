import Basics
import Programme

/// The known name that an unknown one was most likely meant to be.
package enum NearestName {
  /// The nearest of the candidates by edit distance (insert, delete, replace, swap of neighbours; letter case and
  /// `-`/`_` count for nothing); the first by bytes on a tie; nil where none is nearer than a third of the word.
  ///
  /// O(n²) for each candidate, because the bound grows with the word.
  package static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = normalized(name)
    let limit = max(1, (wanted.count + 2) / 3)
    var best: (distance: Int, name: String)?
    for candidate in candidates {
      let other = normalized(candidate)
      guard let distance = editDistance(wanted, other, bound: limit) else { continue }
      if let known = best {
        guard distance < known.distance || distance == known.distance && candidate.precedesByBytes(known.name)
        else { continue }
      }
      best = (distance, candidate)
    }
    return best?.name
  }

  private static func normalized(_ name: String) -> [Character] {
    name.prefix(60).lowercased().map { $0 == "_" || $0 == " " ? "-" : $0 }
  }
}
