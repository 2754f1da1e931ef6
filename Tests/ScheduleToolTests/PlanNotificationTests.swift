import Foundation
import Testing
import ToolSupport

@testable import tandem_schedule

/// The attention budget: who is told what of a changed plan, and what waits.
@Suite struct PlanNotificationTests {
  private let call = ["--cohort", "2026-autumn", "--format", "ndjson"]
  private let stream = ScheduleRun.stream(2)

  private func again(
    _ folder: TestFolder, _ previous: String, _ now: String, _ more: [String], _ name: String
  ) throws -> ScheduleRun {
    let file = try folder.write(previous, to: "\(name)-before.ndjson")
    return ScheduleRun(
      ["--cohort", "2026-autumn", "--previous", file, "--now", now, "--outbox", folder.path + "/box"] + more,
      input: stream)
  }

  private func written(_ folder: TestFolder, _ name: String) -> [String] {
    folder.names.filter { $0.hasPrefix(name + "/") }.map { String($0.dropFirst(name.count + 1)) }
  }

  @Test func aSecondChangeInAWeekWaitsAndComesMerged() throws {
    let folder = try TestFolder()
    let box = ["--outbox", folder.path + "/box"]
    let first = ScheduleRun(
      call + box + ["--now", "2026-10-01T08:00:00Z", "--invitations", folder.path + "/one"], input: stream)
    #expect(first.status == .done, "\(first.errors)")
    #expect(first.errors.contains("note: 40 notices to 4 people: 40 invited\n"))
    #expect(written(folder, "one").count == 22)
    // Two days later somebody will be away in December: it can wait.
    let away = ["--absent", "pl:20", "2026-11-23", "2026-12-12"]
    let list = try again(folder, first.text, "2026-10-03T08:00:00Z", away + ["--dry-run"], "a")
    #expect(list.lines[0].hasPrefix("To "))
    #expect(list.text.contains("p20@pl.example.com  moved (deferred)"))
    #expect(list.text.contains("p10@pl.example.com  moved (deferred)"))
    #expect(!list.text.contains("p11@") && !list.text.contains("\"record\""))
    #expect(list.text.contains("\nnobody to notify\n"))
    let journal = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/box/journal.ndjson"))
    let second = try again(
      folder, first.text, "2026-10-03T08:00:00Z",
      away + ["--format", "ndjson", "--invitations", folder.path + "/two"],
      "b")
    #expect(second.status == .done)
    #expect(written(folder, "two").isEmpty)
    #expect(second.errors.contains("notices to 2 people are deferred: the mentee had this week's notices"))
    let moved = second.moved.count
    #expect(moved > 0)
    // Kept back, and known: but nobody was told.
    let after = try String(contentsOfFile: folder.path + "/box/journal.ndjson", encoding: .utf8)
    #expect(after.hasPrefix(String(decoding: journal, as: UTF8.self)))
    #expect(!after.contains("2026-10-03T08:00:00Z"))
    // After the week both changes are one notice.
    let more = away + ["pl:20", "2027-01-25", "2027-02-10"]
    let third = try again(
      folder, second.text, "2026-10-09T08:00:00Z",
      more + ["--format", "ndjson", "--invitations", folder.path + "/three"], "c")
    let all = third.moved.count
    #expect(all > moved)
    #expect(third.errors.contains("note: \(2 * all) notices to 2 people: \(2 * all) moved\n"))
    let files = written(folder, "three")
    #expect(files.count == all + 1)
    #expect(files.contains("2026-autumn-pl-10-pl-20-all.ics"))
    let file = try #require(files.first { !$0.contains("all") })
    let text = try String(contentsOfFile: folder.path + "/three/" + file, encoding: .utf8)
    #expect(text.contains("METHOD:REQUEST") && text.contains("SEQUENCE:1"))
    #expect(text.components(separatedBy: "\r\nATTENDEE").count == 3)
    // Told is told.
    let quiet = try again(folder, third.text, "2026-10-20T08:00:00Z", more + ["--dry-run"], "d")
    #expect(quiet.text.contains("nobody to notify"))
  }

