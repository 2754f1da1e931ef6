import Basics
import Foundation
import Programme
import RecordStream
import Testing
import ToolSupport

@testable import tandem_schedule

@Suite struct MoveCommandTests {
  private static let plan = ScheduleRun(["--cohort", "2026-autumn"], input: ScheduleRun.stream(2)).text
  private let id = "2026-autumn/pl:10+pl:20#4"

  private func session(_ text: String) throws -> Session {
    let line = try #require(text.split(separator: "\n").last { $0.contains("\"id\":\"\(id)\"") })
    var found: Session?
    try RecordReader(Input(name: "x", bytes: Array(line.utf8))) { _ in }.forEachLine {
      if case .session(let session)? = try $0.decode() { found = session }
    }
    return try #require(found)
  }

  @Test func theBestTimesFollowTheStream() throws {
    let badge = "{\"record\":\"badge\",\"z\":1.50,\"a\":\"x\"}\n"
    let run = ScheduleRun(["move", id, "--alternatives", "2"], input: badge + Self.plan)
    #expect(run.status == .done, "\(run.errors)")
    #expect(run.text.hasPrefix(badge + Self.plan))
    let told = run.lines.suffix(2)
    #expect(run.lines.count == 1 + Self.plan.split(separator: "\n").count + 2)
    #expect(told.first?.contains("\"rank\":1") == true && told.last?.contains("\"rank\":2") == true)
    #expect(told.allSatisfy { $0.contains("\"record\":\"alternative\",\"session\":\"\(id)\"") })
    #expect(told.allSatisfy { $0.hasPrefix("{\"cost\":{") && $0.contains("\"daysAfter\":") })
  }

  @Test func oneIsTakenAndAllElseStays() throws {
    let first = ScheduleRun(["move", id, "--alternatives", "2", "--format", "csv"], input: Self.plan)
    let second = try #require(first.text.components(separatedBy: "\r\n").dropFirst(2).first)
    let run = ScheduleRun(["move", id, "--take", "2"], input: Self.plan)
    #expect(run.status == .done, "\(run.errors)")
    let (old, new) = (try session(Self.plan), try session(run.text))
    #expect(second.contains("\(id),2,\(new.start),\(new.end),office,"))
    #expect(new.start != old.start)
    #expect(new.sequence == 1 && new.isRescheduled && new.uid == old.uid)
    let changed = zip(run.lines, Self.plan.split(separator: "\n")).filter { $0 != $1 }
    #expect(changed.count == 1)
    #expect(run.errors.contains("note: session \(id) moves from \(old.start) to \(new.start), "))
    // Given back as the earlier plan, nothing else moves.
    let folder = try TestFolder()
    let previous = try folder.write(run.text, to: "plan.ndjson")
    let again = ScheduleRun(
      ["--cohort", "2026-autumn", "--previous", previous, "--now", "2026-10-06T08:00:00Z"],
      input: ScheduleRun.stream(2))
    #expect(again.lines.sorted() == run.lines.sorted())
  }

  @Test func absencesAndTheHourOfAskingAreHeeded() throws {
    let start = try session(Self.plan).start
    let now = Timestamp(secondsSinceEpoch: start.secondsSinceEpoch - 2 * 86_400, offset: 0)
    let until = start.date.adding(days: 3)
    let run = ScheduleRun(
      ["move", id, "--now", "\(now)", "--absent", "pl:20", "\(now.date)", "\(until)", "--format", "csv"],
      input: Self.plan)
    #expect(run.status == .done, "\(run.errors)")
    let starts = run.text.components(separatedBy: "\r\n").dropFirst().compactMap { row in
      row.split(separator: ",").dropFirst(2).first.flatMap { Timestamp(rfc3339: String($0)) }
    }
    #expect(starts.count == 3)
    #expect(starts.allSatisfy { $0 > now && $0.date > until })
  }

  @Test func theTableSaysWhereTheSessionIs() throws {
    let run = ScheduleRun(["move", id, "--format", "table"], input: Self.plan)
    let start = try session(Self.plan).start
    #expect(run.lines.first == "\(id), now \(start) (planned)")
    #expect(run.lines.count == 6)
  }

  @Test func whatCannotBeIsSaid() throws {
    #expect(ScheduleRun(["move"]).status == .usage)
    #expect(
      ScheduleRun(["move", id, "--alternatives", "0"]).errors.contains("--alternatives is 1 to 1000, not 0"))
    #expect(
      ScheduleRun(["move", id, "--take", "1", "--format", "csv"]).errors
        .contains("--take writes the changed stream: leave out --format"))
    let nobody = ScheduleRun(["move", "2026-autumn/x#1"], input: Self.plan)
    #expect(nobody.status == .badInput)
    #expect(
      nobody.errors.contains("error: there is no session 2026-autumn/x#1 on the stream; give its id, as in "))
    #expect(ScheduleRun(["move", "1999/x#1"], input: Self.plan).status == .badInput)
    let held = ScheduleRun(["held", id], input: Self.plan, at: ScheduleRun.after).text
    let run = ScheduleRun(["move", id], input: held)
    #expect(run.status == .badInput)
    #expect(run.errors.contains("error: session \(id) was held on 2026-"))
    let away = ScheduleRun(
      ["move", id, "--absent", "pl:20", "2026-10-01", "2027-05-01"], input: Self.plan)
    #expect(away.status == .unavailable)
    #expect(away.text == Self.plan)
    #expect(
      away.errors.contains("error: session \(id) has no other time: mentee pl:20 has no free time between "))
    let ended = ScheduleRun(["move", id], input: Self.plan.replacing("\"proposed\"", with: "\"ended\""))
    #expect(ended.status == .badInput)
    #expect(
      ended.errors.contains("error: tandem 2026-autumn/pl:10+pl:20 is ended: its sessions stay as they are"))
    let few = ScheduleRun(["move", id, "--take", "900"], input: Self.plan)
    #expect(few.status == .usage)
    #expect(few.errors.contains("--take 900: there are "))
  }
}
