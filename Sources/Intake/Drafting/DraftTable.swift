import Basics
import Programme
import Regions

/// An export of which nothing is known: its table, found by where its headings seem to be.
struct DraftTable {
  struct Column {
    /// The heading, the code or the element path by which a form names it.
    var name: String
    /// All that its headings say: code and wording.
    var headings: [String]
    /// Of a column for one choice: the question, as one name that a form may use for all of them, and the choice.
    var question: String?
    var choice: String?
    /// Cells of the first rows, trimmed; empty ones too.
    var cells: [String] = []

    var filled: [String] { cells.filter { !$0.isEmpty } }
  }

  let source: ByteSource
  let format: Form.Format
  private(set) var columns: [Column]
  /// Stated where they are more than one.
  let headingRows: Int
  /// XML: the path of a row.
  private(set) var rowPath: String?

  /// Rows that are looked at.
  static let mostRows = 2000
  /// Rows above the headings, at most.
  private static let mostTitles = 30

  /// - Parameter known: how well a word is known as a heading, 0 to 100.
  init(
    _ source: ByteSource, _ wishes: FormWishes, languages: [String], known: (String) -> Int
  ) throws(IntakeError) {
    if let workbook = source.workbook {
      let found = try DraftTable.table(of: workbook, sheet: wishes.sheet, known: known)
      try self.init(delimited: found, wishes, languages: languages, known: known)
    } else if source.kind == .xml {
      try self.init(xml: source)
    } else {
      try self.init(delimited: source, wishes, languages: languages, known: known)
    }
  }

  // MARK: - Delimited text

  private init(
    delimited source: ByteSource, _ wishes: FormWishes, languages: [String], known: (String) -> Int
  ) throws(IntakeError) {
    var overrides = CSVDialect.Overrides(
      encoding: wishes.encoding, delimiter: wishes.delimiter, languages: languages)
    if source.table != nil {
      overrides.encoding = .utf8
      overrides.delimiter = UInt8(ascii: ",")
      overrides.quote = .some(UInt8(ascii: "\""))
    }
    var dialect = CSVDialect.found(in: source.firstPiece, isWhole: source.isWhole, overrides: overrides)
    dialect.rowsAreLines = source.table != nil
    var probe = dialect
    probe.headingRows = DraftTable.mostTitles + 4
    let rows = CSVHead(of: source.firstPiece, isWhole: source.isWhole, name: source.name, probe).headings
    // Heading rows that are stated begin the file.
    guard let first = wishes.headingRows == nil ? DraftTable.headingRow(rows, known: known) : 0,
      first < rows.count
    else { throw .noTable("no row has two cells") }
    let count = max(
      1, min(wishes.headingRows ?? CSVDialect.headingRows(Array(rows[first...])), rows.count - first))
    dialect.headingRows = first + count
    let headings = Headings(rows: Array(rows[first..<(first + count)]))
    self.source = source
    format = .csv
    headingRows = count
    var seen: [String: Int] = [:]
    columns = (0..<headings.count).map { index in
      let names = rows[first..<(first + count)].map {
        index < $0.count ? Headings.flattened($0[index]) : ""
      }
      let title = headings.title(index)
      seen[title, default: 0] += 1
      let part = headings.part(index) ?? DraftTable.part(names)
      return Column(
        name: title, headings: names.filter { !$0.isEmpty && !$0.hasPrefix("{\"ImportId\"") },
        question: part?.question, choice: part?.choice)
    }
    // Columns of one heading cannot be told apart by it.
    for index in columns.indices {
      let name = columns[index].name
      let isDoubled = seen[name] ?? 0 > 1 && columns[index].question == nil
      if isDoubled || FormDraft.printable(name).trimmed.isEmpty { columns[index].name = "" }
      if columns[index].question.map({ FormDraft.printable($0).trimmed.isEmpty }) ?? false {
        (columns[index].question, columns[index].choice) = (nil, nil)
      }
    }
    read(dialect)
  }

  private mutating func read(_ dialect: CSVDialect) {
    var cells: [[String]] = columns.map { _ in [] }
    var count = 0
    source.forEachRow(dialect) { row in
      guard count < DraftTable.mostRows, !row.isBlank else { return }
      count += 1
      for index in cells.indices { cells[index].append((row.string(index) ?? "").trimmed) }
    }
    for index in columns.indices { columns[index].cells = cells[index] }
  }

  /// The row that looks most like headings: known words, texts and no values, and as wide as what is below it.
  private static func headingRow(_ rows: [[String]], known: (String) -> Int) -> Int? {
    var best: (row: Int, score: Int)?
    let most = rows.map { $0.count { !$0.trimmed.isEmpty } }.max() ?? 0
    for (index, row) in rows.prefix(mostTitles + 1).enumerated() {
      let cells = row.map { Headings.flattened($0) }.filter { !$0.isEmpty }
      guard cells.count > 1 || most == 1 && !cells.isEmpty else { continue }
      var score = cells.count * 10 - (most - cells.count) * 10 - index
      for cell in cells {
        score += known(cell) / 2
        if cell.contains("@") || Double(cell) != nil || cell.count > 6 && TimeText.isTime(cell) {
          score -= 40
        }
      }
      score -= (cells.count - Set(cells).count) * 5
      if best.map({ score > $0.score }) ?? true { best = (index, score) }
    }
    return best?.row ?? (rows.contains { !$0.isEmpty } ? 0 : nil)
  }

