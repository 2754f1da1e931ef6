import Basics
import Programme

/// A large file of answers, read in sections by as many threads as there are cores.
///
/// Where a section begins is guessed: at a line end behind which some lines are rows as the headings have them, for a line
/// of a long text in quotes seldom is. The guess is proved when the reader of the section before it comes to the end of a
/// row just there. Where it does not (or a broken quote leaves it in doubt), that reader goes on through the next section,
/// whose own reading is forgotten: so what comes out is what one reader makes of the whole, whatever the guesses.
struct AnswerSections {
  /// What a reader made of its section, and of those that it had to go on through.
  struct Section {
    var store: AnswerStore
    var rejections: [Rejection]
    /// Rows that do not count, by the number of the form's condition.
    var leftOut: [Int: Int]
    var unreadTimes: UnreadTimes
    var rows: Int
    var lines: Int
  }

  private let source: ByteSource
  private let dialect: CSVDialect
  private let heading: [UInt8]
  /// Offsets, the first of them behind the headings, the last at the end of the file.
  private let cuts: [Int]
  private let answers: () -> AnswerReader
  private static let most = 64

  /// nil where the file is no regular one, too small, or of an encoding whose line ends cannot be found in the middle.
  ///
  /// - Parameter least: bytes of a section.
  init?(_ source: ByteSource, _ dialect: CSVDialect, least: Int, answers: @escaping () -> AnswerReader) {
    guard let size = source.size, size / 2 >= least, dialect.encoding.unitSize == 1, dialect.headingRows > 0,
      let heading = AnswerSections.heading(source, dialect)
    else { return nil }
    self.source = source
    self.dialect = dialect
    self.heading = heading
    self.answers = answers
    cuts = AnswerSections.cuts(
      source, dialect, heading, size: size, parts: min(AnswerSections.most, size / max(1, least)))
    if cuts.count <= 2 { return nil }
  }

  /// The sections in their order; nil where one reader must read the file from its beginning, and tell what is wrong with it.
  func read() -> [Section]? {
    let count = cuts.count - 1
    let all = Unchecked(self)
    let done = Parallel.map(0..<count) { number -> Pass? in
      let own = all.value
      guard let pass = Pass(own.source.name, own.dialect, own.heading, own.answers()) else { return nil }
      own.run(pass, number)
      return pass
    }.compactMap(\.self)
    guard done.count == count else { return nil }
    var sections: [Section] = []
    var present: Pass?
    for number in done.indices {
      if let before = present { run(before, number) } else { present = done[number] }
      guard let now = present, !now.hasFailed else { return nil }
      if let section = now.section {
        sections.append(section)
        present = nil
      }
    }
    return sections
  }

  private func run(_ pass: Pass, _ number: Int) {
    pass.read(cuts[number]..<cuts[number + 1], of: source, isLast: number == cuts.count - 2)
  }

  /// Threads read the source by offsets alone, and make readers of values that nobody changes.
  private struct Unchecked: @unchecked Sendable {
    let value: AnswerSections
    init(_ value: AnswerSections) { self.value = value }
  }

  /// One reader on its way through the file; one thread has it at a time.
  private final class Pass: @unchecked Sendable {
    /// Let go with its buffers when its end is clean: so many sections have one each.
    private var reader: CSVReader?
    @exclusivity(unchecked) private var answers: AnswerReader
    private let headingLines: Int
    private var rejections: [Rejection] = []
    private var leftOut: [Int: Int] = [:]
    /// What was made, once the end is clean: where a row ends, and nothing before it is in doubt.
    private(set) var section: Section?
    private(set) var hasFailed = false

    init?(_ name: String, _ dialect: CSVDialect, _ heading: [UInt8], _ answers: AnswerReader) {
      let reader = CSVReader(name: name, dialect: dialect)
      do {
        try heading.withUnsafeBufferPointer {
          try reader.feed($0) { _ in
          } problem: { _ in
          }
        }
      } catch {
        return nil
      }
      // A heading that ends with a CR alone waits for what follows.
      guard reader.isBetweenRows else { return nil }
      headingLines = reader.lineCount
      self.reader = reader
      self.answers = answers
    }

