/// An XML Spreadsheet 2003, which many systems write as `.xls` or `.xml` (Microsoft, XML Spreadsheet Reference).
final class SpreadsheetXMLWorkbook: SheetDocument {
  override var kind: String { "XML Spreadsheet 2003" }
  private let document: SheetBytes

  init(_ document: SheetBytes) { self.document = document }

  override func parse(_ events: SheetEvents) throws { try document.parse(SpreadsheetXMLCells(events)) }
}

/// Takes the cells out of an XML Spreadsheet 2003.
final class SpreadsheetXMLCells: XMLListener {
  private let events: SheetEvents
  private let row = SheetRow()
  private var sheet = -1
  private var facts = SheetFacts()
  private var isInSheet = false
  private var isInTable = false
  private var isInRow = false
  private var isInCell = false
  private var isCollecting = false
  private var isVisibility = false
  private var lastRow = 0
  private var rowSpan = 0
  private var nextColumn = 0
  private var nextStyledColumn = 0
  private var column = 0
  private var type = ""
  private var hasData = false
  private var hasFormula = false
  private var format = NumberFormat.plain
  private var value: [UInt8] = []
  private var style: String?
  private var formats: [String: NumberFormat] = [:]

  init(_ events: SheetEvents) { self.events = events }

  func startElement(_ name: XMLName, namespace: XMLName?, attributes: XMLAttributes, parser: GuardedXML) {
    let name = GuardedXML.string(name)
    let depth = parser.depth
    var found: [String: String] = [:]
    if depth <= 6, !isCollecting {
      for index in 0..<attributes.count {
        guard let key = attributes.name(index) else { continue }
        found[GuardedXML.string(key)] = String(decoding: attributes.value(index), as: UTF8.self)
      }
    }
    do {
      switch (depth, name) {
      case (2, "Worksheet"):
        isInSheet = true
        sheet += 1
        guard sheet < WorkbookLimits().sheets else {
          throw IntakeError.workbookTooLarge("it has more than \(WorkbookLimits().sheets) sheets")
        }
        facts = SheetFacts()
        lastRow = 0
        rowSpan = 0
        nextStyledColumn = 0
        try events.begin(found["Name"] ?? "Sheet\(sheet + 1)")
      case (3, "Table") where isInSheet: isInTable = true
      case (3, "AutoFilter") where isInSheet: facts.filter = found["Range"]
      case (3, "Style"): style = found["ID"]
      case (4, "NumberFormat"):
        // Dates and times have a type of their own.
        if let style, case .padded(let digits) = NumberFormat(code: found["Format"] ?? "") {
          formats[style] = .padded(digits)
        }
      case (4, "Visible") where isInSheet:
        isVisibility = true
        value = []
      case (4, "Column") where isInTable: try beginColumn(found)
      case (4, "Row") where isInTable: try beginRow(found)
      case (5, "Cell") where isInRow: try beginCell(found)
      case (6, "Data") where isInCell:
        isCollecting = true
        hasData = true
        type = found["Type"] ?? "String"
      default: break
      }
    } catch {
      parser.stop(throwing: error)
    }
  }

  private func place(_ text: String?, after last: Int, most: Int, _ noun: String) throws -> Int {
    guard let text else {
      guard last < most else { throw IntakeError.badWorkbook("a \(noun) lies beyond number \(most)") }
      return last + 1
    }
    guard let index = Int(text), index > last, index <= most else {
      throw IntakeError.badWorkbook(
        "a \(noun) with the index \(Quoted.word(text)) comes behind number \(last)")
    }
    return index
  }

  private func beginColumn(_ found: [String: String]) throws {
    let first = try place(found["Index"], after: nextStyledColumn, most: WorkbookLimits.columns, "column")
    let span = min(max(0, found["Span"].flatMap { Int($0) } ?? 0), WorkbookLimits.columns - first)
    if found["Hidden"] == "1" { facts.hide(columns: (first - 1)...(first - 1 + span)) }
    nextStyledColumn = first + span
  }

  private func beginRow(_ found: [String: String]) throws {
    lastRow = try place(found["Index"], after: lastRow + rowSpan, most: WorkbookLimits.rows, "row")
    rowSpan = min(max(0, found["Span"].flatMap { Int($0) } ?? 0), WorkbookLimits.rows - lastRow)
    nextColumn = 0
    isInRow = true
    row.begin(lastRow, isHidden: found["Hidden"] == "1")
  }

  private func beginCell(_ found: [String: String]) throws {
    column = try place(found["Index"], after: nextColumn, most: WorkbookLimits.columns, "cell") - 1
    let across = min(
      max(0, found["MergeAcross"].flatMap { Int($0) } ?? 0), WorkbookLimits.columns - column - 1)
    let down = min(max(0, found["MergeDown"].flatMap { Int($0) } ?? 0), WorkbookLimits.rows - lastRow)
    facts.add(
      CellRange(
        first: CellReference(row: lastRow, column: column + 1),
        last: CellReference(row: lastRow + down, column: column + 1 + across)))
    nextColumn = column + 1 + across
    isInCell = true
    hasData = false
    hasFormula = found["Formula"] != nil
    format = found["StyleID"].flatMap { formats[$0] } ?? .plain
    value = []
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>, parser: GuardedXML) {
    guard isCollecting || isVisibility else { return }
    value.append(contentsOf: bytes)
    if value.count > parser.limits.text {
      parser.stop(.textTooLong(limit: parser.limits.text, element: "Data"))
    }
  }

  func endElement(parser: GuardedXML) {
    do {
      switch parser.depth {
      case 2 where isInSheet:
        isInSheet = false
        try events.end(sheet, facts, nil)
      case 3: isInTable = false
      case 4:
        if isVisibility { facts.isHidden = value.starts(with: "Sheet".utf8) && value.count > 12 - 1 }
        isVisibility = false
        if isInRow {
          isInRow = false
          if row.width > 0 || !row.faults.isEmpty || row.isHidden { try events.row(sheet, row) }
        }
      case 5 where isInCell:
        isInCell = false
        endCell()
      case 6: isCollecting = false
      default: break
      }
    } catch {
      parser.stop(throwing: error)
    }
  }

  private func endCell() {
    let text = String(decoding: value, as: UTF8.self)
    guard hasData, !text.isEmpty else {
      if hasFormula, !hasData || type != "String" {
        row.name(.unreadableCell("the cell has a formula without a stored value"), at: column)
      }
      return
    }
    if type == "Error" || value.withUnsafeBufferPointer(CellNumber.isError) {
      row.set(column, text)
      return row.name(.unreadableCell("the cell shows the error \(Quoted.word(text))"), at: column)
    }
    do throws(IntakeError) {
      switch type {
      case "Number": row.set(column, try CellNumber.text(text, format: format, isFrom1904: false))
      case "DateTime":
        let moment = CellNumber.moment(iso: text)
        // A time of day is one of the day before the first.
        let time = moment.hasPrefix("1899-12-3") ? String(moment.dropFirst(11)) : moment
        row.set(column, time.isEmpty ? "00:00" : time)
      case "Boolean": row.set(column, text == "0" ? "FALSE" : "TRUE")
      default: row.set(column, text)
      }
    } catch {
      row.set(column, text)
      row.name(error, at: column)
    }
  }
}
