import Basics
import Foundation
import Programme
import RecordStream
import TestSupport
import Testing
import ToolSupport

@testable import tandem_schedule

/// What happens to sessions in a term, until ten of them were held.
@Suite struct LedgerTests {
  private static let plan = ScheduleRun(["--cohort", "2026-autumn"], input: ScheduleRun.stream(1)).text
  private let tandem = "2026-autumn/pl:10+pl:20"
  private let november = ["--now", "2026-11-25T09:00:00+01:00"]

  private func sessions(_ text: String) throws -> [Session] {
    var found: [Session] = []
    try RecordReader(Input(name: "x", bytes: Array(text.utf8))) { _ in }.forEachLine {
      if case .session(let session)? = try $0.decode() { found.append(session) }
    }
    return found.sorted(by: Session.precedes)
  }

  private func session(_ text: String, _ number: Int) throws -> Session {
    try #require(try sessions(text).first { $0.number == number })
  }

  private func replan(_ text: String, _ options: [String]) throws -> ScheduleRun {
    let folder = try TestFolder()
    let file = try folder.write(text, to: "plan.ndjson")
    return ScheduleRun(["--cohort", "2026-autumn", "--previous", file] + options, input: text)
  }

  /// Session 2 was called off and session 3 held: nothing of what can follow is a dead end.
  @Test func aSessionThatDidNotTakePlaceIsNoDeadEnd() throws {
    let held = ScheduleRun(["held", "\(tandem)#1", "\(tandem)#3"] + november, input: Self.plan)
    #expect(held.status == .done, "\(held.errors)")
    let lines = held.lines.map { line in
      line.contains("\"id\":\"\(tandem)#2\"")
        ? String(line).replacing("\"status\":\"planned\"", with: "\"status\":\"cancelled\"") : String(line)
    }
    let off = lines.joined(separator: "\n") + "\n"
    let planned = try replan(off, november)
    #expect(planned.status == .done, "\(planned.errors)")
    let counting = try sessions(planned.text).filter(\.counts)
    #expect(counting.count == 10)
    #expect(counting.map(\.number) == [1, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    #expect(counting.last?.start == counting.map(\.start).max())

    let rest = ScheduleRun(
      ["held"] + (4...11).map { "\(tandem)#\($0)" }, input: planned.text, at: ScheduleRun.after)
    #expect(rest.errors.contains("note: tandem \(tandem) is completed\n"))
    let folder = try TestFolder()
    let paper = ScheduleRun(["certificate", "--to", folder.path + "/paper"], input: rest.text)
    #expect(paper.errors.contains("1 tandem is completed: 2 certificates"))

    // Or it was held after all, after the third; or it moves there.
    let late = ScheduleRun(["held", "\(tandem)#2", "--on", "2027-03-29"], input: off, at: ScheduleRun.after)
    #expect(late.status == .done, "\(late.errors)")
    #expect(try session(late.text, 2).start.date == LocalDate(iso8601: "2027-03-29"))
    let moved = ScheduleRun(["move", "\(tandem)#2", "--take", "1"] + november, input: off)
    #expect(moved.status == .done, "\(moved.errors)")
    #expect(try session(moved.text, 2).start > session(moved.text, 3).start)
    let after = try replan(moved.text, november)
    #expect(after.text == moved.text)
  }

  /// Both calendars are empty, and the two agreed by telephone.
  @Test func aSessionMovesToAnyTimeThatPeopleAgreedOn() throws {
    let october = ["--now", "2026-10-29T14:00:00+01:00"]
    let all = ScheduleRun(
      ["move", "\(tandem)#2", "--alternatives", "1000", "--format", "csv"] + october, input: Self.plan)
    #expect(
      all.text.contains(",2026-11-05T14:00:00+01:00,") && all.text.contains(",2026-11-05T14:30:00+01:00,"))
    let rfc = ScheduleRun(
      ["move", "\(tandem)#2", "--to", "2026-11-05T14:00:00+01:00"] + october, input: Self.plan)
    #expect(rfc.status == .done, "\(rfc.errors)")
    #expect(try session(rfc.text, 2).start.description == "2026-11-05T14:00:00+01:00")

    let short = ScheduleRun(
      ["move", "p20@pl.example.com", "2", "--to", "2026-11-05 14:10", "--length", "60"] + october,
      input: Self.plan)
    #expect(short.status == .done, "\(short.errors)")
    let moved = try session(short.text, 2)
    #expect((moved.start.time.description, moved.end.time.description) == ("14:10", "15:10"))
    #expect(moved.sequence == 1 && moved.agreed == .yes)
    #expect(try replan(short.text, october).text == short.text)