    func read(_ range: Range<Int>, of source: ByteSource, isLast: Bool) {
      guard let reader else { return }
      if reader.isBetweenRows { reader.originalOffset = range.lowerBound }
      let encoding = reader.dialect.encoding
      let conditions = answers.encoder.binding.conditions
      var footer = Footer()
      func row(_ row: SourceRow) throws {
        _ = footer.interrupted()
        if let number = conditions.leavingOut(row) {
          leftOut[number, default: 0] += 1
          return
        }
        if let rejection = try answers.read(row, staff: { _, _ in nil }) { rejections.append(rejection) }
      }
      func problem(_ problem: SourceProblem) {
        if !footer.takes(problem) { _ = footer.interrupted() }
        rejections.append(Rejection(problem))
      }
      do {
        var offset = range.lowerBound
        while offset < range.upperBound {
          let size = min(ByteSource.pieceSize, range.upperBound - offset)
          let count = try reader.feed(
            upTo: size, from: { source.copy(from: offset, into: $0) }, row: row, problem: problem)
          if count == 0 {
            hasFailed = true
            return
          }
          offset += count
        }
        if isLast { try reader.finish(row: row, problem: problem) }
        // Lines below the table are for one reader to tell.
        hasFailed = reader.dialect.encoding != encoding || isLast && footer.note != nil
        guard isLast || reader.isBetweenRows else { return }
        section = Section(
          store: answers.store, rejections: rejections, leftOut: leftOut,
          unreadTimes: answers.unreadTimes, rows: reader.rowCount,
          lines: reader.lineCount - headingLines)
        self.reader = nil
      } catch {
        // Read once more from the beginning, it is reported at its place.
        hasFailed = true
      }
    }
  }

  // MARK: - Where sections begin

  private struct Enough: Error {}

  /// What is before the first row; nil where the first piece does not hold it.
  private static func heading(_ source: ByteSource, _ dialect: CSVDialect) -> [UInt8]? {
    let head = CSVHead(of: source.firstPiece, isWhole: false, name: source.name, dialect)
    return head.isFollowed ? head.bytes : nil
  }

  private static func cuts(
    _ source: ByteSource, _ dialect: CSVDialect, _ heading: [UInt8], size: Int, parts: Int
  ) -> [Int] {
    var cuts = [heading.count]
    var window = [UInt8](repeating: 0, count: 65_536)
    for number in 1..<max(2, parts) {
      let wanted = heading.count + (size - heading.count) / parts * number
      let count = window.withUnsafeMutableBytes { source.copy(from: wanted, into: $0) }
      let text = window[..<min(count, max(0, size - wanted))]
      if let start = rowStart(in: text, dialect, heading), wanted + start > cuts[cuts.count - 1],
        wanted + start < size
      {
        cuts.append(wanted + start)
      }
    }
    return cuts + [size]
  }

  /// The first line behind which some lines are rows; else the first line of all.
  private static func rowStart(in text: ArraySlice<UInt8>, _ dialect: CSVDialect, _ heading: [UInt8]) -> Int?
  {
    var first: Int?
    var rest = text
    for _ in 0..<32 {
      guard let end = rest.firstIndex(of: 0x0A) else { break }
      rest = rest[(end + 1)...]
      first = first ?? end + 1
      if isRows(rest, dialect, heading) { return end + 1 }
    }
    return first
  }

  /// Whether the text begins with some rows and nothing else.
  private static func isRows(_ text: ArraySlice<UInt8>, _ dialect: CSVDialect, _ heading: [UInt8]) -> Bool {
    let reader = CSVReader(name: "", dialect: dialect)
    var rows = 0
    do {
      try heading.withUnsafeBufferPointer {
        try reader.feed($0) { _ in
        } problem: { _ in
        }
      }
      try text.withUnsafeBufferPointer { text in
        try reader.feed(UnsafeBufferPointer(rebasing: text.prefix(4096))) { _ in
          rows += 1
          if rows == 3 { throw Enough() }
        } problem: { _ in
          rows = Int.min / 2
          throw Enough()
        }
      }
    } catch {
      return rows == 3
    }
    return rows > 0
  }
}
