package import Basics
import Programme

/// A row that did not become a record: where it is, what is wrong with it, and the row itself.
package struct Rejection: Hashable, Sendable {
  package var file: String
  /// Physical line, from 1.
  package var line: Int
  /// Character (fixed width) or byte (XML) of the line, from 1, where that is known.
  package var position: Int?
  /// Data row, from 1; headings and blank lines not counted.
  package var row: Int
  /// Column from 1, and its heading.
  package var column: Int?
  package var heading: String?
  /// The kind of mistake, stable, for filters (`unknown-role`).
  package var code: String
  /// What is wrong and what to do.
  package var fault: String
  /// The row word for word, in the file's own encoding.
  package var raw: [UInt8]
  /// Whether it is a row of a workbook's sheet, where the cell says all of the place.
  package var isInSheet = false

  package init(
    file: String, line: Int, row: Int, column: Int? = nil, heading: String? = nil, code: String,
    fault: String, raw: [UInt8]
  ) {
    self.file = file
    self.line = line
    self.row = row
    self.column = column
    self.heading = heading
    self.code = code
    self.fault = fault
    self.raw = raw
  }

  /// What the readers found wrong, in the same shape.
  package init(_ problem: SourceProblem) {
    self.init(
      file: problem.file, line: problem.line ?? 0, row: problem.row ?? 0, column: problem.column,
      heading: problem.heading, code: problem.fault.code, fault: problem.fault.message, raw: problem.raw)
    position = problem.position
  }

  /// `answers.csv:14: error: row 12, column 3 (Rolle): unknown role 'Mentorr' …`
  package var diagnostic: Diagnostic { diagnostic(of: row > 0 ? "row \(row)" : "") }

  /// The message with other words for the row.
  func diagnostic(of rows: String) -> Diagnostic {
    Diagnostic(
      .error, Rejection.place(rows, column: column, heading: heading, isInSheet: isInSheet) + fault,
      file: file,
      line: line > 0 ? line : nil, column: isInSheet ? column : position, code: code)
  }

  /// `row 12, column 3 (Rolle): `; of one row of a sheet, whose cell is named before, the heading alone.
  static func place(_ rows: String, column: Int?, heading: String?, isInSheet: Bool) -> String {
    let title = heading.map { Quoted.short($0, 60) } ?? ""
    if isInSheet {
      let place = rows.hasPrefix("row ") ? [title] : [rows, title]
      return place.filter { !$0.isEmpty }.map { "\($0): " }.joined()
    }
    var place = rows
    if let column {
      place += place.isEmpty ? "column \(column)" : ", column \(column)"
      if !title.isEmpty { place += " (\(title))" }
    }
    return place.isEmpty ? "" : "\(place): "
  }
}

/// Words of an input inside a message.
enum Quoted {
  /// One line, cut to a readable length.
  static func short(_ text: String, _ limit: Int) -> String {
    let flat = Headings.flattened(text)
    return flat.count > limit ? flat.prefix(limit - 1) + "…" : flat
  }

  /// A heading, which may be a whole question.
  static func heading(_ text: String) -> String { "'\(short(text, 80))'" }

  /// `'kunstliche Inteligenz'`
  static func word(_ text: String) -> String { "'\(short(text, 40))'" }
}
