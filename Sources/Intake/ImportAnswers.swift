import Dispatch
import Foundation
import Programme
import Regions
import Synchronization

/// Survey sheets read for tabulating: into stores instead of `response` records.
extension ImportRun {
  /// Below so many bytes a second thread is not worth its start.
  private static let leastPart = 4 << 20

  mutating func readAnswers(_ index: Int, _ layouts: [String: AnswerStore.Layout]) throws {
    let sheet = sheets[index]
    let survey = sheet.matches.first.map { $0.binding.form.survey ?? $0.binding.form.name } ?? ""
    guard let layout = layouts[survey] else {
      let wanted = layouts.keys.sorted { $0.precedesByBytes($1) }
      try sinks.diagnostic(
        Diagnostic(
          .warning, "answers to the survey \(survey), where \(Phrases.list(wanted)) is asked for: left out",
          file: sheet.name, code: "other-survey"))
      return
    }
    try tellUnasked(sheet)
    if try readInParts(sheet, layout) { return }
    let choosers = sheet.matches.map { reader($0, titles: sheet.titles) }
    var readers = sheet.matches.map { AnswerReader(encoder($0, sheet), layout: layout) }
    let folder = ImportRun.folder(of: sheet.name)
    try read(index) { run, row in
      guard let chosen = run.choose(among: choosers, sheet: sheet, row: row, folder: folder) else {
        try run.reject(run.regionFault(choosers, sheet: sheet, row: row), sheet, region: nil)
        return
      }
      let region = sheet.matches[chosen].region
      let rejection = try readers[chosen].read(row) {
        run.assembly.staffFacts(email: $0, employeeNumber: $1, region: region)
      }
      if let rejection { try run.reject(rejection, sheet, region: run.regions[region].id) }
    }
    for (reader, match) in zip(readers, sheet.matches) where reader.store.count > 0 {
      outcome.counts[regions[match.region].id, default: Counts()].responses += reader.store.count
      try sinks.answers(reader.store)
    }
  }

  private func encoder(_ match: Sheet.Match, _ sheet: Sheet) -> ResponseEncoder {
    ResponseEncoder(region: regions[match.region], binding: match.binding, file: sheet.name) { column in
      sheet.titles.indices.contains(column) ? sheet.titles[column] : ""
    }
  }

  /// What one thread made of its stretch of the file.
  private struct Part: Sendable {
    var store: AnswerStore
    var rejections: [Rejection]
    var rows: Int
    var lines: Int
    /// Whether its end is the end of a row, so that the next stretch was rightly begun there.
    var isClean: Bool
  }

  /// Reads a large delimited file of one region by as many threads as there are cores; false where that cannot be, and
  /// nothing was told.
  ///
  /// Where rows begin is guessed at a line end in the middle of the file. The guess is proved when the thread before it
  /// comes to the end of a row just there; else (a text of several lines, a broken quote, an encoding that shows late)
  /// the file is read again by one.
  private mutating func readInParts(_ sheet: Sheet, _ layout: AnswerStore.Layout) throws -> Bool {
    let cores = min(8, ProcessInfo.processInfo.activeProcessorCount)
    guard let match = sheet.matches.first, sheet.matches.count == 1,
      case .delimited(let dialect) = sheet.layout,
      let size = sheet.source.size, size > 2 * ImportRun.leastPart, cores > 1, dialect.encoding.unitSize == 1,
      dialect.headingRows > 0,
      !AnswerReader(encoder(match, sheet), layout: layout).isJoined(
        hasStaff: sheets.contains { $0.kind == .staff }),
      let heading = ImportRun.headingBytes(sheet.source, dialect)
    else { return false }
    let cuts = ImportRun.cuts(
      sheet.source, size: size, from: heading.count, parts: min(cores, size / ImportRun.leastPart))
    guard cuts.count > 2 else { return false }
    let region = regions[match.region]
    let titles = sheet.titles
    let binding = match.binding
    let name = sheet.name
    let file = Shared(sheet.source)
    let parts = Mutex([Part?](repeating: nil, count: cuts.count - 1))
    DispatchQueue.concurrentPerform(iterations: cuts.count - 1) { number in
      let encoder = ResponseEncoder(region: region, binding: binding, file: name) { column in
        titles.indices.contains(column) ? titles[column] : ""
      }
      let part = ImportRun.part(
        cuts[number]..<cuts[number + 1], isLast: number == cuts.count - 2, of: file.source,
        CSVReader(name: name, dialect: dialect), heading: heading, AnswerReader(encoder, layout: layout))
      parts.withLock { $0[number] = part }
    }
    let done = parts.withLock { $0.compactMap(\.self) }
    guard done.count == cuts.count - 1, done.allSatisfy(\.isClean) else { return false }
    var rows = 0
    var lines = 0
    for part in done {
      part.store.firstLine = lines
      for var rejection in part.rejections {
        rejection.line += lines
        rejection.row += rows
        try reject(rejection, sheet, region: region.id)
      }
      rows += part.rows
      lines += part.lines
      outcome.counts[region.id, default: Counts()].responses += part.store.count
      if part.store.count > 0 { try sinks.answers(part.store) }
    }
    outcome.rows += rows
    sinks.progress(outcome.rows)
    return true
  }

