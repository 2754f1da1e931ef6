private let lineFeed = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")

extension CSVReader {
  /// Goes on from where the last piece ended, until the buffer is used up.
  ///
  /// Only delimiters, quotes and line ends are looked at, 64 bytes a step. A byte whose meaning hangs on the
  /// next one (CR, a quote within quotes) waits for the next piece unless this is the last.
  func scan(isLast: Bool, row: RowBody, problem: ProblemBody) throws {
    var p = progress
    defer { progress = p }
    let base = buffer.base
    let count = buffer.count
    let delimiter = dialect.delimiter
    let quote = dialect.quote ?? 0xFF
    let scanner = scanner
    let shortLimit = min(limits.field, limits.record)
    while p.position < count {
      let blockStart = p.position
      let block = scanner.block(at: base + blockStart)
      if p.field == .quoted || block.others != 0, blockStart + 64 < count, p.canScanQuoted,
        blockStart + 64 - p.rowStart <= shortLimit,
        let ends = quotedEnds(block, at: blockStart, p)
      {
        if try !endQuoted(ends, block, at: blockStart, &p, row: row, problem: problem) { continue }
        p.position = max(blockStart + 64, p.position)
        if breakAtLimit(p.position, &p) { continue }
        continue
      }
      let others = block.others
      var bits = block.delimiters | others
      let blockEnd = min(blockStart + 64, count)
      if blockEnd < blockStart + 64 { bits &= (1 << UInt64(blockEnd - blockStart)) - 1 }
      var next = blockEnd
      // Bytes before this one have been taken together with an earlier one.
      var taken = blockStart
      var isBroken = false

      events: while true {
        if taken > blockStart { bits = taken - blockStart < 64 ? bits & ~0 << UInt64(taken - blockStart) : 0 }
        // Delimiters before the next other byte end fields, or are within quotes.
        let stop = bits & others
        let delimiters = bits & (stop &- 1) & ~stop
        if delimiters != 0 {
          if p.field == .unquoted { p.endFields(at: delimiters, from: blockStart) }
          bits &= ~delimiters
        }
        if bits == 0 { break }
        let index = blockStart + bits.trailingZeroBitCount
        bits &= bits &- 1
        let byte = base[index]
        switch p.field {
        case .unquoted:
          if byte == quote {
            if index == p.fieldStart { p.field = .quoted } else { p.hasStrayQuote = true }
          } else {
            let end = Self.lineEnd(at: index, base: base, count: count)
            guard end < count || isLast || byte == lineFeed || end == index + 2 else {
              next = index
              break events
            }
            taken = end
            if p.isFieldEnded { p.isFieldEnded = false } else { p.endField(at: index) }
            p.doubt(block)
            if try !endRow(at: index, next: end, &p, row: row, problem: problem) {
              isBroken = true
              break events
            }
          }
        case .quoted:
          guard index + 1 < count || isLast || byte == lineFeed else {
            next = index
            break events
          }
          if byte == quote {
            if index - p.rowStart > shortLimit, breakAtLimit(index, &p) {
              isBroken = true
              break events
            }
            let following = index + 1 < count ? base[index + 1] : lineFeed
            if following == quote {
              p.hasDoubled = true
              taken = index + 2
            } else if following == delimiter {
              p.endQuotedField(at: index)
              p.fieldStart = index + 2
              taken = index + 2
            } else if following == lineFeed || following == carriageReturn {
              p.endQuotedField(at: index)
              p.fieldStart = index + 1
              p.isFieldEnded = true
            } else {
              breakQuote(.textAfterQuote, at: p.fieldStart, column: p.fieldCount, until: index + 1, &p)
              isBroken = true
              break events
            }
          } else {
            taken = Self.lineEnd(at: index, base: base, count: count)
            p.linesWithin += 1
            if p.spanningQuote < 0 {
              p.spanningQuote = p.fieldStart
              p.spanningColumn = p.fieldCount
            }
          }
        case .badLine:
          if byte == quote { continue }
          let end = Self.lineEnd(at: index, base: base, count: count)
          guard end < count || isLast || byte == lineFeed else {
            next = index
            break events
          }
          taken = end
          try endBadLine(next: end, &p, problem: problem)
        }
      }
      p.doubt(block)
      if isBroken { continue }
      p.position = max(next, taken)
      if breakAtLimit(p.position, &p) { continue }
      if next < blockEnd { return }
    }
  }

