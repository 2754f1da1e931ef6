import Basics

/// Takes apart a cell that joins several choices, where a choice may hold the separator itself.
///
/// From each beginning the longest run of parts that is a known choice is taken whole; where none is known, one part.
package struct ChoiceSplitter {
  private let separators: [[UInt8]]
  private let isKnown: (String) -> Bool

  package init(separators: [String], isKnown: @escaping (String) -> Bool) {
    // The longest first: `; ` before `;`.
    self.separators = separators.map { Array($0.utf8) }.filter { !$0.isEmpty }
      .sorted { $0.count > $1.count }
    self.isKnown = isKnown
  }

  /// The choices in the order of the cell, trimmed, without empty ones. O(*p*²) for *p* parts, because each beginning may
  /// try every end.
  package func split(_ cell: String) -> [String] {
    let bytes = Array(cell.utf8)
    guard !separators.isEmpty else { return ChoiceSplitter.trimmed(bytes[...]).map { [$0] } ?? [] }
    var parts: [Range<Int>] = []
    var start = 0
    var index = 0
    while index < bytes.count {
      if let separator = separators.first(where: { bytes[index...].starts(with: $0) }) {
        parts.append(start..<index)
        index += separator.count
        start = index
      } else {
        index += 1
      }
    }
    parts.append(start..<bytes.count)
    var choices: [String] = []
    var first = 0
    while first < parts.count {
      var last = first
      // Nobody's choice has more than a handful of separators in it.
      for candidate in stride(from: min(parts.count - 1, first + 8), to: first, by: -1) {
        // A separator at the end of the cell belongs to no choice.
        guard ChoiceSplitter.trimmed(bytes[parts[candidate]]) != nil else { continue }
        let whole = bytes[parts[first].lowerBound..<parts[candidate].upperBound]
        if let text = ChoiceSplitter.trimmed(whole), isKnown(text) {
          last = candidate
          break
        }
      }
      if let text = ChoiceSplitter.trimmed(bytes[parts[first].lowerBound..<parts[last].upperBound]) {
        choices.append(text)
      }
      first = last + 1
    }
    return choices
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String? {
    let text = String(decoding: bytes, as: UTF8.self).trimmed
    return text.isEmpty ? nil : text
  }
}
