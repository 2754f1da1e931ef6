/// A sheet as the workbook names it.
struct SheetName: Hashable, Sendable {
  var text: String
  var isHidden = false
}

/// What a kind of workbook offers: its sheets, and their rows as a stream.
protocol SheetSource: AnyObject {
  /// `Excel workbook`
  var kind: String { get }
  /// What a reader should know of the workbook as a whole: `its macros are not run`.
  var remarks: [String] { get }
  /// All sheets with their first rows, in the workbook's order.
  func outlines() throws -> [SheetOutline]
  /// Hands out the rows of a sheet in the order of their numbers; throws what the body throws.
  func read(_ sheet: Int, _ body: SheetRowBody) throws -> SheetFacts
  /// The merged cells of a sheet.
  func merges(_ sheet: Int) throws -> [CellRange]
}

/// The beginning of a sheet, to find the table in it by.
struct SheetOutline {
  /// Thrown by a reader's body when the beginning has been read.
  struct Enough: Error {}

  struct Row {
    var number: Int
    var fields: [[UInt8]]
  }

  static let mostRows = 60

  var name: SheetName
  var facts = SheetFacts()
  private(set) var rows: [Row] = []

  init(name: SheetName) { self.name = name }

  /// Keeps a row that is not empty; false when there are enough.
  mutating func add(_ row: SheetRow) -> Bool {
    if row.width > 0 {
      rows.append(Row(number: row.number, fields: (0..<row.width).map { Array(row.field($0)) }))
    }
    return rows.count < SheetOutline.mostRows
  }
}

/// What a reader that meets all sheets of a workbook one after another, or one within another, hands them to.
struct SheetEvents {
  var begin: (_ name: String) throws -> Void
  var row: (_ sheet: Int, SheetRow) throws -> Void
  var end: (_ sheet: Int, SheetFacts, _ name: String?) throws -> Void
}

/// A workbook that is one document with all sheets in it.
class SheetDocument: SheetSource {
  var kind: String { "workbook" }
  var remarks: [String] { [] }
  private var known: [SheetOutline]?

  /// Reads the whole document. What is wrong with it ends the reading.
  func parse(_ events: SheetEvents) throws {}

  final func outlines() throws -> [SheetOutline] {
    if let known { return known }
    var outlines: [SheetOutline] = []
    try parse(
      SheetEvents { name in
        outlines.append(SheetOutline(name: SheetName(text: name)))
      } row: { sheet, row in
        _ = outlines[sheet].rows.count < SheetOutline.mostRows && outlines[sheet].add(row)
      } end: { sheet, facts, name in
        outlines[sheet].facts = facts
        outlines[sheet].name.isHidden = facts.isHidden
        if let name { outlines[sheet].name.text = name }
      })
    known = outlines
    return outlines
  }

  final func read(_ sheet: Int, _ body: SheetRowBody) throws -> SheetFacts {
    var found = SheetFacts()
    try withoutActuallyEscaping(body) { body in
      do {
        try parse(
          SheetEvents { _ in
          } row: { index, row in
            if index == sheet { try body(row) }
          } end: { index, facts, _ in
            guard index == sheet else { return }
            found = facts
            throw SheetOutline.Enough()
          })
      } catch is SheetOutline.Enough {}
    }
    return found
  }

  final func merges(_ sheet: Int) throws -> [CellRange] { try outlines()[sheet].facts.merges }
}
