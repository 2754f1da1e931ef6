/// An OpenDocument spreadsheet (.ods, .fods; OpenDocument 1.3, part 3, 9).
final class ODSWorkbook: SheetDocument {
  override var kind: String { "OpenDocument spreadsheet" }
  /// Hands out the bytes of the document with the sheets.
  private let feed: (any XMLListener) throws -> Void

  init(_ archive: ZipArchive) throws {
    guard let content = archive.entry(named: "content.xml") else {
      throw IntakeError.badWorkbook("it has no part 'content.xml'")
    }
    if let manifest = archive.entry(named: "META-INF/manifest.xml") {
      try MarkupElements.forEach(in: manifest, of: archive) { name, _, _ in
        if name == "encryption-data" { throw IntakeError.encryptedWorkbook }
      }
    }
    feed = { try archive.parse(content, limit: archive.limits.sheet, $0) }
  }

  init(flat document: SheetBytes) { feed = document.parse }

  override func parse(_ events: SheetEvents) throws { try feed(ODSCells(events)) }
}

/// Takes the cells out of an OpenDocument spreadsheet.
///
/// Equal cells and rows are written once with a count, the empty rest of a sheet too: what is empty is counted and never
/// made. O(*n*) in the bytes of the document and the cells that are not empty.
final class ODSCells: XMLListener {
  private let events: SheetEvents
  private let row = SheetRow()
  private var sheet = -1
  private var facts = SheetFacts()
  /// Styles of hidden sheets.
  private var hiddenStyles: Set<String> = []
  private var style: String?
  /// Depths at which the present elements opened; 0 where there is none.
  private var tableDepth = 0
  private var rowDepth = 0
  private var cellDepth = 0
  private var textDepth = 0
  private var nextRow = 1
  private var nextColumn = 0
  private var nextStyledColumn = 0
  private var rowRepeats = 1
  private var cell = Cell()
  /// Fields made by repetition; a small file must not grow without bounds.
  private var repeated = 0
  private static let mostRepeated = 50_000_000

  private struct Cell {
    var type = ""
    var value: String?
    var isError = false
    var hasFormula = false
    var isCovered = false
    var repeats = 1
    var paragraphs = 0
    var text: [UInt8] = []
  }

  init(_ events: SheetEvents) { self.events = events }

  func startElement(_ name: XMLName, namespace: XMLName?, attributes: XMLAttributes, parser: GuardedXML) {
    let depth = parser.depth
    if cellDepth > 0 { return startInCell(GuardedXML.string(name), depth, attributes, parser) }
    do {
      switch GuardedXML.string(name) {
      case "style": style = ODSCells.text("name", attributes)
      case "table-properties":
        if ODSCells.text("display", attributes) == "false", let style { hiddenStyles.insert(style) }
      case "table" where tableDepth == 0: try beginTable(depth, attributes)
      case "table-column" where tableDepth > 0 && rowDepth == 0:
        let count = ODSCells.count("number-columns-repeated", attributes)
        if let visibility = ODSCells.text("visibility", attributes), visibility != "visible" {
          facts.hide(columns: nextStyledColumn...(nextStyledColumn + count - 1))
        }
        nextStyledColumn = min(nextStyledColumn + count, WorkbookLimits.columns)
      case "table-row" where tableDepth > 0 && rowDepth == 0:
        rowDepth = depth
        rowRepeats = ODSCells.count("number-rows-repeated", attributes)
        nextColumn = 0
        row.begin(nextRow, isHidden: (ODSCells.text("visibility", attributes) ?? "visible") != "visible")
      case "table-cell" where rowDepth > 0: beginCell(depth, attributes, isCovered: false)
      case "covered-table-cell" where rowDepth > 0: beginCell(depth, attributes, isCovered: true)
      default: break
      }
    } catch {
      parser.stop(throwing: error)
    }
  }

  private func beginTable(_ depth: Int, _ attributes: XMLAttributes) throws {
    sheet += 1
    guard sheet < WorkbookLimits().sheets else {
      throw IntakeError.workbookTooLarge("it has more than \(WorkbookLimits().sheets) sheets")
    }
    tableDepth = depth
    nextRow = 1
    nextStyledColumn = 0
    facts = SheetFacts()
    facts.isHidden = ODSCells.text("style-name", attributes).map(hiddenStyles.contains) ?? false
    try events.begin(ODSCells.text("name", attributes) ?? "Sheet\(sheet + 1)")
  }

  private func beginCell(_ depth: Int, _ attributes: XMLAttributes, isCovered: Bool) {
    cellDepth = depth
    cell = Cell()
    cell.isCovered = isCovered
    for index in 0..<attributes.count {
      guard let name = attributes.name(index) else { continue }
      let value = String(decoding: attributes.value(index), as: UTF8.self)
      switch GuardedXML.string(name) {
      // Twice where LibreOffice adds its own: an error is a text to others.
      case "value-type": if value == "error" { cell.isError = true } else { cell.type = value }
      case "value", "date-value", "time-value", "boolean-value", "string-value": cell.value = value
      case "formula": cell.hasFormula = true
      case "number-columns-repeated": cell.repeats = ODSCells.count(value)
      case "number-columns-spanned": addMerge(columns: ODSCells.count(value), rows: 1)
      case "number-rows-spanned": addMerge(columns: 1, rows: ODSCells.count(value))
      default: break
      }
    }
  }

