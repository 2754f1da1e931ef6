/// One row of a sheet while it is read: its cells as fields of delimited text, by column. Reused from row to row.
final class SheetRow {
  /// From 1, as the spreadsheet shows it.
  private(set) var number = 0
  private(set) var isHidden = false
  /// Cells whose value cannot be known, by column from 0.
  private(set) var faults: [(column: Int, fault: IntakeError)] = []
  /// Columns up to the last that is not empty.
  private(set) var width = 0
  private(set) var filledCount = 0

  @exclusivity(unchecked) private var text: [UInt8] = []
  @exclusivity(unchecked) private var fields: [(start: Int, count: Int)] = []

  func begin(_ number: Int, isHidden: Bool = false) {
    self.number = number
    self.isHidden = isHidden
    text.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
    if !faults.isEmpty { faults = [] }
    width = 0
    filledCount = 0
  }

  /// The same cells as a row further down: files write equal rows once.
  func renumber(_ number: Int) { self.number = number }

  func hasCell(_ column: Int) -> Bool { column < fields.count && fields[column].count > 0 }

  /// The cell as a field of delimited text, in quotes where it needs them; empty where there is none.
  func field(_ column: Int) -> ArraySlice<UInt8> {
    guard column < fields.count else { return [] }
    let field = fields[column]
    return text[field.start..<(field.start + field.count)]
  }

  /// Sets the cell to a text.
  func set(_ column: Int, text bytes: UnsafeBufferPointer<UInt8>) {
    let start = text.count
    SheetRow.append(field: bytes, to: &text)
    place(column, start)
  }

  func set(_ column: Int, _ string: String) {
    var string = string
    string.withUTF8 { set(column, text: $0) }
  }

  /// Sets the cell to what is a field already: a number's digits, or one that `append(field:to:)` made.
  @inline(__always)
  func set(_ column: Int, field: UnsafeBufferPointer<UInt8>) {
    let start = text.count
    text.append(contentsOf: field)
    place(column, start)
  }

  private func place(_ column: Int, _ start: Int) {
    if column >= fields.count {
      while fields.count < column { fields.append((0, 0)) }
      fields.append((start, text.count - start))
    } else {
      if fields[column].count > 0 {
        return name(.unreadableCell("the sheet has the cell twice"), at: column)
      }
      fields[column] = (start, text.count - start)
    }
    guard text.count > start else { return }
    filledCount += 1
    width = max(width, column + 1)
  }

  /// Says that the cell's value cannot be known.
  func name(_ fault: IntakeError, at column: Int) {
    // A row of nothing else must not grow without bounds.
    if faults.count < 1000 { faults.append((column, fault)) }
  }

  /// A text as a field of comma-separated text.
  static func append(field bytes: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) {
    var needsQuotes = false
    for byte in bytes where byte == 0x2C || byte == 0x22 || byte == 0x0A || byte == 0x0D {
      needsQuotes = true
      break
    }
    guard needsQuotes else {
      text.append(contentsOf: bytes)
      return
    }
    text.append(0x22)
    for byte in bytes {
      if byte == 0x22 { text.append(0x22) }
      text.append(byte)
    }
    text.append(0x22)
  }
}

/// What hands out the rows of a sheet, in the order of their numbers; throws to stop.
typealias SheetRowBody = (SheetRow) throws -> Void
