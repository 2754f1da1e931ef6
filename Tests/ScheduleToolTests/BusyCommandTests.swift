import Foundation
import TestSupport
import Testing
import ToolSupport

@testable import tandem_schedule

@Suite struct BusyCommandTests {
  private func calendar(_ title: String, _ days: String...) -> String {
    let events = days.enumerated().map { index, day in
      "BEGIN:VEVENT\r\nUID:\(index)\r\nDTSTART:\(day)T080000Z\r\nDTEND:\(day)T120000Z\r\nEND:VEVENT\r\n"
    }
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:\(title)\r\n\(events.joined())END:VCALENDAR\r\n"
  }

  private func desk() throws -> WorkFolder {
    let desk = try WorkFolder()
    try FileManager.default.createDirectory(atPath: desk.path + "/busy", withIntermediateDirectories: true)
    try desk.file("busy/10.ics", calendar("x", "20261005", "20261006"))
    try desk.file(
      "busy/20.ics", calendar("x", "20261005").replacing("UID:0", with: "UID:0\r\nRRULE:FREQ=WEEKLY;COUNT=x"))
    return desk
  }

  @Test func eachCalendarIsALine() throws {
    let desk = try desk()
    let call = ["busy", "--cohort", "2026-autumn", "--busy", desk.path + "/busy"]
    let run = ScheduleRun(call, input: ScheduleRun.stream(2))
    #expect(run.lines[0].hasPrefix("Who"))
    let csv = ScheduleRun(call + ["--format", "csv"], input: ScheduleRun.stream(2))
    let rows = csv.text.components(separatedBy: "\r\n")
    #expect(
      rows[0].hasPrefix(
        "Who,Id,Calendar,Time zone,Entries,First,Last,Hours a week,Hours at most,Doubts,2026-"))
    #expect(rows.count == 6)
    #expect(rows[1].contains("pl:10,10.ics,Europe/Warsaw,2,2026-10-05,2026-10-06,"))
    #expect(
      rows[1].contains(",8.0,\"its last entry is on 2026-10-06,") || rows[1].contains(",8.0,\"its last entry")
    )
    // The rule without its COUNT goes on, and that is said.
    #expect(rows[2].contains("pl:20,20.ics,Europe/Warsaw,1,2026-10-05,2027-"))
    #expect(rows[2].contains("1 warning"))
    #expect(rows[3].contains("pl:11,,Europe/Warsaw,,,,,,no calendar: counts as free"))
    #expect(csv.status == .badInput)
    #expect(csv.errors.contains("10.ics: warning: its last entry is on 2026-10-06"))
    #expect(csv.errors.contains("the rest of the rule counts, without its COUNT"))
  }

  @Test func somebodyNamedIsShownWeekByWeek() throws {
    let desk = try desk()
    let run = ScheduleRun(
      ["busy", "pl:10", "--cohort", "2026-autumn", "--busy", desk.path + "/busy"],
      input: ScheduleRun.stream(2))
    #expect(run.status == .done, "\(run.errors)")
    #expect(!run.text.contains("pl:20"))
    #expect(run.lines.contains { $0.hasSuffix("2026-10-05         8.0") }, "\(run.text)")
    #expect(!run.errors.contains("20.ics"))
    let page = ScheduleRun(
      ["busy", "--cohort", "2026-autumn", "--busy", desk.path + "/busy", "--format", "html"],
      input: ScheduleRun.stream(2))
    #expect(page.text.hasPrefix("<!doctype html>"))
    #expect(page.text.contains("<td>Zażółć 10; &quot;X&quot;</td>"))
    #expect(
      ScheduleRun(
        ["busy", "nobody", "--cohort", "2026-autumn", "--busy", desk.path + "/busy"],
        input: ScheduleRun.stream(2)
      ).status == .badInput)
    #expect(ScheduleRun(["busy", "--cohort", "2026-autumn"], input: ScheduleRun.stream(2)).status == .usage)
  }
}
