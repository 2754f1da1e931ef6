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

  @Test func aFoldMayOccurWithinASequence() throws {
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

  /// With and without a mark, in either order of bytes.
  @Test func wideFilesAreRead() throws {
    let text =
      "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Żaneta\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261005T070000Z\r\n"
      + "DTEND:20261005T090000Z\r\nSUMMARY:Köln\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    for name in ["UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"] {
      let plain = Iconv(from: ["UTF-8"], to: name)?.text(Array(text.utf8), mark: []) ?? []
      let mark = Iconv(from: ["UTF-8"], to: name)?.text(Array("\u{FEFF}".utf8), mark: []) ?? []
      for bytes in [plain, mark + plain] {
        let file = CalendarFile.read(bytes, depth: .texts)
        #expect(file.diagnostics == [], "\(name)")
        #expect(file.title == "Żaneta")
        #expect(file.events.map(\.summary) == ["Köln"])
      }
    }
  }

  @Test func filesThatAreNoCalendarAreReported() {
    #expect(complaints("") == ["a.ics:1: error: the file is empty: export the calendar again"])
    #expect(
      complaints("name;when\nAnn;Monday\n") == [
        "a.ics:1: error: the file has no BEGIN:VCALENDAR: it is not an iCalendar file"
      ])
    #expect(
      CalendarFile.read([0xFF, 0xFE, 0x42, 0x00]).diagnostics.map(\.description) == [
        "error: the file has no BEGIN:VCALENDAR: it is not an iCalendar file"
      ])
    #expect(
      complaints("BEGIN:VEVENT\nDTSTART:20261005\nEND:VEVENT\n") == [
        "a.ics:1: error: the file has no BEGIN:VCALENDAR: it is not an iCalendar file"
      ])
  }

  /// A line that cannot be read, what is said of it, what the event means without it, and how many days of a week it takes.
  static let broken: [(line: String, message: String, effect: String, days: Int)] = [
    (
      "DTSTART:20261305", "DTSTART has the value '20261305', which cannot be read",
      "the other DTSTART counts", 1
    ),
    (
      "DTSTART:20260230", "DTSTART has the value '20260230', which cannot be read",
      "the other DTSTART counts", 1
    ),
    (
      "DTSTART:2026100510", "DTSTART has the value '2026100510', which cannot be read",
      "the other DTSTART counts", 1
    ),
    (
      "DTSTART:20261005T250000Z", "DTSTART has the value '20261005T250000Z', which cannot be read",
      "the other DTSTART counts", 1
    ),
    (
      "DTSTART:", "DTSTART has the value '', which cannot be read",
      "the other DTSTART counts", 1
    ),
    (
      "DTEND:soon", "DTEND has the value 'soon', which cannot be read",
      "it counts as lasting a day", 1
    ),
    (
      "DURATION:1H", "DURATION has the value '1H', which cannot be read",
      "it counts as lasting a day", 1
    ),
    (
      "DURATION:PT", "DURATION has the value 'PT', which cannot be read",
      "it counts as lasting a day", 1
    ),
    (
      "DURATION:P99999999999D", "DURATION has the value 'P99999999999D', which cannot be read",
      "it counts as lasting a day", 1
    ),
    (
      "RDATE:20261005T100000Z/x", "RDATE has the value '20261005T100000Z/x', which cannot be read",
      "the whole day counts as busy", 1
    ),
    (
      "EXDATE:20261007T100000Z,x", "EXDATE has the value 'x', which cannot be read",
      "that occurrence stays busy", 1
    ),
    (
      "RECURRENCE-ID:x", "RECURRENCE-ID has the value 'x', which cannot be read",
      "the changed occurrence and the original both count as busy", 1
    ),
    (
      "RRULE:COUNT=3", "RRULE: FREQ is missing",
      "its first occurrence alone counts as busy", 1
    ),
    (
      "RRULE:FREQ=OFTEN", "RRULE: FREQ=OFTEN is not a frequency",
      "its first occurrence alone counts as busy", 1
    ),
    (
      "RRULE:RSCALE=CHINESE;FREQ=DAILY", "RRULE: RSCALE=CHINESE is not the Gregorian calendar",
      "its first occurrence alone counts as busy", 1
    ),
    (
      "RRULE:FREQ=DAILY;COUNT=0", "RRULE: COUNT=0 is not a number from 1 up",
      "the rest of the rule counts, without its COUNT", 7
    ),
    (
      "RRULE:FREQ=DAILY;INTERVAL=-1", "RRULE: INTERVAL=-1 is not a number from 1 up",
      "the rest of the rule counts, without its COUNT", 7
    ),
    (
      "RRULE:FREQ=DAILY;UNTIL=never", "RRULE: UNTIL=never is neither a date nor a time",
      "the rest of the rule counts, without its COUNT", 7
    ),
    (
      "RRULE:FREQ=DAILY;BYDAY=XX", "RRULE: BYDAY=XX is not a list of weekdays",
      "the rest of the rule counts, without its COUNT", 7
    ),
    (
      "RRULE:FREQ=DAILY;BYDAY=54MO", "RRULE: BYDAY=54MO is not a list of weekdays",
      "the rest of the rule counts, without its COUNT", 7
    ),
    (
      "RRULE:FREQ=DAILY;BYMONTH=13", "RRULE: BYMONTH=13 is not a list of numbers from 1 to 12",
      "the rest of the rule counts, without its COUNT", 7
    ),
    (
      "RRULE:FREQ=DAILY;BYMONTHDAY=0", "RRULE: BYMONTHDAY=0 is not a list of numbers from ±1 to 31",
      "the rest of the rule counts, without its COUNT", 7
    ),
    (
      "RRULE:FREQ=DAILY;BYHOUR=24", "RRULE: BYHOUR=24 is not a list of numbers from 0 to 23",
      "the rest of the rule counts, without its COUNT", 7
    ),
    (
      "RRULE:FREQ=DAILY;WKST=1", "RRULE: WKST=1 is not a weekday",
      "the rest of the rule counts, without its COUNT", 7
    ),
    (
      "RRULE:FREQ=DAILY;BYEASTER=1", "RRULE: BYEASTER=1 is not a part of a rule",
      "the rest of the rule counts, without its COUNT", 7
    ),
    (
      "RRULE:FREQ=DAILY;COUNT", "RRULE: COUNT has no value",
      "the rest of the rule counts, without its COUNT", 7
    ),
  ]

  /// What is broken is named with its line; its event still takes its time, and the next event is read.
  @Test(arguments: broken.indices)
  func brokenEventsStillTakeTheirTime(_ index: Int) {
    let (line, message, effect, days) = CalendarReaderTests.broken[index]
    let text =
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261005\n\(line)\nEND:VEVENT\n"
      + "BEGIN:VEVENT\nUID:2\nDTSTART:20261012\nEND:VEVENT\nEND:VCALENDAR\n"
    let file = CalendarFile.read(Array(text.utf8), fileName: "a.ics")
    #expect(file.diagnostics.map(\.description) == ["a.ics:5: warning: \(message): \(effect)"])
    #expect(!file.isUnderstood)
    #expect(file.events.map(\.uid) == ["1", "2"])
    let monday = LocalDate(daysSinceEpoch: 20_731).daysSinceEpoch * 1440
    let busy = file.busyTime(in: MinuteInterval(start: monday, end: monday + 8 * 1440), zone: .utc)
    #expect(busy.intervals.map { $0.length / 1440 } == (days == 7 ? [8] : [1, 1]), "\(line)")
  }

  /// Other programs write blanks around values, and skip them.
  @Test func blanksAroundValuesSayNothing() throws {
    let plain = """
      BEGIN:VCALENDAR
      BEGIN:VEVENT
      UID:1
      DTSTART;TZID=Europe/Berlin:20261005T070000
      DTEND;TZID=Europe/Berlin:20261005T080000
      RRULE:FREQ=DAILY;INTERVAL=2;BYDAY=MO,TU,+1WE;UNTIL=20261031T000000Z
      EXDATE;TZID=Europe/Berlin:20261010T070000,20261012T070000
      RDATE;VALUE=PERIOD:20261006T120000Z/PT1H,20261007T120000Z/20261007T130000Z
      STATUS:CONFIRMED
      END:VEVENT
      BEGIN:VEVENT
      UID:2
      DTSTART:20261008T120000Z
      DURATION:PT45M
      TRANSP:TRANSPARENT
      X-MICROSOFT-CDO-BUSYSTATUS:BUSY
      END:VEVENT
      BEGIN:VFREEBUSY
      FREEBUSY;FBTYPE=BUSY:20261009T120000Z/PT1H
      END:VFREEBUSY
      END:VCALENDAR
      """
    let zone = try ZoneDatabase.zone("Europe/Warsaw")
    let month = MinuteInterval(start: 20_727 * 1440, end: 20_758 * 1440)
    func busy(_ text: String) -> BusyTime {
      let file = CalendarFile.read(Array(text.utf8), fileName: "a.ics")
      #expect(file.diagnostics.map(\.description) == [])
      return file.busyTime(in: month, zone: zone)
    }
    let expected = busy(plain)
    #expect(expected.intervals.count == 10)
    for blank in [" ", "\t", "\u{A0}", "  "] {
      #expect(busy(plain.replacing("\n", with: "\(blank)\n")) == expected)
      for mark in [":", ";", ",", "=", "/PT", "/2026"] where mark != ":" || blank != "\u{A0}" {
        let name = mark.first.map(String.init) ?? mark
        let spaced = plain.replacing(mark, with: "\(name)\(blank)\(mark.dropFirst())")
        #expect(busy(spaced) == expected, "behind '\(name)'")
      }
    }
    #expect(busy(plain.replacing(",", with: " ,").replacing("=", with: " = ")) == expected)
    #expect(busy(plain.replacing(":2026", with: " : 2026")) == expected)
    #expect(busy(plain.replacing("Europe/Berlin", with: "\" Europe/Berlin \"")) == expected)
    #expect(busy(plain.replacing("TZID=Europe/Berlin", with: "TZID=\"Europe/Berlin")) == expected)
  }

  @Test(arguments: [
    ("2026-10-05", "20261005"), ("2026-10-05T10:00:00Z", "20261005T100000Z"),
    ("20261005t100000z", "20261005T100000Z"), ("20261005T1000Z", "20261005T100000Z"),
    ("2026-10-05T10:00", "20261005T100000"),
  ])
  func otherSpellingsOfATimeAreRead(_ written: String, _ meant: String) {
    func time(_ text: String) -> CalendarTime? {
      CalendarTime(text.utf8.span)
    }
    #expect(time(written) == time(meant))
    #expect(time(meant) != nil)
    for damaged in ["\(written)x", "x\(written)", "\(written)/"] { #expect(time(damaged) == nil) }
  }

  @Test func everyPropertyIsFoundByItsName() {
    for property in CalendarEvent.Property.allCases {
      for name in [property.rawValue, property.rawValue.lowercased()] {
        let found = CalendarEvent.properties[name.utf8.span]
        #expect(found == property)
      }
      for name in ["\(property.rawValue)X", "?\(property.rawValue.dropFirst())", ""] {
        #expect(CalendarEvent.properties[name.utf8.span] == nil)
      }
    }
  }

  @Test func whatDoesNotHoldTogetherIsReported() {
    #expect(
      complaints(event("SUMMARY:x")) == ["a.ics:2: error: the VEVENT has no DTSTART; the VEVENT is skipped"])
    #expect(
      complaints(event("DTSTART:20261005T100000Z", "DTEND:20261005T090000Z")) == [
        "a.ics:2: warning: the VEVENT ends before it starts: it counts as lasting a day"
      ])
    #expect(
      complaints(event("DTSTART:20261005T100000Z", "DURATION:-PT1H")) == [
        "a.ics:2: warning: the VEVENT ends before it starts: it counts as lasting a day"
      ])
    #expect(
      complaints(event("DTSTART:20261005", "RRULE:FREQ=HOURLY")) == [
        "a.ics:2: warning: RRULE: FREQ is shorter than the whole day of DTSTART: every day counts as busy"
      ])
    #expect(
      complaints(event("DTSTART;TZID=Middle Earth:20261005T100000")) == [
        "a.ics:4: warning: unknown time zone 'Middle Earth': give its IANA name, or a VTIMEZONE in the same file; its "
          + "times are read on the owner's clock, 1 event at 2026-10-05 10:00"
      ])
    #expect(
      complaints(event("DTSTART:20261005T100000", "DTEND;TZID=Asia/Tokyo:20261005T100000")) == [
        "a.ics:2: warning: the VEVENT ends before it starts: it counts as lasting a day"
      ])
    #expect(
      complaints(event("DTSTART:20261005T100000Z", "DTEND:20261005T110000Z", "DURATION:PT0S")) == [
        "a.ics:2: warning: DTEND and DURATION of the VEVENT contradict each other: the longer counts"
      ])
    #expect(complaints(event("DTSTART:20261005T100000Z", "DTEND:20261005T110000Z", "DURATION:PT1H")) == [])
    #expect(
      complaints(event("DTSTART:20261005T100000Z", "a broken line")) == [
        "a.ics:5: warning: 'a broken line' is neither 'NAME:value' nor the continuation of a line",
        "a.ics:2: warning: the VEVENT has neither DTEND nor DURATION, and a line that cannot be read: it counts as "
          + "lasting a day",
      ])
    #expect(
      complaints(event("DTSTART:20261005", "a broken line")) == [
        "a.ics:5: warning: 'a broken line' is neither 'NAME:value' nor the continuation of a line"
      ])
  }

  @Test func anotherCalendarScaleIsReported() {
    #expect(
      complaints("BEGIN:VCALENDAR\nCALSCALE:HEBREW\nEND:VCALENDAR\n") == [
        "a.ics:2: warning: CALSCALE has the value 'HEBREW', which cannot be read"
      ])
  }

  @Test func filesThatAreCutOffAreReported() {
    let cut =
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261005\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\nDTSTART:2026"
    let file = CalendarFile.read(Array(cut.utf8))
    #expect(file.events.map(\.uid) == ["1"])
    #expect(
      file.diagnostics.map(\.description) == [
        "error: the VEVENT is not ended: the file is cut off, export it again",
        "error: the VCALENDAR is not ended: the file is cut off, export it again",
        "error: DTSTART has the value '2026', which cannot be read; the VEVENT is skipped",
      ])
    #expect(file.diagnostics.map(\.line) == [6, 1, 8])
    // An alarm that is not ended costs nothing; an event within an event is the next event, and both take their time.
    let nested =
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261005\nBEGIN:VALARM\nEND:VEVENT\n"
      + "BEGIN:VEVENT\nUID:2\nDTSTART:20261006\nBEGIN:VEVENT\nUID:3\nDTSTART:20261007\nEND:VEVENT\nEND:VEVENT\n"
      + "END:VCALENDAR\n"
    let other = CalendarFile.read(Array(nested.utf8))
    #expect(other.events.map(\.uid) == ["1", "2", "3"])
    #expect(
      other.diagnostics.map(\.description) == [
        "warning: the VALARM is not ended: the file is cut off, export it again",
        "error: the VEVENT is not ended: the file is cut off, export it again",
        "warning: END:VEVENT has no BEGIN",
      ])
  }

  @Test func badBytesAreReportedAndTheirEventStillTakesTime() {
    var bytes = Array("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261005\nSUMMARY:B".utf8)
    bytes += [0xFC]
    bytes += Array("ro\nEND:VEVENT\nEND:VCALENDAR\n".utf8)
    let file = CalendarFile.read(bytes, fileName: "a.ics", depth: .texts)
    #expect(
      file.diagnostics.map(\.description) == [
        "a.ics:5: error: SUMMARY holds bytes that are not UTF-8: export the calendar as UTF-8"
      ])
    #expect(file.events.map(\.summary) == ["B\u{FFFD}ro"])
  }

  @Test func manyMistakesAreReportedInPart() {
    let events = (0..<500).map { "BEGIN:VEVENT\nDTSTART;TZID=No \($0):20261005T100000\nEND:VEVENT\n" }
    let text = "BEGIN:VCALENDAR\n" + events.joined() + "END:VCALENDAR\n"
    let diagnostics = CalendarFile.read(Array(text.utf8)).diagnostics
    #expect(diagnostics.count == 101)
    #expect(diagnostics.last?.description == "note: there are more mistakes in this file")
  }

  @Test func oneCauseIsReportedOnce() {
    let text =
      "BEGIN:VCALENDAR\n" + String(repeating: "BEGIN:VEVENT\nEND:VEVENT\n", count: 500) + "END:VCALENDAR\n"
    #expect(
      CalendarFile.read(Array(text.utf8)).diagnostics.map(\.description) == [
        "error: the VEVENT has no DTSTART; the VEVENT is skipped (500 times in this file)"
      ])
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
