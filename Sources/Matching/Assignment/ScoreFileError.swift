import Basics

/// What is wrong with a file of scores, and where.
package enum ScoreFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A line does not have three columns; the first line decides which of comma, semicolon and tab separates them.
  case columns(line: Int, found: Int)
  /// An identifier is empty.
  case emptyIdentifier(line: Int, column: Int)
  /// A score is not an integer within ±1,000,000,000.
  case score(line: Int, text: String)
  /// A quoted field does not end, or something follows its end.
  case quote(line: Int)
  /// The same pair appears on an earlier line.
  case duplicatePair(line: Int, left: String, right: String)
  /// A line is not UTF-8.
  case encoding(line: Int)
  /// There are more than two thousand million pairs, or their scores could overflow 64 bits.
  case tooLarge

  /// The line at fault, counted from 1.
  package var line: Int? {
    switch self {
    case .columns(let line, _), .emptyIdentifier(let line, _), .score(let line, _), .quote(let line),
      .duplicatePair(let line, _, _), .encoding(let line):
      line
    case .tooLarge: nil
    }
  }

  package var description: String {
    switch self {
    case .columns(_, let found):
      "\(counted(found, "column")) instead of three; write left,right,score"
    case .emptyIdentifier(_, let column):
      "column \(column) is empty; write the identifier of the \(column == 1 ? "left" : "right") side"
    case .score(_, let text):
      "score '\(text)' is not an integer within ±1000000000; round or scale the scores"
    case .quote: "a quoted field does not end here; close it with \" and double a quote inside it"
    case .duplicatePair(_, let left, let right):
      "the pair \(left), \(right) appears on an earlier line; give each pair once"
    case .encoding: "the line is not UTF-8; convert the file"
    case .tooLarge: "the pairs are too many or their scores too large to add up; split the file"
    }
  }
}
