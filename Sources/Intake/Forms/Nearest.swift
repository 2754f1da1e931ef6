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
    let others = candidates.map { Array(WordKey($0).loose.unicodeScalars) }
    let nearest = words.compactMap { word in
      let scalars = Array(WordKey(word).loose.unicodeScalars)
      return NearestName.place(of: scalars, among: others) { max(scalars.count, $0) / 2 }
    }
    return nearest.min { $0.distance < $1.distance }.map { candidates[$0.place] }
  }
}