  /// The question and the choice of a heading such as `learn___1`, `What? (choice=Excel)` or `Q5_3`.
  private static func part(_ names: [String]) -> (question: String, choice: String)? {
    for name in names {
      if let found = name.wholeMatch(of: /(.+?) ?\(choice=(.+)\)/) {
        return (String(found.1), String(found.2))
      }
      if let found = name.wholeMatch(of: /(\w+?)___(\w+)/) { return (String(found.1), String(found.2)) }
    }
    // The code has a number, and the wording below it the choice: `Q5_3`, `What? - Selected Choice - Excel`.
    if names.count > 1, let code = names.first?.wholeMatch(of: /(\w+?)_(\d+)/),
      let choice = names[1].split(separator: " - ").last, names[1].contains(" - ")
    {
      return (String(code.1), String(choice))
    }
    if let code = names.first?.wholeMatch(of: /([A-Za-z]+\d*[A-Za-z]*)_(\d+)/) {
      return (String(code.1), String(code.2))
    }
    return nil
  }

  // MARK: - Workbooks

  private static func table(
    of workbook: Workbook, sheet: String?, known: (String) -> Int
  ) throws(IntakeError) -> ByteSource {
    let outlines = try workbook.outlines()
    var wanted = outlines.indices.filter { !outlines[$0].name.isHidden && !outlines[$0].rows.isEmpty }
    if let sheet {
      let names = outlines.map(\.name.text)
      guard let index = SheetSearch.index(of: sheet, among: names) else {
        throw .noSheet(sheet, known: names)
      }
      wanted = [index]
    }
    func rows(_ sheet: Int) -> [[String]] {
      outlines[sheet].rows.map { row in row.fields.map { DraftTable.unquoted($0) } }
    }
    func measure(_ sheet: Int) -> Int {
      let rows = rows(sheet)
      guard let row = headingRow(rows, known: known) else { return -1 }
      return rows[row].reduce(0) { $0 + known(Headings.flattened($1)) } * 100 + rows.count
    }
    guard let best = wanted.max(by: { measure($0) < measure($1) }),
      let row = headingRow(rows(best), known: known)
    else { throw .noTable("the workbook has no sheet with cells") }
    let own = outlines[best].rows
    let layout = SheetLayout(
      firstRow: own[row].number, width: own[row...].prefix(3).map(\.fields.count).max() ?? 1)
    return try ByteSource(
      table: SheetTable(workbook, sheet: best, named: outlines[best].name.text, of: outlines.count, layout))
  }

  /// The text of a field of delimited text.
  private static func unquoted(_ field: [UInt8]) -> String {
    let text = String(decoding: field, as: UTF8.self)
    guard text.hasPrefix("\""), text.hasSuffix("\""), text.utf8.count > 1 else { return text }
    return String(text.dropFirst().dropLast()).replacing("\"\"", with: "\"")
  }

  // MARK: - XML

  private init(xml source: ByteSource) throws(IntakeError) {
    let outline: XMLStructure
    do {
      outline = try XMLStructure.found(in: source.firstPiece, isWhole: source.isWhole, name: source.name)
    } catch {
      throw (error as? SourceProblem)?.fault ?? .readFailed("\(error)")
    }
    guard let row = outline.rowPath, outline.root != "sss" else {
      throw .noTable(
        outline.root == "sss"
          ? "this is a triple-s definition: the shipped form triple-s reads it, so name your variables in one that says "
            + "`use: triple-s`"
          : "no element repeats, so that there are no rows: export at least two answers")
    }
    self.source = source
    format = .xml
    headingRows = 1
    rowPath = row
    let paths = outline.fields.filter { !$0.split(separator: "/").contains { $0.contains(":") } }.prefix(500)
    columns = paths.map { path in
      let leaf = path.split(separator: "/").last.map(String.init) ?? path
      let words = leaf.replacing("_", with: " ").replacing("@", with: "").trimmed
      return Column(name: path, headings: [words, path])
    }
    try readXML(row, Array(paths))
  }

  private struct Enough: Error {}

  private mutating func readXML(_ row: String, _ paths: [String]) throws(IntakeError) {
    guard !paths.isEmpty else { return }
    let reader = XMLReader(name: source.name, shape: try RowShape(row: row, fields: paths))
    var cells: [[String]] = paths.map { _ in [] }
    var count = 0
    try? source.firstPiece.withUnsafeBufferPointer {
      try reader.feed($0) { row in
        guard count < DraftTable.mostRows else { throw Enough() }
        count += 1
        for index in cells.indices { cells[index].append((row.string(index) ?? "").trimmed) }
      }
    }
    for index in columns.indices { columns[index].cells = cells[index] }
  }
}
