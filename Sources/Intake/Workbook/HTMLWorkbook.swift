import Basics
import CLibXML2

/// Tables of a web page, as which many systems write what they call `.xls`. Each table is a sheet, also one within a cell.
final class HTMLWorkbook: SheetDocument {
  override var kind: String { "web page saved as a workbook" }
  private let document: SheetBytes

  init(_ document: SheetBytes) { self.document = document }

  override func parse(_ events: SheetEvents) throws {
    let reader = HTMLTables(events)
    var transcoder = Transcoder(try HTMLWorkbook.encoding(document))
    var buffer = ByteBuffer()
    try document.forEachPiece { piece in
      transcoder.transcode(piece, into: &buffer)
      try reader.feed(buffer.bytes, isLast: false)
      buffer.removeAll()
    }
    transcoder.finish(into: &buffer)
    try reader.feed(buffer.bytes, isLast: true)
    try reader.finish()
  }

  /// The encoding of the mark, else the one that the page names, else by the bytes (HTML Standard, 13.2.3.2).
  private static func encoding(_ document: SheetBytes) throws -> TextEncoding {
    let head = document.head
    let guess = head.withUnsafeBufferPointer { EncodingGuess(of: $0, isWhole: document.isWhole) }
    if guess.hasByteOrderMark || guess.encoding.unitSize > 1 { return guess.encoding }
    let text = String(decoding: head.prefix(4096), as: UTF8.self).lowercased()
    guard let place = text.firstRange(of: "charset=") else { return guess.encoding }
    let name = text[place.upperBound...].drop { "\"' ".contains($0) }
      .prefix { $0.isLetter || $0.isNumber || "-_:".contains($0) }
    guard let named = TextEncoding(name: String(name)) else {
      throw IntakeError.encodingRefused(String(name))
    }
    // A page that says UTF-16 in bytes of one is not.
    return named.unitSize > 1 ? guess.encoding : named
  }
}

/// Reads tables out of HTML without judging it: rows and cells end where the next begins (HTML Standard, 13.1.2.4).
///
/// O(*n*) in the bytes of the page; what is held is one row and the tag or text that a piece cuts.
final class HTMLTables {
  private static let mostNested = 20
  private static let longestTag = 1 << 20
  private static let longestCell = 1 << 20
  private static let mostSpanned = 1000

  private final class Table {
    let sheet: Int
    let row = SheetRow()
    var facts = SheetFacts()
    var number = 0
    var column = 0
    var isInRow = false
    var isInCell = false
    /// Rows that the cell of a column still reaches into.
    var reach: [Int: Int] = [:]
    var text: [UInt8] = []

    init(sheet: Int) { self.sheet = sheet }
  }

  private let events: SheetEvents
  private var open: [Table] = []
  private var sheets = 0
  private var rest: [UInt8] = []
  /// What ends the text that is skipped: of a comment, a script, a style.
  private var skipping: [UInt8]?

  init(_ events: SheetEvents) { self.events = events }

  func feed(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) throws {
    rest += bytes
    let text = rest
    var index = 0
    reading: while index < text.count {
      if let end = skipping {
        guard let found = HTMLTables.find(end, in: text, from: index) else {
          index = max(index, text.count - end.count + 1)
          break
        }
        index = found + end.count
        if end.first == UInt8(ascii: "<") {
          while index < text.count, text[index] != UInt8(ascii: ">") { index += 1 }
        }
        skipping = nil
        continue
      }
      guard text[index] == UInt8(ascii: "<") else {
        var end = index
        while end < text.count, text[end] != UInt8(ascii: "<") { end += 1 }
        // An entity that the piece cuts waits for the next.
        if end == text.count, !isLast {
          let tail = max(index, end - 40)
          if let mark = text[tail..<end].lastIndex(of: UInt8(ascii: "&")),
            !text[mark..<end].contains(UInt8(ascii: ";"))
          {
            end = mark
          }
        }
        if end == index { break }
        try add(text[index..<end])
        index = end
        continue
      }
      if !isLast, text.count - index < 4 { break }
      if text[index...].starts(with: "<!--".utf8) {
        skipping = Array("-->".utf8)
        index += 4
        continue
      }
      guard let close = HTMLTables.end(ofTag: text, from: index) else {
        guard text.count - index <= HTMLTables.longestTag else {
          throw IntakeError.heldBack(limit: HTMLTables.longestTag)
        }
        if isLast { index = text.count }
        break reading
      }
      try tag(text[(index + 1)..<close])
      index = close + 1
    }
    rest.removeFirst(min(index, rest.count))
  }

