import Basics

/// A file of scores read whole: an instance and the identifiers of its nodes.
package struct ScoreFile: Sendable {
  package let problem: AssignmentProblem
  /// The identifiers by node index, in canonical order: shorter first, then by bytes.
  package let leftNames: [String]
  package let rightNames: [String]
}

/// Reads `left,right,score` lines (any three columns in that order), bytes in, in pieces of any size.
///
/// The first line gives the separator: comma, semicolon or tab. It is a heading when its third column is a word, the other
/// two are no numbers, and no line repeats them: anything else is a pair whose score is wrong. Fields may be quoted as
/// RFC 4180 says. Blank lines and a byte order mark are skipped.
///
/// - Complexity: O(bytes), because each byte is looked at once; memory O(pairs).
package struct ScoreReader {
  private var left = NodeNames()
  private var right = NodeNames()
  private var pairs = PairList()
  /// The beginning of a line whose end has not come yet.
  private var carry: [UInt8] = []
  private var line = 0
  private var separator: UInt8?
  private var heading: (fields: [[UInt8]], line: Int)?

  package init() {}

  /// Reads one piece of the file.
  package mutating func read(_ bytes: Span<UInt8>) throws(ScoreFileError) {
    var start = 0
    while !carry.isEmpty, start < bytes.count {
      guard let end = bytes.firstIndex(of: 0x0A, from: start) else {
        carry.append(copying: bytes.extracting(start...))
        return
      }
      carry.append(copying: bytes.extracting(start...end))
      start = end + 1
      let held = carry
      carry = []
      try readLines(held.span)
      // A quoted field of so many lines is one whose end was forgotten.
      if carry.count > 1 << 16 { throw .quote(line: line + 1) }
    }
    var end = bytes.count
    while end > start, bytes[end - 1] != 0x0A { end -= 1 }
    if end > start { try readLines(bytes.extracting(start..<end)) }
    carry.append(copying: bytes.extracting(end...))
  }

  /// Ends the file, and makes the instance of what was read.
  package mutating func finish() throws(ScoreFileError) -> ScoreFile {
    if !carry.isEmpty {
      var held = carry
      carry = []
      held.append(0x0A)
      try readLines(held.span)
      if !carry.isEmpty { throw .quote(line: line + 1) }
    }
    if let (fields, line) = heading, left.contains(fields[0]) || right.contains(fields[1]) {
      throw .score(line: line, text: String(decoding: fields[2], as: UTF8.self))
    }
    defer { pairs = PairList() }
    return try pairs.file(left, right)
  }

  /// Reads whole lines.
  private mutating func readLines(_ bytes: Span<UInt8>) throws(ScoreFileError) {
    var place = 0
    if separator == nil {
      if line == 0, bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { place = 3 }
      while separator == nil, place < bytes.count { try readFirst(bytes, &place) }
    }
    guard let separator else { return }
    // Every line ends in a newline inside `bytes`, and each loop below stops at one.
    while place < bytes.count {
      let start = place
      let first = ScoreField(bytes, place, separator)
      if first.isWhole {
        let second = ScoreField(bytes, first.end + 1, separator)
        place = second.end + 1
        if second.isWhole, let score = ScoreField.score(bytes, &place) {
          line += 1
          pairs.append(
            try Self.number(first, of: bytes, &left, line), try Self.number(second, of: bytes, &right, line),
            score, line: line)
          continue
        }
      }
      place = start
      try readSlowly(bytes, &place, separator)
    }
  }

  private static func number(
    _ field: ScoreField, of bytes: Span<UInt8>, _ names: inout NodeNames, _ line: Int
  ) throws(ScoreFileError) -> Int32 {
    let name = bytes.extracting(field.start..<field.end)
    if field.isNumber { return names.number(value: field.value, name) }
    let known = names.count
    let number = names.number(name)
    if names.count > known, name.firstInvalidUTF8 != nil {
      throw .encoding(line: line)
    }
    return number
  }

  /// Reads the first line that is not blank: finds the separator, and skips a heading.
  private mutating func readFirst(
    _ bytes: Span<UInt8>, _ place: inout Int
  ) throws(ScoreFileError) {
    let row = ScoreRow.end(bytes, place)
    guard let end = row else {
      carry.append(copying: bytes.extracting(place...))
      place = bytes.count
      return
    }
    let text = bytes.extracting(place..<end)
    if ScoreRow.isBlank(text) {
      line += 1
      place = end + 1
      return
    }
    for candidate: UInt8 in [0x2C, 0x3B, 0x09] {
      guard let fields = ScoreRow.fields(text, candidate), fields.count == 3 else { continue }
      separator = candidate
      if ScoreRow.score(fields[2]) != nil { return }
      guard ScoreRow.isHeading(fields) else {
        throw .score(line: line + 1, text: String(decoding: fields[2], as: UTF8.self))
      }
      heading = (fields, line + 1)
      line += 1 + text.indices.count { text[$0] == 0x0A }
      place = end + 1
      return
    }
    throw .columns(line: line + 1, found: ScoreRow.fields(text, 0x2C)?.count ?? 1)
  }

  /// Reads a line of any form.
  private mutating func readSlowly(
    _ bytes: Span<UInt8>, _ place: inout Int, _ separator: UInt8
  ) throws(ScoreFileError) {
    guard let end = ScoreRow.end(bytes, place) else {
      carry = Array(copying: bytes.extracting(place...))
      place = bytes.count
      return
    }
    let text = bytes.extracting(place..<end)
    place = end + 1
    line += 1
    let first = line
    if ScoreRow.isBlank(text) { return }
    line += text.indices.count { text[$0] == 0x0A }
    guard let fields = ScoreRow.fields(text, separator) else { throw .quote(line: first) }
    guard fields.count == 3 else { throw .columns(line: first, found: fields.count) }
    for column in 0..<2 {
      if fields[column].isEmpty { throw .emptyIdentifier(line: first, column: column + 1) }
      if String(validating: fields[column], as: UTF8.self) == nil { throw .encoding(line: first) }
    }
    guard let score = ScoreRow.score(fields[2]) else {
      throw .score(line: first, text: String(decoding: fields[2], as: UTF8.self))
    }
    pairs.append(
      Self.number(fields[0], &left), Self.number(fields[1], &right), score, line: first)
  }

  /// The same number as the fast path gives, whatever the quoting.
  private static func number(_ field: [UInt8], _ names: inout NodeNames) -> Int32 {
    let decimal = field.count <= 7 && field.allSatisfy { $0 &- 0x30 <= 9 }
    guard decimal, field.count == 1 || field[0] != 0x30 else { return names.number(field.span) }
    return names.number(value: field.reduce(0) { $0 * 10 + Int($1 - 0x30) }, field.span)
  }
}

