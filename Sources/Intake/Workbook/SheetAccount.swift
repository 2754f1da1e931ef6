import Basics
import Programme

/// What a sheet has beside the rows of its table, counted so that nothing of it is silent.
struct SheetAccount {
  var hiddenRows = 0
  var hiddenColumns: [Int] = []
  var filter: String?
  /// Cells to the right of the headings, and the first of them.
  var beyond = 0
  var firstBeyond: CellReference?
  /// Merged cells that begin in the headings or below them.
  var merges: [CellRange] = []
  /// Columns with a value below the headings.
  var columnsWithValues: Set<Int> = []
  /// Cells whose value cannot be known, in columns that nobody asks for.
  var unreadable = 0
  /// Short lines behind the table, and the text of the first.
  var footers: [(row: Int, text: String)] = []

  /// - Parameters:
  ///   - headingRows: the rows of the headings, as the sheet numbers them.
  ///   - titles: headings of the columns.
  func diagnostics(file: String, headingRows: ClosedRange<Int>, titles: [String]) -> [Diagnostic] {
    var found: [Diagnostic] = []
    func tell(_ severity: Diagnostic.Severity, _ text: String, _ code: String, at cell: CellReference? = nil)
    {
      found.append(
        Diagnostic(severity, text, file: file, line: cell?.row, column: cell?.column, code: code))
    }
    if hiddenRows > 0 {
      let reason = filter == nil ? "" : " by the filter"
      tell(
        .note, "\(counted(hiddenRows, "row")) hidden\(reason) \(hiddenRows == 1 ? "is" : "are") read too",
        "hidden-rows")
    } else if let filter {
      tell(.note, "the filter over \(filter) hides nothing: all rows are read", "hidden-rows")
    }
    if !hiddenColumns.isEmpty {
      let letters = hiddenColumns.prefix(6).map { CellReference.letters($0 + 1) }.joined(separator: ", ")
      tell(
        .note,
        "hidden \(hiddenColumns.count == 1 ? "column" : "columns") \(letters)\(hiddenColumns.count > 6 ? ", …" : "") "
          + "\(hiddenColumns.count == 1 ? "is" : "are") read too", "hidden-columns")
    }
    if let firstBeyond {
      tell(
        .warning,
        "\(counted(beyond, "cell")) to the right of the headings not read: give the column a heading, or clear it",
        "beyond-headings", at: firstBeyond)
    }
    for range in merges where headingRows.contains(range.first.row) && range.last.column > range.first.column
    {
      let lost = (range.first.column..<range.last.column).filter { column in
        columnsWithValues.contains(column) && (column >= titles.count || titles[column].isEmpty)
      }
      guard !lost.isEmpty else { continue }
      let letters = lost.map { CellReference.letters($0 + 1) }.joined(separator: ", ")
      tell(
        .warning,
        "the heading is merged over \(range.text): \(lost.count == 1 ? "column" : "columns") \(letters) "
          + "\(lost.count == 1 ? "has" : "have") values and no heading of \(lost.count == 1 ? "its" : "their") own; "
          + "unmerge the heading and name each column", "merged-heading", at: range.first)
    }
    let below = merges.filter { $0.first.row > headingRows.upperBound && $0.first != $0.last }
    if let first = below.first {
      tell(
        .warning,
        "\(counted(below.count, "merged area")) below the headings, the first \(first.text): only the first "
          + "cell of each has its value; unmerge them and fill in every row", "merged-cells", at: first.first)
    }
    if unreadable > 0 {
      tell(
        .note,
        "\(counted(unreadable, "cell")) with an error or without a stored value, in columns that no field uses",
        "unreadable-cells")
    }
    if let first = footers.first {
      tell(
        .note,
        "\(counted(footers.count, "line")) behind the table left out, the first \(Quoted.word(first.text))",
        "footer", at: CellReference(row: first.row, column: 1))
    }
    return found
  }

  private func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
