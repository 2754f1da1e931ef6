import Intake

/// What a CSV reader makes of some bytes, gathered to compare.
struct CSVTable: Equatable {
  var headings: [[String]] = []
  var rows: [[String?]] = []
  var lines: [Int] = []
  var raws: [[UInt8]] = []
  var problems: [SourceProblem] = []
  var headingBytes: [UInt8] = []
  /// What ended the file, if anything did.
  var end: SourceProblem?

  init(
    _ bytes: [UInt8], _ dialect: CSVDialect = CSVDialect(), limits: CSVLimits = CSVLimits(),
    piece: Int = .max
  ) {
    let reader = CSVReader(name: "t.csv", dialect: dialect, limits: limits)
    func take(_ row: SourceRow) {
      rows.append((0..<row.columnCount).map(row.string))
      lines.append(row.line)
      raws.append(row.raw)
    }
    func note(_ problem: SourceProblem) { problems.append(problem) }
    do {
      var rest = bytes[...]
      while !rest.isEmpty {
        try Array(rest.prefix(piece)).withUnsafeBufferPointer {
          try reader.feed($0, row: take, problem: note)
        }
        rest = rest.dropFirst(piece)
      }
      try reader.finish(row: take, problem: note)
    } catch let problem as SourceProblem {
      end = problem
    } catch {
      end = SourceProblem(file: "unexpected \(error)", fault: .empty)
    }
    headings = reader.headings
    headingBytes = reader.headingBytes
  }

  init(
    _ text: String, _ dialect: CSVDialect = CSVDialect(), limits: CSVLimits = CSVLimits(), piece: Int = .max
  ) {
    self.init(Array(text.utf8), dialect, limits: limits, piece: piece)
  }

  var messages: [String] { problems.map(\.description) }
}
