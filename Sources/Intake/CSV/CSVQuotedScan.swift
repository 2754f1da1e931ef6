/// Blocks of 64 bytes with quotes, read without looking at each quote: the way of files that quote every field.
///
/// Which bytes are between quotes is found for the whole block at once (Langdale and Lemire, Parsing gigabytes of JSON per
/// second, 2019, section 3.1.1). A block in which a quote is where no quote may be, or whose last byte closes one, is left to
/// the scan that looks at every byte.
extension CSVReader {
  /// What ends fields in a block whose quotes are all in order.
  struct QuotedEnds {
    var delimiters: UInt64
    var lineEnds: UInt64
    /// The first quote of each doubled one.
    var doubled: UInt64
    var endsQuoted: Bool
  }

  /// - Returns: nil where the block needs a closer look.
  @inline(__always)
  func quotedEnds(_ block: ByteScan.Block, at start: Int, _ p: CSVProgress) -> QuotedEnds? {
    let quotes = scanner.quotes(at: buffer.base + start, in: block)
    let isQuoted = p.field == .quoted
    // Without quotes the other scan is quicker.
    if quotes == 0, !isQuoted { return nil }
    let inside = ByteScan.spans(quotes) ^ (isQuoted ? ~0 : 0)
    let lineEnds = block.others & ~quotes
    // Lines within quotes are counted by the other scan.
    if lineEnds & inside != 0 { return nil }
    let (opening, closing) = (quotes & inside, quotes & ~inside)
    let delimiters = block.delimiters & ~inside
    let ends = delimiters | lineEnds
    let begins = ends << 1 | (!isQuoted && p.fieldStart == start ? 1 : 0)
    let isInOrder =
      opening & ~(begins | closing << 1) == 0 && closing & ~((ends | opening) >> 1) == 0
      && closing >> 63 == 0
    return isInOrder
      ? QuotedEnds(
        delimiters: delimiters, lineEnds: lineEnds, doubled: closing & opening >> 1,
        endsQuoted: inside >> 63 != 0) : nil
  }

  /// Ends the fields and rows of the block; false when a row is broken, and `p` goes back.
  @inline(__always)
  func endQuoted(
    _ ends: QuotedEnds, _ block: ByteScan.Block, at start: Int, _ p: inout CSVProgress, row: RowBody,
    problem: ProblemBody
  ) throws -> Bool {
    let base = buffer.base
    var delimiters = ends.delimiters
    var lineEnds = ends.lineEnds
    var doubled = ends.doubled
    p.doubt(block)
    while true {
      let stop = lineEnds & (0 &- lineEnds)
      let before = stop &- 1
      p.endQuotedFields(at: delimiters & before, from: start, base, dialect.quote ?? 0, &doubled)
      if stop == 0 { break }
      delimiters &= ~before
      let index = start + stop.trailingZeroBitCount
      p.endQuotedFields(at: stop, from: start, base, dialect.quote ?? 0, &doubled)
      let next = Self.lineEnd(at: index, base: base, count: buffer.count)
      p.field = .unquoted
      if try !endRow(at: index, next: next, &p, row: row, problem: problem) { return false }
      p.doubt(block)
      p.position = next
      // CR LF is one end; where the block parts them, the scan goes on behind LF.
      lineEnds &= next - start < 64 ? ~0 << UInt64(next - start) : 0
    }
    p.field = ends.endsQuoted ? .quoted : .unquoted
    p.hasDoubled = p.hasDoubled || doubled != 0
    return true
  }
}

extension CSVProgress {
  /// Whether a block may be read as a whole: not behind a closing quote, nor in a line that is given up.
  var canScanQuoted: Bool { field != .badLine && !isFieldEnded && position >= fieldStart }

  /// Ends a field at each bit of a block of 64 bytes, quoted ones among them.
  ///
  /// - Parameter doubled: where the block doubles quotes; those of the fields that end are taken out.
  @inline(__always)
  mutating func endQuotedFields(
    at ends: UInt64, from block: Int, _ base: UnsafeMutablePointer<UInt8>, _ quote: UInt8,
    _ doubled: inout UInt64
  ) {
    if ends == 0 { return }
    while fieldCount + 64 > sliceCapacity { grow() }
    var ends = ends
    var start = fieldStart
    var count = fieldCount
    let (slices, rowStart) = (slices, rowStart)
    while ends != 0 {
      let bit = ends & (0 &- ends)
      let end = block + ends.trailingZeroBitCount
      ends ^= bit
      if start < end, base[start] == quote {
        let isDoubled = hasDoubled || doubled & (bit &- 1) != 0
        slices[count] = FieldSlice(start: start + 1 - rowStart, count: end - start - 2, isAside: isDoubled)
        rowHasDoubled = rowHasDoubled || isDoubled
        hasDoubled = false
        doubled &= ~(bit &- 1)
      } else {
        slices[count] = FieldSlice(start: start - rowStart, count: end - start, isNull: end == start)
      }
      count += 1
      start = end + 1
    }
    fieldStart = start
    fieldCount = count
  }
}
