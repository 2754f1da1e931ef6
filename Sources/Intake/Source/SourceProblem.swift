/// An `IntakeError` at its place in an input file: where, what, and what to do about it.
///
/// A problem that concerns one row is handed to the caller beside the good rows; one that ends the file
/// (`endsTheFile`) is thrown after the rows before it went through.
package struct SourceProblem: Error, Equatable, Sendable {
  package var file: String
  /// Physical line, from 1; nil when the file as a whole is meant.
  package var line: Int?
  /// Character (CSV) or byte (XML) of the line, from 1, where that is known.
  package var position: Int?
  /// Data row, from 1, headings not counted.
  package var row: Int?
  /// Column of the table, from 1, and its heading.
  package var column: Int?
  package var heading: String?
  package var fault: IntakeError
  /// The row as it is in the file, in its own encoding and with its line end, for `--rejects`.
  package var raw: [UInt8]

  package init(
    file: String, line: Int? = nil, position: Int? = nil, row: Int? = nil, column: Int? = nil,
    heading: String? = nil, fault: IntakeError, raw: [UInt8] = []
  ) {
    self.file = file
    self.line = line
    self.position = position
    self.row = row
    self.column = column
    self.heading = heading
    self.fault = fault
    self.raw = raw
  }

  /// Whether there is no such input, or it cannot be read, whatever it holds.
  package var isMissing: Bool {
    switch fault {
    case .cannotOpen, .folder, .readFailed: true
    default: false
    }
  }

  /// What is wrong and what to do, without the place in the file: `row 3, column 2 (E-mail): …`.
  package var message: String {
    var place = ""
    if let row { place = "row \(row)" }
    if let column {
      place += place.isEmpty ? "column \(column)" : ", column \(column)"
      if let heading, !heading.isEmpty { place += " (\(Self.oneLine(heading)))" }
    }
    return place.isEmpty ? fault.message : place + ": " + fault.message
  }

  /// `file:line:position: error: message`, as editors read it.
  package var description: String {
    var place = file
    if let line {
      place += ":\(line)"
      if let position { place += ":\(position)" }
    }
    return place + ": error: " + message
  }

  private static func oneLine(_ text: String) -> String {
    let words = text.split { $0 == "\n" || $0 == "\r" || $0 == "\r\n" || $0 == " " }.joined(separator: " ")
    return words.count > 60 ? words.prefix(59) + "…" : words
  }
}
