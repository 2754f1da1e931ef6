import Basics
import Programme

/// The phrases that the catalogue does not hold word for word, counted, so that HR can extend it.
package struct TopicsReport: Sendable {
  package struct Entry: Sendable, Hashable {
    package var word: String
    package var region: String
    package var count: Int
    /// The first line that has it.
    package var line: Int
    /// The nearest alias, where one comes near.
    package var nearest: String?
    /// The aliases that it was taken for; empty: it stayed a free word.
    package var takenFor: [String]
  }

  private struct Key: Hashable {
    var word: String
    var region: String
    var isFree: Bool
  }

  private var entries: [Key: Entry] = [:]

  package init() {}

  package var isEmpty: Bool { entries.isEmpty }

  /// Spellings that differ in case and punctuation alone are one entry, under the first one that was seen.
  package mutating func add(_ entry: Entry) {
    let key = Key(word: WordKey(entry.word).strict, region: entry.region, isFree: entry.takenFor.isEmpty)
    if var known = entries[key] {
      known.count += entry.count
      known.line = min(known.line, entry.line)
      entries[key] = known
    } else {
      entries[key] = entry
    }
  }

  /// The most frequent first.
  package var rows: [Entry] {
    entries.values.sorted { a, b in
      if a.count != b.count { return a.count > b.count }
      if a.word != b.word { return a.word.precedesByBytes(b.word) }
      if a.region != b.region { return a.region.precedesByBytes(b.region) }
      return a.takenFor.isEmpty && !b.takenFor.isEmpty
    }
  }

  /// Rows of a message's table, at most.
  private static let most = 20

  /// One message for a whole file, and a table of its phrases: those that stay free words first.
  func diagnostics(file: String) -> [Diagnostic] {
    let free = rows.filter(\.takenFor.isEmpty)
    let taken = rows.filter { !$0.takenFor.isEmpty }
    if free.isEmpty, taken.isEmpty { return [] }
    var parts: [String] = []
    if !free.isEmpty {
      parts.append(
        "\(counted(free.count, "phrase")) \(free.count == 1 ? "names no topic and stays a free word" : "name no topic and stay free words")"
      )
    }
    if !taken.isEmpty {
      let one = taken.count == 1
      let phrases = free.isEmpty ? counted(taken.count, "phrase") : String(taken.count)
      parts.append(
        "\(phrases) \(one ? "is" : "are") taken for topics that \(one ? "it mentions or nearly spells" : "they mention or nearly spell")"
      )
    }
    let advice = free.isEmpty ? "" : ": add what is a topic to the aliases of the catalogue"
    let code = free.isEmpty ? "topics-in-text" : "unknown-topic"
    return [
      Diagnostic(
        free.isEmpty ? .note : .warning, parts.joined(separator: ", ") + advice, file: file, code: code)
    ] + TopicsReport.table(free + taken).map { Diagnostic(.note, $0, file: file, code: code) }
  }

  private static func table(_ rows: [Entry]) -> [String] {
    let cells =
      [["count", "line", "phrase", "topic"]]
      + rows.prefix(most).map { entry in
        let near = entry.nearest.map { "none; the nearest is \(Quoted.word($0))" } ?? "none"
        return [
          String(entry.count), String(entry.line), Quoted.short(entry.word, 60),
          entry.takenFor.isEmpty ? near : entry.takenFor.joined(separator: ", "),
        ]
      }
    let widths = (0..<3).map { column in cells.map { $0[column].count }.max() ?? 0 }
    let lines = cells.map { row in
      let padded = (0..<3).map { column in
        let blanks = String(repeating: " ", count: widths[column] - row[column].count)
        return column == 2 ? row[column] + blanks : blanks + row[column]
      }
      return (padded + [row[3]]).joined(separator: "  ")
    }
    return rows.count > most ? lines + ["and \(rows.count - most) more: --topics-report lists all"] : lines
  }
}
