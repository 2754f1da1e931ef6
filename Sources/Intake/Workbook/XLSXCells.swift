import Basics

/// Takes the cells out of a sheet of an Excel workbook (ECMA-376, part 1, 18.3).
///
/// Rows and cells may lack their places: they follow each other then. O(*n*) in the bytes of the part.
final class XLSXCells: XMLListener {
  private enum Section { case other, columns, rows, merges }
  private enum Kind { case number, shared, text, inline, flag, error, date }

  private(set) var facts = SheetFacts()
  private let styles: [NumberFormat]
  private let strings: SharedStrings
  private let isFrom1904: Bool
  private let body: SheetRowBody
  private let row = SheetRow()

  private struct Names {
    var sheetData, row, cell, value, formula, inline, text, run: XMLName?
    var columns, column, merges, merge, filter: XMLName?
    var r, s, t, hidden, min, max, ref: XMLName?
  }

  @exclusivity(unchecked) private var names = Names()
  @exclusivity(unchecked) private var section = Section.other
  @exclusivity(unchecked) private var isInRow = false
  @exclusivity(unchecked) private var isInCell = false
  @exclusivity(unchecked) private var isCollecting = false
  @exclusivity(unchecked) private var isRun = false
  private var lastRow = 0
  // Of the present cell.
  @exclusivity(unchecked) private var column = 0
  @exclusivity(unchecked) private var nextColumn = 0
  @exclusivity(unchecked) private var kind = Kind.number
  @exclusivity(unchecked) private var style = 0
  @exclusivity(unchecked) private var hasFormula = false
  @exclusivity(unchecked) private var hasValue = false
  @exclusivity(unchecked) private var value: [UInt8] = []

  init(styles: [NumberFormat], strings: SharedStrings, isFrom1904: Bool, _ body: @escaping SheetRowBody) {
    self.styles = styles
    self.strings = strings
    self.isFrom1904 = isFrom1904
    self.body = body
  }

  private func learn(_ parser: GuardedXML) {
    names = Names(
      sheetData: parser.intern("sheetData"), row: parser.intern("row"), cell: parser.intern("c"),
      value: parser.intern("v"), formula: parser.intern("f"), inline: parser.intern("is"),
      text: parser.intern("t"), run: parser.intern("r"), columns: parser.intern("cols"),
      column: parser.intern("col"), merges: parser.intern("mergeCells"), merge: parser.intern("mergeCell"),
      filter: parser.intern("autoFilter"), r: parser.intern("r"), s: parser.intern("s"),
      t: parser.intern("t"),
      hidden: parser.intern("hidden"), min: parser.intern("min"), max: parser.intern("max"),
      ref: parser.intern("ref"))
  }

  func startElement(_ name: XMLName, namespace: XMLName?, attributes: XMLAttributes, parser: GuardedXML) {
    switch parser.depth {
    case 1: learn(parser)
    case 2:
      section =
        name == names.sheetData
        ? .rows : name == names.columns ? .columns : name == names.merges ? .merges : .other
      if name == names.filter {
        facts.filter = XLSXCells.value(names.ref, of: attributes).map { String(decoding: $0, as: UTF8.self) }
      }
    case 3:
      switch section {
      case .rows where name == names.row: beginRow(attributes, parser)
      case .columns where name == names.column: hide(attributes)
      case .merges where name == names.merge:
        if let range = XLSXCells.value(names.ref, of: attributes).flatMap(CellRange.init) { facts.add(range) }
      default: break
      }
    case 4: if isInRow, name == names.cell { beginCell(attributes, parser) }
    case 5:
      guard isInCell else { return }
      isRun = false
      if name == names.value {
        isCollecting = true
        hasValue = true
      } else if name == names.formula {
        hasFormula = true
      } else if name == names.inline {
        hasValue = true
      }
    case 6:
      guard isInCell, kind == .inline else { return }
      isRun = name == names.run
      isCollecting = name == names.text
    case 7: isCollecting = isInCell && kind == .inline && isRun && name == names.text
    default: isCollecting = false
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>, parser: GuardedXML) {
    guard isCollecting else { return }
    value.append(contentsOf: bytes)
    if value.count > parser.limits.text { parser.stop(.textTooLong(limit: parser.limits.text, element: "c")) }
  }

  func endElement(parser: GuardedXML) {
    isCollecting = false
    switch parser.depth {
    case 2: section = .other
    case 3:
      guard isInRow else { return }
      isInRow = false
      do { try body(row) } catch { parser.stop(throwing: error) }
    case 4:
      guard isInCell else { return }
      isInCell = false
      endCell()
    default: break
    }
  }

  private static func value(_ name: XMLName?, of attributes: XMLAttributes) -> UnsafeBufferPointer<UInt8>? {
    for index in 0..<attributes.count where attributes.name(index) == name { return attributes.value(index) }
    return nil
  }

  private static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var number = 0
    guard bytes.count > 0, bytes.count < 10 else { return nil }
    for byte in bytes {
      let digit = byte &- 0x30
      guard digit < 10 else { return nil }
      number = number * 10 + Int(digit)
    }
    return number
  }

  private static func isTrue(_ bytes: UnsafeBufferPointer<UInt8>?) -> Bool {
    bytes.map { $0.elementsEqual("1".utf8) || $0.elementsEqual("true".utf8) } ?? false
  }

