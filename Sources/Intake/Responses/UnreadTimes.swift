import Basics

/// Times of answers that cannot be read: by them nobody knows which of two answers of one person is later.
package struct UnreadTimes: Sendable {
  private var count = 0
  private var first = ""

  mutating func add(_ text: String) {
    if count == 0 { first = text }
    count += 1
  }

  mutating func add(_ others: UnreadTimes) {
    if count == 0 { first = others.first }
    count += others.count
  }

  /// `midterm.csv: warning: 'soon' and 2 more cannot be read as a time: …`
  func warning(file: String) -> Diagnostic? {
    guard count > 0 else { return nil }
    let others = count > 1 ? " and \(count - 1) more" : ""
    return Diagnostic(
      .warning,
      "\(Quoted.word(first))\(others) cannot be read as a time, by which the later of two answers counts: say in the form's "
        + "`time-format` how times are written", file: file, code: "unknown-time")
  }
}
