import Basics
import Programme
import Regions

/// Finds the table of a workbook: the sheet and the heading row of which a form knows most columns.
struct SheetSearch {
  private let workbook: Workbook
  private let regions: [Region]
  private let wishes: FormWishes
  private let outlines: [SheetOutline]

  private struct Found {
    var sheet: Int
    var layout: SheetLayout
    var columns: Int
    var form: String
  }

  /// Rows within which the headings are looked for.
  private static let rows = 30

  init(_ workbook: Workbook, regions: [Region], wishes: FormWishes) throws(IntakeError) {
    self.workbook = workbook
    self.regions = regions
    self.wishes = wishes
    outlines = try workbook.outlines()
  }

  /// The table as an input of its own, and what else is to be known of the workbook.
  func table() throws(IntakeError) -> (source: ByteSource, notes: [Diagnostic]) {
    let names = outlines.map(\.name.text)
    var wanted = Array(outlines.indices.filter { !outlines[$0].name.isHidden && !outlines[$0].rows.isEmpty })
    if let sheet = wishes.sheet {
      guard let index = SheetSearch.index(of: sheet, among: names) else {
        throw .noSheet(sheet, known: names)
      }
      guard !outlines[index].rows.isEmpty else {
        throw .noTable("the sheet \(Quoted.word(names[index])) is empty")
      }
      wanted = [index]
    }
    guard !wanted.isEmpty else {
      let hidden = outlines.filter { $0.name.isHidden && !$0.rows.isEmpty }.map(\.name.text)
      throw .noTable(
        hidden.isEmpty
          ? "the workbook has no sheet with cells"
          : "the only \(hidden.count == 1 ? "sheet" : "sheets") with cells \(SheetSearch.list(hidden)) "
            + "\(hidden.count == 1 ? "is" : "are") hidden: name one with --sheet")
    }
    var found: [Found] = []
    var faults: [(sheet: Int, fault: IntakeError, isGrave: Bool)] = []
    for sheet in wanted {
      let tried = try search(sheet)
      if let best = tried.found { found.append(best) }
      if let fault = tried.fault { faults.append((sheet, fault, tried.isGrave)) }
    }
    // A sheet that would be read but for a lost consent must not give way to one that asks for none.
    if let grave = faults.first(where: \.isGrave) { throw placed(grave.sheet, grave.fault, of: wanted) }
    guard let best = found.max(by: { $0.columns < $1.columns }) else {
      guard let first = faults.first else { throw .noTable("the workbook has no sheet with headings") }
      throw placed(first.sheet, first.fault, of: wanted)
    }
    let equal = found.filter { $0.columns == best.columns }
    guard equal.count == 1, let chosen = equal.first else {
      throw .ambiguousSheet(equal.map { names[$0.sheet] })
    }
    let table = SheetTable(
      workbook, sheet: chosen.sheet, named: names[chosen.sheet], of: outlines.count, chosen.layout)
    return (try ByteSource(table: table), notes(chosen, others: found.filter { $0.sheet != chosen.sheet }))
  }

  private func placed(_ sheet: Int, _ fault: IntakeError, of wanted: [Int]) -> IntakeError {
    outlines.count == 1 ? fault : .inSheet(outlines[sheet].name.text, fault, others: wanted.count - 1)
  }

  private static func list(_ names: [String]) -> String {
    let some = names.prefix(8).map { Quoted.word($0) }
    return Phrases.list(Array(some)) + (names.count > 8 ? " …" : "")
  }

  static func index(of name: String, among names: [String]) -> Int? {
    names.firstIndex(of: name) ?? names.firstIndex { WordKey($0).strict == WordKey(name).strict }
  }

