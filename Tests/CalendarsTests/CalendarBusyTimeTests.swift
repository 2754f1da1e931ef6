import Basics
import Foundation
import Programme
import TestSupport
import Testing

@testable import Calendars

/// Busy time of a file whose VCALENDAR holds `body`, within a window of whole UTC days, as text.
func busy(
  _ body: String, zone: String = "UTC", from: String = "2026-10-01", days: Int = 31, owners: Set<String> = []
) throws -> [String] {
  let text = "BEGIN:VCALENDAR\nVERSION:2.0\n\(body)\nEND:VCALENDAR\n"
  let file = CalendarFile.read(Array(text.utf8))
  #expect(file.diagnostics.map(\.description) == [])
  let first = try #require(LocalDate(iso8601: from)).daysSinceEpoch * 1440
  let time = file.busyTime(
    in: MinuteInterval(start: first, end: first + days * 1440), zone: try ZoneDatabase.zone(zone),
    owners: owners)
  return time.intervals.map {
    "\(Timestamp(minute: $0.start, offset: 0))/\(Timestamp(minute: $0.end, offset: 0))"
  }
}

@Suite struct CalendarBusyTimeTests {
  @Test func wholeProgrammeIsAsTheTruthSays() throws {
    let root = URL(filePath: Repository.programme)
    let folders = ["pl", "de", "us", "cn", "hu"].map { root.appending(path: "\($0)/busy") }
    #expect(try compare(folders, truth: root.appending(path: "truth/busy.csv")) == 600)
  }

  /// One calendar of each region, kept here.
  @Test func someCalendarsAreAsTheTruthSays() throws {
    #expect(try compare([fixture("busy")], truth: fixture("busy/truth.csv")) == 5)
  }

