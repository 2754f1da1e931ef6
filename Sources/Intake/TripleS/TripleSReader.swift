import Basics

/// Reads the data of a triple-s survey as a stream, by its definition: fixed-width records or CSV.
///
/// Hands out one column a variable: codes without padding, the codes of a multiple one by one, dates and times as ISO
/// 8601 writes them; what is blank is null. Records are split by the CSV reader, of which a fixed-width record is a row
/// of one cell: so encodings, limits and bad bytes are judged alike. O(*n*) in the bytes of the file.
package final class TripleSReader {
  package let definition: TripleSDefinition
  package let reader: CSVReader
  private let present: SourceRow
  private var encoding: TextEncoding
  private var text = ByteBuffer()
  private var slices: UnsafeMutablePointer<FieldSlice>
  private var sliceCapacity: Int
  private var extra = 0
  /// Where each character of a record that is not ASCII begins.
  private var characters: [Int] = []

  package init(
    name: String, definition: TripleSDefinition, dialect: CSVDialect, limits: CSVLimits = CSVLimits()
  ) {
    self.definition = definition
    var dialect = dialect
    dialect.headingRows = definition.skip
    if !definition.isCSV {
      // No text has the unit separator: a record is one cell.
      dialect.delimiter = 0x1F
      dialect.quote = nil
      dialect.hasSeparatorLine = false
    }
    reader = CSVReader(name: name, dialect: dialect, limits: limits)
    encoding = dialect.encoding
    present = SourceRow(file: name, transcoder: Transcoder(dialect.encoding), hasOneLine: false)
    sliceCapacity = definition.variables.count + 64
    slices = .allocate(capacity: sliceCapacity)
    slices.initialize(repeating: .null, count: sliceCapacity)
  }

  deinit { slices.deallocate() }

  /// Reads the whole source. Throws what the bodies throw, and a `SourceProblem` that ends the file.
  package func read(
    _ source: ByteSource, row: CSVReader.RowBody, problem: CSVReader.ProblemBody
  ) throws {
    try reader.read(source) {
      try take($0, row, problem)
    } problem: {
      try problem($0)
    }
  }

  package func feed(
    _ piece: UnsafeBufferPointer<UInt8>, row: CSVReader.RowBody, problem: CSVReader.ProblemBody
  ) throws {
    try reader.feed(piece) {
      try take($0, row, problem)
    } problem: {
      try problem($0)
    }
  }

  package func finish(row: CSVReader.RowBody, problem: CSVReader.ProblemBody) throws {
    try reader.finish {
      try take($0, row, problem)
    } problem: {
      try problem($0)
    }
  }

  private func take(
    _ record: SourceRow, _ row: CSVReader.RowBody, _ problem: CSVReader.ProblemBody
  ) throws {
    if encoding != reader.dialect.encoding {
      encoding = reader.dialect.encoding
      present.transcoder = Transcoder(encoding)
    }
    text.removeAll()
    extra = definition.variables.count
    let line = definition.isCSV ? nil : record.bytes(0)
    if let line { index(line) }
    for (column, variable) in definition.variables.enumerated() {
      slices[column] = .null
      let cell: UnsafeBufferPointer<UInt8>
      if let line {
        cell = characters(of: line, from: variable.start - 1, to: variable.finish)
        // Numbers are at the right of their field: of one that the record's end cuts, digits are missing.
        if variable.kind != .character, length < variable.finish, length >= variable.start,
          cell.contains(where: { $0 != 0x20 })
        {
          return try problem(fault(.cutRecord(variable: variable.name, found: length), column, record))
        }
      } else {
        cell = record.bytes(variable.start - 1)
      }
      let value = CellBytes.trimmed(cell)
      if value.isEmpty { continue }
      if let found = write(value, cell, variable, column, record) {
        return try problem(fault(found, column, record))
      }
    }
    present.content.pointee = SourceRow.Content(
      number: record.number, line: record.line, columnCount: definition.variables.count,
      text: UnsafePointer(text.base), aside: UnsafePointer(text.base), slices: UnsafePointer(slices),
      whole: record.content.pointee.whole)
    defer { present.clear() }
    try row(present)
  }

  private func fault(_ error: IntakeError, _ column: Int, _ record: SourceRow) -> SourceProblem {
    let variable = definition.variables[column]
    return SourceProblem(
      file: reader.name, line: record.line, position: definition.isCSV ? nil : variable.start,
      row: record.number, column: column + 1, heading: variable.name, fault: error, raw: record.raw)
  }

  // MARK: Characters

  /// Characters of the record.
  private var length = 0

  private func index(_ line: UnsafeBufferPointer<UInt8>) {
    characters.removeAll(keepingCapacity: true)
    length = line.count
    guard line.contains(where: { $0 >= 0x80 }) else { return }
    for (offset, byte) in line.enumerated() where byte & 0xC0 != 0x80 { characters.append(offset) }
    length = characters.count
  }

  private func characters(
    of line: UnsafeBufferPointer<UInt8>, from: Int, to: Int
  ) -> UnsafeBufferPointer<UInt8> {
    let from = min(from, length)
    let to = min(to, length)
    guard from < to else { return UnsafeBufferPointer(start: nil, count: 0) }
    func offset(_ character: Int) -> Int {
      characters.isEmpty ? character : character < characters.count ? characters[character] : line.count
    }
    return UnsafeBufferPointer(rebasing: line[offset(from)..<offset(to)])
  }

  // MARK: Values

  /// Writes what the cell says; or what is wrong with it.
  private func write(
    _ value: UnsafeBufferPointer<UInt8>, _ cell: UnsafeBufferPointer<UInt8>,
    _ variable: TripleSDefinition.Variable, _ column: Int, _ record: SourceRow
  ) -> IntakeError? {
    func wrong() -> IntakeError {
      .badCode(
        String(decoding: value.prefix(80), as: UTF8.self), variable: variable.name,
        kind: variable.kind.rawValue)
    }
    switch variable.kind {
    case .character:
      append(value, column)
    case .single:
      guard let code = code(value, variable) else { return wrong() }
      if !code.isEmpty { append(code, column) }
    case .multiple:
      let codes = variable.subfields == nil ? bits(value, cell, variable) : spread(cell, variable, record)
      guard let codes else { return wrong() }
      for code in codes { append(code, column) }
    case .quantity:
      guard let number = Self.number(String(decoding: value, as: UTF8.self)) else { return wrong() }
      append(number, column)
    case .logical:
      guard value.count == 1, value[0] == 0x30 || value[0] == 0x31 else { return wrong() }
      append(value, column)
    case .date:
      let digits = value.filter { $0 != UInt8(ascii: "-") }
      guard digits.count == 8, digits.allSatisfy({ $0 &- 0x30 < 10 }) else { return wrong() }
      append(
        String(decoding: digits[0..<4] + [0x2D] + digits[4..<6] + [0x2D] + digits[6..<8], as: UTF8.self),
        column)
    case .time:
      let digits = value.filter { $0 != UInt8(ascii: ":") }
      guard digits.count == 6 || digits.count == 4, digits.allSatisfy({ $0 &- 0x30 < 10 }) else {
        return wrong()
      }
      let seconds = digits.count == 6 ? [0x3A] + digits[4..<6] : []
      append(String(decoding: digits[0..<2] + [0x3A] + digits[2..<4] + seconds, as: UTF8.self), column)
    }
    return nil
  }

  /// The code without padding; empty for the 0 that stands for none; nil where the definition does not know it.
  private func code(_ value: UnsafeBufferPointer<UInt8>, _ variable: TripleSDefinition.Variable) -> String? {
    let text = String(decoding: value, as: UTF8.self)
    let code = variable.isLiteral ? text : Self.number(text) ?? text
    if variable.knows(code: code) { return code }
    return code == "0" ? "" : nil
  }

  /// `101` is the first and the third code: one character a code, by its place.
  private func bits(
    _ value: UnsafeBufferPointer<UInt8>, _ cell: UnsafeBufferPointer<UInt8>,
    _ variable: TripleSDefinition.Variable
  ) -> [String]? {
    var codes: [String] = []
    // Blanks at the left keep their place in a fixed-width record; in CSV there are none.
    for (offset, byte) in (definition.isCSV ? value : cell).enumerated() {
      switch byte {
      case 0x30, 0x20: continue
      case 0x31:
        let code = String(offset + 1)
        // The places of codes that are not defined are to be skipped.
        if variable.knows(code: code) { codes.append(code) }
      default: return nil
      }
    }
    return codes
  }

  /// Codes side by side, each in a field of its own; 0 or blank for none.
  private func spread(
    _ cell: UnsafeBufferPointer<UInt8>, _ variable: TripleSDefinition.Variable, _ record: SourceRow
  ) -> [String]? {
    var parts: [UnsafeBufferPointer<UInt8>] = []
    if definition.isCSV, variable.finish > variable.start {
      for column in variable.start...min(variable.finish, max(variable.start, record.columnCount)) {
        parts.append(record.bytes(column - 1))
      }
    } else {
      let fields = max(1, variable.subfields ?? 1)
      let whole = definition.isCSV ? cell.count : variable.finish - variable.start + 1
      let declared = variable.width == nil && whole % fields == 0 ? whole / fields : variable.subfieldWidth
      let width = max(1, definition.isCSV ? variable.subfieldWidth : declared)
      var index = 0
      while index < cell.count {
        parts.append(UnsafeBufferPointer(rebasing: cell[index..<min(index + width, cell.count)]))
        index += width
      }
    }
    var codes: [String] = []
    for part in parts {
      let value = CellBytes.trimmed(part)
      if value.isEmpty { continue }
      guard let code = code(value, variable) else { return nil }
      if !code.isEmpty, !codes.contains(code) { codes.append(code) }
    }
    return codes
  }

  /// A decimal without padding, sign `+` and leading zeros; nil for anything else.
  static func number(_ text: String) -> String? {
    var digits = text[...]
    let isNegative = digits.first == "-"
    if isNegative || digits.first == "+" { digits.removeFirst() }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first, !digits.isEmpty, digits != ".",
      digits.utf8.allSatisfy({ $0 &- 0x30 < 10 || $0 == UInt8(ascii: ".") })
    else { return nil }
    let trimmed = whole.drop { $0 == "0" }
    return (isNegative ? "-" : "") + (trimmed.isEmpty ? "0" : String(trimmed))
      + (parts.count == 2 && !parts[1].isEmpty ? "." + parts[1] : "")
  }

  private func append(_ value: String, _ column: Int) {
    var value = value
    value.withUTF8 { append($0, column) }
  }

  private func append(_ value: UnsafeBufferPointer<UInt8>, _ column: Int) {
    let slice = FieldSlice(start: text.count, count: value.count, isAside: true)
    text.append(value)
    if slices[column].isNull {
      slices[column] = slice
      return
    }
    if extra == sliceCapacity {
      let grown = UnsafeMutablePointer<FieldSlice>.allocate(capacity: sliceCapacity * 2)
      grown.initialize(repeating: .null, count: sliceCapacity * 2)
      grown.update(from: slices, count: sliceCapacity)
      slices.deallocate()
      slices = grown
      sliceCapacity *= 2
    }
    var last = column
    while slices[last].next > 0 { last = Int(slices[last].next) }
    slices[last].next = UInt32(truncatingIfNeeded: extra)
    slices[extra] = slice
    extra += 1
  }
}
