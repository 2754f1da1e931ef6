/// The known name that an unknown one was most likely meant to be.
package enum NearestName {
  /// The place of the nearest candidate by edit distance, the first of those that are equally near; nil where none is
  /// near enough.
  ///
  /// - Parameter limit: the greatest distance of a candidate, by its letters.
  /// - Complexity: O(*k* · *m*) for each candidate of *m* letters, where *k* is the limit, or the least distance so far.
  @inlinable package static func place<Letter: Equatable>(
    of wanted: [Letter], among candidates: some Sequence<[Letter]>, limit: (Int) -> Int
  ) -> (place: Int, distance: Int)? {
    var best: (place: Int, distance: Int)?
    for (place, candidate) in candidates.enumerated() {
      let bound = min(limit(candidate.count), best.map { $0.distance - 1 } ?? Int.max)
      if let distance = editDistance(wanted, candidate, bound: bound) { best = (place, distance) }
    }
    return best
  }

  /// The nearest of some identifiers: letter case does not count, nor whether words are joined by `-`, `_` or a blank;
  /// the first by bytes on a tie; nil where none is nearer than a third of the word.
  package static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = normalized(name)
    let names = candidates.sorted { $0.precedesByBytes($1) }
    return place(of: wanted, among: names.lazy.map(normalized)) { _ in max(1, (wanted.count + 2) / 3) }
      .map { names[$0.place] }
  }

  /// `; did you mean `learn`?`, as a message ends; nil where no name is near.
  package static func question(_ name: String, among candidates: some Sequence<String>) -> String? {
    of(name, among: candidates).map { "; did you mean `\($0)`?" }
  }

  private static func normalized(_ name: String) -> [Character] {
    name.prefix(60).lowercased().map { $0 == "_" || $0 == " " ? "-" : $0 }
  }
}