  func finish() throws {
    while let table = open.last {
      try endTable(table)
    }
  }

  private static func find(_ needle: [UInt8], in text: [UInt8], from start: Int) -> Int? {
    var index = start
    while index + needle.count <= text.count {
      let isHere = zip(needle, text[index...]).allSatisfy { (wanted: UInt8, found: UInt8) in
        wanted == found || (wanted >= 0x61 && wanted == (found | 0x20))
      }
      if isHere { return index }
      index += 1
    }
    return nil
  }

  /// The `>` that ends a tag; those within quoted values do not.
  private static func end(ofTag text: [UInt8], from start: Int) -> Int? {
    var quote: UInt8 = 0
    var previous: UInt8 = 0
    var index = start + 1
    while index < text.count {
      let byte = text[index]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: ">") {
        return index
      } else if byte == 0x22 || byte == 0x27, previous == UInt8(ascii: "=") {
        quote = byte
      }
      if byte > 0x20 { previous = byte }
      index += 1
    }
    return nil
  }

  // MARK: - Tags

  private func tag(_ tag: ArraySlice<UInt8>) throws {
    let isClosing = tag.first == UInt8(ascii: "/")
    let content = isClosing ? tag.dropFirst() : tag
    let name = String(
      decoding: content.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }.prefix(20).map { $0 | 0x20 },
      as: UTF8.self)
    if isClosing {
      guard let table = open.last else { return }
      switch name {
      case "table": try endTable(table)
      case "tr": try endRow(table)
      case "td", "th": endCell(table)
      default: break
      }
      return
    }
    switch name {
    case "script", "style", "title", "textarea": skipping = Array("</\(name)".utf8)
    case "table":
      guard open.count < HTMLTables.mostNested else {
        throw IntakeError.tooDeep(limit: HTMLTables.mostNested)
      }
      guard sheets < WorkbookLimits().sheets else {
        throw IntakeError.workbookTooLarge("it has more than \(WorkbookLimits().sheets) tables")
      }
      open.append(Table(sheet: sheets))
      sheets += 1
      try events.begin("Table \(sheets)")
    case "tr": if let table = open.last { try beginRow(table, isHidden: HTMLTables.isHidden(content)) }
    case "td", "th": if let table = open.last { try beginCell(table, content) }
    case "br": if let table = open.last, table.isInCell { table.text.append(0x0A) }
    default: break
    }
  }

  private static func isHidden(_ tag: ArraySlice<UInt8>) -> Bool {
    let style = attribute("style", of: tag)?.lowercased().filter { $0 != " " } ?? ""
    return style.contains("display:none")
  }

  private func beginRow(_ table: Table, isHidden: Bool) throws {
    try endRow(table)
    table.number += 1
    guard table.number <= WorkbookLimits.rows else {
      throw IntakeError.workbookTooLarge("a table has more than \(WorkbookLimits.rows) rows")
    }
    table.column = 0
    table.isInRow = true
    table.row.begin(table.number, isHidden: isHidden)
  }

  private func beginCell(_ table: Table, _ tag: ArraySlice<UInt8>) throws {
    if !table.isInRow { try beginRow(table, isHidden: false) }
    endCell(table)
    while let rows = table.reach[table.column], rows > 0 { table.column += 1 }
    guard table.column < WorkbookLimits.columns else {
      throw IntakeError.badWorkbook("row \(table.number) has a cell beyond the column XFD")
    }
    func span(_ name: String) -> Int {
      min(
        max(1, HTMLTables.attribute(name, of: tag).flatMap { Int($0.trimmed) } ?? 1), HTMLTables.mostSpanned)
    }
    let (columns, rows) = (span("colspan"), span("rowspan"))
    let last = min(table.column + columns, WorkbookLimits.columns)
    if columns > 1 || rows > 1 {
      table.facts.add(
        CellRange(
          first: CellReference(row: table.number, column: table.column + 1),
          last: CellReference(row: table.number + rows - 1, column: last)))
      for column in table.column..<last where rows > 1 || column > table.column { table.reach[column] = rows }
    }
    table.isInCell = true
    table.text.removeAll(keepingCapacity: true)
  }

  private func endCell(_ table: Table) {
    guard table.isInCell else { return }
    table.isInCell = false
    let text = HTMLTables.trimmed(table.text)
    text.withUnsafeBufferPointer { bytes in
      table.row.set(table.column, text: bytes)
      if CellNumber.isError(bytes) {
        table.row.name(
          .unreadableCell("the cell shows the error \(String(decoding: bytes, as: UTF8.self))"),
          at: table.column)
      }
    }
    table.column += 1
  }

  private func endRow(_ table: Table) throws {
    endCell(table)
    guard table.isInRow else { return }
    table.isInRow = false
    for (column, rows) in table.reach { table.reach[column] = rows > 1 ? rows - 1 : nil }
    if table.row.width > 0 { try events.row(table.sheet, table.row) }
  }

  private func endTable(_ table: Table) throws {
    try endRow(table)
    open.removeLast()
    try events.end(table.sheet, table.facts, nil)
  }

  private static func attribute(_ name: String, of tag: ArraySlice<UInt8>) -> String? {
    let key = Array(name.utf8)
    var index = tag.startIndex
    while let found = tag[index...].firstIndex(where: { $0 | 0x20 == key[0] }) {
      index = found + 1
      guard found > tag.startIndex, tag[found - 1] <= 0x20,
        tag[found...].prefix(key.count).map({ $0 | 0x20 }) == key
      else { continue }
      var rest = tag[(found + key.count)...].drop { $0 <= 0x20 }
      guard rest.popFirst() == UInt8(ascii: "=") else { continue }
      rest = rest.drop { $0 <= 0x20 }
      if let quote = rest.first, quote == 0x22 || quote == 0x27 {
        return String(decoding: rest.dropFirst().prefix { $0 != quote }, as: UTF8.self)
      }
      return String(decoding: rest.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }, as: UTF8.self)
    }
    return nil
  }

  // MARK: - Text

  /// Blanks of the source are one blank; a break is `<br>` alone.
  private func add(_ text: ArraySlice<UInt8>) throws {
    guard let table = open.last, table.isInCell else { return }
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      if byte == UInt8(ascii: "&"), let (scalar, end) = HTMLTables.entity(text, at: index) {
        table.text += Array(String(Character(scalar)).utf8)
        index = end
        continue
      }
      if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D || byte == 0x0C {
        if let last = table.text.last, last != 0x20, last != 0x0A { table.text.append(0x20) }
      } else {
        table.text.append(byte)
      }
      index += 1
    }
    guard table.text.count <= HTMLTables.longestCell else {
      throw IntakeError.fieldTooLong(limit: HTMLTables.longestCell)
    }
  }

  /// `&amp;`, `&#252;`, `&#xFC;` and the names of HTML 4; nil for what is none, which stays as it is.
  private static func entity(_ text: ArraySlice<UInt8>, at start: Int) -> (Unicode.Scalar, Int)? {
    guard let end = text[start...].prefix(12).firstIndex(of: UInt8(ascii: ";")), end > start + 1 else {
      return nil
    }
    let name = String(decoding: text[(start + 1)..<end], as: UTF8.self)
    let value: UInt32?
    if name.hasPrefix("#x") || name.hasPrefix("#X") {
      value = UInt32(name.dropFirst(2), radix: 16)
    } else if name.hasPrefix("#") {
      value = UInt32(name.dropFirst())
    } else if name == "apos" {
      value = 0x27
    } else {
      value = name.withCString { text in
        text.withMemoryRebound(to: xmlChar.self, capacity: name.utf8.count + 1) {
          htmlEntityLookup($0)?.pointee.value
        }
      }
    }
    guard let scalar = value.flatMap({ Unicode.Scalar($0) }), scalar.value != 0 else { return nil }
    return (scalar, end + 1)
  }

  /// Without blanks and no-break spaces at either end: pages fill empty cells with them.
  private static func trimmed(_ text: [UInt8]) -> [UInt8] {
    String(decoding: text, as: UTF8.self).trimmed.utf8.map { $0 }
  }
}
