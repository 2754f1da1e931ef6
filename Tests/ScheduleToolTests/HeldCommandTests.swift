import Foundation
import Programme
import Testing
import ToolSupport

@testable import tandem_schedule

@Suite struct HeldCommandTests {
  private static let plan = ScheduleRun(["--cohort", "2026-autumn"], input: ScheduleRun.stream(2)).text
  private let tandem = "2026-autumn/pl:10+pl:20"

  private func changed(_ run: ScheduleRun, from before: String = plan) -> [(old: Substring, new: Substring)] {
    zip(before.split(separator: "\n"), run.lines).filter { $0 != $1 }.map { ($0, $1) }
  }

  @Test func sessionsAreRecordedAndTheTandemBecomesActive() {
    let run = ScheduleRun(
      ["held", "\(tandem)#1", "\(tandem)#2", "\(tandem)#1"], input: Self.plan, at: ScheduleRun.after)
    #expect(run.status == .done, "\(run.errors)")
    let changed = changed(run)
    #expect(changed.count == 3)
    #expect(
      changed[0].old.replacing("\"status\":\"proposed\"", with: "\"status\":\"active\"") == changed[0].new)
    for (old, new) in changed.dropFirst() {
      #expect(old.replacing("\"status\":\"planned\"", with: "\"status\":\"held\"") == new)
    }
    #expect(run.errors == "note: 2 sessions held, of 1 tandem\n")
  }

  @Test func anotherDayKeepsTheHourAcrossAClockChange() throws {
    let first = try #require(Self.plan.split(separator: "\n").first { $0.contains("\"id\":\"\(tandem)#1\"") })
    #expect(first.contains("+02:00"))
    let run = ScheduleRun(
      ["held", "\(tandem)#1", "--on", "2026-10-28"], input: Self.plan, at: ScheduleRun.after)
    #expect(run.status == .done, "\(run.errors)")
    let line = try #require(changed(run).last?.new)
    let hour = try #require(first.range(of: "\"start\":\"")).upperBound
    let clock = first[hour...].dropFirst(11).prefix(5)
    #expect(line.contains("\"start\":\"2026-10-28T\(clock):00+01:00\""))
    #expect(line.contains("\"sequence\":1,") && line.contains("\"status\":\"held\""))
    #expect(
      run.errors.contains("warning: session \(tandem)#2 was held") == false,
      "only held sessions have a gap to tell of")
    let second = ScheduleRun(
      ["held", "\(tandem)#2", "--on", "2026-10-30"], input: run.text, at: ScheduleRun.after)
    #expect(
      second.errors.contains(
        "warning: session \(tandem)#2 was held although 7 to 35 days must be between two sessions, not 2\n"))
  }

  @Test func whatCannotHaveBeenIsRefusedAndTheRestIsRecorded() throws {
    let run = ScheduleRun(
      ["held", "\(tandem)#1", "nonsense", "\(tandem)#99"], input: Self.plan, at: ScheduleRun.after)
    #expect(run.status == .badInput)
    #expect(changed(run).count == 2)
    #expect(run.errors.contains("error: there is no session nonsense on the stream; give its id, as in "))
    // The order is that of time: whatever was planned first may have been held last.
    let late = ScheduleRun(
      ["held", "\(tandem)#2", "--on", "2027-01-30"], input: Self.plan, at: ScheduleRun.after)
    #expect(late.status == .done, "\(late.errors)")
    let first = ScheduleRun(["held", "\(tandem)#1"], input: Self.plan, at: ScheduleRun.after)
    let day = try #require(first.text.firstMatch(of: /"start":"(\d{4}-\d\d-\d\d)/)).1
    let same = ScheduleRun(
      ["held", "\(tandem)#2", "--on", String(day)], input: first.text, at: ScheduleRun.after)
    #expect(same.status == .badInput)
    #expect(same.errors.contains("cannot have been on \(day): session 1 was held then"))
    #expect(
      ScheduleRun(["held", "\(tandem)#2", "--on", "yesterday"], input: Self.plan, at: ScheduleRun.after)
        .status == .usage)
    let folder = try TestFolder()
    let previous = try folder.write(Self.plan, to: "plan.ndjson")
    let ended = ScheduleRun.stream(2).replacing("\"status\":\"proposed\"", with: "\"status\":\"ended\"")
    let off = ScheduleRun(
      ["--cohort", "2026-autumn", "--previous", previous, "--now", "2026-10-01T08:00:00Z"], input: ended)
    let cancelled = ScheduleRun(["held", "\(tandem)#1"], input: off.text, at: ScheduleRun.after)
    #expect(cancelled.status == .done, "\(cancelled.errors)")
    let missed = ScheduleRun(["missed", "\(tandem)#1"], input: off.text, at: ScheduleRun.after)
    #expect(missed.status == .badInput)
    #expect(
      missed.errors.contains("error: session \(tandem)#1 was cancelled: the next plan makes up for it\n"))
  }

  @Test func theLastSessionCompletesTheTandemAndNoPlanChangesIt() throws {
    let ids = (1...10).map { "\(tandem)#\($0)" }
    let folder = try TestFolder()
    let file = try folder.write(Self.plan, to: "plan.ndjson")
    let run = ScheduleRun(["held"] + ids + ["--sessions", file], at: ScheduleRun.after)
    #expect(run.status == .done)
    #expect(run.errors.contains("note: tandem \(tandem) is completed\n"))
    #expect(changed(run)[0].new.contains("\"status\":\"completed\""))
    let held = try folder.write(run.text, to: "held.ndjson")
    let people = run.lines.filter { !$0.contains("\"record\":\"session\"") }.joined(separator: "\n") + "\n"
    let again = ScheduleRun(
      [
        "--cohort", "2026-autumn", "--previous", held, "--now", "2026-10-20T08:00:00Z", "--absent", "pl:20",
        "2026-10-01", "2027-05-01",
      ], input: people)
    #expect(
      again.lines.filter { $0.contains("\(tandem)#") } == run.lines.filter { $0.contains("\(tandem)#") })
  }
}
