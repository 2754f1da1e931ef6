import Basics
import Intake
import Programme
import ToolSupport

/// What a person reads of an import.
enum Reports {
  private static let headings = [
    "region", "staff", "answers", "people", "no consent", "replaced", "rejected", "responses",
  ]

  private static func cells(_ name: String, _ counts: ImportRun.Counts) -> [String] {
    [name]
      + [
        counts.staff, counts.answers, counts.people, counts.withoutConsent, counts.superseded,
        counts.rejected,
        counts.responses,
      ].map(String.init)
  }

  private static func rows(_ outcome: ImportRun.Outcome) -> [[String]] {
    outcome.counts.keys.sorted { $0.precedesByBytes($1) }.map { cells($0, outcome.counts[$0] ?? .init()) }
  }

  static func total(_ outcome: ImportRun.Outcome) -> ImportRun.Counts {
    outcome.counts.values.reduce(into: ImportRun.Counts()) { total, counts in
      total.staff += counts.staff
      total.answers += counts.answers
      total.people += counts.people
      total.withoutConsent += counts.withoutConsent
      total.superseded += counts.superseded
      total.leftOut += counts.leftOut
      total.responses += counts.responses
    }
  }

  /// The counts that HR asks for, a region a line.
  static func table(_ outcome: ImportRun.Outcome) -> TextTable {
    var table = TextTable(headings.enumerated().map { TextTable.Column($1, $0 == 0 ? .left : .right) })
    for row in rows(outcome) { table.add(row) }
    if outcome.counts.count > 1 {
      var total = total(outcome)
      total.rejected = outcome.rejected
      table.add(cells("all", total))
    }
    return table
  }

  /// A row a person; the counts where there are none.
  static func data(_ people: [Person], _ outcome: ImportRun.Outcome) -> DataTable {
    if people.isEmpty { return DataTable(headings, rows(outcome)) }
    // What fits into a cell.
    let columns = Person.fields.fields.filter {
      switch $0.description.shape {
      case .map, .named, .object: false
      default: true
      }
    }
    return DataTable(columns.map(\.key), people.map { person in columns.map { $0.shown(person) ?? "" } })
  }

  /// `600 people of 5 regions, 1 without consent, 3 of 1207 rows rejected`
  static func summary(_ outcome: ImportRun.Outcome) -> String {
    let total = total(outcome)
    var parts: [String] = []
    if total.people > 0 || total.responses == 0 {
      parts.append(counted(total.people, "person", "people"))
    }
    if total.responses > 0 { parts.append(counted(total.responses, "response")) }
    if let last = parts.indices.last, outcome.counts.count > 1 {
      parts[last] += " of \(outcome.counts.count) regions"
    }
    if total.withoutConsent > 0 { parts.append("\(total.withoutConsent) without consent left out") }
    if total.superseded > 0 {
      parts.append(
        counted(total.superseded, "answer replaced by a later one", "answers replaced by later ones"))
    }
    if total.leftOut > 0 {
      parts.append("\(counted(total.leftOut, "row")) left out by the form's rules")
    }
    parts.append("\(outcome.rejected) of \(counted(outcome.rows, "row")) rejected")
    if outcome.brokenFiles > 0 { parts.append("\(counted(outcome.brokenFiles, "file")) not read") }
    return parts.joined(separator: ", ")
  }

  /// Phrases that are no word of the catalogue, the most frequent first: what HR may add to it.
  static func topics(_ report: TopicsReport) -> String {
    CSVText.rows(
      [["word", "region", "count", "nearest", "taken for"]]
        + report.rows.map {
          [$0.word, $0.region, String($0.count), $0.nearest ?? "", $0.takenFor.joined(separator: "; ")]
        })
  }
}
