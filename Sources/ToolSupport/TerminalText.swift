package import Basics

/// Text as a terminal shows it: measured in columns, broken at words.
package enum TerminalText {
  /// Columns on a terminal: East Asian wide and fullwidth characters and emoji take two, combining marks none
  /// (Unicode Annex 11).
  package static func width(_ text: String) -> Int { text.reduce(0) { $0 + width($1) } }

  static func width(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let scalar = scalars.first else { return 0 }
    switch scalar.value {
    case 0..<0x300: return 1
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
      0x20000...0x3FFFD:
      return 2
    default:
      // U+FE0F asks for the emoji.
      if scalar.properties.isEmojiPresentation || scalars.contains("\u{FE0F}") { return 2 }
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: return 0
      default: return 1
      }
    }
  }

  /// At most that many columns, cut with `…`.
  package static func cut(_ text: String, to width: Int) -> String {
    guard self.width(text) > width else { return text }
    var result = ""
    var used = 1
    for character in text {
      used += self.width(character)
      if used > width { break }
      result.append(character)
    }
    return result + "…"
  }

  /// The text in lines of at most that many columns, broken at words; only a word that is longer than a line is cut.
  ///
  /// - Parameter prefix: what the first line begins with; the others are indented by as much.
  package static func wrapped(_ text: String, after prefix: String = "", to width: Int) -> [String] {
    let indent = String(repeating: " ", count: self.width(prefix))
    guard self.width(prefix) + self.width(text) > width else { return [prefix + text] }
    let room = max(1, width - self.width(prefix))
    var lines: [String] = []
    var line = ""
    var used = 0
    for piece in pieces(text) {
      let (wide, gap) = (self.width(piece.text), piece.followsSpace && !line.isEmpty ? 1 : 0)
      if !line.isEmpty, used + gap + wide > room {
        lines.append(line)
        (line, used) = (cut(piece.text, to: room), min(wide, room))
      } else {
        line += (gap == 1 ? " " : "") + cut(piece.text, to: room)
        used += gap + min(wide, room)
      }
    }
    lines.append(line)
    return lines.enumerated().map { ($0 == 0 ? prefix : indent) + $1 }
  }

  /// A line for people to read: broken at words where it is bounded, with its line feed.
  package static func prose(_ text: String, after prefix: String = "", to width: Int?) -> String {
    (width.map { wrapped(text, after: prefix, to: $0) } ?? [prefix + text]).map { $0 + "\n" }.joined()
  }

  /// A part of a text that stays on one line.
  struct Piece {
    var text: String
    var followsSpace: Bool
  }

  /// The text where it may be broken: at spaces but for those before a sign (`63 %`, `a – b`), after the slash of a path,
  /// between ideographs.
  static func pieces(_ text: String) -> [Piece] {
    var pieces: [Piece] = []
    for (at, word) in text.split(separator: " ").enumerated() {
      if let last = pieces.indices.last, !word.contains(where: { $0.isLetter || $0.isNumber }) {
        pieces[last].text += " " + word
        continue
      }
      var piece = ""
      var followsSpace = at > 0
      var before: Character?
      for character in word {
        if let before, isBreak(between: before, and: character) {
          pieces.append(Piece(text: piece, followsSpace: followsSpace))
          (piece, followsSpace) = ("", false)
        }
        piece.append(character)
        before = character
      }
      pieces.append(Piece(text: piece, followsSpace: followsSpace))
    }
    return pieces
  }

  private static func isBreak(between before: Character, and after: Character) -> Bool {
    if before == "/" { return after.isLetter }
    // Punctuation of East Asia may not begin a line.
    return isIdeograph(after) && (isIdeograph(before) || width(before) == 2)
  }

  private static func isIdeograph(_ character: Character) -> Bool {
    character.unicodeScalars.first?.properties.isIdeographic ?? false
  }
}

extension Output {
  /// Writes a table as wide as the line is.
  package func write(_ table: TextTable) throws { try write(table.text(width: lineWidth)) }

  /// Writes each line for people to read, broken at words where the line is bounded.
  package func write(prose lines: [String]) throws {
    for line in lines { try write(TerminalText.prose(line, to: lineWidth)) }
  }
}
