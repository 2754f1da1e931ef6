import Basics
import Programme

extension Traces {
  /// A row with an address is about whom the address is; one without is about whom its number, id or name is. So the row
  /// of somebody whose manager is forgotten stays, and the manager's number in it goes.
  func isAbout(cells: [String]) -> Bool {
    let addresses = cells.filter { EmailAddress.fault(of: $0) == nil }
    if !addresses.isEmpty { return addresses.contains(where: isEmail) }
    if cells.contains(where: isWhole) { return true }
    // First and last name in columns of their own.
    return zip(cells, cells.dropFirst()).contains { isWhole("\($0) \($1)") && isWhole("\($1) \($0)") }
  }

  /// An export or a rejects file without the person's rows; other rows keep their bytes, but for mentions. The first row is
  /// searched as any other: not every table has headings.
  package func forget(rows source: ByteSource, bytes: [UInt8], _ removal: inout Removal) throws -> [UInt8] {
    var result: [UInt8] = []
    var taken = 0
    var counts = Removal()
    /// What lies between rows, or in a row of which only words go.
    func withoutMentions(_ raw: [UInt8], cells: [String], _ transcoder: Transcoder) -> [UInt8] {
      let encoding = transcoder.encoding
      var text = encoding.utf8(of: raw)
      // A short number is a mention where it is a whole cell.
      var mentions = 0
      for cell in cells where isWhole(cell) {
        let old = Array(cell.utf8)
        guard let place = Traces.findWhole(old, in: text) else { continue }
        text.removeSubrange(place..<(place + old.count))
        mentions += 1
      }
      if let erased = spellings.erased(text, mask: encoding == .utf8 ? "…" : "...") {
        text = erased
        mentions += 1
      }
      guard mentions > 0 else { return raw }
      counts.add("mention", mentions)
      return encoding == .utf8 ? text : text.withUnsafeBufferPointer(transcoder.original)
    }
    func keep(_ raw: [UInt8], cells: [String], encoding: Transcoder) {
      // Rows follow each other in the file, so each is found behind the one before.
      guard let start = Traces.find(raw, in: bytes, from: taken) else { return }
      result += withoutMentions(Array(bytes[taken..<start]), cells: [], encoding)
      taken = start + raw.count
      if isAbout(cells: cells) {
        counts.add("row")
      } else {
        result += withoutMentions(raw, cells: cells, encoding)
      }
    }
    let encoding: Transcoder
    switch source.kind {
    case .delimited:
      var dialect = CSVDialect.found(in: source.firstPiece, isWhole: source.isWhole)
      dialect.headingRows = 0
      let reader = CSVReader(name: source.name, dialect: dialect)
      encoding = Transcoder(dialect.encoding)
      try reader.read(source) { row in
        let cells = (0..<row.columnCount).compactMap { row.string($0)?.trimmed }.filter { !$0.isEmpty }
        keep(row.raw, cells: cells, encoding: encoding)
      } problem: { problem in
        // A row that cannot be taken apart is looked through as it is.
        let text = String(decoding: encoding.encoding.utf8(of: problem.raw), as: UTF8.self)
        let cells = text.split { ";,\t\r\n\"'|".contains($0) }.map { String($0).trimmed }.filter {
          !$0.isEmpty
        }
        keep(problem.raw, cells: cells, encoding: encoding)
      }
    case .xml, .workbook:
      let structure = try XMLStructure.found(
        in: source.firstPiece, isWhole: source.isWhole, name: source.name)
      guard let path = structure.rowPath else { return spellings.erased(bytes) ?? bytes }
      let reader = XMLReader(name: source.name, shape: try RowShape(row: path, fields: structure.fields))
      try reader.read(source) { row in
        let cells = (0..<row.columnCount).flatMap { row.strings($0) }.map(\.trimmed).filter { !$0.isEmpty }
        keep(row.raw, cells: cells, encoding: Transcoder(reader.encoding))
      }
      encoding = Transcoder(reader.encoding)
    }
    result += withoutMentions(Array(bytes[taken...]), cells: [], encoding)
    for (kind, count) in counts.counts { removal.add(kind, count) }
    return counts.isEmpty ? bytes : result
  }

  /// Where the bytes are as a cell of their own, not as a part of a longer word.
  private static func findWhole(_ needle: [UInt8], in bytes: [UInt8]) -> Int? {
    var start = 0
    while let found = find(needle, in: bytes, from: start) {
      let before = bytes[..<found].last
      let after = bytes[(found + needle.count)...].first
      if !(before.map(Text.isWord) ?? false), !(after.map(Text.isWord) ?? false) { return found }
      start = found + 1
    }
    return nil
  }

  private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard let first = needle.first else { return nil }
    var index = start
    while index < bytes.count, let found = bytes[index...].firstIndex(of: first) {
      if bytes[found...].starts(with: needle) { return found }
      index = found + 1
    }
    return nil
  }
}
