package import Basics
package import Programme

/// Writes diagnostics beside the stream, as text for people and editors or as JSON objects, and counts them.
package final class DiagnosticLog {
  package enum Style: String, CaseIterable, Sendable {
    case text, json
  }

  private let output: Output
  package var style: Style
  /// Notes are kept back; errors and warnings are always told.
  package var isQuiet: Bool
  package var names = CommandNames.tools
  package private(set) var errors = 0
  package private(set) var warnings = 0

  package init(_ output: Output, style: Style = .text, isQuiet: Bool = false) {
    self.output = output
    self.style = style
    self.isQuiet = isQuiet
  }

  package func report(_ diagnostic: Diagnostic) {
    switch diagnostic.severity {
    case .error: errors += 1
    case .warning: warnings += 1
    case .note: if isQuiet { return }
    }
    var diagnostic = diagnostic
    diagnostic.message = names.naming(diagnostic.message)
    let line =
      switch style {
      case .text: DiagnosticLog.printable(diagnostic.description)
      case .json: String(decoding: Diagnostic.fields.line(diagnostic), as: UTF8.self)
      }
    // Nothing can be told where standard error itself is gone.
    try? output.write(line + "\n")
    try? output.flush()
  }

  /// A message quotes what stood in the input: control characters would let a file write to the terminal.
  static func printable(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A: result += "\\n"
      case 0x0D: result += "\\r"
      case 0x09: result += "\\t"
      case 0..<0x20, 0x7F..<0xA0: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Diagnostic {
  package static let fields = WrittenTable<Diagnostic>(
    unnamed: "diagnostic", "A message on standard error.", place: "`--diagnostics json`",
    [
      .required(
        "severity", \.severity.rawValue, "how bad it is", shape: .words(Severity.allCases.map(\.rawValue))),
      .required("message", \.message, "what is wrong, and what to do"),
      .optional("file", \.file, "the input"),
      .optional("line", \.line, "the physical line, from 1"),
      .optional("column", \.column, "in letters, from 1"),
      .optional(
        "cell", \.cell, "the cell of a workbook (`Sheet1!C7`), whose row and column are line and column"),
      .optional("code", \.code, "a stable short name of the kind of mistake"),
    ])
}
