import Foundation
import Programme
import Testing
import ToolSupport

@testable import tandem_schedule

@Suite struct EndCommandTests {
  private static let plan = ScheduleRun(["--cohort", "2026-autumn"], input: ScheduleRun.stream(2)).text
  private let tandem = "2026-autumn/pl:10+pl:20"
  private let now = ["--now", "2026-12-01T08:00:00+01:00"]

  @Test func comingSessionsAreCancelledAndTheRestStays() {
    let held = ScheduleRun(["held", "\(tandem)#1"] + now, input: Self.plan).text
    let run = ScheduleRun(["end", tandem] + now, input: held)
    #expect(run.status == .done, "\(run.errors)")
    let changed = zip(held.split(separator: "\n"), run.lines).filter { $0 != $1 }
    #expect(changed.count == 8)
    #expect(changed[0].1.contains("\"status\":\"ended\""))
    for (old, new) in changed.dropFirst() {
      #expect(
        old.replacing("\"status\":\"planned\"", with: "\"status\":\"cancelled\"")
          .replacing("\"sequence\":0", with: "\"sequence\":1") == new)
      #expect(new.contains("\"id\":\"\(tandem)#"))
    }
    #expect(run.errors == "note: 1 tandem ended, 7 coming sessions cancelled\n")
    // Ended once is ended; and planning again changes nothing more.
    #expect(ScheduleRun(["end", tandem] + now, input: run.text).text == run.text)
  }

  @Test func aLaterPlanLeavesItEnded() throws {
    let folder = try TestFolder()
    let file = try folder.write(Self.plan, to: "plan.ndjson")
    #expect(ScheduleRun(["end", tandem, "--plan", file] + now).status == .done)
    let ended = try String(contentsOfFile: file, encoding: .utf8)
    #expect(ScheduleRun(["--cohort", "2026-autumn", "--plan", file] + now).status == .done)
    let lines = { (text: String) in text.split(separator: "\n").filter { $0.contains(tandem) }.sorted() }
    #expect(lines(try String(contentsOfFile: file, encoding: .utf8)) == lines(ended))
  }

  @Test func whatCannotEndIsNamed() {
    let unknown = ScheduleRun(["end", "2026-autumn/x", tandem] + now, input: Self.plan)
    #expect(unknown.status == .badInput)
    #expect(unknown.errors.contains("error: there is no tandem 2026-autumn/x on the stream; give its id"))
    #expect(unknown.errors.contains("note: 1 tandem ended"))
    let done = Self.plan.replacing("\"status\":\"proposed\"", with: "\"status\":\"completed\"")
    let completed = ScheduleRun(["end", tandem] + now, input: done)
    #expect(completed.text == done)
    #expect(completed.errors.contains("error: tandem \(tandem) is completed: it cannot end early\n"))
  }
}