  private func notes(_ chosen: Found, others: [Found]) -> [Diagnostic] {
    var notes: [Diagnostic] = []
    func tell(_ severity: Diagnostic.Severity, _ text: String, _ code: String) {
      notes.append(Diagnostic(severity, text, file: workbook.name, code: code))
    }
    for remark in workbook.remarks { tell(.note, remark, "workbook") }
    for other in others {
      tell(
        .warning,
        "the sheet \(Quoted.word(outlines[other.sheet].name.text)) is not read, though the form \(other.form) knows "
          + "\(other.columns) of its columns: read it with --sheet, in a run of its own", "other-sheet")
    }
    let rest = outlines.indices.filter { index in
      index != chosen.sheet && !others.contains { $0.sheet == index } && !outlines[index].rows.isEmpty
    }
    let hidden = rest.filter { outlines[$0].name.isHidden }.map { outlines[$0].name.text }
    let plain = rest.filter { !outlines[$0].name.isHidden }.map { outlines[$0].name.text }
    if !plain.isEmpty, wishes.sheet == nil {
      tell(.note, "no form knows the headings of \(SheetSearch.list(plain)): not read", "other-sheet")
    }
    if !hidden.isEmpty { tell(.note, "\(SheetSearch.list(hidden)) hidden, not read", "hidden-sheet") }
    let above = outlines[chosen.sheet].rows.filter { $0.number < chosen.layout.firstRow }
    if let first = above.first {
      let text = first.fields.first { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) } ?? ""
      tell(
        .note,
        "the headings are in row \(chosen.layout.firstRow); \(above.count == 1 ? "1 row" : "\(above.count) rows") "
          + "above left out, the first \(Quoted.word(text))", "title-rows")
    }
    return notes
  }

  /// The row of the sheet by which a form knows most columns; the first of equals.
  private func search(
    _ sheet: Int
  ) throws(IntakeError) -> (found: Found?, fault: IntakeError?, isGrave: Bool) {
    let rows = outlines[sheet].rows
    var best: Found?
    var first: IntakeError?
    var grave: IntakeError?
    var merges: [CellRange]?
    let most = rows.prefix(SheetSearch.rows).map { row in row.fields.count { !$0.isEmpty } }.max() ?? 0
    for (index, row) in rows.prefix(SheetSearch.rows).enumerated() {
      // A title is alone in its row; a table has at least two columns, unless the sheet has but one.
      let filled = row.fields.count { !$0.isEmpty }
      guard filled > 1 || most < 2 else { continue }
      var layout = SheetLayout(firstRow: row.number)
      layout.width = rows[index...].prefix(3).map(\.fields.count).max() ?? 1
      if extends(rows, index, layout.width) {
        if merges == nil { merges = try workbook.merges(sheet) }
        layout.fills[row.number] = fills(rows, index, layout.width, merges ?? [])
      }
      let table = SheetTable(
        workbook, sheet: sheet, named: outlines[sheet].name.text, of: outlines.count, layout)
      let trial = ByteSource(table: table, piece: piece(rows[index...], layout))
      do throws(IntakeError) {
        let read = try Sheet(trial, regions: regions, wishes: wishes)
        guard let binding = read.matches.first?.binding else { continue }
        if binding.boundColumns > best?.columns ?? 0 {
          best = Found(sheet: sheet, layout: layout, columns: binding.boundColumns, form: binding.form.name)
        }
      } catch {
        switch error {
        case .missingConsent: grave = grave ?? error
        case .unknownForm, .noFormat: throw error
        default: break
        }
        first = first ?? error
      }
    }
    if let best { return (best, nil, false) }
    return (nil, grave ?? first, grave != nil)
  }

  /// Whether a heading is missing below a cell of an earlier row: a merged cell may reach down to it.
  private func extends(_ rows: [SheetOutline.Row], _ index: Int, _ width: Int) -> Bool {
    (0..<width).contains { column in
      func has(_ row: SheetOutline.Row) -> Bool { column < row.fields.count && !row.fields[column].isEmpty }
      return !has(rows[index]) && rows[..<index].contains(where: has)
    }
  }

  private func fills(
    _ rows: [SheetOutline.Row], _ index: Int, _ width: Int, _ merges: [CellRange]
  ) -> [Int: [UInt8]] {
    var fills: [Int: [UInt8]] = [:]
    let number = rows[index].number
    for merge in merges where merge.first.row < number && merge.last.row >= number {
      guard let anchor = rows[..<index].first(where: { $0.number == merge.first.row }),
        merge.first.column <= width, merge.first.column <= anchor.fields.count
      else { continue }
      let text = anchor.fields[merge.first.column - 1]
      if !text.isEmpty { fills[merge.first.column - 1] = text }
    }
    return fills
  }

  private func piece(_ rows: ArraySlice<SheetOutline.Row>, _ layout: SheetLayout) -> [UInt8] {
    var piece = SheetText.mark
    for row in rows {
      for column in 0..<layout.width {
        if column > 0 { piece.append(0x2C) }
        let field = column < row.fields.count ? row.fields[column] : []
        piece += field.isEmpty ? layout.fills[row.number]?[column] ?? [] : field
      }
      piece.append(0x0A)
    }
    return piece
  }
}
