import Basics
import Programme

/// Tells the same cause once: rows that are rejected with the same words in one column of one file are one message, which counts
/// them and names the first lines.
struct RepeatedRejections {
  private struct Cause: Hashable {
    var file: String
    var column: Int?
    var fault: String
  }

  /// Causes told apart; a file in which every row has words of its own must not fill the memory.
  private static let most = 10_000
  private static let examples = 3
  private var causes: [Cause: (count: Int, first: [Rejection], lastLine: Int)] = [:]

  /// Returns the rejection's own message where there is no room to wait for more of its kind.
  mutating func add(_ rejection: Rejection) -> Diagnostic? {
    let cause = Cause(file: rejection.file, column: rejection.column, fault: rejection.fault)
    guard var known = causes[cause] else {
      guard causes.count < Self.most else { return rejection.diagnostic }
      causes[cause] = (1, [RepeatedRejections.withoutRow(rejection)], rejection.line)
      return nil
    }
    known.count += 1
    known.lastLine = rejection.line
    if known.count <= Self.examples { known.first.append(RepeatedRejections.withoutRow(rejection)) }
    causes[cause] = known
    return nil
  }

  private static func withoutRow(_ rejection: Rejection) -> Rejection {
    var rejection = rejection
    rejection.raw = []
    return rejection
  }

  /// The messages of all causes since the last call, in the order of the files.
  ///
  /// `staff.csv:2: error: 300 rows (lines 2, 3, 4 … 301), column 5 (Site): unknown site 'Brno-town': …`
  mutating func flush() -> [Diagnostic] {
    defer { causes = [:] }
    let told = causes.values.flatMap { count, first, lastLine -> [(Rejection, rows: String?)] in
      if count <= Self.examples { return first.map { ($0, nil) } }
      let lines = first.map { String($0.line) }.joined(separator: ", ")
      return first.prefix(1).map { first in
        (first, "\(count) rows (\(first.isInSheet ? "" : "lines ")\(lines) … \(lastLine))")
      }
    }
    return told.sorted { left, right in
      let (a, b) = (left.0, right.0)
      return (a.file, a.line, a.row, a.column ?? 0, a.fault) < (b.file, b.line, b.row, b.column ?? 0, b.fault)
    }.map { rejection, rows in rows.map { rejection.diagnostic(of: $0) } ?? rejection.diagnostic }
  }
}
