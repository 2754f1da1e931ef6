/// Header fields of a mail: folded at 78 columns (RFC 5322, section 2.2.3), words beyond ASCII encoded (RFC 2047).
///
/// Nothing that a value holds can end its field: every control character becomes a blank before anything is written.
package struct MailHeader: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  /// A field whose value we made ourselves: ASCII, short.
  package mutating func literal(_ name: String, _ value: String) {
    append("\(name): \(MailHeader.oneLine(value))\r\n")
  }

  /// A program wrote this mail (RFC 3834, section 5), and wants no automatic answers: Exchange and Outlook know only the
  /// second field ([MS-OXCMAIL], section 2.2.3.2.14).
  mutating func automatic() {
    literal("Auto-Submitted", "auto-generated")
    literal("X-Auto-Response-Suppress", "OOF, AutoReply")
  }

  /// Free words, as in Subject.
  package mutating func text(_ name: String, _ value: String) {
    append(name + ":")
    var column = name.utf8.count + 1
    let words = MailHeader.oneLine(value)
    if MailHeader.isPlain(words) {
      for word in words.split(separator: " ") { put(String(word), &column) }
    } else {
      for word in MailHeader.encodedWords(words) { put(word, &column) }
    }
    append("\r\n")
  }

  /// One address with its display name, as in From and To.
  package mutating func address(_ name: String, _ address: MailAddress) {
    append(name + ":")
    var column = name.utf8.count + 1
    let words = MailHeader.oneLine(address.name)
    if words.isEmpty {
      put(address.address, &column)
    } else {
      if words.utf8.count <= 60, words.utf8.allSatisfy({ $0 < 0x7F }), !words.contains("=?") {
        var quoted = "\""
        for character in words.unicodeScalars {
          if character == "\"" || character == "\\" { quoted += "\\" }
          quoted.unicodeScalars.append(character)
        }
        put(quoted + "\"", &column)
      } else {
        for word in MailHeader.encodedWords(words) { put(word, &column) }
      }
      put("<\(address.address)>", &column)
    }
    append("\r\n")
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func put(_ word: String, _ column: inout Int) {
    if column + 1 + word.utf8.count > 78, column > 0, bytes.last != UInt8(ascii: ":") {
      append("\r\n")
      column = 0
    }
    append(" " + word)
    column += 1 + word.utf8.count
  }

  /// Control characters and line separators become blanks, runs of blanks one; marks that turn the direction of writing
  /// go, since they could show an address as another.
  static func oneLine(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var isBlank = true
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x202A...0x202E, 0x2066...0x2069, 0x200E, 0x200F: continue
      case 0...0x20, 0x7F...0xA0, 0x2028, 0x2029:
        if !isBlank { result.append(" ") }
        isBlank = true
      default:
        result.append(scalar)
        isBlank = false
      }
    }
    if result.last == " " { result.removeLast() }
    return String(result)
  }

  /// Whether it may be as it is: printable ASCII, nothing that reads as an encoded word, no word that cannot be folded.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } && !text.contains("=?")
      && text.split(separator: " ").allSatisfy { $0.utf8.count <= 64 }
  }

  /// `=?UTF-8?B?…?=`, each at most 75 columns and of whole characters (RFC 2047, sections 2 and 5).
  static func encodedWords(_ text: String) -> [String] {
    var words: [String] = []
    var piece: [UInt8] = []
    func end() {
      guard !piece.isEmpty else { return }
      words.append("=?UTF-8?B?" + String(decoding: Base64.encode(piece), as: UTF8.self) + "?=")
      piece = []
    }
    for scalar in text.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      // 39 bytes are 52 columns of base64; with what is around them 64, which fit behind `Subject: `.
      if piece.count + bytes.count > 39 { end() }
      piece += bytes
    }
    end()
    return words
  }
}
