import Basics

/// Reads delimited text as a stream: bytes in, rows out, each row a set of slices of one reused buffer.
///
/// RFC 4180 and what the world makes of it: any of CR LF, LF and CR ends a row, also mixed; blank lines are
/// skipped; a delimiter too many at the end of a row is allowed; a quote inside an unquoted field is text.
/// A bad row is named and handed out beside the good ones, never instead of them.
///
/// A broken quote costs the line that opens it and nothing else: when a quoted field is not closed properly (or
/// closing it makes a row of several lines that has the wrong number of fields, while the next line alone has
/// the right one), reading goes on at the line behind the opening quote.
///
/// The first error that comes out of it, its own or a body's, ends it: each later call throws that error again.
///
/// O(*n*) in the bytes of the file, and memory bounded by the piece and the longest row.
///
/// What changes with each row is not checked for overlapping access: one thread reads, and the bodies cannot reach it.
package final class CSVReader: EndsWithFailure {
  package typealias RowBody = (SourceRow) throws -> Void
  package typealias ProblemBody = (SourceProblem) throws -> Void

  package let name: String
  /// As it was given; the encoding changes once when only ASCII had been seen and a later piece shows another.
  package private(set) var dialect: CSVDialect
  /// By what the encoding changed.
  package private(set) var lateGuess: EncodingGuess?
  package let limits: CSVLimits
  /// The heading rows, each with a text for each of its columns; complete before the first row is handed out.
  package internal(set) var headings: [[String]] = []
  /// What is before the first row, as it is in the file: byte order mark, `sep=`, headings.
  package internal(set) var headingBytes: [UInt8]
  /// Rows handed out or named as bad so far.
  @exclusivity(unchecked) package internal(set) var rowCount = 0

  let scanner: ByteScan
  @exclusivity(unchecked) var transcoder: Transcoder
  let present: SourceRow
  @exclusivity(unchecked) var buffer = ByteBuffer()
  @exclusivity(unchecked) var aside = ByteBuffer()
  @exclusivity(unchecked) var progress: CSVProgress
  /// Fields of a row: as many as there are headings, or as the first row has where there are none.
  @exclusivity(unchecked) var expectedColumns: Int?
  @exclusivity(unchecked) var lastHeadingIsEmpty = false
  /// Bytes of the file before the front of the buffer.
  @exclusivity(unchecked) var originalOffset = 0
  private var hasPassedMark = false
  var failure: (any Error)?
  var hasPassedSeparator = false

  package init(name: String, dialect: CSVDialect, limits: CSVLimits = CSVLimits()) {
    self.name = name
    self.dialect = dialect
    self.limits = limits
    scanner = ByteScan(delimiter: dialect.delimiter, quote: dialect.quote)
    transcoder = Transcoder(dialect.encoding)
    present = SourceRow(file: name, transcoder: transcoder, hasOneLine: dialect.rowsAreLines)
    headingBytes = dialect.hasByteOrderMark ? dialect.encoding.byteOrderMark : []
    progress = CSVProgress()
  }

  deinit { progress.slices.deallocate() }

  /// Reads the whole source. Throws what the bodies throw, and a `SourceProblem` that ends the file.
  package func read(_ source: ByteSource, row: RowBody, problem: ProblemBody) throws {
    try source.forEachPiece { try feed($0, row: row, problem: problem) }
    try finish(row: row, problem: problem)
  }

  /// Whether what was fed ends with a row, and nothing before it is in doubt: what follows may be read by another reader.
  var isBetweenRows: Bool { buffer.count == 0 && progress.fault == nil && progress.doubtedUntil <= 0 }

  /// Physical lines fed so far.
  var lineCount: Int { progress.line - 1 }

  /// Takes the next bytes of the file and hands out every row that they complete.
  package func feed(_ piece: UnsafeBufferPointer<UInt8>, row: RowBody, problem: ProblemBody) throws {
    try untilFailure {
      if let languages = dialect.undecidedLanguages { decideEncoding(piece, languages) }
      transcoder.transcode(piece, into: &buffer)
      try scanFed(row: row, problem: problem)
    }
  }

  /// Takes the next bytes, at most so many, as `fill` writes them: into the reader's own buffer where they are UTF-8.
  ///
  /// Returns how many there were; 0 at the end.
  func feed(
    upTo size: Int, from fill: (UnsafeMutableRawBufferPointer) throws -> Int, row: RowBody,
    problem: ProblemBody
  ) throws -> Int {
    try untilFailure {
      let room = UnsafeMutableRawBufferPointer(start: buffer.room(size), count: size)
      let count = try fill(room)
      let piece = UnsafeBufferPointer(
        rebasing: UnsafeBufferPointer(room.bindMemory(to: UInt8.self))[..<count])
      if let languages = dialect.undecidedLanguages { decideEncoding(piece, languages) }
      if dialect.encoding == .utf8 {
        buffer.commit(count)
      } else {
        Array(piece).withUnsafeBufferPointer { transcoder.transcode($0, into: &buffer) }
      }
      try scanFed(row: row, problem: problem)
      return count
    }
  }

  private func scanFed(row: RowBody, problem: ProblemBody) throws {
    guard passMark(isLast: false) else { return }
    try scan(isLast: false, row: row, problem: problem)
    compact()
  }

  /// Hands out the rows that the end of the file completes. Throws when the file has no heading row.
  package func finish(row: RowBody, problem: ProblemBody) throws {
    try untilFailure {
      transcoder.finish(into: &buffer)
      _ = passMark(isLast: true)
      repeat {
        try scan(isLast: true, row: row, problem: problem)
      } while try !endFile(row: row, problem: problem)
      compact()
      if headings.count < dialect.headingRows || expectedColumns == nil {
        throw SourceProblem(file: name, fault: .empty)
      }
    }
  }

  /// Up to here the file was ASCII, which reads the same in every code page: so it is not too late to choose one.
  private func decideEncoding(_ piece: UnsafeBufferPointer<UInt8>, _ languages: [String]) {
    let guess = EncodingGuess(of: piece, isWhole: false, languages: languages)
    guard !guess.isUndecided else { return }
    dialect.undecidedLanguages = nil
    // Zero bytes that begin in the middle of a file are a fault and not UTF-16.
    guard guess.encoding != dialect.encoding, guess.encoding.unitSize == 1 else { return }
    dialect.encoding = guess.encoding
    lateGuess = guess
    transcoder = Transcoder(guess.encoding)
    present.transcoder = transcoder
  }

  /// A byte order mark is no part of the first heading; false while it may still be coming.
  private func passMark(isLast: Bool) -> Bool {
    if hasPassedMark { return true }
    let mark = TextEncoding.utf8.byteOrderMark
    guard isLast || buffer.count >= mark.count else { return false }
    hasPassedMark = true
    if dialect.hasByteOrderMark, buffer.bytes.starts(with: mark) {
      originalOffset = dialect.encoding.byteOrderMark.count
      buffer.removeFirst(mark.count)
    }
    return true
  }

  /// Moves the row that is not complete yet to the front of the buffer.
  private func compact() {
    let dropped = progress.rowStart
    guard dropped > 0 else { return }
    originalOffset += transcoder.originalCount(UnsafeBufferPointer(rebasing: buffer.bytes[..<dropped]))
    buffer.removeFirst(dropped)
    progress.moveFront(by: dropped)
  }
}

