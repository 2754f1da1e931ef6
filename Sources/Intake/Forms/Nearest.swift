import Basics
import Programme

/// The nearest of some words, for messages.
enum Nearest {
  /// ` (nearest 'Mentor')`, or nothing where no word comes within half its length.
  static func phrase(_ word: String, among words: [String]) -> String {
    nearest(word, among: words).map { " (nearest \(Quoted.word($0)))" } ?? ""
  }

  static func nearest(_ word: String, among words: [String]) -> String? { nearest([word], among: words) }

  /// The candidate that comes nearest to any of the words.
  static func nearest(_ words: [String], among candidates: [String]) -> String? {
    var best: (cost: Int, word: String)?
    for word in words {
      let scalars = Array(WordKey(word).loose.unicodeScalars)
      for candidate in candidates {
        let other = Array(WordKey(candidate).loose.unicodeScalars)
        let bound = min(max(scalars.count, other.count) / 2, (best?.cost).map { $0 - 1 } ?? Int.max)
        if bound >= 0, let cost = editDistance(scalars, other, bound: bound) { best = (cost, candidate) }
      }
    }
    return best?.word
  }
}