  /// The offset behind the line end at `index`.
  @inline(__always)
  static func lineEnd(at index: Int, base: UnsafeMutablePointer<UInt8>, count: Int) -> Int {
    base[index] == carriageReturn && index + 1 < count && base[index + 1] == lineFeed
      ? index + 2 : index + 1
  }

  /// Closes what the end of the file leaves open; false when there is more to scan behind a broken quote.
  func endFile(row: RowBody, problem: ProblemBody) throws -> Bool {
    var p = progress
    defer { progress = p }
    let count = buffer.count
    guard p.rowStart < count || p.fault != nil else { return true }
    switch p.field {
    case .quoted:
      breakQuote(.unterminatedQuote(within: nil), at: p.fieldStart, column: p.fieldCount, until: count, &p)
      return false
    case .badLine:
      try endBadLine(next: count, &p, problem: problem)
      return true
    case .unquoted:
      if p.isFieldEnded { p.isFieldEnded = false } else { p.endField(at: count) }
      p.mayHaveNUL = true
      p.mayHaveHigh = true
      return try endRow(at: count, next: count, &p, row: row, problem: problem)
    }
  }

  /// Breaks a field or row off that is too long by what is before `position`; whether it did.
  ///
  /// The limit passed first counts, so that it does not matter how far the scan has looked.
  func breakAtLimit(_ position: Int, _ p: inout CSVProgress) -> Bool {
    let fieldEnd = p.field == .quoted ? p.fieldStart + 1 + limits.field : Int.max
    let rowEnd = p.rowStart + limits.record
    guard position > min(fieldEnd, rowEnd) else { return false }
    if fieldEnd <= rowEnd {
      breakQuote(
        .unterminatedQuote(within: limits.field), at: p.fieldStart, column: p.fieldCount, until: fieldEnd, &p)
      return true
    }
    if p.field == .badLine {
      // What is not kept is let go.
      if p.kept.isEmpty { p.kept = original(p.rowStart, endOfCharacter(rowEnd)) }
      p.rowStart = position
      return false
    }
    p.fault = .recordTooLong(limit: limits.record)
    p.faultLine = p.line
    p.field = .badLine
    p.linesWithin = lineEnds(p.rowStart, rowEnd)
    p.doubtedUntil = max(p.doubtedUntil, rowEnd)
    p.position = rowEnd
    return true
  }

  /// The offset, or the one before it at which a character ends.
  private func endOfCharacter(_ offset: Int) -> Int {
    var end = offset
    while end > offset - 3, end > 0, end < buffer.count, buffer.base[end] & 0xC0 == 0x80 { end -= 1 }
    return end
  }

  func original(_ start: Int, _ end: Int) -> [UInt8] {
    transcoder.original(UnsafeBufferPointer(rebasing: buffer.bytes[start..<end]))
  }

  func lineEnds(_ start: Int, _ end: Int) -> Int { LineEnds.count(in: buffer.bytes[start..<end]) }

  /// Gives the line of the quote up: the rest of it is skipped, and the next line begins a row.
  func breakQuote(
    _ fault: IntakeError, at quote: Int, column: Int, until: Int, _ p: inout CSVProgress
  ) {
    p.fault = fault
    p.linesWithin = lineEnds(p.rowStart, quote)
    p.faultLine = p.line + p.linesWithin
    p.faultColumn = column
    p.field = .badLine
    p.position = quote + 1
    p.doubtedUntil = max(p.doubtedUntil, until)
  }

  /// Names the line that was skipped and begins the next row behind it.
  private func endBadLine(next: Int, _ p: inout CSVProgress, problem: ProblemBody) throws {
    let end = next - p.rowStart > limits.record ? endOfCharacter(p.rowStart + limits.record) : next
    let raw = p.kept.isEmpty ? original(p.rowStart, end) : p.kept
    try name(
      p.fault ?? .unterminatedQuote(within: nil), line: p.faultLine, column: p.faultColumn, raw, problem)
    p.beginRow(at: next, lines: p.linesWithin + 1)
  }
}
