/// A table made to be read on a terminal: columns as wide as their widest cell, numbers to the right.
package struct TextTable: Sendable {
  package enum Alignment: Sendable {
    case left, right
  }

  package struct Column: Sendable {
    package var heading: String
    package var alignment: Alignment

    package init(_ heading: String, _ alignment: Alignment = .left) {
      self.heading = heading
      self.alignment = alignment
    }
  }

  package var columns: [Column]
  package private(set) var rows: [[String]] = []

  package init(_ columns: [Column]) { self.columns = columns }

  /// Cells that are missing are empty, those beyond the columns are left out.
  package mutating func add(_ cells: [String]) {
    rows.append((0..<columns.count).map { $0 < cells.count ? cells[$0] : "" })
  }

  /// Headings and rows for a spreadsheet.
  package var data: DataTable { DataTable(columns.map(\.heading), rows) }

  /// Headings, a rule, and the rows; each line ends in a line feed and has no trailing space.
  package var text: String {
    let rows = rows.map { $0.map(TextTable.singleLine) }
    let widths = columns.indices.map { index in
      max(
        TextTable.width(columns[index].heading), rows.map { TextTable.width($0[index]) }.max() ?? 0)
    }
    func line(_ cells: [String]) -> String {
      var line = ""
      for index in columns.indices {
        let padding = String(repeating: " ", count: max(0, widths[index] - TextTable.width(cells[index])))
        line += columns[index].alignment == .left ? cells[index] + padding : padding + cells[index]
        if index + 1 < columns.count { line += "  " }
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }
    let rule = widths.map { String(repeating: "─", count: $0) }
    return line(columns.map(\.heading)) + line(rule) + rows.map(line).joined()
  }

  /// Control characters would move the cursor; a cell is one line.
  private static func singleLine(_ cell: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in cell.unicodeScalars {
      let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
      result.append(isControl ? " " : scalar)
    }
    return String(result)
  }

  /// Columns on a terminal: East Asian wide and fullwidth characters and emoji take two, combining marks none
  /// (Unicode Annex 11).
  package static func width(_ text: String) -> Int {
    var width = 0
    for character in text {
      guard let scalar = character.unicodeScalars.first else { continue }
      switch scalar.value {
      case 0..<0x300: width += 1
      case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
        0xA000...0xA4CF,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
        0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
        width += 2
      default:
        width +=
          scalar.properties.generalCategory == .nonspacingMark || scalar.properties.generalCategory == .format
          ? 0 : 1
      }
    }
    return width
  }
}
