import Intake

/// What an XML reader makes of some bytes, gathered to compare.
struct XMLTable: Equatable {
  var rows: [[[String]?]] = []
  var lines: [Int] = []
  var raws: [String] = []
  /// What ended the file, if anything did.
  var end: SourceProblem?

  init(_ bytes: [UInt8], _ shape: RowShape, limits: XMLLimits = XMLLimits(), piece: Int = .max) {
    let reader = XMLReader(name: "t.xml", shape: shape, limits: limits)
    func take(_ row: SourceRow) {
      rows.append((0..<row.columnCount).map { row.isNull($0) ? nil : row.strings($0) })
      lines.append(row.line)
      raws.append(String(decoding: row.raw, as: UTF8.self))
    }
    do {
      var rest = bytes[...]
      while !rest.isEmpty {
        try Array(rest.prefix(piece)).withUnsafeBufferPointer { try reader.feed($0, row: take) }
        rest = rest.dropFirst(piece)
      }
      try reader.finish(row: take)
    } catch let problem as SourceProblem {
      end = problem
    } catch {
      end = SourceProblem(file: "unexpected \(error)", fault: .empty)
    }
  }

  init(_ text: String, _ shape: RowShape, limits: XMLLimits = XMLLimits(), piece: Int = .max) {
    self.init(Array(text.utf8), shape, limits: limits, piece: piece)
  }
}
