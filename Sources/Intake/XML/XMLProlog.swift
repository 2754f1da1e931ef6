import Basics

/// The encoding of an XML document, from its byte order mark and its declaration.
///
/// We decode the document ourselves and hand libxml2 nothing but checked UTF-8, with the declaration blanked
/// out; so none of its own decoders (UTF-7 among them, which smuggles markup in) is ever reached.
struct XMLProlog: Equatable {
  var encoding: TextEncoding
  /// Bytes of the byte order mark.
  var markCount: Int

  /// Bytes that a declaration may take up.
  static let limit = 1024

  /// Judges the head of the document; nil while more of it is needed.
  init?(head: [UInt8], isWhole: Bool) throws(IntakeError) {
    guard isWhole || head.count >= 4 else { return nil }
    markCount = 0
    let marks: [TextEncoding] = [.utf8, .utf16LittleEndian, .utf16BigEndian]
    if head.starts(with: [0xFF, 0xFE, 0, 0]) || head.starts(with: [0, 0, 0xFE, 0xFF])
      || head.starts(with: [0x3C, 0, 0, 0]) || head.starts(with: [0, 0, 0, 0x3C])
    {
      throw .encodingRefused("UTF-32")
    }
    if head.starts(with: [0x4C, 0x6F, 0xA7, 0x94]) { throw .encodingRefused("EBCDIC") }
    let family: TextEncoding
    if let marked = marks.first(where: { head.starts(with: $0.byteOrderMark) }) {
      family = marked
      markCount = marked.byteOrderMark.count
    } else if head.starts(with: [0x3C, 0]) {
      family = .utf16LittleEndian
    } else if head.starts(with: [0, 0x3C]) {
      family = .utf16BigEndian
    } else {
      family = .utf8
    }
    guard isWhole || (head.count - markCount) % family.unitSize == 0 else { return nil }
    let ascii = head[markCount...].filter { $0 != 0 }
    let opening = Array("<?xml".utf8)
    guard ascii.starts(with: opening.prefix(ascii.count)) else {
      encoding = family
      return
    }
    guard let end = ascii.firstIndex(of: UInt8(ascii: ">")) else {
      guard isWhole || head.count > Self.limit else { return nil }
      encoding = family
      return
    }
    encoding = family
    guard let name = Self.declaredEncoding(ascii[..<end]) else { return }
    guard let declared = TextEncoding(name: name), declared.isForXML else { throw .encodingRefused(name) }
    // The bytes themselves prove UTF-16 or its absence; else the declaration is to be believed.
    if family == .utf8, markCount == 0, declared.unitSize == 1 { encoding = declared }
  }

  /// The value of `encoding` in `<?xml version="1.0" encoding="…"?>`.
  private static func declaredEncoding(_ declaration: ArraySlice<UInt8>) -> String? {
    let key = Array("encoding".utf8)
    var index = declaration.startIndex
    while index + key.count < declaration.endIndex {
      if declaration[index...].starts(with: key) {
        var at = index + key.count
        let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
        while at < declaration.endIndex,
          blanks.contains(declaration[at]) || declaration[at] == UInt8(ascii: "=")
        {
          at += 1
        }
        guard at < declaration.endIndex else { return nil }
        let quote = declaration[at]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        let value = declaration[(at + 1)...].prefix { $0 != quote }
        return String(decoding: value.prefix(40), as: UTF8.self)
      }
      index += 1
    }
    return nil
  }
}
