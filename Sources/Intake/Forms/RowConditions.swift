import Basics
import Programme
import Regions

/// Which rows of one file count: the conditions of its form (`only`, `except`), laid over its columns.
package struct RowConditions: Sendable, Hashable {
  private struct Condition: Sendable, Hashable {
    /// Where the value may stand; the first that is not empty counts.
    var columns: [Int]
    /// Keys of the words; empty: any.
    var words: Set<String>
    /// Whether the row counts where the condition holds, or where it does not.
    var isOnly: Bool
    var column: String
    var said: [String]

    func holds(_ cell: String) -> Bool {
      words.isEmpty ? !cell.isEmpty : words.contains(WordKey(cell).strict)
    }
  }

  private var conditions: [Condition] = []
  /// Conditions whose column the file lacks: nothing is left out by them.
  private(set) var unbound: [String] = []
  /// Whether the form says which rows alone count, and the file has none of the columns for it.
  private(set) var lacksOnly = false
  /// The columns that they look at.
  var columns: Set<Int> { Set(conditions.flatMap(\.columns)) }

  /// - Parameter place: the columns of a field or a heading.
  init(_ form: Form, place: (String) -> [Int]) {
    for (list, isOnly) in [(form.only, true), (form.except, false)] {
      for condition in list {
        let columns = place(condition.column)
        if columns.isEmpty {
          unbound.append(condition.column)
          continue
        }
        conditions.append(
          Condition(
            columns: columns, words: Set(condition.words.map { WordKey($0).strict }), isOnly: isOnly,
            column: condition.column, said: condition.words))
      }
    }
    lacksOnly = !form.only.isEmpty && !conditions.contains(where: \.isOnly)
  }

  /// The number of the first condition by which the row does not count; nil: it counts.
  func leavingOut(_ row: SourceRow) -> Int? {
    if conditions.isEmpty { return nil }
    return conditions.firstIndex { condition in
      var cell = ""
      for column in condition.columns where cell.isEmpty { cell = row.string(column)?.trimmed ?? "" }
      // How a database writes nothing: LimeSurvey's VV export, where an answer was not sent.
      if cell == "NULL" { cell = "" }
      return condition.holds(cell) != condition.isOnly
    }
  }

  /// `3 rows left out: submitdate is empty`
  func note(of number: Int, rows: Int, file: String) -> Diagnostic? {
    reason(number).map {
      Diagnostic(
        .note, "\(counted(rows, "row is", "rows are")) left out: \($0)", file: file, code: "left-out")
    }
  }

  /// `submitdate is empty`: why a condition leaves a row out.
  func reason(_ number: Int) -> String? {
    guard conditions.indices.contains(number) else { return nil }
    let condition = conditions[number]
    let words = condition.said.map(Quoted.word)
    let reason =
      switch (condition.isOnly, words.isEmpty) {
      case (true, true): "is empty"
      case (true, false): "is not \(words.joined(separator: " or "))"
      case (false, true): "is not empty"
      case (false, false): "is \(words.joined(separator: " or "))"
      }
    return "\(condition.column) \(reason)"
  }
}
