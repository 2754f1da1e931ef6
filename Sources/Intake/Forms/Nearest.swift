import Basics
import Programme

/// The nearest of some words, for messages.
enum Nearest {
  /// ` (nearest 'Mentor')`, or nothing where no word comes within half its length.
  static func phrase(_ word: String, among words: [String]) -> String {
    nearest(word, among: words).map { " (nearest \(Quoted.word($0)))" } ?? ""
  }

  static func nearest(_ word: String, among words: [String]) -> String? {
    let scalars = Array(WordKey(word).loose.unicodeScalars)
    var best: (cost: Int, word: String)?
    for candidate in words {
      let other = Array(WordKey(candidate).loose.unicodeScalars)
      let bound = min(max(scalars.count, other.count) / 2, (best?.cost).map { $0 - 1 } ?? Int.max)
      if let cost = editDistance(scalars, other, bound: bound) { best = (cost, candidate) }
    }
    return best?.word
  }
}
