/// One message for people and editors: where, how bad, what is wrong and what to do.
///
/// Its text form is `file:line:column: error: message`; what is not known is left out from the right. Libraries return
/// diagnostics as values; only the tools print them.
package struct Diagnostic: Hashable, Sendable {
  package enum Severity: String, CaseIterable, Hashable, Sendable {
    case error, warning, note
  }

  package var severity: Severity
  package var file: String?
  /// Physical line, from 1.
  package var line: Int?
  /// Column in Unicode scalars, from 1.
  package var column: Int?
  /// The cell of a workbook (`Sheet1!C7`), whose row and column are the line and the column.
  package var cell: String?
  /// A stable short name of the kind of mistake (`ragged-row`, `unknown-key`), for filters.
  package var code: String?
  /// What is wrong, and what to do: lower case, no full stop.
  package var message: String

  package init(
    _ severity: Severity, _ message: String, file: String? = nil, line: Int? = nil, column: Int? = nil,
    code: String? = nil
  ) {
    self.severity = severity
    self.message = message
    self.file = file
    self.line = line
    self.column = column
    self.code = code
  }
}

extension Diagnostic: CustomStringConvertible {
  package var description: String {
    var place = ""
    if let file {
      place = file
      if let cell {
        place += ":\(cell)"
      } else if let line {
        place += ":\(line)"
        if let column { place += ":\(column)" }
      }
      place += ": "
    }
    return "\(place)\(severity.rawValue): \(message)"
  }
}

extension Diagnostic: Comparable {
  /// By file, line and column, so that a run's complaints read from top to bottom.
  package static func < (a: Diagnostic, b: Diagnostic) -> Bool {
    (a.file ?? "", a.line ?? 0, a.column ?? 0, a.severity.rawValue, a.message)
      < (b.file ?? "", b.line ?? 0, b.column ?? 0, b.severity.rawValue, b.message)
  }
}