  /// The source for threads that read stretches of it by their offsets alone.
  private struct Shared: @unchecked Sendable {
    let source: ByteSource
    init(_ source: ByteSource) { self.source = source }
  }

  private static func part(
    _ range: Range<Int>, isLast: Bool, of source: ByteSource, _ reader: CSVReader, heading: [UInt8],
    _ answers: AnswerReader
  ) -> Part? {
    var answers = answers
    var rejections: [Rejection] = []
    let encoding = reader.dialect.encoding
    func row(_ row: SourceRow) throws {
      if let rejection = try answers.read(row, staff: { _, _ in nil }) { rejections.append(rejection) }
    }
    func problem(_ problem: SourceProblem) { rejections.append(Rejection(problem)) }
    do {
      try heading.withUnsafeBufferPointer { try reader.feed($0, row: row, problem: problem) }
      let headingLines = reader.lineCount
      guard try source.forEachPiece(in: range, { try reader.feed($0, row: row, problem: problem) }) else {
        return nil
      }
      let isClean = isLast || reader.isBetweenRows
      if isLast { try reader.finish(row: row, problem: problem) }
      return Part(
        store: answers.store, rejections: rejections, rows: reader.rowCount,
        lines: reader.lineCount - headingLines, isClean: isClean && reader.dialect.encoding == encoding)
    } catch {
      // Read once more from the beginning, it is told at its place.
      return nil
    }
  }

  /// What stands before the first row; nil where the first piece does not hold it.
  private static func headingBytes(_ source: ByteSource, _ dialect: CSVDialect) -> [UInt8]? {
    struct Enough: Error {}
    let reader = CSVReader(name: source.name, dialect: dialect)
    do {
      try source.firstPiece.withUnsafeBufferPointer {
        try reader.feed($0) { _ in
          throw Enough()
        } problem: { _ in
          throw Enough()
        }
      }
      return nil
    } catch {
      return error is Enough ? reader.headingBytes : nil
    }
  }

  /// Offsets at which parts of about one size begin, each behind a line end; the first is where the rows begin.
  private static func cuts(_ source: ByteSource, size: Int, from start: Int, parts: Int) -> [Int] {
    var cuts = [start]
    for number in 1..<max(2, parts) {
      let wanted = start + (size - start) / parts * number
      var found: Int?
      _ = source.forEachPiece(in: wanted..<min(size, wanted + 65_536)) { piece in
        if found == nil, let end = piece.firstIndex(of: 0x0A) { found = wanted + end + 1 }
      }
      if let found, found > cuts[cuts.count - 1], found < size { cuts.append(found) }
    }
    return cuts + [size]
  }
}
