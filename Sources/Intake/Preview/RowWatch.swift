import Basics
import Programme
import Regions

/// Looks on while an import reads: the first values of every field, and what each of the first rows says.
///
/// The import itself decides; what is noted here is what it did.
package final class RowWatch {
  /// What a row was read as, before rows are joined to people.
  enum Reading {
    /// Left out by a condition of the form, in words.
    case leftOut(String)
    case facts(Facts)
    case response
  }

  struct Row {
    var number: Int
    var line: Int
    var reading: Reading?
    /// Why it is rejected.
    var fault: String?
  }

  struct Account {
    var rows: [Int: Row] = [:]
    /// By field or question; for questions the key is `? name`.
    var samples: [String: [String]] = [:]
    /// By column, of the columns that no field uses.
    var others: [Int: String] = [:]
    /// Rows in which the field has a value, by the same keys.
    var filled: [String: Int] = [:]
    var rowCount = 0
  }

  /// Rows of a file that are shown.
  static let rows = 10
  /// Values of a field that are shown.
  static let samples = 3

  private(set) var accounts: [String: Account] = [:]

  package init() {}

  func see(_ row: SourceRow, of sheet: Sheet, leftOut: String?) {
    var account = accounts.removeValue(forKey: sheet.name) ?? Account()
    defer { accounts[sheet.name] = account }
    account.rowCount += 1
    if row.number <= RowWatch.rows {
      account.rows[row.number] = Row(
        number: row.number, line: row.line, reading: leftOut.map { .leftOut($0) },
        fault: account.rows[row.number]?.fault)
    }
    guard leftOut == nil, let binding = sheet.matches.first?.binding else { return }
    for (name, place) in binding.fields { note(place, name, row, in: &account) }
    for (question, place) in zip(binding.form.questions, binding.questions) {
      note(place, RowWatch.key(question), row, in: &account)
    }
    guard account.others.count < sheet.titles.count else { return }
    for column in sheet.titles.indices where account.others[column] == nil && !row.isEmpty(column) {
      account.others[column] = row.string(column)
    }
  }

  /// Questions and fields may be of one name.
  static func key(_ question: Form.Question) -> String { "? " + question.name }

  private func note(
    _ place: FormBinding.Place, _ name: String, _ row: SourceRow, in account: inout Account
  ) {
    let texts = place.allTexts(row)
    if texts.isEmpty { return }
    account.filled[name, default: 0] += 1
    let known = account.samples[name] ?? []
    guard known.count < RowWatch.samples else { return }
    let text = Headings.flattened(texts.joined(separator: "; "))
    if !known.contains(text) { account.samples[name, default: []].append(text) }
  }

  func read(_ reading: Reading, row number: Int, line: Int, of file: String) {
    guard number <= RowWatch.rows else { return }
    accounts[file, default: Account()].rows[
      number, default: Row(number: number, line: line)
    ].reading = reading
  }

  func reject(_ rejection: Rejection) {
    guard (1...RowWatch.rows).contains(rejection.row) else { return }
    var row =
      accounts[rejection.file]?.rows[rejection.row]
      ?? Row(number: rejection.row, line: rejection.line)
    let column = rejection.heading.map { "\(Quoted.short($0, 40)): " } ?? ""
    if row.fault == nil { row.fault = column + rejection.fault }
    accounts[rejection.file, default: Account()].rows[rejection.row] = row
  }
}
