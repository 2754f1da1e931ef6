extension Traces {
  /// An export or a rejects file without the person's rows; other rows keep their bytes, but for mentions.
  ///
  /// A row with an address is about whom the address is; one without is about whom its number, id or name is. So the row
  /// of somebody whose manager is forgotten stays, and the manager's number in it goes.
  package func forget(rows source: ByteSource, bytes: [UInt8], _ removal: inout Removal) throws -> [UInt8] {
    var result: [UInt8] = []
    var taken = 0
    var counts = Removal()
    func keep(_ raw: [UInt8], cells: [String], encoding: Transcoder) {
      // Rows follow each other in the file, so each is found behind the one before.
      guard let start = Traces.find(raw, in: bytes, from: taken) else { return }
      result += bytes[taken..<start]
      taken = start + raw.count
      let addresses = cells.filter { FieldText.emailFault($0) == nil }
      let isAbout =
        addresses.isEmpty
        ? cells.contains(where: isWhole) : addresses.contains { emails.contains($0.lowercased()) }
      if isAbout {
        counts.add("row")
        return
      }
      var kept = raw
      for cell in cells {
        let new = isWhole(cell) ? "" : erased(cell)
        guard let new else { continue }
        let old = Array(cell.utf8).withUnsafeBufferPointer(encoding.original)
        let put = Array(new.utf8).withUnsafeBufferPointer(encoding.original)
        if let place = Traces.findWhole(old, in: kept) {
          kept.replaceSubrange(place..<(place + old.count), with: put)
          counts.add("mention")
        }
      }
      result += kept
    }
    switch source.kind {
    case .delimited:
      let dialect = CSVDialect.found(in: source.firstPiece, isWhole: source.isWhole)
      let reader = CSVReader(name: source.name, dialect: dialect)
      let encoding = Transcoder(dialect.encoding)
      try reader.read(source) { row in
        let cells = (0..<row.columnCount).compactMap { row.string($0)?.trimmed }.filter { !$0.isEmpty }
        keep(row.raw, cells: cells, encoding: encoding)
      } problem: { problem in
        // A row that cannot be taken apart is looked through as it stands.
        let text = String(decoding: problem.raw, as: UTF8.self)
        let cells = text.split { ";,\t\r\n\"'".contains($0) }.map { String($0).trimmed }
        keep(problem.raw, cells: cells, encoding: encoding)
      }
    case .xml:
      let structure = try XMLStructure.found(
        in: source.firstPiece, isWhole: source.isWhole, name: source.name)
      guard let path = structure.rowPath else { return bytes }
      let reader = XMLReader(name: source.name, shape: try RowShape(row: path, fields: structure.fields))
      try reader.read(source) { row in
        let cells = (0..<row.columnCount).flatMap { row.strings($0) }.map(\.trimmed).filter { !$0.isEmpty }
        keep(row.raw, cells: cells, encoding: Transcoder(reader.encoding))
      }
    }
    result += bytes[taken...]
    for (kind, count) in counts.counts { removal.add(kind, count) }
    return counts.isEmpty ? bytes : result
  }

  /// Where the bytes stand as a cell of their own, not as a part of a longer word.
  private static func findWhole(_ needle: [UInt8], in bytes: [UInt8]) -> Int? {
    var start = 0
    while let found = find(needle, in: bytes, from: start) {
      let before = bytes[..<found].last { $0 != 0 }
      let after = bytes[(found + needle.count)...].first { $0 != 0 }
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
