import Basics

extension CSVReader {
  /// Judges the complete row and hands it out; false when a broken quote makes it no row, and `p` goes back.
  func endRow(
    at end: Int, next: Int, _ p: inout CSVProgress, row: RowBody, problem: ProblemBody
  ) throws -> Bool {
    let lines = dialect.rowsAreLines ? 1 : p.linesWithin + 1
    if end == p.rowStart {
      p.beginRow(at: next, lines: lines)
      return true
    }
    if end - p.rowStart > limits.record, breakAtLimit(end, &p) { return false }
    if hasHeadings {
      let found = p.fieldCount
      let expected = expectedColumns ?? settleColumns(found)
      if found != expected, !isTolerable(found, expected, p) {
        if p.spanningQuote >= 0, nextLineStandsAlone(p, end: end, expected: expected) {
          breakQuote(
            .unterminatedQuote(within: nil), at: p.spanningQuote, column: p.spanningColumn, until: end, &p)
          return false
        }
        let fault: IntakeError =
          found > limits.columns
          ? .tooManyColumns(limit: limits.columns) : .raggedRow(expected: expected, found: found)
        try name(fault, line: p.line, column: nil, original(p.rowStart, next), problem)
      } else if let (fault, line, column) = fault(of: p, end: end) {
        try name(fault, line: line, column: column, original(p.rowStart, next), problem)
      } else {
        try handOut(p, next: next, columns: expected, row: row)
      }
    } else {
      try endHeadingRow(p, end: end, next: next)
    }
    p.beginRow(at: next, lines: lines)
    return true
  }

  /// Without headings the first row says how many fields the others have.
  private func settleColumns(_ count: Int) -> Int {
    expectedColumns = count
    return count
  }

  private var hasHeadings: Bool {
    if expectedColumns != nil { return true }
    return headings.count >= dialect.headingRows && (hasPassedSeparator || !dialect.hasSeparatorLine)
  }

  /// One delimiter too many at the end of a row or of the headings changes nothing.
  private func isTolerable(_ found: Int, _ expected: Int, _ p: CSVProgress) -> Bool {
    found == expected + 1 && p.slices[expected].isNull || found == expected - 1 && lastHeadingIsEmpty
  }

