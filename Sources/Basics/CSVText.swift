/// CSV that a spreadsheet may open: RFC 4180 with CRLF, and formula-safe.
package enum CSVText {
  /// One row with its line ending.
  package static func row(_ cells: [String], ending: String = "\r\n") -> String {
    var bytes: [UInt8] = []
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      append(cell, to: &bytes)
    }
    return String(decoding: bytes, as: UTF8.self) + ending
  }

  package static func rows(_ rows: some Sequence<[String]>, ending: String = "\r\n") -> String {
    rows.map { row($0, ending: ending) }.joined()
  }

  /// Appends one cell, in quotes where it needs them.
  ///
  /// A spreadsheet would run a cell that begins with `= + - @`, tab, CR or NUL as a formula: an apostrophe before it makes
  /// it a text. A plain number keeps its sign. `unguarded` takes the apostrophe off.
  package static func append(_ cell: String, to bytes: inout [UInt8]) {
    let text = cell.utf8
    let isFormula = needsGuard(cell)
    let isQuoted =
      text.first == 0x20 || text.last == 0x20
      || text.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D || $0 == 0x3B }
    if isQuoted { bytes.append(0x22) }
    if isFormula { bytes.append(0x27) }
    for byte in text {
      if byte == 0x22 { bytes.append(byte) }
      bytes.append(byte)
    }
    if isQuoted { bytes.append(0x22) }
  }

  /// A cell that `append` wrote, as it was: without the apostrophe before what a spreadsheet would run as a formula.
  package static func unguarded(_ cell: String) -> String {
    guard cell.utf8.first == 0x27, case let rest = String(cell.dropFirst()), needsGuard(rest) else {
      return cell
    }
    return rest
  }

  /// A cell that looks guarded already gets one more apostrophe, so that each comes back as it was.
  private static func needsGuard(_ cell: String) -> Bool {
    let text = cell.utf8.drop { $0 == 0x27 }
    return switch text.first {
    case 0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D, 0x00: Double(cell) == nil
    default: false
    }
  }
}
