import Foundation
import Testing
import ToolSupport

@testable import tandem_schedule

@Suite struct ProgressCommandTests {
  private static let stream: String = {
    let plan = ScheduleRun(["--cohort", "2026-autumn"], input: ScheduleRun.stream(3)).text
    let ids = ["pl:10+pl:20#1", "pl:10+pl:20#2", "pl:11+pl:21#1"].map { "2026-autumn/" + $0 }
    return ScheduleRun(["held"] + ids, input: plan, at: ScheduleRun.after).text
  }()
  private let call = ["progress", "--cohort", "2026-autumn", "--now", "2026-11-12"]

  @Test func heldDueAndBehindAreCountedByTandem() {
    let run = ScheduleRun(call + ["--format", "ndjson"], input: Self.stream)
    #expect(run.status == .done)
    #expect(run.lines.count == 3)
    // Two sessions of each lie before 12 November.
    #expect(
      run.lines[0].hasPrefix(
        "{\"atRisk\":0,\"behind\":0,\"by\":\"tandem\",\"coming\":8,\"covered\":0,\"due\":0,\"held\":2,\"missed\":0,\"name\":\"2026-autumn/pl:10+pl:20\","
          + "\"next\":\"2026-11-"))
    #expect(run.lines[1].contains("\"behind\":1") && run.lines[1].contains("\"due\":1,\"held\":1"))
    #expect(run.lines[1].contains("\"since\":\"2026-11-"))
    #expect(run.lines[2].contains("\"due\":2,\"held\":0") && run.lines[2].contains("\"since\":\"2026-10-"))
    #expect(
      run.errors.hasPrefix(
        "note: 3 tandems, 3 of 30 sessions held, 0 missed, 3 due, 24 to come, 0 at risk; 2 tandems behind, the first since 2026-10-"
      ))
    let behind = ScheduleRun(call + ["--format", "ndjson", "--behind"], input: Self.stream)
    #expect(behind.lines == Array(run.lines.dropFirst()))
  }

  @Test func aStreamWithoutTandemsIsTheWrongFile() {
    let run = ScheduleRun(call + ["--format", "ndjson"], input: "")
    #expect(run.status == .badInput)
    #expect(run.errors == "error: no tandem is on the stream: run tandem-match first\n")
  }

  @Test func sitesAndDepartmentsAreSums() {
    let csv = ScheduleRun(call + ["--format", "csv", "--by", "site"], input: Self.stream)
    let rows = csv.text.components(separatedBy: "\r\n")
    #expect(
      rows[0] == "site,tandems,behind,wanted,held,missed,due,coming,at risk,topics covered,behind since")
    #expect(rows[1].hasPrefix("Warszawa,3,2,30,3,0,3,24,0,,2026-10-"))
    let table = ScheduleRun(call + ["--format", "table", "--by", "department"], input: Self.stream)
    #expect(table.lines[0].hasPrefix("Department  Tandems  Behind  Wanted"))
    #expect(
      table.lines[2].hasPrefix(
        "Sales             3       2      30     3       0    3      24        0  2026-10-"))
    let tandems = ScheduleRun(call + ["--format", "csv"], input: Self.stream)
    #expect(
      tandems.text.hasPrefix(
        "tandem,mentor,mentee,site,department,status,wanted,held,missed,due,coming,at risk,topics covered,behind since,next\r\n"
          + "2026-autumn/pl:10+pl:20,"))
  }

  /// On a terminal of 80 columns no line is longer, and no word is broken.
  @Test func eightyColumnsHoldTheTable() {
    let run = ScheduleRun(call + ["--format", "table"], input: Self.stream, columns: 80)
    #expect(
      run.text == """
        Mentor      Mentee   Status    Held  Missed  Due    At  Behind since  Next
                                                          risk
        ──────────  ───────  ────────  ────  ──────  ───  ────  ────────────  ──────────
        Zażółć 10;  Zażółć   active       2       0    0     0                2026-11-24
        "X"         20; "X"                                                   14:30
        Zażółć 11;  Zażółć   active       1       0    1     0  2026-11-03    2026-11-17
        "X"         21; "X"                                                   09:30
        Zażółć 12;  Zażółć   proposed     0       0    2     0  2026-10-09    2026-11-13
        "X"         22; "X"                                                   09:30
        no room for Site, Department, Wanted, Coming: --format csv has all

        3 tandems, 3 of 30 sessions held, 0 missed, 3 due, 24 to come, 0 at risk; 2
        tandems behind, the first since 2026-10-09

        """)
  }

  @Test func wrongCallsHaveTheirMessages() {
    // Without --now the clock's time counts.
    let plain = ["progress", "--cohort", "2026-autumn", "--format", "csv"]
    let early = ScheduleRun(plain, input: Self.stream).text
    #expect(early == ScheduleRun(plain + ["--now", "\(ScheduleRun.before)"], input: Self.stream).text)
    #expect(early != ScheduleRun(plain, input: Self.stream, at: ScheduleRun.after).text)
    #expect(ScheduleRun(["progress"]).status == .usage)
    #expect(
      ScheduleRun(["progress", "--cohort", "2026-autumn", "--now", "soon"]).errors
        .contains("\"soon\" is not a time; write it as 2026-12-01 or 2026-12-01T08:00:00Z"))
    let cohort = ScheduleRun(["progress", "--cohort", "1999", "--now", "2026-12-01"])
    #expect(cohort.status == .usage)
    #expect(cohort.errors.contains("error: no region declares the cohort 1999; known: 2026-autumn"))
    #expect(
      ScheduleRun(call + ["--format", "ics"]).errors.contains(
        "--format ics: write table, csv, xlsx or ndjson"))
    #expect(ScheduleRun(call, input: "{\"record\":\n").status == .badInput)
  }
}