  private func hide(_ attributes: XMLAttributes) {
    guard XLSXCells.isTrue(XLSXCells.value(names.hidden, of: attributes)),
      let from = XLSXCells.value(names.min, of: attributes).flatMap(XLSXCells.number),
      let to = XLSXCells.value(names.max, of: attributes).flatMap(XLSXCells.number), from > 0, to >= from
    else { return }
    facts.hide(columns: (from - 1)...(to - 1))
  }

  private func beginRow(_ attributes: XMLAttributes, _ parser: GuardedXML) {
    var number = lastRow + 1
    if let written = XLSXCells.value(names.r, of: attributes) {
      guard let found = XLSXCells.number(written), found > 0, found <= WorkbookLimits.rows else {
        return parser.stop(
          .badWorkbook("a row has the number \(Quoted.word(String(decoding: written, as: UTF8.self)))"))
      }
      guard found > lastRow else {
        return parser.stop(.badWorkbook("row \(found) comes again behind row \(lastRow)"))
      }
      number = found
    }
    guard number <= WorkbookLimits.rows else {
      return parser.stop(.workbookTooLarge("a sheet has more than \(WorkbookLimits.rows) rows"))
    }
    lastRow = number
    nextColumn = 0
    isInRow = true
    row.begin(number, isHidden: XLSXCells.isTrue(XLSXCells.value(names.hidden, of: attributes)))
  }

  private func beginCell(_ attributes: XMLAttributes, _ parser: GuardedXML) {
    isInCell = true
    hasFormula = false
    hasValue = false
    kind = .number
    style = 0
    column = nextColumn
    value.removeAll(keepingCapacity: true)
    for index in 0..<attributes.count {
      let name = attributes.name(index)
      let bytes = attributes.value(index)
      if name == names.r {
        guard let place = CellReference(bytes), place.row == row.number else {
          return parser.stop(
            .badWorkbook(
              "a cell of row \(row.number) has the place \(Quoted.word(String(decoding: bytes, as: UTF8.self)))"
            ))
        }
        column = place.column - 1
      } else if name == names.s {
        style = XLSXCells.number(bytes) ?? -1
      } else if name == names.t {
        kind = XLSXCells.kind(bytes)
      }
    }
    guard column < WorkbookLimits.columns else {
      return parser.stop(.badWorkbook("row \(row.number) has a cell beyond the column XFD"))
    }
    nextColumn = column + 1
  }

  private static func kind(_ bytes: UnsafeBufferPointer<UInt8>) -> Kind {
    switch bytes.count {
    case 1:
      switch bytes[0] {
      case UInt8(ascii: "s"): return .shared
      case UInt8(ascii: "b"): return .flag
      case UInt8(ascii: "e"): return .error
      case UInt8(ascii: "d"): return .date
      default: return .number
      }
    case 3 where bytes.elementsEqual("str".utf8): return .text
    case 9 where bytes.elementsEqual("inlineStr".utf8): return .inline
    default: return .number
    }
  }

  private func endCell() {
    if hasFormula, !hasValue || value.isEmpty, kind != .text, kind != .inline {
      return row.name(.unreadableCell("the cell has a formula without a stored value"), at: column)
    }
    guard hasValue else { return }
    switch kind {
    case .shared:
      let index = value.withUnsafeBufferPointer(XLSXCells.number) ?? -1
      let isThere: Void? = strings.with(index) { field in
        row.set(column, field: field)
        if CellNumber.isError(field) { nameError(field) }
      }
      if isThere == nil {
        row.set(column, String(decoding: value, as: UTF8.self))
        row.name(
          .unreadableCell(
            "the cell names the shared text \(Quoted.word(String(decoding: value, as: UTF8.self))), and there are "
              + "\(strings.count)"), at: column)
      }
    case .text, .inline:
      EscapedText.unescape(&value)
      value.withUnsafeBufferPointer { bytes in
        row.set(column, text: bytes)
        if CellNumber.isError(bytes) { nameError(bytes) }
      }
    case .flag:
      row.set(column, value.elementsEqual("0".utf8) || value.elementsEqual("false".utf8) ? "FALSE" : "TRUE")
    case .error:
      value.withUnsafeBufferPointer { bytes in
        row.set(column, text: bytes)
        nameError(bytes)
      }
    case .date: row.set(column, CellNumber.moment(iso: String(decoding: value, as: UTF8.self)))
    case .number: endNumber()
    }
  }

  private func nameError(_ bytes: UnsafeBufferPointer<UInt8>) {
    row.name(
      .unreadableCell("the cell shows the error \(String(decoding: bytes, as: UTF8.self))"), at: column)
  }

  private func endNumber() {
    guard style == 0 && styles.isEmpty || styles.indices.contains(style) else {
      row.set(column, String(decoding: value, as: UTF8.self))
      return row.name(
        .unreadableCell("the cell has a number format that the workbook does not have"), at: column)
    }
    let format = styles.isEmpty ? NumberFormat.plain : styles[style]
    if format == .plain {
      let isDone = value.withUnsafeBufferPointer { bytes in
        guard CellNumber.isPlain(bytes) else { return false }
        row.set(column, field: bytes)
        return true
      }
      if isDone { return }
    }
    let text = String(decoding: value, as: UTF8.self)
    if text.trimmed.isEmpty { return }
    do throws(IntakeError) {
      row.set(column, try CellNumber.text(text, format: format, isFrom1904: isFrom1904))
    } catch {
      row.set(column, text)
      row.name(error, at: column)
    }
  }
}