/// An unquoted field of a line that ends in a newline, looked at once.
private struct ScoreField {
  let start: Int
  /// The place of its separator, or of the newline or quote that came first.
  let end: Int
  /// Whether it is not empty and ends at the separator.
  let isWhole: Bool
  /// Whether it is a decimal number below 10⁷ in canonical form, and which.
  let isNumber: Bool
  let value: Int

  @inline(__always)
  init(_ bytes: Span<UInt8>, _ start: Int, _ separator: UInt8) {
    var place = start
    var value = 0
    var isDecimal = true
    while true {
      let byte = bytes[place]
      let digit = byte &- 0x30
      if digit > 9 {
        if byte == separator || byte == 0x0A || byte == 0x22 { break }
        isDecimal = false
      }
      value = value &* 10 &+ Int(digit)
      place += 1
    }
    let count = place - start
    self.start = start
    end = place
    isWhole = count > 0 && bytes[place] == separator
    isNumber = isDecimal && count <= 7 && (count == 1 || bytes[start] != 0x30)
    self.value = value
  }

  /// A plain score up to the end of the line, which is passed; nil for any other form.
  @inline(__always)
  static func score(_ bytes: Span<UInt8>, _ place: inout Int) -> Int32? {
    let isNegative = bytes[place] == 0x2D
    if isNegative { place += 1 }
    let start = place
    var score = 0
    while bytes[place] &- 0x30 <= 9 {
      score = score &* 10 &+ Int(bytes[place] &- 0x30)
      place += 1
    }
    let count = place - start
    if bytes[place] == 0x0D { place += 1 }
    guard bytes[place] == 0x0A, count > 0, count <= 9 else { return nil }
    place += 1
    return Int32(truncatingIfNeeded: isNegative ? -score : score)
  }
}

/// One line of a file of scores, taken apart with care rather than speed.
private enum ScoreRow {
  /// The newline that ends the row at `start`: the first outside quotes; nil when a quoted field goes on.
  static func end(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
    var quoted = false
    for place in start..<bytes.count {
      if bytes[place] == 0x22 { quoted.toggle() }
      if bytes[place] == 0x0A && !quoted { return place }
    }
    return nil
  }

  static func isBlank(_ row: Span<UInt8>) -> Bool {
    row.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }

  /// The fields of a row; nil when a quote is out of place.
  static func fields(_ row: Span<UInt8>, _ separator: UInt8) -> [[UInt8]]? {
    let end = row.count > 0 && row[row.count - 1] == 0x0D ? row.count - 1 : row.count
    var fields: [[UInt8]] = [[]]
    var index = 0
    while index < end {
      if row[index] == separator {
        fields.append([])
        index += 1
        continue
      }
      guard row[index] == 0x22, fields[fields.count - 1].isEmpty else {
        fields[fields.count - 1].append(row[index])
        index += 1
        continue
      }
      index += 1
      while true {
        guard index < end else { return nil }
        if row[index] == 0x22 {
          index += 1
          guard index < end, row[index] == 0x22 else { break }
        }
        fields[fields.count - 1].append(row[index])
        index += 1
      }
      guard index == end || row[index] == separator else { return nil }
    }
    return fields
  }

  /// Whether the fields may name columns: `2.5`, `nan` and nothing at all name none.
  static func isHeading(_ fields: [[UInt8]]) -> Bool {
    let word = String(decoding: fields[2], as: UTF8.self).drop { $0 == " " }
    return word.first?.isLetter == true && Double(word) == nil
      && !fields[..<2].contains { !$0.isEmpty && $0.allSatisfy { $0 &- 0x30 <= 9 } }
  }

  static func score(_ field: [UInt8]) -> Int32? {
    let trimmed = String(decoding: field, as: UTF8.self).split(
      separator: " ", omittingEmptySubsequences: true)
    guard trimmed.count == 1, let value = Int32(trimmed[0]),
      value.magnitude <= AssignmentProblem.scoreLimit.magnitude
    else { return nil }
    return value
  }
}
