package import Basics

/// What a file is, as far as people can be found in it and taken out of it.
package enum ContentKind: Hashable, Sendable {
  /// JSON Lines of ours.
  case stream
  /// A key of pseudonyms.
  case key
  /// JSON of another program.
  case document
  case calendar
  /// Address cards (RFC 6350).
  case cards
  case mail
  /// What a server said of a mail, beside the mail.
  case mailNote
  case page
  case rows
  /// Columns of fixed width: a line is a record.
  case fixedColumns
  case text
  /// Nobody can be found in it; the reason completes "not searched: …".
  case unsearchable(String)

  /// - Parameter path: its ending shows what the first bytes do not.
  package init(of bytes: [UInt8], named path: String) {
    if let reason = ContentKind.reason(bytes, path) {
      self = .unsearchable(reason)
      return
    }
    let name = path.lowercased()
    func isNamed(_ endings: String...) -> Bool { endings.contains { name.hasSuffix($0) } }
    let text = ContentKind.withoutMark(bytes)
    let start = text.drop { $0 <= 0x20 }
    let head = String(decoding: start.prefix(200), as: UTF8.self).lowercased()
    if isNamed(".eml.txt") {
      self = .mailNote
    } else if isNamed(".eml", ".mbox", ".mbx") || ContentKind.isMail(text) {
      self = .mail
    } else if isNamed(".html", ".htm", ".xhtml", ".svg") || head.hasPrefix("<!doctype html")
      || head.hasPrefix("<html")
    {
      self = .page
    } else if head.hasPrefix("begin:vcalendar") {
      self = .calendar
    } else if head.hasPrefix("begin:vcard") {
      self = .cards
    } else if head.hasPrefix("{\"people\":[") {
      self = .key
    } else if start.first == UInt8(ascii: "[") {
      self = .document
    } else if start.first == UInt8(ascii: "{") {
      self = ContentKind.isStream(start) ? .stream : .document
    } else if isNamed(".asc", ".dat") {
      self = .fixedColumns
    } else if start.isEmpty {
      self = .text
    } else {
      self =
        start.first == UInt8(ascii: "<") || isNamed(".csv", ".tsv", ".tab") || ContentKind.isTable(start)
        ? .rows : .text
    }
  }

  static func withoutMark(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
  }

  /// Only a field that mails begin with distinguishes a mail from notes that begin with `Note: …`.
  private static func isMail(_ text: ArraySlice<UInt8>) -> Bool {
    let line = text.prefix(200).prefix { $0 != 10 }
    let head = String(decoding: line, as: UTF8.self).lowercased()
    return [
      "from ", "return-path:", "received:", "delivered-to:", "mime-version:", "message-id:",
      "x-mozilla-status:",
    ]
    .contains { head.hasPrefix($0) }
      || ["from:", "date:", "subject:", "to:"].contains { head.hasPrefix($0) }
        && String(decoding: text.prefix(4000), as: UTF8.self).lowercased().contains("\nmime-version:")
  }

  /// A line that is an object of its own.
  private static func isStream(_ text: ArraySlice<UInt8>) -> Bool {
    text.prefix { $0 != 10 }.last { $0 > 0x20 } == UInt8(ascii: "}")
  }

  /// The same signs divide the first two lines.
  private static func isTable(_ text: ArraySlice<UInt8>) -> Bool {
    let lines = text.prefix(1 << 16).split(separator: 10, maxSplits: 2)
    guard lines.count > 1 else { return false }
    return [";", ",", "\t", "|"].contains { sign in
      let counts = lines[..<2].map { line in line.count { $0 == sign.utf8.first } }
      return counts[0] > 0 && counts[0] == counts[1]
    }
  }

  // MARK: - What cannot be searched

  private static let signatures: [(start: [UInt8], what: String)] = [
    ([0x50, 0x4B, 0x03, 0x04], "an Excel workbook, a Word document or a zip archive"),
    ([0x50, 0x4B, 0x05, 0x06], "an empty zip archive"), ([0x1F, 0x8B], "compressed with gzip"),
    ([0x42, 0x5A, 0x68], "compressed with bzip2"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "compressed with xz"),
    ([0x28, 0xB5, 0x2F, 0xFD], "compressed with zstd"), ([0x37, 0x7A, 0xBC, 0xAF], "a 7z archive"),
    (Array("Rar!".utf8), "a rar archive"),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an Outlook message or an old Office document"),
    (Array("%PDF".utf8), "a PDF"), ([0x89, 0x50, 0x4E, 0x47], "a picture"),
    ([0xFF, 0xD8, 0xFF], "a picture"),
    (Array("GIF8".utf8), "a picture"), (Array("{\\rtf".utf8), "a rich text document"),
    (Array("SQLite format 3".utf8), "a database"), (Array("-----BEGIN PGP MESSAGE".utf8), "encrypted"),
    (Array("Salted__".utf8), "encrypted"),
  ]

  private static func reason(_ bytes: [UInt8], _ path: String) -> String? {
    for signature in signatures where bytes.starts(with: signature.start) { return signature.what }
    if bytes.count > 262, bytes[257...].starts(with: "ustar".utf8) { return "a tar archive" }
    if bytes.starts(with: "begin ".utf8),
      bytes.dropFirst(6).prefix(3).allSatisfy({ (0x30...0x37).contains($0) })
    {
      return "uuencoded"
    }
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
      return "written in UTF-32"
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return nil }
    // Text has none of these; what is UTF-16 without a mark has every other byte zero.
    let controls = bytes.count { $0 < 0x20 && !(8...13).contains($0) && $0 != 0x1A && $0 != 0x1B }
    guard controls > 0 else { return nil }
    if wide(bytes) != nil { return nil }
    return bytes.contains(0) || controls * 50 > bytes.count ? "no text" : nil
  }

  /// The encoding of text in UTF-16: by its mark, or by the zero beside each letter of ASCII.
  package static func wide(_ bytes: [UInt8]) -> TextEncoding? {
    if bytes.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
    if bytes.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
    guard bytes.count >= 4, bytes.count % 2 == 0 else { return nil }
    let head = bytes.prefix(4096)
    let (even, odd) = head.enumerated().reduce(into: (0, 0)) { zeros, byte in
      if byte.element == 0 { if byte.offset % 2 == 0 { zeros.0 += 1 } else { zeros.1 += 1 } }
    }
    if odd * 3 > head.count, even == 0 { return .utf16LittleEndian }
    return even * 3 > head.count && odd == 0 ? .utf16BigEndian : nil
  }
}
