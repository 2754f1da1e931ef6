package import Basics
import Programme

/// Writes diagnostics beside the stream, as text for people and editors or as JSON objects, and counts them.
package final class DiagnosticLog {
  package enum Style: String, CaseIterable, Sendable {
    case text, json
  }

  private let output: Output
  package var style: Style
  /// Notes are kept back; errors and warnings are always told.
  package var isQuiet: Bool
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
    let line =
      switch style {
      case .text: DiagnosticLog.printable(diagnostic.description)
      case .json: DiagnosticLog.json(diagnostic)
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

  private static func json(_ diagnostic: Diagnostic) -> String {
    var members: [String: JSONValue] = [
      "message": .string(diagnostic.message), "severity": .string(diagnostic.severity.rawValue),
    ]
    members["file"] = diagnostic.file.map { .string($0) }
    members["line"] = diagnostic.line.map { .integer($0) }
    members["column"] = diagnostic.column.map { .integer($0) }
    members["cell"] = diagnostic.cell.map { .string($0) }
    members["code"] = diagnostic.code.map { .string($0) }
    return String(decoding: JSONValue.object(members).line, as: UTF8.self)
  }
}