  /// Both spans of a cell are attributes of their own: the second widens the first.
  private func addMerge(columns: Int, rows: Int) {
    let first = CellReference(row: nextRow, column: nextColumn + 1)
    var merge = CellRange(
      first: first, last: CellReference(row: nextRow + rows - 1, column: nextColumn + columns))
    if let last = facts.merges.last, last.first == first {
      facts.merges.removeLast()
      merge.last = CellReference(
        row: max(last.last.row, merge.last.row), column: max(last.last.column, merge.last.column))
    }
    facts.add(merge)
  }

  private func startInCell(_ name: String, _ depth: Int, _ attributes: XMLAttributes, _ parser: GuardedXML) {
    if textDepth == 0 {
      // Notes, drawings and forms lie in cells too: only the cell's own paragraphs are its text.
      guard name == "p" || name == "h", depth == cellDepth + 1 else { return }
      textDepth = depth
      if cell.paragraphs > 0 { cell.text.append(0x0A) }
      cell.paragraphs += 1
      return
    }
    switch name {
    case "s":
      let count = min(ODSCells.text("c", attributes).flatMap { Int($0) } ?? 1, 32_767)
      append([UInt8](repeating: 0x20, count: max(0, count)), parser)
    case "tab": append([0x09], parser)
    case "line-break": append([0x0A], parser)
    default: break
    }
  }

  private func append(_ bytes: some Collection<UInt8>, _ parser: GuardedXML) {
    cell.text.append(contentsOf: bytes)
    if cell.text.count > parser.limits.text {
      parser.stop(.textTooLong(limit: parser.limits.text, element: "table-cell"))
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>, parser: GuardedXML) {
    if textDepth > 0 { append(bytes, parser) }
  }

  func endElement(parser: GuardedXML) {
    let depth = parser.depth
    do {
      if depth == textDepth {
        textDepth = 0
      } else if depth == cellDepth {
        cellDepth = 0
        try endCell()
      } else if depth == rowDepth {
        rowDepth = 0
        try endRow()
      } else if depth == tableDepth {
        tableDepth = 0
        try events.end(sheet, facts, nil)
      }
    } catch {
      parser.stop(throwing: error)
    }
  }

  private func endRow() throws {
    defer { nextRow = min(nextRow + rowRepeats, WorkbookLimits.rows + 1) }
    guard row.width > 0 || !row.faults.isEmpty || row.isHidden && rowRepeats < 10_000 else { return }
    guard nextRow + rowRepeats - 1 <= WorkbookLimits.rows else {
      throw IntakeError.workbookTooLarge("a sheet has more than \(WorkbookLimits.rows) rows")
    }
    for number in nextRow..<(nextRow + rowRepeats) {
      row.renumber(number)
      if rowRepeats > 1 { try count(row.width) }
      try events.row(sheet, row)
    }
  }

  private func count(_ fields: Int) throws {
    repeated += fields
    guard repeated <= ODSCells.mostRepeated else {
      throw IntakeError.workbookTooLarge(
        "more than \(ODSCells.mostRepeated) of its cells are repetitions of others")
    }
  }

  private func endCell() throws {
    let first = nextColumn
    nextColumn = min(nextColumn + cell.repeats, WorkbookLimits.columns + 1)
    // A value under a merged cell is not seen by anybody.
    guard !cell.isCovered else { return }
    let text: String
    var fault: IntakeError?
    do throws(IntakeError) { text = try value() } catch {
      text = String(decoding: cell.text, as: UTF8.self)
      fault = error
    }
    guard !text.isEmpty || fault != nil else { return }
    guard nextColumn <= WorkbookLimits.columns else {
      throw IntakeError.badWorkbook("row \(nextRow) has a cell beyond the column XFD")
    }
    if cell.repeats > 1 { try count(cell.repeats) }
    for column in first..<nextColumn {
      row.set(column, text)
      if let fault { row.name(fault, at: column) }
    }
  }

  private func value() throws(IntakeError) -> String {
    let shown = String(decoding: cell.text, as: UTF8.self)
    if cell.isError || cell.text.withUnsafeBufferPointer(CellNumber.isError) {
      throw .unreadableCell("the cell shows the error \(Quoted.word(shown))")
    }
    switch cell.type {
    case "float", "percentage", "currency":
      guard let value = cell.value else { throw .unreadableCell("the cell is a number and has no value") }
      // Leading zeros are in the format alone.
      if shown.utf8.first == 0x30, shown.utf8.count > 1,
        shown.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        Double(shown) == Double(value)
      {
        return shown
      }
      return try CellNumber.text(value, format: .plain, isFrom1904: false)
    case "date": return CellNumber.moment(iso: cell.value ?? shown)
    case "time": return CellNumber.duration(iso: cell.value ?? shown)
    case "boolean": return (cell.value ?? shown).lowercased() == "true" ? "TRUE" : "FALSE"
    case "string": return cell.paragraphs > 0 ? shown : cell.value ?? ""
    default:
      if cell.hasFormula, shown.isEmpty {
        throw .unreadableCell("the cell has a formula without a stored value")
      }
      return shown
    }
  }

  private static func text(_ name: String, _ attributes: XMLAttributes) -> String? {
    for index in 0..<attributes.count {
      guard let found = attributes.name(index), GuardedXML.string(found) == name else { continue }
      return String(decoding: attributes.value(index), as: UTF8.self)
    }
    return nil
  }

  private static func count(_ name: String, _ attributes: XMLAttributes) -> Int {
    text(name, attributes).map(count) ?? 1
  }

  private static func count(_ text: String) -> Int {
    min(max(1, Int(text) ?? 1), WorkbookLimits.rows)
  }
}
