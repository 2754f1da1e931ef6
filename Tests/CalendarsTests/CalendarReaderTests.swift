import Basics
import Foundation
import Programme
import Testing

@testable import Calendars

private func complaints(_ text: String) -> [String] {
  CalendarFile.read(Array(text.utf8), fileName: "a.ics").diagnostics.map(\.description)
}

private func event(_ lines: String...) -> String {
  (["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1"] + lines + ["END:VEVENT", "END:VCALENDAR", ""])
    .joined(separator: "\r\n")
}

@Suite struct CalendarReaderTests {
  @Test func marksLineEndsAndFoldsAreTaken() throws {
    let folded =
      "\u{FEFF}BEGIN:VCALENDAR\nbegin:vevent\r\r\nUID:1\nDTSTART:2026\r\n 1005\n\tT100000Z\r\n"
      + "SUMMARY:Zwi\\, e\\n\\;x\\\\ \n\nDURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR"
    let file = CalendarFile.read(Array(folded.utf8), depth: .texts)
    #expect(file.diagnostics == [])
    let event = try #require(file.events.first)
    #expect(event.start == CalendarTime(wall: 1_791_194_400, frame: .utc))
    #expect(event.summary == "Zwi, e\n;x\\ ")
    #expect(event.line == 2)
  }

  @Test func aFoldMayStandWithinASequence() throws {
    var bytes = Array("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261005\nSUMMARY:a".utf8)
    bytes += [0xC5, 0x0D, 0x0A, 0x20, 0xBC]
    bytes += Array("b\nEND:VEVENT\nEND:VCALENDAR\n".utf8)
    let file = CalendarFile.read(bytes, depth: .texts)
    #expect(file.diagnostics == [])
    #expect(file.events.first?.summary == "ażb")
  }