/// How far a CSV reader has come in its buffer; offsets count from the buffer's front.
///
/// A value of its own, so that the scan works on a copy in registers and writes it back once a piece.
struct CSVProgress {
  enum Field { case unquoted, quoted, badLine }

  var position = 0
  var rowStart = 0
  var fieldStart = 0
  var field = Field.unquoted
  /// A closing quote has ended the field, and only the delimiter or line end behind it is to come.
  var isFieldEnded = false
  /// The present field has doubled quotes; a field of the row has.
  var hasDoubled = false
  var rowHasDoubled = false
  var hasStrayQuote = false
  /// A byte of the row, or of a block that it shares with others, is NUL; is not ASCII.
  var mayHaveNUL = false
  var mayHaveHigh = false
  /// The physical line at the row's start, and the line ends within quotes since.
  var line = 1
  var linesWithin = 0
  /// The first quoted field of the row that spans lines: offset of its quote and its column, or -1.
  var spanningQuote = -1
  var spanningColumn = 0
  /// Rows that begin before this offset are in doubt: a broken quote has reached over them.
  var doubtedUntil = 0
  /// Why the present line is skipped, at which line and column, and what is kept of it if it is too long.
  var fault: IntakeError?
  var faultLine = 0
  var faultColumn: Int?
  var kept: [UInt8] = []

