import Basics
import Programme

/// Lines below the last row of a table (`Total: 2`, `Confidential`): too short for rows, and told in one note.
struct Footer {
  private var lines: [SourceProblem] = []

  /// Whether the problem may be such a line; then it waits for what follows.
  ///
  /// A line that holds an address, or that breaks off without a line end, may be a person's row that was cut.
  mutating func takes(_ problem: SourceProblem) -> Bool {
    guard case .raggedRow(let expected, let found) = problem.fault, found <= 2, found < expected,
      !problem.raw.contains(UInt8(ascii: "@")), let last = problem.raw.last,
      problem.raw.contains(where: { $0 | 0x20 > 0x60 }),
      last == 0x0A || last == 0x0D || found == 1 && problem.raw.contains(0x20)
    else { return false }
    lines.append(problem)
    return true
  }

  /// What waited and is no footer, for a row follows.
  mutating func interrupted() -> [SourceProblem] {
    defer { lines = [] }
    return lines
  }

  var note: Diagnostic? { Footer.note(lines.map { ($0.line ?? 0, $0.raw) }, file: lines.first?.file ?? "") }

  /// `staff.csv:9: note: 2 lines below the last row left out, the first 'Total: 2'`
  static func note(_ lines: [(line: Int, raw: [UInt8])], file: String) -> Diagnostic? {
    guard let first = lines.first else { return nil }
    let text = String(decoding: first.raw.filter { $0 != 0 }, as: UTF8.self)
    return Diagnostic(
      .note,
      "\(counted(lines.count, "line")) below the last row left out, the first "
        + Quoted.word(text), file: file, line: first.line, code: "footer")
  }
}
