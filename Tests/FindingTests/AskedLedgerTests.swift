import Basics
import Finding
import Programme
import Testing

@Suite struct AskedLedgerTests {
  @Test func theTextFormComesBack() {
    var ledger = AskedLedger()
    let entry = AskedLedger.Entry(
      person: PersonID("pl:1"), date: LocalDate(daysSinceEpoch: 20_000), asker: PersonID("pl:2"),
      purpose: "campaign")
    ledger.add(entry)
    ledger.add(entry)
    #expect(ledger.csv == "person,date,asker,purpose\npl:1,2024-10-04,pl:2,campaign\n")
    #expect(AskedLedger(csv: ledger.csv, file: "a") { Issue.record("\($0)") } == ledger)
  }

  @Test(arguments: ["pl:1,2026-02-30,pl:2,x", "pl:1;2026-02-01;pl:2;x", ",2026-02-01,pl:2,x", "pl:1"])
  func aLineThatIsNoEntryIsTold(_ line: String) {
    var told: [String] = []
    _ = AskedLedger(csv: "person,date,asker,purpose\n\(line)\n", file: "asked.csv") {
      told.append($0.description)
    }
    #expect(
      told == [
        "asked.csv:2:1: error: this is not a line of person,date,asker,purpose; correct it or remove it"
      ])
  }
}
