package import Basics
package import Programme

/// Who was asked when, so that nobody is asked more often than the region allows.
///
/// Its text form is CSV that a clerk can read and correct: `person,date,asker,purpose`, a heading first.
package struct AskedLedger: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    package var person: PersonID
    package var date: LocalDate
    package var asker: PersonID
    package var purpose: String

    package init(person: PersonID, date: LocalDate, asker: PersonID, purpose: String) {
      self.person = person
      self.date = date
      self.asker = asker
      self.purpose = purpose
    }
  }

  private static let heading = ["person", "date", "asker", "purpose"]

  package private(set) var entries: [Entry]

  package init(_ entries: [Entry] = []) { self.entries = entries }

  /// Reads the text form. A line that cannot be read is reported and left out. Somebody must correct it, because without
  /// it a person could be asked too often.
  package init(csv bytes: [UInt8], file: String, log: (Diagnostic) -> Void) {
    entries = []
    func report(_ message: String, line: Int, column: Int = 1) {
      log(Diagnostic(.error, message, file: file, line: line, column: column, code: "bad-ledger"))
    }
    let table: CellTable
    do throws(CellTable.Fault) {
      table = try CellTable(bytes)
    } catch {
      report(error.message, line: error.place.line, column: error.place.column)
      return
    }
    for (index, row) in table.rows.enumerated() {
      let cells = row.map { CSVText.unguarded($0.text) }
      if index == 0, cells.first == AskedLedger.heading.first { continue }
      guard cells.count == 4, let date = LocalDate(iso8601: cells[1]), !cells[0].isEmpty else {
        report(
          "this is not a line of \(AskedLedger.heading.joined(separator: ",")); correct it or remove it",
          line: row[0].line)
        continue
      }
      entries.append(
        Entry(person: PersonID(cells[0]), date: date, asker: PersonID(cells[2]), purpose: cells[3]))
    }
  }

  /// How often the person was asked in the `period` days up to and with `date`.
  package func count(of person: PersonID, until date: LocalDate, period: Int) -> Int {
    entries.count { entry in
      entry.person == person && entry.date <= date && date.days(since: entry.date) < period
    }
  }

  /// The same asked twice on one day is one entry, so that a run that is repeated changes nothing.
  package mutating func add(_ entry: Entry) {
    if !entries.contains(entry) { entries.append(entry) }
  }

  package var csv: String {
    let rows = entries.map { [$0.person.text, $0.date.description, $0.asker.text, $0.purpose] }
    return CSVText.rows([AskedLedger.heading] + rows, ending: "\n")
  }
}
