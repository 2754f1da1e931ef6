package import Basics

/// Rows below headings, which a tool writes for a spreadsheet: as CSV, or as an Excel workbook.
package struct DataTable: Sendable {
  package let headings: [String]
  package private(set) var rows: [[String]]

  package init(_ headings: [String], _ rows: [[String]] = []) {
    self.headings = headings
    self.rows = rows
  }

  package mutating func add(_ cells: [String]) { rows.append(cells) }

  /// Writes the table as CSV, or as a workbook where the format is that.
  ///
  /// - Throws: `ToolFailure` where a workbook would go to a terminal or cannot hold the table, and what the output throws.
  package func write(_ format: OutputFormat, to output: Output) throws {
    guard format == .xlsx else {
      try output.write(CSVText.row(headings))
      for row in rows { try output.write(CSVText.row(row)) }
      return
    }
    if output.isTerminal {
      throw ToolFailure(
        .usage, "--format xlsx: a workbook is nothing for a terminal: write it to a file with > NAME.xlsx")
    }
    try output.write(WorkbookWriter.bytes(of: self))
  }
}
