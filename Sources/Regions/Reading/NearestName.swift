import Programme

/// The known name that an unknown one was most likely meant to be.
package enum NearestName {
  /// The nearest of the candidates by edit distance (insert, delete, replace, swap of neighbours; letter case and
  /// `-`/`_` count for nothing); the first by bytes on a tie; nil where none is nearer than a third of the word.
  ///
  /// O(n·m) for each candidate (Damerau 1964, optimal string alignment).
  package static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = normalized(name)
    let limit = max(1, (wanted.count + 2) / 3)
    var best: (distance: Int, name: String)?
    for candidate in candidates {
      let other = normalized(candidate)
      guard abs(other.count - wanted.count) <= limit else { continue }
      let distance = distance(wanted, other)
      guard distance <= limit else { continue }
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

  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    guard !a.isEmpty else { return b.count }
    guard !b.isEmpty else { return a.count }
    var before = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i]
      row.reserveCapacity(b.count + 1)
      for j in 1...b.count {
        let replace = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        var least = min(replace, last[j] + 1, row[j - 1] + 1)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { least = min(least, before[j - 2] + 1) }
        row.append(least)
      }
      before = last
      last = row
    }
    return last[b.count]
  }
}
