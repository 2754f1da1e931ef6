import Foundation
import Programme
import Testing
import ToolSupport

@testable import tandem_schedule

@Suite struct MissedCommandTests {
  private static let plan = ScheduleRun(["--cohort", "2026-autumn"], input: ScheduleRun.stream(2)).text
  private let tandem = "2026-autumn/pl:10+pl:20"

  private func changed(_ run: ScheduleRun, from before: String = plan) -> [(old: Substring, new: Substring)] {
    zip(before.split(separator: "\n"), run.lines).filter { $0 != $1 }.map { ($0, $1) }
  }

  private func status(_ run: ScheduleRun, _ number: Int) -> String? {
    run.lines.first { $0.contains("\"id\":\"\(tandem)#\(number)\"") }?
      .firstMatch(of: /"status":"(\w+)"/).map { String($0.1) }
  }

  @Test func sessionsAreRecordedAndNothingElseChanges() {
    let run = ScheduleRun(
      ["missed", "\(tandem)#1", "\(tandem)#2", "\(tandem)#1"], input: Self.plan, at: ScheduleRun.after)
    #expect(run.status == .done, "\(run.errors)")
    let changed = changed(run)
    #expect(changed.count == 2)
    for (old, new) in changed {
      #expect(old.replacing("\"status\":\"planned\"", with: "\"status\":\"missed\"") == new)
    }
    #expect(run.errors == "note: 2 sessions missed, of 1 tandem\n")
  }

  @Test(arguments: ["held", "missed"]) func whatHasNotBegunIsNeither(_ command: String) throws {
    let line = try #require(Self.plan.split(separator: "\n").first { $0.contains("\"id\":\"\(tandem)#1\"") })
    let start = try #require(line.firstMatch(of: /"start":"([^"]+)"/)).1
    let begin = try #require(Timestamp(rfc3339: String(start)))
    let before = Timestamp(secondsSinceEpoch: begin.secondsSinceEpoch - 1, offset: 0)
    let early = ScheduleRun([command, "\(tandem)#1"], input: Self.plan, at: before)
    #expect(early.status == .badInput)
    #expect(early.text == Self.plan)
    #expect(
      early.errors.contains("error: session \(tandem)#1 begins at \(start): it cannot be \(command) yet\n"))
    #expect(ScheduleRun([command, "\(tandem)#1", "--now", "\(begin)"], input: Self.plan).status == .done)
  }

  @Test func heldOnADayToComeIsRefused() {
    let run = ScheduleRun(
      ["held", "\(tandem)#1", "--on", "2026-10-28", "--now", "2026-10-26"], input: Self.plan)
    #expect(run.status == .badInput)
    #expect(run.errors.contains("it cannot be held yet"))
  }

  @Test func eachCorrectsTheOther() {
    let ids = (1...10).map { "\(tandem)#\($0)" }
    let held = ScheduleRun(["held"] + ids, input: Self.plan, at: ScheduleRun.after)
    #expect(held.text.contains("\"status\":\"completed\""))
    let missed = ScheduleRun(["missed", ids[3]], input: held.text, at: ScheduleRun.after)
    #expect(missed.status == .done, "\(missed.errors)")
    #expect(status(missed, 4) == "missed")
    #expect(!missed.text.contains("\"status\":\"completed\""))
    #expect(missed.errors.contains("note: tandem \(tandem) is no longer completed\n"))
    let again = ScheduleRun(["held", ids[3]], input: missed.text, at: ScheduleRun.after)
    #expect(again.text == held.text)
  }

  /// HR may declare a tandem completed with fewer sessions: recording another as missed leaves it so.
  @Test func whatWasNotHeldReopensNothing() {
    let plan = Self.plan.replacing("\"status\":\"proposed\"", with: "\"status\":\"completed\"")
    let run = ScheduleRun(["missed", "\(tandem)#1"], input: plan, at: ScheduleRun.after)
    #expect(changed(run, from: plan).count == 1)
  }

  @Test func theNextPlanMakesUpAndTheCertificateFollows() throws {
    let folder = try TestFolder()
    let file = try folder.write(Self.plan, to: "plan.ndjson")
    let now = ["--now", "2026-12-01T08:00:00+01:00"]
    let early = (1...3).map { "\(tandem)#\($0)" }
    #expect(ScheduleRun(["held", early[0], early[2], "--plan", file] + now).status == .done)
    #expect(ScheduleRun(["missed", early[1], "--plan", file] + now).status == .done)
    let calendar = folder.path + "/invitations"
    let planned = ScheduleRun(
      ["--cohort", "2026-autumn", "--plan", file, "--invitations", calendar] + now)
    #expect(planned.status == .done, "\(planned.errors)")
    let plan = try String(contentsOfFile: file, encoding: .utf8)
    let run = ScheduleRun(["held", "\(tandem)#4", "--sessions", file], at: ScheduleRun.after)
    #expect(status(run, 2) == "missed")
    #expect(status(run, 11) == "planned")
    // The make-up is invited, the missed one is news to nobody.
    let files = folder.names.filter { $0.hasPrefix("invitations/") }
    #expect(files.contains { $0.hasSuffix("-11.ics") })
    #expect(!files.contains { $0.hasSuffix("-2.ics") })

    let progress = ScheduleRun(
      ["progress", "--cohort", "2026-autumn", "--format", "csv"] + now, input: plan)
    #expect(progress.text.contains("wanted,held,missed,due,coming,at risk"))
    #expect(progress.text.contains(",10,2,1,0,8,0,"))

    let moved = ScheduleRun(["move", early[1]] + now, input: plan)
    #expect(moved.status == .badInput)
    #expect(moved.errors.contains("session \(early[1]) was missed on 2026-"))
    #expect(moved.errors.contains("plan again to make up for it"))

    let rest = ([4, 5, 6, 7, 8, 9, 10, 11]).map { "\(tandem)#\($0)" }
    let nine = ScheduleRun(["held"] + rest.dropLast(), input: plan, at: ScheduleRun.after)
    #expect(!nine.text.contains("\"status\":\"completed\""))
    let ten = ScheduleRun(["held"] + rest, input: plan, at: ScheduleRun.after)
    #expect(ten.text.contains("\"status\":\"completed\""))
    let paper = ScheduleRun(["certificate", "--to", folder.path + "/paper"], input: ten.text)
    #expect(paper.errors.contains("1 tandem is completed: 2 certificates"))
  }
}
