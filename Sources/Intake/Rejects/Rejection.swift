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
    var place = rows
    if let column {
      place += place.isEmpty ? "column \(column)" : ", column \(column)"
      if let heading, !heading.isEmpty { place += " (\(Quoted.short(heading, 60)))" }
    }
    return Diagnostic(
      .error, place.isEmpty ? fault : "\(place): \(fault)", file: file, line: line > 0 ? line : nil,
      column: position,
      code: code)
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
