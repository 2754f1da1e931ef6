import Basics

/// What must be around rejected rows, so that they are a file of their kind again: headings, or the document's
/// beginning and its closing tags.
package struct Frame: Sendable, Hashable {
  package var head: [UInt8]
  package var tail: [UInt8]
  /// What ends a row that ended with the file.
  package var lineEnd: [UInt8]
  /// What the name of a file with the rows ends in, where the input's own ending would be wrong: rows of a workbook are CSV.
  package var suffix = ""

  package init(head: [UInt8] = [], tail: [UInt8] = [], lineEnd: [UInt8] = [0x0A]) {
    self.head = head
    self.tail = tail
    self.lineEnd = lineEnd
  }

  /// Of a delimited file: all that is before its first row.
  init(of reader: CSVReader, suffix: String = "") {
    self.suffix = suffix
    let end: [UInt8] =
      switch reader.dialect.lineEnd {
      case .crlf: [0x0D, 0x0A]
      case .lf: [0x0A]
      case .cr: [0x0D]
      }
    let transcoder = Transcoder(reader.dialect.encoding)
    head = reader.headingBytes
    tail = []
    lineEnd = end.withUnsafeBufferPointer(transcoder.original)
  }

  /// Of an XML document: all that is before its first row, and the tags that were open there.
  init(of source: ByteSource, firstRow: [UInt8], encoding: TextEncoding) {
    let start = Frame.find(firstRow.prefix(4096), in: source.firstPiece)
    head = Array(source.firstPiece[..<(start ?? 0)])
    let transcoder = Transcoder(encoding)
    let closing = Frame.openTags(head).reversed().map { "</\($0)>" }.joined() + "\n"
    tail = Array(closing.utf8).withUnsafeBufferPointer(transcoder.original)
    lineEnd = [UInt8(0x0A)].withUnsafeBufferPointer(transcoder.original)
  }

  private static func find(_ needle: ArraySlice<UInt8>, in bytes: [UInt8]) -> Int? {
    guard let first = needle.first else { return nil }
    var index = 0
    while let found = bytes[index...].firstIndex(of: first) {
      if bytes[found...].starts(with: needle) { return found }
      index = found + 1
    }
    return nil
  }

  /// The names, with their prefixes, of the elements that the beginning of a document opens and does not close.
  static func openTags(_ head: [UInt8]) -> [String] {
    // UTF-16 has a zero byte beside each ASCII character.
    let bytes = head.prefix(64).contains(0) ? head.filter { $0 != 0 } : head
    var open: [String] = []
    var index = 0
    while let tag = bytes[index...].firstIndex(of: 0x3C) {
      let rest = bytes[(tag + 1)...]
      let mark: [UInt8] =
        rest.starts(with: "![CDATA[".utf8)
        ? Array("]]>".utf8) : rest.starts(with: "!--".utf8) ? Array("-->".utf8) : [0x3E]
      guard let close = find(mark[...], in: Array(rest)) else { break }
      let content = rest.prefix(close)
      if rest.first == UInt8(ascii: "/") {
        _ = open.popLast()
      } else if rest.first != UInt8(ascii: "!"), rest.first != UInt8(ascii: "?"),
        content.last != UInt8(ascii: "/")
      {
        open.append(String(decoding: content.prefix { $0 > 0x20 }, as: UTF8.self))
      }
      index = rest.startIndex + close + mark.count
      if index >= bytes.count { break }
    }
    return open
  }
}
