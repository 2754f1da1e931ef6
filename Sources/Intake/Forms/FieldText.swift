import Basics
import Programme

/// Single values of a cell, read the same in every region.
enum FieldText {
  /// An address or a number as it was meant: without what copying leaves in it (zero-width signs, soft hyphens,
  /// `mailto:`), and with the plain form of the full-width `＠`.
  static func visible(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) { return withoutScheme(text) }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{200B}"..."\u{200F}", "\u{2060}", "\u{FEFF}", "\u{AD}", "\u{202A}"..."\u{202E}": continue
      case "\u{FF20}": scalars.append("@")
      default: scalars.append(scalar)
      }
    }
    return withoutScheme(String(scalars).trimmed)
  }

  private static func withoutScheme(_ text: String) -> String {
    let scheme = "mailto:"
    return text.utf8.count >= scheme.utf8.count && text.prefix(scheme.count).lowercased() == scheme
      ? String(text.dropFirst(scheme.count)) : text
  }

  /// A whole number, also as spreadsheets write it (`3.0`, `3,00`).
  static func integer(_ text: String) -> Int? {
    if let number = Int(text) { return number }
    guard let mark = text.firstIndex(where: { $0 == "." || $0 == "," }) else { return nil }
    let zeros = text[text.index(after: mark)...]
    guard !zeros.isEmpty, zeros.allSatisfy({ $0 == "0" }) else { return nil }
    return Int(text[..<mark])
  }

  /// Yes or no, by the form's words first, then by those that exports use in every language of ours.
  static func flag(_ text: String, words: [WordKey: String]) -> Bool? {
    let key = WordKey(text)
    switch words[key] ?? key.loose {
    case "true", "yes", "y", "1", "ja", "j", "tak", "t", "igen", "i", "si", "s", "oui", "o", "是", "同意", "x",
      "checked", "agree", "accepted":
      return true
    case "false", "no", "n", "0", "nein", "nie", "nem", "non", "否", "不同意", "unchecked", "disagree",
      "declined":
      return false
    default: return nil
    }
  }

  /// Whether the text only says that something was chosen, or was not, and not what.
  static func isTick(_ text: String) -> Bool {
    text.utf8.count <= 2 && (Int(text) != nil || ["y", "n", "x", "j", "t"].contains(text.lowercased()))
  }

  /// A BCP 47 tag in the usual case; nil for any other text (RFC 5646, 2.1: only the shape is checked).
  static func languageTag(_ text: String) -> String? {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "_" }
    guard let first = parts.first, (2...3).contains(first.utf8.count), parts.count <= 4 else { return nil }
    var tag: [String] = []
    for (index, part) in parts.enumerated() {
      guard (1...8).contains(part.utf8.count),
        part.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) })
      else { return nil }
      if index == 0 {
        guard part.utf8.allSatisfy({ (0x61...0x7A).contains($0 | 0x20) }) else { return nil }
        tag.append(part.lowercased())
      } else if part.utf8.count == 4 {
        tag.append(part.prefix(1).uppercased() + part.dropFirst().lowercased())
      } else {
        tag.append(part.utf8.count == 2 ? part.uppercased() : part.lowercased())
      }
    }
    return tag.joined(separator: "-")
  }

  /// `08:00-14:30`, `8-14`, `8.30 – 14`, as people write it.
  static func span(_ text: String) -> ClockSpan? {
    let ends = text.split { $0 == "-" || $0 == "\u{2013}" }.map { half -> ClockTime? in
      let clock = String(half).trimmed.replacing(".", with: ":")
      return ClockTime(clock.contains(":") ? clock : clock + ":00")
    }
    guard ends.count == 2, let from = ends[0], let to = ends[1] else { return nil }
    return ClockSpan(from, to)
  }
}