  /// Whether the line behind the one that opens the spanning quote is a row by itself.
  private func nextLineStandsAlone(_ p: CSVProgress, end: Int, expected: Int) -> Bool {
    let bytes = buffer.bytes
    var index = p.spanningQuote
    while index < end, !isLineEnd(bytes[index]) { index += 1 }
    if index < end, bytes[index] == UInt8(ascii: "\r"), index + 1 < end,
      bytes[index + 1] == UInt8(ascii: "\n")
    {
      index += 1
    }
    index += 1
    guard index < end else { return false }
    var fields = 1
    var isQuoted = false
    while index < end, !isLineEnd(bytes[index]) {
      if bytes[index] == dialect.quote { isQuoted.toggle() }
      if bytes[index] == dialect.delimiter, !isQuoted { fields += 1 }
      index += 1
    }
    return fields == expected && !isQuoted
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

  /// What is wrong within a row that has the right number of fields.
  private func fault(of p: CSVProgress, end: Int) -> (IntakeError, line: Int, column: Int?)? {
    if p.hasStrayQuote, p.rowStart < p.doubtedUntil { return (.strayQuote, p.line, nil) }
    if end - p.rowStart > limits.field {
      for column in 0..<p.fieldCount where p.slices[column].count > limits.field {
        return (.fieldTooLong(limit: limits.field), place(p, p.slices[column].start).line, column)
      }
    }
    guard p.mayHaveNUL || p.mayHaveHigh else { return nil }
    let text = UnsafeBufferPointer(rebasing: buffer.bytes[p.rowStart..<end])
    if p.mayHaveNUL, let offset = text.firstIndex(of: 0) {
      let place = place(p, offset)
      return (.nul, place.line, place.column)
    }
    guard p.mayHaveHigh, let offset = UTF8Check.firstFault(in: text) else { return nil }
    let place = place(p, offset)
    return (invalid(text, at: offset, rowStart: p.rowStart), place.line, place.column)
  }

  /// The line and the column of an offset into the row.
  private func place(_ p: CSVProgress, _ offset: Int) -> (line: Int, column: Int?) {
    var column: Int?
    for index in 0..<p.fieldCount where p.slices[index].start <= offset { column = index }
    if dialect.rowsAreLines { return (p.line, column) }
    return (p.line + lineEnds(p.rowStart, p.rowStart + offset), column)
  }

  private func invalid(_ text: UnsafeBufferPointer<UInt8>, at offset: Int, rowStart: Int) -> IntakeError {
    let before = UnsafeBufferPointer(rebasing: buffer.bytes[..<(rowStart + offset)])
    // A marked byte and a lone surrogate take three bytes; of broken UTF-8 the one byte is named.
    let length = dialect.encoding == .utf8 ? 1 : min(3, text.count - offset)
    let bad = UnsafeBufferPointer(rebasing: text[offset..<(offset + length)])
    return .invalidBytes(
      transcoder.original(bad), encoding: dialect.encoding,
      offset: originalOffset + transcoder.originalCount(before))
  }

  private func handOut(_ p: CSVProgress, next: Int, columns: Int, row: RowBody) throws {
    rowCount += 1
    fill(p, next: next, columns: min(columns, p.fieldCount))
    defer { present.clear() }
    try row(present)
  }

  private func fill(_ p: CSVProgress, next: Int, columns: Int) {
    if p.rowHasDoubled { undouble(p) }
    if dialect.hasMarkers { undoMarkers(p) }
    let start = buffer.base + p.rowStart
    present.content.pointee = SourceRow.Content(
      number: rowCount, line: p.line, columnCount: columns, text: UnsafePointer(start),
      aside: UnsafePointer(aside.base), slices: UnsafePointer(p.slices),
      whole: UnsafeBufferPointer(start: start, count: next - p.rowStart))
  }

  /// Copies the fields with doubled quotes aside, each pair made one.
  private func undouble(_ p: CSVProgress) {
    aside.removeAll()
    let quote = dialect.quote
    for column in 0..<p.fieldCount where p.slices[column].isAside {
      let slice = p.slices[column]
      let source = buffer.base + p.rowStart + slice.start
      let target = aside.room(slice.count)
      var written = 0
      var index = 0
      while index < slice.count {
        target[written] = source[index]
        written += 1
        index += source[index] == quote ? 2 : 1
      }
      p.slices[column] = FieldSlice(start: aside.count, count: written, isAside: true)
      aside.commit(written)
    }
  }

  /// Copies the cells that LimeSurvey's markers are in aside, with the signs that they stand for.
  private func undoMarkers(_ p: CSVProgress) {
    if !p.rowHasDoubled { aside.removeAll() }
    for column in 0..<p.fieldCount {
      let slice = p.slices[column]
      if slice.isAside || slice.count == 0 { continue }
      let cell = UnsafeBufferPointer(start: buffer.base + p.rowStart + slice.start, count: slice.count)
      guard cell.contains(UInt8(ascii: "{")) else { continue }
      let target = aside.room(slice.count)
      guard let written = VVMarkers.undo(cell, to: target) else {
        p.slices[column] = FieldSlice(start: slice.start, count: 0, isNull: true)
        continue
      }
      p.slices[column] = FieldSlice(start: aside.count, count: written, isAside: true)
      aside.commit(written)
    }
  }

  private func endHeadingRow(_ p: CSVProgress, end: Int, next: Int) throws {
    headingBytes += original(p.rowStart, next)
    if dialect.hasSeparatorLine, !hasPassedSeparator {
      hasPassedSeparator = true
      return
    }
    if let (fault, line, column) = fault(of: p, end: end) {
      throw SourceProblem(file: name, line: line, column: column.map { $0 + 1 }, fault: fault)
    }
    if p.fieldCount > limits.columns {
      throw SourceProblem(file: name, line: p.line, fault: .tooManyColumns(limit: limits.columns))
    }
    fill(p, next: next, columns: p.fieldCount)
    headings.append((0..<p.fieldCount).map { present.string($0) ?? "" })
    present.clear()
    if headings.count == dialect.headingRows {
      let widest = headings.map(\.count).max() ?? 0
      expectedColumns = widest
      lastHeadingIsEmpty = headings.allSatisfy { $0.count < widest || $0.last == "" }
    }
  }

  /// Names a bad row. A bad heading row leaves nothing to read by, and ends the file.
  func name(
    _ fault: IntakeError, line: Int, column: Int?, _ raw: [UInt8], _ problem: ProblemBody
  ) throws {
    guard hasHeadings else {
      throw SourceProblem(file: name, line: line, column: column.map { $0 + 1 }, fault: fault, raw: raw)
    }
    rowCount += 1
    let heading = column.flatMap { column in
      headings.first { column < $0.count && !$0[column].isEmpty }?[column]
    }
    try problem(
      SourceProblem(
        file: name, line: line, row: rowCount, column: column.map { $0 + 1 }, heading: heading,
        fault: fault, raw: raw))
  }
}
