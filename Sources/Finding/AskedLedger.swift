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

  package static let heading = "person,date,asker,purpose"

  package private(set) var entries: [Entry]

  package init(_ entries: [Entry] = []) { self.entries = entries }

  /// Reads the text form. A line that cannot be read is reported and left out. Somebody must correct it, because without
  /// it a person could be asked too often.
  package init(csv text: String, file: String, log: (Diagnostic) -> Void) {
    entries = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let cells = line.filter { $0 != "\r" && $0 != "\"" && $0 != "\u{FEFF}" }
        .split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      if cells == [""] || (index == 0 && cells.first == "person") { continue }
      guard cells.count == 4, let date = LocalDate(iso8601: cells[1]), !cells[0].isEmpty else {
        log(
          Diagnostic(
            .error, "this is not a line of \(AskedLedger.heading); correct it or remove it", file: file,
            line: index + 1, column: 1, code: "bad-ledger"))
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
    let lines = entries.map { "\($0.person),\($0.date),\($0.asker),\($0.purpose)" }
    return ([AskedLedger.heading] + lines).joined(separator: "\n") + "\n"
  }
}
