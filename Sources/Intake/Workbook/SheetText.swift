/// Where the table of a sheet lies.
struct SheetLayout: Sendable {
  /// The first heading row; what is above is no part of the table.
  var firstRow = 1
  /// Columns of the headings.
  var width = 1
  /// Headings that a merged cell above extends into, by row and column from 0, as fields.
  var fills: [Int: [Int: [UInt8]]] = [:]
}

/// Lays the rows of a sheet out as comma-separated text in UTF-8, a line for each row of the sheet.
///
/// So the reader of delimited text, the forms and the rejects work on workbooks as they do on exports. The line of a row is
/// its number in the sheet, also where cells hold line breaks: `CSVDialect.rowsAreLines`. Rows above the headings are blank
/// lines. Empty cells are bare, as no workbook knows empty texts from cells that are not there.
struct SheetText {
  /// The byte order mark makes spreadsheets read the rejects as UTF-8.
  static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  let layout: SheetLayout
  private(set) var account = SheetAccount()
  /// Cells whose value cannot be known, by row.
  private(set) var faults: [Int: [(column: Int, fault: IntakeError)]] = [:]
  var text = SheetText.mark
  private var nextRow = 1
  private var hasBody = false
  /// Short lines behind a blank one, which are a footer unless the table goes on.
  private var held: [(row: Int, text: [UInt8])] = []

  init(_ layout: SheetLayout) { self.layout = layout }

  /// Faults of a row, once.
  mutating func takeFaults(row: Int) -> [(column: Int, fault: IntakeError)] {
    faults.isEmpty ? [] : faults.removeValue(forKey: row) ?? []
  }

  mutating func add(_ row: SheetRow) {
    if row.isHidden, row.number >= layout.firstRow { account.hiddenRows += 1 }
    let fills = row.number >= layout.firstRow ? layout.fills[row.number] : nil
    guard row.number >= layout.firstRow, row.width > 0 || !row.faults.isEmpty || fills != nil else { return }
    let follows = nextRow == row.number && held.isEmpty
    if hasBody, !follows, row.faults.isEmpty, isShort(row) {
      var line: [UInt8] = []
      SheetText.write(row, layout, fills: nil, to: &line)
      note(row)
      held.append((row.number, line))
      if held.count > 20 { release() }
      return
    }
    release()
    advance(to: row.number)
    SheetText.write(row, layout, fills: fills, to: &text)
    note(row)
    nextRow = row.number + 1
    if row.number > layout.firstRow { hasBody = true }
    if !row.faults.isEmpty { faults[row.number] = row.faults }
  }

  /// What a sum or a remark below a table fills of its columns.
  private func isShort(_ row: SheetRow) -> Bool {
    row.width <= layout.width
      && (row.filledCount == 1 && layout.width >= 3 || row.filledCount == 2 && layout.width >= 5)
  }

  /// The table goes on behind short lines: they are rows of it.
  private mutating func release() {
    for line in held {
      advance(to: line.row)
      text += line.text
      nextRow = line.row + 1
    }
    held = []
  }

  /// A blank line for each row of the sheet that has nothing.
  private mutating func advance(to row: Int) {
    guard row > nextRow else { return }
    text.append(contentsOf: repeatElement(0x0A, count: row - nextRow))
    nextRow = row
  }

  private static func write(
    _ row: SheetRow, _ layout: SheetLayout, fills: [Int: [UInt8]]?, to line: inout [UInt8]
  ) {
    for column in 0..<layout.width {
      if column > 0 { line.append(0x2C) }
      let field = row.field(column)
      if field.isEmpty, let fill = fills?[column] { line += fill } else { line.append(contentsOf: field) }
    }
    // A line without any byte is no row.
    if row.width == 0, layout.width == 1, fills == nil { line += [0x22, 0x22] }
    line.append(0x0A)
  }

  private mutating func note(_ row: SheetRow) {
    if account.columnsWithValues.count < layout.width, row.number > layout.firstRow {
      for column in 0..<min(row.width, layout.width) where row.hasCell(column) {
        account.columnsWithValues.insert(column)
      }
    }
    guard row.width > layout.width else { return }
    for column in layout.width..<row.width where row.hasCell(column) {
      account.beyond += 1
      if account.firstBeyond == nil {
        account.firstBeyond = CellReference(row: row.number, column: column + 1)
      }
    }
  }

  /// Ends the sheet: short lines that were held back are its footer.
  mutating func finish(_ facts: SheetFacts) {
    for line in held {
      let text = String(decoding: line.text.filter { $0 != 0x2C && $0 != 0x22 }, as: UTF8.self)
      account.footers.append((line.row, text))
    }
    held = []
    account.merges = facts.merges.filter { $0.first.row >= layout.firstRow }
    account.hiddenColumns = facts.hiddenColumns.filter { $0 < layout.width }.sorted()
    account.filter = facts.filter
  }

  mutating func noteUnreadable(_ count: Int) { account.unreadable += count }
}

/// What is known of a sheet when it has been read.
struct SheetFacts {
  var isHidden = false
  var merges: [CellRange] = []
  var hiddenColumns: Set<Int> = []
  var filter: String?

  /// Merged cells that are kept: a sheet of nothing else must not fill the memory.
  static let mostMerges = 100_000

  mutating func add(_ merge: CellRange) {
    if merges.count < SheetFacts.mostMerges, merge.first != merge.last { merges.append(merge) }
  }

  mutating func hide(columns: ClosedRange<Int>) {
    guard columns.lowerBound < WorkbookLimits.columns else { return }
    for column in columns.clamped(to: 0...(WorkbookLimits.columns - 1)) { hiddenColumns.insert(column) }
  }
}