  var fieldCount = 0
  var slices: UnsafeMutablePointer<FieldSlice>
  var sliceCapacity = 128

  init() { slices = .allocate(capacity: sliceCapacity) }

  @inline(__always)
  mutating func endField(at end: Int) {
    let count = end - fieldStart
    append(FieldSlice(start: fieldStart - rowStart, count: count, isNull: count == 0))
  }

  /// Ends a field at each bit of a block of 64 bytes, none of which is within quotes.
  @inline(__always)
  mutating func endFields(at ends: UInt64, from block: Int) {
    while fieldCount + 64 > sliceCapacity { grow() }
    var ends = ends
    var start = fieldStart
    var count = fieldCount
    let (slices, rowStart) = (slices, rowStart)
    while ends != 0 {
      let end = block + ends.trailingZeroBitCount
      ends &= ends &- 1
      slices[count] = FieldSlice(start: start - rowStart, count: end - start, isNull: end == start)
      count += 1
      start = end + 1
    }
    fieldStart = start
    fieldCount = count
  }

  @inline(__always)
  mutating func doubt(_ block: ByteScan.Block) {
    mayHaveNUL = mayHaveNUL || block.hasNUL
    mayHaveHigh = mayHaveHigh || block.hasHigh
  }

  @inline(__always)
  mutating func endQuotedField(at quote: Int) {
    append(
      FieldSlice(
        start: fieldStart + 1 - rowStart, count: quote - fieldStart - 1, isAside: hasDoubled))
    rowHasDoubled = rowHasDoubled || hasDoubled
    hasDoubled = false
    field = .unquoted
  }

  @inline(__always)
  private mutating func append(_ slice: FieldSlice) {
    if fieldCount == sliceCapacity { grow() }
    slices[fieldCount] = slice
    fieldCount += 1
  }

  mutating func grow() {
    let grown = UnsafeMutablePointer<FieldSlice>.allocate(capacity: sliceCapacity * 2)
    grown.update(from: slices, count: sliceCapacity)
    slices.deallocate()
    slices = grown
    sliceCapacity *= 2
  }

  /// Begins the row at the offset, `lines` physical lines further down.
  mutating func beginRow(at start: Int, lines: Int) {
    rowStart = start
    fieldStart = start
    field = .unquoted
    isFieldEnded = false
    hasDoubled = false
    rowHasDoubled = false
    hasStrayQuote = false
    mayHaveNUL = false
    mayHaveHigh = false
    line += lines
    linesWithin = 0
    spanningQuote = -1
    fieldCount = 0
    guard fault != nil else { return }
    fault = nil
    faultColumn = nil
    kept = []
  }

  mutating func moveFront(by dropped: Int) {
    rowStart -= dropped
    position -= dropped
    fieldStart -= dropped
    doubtedUntil = max(0, doubtedUntil - dropped)
    if spanningQuote >= 0 { spanningQuote -= dropped }
  }
}
