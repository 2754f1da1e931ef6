import Foundation
import Programme
import TestSupport
import Testing

@testable import Calendars

/// Busy time against what Python's recurring_ical_events makes of the same calendars (Tests/Judges/busy.py).
@Suite struct BusyTimeJudgeTests {
  private struct Line: Decodable {
    struct Window: Decodable {
      var from: Int
      var to: Int
      var busy: [[Int]]
    }

    var calendar: Data
    var damage: String
    var lenient: Bool
    var zone: String
    var windows: [Window]
  }

  /// Of calendars that everybody reads, exactly the judge's; of those in which something cannot be read, that and more.
  @Test func busyTimeIsAsTheJudgeExpandsIt() throws {
    let run = try Program.run(
      Python.path(), [Repository.path + "/Tests/Judges/busy.py", "1", "520"],
      environment: ["PYTHONDONTWRITEBYTECODE": "1"])
    try #require(run.status == 0, "\(run.text.suffix(2000))")
    var windows = 0
    var more: [String: Int] = [:]
    var damages: Set<String> = []
    for (number, text) in run.text.split(separator: "\n").enumerated() {
      let line = try JSONDecoder().decode(Line.self, from: Data(text.utf8))
      damages.insert(line.damage)
      let file = CalendarFile.read([UInt8](line.calendar))
      let zone = try ZoneDatabase.zone(line.zone)
      for window in line.windows {
        windows += 1
        let found = file.busyTime(in: MinuteInterval(start: window.from, end: window.to), zone: zone)
        let judged = BusyTime(window.busy.map { MinuteInterval(start: $0[0], end: $0[1]) })
        if found == judged { continue }
        more[line.damage, default: 0] += 1
        // A difference is on the safe side, and what could not be read was said.
        let isSafe = found.union(judged) == found
        #expect(
          !line.lenient && isSafe && !file.diagnostics.isEmpty,
          "calendar \(number) (\(line.damage)): \(found.intervals) is not \(judged.intervals)\n\(String(decoding: line.calendar, as: UTF8.self))"
        )
      }
    }
    #expect(windows >= 1500)
    #expect(damages.count >= 12, "\(damages.sorted())")
    // The damages that take more time than the judge saw: an occurrence that an EXDATE would have freed, a rule that goes on.
    #expect(
      Set(more.keys).isSubset(of: [
        "bad exdate", "bad count", "bad until", "bad rdate", "bad stamp", "two lengths",
      ]))
    #expect(!more.isEmpty)
  }

  @Test func eventsOfOneUIDCountAllUnlessOneIsNewer() throws {
    func event(_ hour: Int, _ sequence: Int) -> String {
      "BEGIN:VEVENT\nUID:1\nSEQUENCE:\(sequence)\nDTSTART:20261005T\(hour)0000Z\nDTEND:20261005T\(hour + 1)0000Z\nEND:VEVENT\n"
    }
    #expect(
      try busy(event(10, 0) + event(14, 0)) == [
        "2026-10-05T10:00:00Z/2026-10-05T11:00:00Z", "2026-10-05T14:00:00Z/2026-10-05T15:00:00Z",
      ])
    #expect(try busy(event(10, 0) + event(14, 1)) == ["2026-10-05T14:00:00Z/2026-10-05T15:00:00Z"])
  }

  @Test func timesWithoutAZoneAreInThatOfTheCalendar() throws {
    let event = "BEGIN:VEVENT\nUID:1\nDTSTART:20261005T100000\nDTEND:20261005T110000\nEND:VEVENT"
    #expect(
      try busy("X-WR-TIMEZONE:America/New_York\n" + event, zone: "Europe/Berlin")
        == ["2026-10-05T14:00:00Z/2026-10-05T15:00:00Z"])
    #expect(try busy(event, zone: "Europe/Berlin") == ["2026-10-05T08:00:00Z/2026-10-05T09:00:00Z"])
    #expect(
      try busy("X-WR-TIMEZONE:Nowhere\n" + event, zone: "Europe/Berlin")
        == ["2026-10-05T08:00:00Z/2026-10-05T09:00:00Z"])
  }
}

@Suite struct CalendarSummaryTests {
  private func summary(_ days: [String], free: Bool = false) -> CalendarSummary {
    var text = "BEGIN:VCALENDAR\n"
    for (index, day) in days.enumerated() {
      text +=
        "BEGIN:VEVENT\nUID:\(index)\nDTSTART:\(day)T080000Z\nDTEND:\(day)T093000Z\n\(free ? "TRANSP:TRANSPARENT\n" : "")END:VEVENT\n"
    }
    let file = CalendarFile.read(Array((text + "END:VCALENDAR\n").utf8))
    let start = 20_727 * 1440
    return file.summary(in: MinuteInterval(start: start, end: start + 182 * 1440), zone: .utc)
  }

  @Test func aShortCalendarIsInDoubt() throws {
    // 1 October 2026 to 31 March 2027.
    let first = try #require(LocalDate(iso8601: "2026-10-01"))
    let term = first...first.adding(days: 181)
    let whole = summary([
      "20261005", "20261026", "20261116", "20261207", "20261228", "20270118", "20270208", "20270301",
      "20270322",
    ])
    #expect(whole.doubts(in: term) == [])
    #expect(whole.entries == 9)
    #expect(whole.first?.description == "2026-10-05" && whole.last?.description == "2027-03-22")
    #expect(whole.minutes(in: MinuteInterval(start: 0, end: .max)) == 9 * 90)
    let short = summary(["20261005", "20261026", "20261116"])
    #expect(
      short.doubts(in: term) == [
        "its last entry is on 2026-11-16, 19 weeks before the term ends: later times count as free"
      ])
    let gap = summary(["20261005", "20261201", "20261222", "20270112", "20270202", "20270223", "20270316"])
    #expect(gap.doubts(in: term) == ["it has no entry from 2026-10-06 to 2026-11-30"])
    #expect(summary([]).doubts(in: term) == ["it has no entry in the term: is it the right calendar?"])
    // What takes no time shows that the calendar is kept.
    let free = summary(
      [
        "20261005", "20261026", "20261116", "20261207", "20261228", "20270118", "20270208", "20270301",
        "20270322",
      ], free: true)
    #expect(free.doubts(in: term) == [] && free.busy == .none)
  }
}
