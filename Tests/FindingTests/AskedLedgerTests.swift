import Basics
import Finding
import Programme
import Testing

@Suite struct AskedLedgerTests {
  @Test func aPurposeWithACommaComesBack() {
    let entry = AskedLedger.Entry(
      person: PersonID("pl:1"), date: LocalDate(daysSinceEpoch: 20_000), asker: PersonID("pl:2"),
      purpose: "talk, \"short\"")
    let ledger = AskedLedger([entry])
    #expect(AskedLedger(csv: Array(ledger.csv.utf8), file: "a") { Issue.record("\($0)") } == ledger)
  }

  /// A spreadsheet must not run a cell as a formula; the apostrophe against that is no part of what was said.
  @Test(arguments: ["=1+1", "+48 22", "-x", "@home", "\tx", "'=1", "''+", "'quoted'", "-5.5", ""])
  func aPurposeThatLooksLikeAFormulaComesBack(_ purpose: String) {
    let entry = AskedLedger.Entry(
      person: PersonID("+1:2"), date: LocalDate(daysSinceEpoch: 20_000), asker: PersonID("pl:2"),
      purpose: purpose)
    let ledger = AskedLedger([entry])
    let read = AskedLedger(csv: Array(ledger.csv.utf8), file: "a") { Issue.record("\($0)") }
    #expect(read == ledger)
    #expect(read.count(of: entry.person, until: entry.date, period: 1) == 1)
  }

  @Test func theTextFormComesBack() {
    var ledger = AskedLedger()
    let entry = AskedLedger.Entry(
      person: PersonID("pl:1"), date: LocalDate(daysSinceEpoch: 20_000), asker: PersonID("pl:2"),
      purpose: "campaign")
    ledger.add(entry)
    ledger.add(entry)
    #expect(ledger.csv == "person,date,asker,purpose\npl:1,2024-10-04,pl:2,campaign\n")
    #expect(AskedLedger(csv: Array(ledger.csv.utf8), file: "a") { Issue.record("\($0)") } == ledger)
  }

  @Test(arguments: ["pl:1,2026-02-30,pl:2,x", "pl:1;2026-02-01;pl:2;x", ",2026-02-01,pl:2,x", "pl:1"])
  func aLineThatIsNotAnEntryIsReported(_ line: String) {
    var reported: [String] = []
    _ = AskedLedger(csv: Array("person,date,asker,purpose\n\(line)\n".utf8), file: "asked.csv") {
      reported.append($0.description)
    }
    #expect(
      reported == [
        "asked.csv:2:1: error: this is not a line of person,date,asker,purpose; correct it or remove it"
      ])
  }
}
