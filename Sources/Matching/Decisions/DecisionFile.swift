package import Basics
package import Programme

/// HR's locks or forbids, as a clerk writes them: two columns that name people, with or without a heading; or the decisions
/// file of the review sheet, which has a column that says which of both a line is.
package struct DecisionFile: Sendable {
  package enum Decision: String, CaseIterable, Sendable {
    case lock, forbid
  }

  package let pairs: [IdentifierPair]
  /// Errors mean that the file must not be used: a forbid that is skipped could seat two who must not meet.
  package let diagnostics: [Diagnostic]

  /// - Parameters:
  ///   - wanted: which lines of a decisions file count.
  ///   - file: the name that diagnostics begin with.
  package init(_ bytes: [UInt8], file: String, wanted: Decision, people: PersonLookup) {
    var reading = DecisionReading(file: file, wanted: wanted, people: people)
    do throws(CellTable.Fault) {
      reading.read(try CellTable(bytes))
    } catch {
      reading.report(
        .error, error.message, error.place.line, error.place.column, error.code)
    }
    pairs = reading.pairs
    diagnostics = reading.diagnostics
  }
}

/// One file on its way to pairs.
private struct DecisionReading {
  let file: String
  let wanted: DecisionFile.Decision
  let people: PersonLookup
  var pairs: [IdentifierPair] = []
  var diagnostics: [Diagnostic] = []
  /// Which column is which, as the heading says.
  var mentorColumn = 0
  var menteeColumn = 1
  var decisionColumn: Int?
  var hasHeading = false

  mutating func read(_ table: CellTable) {
    for (number, row) in table.rows.enumerated() {
      if number == 0, takeHeading(row) { continue }
      take(row)
    }
  }

  private static let mentorWords: Set = ["mentor", "mentorin", "mentorka", "导师", "left"]
  private static let menteeWords: Set = ["mentee", "mentorowany", "mentoralt", "学员", "right"]
  private static let decisionWords: Set = ["decision", "entscheidung", "decyzja", "dontes", "决定"]
  private static let otherWords: Set = [
    "name", "id", "person", "people", "email", "mail", "e", "address", "number", "employee", "first",
    "second",
    "a", "b", "1", "2", "nr", "numer", "pracownika", "pracownik", "osoba", "imie", "i", "nazwisko", "adres",
    "personalnummer", "nummer", "mitarbeiter", "adresse", "nev", "cim", "torzsszam", "姓名", "邮箱", "工号",
  ]

  /// Whether the first row is a heading; its words give the order of the columns.
  private mutating func takeHeading(_ row: [CellTable.Cell]) -> Bool {
    let words = row.map { cell in
      FoldedText(cell.text).words.map { String(String.UnicodeScalarView($0.compactMap(Unicode.Scalar.init))) }
    }
    func place(_ names: Set<String>) -> Int? { words.firstIndex { $0.contains(where: names.contains) } }
    if let mentor = place(DecisionReading.mentorWords), let mentee = place(DecisionReading.menteeWords) {
      mentorColumn = mentor
      menteeColumn = mentee
      decisionColumn = place(DecisionReading.decisionWords)
      hasHeading = true
      return true
    }
    let all = DecisionReading.otherWords.union(DecisionReading.mentorWords)
      .union(DecisionReading.menteeWords)
    let filled = words.filter { !$0.isEmpty }
    if filled.allSatisfy({ $0.allSatisfy(all.contains) }), !row.contains(where: { isKnown($0.text) }) {
      return true
    }
    // Words that are no person's, not even nearly: a heading in words of the clerk's own.
    let isForeign = row.allSatisfy { cell in
      !isKnown(cell.text) && people.nearest(to: cell.text) == nil
        && !cell.text.contains { $0.isNumber || $0 == "@" || $0 == ":" }
    }
    guard isForeign, row.count == 2, let first = row.first else { return false }
    report(
      .warning, "the line names nobody and is taken for a heading; if it is not one, correct it", first.line,
      first.column, "heading")
    return true
  }

  private func isKnown(_ text: String) -> Bool { people.find(text) != .nobody }

  private mutating func take(_ row: [CellTable.Cell]) {
    if let decisionColumn, hasHeading {
      guard decisionColumn < row.count else {
        return report(.error, "the line has no decision; write lock or forbid", row[0].line, 1, "no-decision")
      }
      let cell = row[decisionColumn]
      let word = FoldedText(cell.text).scalars
      guard !word.isEmpty else { return }
      let decision = DecisionFile.Decision.allCases.first { FoldedText($0.rawValue).scalars == word }
      guard let decision else {
        return report(
          .error, "\"\(cell.text)\" is not a decision; write lock or forbid", cell.line, cell.column,
          "no-decision")
      }
      guard decision == wanted else { return }
    }
    var cells = row
    if !hasHeading {
      // Spreadsheets leave empty cells behind.
      while let last = cells.last, FoldedText(last.text).scalars.isEmpty { cells.removeLast() }
      guard cells.count == 2 else {
        return report(
          .error,
          "\(counted(cells.count, "column")) where two are needed; write the mentor, then the"
            + " mentee, divided by a comma or a semicolon", row[0].line, row[0].column, "columns")
      }
    }
    guard mentorColumn < cells.count, menteeColumn < cells.count else {
      return report(
        .error, "the line lacks a column; write the mentor and the mentee", row[0].line, row[0].column,
        "columns")
    }
    let first = person(cells[mentorColumn])
    let second = person(cells[menteeColumn])
    guard let first, let second else { return }
    if first.id == second.id {
      return report(
        .error, "\(first.id) is in both columns; name two people", cells[menteeColumn].line,
        cells[menteeColumn].column, "same-person")
    }
    // Who can only be the other one is meant so.
    let isSwapped =
      !(first.role.mayMentor && second.role.mayBeMentored) && second.role.mayMentor
      && first.role.mayBeMentored
    let pair =
      isSwapped
      ? IdentifierPair(mentor: second.id, mentee: first.id)
      : IdentifierPair(mentor: first.id, mentee: second.id)
    if !pairs.contains(pair) { pairs.append(pair) }
  }

  private mutating func person(_ cell: CellTable.Cell) -> Person? {
    switch people.find(cell.text) {
    case .one(let person): return person
    case .several(let candidates):
      let names = candidates.map { "\($0.id) (\($0.name), \($0.site))" }
      report(
        .error, "\"\(cell.text)\" may be \(names.joined(separator: " or ")); write the id", cell.line,
        cell.column,
        "ambiguous-person")
      return nil
    case .nobody:
      let hint = people.nearest(to: cell.text).map { "; is \($0.name) (\($0.id)) meant?" }
      report(
        .error,
        FoldedText(cell.text).scalars.isEmpty
          ? "the cell is empty; write an id, an address or a whole name"
          : "\"\(cell.text)\" is nobody on the stream\(hint ?? "; write an id, an address or a whole name")",
        cell.line, cell.column, "unknown-person")
      return nil
    }
  }

  mutating func report(
    _ severity: Diagnostic.Severity, _ message: String, _ line: Int, _ column: Int, _ code: String
  ) {
    diagnostics.append(Diagnostic(severity, message, file: file, line: line, column: column, code: code))
  }
}