    let evening = ["move", "\(tandem)#2", "--to", "2026-11-05 21:00"] + october
    let refused = ScheduleRun(evening, input: Self.plan)
    #expect(refused.status == .unavailable)
    #expect(refused.text == Self.plan)
    #expect(
      refused.errors.contains(
        "error: session \(tandem)#2 cannot be on 2026-11-05 21:00: mentor pl:10 is not free"))
    #expect(refused.errors.contains("add --agreed"))
    let agreed = ScheduleRun(evening + ["--agreed"], input: Self.plan)
    #expect(agreed.status == .done, "\(agreed.errors)")
    #expect(try replan(agreed.text, october).text == agreed.text)
    // Nobody can be in two sessions at once.
    let third = try session(Self.plan, 3)
    let both = ScheduleRun(
      ["move", "\(tandem)#2", "--to", third.start.description, "--agreed"] + october, input: Self.plan)
    #expect(both.status == .unavailable)
    #expect(both.errors.contains("error: session \(tandem)#2 cannot be on"))
    #expect(both.errors.contains(": pl:10 is in another session then"))
  }

  @Test func whatIsDroppedIsMadeUpForAfterTheLast() throws {
    let early = ["--now", "2026-10-01"]
    let run = ScheduleRun(["drop", "pl:20", "5", "--reason", "leave"] + early, input: Self.plan)
    #expect(run.status == .done, "\(run.errors)")
    let dropped = try session(run.text, 5)
    #expect(dropped.status == .cancelled && dropped.reason == .leave && dropped.sequence == 1)
    let planned = try replan(run.text, early)
    #expect(planned.status == .done, "\(planned.errors)")
    let counting = try sessions(planned.text).filter(\.counts)
    #expect(counting.map(\.number) == [1, 2, 3, 4, 6, 7, 8, 9, 10, 11])
    #expect(try session(planned.text, 5) == dropped)
    #expect(try session(planned.text, 11).topics == dropped.topics)

    let late = ScheduleRun(["drop", "\(tandem)#1"], input: Self.plan, at: ScheduleRun.after)
    #expect(late.status == .badInput)
    #expect(late.errors.contains("record it with `tandem-schedule missed` or `held`"))
    let list = ScheduleRun(["drop", "pl:20"] + early, input: Self.plan)
    #expect(list.status == .badInput)
    #expect(
      list.errors.contains("name one session of pair \(tandem)") && list.errors.contains("it has 1 on 2026-"))
  }

  @Test func anAddedSessionIsExtraUntilItWasHeld() throws {
    let november = ["--now", "2026-11-25T09:00:00+01:00"]
    let start = try session(Self.plan, 4).start
    let day = start.date.adding(days: 8)
    let run = ScheduleRun(
      ["add", "pl:10", "--at", "\(day) 16:20", "--length", "60"] + november, input: Self.plan)
    #expect(run.status == .done, "\(run.errors)")
    let added = try session(run.text, 11)
    #expect(added.status == .planned && added.agreed == .yes && added.interval.length == 60)
    let planned = try replan(run.text, november)
    #expect(try sessions(planned.text) == sessions(run.text))
    #expect(
      planned.errors.contains("3 past sessions since 2026-")
        || planned.errors.contains("2 past sessions since 2026-"))
    let later = ["--now", "\(day.adding(days: 1))T08:00:00Z"]
    let held = ScheduleRun(["held", "\(tandem)#11"] + later, input: planned.text)
    let after = try replan(held.text, later)
    #expect(try sessions(after.text).count(where: \.counts) == 10)
    #expect(try session(after.text, 10).status == .cancelled)

    let past = ScheduleRun(
      ["add", "pl:10", "--at", "2026-11-20 10:00", "--held"] + november, input: Self.plan)
    #expect(past.status == .done, "\(past.errors)")
    #expect(try session(past.text, 11).status == .held)
    #expect(past.text.contains("\"status\":\"active\""))
    let close = ScheduleRun(
      ["add", "pl:10", "--at", "\(start.date.adding(days: 1)) 10:00"] + november, input: Self.plan)
    #expect(close.status == .unavailable)
    #expect(close.text == Self.plan)
  }

  @Test func whyItWasMissedIsRecordedByItsKind() throws {
    let run = ScheduleRun(
      ["missed", "pl:20", "1", "--reason", "illness"], input: Self.plan, at: ScheduleRun.after)
    #expect(run.status == .done, "\(run.errors)")
    #expect(try session(run.text, 1).reason == .illness)
    let held = ScheduleRun(["held", "pl:20", "1"], input: run.text, at: ScheduleRun.after)
    #expect(try session(held.text, 1).reason == nil)
    #expect(ScheduleRun(["missed", "pl:20", "1", "--reason", "flu"], input: Self.plan).status == .usage)
  }

  @Test func topicsGoToTheComingSessionsInOrder() throws {
    let listed = Self.plan.replacing(
      "\"record\":\"tandem\"",
      with: "\"keywords\":[\"video\",\"Apps\",\"Chat\",\"Maps\"],\"record\":\"tandem\"")
    let now = ["--now", "2026-11-11T08:00:00+01:00"]
    let planned = try replan(listed, now)
    let coming = try sessions(planned.text).filter { $0.number > 2 }
    #expect(
      coming.flatMap(\.topics).reduce(into: []) { if $0.last != $1 { $0.append($1) } } == [
        "video", "Apps", "Chat", "Maps",
      ])
    #expect(coming.map(\.sequence) == [0, 0, 0, 0, 0, 0, 0, 0])
    #expect(try replan(planned.text, now).text == planned.text)

    let held = ScheduleRun(["held", "pl:20", "2", "--topics", "apps, Xylophone"] + now, input: planned.text)
    #expect(held.status == .done, "\(held.errors)")
    #expect(try session(held.text, 2).covered == ["Apps", "Xylophone"])
    let none = ScheduleRun(["held", "pl:20", "2", "--topics", "Video"] + now, input: planned.text)
    let rest = try sessions(none.text).filter { $0.number > 2 }
    #expect(
      rest.flatMap(\.topics).reduce(into: []) { if $0.last != $1 { $0.append($1) } } == [
        "Apps", "Chat", "Maps",
      ])
    #expect(rest.map(\.sequence) == [1, 0, 0, 0, 0, 0, 0, 0])
    let progress = ScheduleRun(
      ["progress", "--cohort", "2026-autumn", "--format", "csv"] + now, input: none.text)
    #expect(progress.text.contains(",1 of 4,"))
  }
}
