import Basics
import Intake
import ToolSupport

/// The preview of a file for a terminal of 80 columns.
struct PreviewScreen {
  static let width = 80

  let file: FilePreview

  var text: String {
    var lines = [PreviewScreen.cut(file.file)]
    for (name, value) in file.summary {
      lines += PreviewScreen.wrapped(value, after: "  " + PreviewScreen.padded(name, 10))
    }
    if !file.fields.isEmpty {
      lines += table(
        ["Field", "Column", "First values"],
        file.fields.map { [$0.name, $0.place, $0.samples.joined(separator: " | ")] }, widths: [15, 27])
    }
    if !file.missing.isEmpty {
      lines += table(
        ["Not found", "Looked for", "Nearest unused heading"],
        file.missing.map { [$0.name, $0.headings.joined(separator: ", "), $0.nearest ?? "–"] },
        widths: [15, 27])
    }
    if !file.unused.isEmpty {
      lines += table(
        file.form == nil ? ["Column", "First value"] : ["Not used", "First value"],
        file.unused.prefix(PreviewScreen.most).map { [$0.label, $0.sample ?? ""] }, widths: [43])
      let rest = file.unused.count - PreviewScreen.most
      if rest > 0 { lines.append("  and \(counted(rest, "more column")): \(PreviewScreen.all)") }
    }
    if !file.rows.isEmpty {
      lines += table(
        ["Row", "Line", "Becomes"], file.rows.map { ["\($0.number)", "\($0.line)", $0.outcome.text] },
        widths: [3, 5])
    }
    let notes = file.messages.filter { $0.severity == .note }
    if !notes.isEmpty { lines += [""] }
    for note in notes.prefix(PreviewScreen.most) {
      lines += PreviewScreen.wrapped(note.message, after: "  note: ")
    }
    if notes.count > PreviewScreen.most {
      lines.append("  and \(counted(notes.count - PreviewScreen.most, "more note")): \(PreviewScreen.all)")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Columns or notes of one kind that a screen has room for.
  private static let most = 8
  private static let all = "--format html shows all"

  /// A table whose last column has the room that the others leave.
  private func table(_ headings: [String], _ rows: [[String]], widths: [Int]) -> [String] {
    let widths = widths.indices.map { index in
      let longest =
        (rows.map { TerminalText.width($0[index]) } + [TerminalText.width(headings[index])]).max() ?? 0
      return min(widths[index], longest)
    }
    let last = PreviewScreen.width - 2 - widths.reduce(0) { $0 + $1 + 2 }
    func line(_ cells: [String]) -> String {
      var line = "  "
      for (index, cell) in cells.enumerated() {
        let isLast = index == cells.count - 1
        let text = PreviewScreen.cut(cell, isLast ? last : widths[index])
        line += isLast ? text : PreviewScreen.padded(text, widths[index]) + "  "
      }
      while line.last == " " { line.removeLast() }
      return line
    }
    return ["", line(headings)] + rows.map(line)
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - TerminalText.width(text)))
  }

  private static func cut(_ text: String, _ width: Int = width) -> String {
    TerminalText.cut(text, to: width)
  }

  private static func wrapped(_ text: String, after prefix: String) -> [String] {
    TerminalText.wrapped(text, after: prefix, to: width)
  }
}
