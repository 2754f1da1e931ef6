import Basics
import Programme

/// Tells the same cause once: of rows that are rejected with the same words in one column of one file the first three are
/// named, and the others are counted.
struct RepeatedRejections {
  private struct Cause: Hashable {
    var file: String
    var column: Int?
    var fault: String
  }

  /// Causes told apart; a file in which every row has words of its own must not fill the memory.
  private static let most = 10_000
  private static let examples = 3
  private var causes: [Cause: (count: Int, first: Rejection, lastLine: Int)] = [:]

  /// Whether the rejection is to be told by itself.
  mutating func isNews(_ rejection: Rejection) -> Bool {
    let cause = Cause(file: rejection.file, column: rejection.column, fault: rejection.fault)
    guard let known = causes[cause] else {
      if causes.count < Self.most { causes[cause] = (1, rejection, rejection.line) }
      return true
    }
    causes[cause] = (known.count + 1, known.first, rejection.line)
    return known.count < Self.examples
  }

  /// `staff.csv:2: error: 300 rows in all, up to line 301: unknown site 'Brno-town': …`
  var summaries: [Diagnostic] {
    causes.filter { $0.value.count > Self.examples }
      .sorted {
        ($0.key.file, $0.value.first.line, $0.key.fault) < ($1.key.file, $1.value.first.line, $1.key.fault)
      }
      .map { cause, told in
        Diagnostic(
          .error, "\(told.count) rows in all, up to line \(told.lastLine): \(cause.fault)", file: cause.file,
          line: told.first.line > 0 ? told.first.line : nil, code: told.first.code)
      }
  }
}