  @Test func whatIsNearIsSentAtOnce() throws {
    let folder = try TestFolder()
    let first = ScheduleRun(
      call + [
        "--outbox", folder.path + "/box", "--now", "2026-10-15T08:00:00Z", "--invitations",
        folder.path + "/one",
      ], input: stream)
    let near = try again(
      folder, first.text, "2026-10-23T08:00:00Z",
      ["--absent", "pl:20", "2026-10-24", "2026-10-30", "--dry-run"], "a")
    #expect(near.text.contains("p20@pl.example.com  moved "))
    #expect(!near.text.contains("deferred)  2026-10"))
    // And without a memory, all that differs from the earlier plan.
    let file = try folder.write(first.text, to: "plan.ndjson")
    let plain = ScheduleRun(
      [
        "--cohort", "2026-autumn", "--previous", file, "--now", "2026-10-09T08:00:00Z", "--absent", "pl:20",
        "2026-11-23", "2026-12-12", "--dry-run", "--format", "csv",
      ], input: stream)
    #expect(plain.text.hasPrefix("To,News,When,Method,Seq,What\r\np10@pl.example.com,moved,"))
    #expect(!plain.text.contains("deferred"))
  }

  @Test func theEndOfATandemIsSentAsCancelled() throws {
    let folder = try TestFolder()
    let first = ScheduleRun(call + ["--now", "2026-10-01T08:00:00Z"], input: stream)
    let file = try folder.write(first.text, to: "plan.ndjson")
    let ended = stream.split(separator: "\n").map {
      $0.contains("pl:10+pl:20") ? String($0).replacing("\"proposed\"", with: "\"ended\"") : String($0)
    }.joined(separator: "\n")
    let run = ScheduleRun(
      [
        "--cohort", "2026-autumn", "--previous", file, "--now", "2026-11-01T08:00:00Z", "--outbox",
        folder.path + "/box", "--invitations", folder.path + "/off", "--format", "ndjson",
      ], input: ended)
    #expect(run.status == .done, "\(run.errors)")
    let off = run.lines.filter { $0.contains("\"status\":\"cancelled\"") }.count
    #expect(off == 9)
    #expect(run.errors.contains("note: 18 notices to 2 people: 18 cancelled\n"))
    #expect(written(folder, "off").filter { !$0.contains("all") }.count == 9)
  }

  @Test(arguments: [true, false]) func aTandemThatVanishedIsCancelledToo(_ hasMemory: Bool) throws {
    let folder = try TestFolder()
    let first = ScheduleRun(call + ["--now", "2026-10-01T08:00:00Z"], input: stream)
    let file = try folder.write(first.text, to: "plan.ndjson")
    let left = stream.split(separator: "\n").filter { !$0.contains("pl:10") && !$0.contains("pl:20") }
    let run = ScheduleRun(
      call + [
        "--previous", file, "--now", "2026-10-02T08:00:00Z", "--invitations", folder.path + "/off",
      ] + (hasMemory ? ["--outbox", folder.path + "/box"] : []), input: left.joined(separator: "\n") + "\n")
    #expect(run.status == .done, "\(run.errors)")
    let files = written(folder, "off").filter { !$0.contains("all") }
    #expect(files.count == 10)
    let text = try String(contentsOfFile: folder.path + "/off/" + (files.first ?? ""), encoding: .utf8)
    #expect(text.contains("METHOD:CANCEL") && text.contains("p20@pl.example.com"))
  }

  @Test func wrongCallsHaveTheirMessages() {
    #expect(
      ScheduleRun(call + ["--outbox", "/tmp/x"]).errors
        .contains("--outbox needs --invitations DIR or --dry-run: otherwise nobody is notified"))
    #expect(ScheduleRun(call + ["--dry-run"]).errors.contains("--dry-run writes a table, csv or xlsx"))
  }
}