  @Test func parametersAreDecoded() throws {
    let file = CalendarFile.read(
      Array(
        event(
          "DTSTART;X=\"a;b:c\";TZID=\"Europe/Warsaw\":20261005T100000",
          "ATTENDEE;CN=\"Doe^, ^'Ann^' ^^^n x\";DELEGATED-TO=\"mailto:B@x.org\",\"mailto:c@x.org\";"
            + "PARTSTAT=delegated:MAILTO:A@x.org"
        ).utf8), depth: .texts)
    #expect(file.diagnostics == [])
    #expect(
      file.events.first?.attendees == [
        .init(
          address: "a@x.org", name: "Doe^, \"Ann\" ^\n x", participation: "DELEGATED",
          delegatedTo: ["b@x.org", "c@x.org"])
      ])
    #expect(file.zones.map(\.name) == ["Europe/Warsaw"])
  }

  @Test func filesThatAreNoCalendarAreTold() {
    #expect(complaints("") == ["a.ics:1: error: the file is empty: export the calendar again"])
    #expect(
      complaints("name;when\nAnn;Monday\n") == [
        "a.ics:1: error: the file has no BEGIN:VCALENDAR: it is no iCalendar file"
      ])
    #expect(
      CalendarFile.read([0xFF, 0xFE, 0x42, 0x00]).diagnostics.map(\.description) == [
        "error: the file is UTF-16: export the calendar as UTF-8"
      ])
    #expect(
      complaints("BEGIN:VEVENT\nDTSTART:20261005\nEND:VEVENT\n") == [
        "a.ics:1: error: the file has no BEGIN:VCALENDAR: it is no iCalendar file"
      ])
  }

  static let broken: [(line: String, message: String)] = [
    ("DTSTART:20261305", "DTSTART has the value '20261305', which cannot be read"),
    ("DTSTART:20260230", "DTSTART has the value '20260230', which cannot be read"),
    ("DTSTART:2026100510", "DTSTART has the value '2026100510', which cannot be read"),
    ("DTSTART:20261005T250000Z", "DTSTART has the value '20261005T250000Z', which cannot be read"),
    ("DTSTART:", "DTSTART has the value '', which cannot be read"),
    ("DTEND:soon", "DTEND has the value 'soon', which cannot be read"),
    ("DURATION:1H", "DURATION has the value '1H', which cannot be read"),
    ("DURATION:PT", "DURATION has the value 'PT', which cannot be read"),
    ("DURATION:P99999999999D", "DURATION has the value 'P99999999999D', which cannot be read"),
    ("RDATE:20261005T100000Z/x", "RDATE has the value '20261005T100000Z/x', which cannot be read"),
    ("EXDATE:20261005T100000Z,x", "EXDATE has the value '20261005T100000Z,x', which cannot be read"),
    ("RECURRENCE-ID:x", "RECURRENCE-ID has the value 'x', which cannot be read"),
    ("RRULE:COUNT=3", "RRULE: FREQ is missing"),
    ("RRULE:FREQ=OFTEN", "RRULE: FREQ=OFTEN is no frequency"),
    ("RRULE:FREQ=DAILY;COUNT=0", "RRULE: COUNT=0 is no number from 1 on"),
    ("RRULE:FREQ=DAILY;INTERVAL=-1", "RRULE: INTERVAL=-1 is no number from 1 on"),
    ("RRULE:FREQ=DAILY;UNTIL=never", "RRULE: UNTIL=never is no date and no time"),
    ("RRULE:FREQ=DAILY;BYDAY=XX", "RRULE: BYDAY=XX is not a list of weekdays"),
    ("RRULE:FREQ=DAILY;BYDAY=54MO", "RRULE: BYDAY=54MO is not a list of weekdays"),
    ("RRULE:FREQ=DAILY;BYMONTH=13", "RRULE: BYMONTH=13 is not a list of numbers from 1 to 12"),
    ("RRULE:FREQ=DAILY;BYMONTHDAY=0", "RRULE: BYMONTHDAY=0 is not a list of numbers from ±1 to 31"),
    ("RRULE:FREQ=DAILY;BYHOUR=24", "RRULE: BYHOUR=24 is not a list of numbers from 0 to 23"),
    ("RRULE:FREQ=DAILY;WKST=1", "RRULE: WKST=1 is no weekday"),
    ("RRULE:FREQ=DAILY;BYEASTER=1", "RRULE: BYEASTER=1 is no part of a rule"),
    ("RRULE:RSCALE=CHINESE;FREQ=DAILY", "RRULE: RSCALE=CHINESE is not the Gregorian calendar"),
    ("RRULE:FREQ=DAILY;COUNT", "RRULE: COUNT has no value"),
  ]

  /// What is broken is told with its line and skipped; the next event is read.
  @Test(arguments: broken.indices)
  func brokenEventsAreToldAndSkipped(_ index: Int) {
    let (line, message) = CalendarReaderTests.broken[index]
    let text =
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261005\n\(line)\nEND:VEVENT\n"
      + "BEGIN:VEVENT\nUID:2\nDTSTART:20261006\nEND:VEVENT\nEND:VCALENDAR\n"
    let file = CalendarFile.read(Array(text.utf8), fileName: "a.ics")
    #expect(file.diagnostics.map(\.description) == ["a.ics:5: error: \(message); the VEVENT is skipped"])
    #expect(file.events.map(\.uid) == ["2"])
  }

  @Test func whatDoesNotHoldTogetherIsTold() {
    #expect(
      complaints(event("SUMMARY:x")) == ["a.ics:2: error: the VEVENT has no DTSTART; the VEVENT is skipped"])
    #expect(
      complaints(event("DTSTART:20261005T100000Z", "DTEND:20261005T090000Z")) == [
        "a.ics:2: error: the VEVENT ends before it starts; the VEVENT is skipped"
      ])
    #expect(
      complaints(event("DTSTART:20261005T100000Z", "DURATION:-PT1H")) == [
        "a.ics:2: error: the VEVENT ends before it starts; the VEVENT is skipped"
      ])
    #expect(
      complaints(event("DTSTART:20261005", "RRULE:FREQ=HOURLY")) == [
        "a.ics:2: error: RRULE: FREQ is shorter than the whole day of DTSTART; the VEVENT is skipped"
      ])
    #expect(
      complaints(event("DTSTART;TZID=Middle Earth:20261005T100000")) == [
        "a.ics:4: error: unknown time zone 'Middle Earth': give its IANA name, or a VTIMEZONE in the same file"
      ])
    #expect(
      complaints(event("DTSTART:20261005", "a broken line")) == [
        "a.ics:5: warning: 'a broken line' is neither 'NAME:value' nor the continuation of a line"
      ])
  }

  @Test func anotherCalendarScaleIsTold() {
    #expect(
      complaints("BEGIN:VCALENDAR\nCALSCALE:HEBREW\nEND:VCALENDAR\n") == [
        "a.ics:2: warning: CALSCALE has the value 'HEBREW', which cannot be read"
      ])
  }

  @Test func filesThatAreCutOffAreTold() {
    let cut =
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261005\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\nDTSTART:2026"
    let file = CalendarFile.read(Array(cut.utf8))
    #expect(file.events.map(\.uid) == ["1"])
    #expect(
      file.diagnostics.map(\.description) == [
        "error: DTSTART has the value '2026', which cannot be read; the VEVENT is skipped",
        "error: the VEVENT is not ended: the file is cut off, export it again",
        "error: the VCALENDAR is not ended: the file is cut off, export it again",
      ])
    #expect(file.diagnostics.map(\.line) == [8, 6, 1])
    // An alarm that is not ended costs nothing; an event within an event is the next event.
    let nested =
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261005\nBEGIN:VALARM\nEND:VEVENT\n"
      + "BEGIN:VEVENT\nUID:2\nDTSTART:20261006\nBEGIN:VEVENT\nUID:3\nDTSTART:20261007\nEND:VEVENT\nEND:VEVENT\n"
      + "END:VCALENDAR\n"
    let other = CalendarFile.read(Array(nested.utf8))
    #expect(other.events.map(\.uid) == ["1", "3"])
    #expect(
      other.diagnostics.map(\.description) == [
        "warning: the VALARM is not ended: the file is cut off, export it again",
        "error: the VEVENT is not ended: the file is cut off, export it again",
        "warning: END:VEVENT has no BEGIN",
      ])
  }

  @Test func badBytesAreToldAndTheirEventStillTakesTime() {
    var bytes = Array("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261005\nSUMMARY:B".utf8)
    bytes += [0xFC]
    bytes += Array("ro\nEND:VEVENT\nEND:VCALENDAR\n".utf8)
    let file = CalendarFile.read(bytes, fileName: "a.ics", depth: .texts)
    #expect(
      file.diagnostics.map(\.description) == [
        "a.ics:5: error: SUMMARY holds bytes that are no UTF-8: export the calendar as UTF-8"
      ])
    #expect(file.events.map(\.summary) == ["B\u{FFFD}ro"])
  }

  @Test func manyMistakesAreToldInPart() {
    let text =
      "BEGIN:VCALENDAR\n" + String(repeating: "BEGIN:VEVENT\nEND:VEVENT\n", count: 500) + "END:VCALENDAR\n"
    let diagnostics = CalendarFile.read(Array(text.utf8)).diagnostics
    #expect(diagnostics.count == 101)
    #expect(diagnostics.last?.description == "note: there are more mistakes in this file")
  }

  /// A file that opens or closes without end costs no more than any other of its size.
  @Test(arguments: [
    "BEGIN:VEVENT\n", "BEGIN:X\n", "BEGIN:VCALENDAR\n", "END:X\n", "BEGIN:VALARM\nEND:VEVENT\n",
  ])
  func endlessNestingIsBounded(_ piece: String) {
    let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + String(repeating: piece, count: 20_000)
    let file = CalendarFile.read(Array(text.utf8))
    #expect(file.events.isEmpty)
    #expect(file.diagnostics.count <= 101)
  }

  @Test func ownersAreFound() {
    func owners(_ name: String?, _ body: String) -> [String] {
      CalendarFile.read(Array("BEGIN:VCALENDAR\n\(body)\nEND:VCALENDAR".utf8), fileName: name).ownerCandidates
    }
    #expect(owners("/tmp/x/100015.ics", "") == ["100015"])
    #expect(owners("Ann@Example.com.ics", "") == ["ann@example.com"])
    let organized =
      "METHOD:PUBLISH\nBEGIN:VEVENT\nDTSTART:20261005\nORGANIZER;CN=x:MAILTO:Bob@x.org\nEND:VEVENT"
    #expect(owners("export.ics", organized) == ["export", "bob@x.org"])
    #expect(owners(nil, "X-OWNER;CN=\"A\":mailto:C@x.org\nX-WR-CALNAME: D@x.org ") == ["c@x.org", "d@x.org"])
    #expect(owners(nil, "METHOD:REQUEST\n" + organized.dropFirst(15)) == [])
    #expect(owners(nil, "BEGIN:VFREEBUSY\nORGANIZER:mailto:e@x.org\nEND:VFREEBUSY") == ["e@x.org"])
  }
}
