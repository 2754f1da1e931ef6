import Basics

/// A workbook that was opened: its sheets, and one of them at a time as delimited text.
package final class Workbook {
  let name: String
  private let source: any SheetSource
  /// The sheets with their first rows, read once.
  private var known: [SheetOutline]?

  /// - Throws: `IntakeError` where it is no workbook that can be read, and what it is instead.
  init(_ bytes: SheetBytes, _ kind: WorkbookKind) throws(IntakeError) {
    name = bytes.name
    do {
      switch kind {
      case .compound: throw CompoundFile.fault(bytes)
      case .archive: source = try Workbook.source(ZipArchive(descriptor: bytes.descriptor))
      case .spreadsheetXML: source = SpreadsheetXMLWorkbook(bytes)
      case .flatODS: source = ODSWorkbook(flat: bytes)
      case .html: source = HTMLWorkbook(bytes)
      }
    } catch {
      throw Workbook.fault(error)
    }
  }

  private static func source(_ archive: ZipArchive) throws -> any SheetSource {
    if archive.entry(named: "content.xml") != nil,
      archive.entry(named: "mimetype") != nil
        || archive.entry(named: "META-INF/manifest.xml") != nil
    {
      var type: [UInt8] = []
      if let entry = archive.entry(named: "mimetype") { try archive.read(entry, limit: 1024) { type += $0 } }
      let text = String(decoding: type, as: UTF8.self)
      guard text.isEmpty || text.contains("spreadsheet") else {
        throw IntakeError.notATable(
          "an OpenDocument file (\(text))", advice: "save its table as .ods, .xlsx or CSV")
      }
      return try ODSWorkbook(archive)
    }
    let isExcel =
      archive.entry(named: "xl/workbook.xml") != nil
      || archive.entry(named: "[Content_Types].xml") != nil && archive.entry(named: "xl/workbook.bin") == nil
        && archive.entry(named: "word/document.xml") == nil
        && archive.entry(named: "ppt/presentation.xml") == nil
    guard isExcel else { throw ForeignArchive.fault(archive) }
    return try XLSXWorkbook(archive)
  }

  /// Any error of a reader as one without a place: places within a workbook's parts mean nothing to people.
  private static func fault(_ error: any Error) -> IntakeError {
    switch error {
    case let error as IntakeError: error
    case let problem as SourceProblem: problem.fault
    default: .readFailed("\(error)")
    }
  }

  var kind: String { source.kind }
  var remarks: [String] { source.remarks }

  func outlines() throws(IntakeError) -> [SheetOutline] {
    if let known { return known }
    do {
      let outlines = try source.outlines()
      known = outlines
      return outlines
    } catch {
      throw Workbook.fault(error)
    }
  }

  func read(_ sheet: Int, _ body: SheetRowBody) throws -> SheetFacts {
    do {
      return try source.read(sheet, body)
    } catch let error as IntakeError {
      throw SourceProblem(file: name, fault: error)
    }
  }

  /// The first sheet as it is, from its first row on: to measure reading by.
  package func firstTable() throws(IntakeError) -> SheetTable {
    let outlines = try outlines()
    guard let first = outlines.first, let row = first.rows.first else {
      throw .noTable("the first sheet is empty")
    }
    return SheetTable(
      self, sheet: 0, named: first.name.text, of: outlines.count,
      SheetLayout(firstRow: row.number, width: first.rows.map(\.fields.count).max() ?? 1))
  }

  func merges(_ sheet: Int) throws(IntakeError) -> [CellRange] {
    do { return try source.merges(sheet) } catch { throw Workbook.fault(error) }
  }
}

/// One sheet of a workbook as delimited text, and what was found beside the text.
package final class SheetTable {
  let workbook: Workbook
  let sheet: Int
  let name: String
  private let layout: SheetLayout
  private var text: SheetText
  /// Sheets of the workbook.
  let count: Int

  private struct Enough: Error {}

  init(_ workbook: Workbook, sheet: Int, named name: String, of count: Int, _ layout: SheetLayout) {
    self.workbook = workbook
    self.sheet = sheet
    self.name = name
    self.count = count
    self.layout = layout
    text = SheetText(layout)
  }

  var firstRow: Int { layout.firstRow }

  /// Hands out all of the text, from the start at each call; each piece is valid during its call alone.
  func forEachPiece(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
    text = SheetText(layout)
    let facts = try workbook.read(sheet) { row in
      text.add(row)
      if text.text.count >= ByteSource.pieceSize { try handOut(to: body) }
    }
    text.finish(facts)
    try handOut(to: body)
  }

  /// The body may ask for faults meanwhile: what it reads is no part of this object then.
  private func handOut(to body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
    var piece: [UInt8] = []
    swap(&piece, &text.text)
    try piece.withUnsafeBufferPointer(body)
    piece.removeAll(keepingCapacity: true)
    swap(&piece, &text.text)
  }

  /// The first piece, and whether it is all.
  func head() throws(IntakeError) -> (piece: [UInt8], isWhole: Bool) {
    var piece: [UInt8] = []
    do {
      try forEachPiece {
        piece += $0
        if piece.count >= ByteSource.pieceSize { throw Enough() }
      }
      return (piece, true)
    } catch is Enough {
      return (piece, false)
    } catch let problem as SourceProblem {
      // What is wrong further down is told when the rows are read.
      if piece.isEmpty { throw problem.fault }
      return (piece, false)
    } catch {
      throw .readFailed("\(error)")
    }
  }

  /// The first cell of the row whose value cannot be known and that one of the columns asks for.
  func fault(row: Int, among columns: Set<Int>) -> (column: Int, fault: IntakeError)? {
    let faults = text.takeFaults(row: row)
    let asked = faults.filter { columns.contains($0.column) }
    text.noteUnreadable(faults.count - asked.count)
    return asked.min { $0.column < $1.column }
  }

  /// `Excel workbook, sheet 'Staff' of 3, headings in row 4`
  func summary(headingRows: Int) -> String {
    let rows =
      headingRows == 0
      ? "no heading row"
      : headingRows == 1
        ? "headings in row \(firstRow)" : "headings in \(headingRows) rows from row \(firstRow)"
    return "\(workbook.kind), sheet \(Quoted.word(name))\(count > 1 ? " of \(count)" : ""), \(rows)"
  }

  /// What was found beside the table, once it was read.
  func diagnostics(headingRows: Int, titles: [String]) -> [Diagnostic] {
    text.account.diagnostics(
      file: workbook.name, headingRows: firstRow...(firstRow + max(0, headingRows - 1)), titles: titles)
  }
}

/// Knows of each input that is a sheet its name, so that messages can name cells.
final class SheetCells {
  private var names: [String: String] = [:]

  func add(_ sheet: Sheet) { names[sheet.name] = sheet.source.table?.name }

  func located(_ diagnostic: Diagnostic) -> Diagnostic {
    guard let file = diagnostic.file, let line = diagnostic.line, let sheet = names[file] else {
      return diagnostic
    }
    var located = diagnostic
    located.cell = CellReference(row: line, column: diagnostic.column ?? 1).text(in: sheet)
    return located
  }
}
