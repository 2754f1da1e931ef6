/// What is before the first row of a delimited file, read from its first piece by the reader of the rows.
struct CSVHead {
  let headings: [[String]]
  /// Byte order mark, `sep=` and heading rows, as they are in the file.
  let bytes: [UInt8]
  /// Fields of the first good row; 0 where the piece holds none.
  let columnCount: Int
  /// Whether a row, good or bad, follows within the piece.
  let isFollowed: Bool

  private struct Enough: Error {}

  init(of piece: [UInt8], isWhole: Bool, name: String, _ dialect: CSVDialect) {
    let reader = CSVReader(name: name, dialect: dialect)
    var columns = 0
    var isFollowed = false
    func row(_ row: SourceRow) throws {
      columns = row.columnCount
      isFollowed = true
      throw Enough()
    }
    func problem(_: SourceProblem) throws {
      isFollowed = true
      // Without headings the first good row says how many columns there are.
      if dialect.headingRows > 0 { throw Enough() }
    }
    // What is wrong with the file is reported when its rows are read.
    try? piece.withUnsafeBufferPointer {
      try reader.feed($0, row: row, problem: problem)
      if isWhole { try reader.finish(row: row, problem: problem) }
    }
    headings = reader.headings
    bytes = reader.headingBytes
    columnCount = columns
    self.isFollowed = isFollowed
  }
}