  /// The busy time of each calendar of the folders, from the cohort's start to its end, against `employee,start,end`.
  private func compare(_ folders: [URL], truth: URL) throws -> Int {
    let zones = [
      "1": "Europe/Warsaw", "2": "Europe/Berlin", "3": "America/New_York", "4": "Asia/Shanghai",
      "5": "Europe/Budapest",
    ]
    var expected: [String: [String]] = [:]
    for line in try String(contentsOf: truth, encoding: .utf8).split(whereSeparator: \.isNewline) {
      let cells = line.split(separator: ",")
      expected[String(cells[0]), default: []].append("\(cells[1])/\(cells[2])")
    }
    let first = try #require(LocalDate(iso8601: "2026-10-05"))
    let last = try #require(LocalDate(iso8601: "2027-04-05"))
    var files = 0
    for folder in folders {
      for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      where file.hasSuffix(".ics") {
        let calendar = CalendarFile.read(
          [UInt8](try Data(contentsOf: folder.appending(path: file))), fileName: file)
        #expect(calendar.diagnostics == [])
        let owner = try #require(calendar.ownerCandidates.first)
        let zone = try ZoneDatabase.zone(try #require(zones[String(owner.prefix(1))]))
        let busy = calendar.busyTime(
          in: MinuteInterval(start: zone.minute(of: first), end: zone.minute(of: last)), zone: zone)
        let found = busy.intervals.map {
          "\(Timestamp(minute: $0.start, offset: 0))/\(Timestamp(minute: $0.end, offset: 0))"
        }
        #expect(found == expected[owner, default: []], "\(file)")
        files += 1
      }
    }
    return files
  }

  @Test func exchangeStatusWinsOverTransparency() throws {
    func event(_ lines: String) -> String {
      "BEGIN:VEVENT\nUID:1\nDTSTART:20261005T100000Z\nDTEND:20261005T110000Z\n\(lines)\nEND:VEVENT"
    }
    let span = ["2026-10-05T10:00:00Z/2026-10-05T11:00:00Z"]
    #expect(try busy(event("TRANSP:OPAQUE\nX-MICROSOFT-CDO-BUSYSTATUS:FREE")) == [])
    #expect(try busy(event("TRANSP:TRANSPARENT\nX-MICROSOFT-CDO-BUSYSTATUS:OOF")) == span)
    #expect(try busy(event("TRANSP:TRANSPARENT\nX-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE")) == span)
    #expect(try busy(event("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE")) == [])
    #expect(try busy(event("X-MICROSOFT-CDO-BUSYSTATUS:SOMETHING\nTRANSP:TRANSPARENT")) == [])
    #expect(try busy(event("TRANSP:OPAQUE")) == span)
    #expect(try busy(event("STATUS:CANCELLED")) == [])
    let declined = "ATTENDEE;PARTSTAT=DECLINED;CN=\"Doe, Ann\":MAILTO:Ann@Example.com"
    #expect(try busy(event(declined), owners: ["ann@example.com"]) == [])
    #expect(try busy(event(declined), owners: ["bob@example.com"]) == span)
  }

  @Test func wholeDaysAndFloatingTimesAreOnTheOwnersClock() throws {
    let day = "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261025\nEND:VEVENT"
    #expect(try busy(day, zone: "Europe/Warsaw") == ["2026-10-24T22:00:00Z/2026-10-25T23:00:00Z"])
    let floating = "BEGIN:VEVENT\nDTSTART:20261005T100000\nDTEND:20261005T110000\nEND:VEVENT"
    #expect(try busy(floating, zone: "Asia/Shanghai") == ["2026-10-05T02:00:00Z/2026-10-05T03:00:00Z"])
    #expect(try busy("BEGIN:VEVENT\nDTSTART:20261005T100000Z\nEND:VEVENT") == [])
  }

  @Test func changedOccurrencesHaveTheirOwnStatus() throws {
    let free = """
      BEGIN:VEVENT
      UID:1
      DTSTART:20261005T100000Z
      DURATION:PT1H
      RRULE:FREQ=DAILY;COUNT=2
      END:VEVENT
      BEGIN:VEVENT
      UID:1
      RECURRENCE-ID:20261006T100000Z
      STATUS:CANCELLED
      DTSTART:20261006T100000Z
      DURATION:PT1H
      END:VEVENT
      """
    #expect(try busy(free) == ["2026-10-05T10:00:00Z/2026-10-05T11:00:00Z"])
  }

  @Test func cancellationsAndAnswersTakeNoTime() throws {
    let event = "BEGIN:VEVENT\nUID:1\nSEQUENCE:1\nDTSTART:20261005T100000Z\nDURATION:PT1H\nEND:VEVENT"
    for method in ["CANCEL", "REPLY", "COUNTER"] { #expect(try busy("METHOD:\(method)\n\(event)") == []) }
    // A CANCEL of the same meeting further on in the file.
    let both =
      event.replacing("SEQUENCE:1", with: "SEQUENCE:0") + "\nEND:VCALENDAR\nBEGIN:VCALENDAR\nMETHOD:CANCEL\n"
    #expect(try busy(both + event) == [])
  }

  @Test func freeBusyIsRead() throws {
    let text = """
      BEGIN:VFREEBUSY
      UID:1
      FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20261005T100000Z/PT1H,20261006T100000Z/20261006T120000Z
      FREEBUSY;FBTYPE=FREE:20261007T100000Z/PT1H
      FREEBUSY:20261008T100000Z/PT30S
      END:VFREEBUSY
      """
    #expect(
      try busy(text) == [
        "2026-10-05T10:00:00Z/2026-10-05T11:00:00Z", "2026-10-06T10:00:00Z/2026-10-06T12:00:00Z",
        "2026-10-08T10:00:00Z/2026-10-08T10:01:00Z",
      ])
  }

  /// RFC 7953: what no AVAILABLE covers is busy; a higher priority is laid over a lower one; events come on top.
  @Test func availabilityIsRead() throws {
    let working = """
      BEGIN:VAVAILABILITY
      UID:1
      DTSTART:20261005T000000Z
      DTEND:20261007T000000Z
      BEGIN:AVAILABLE
      UID:2
      DTSTART:20261001T080000Z
      DTEND:20261001T160000Z
      RRULE:FREQ=DAILY
      END:AVAILABLE
      END:VAVAILABILITY
      """
    #expect(
      try busy(working) == [
        "2026-10-05T00:00:00Z/2026-10-05T08:00:00Z", "2026-10-05T16:00:00Z/2026-10-06T08:00:00Z",
        "2026-10-06T16:00:00Z/2026-10-07T00:00:00Z",
      ])
    let overlaid =
      working + """

        BEGIN:VAVAILABILITY
        UID:3
        PRIORITY:1
        DTSTART:20261005T120000Z
        DURATION:PT6H
        BEGIN:AVAILABLE
        UID:4
        DTSTART:20261005T170000Z
        DURATION:PT30M
        END:AVAILABLE
        END:VAVAILABILITY
        BEGIN:VEVENT
        UID:5
        DTSTART:20261006T090000Z
        DURATION:PT1H
        END:VEVENT
        """
    #expect(
      try busy(overlaid) == [
        "2026-10-05T00:00:00Z/2026-10-05T08:00:00Z", "2026-10-05T12:00:00Z/2026-10-05T17:00:00Z",
        "2026-10-05T17:30:00Z/2026-10-06T08:00:00Z", "2026-10-06T09:00:00Z/2026-10-06T10:00:00Z",
        "2026-10-06T16:00:00Z/2026-10-07T00:00:00Z",
      ])
  }

  /// An endless event of each second costs what its window costs, not what its past does.
  @Test(arguments: [
    "", ";COUNT=1000000000", ";INTERVAL=7;COUNT=1000000000", ";BYMINUTE=0,1;BYSECOND=0", ";BYDAY=MO",
  ])
  func endlessEventsAreBounded(_ rest: String) throws {
    let event =
      "BEGIN:VEVENT\nDTSTART;TZID=Europe/Warsaw:20070101T000000\nDURATION:PT1S\n"
      + "RRULE:FREQ=SECONDLY\(rest)\nEND:VEVENT"
    var found: [String] = []
    let time = try ThreadTime.measure { found = try busy(event, days: 1) }
    #expect(!found.isEmpty || rest == ";BYDAY=MO")
    #expect(time < .seconds(5), "a day of 7000")
  }

  /// A stretch of steps that touch is found whole, to its last step.
  @Test func steadyStepsMakeOneStretch() throws {
    func event(_ rest: String) -> String {
      "BEGIN:VEVENT\nDTSTART:20261005T100000Z\nDURATION:PT1H\nRRULE:FREQ=\(rest)\nEND:VEVENT"
    }
    #expect(try busy(event("MINUTELY;INTERVAL=60;COUNT=3")) == ["2026-10-05T10:00:00Z/2026-10-05T13:00:00Z"])
    #expect(
      try busy(event("HOURLY;UNTIL=20261005T120000Z")) == ["2026-10-05T10:00:00Z/2026-10-05T13:00:00Z"])
    #expect(try busy(event("HOURLY;UNTIL=20261001T120000Z")) == [])
    #expect(
      try busy(event("HOURLY;INTERVAL=2;COUNT=2")) == [
        "2026-10-05T10:00:00Z/2026-10-05T11:00:00Z", "2026-10-05T12:00:00Z/2026-10-05T13:00:00Z",
      ])
  }

  @Test func hostileSpansAreBounded() throws {
    // Each lasts for all of time, and there is one each second since the first year.
    let event = "BEGIN:VEVENT\nDTSTART:00010101T000000Z\nDURATION:P3000000D\nRRULE:FREQ=SECONDLY\nEND:VEVENT"
    #expect(try busy(event, days: 1) == ["2026-10-01T00:00:00Z/2026-10-02T00:00:00Z"])
    let never =
      "BEGIN:VEVENT\nDTSTART:00010101T000000Z\nDURATION:PT1S\n"
      + "RRULE:FREQ=SECONDLY;COUNT=1000000000000;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT"
    #expect(try busy(never) == [])
  }
}
