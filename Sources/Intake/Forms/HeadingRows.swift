import Basics
import Programme
import Regions

/// How many of the rows that are said to be headings are.
///
/// A row is no heading when it has an e-mail address or a time in any cell, an identifier with a digit, a role or a yes or no
/// where the form has such a column, or a number below a heading of its own; and a third row is one only when it holds
/// Qualtrics' import ids.
struct HeadingRows {
  private(set) var rows: [[String]]
  /// Why there are fewer than was said; nil where it is true.
  private(set) var evidence: String?

  init(_ said: [[String]], form: Form) {
    rows = said
    for index in said.indices.dropFirst() {
      let reason =
        HeadingRows.value(in: said[index], below: Array(said[..<index]), form)
        ?? (index == 2 && !said[2].contains { $0.hasPrefix("{\"ImportId\":") } ? "it has no import ids" : nil)
      guard let reason else { continue }
      rows = Array(said[..<index])
      evidence =
        "row \(index + 1) is an answer, not a heading (\(reason)): "
        + "\(counted(index, "heading row")), where \(said.count) are stated"
      return
    }
  }

  /// A value in the row, with its heading, that no heading row has.
  private static func value(in row: [String], below rows: [[String]], _ form: Form) -> String? {
    let headings = Headings(rows: rows)
    func columns(_ fields: [String]) -> Set<Int> {
      Set(fields.flatMap { form.fields[$0]?.columns ?? [] }.flatMap(headings.columns(named:)))
    }
    let identifiers = columns(["employeeNumber", "response"])
    let roles = columns(["role"])
    let flags = columns(Person.flags.map(\.key))
    let words = Set((Array(form.roles.keys) + Role.allCases.map(\.rawValue)).map { WordKey($0) })
    for (column, cell) in row.enumerated() {
      let text = FieldText.visible(cell.trimmed)
      if text.isEmpty { continue }
      // Below a question that goes on to the right are its choices.
      let first = rows[0]
      let isAlone =
        column < first.count && !first[column].isEmpty
        && (column + 1 >= first.count || !first[column + 1].isEmpty)
      let isValue =
        text.contains("@") && EmailAddress.fault(of: text) == nil
        || text.contains { $0.isNumber } && text.count > 7 && TimeText.isTime(text)
        || identifiers.contains(column) && text.contains { $0.isNumber }
        || isAlone && Double(text) != nil
        || isAlone && roles.contains(column) && words.contains(WordKey(text))
        || isAlone && flags.contains(column) && FieldText.flag(text, words: [:]) != nil
      if isValue { return "\(Quoted.word(text)) below \(Quoted.heading(headings.title(column)))" }
    }
    return nil
  }
}
