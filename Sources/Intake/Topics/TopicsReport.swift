import Basics
import Programme

/// The words that the catalogue does not know, counted, so that HR can extend it.
package struct TopicsReport: Sendable {
  package struct Entry: Sendable, Hashable {
    package var word: String
    package var region: String
    package var count: Int
    /// The nearest alias, where one comes near.
    package var nearest: String?
    /// The alias that the word was taken for; nil: it stayed a free word.
    package var takenFor: String?
  }

  private struct Key: Hashable {
    var word: String
    var region: String
  }

  private var entries: [Key: Entry] = [:]

  package init() {}

  package var isEmpty: Bool { entries.isEmpty }

  /// Spellings that differ in case and punctuation alone are one entry, under the first one that was seen.
  package mutating func add(word: String, region: String, nearest: String?, takenFor: String?, count: Int) {
    let key = Key(word: WordKey(word).strict, region: region)
    if entries[key] == nil {
      entries[key] = Entry(word: word, region: region, count: 0, nearest: nearest, takenFor: takenFor)
    }
    entries[key]?.count += count
  }

  /// The most frequent first.
  package var rows: [Entry] {
    entries.values.sorted { a, b in
      if a.count != b.count { return a.count > b.count }
      return a.word == b.word ? a.region.precedesByBytes(b.region) : a.word.precedesByBytes(b.word)
    }
  }
}
