import Foundation
import Programme
import Testing

@testable import Calendars

func invitation(
  start: String = "2026-10-05T10:00:00+02:00", end: String = "2026-10-05T11:30:00+02:00",
  zone: String = "Europe/Warsaw", attendees: [Invitation.Party]? = nil, summary: String = "Sesja 1",
  description: String = "", name: String = "Biuro programu", cancelled: Bool = false, url: String? = nil,
  uid: String = "t-1@example.com", alarm: Int? = nil
) throws -> Invitation {
  Invitation(
    uid: uid, sequence: 0, stamp: try #require(Timestamp(rfc3339: "2026-09-01T08:00:00Z")),
    start: try #require(Timestamp(rfc3339: start)), end: try #require(Timestamp(rfc3339: end)),
    timeZone: zone,
    organizer: .init(name: name, email: "office@example.com"),
    attendees: attendees ?? [
      .init(name: "Łukasz O'Dea", email: "l.odea@example.com"), .init(name: "Ann", email: "ann@example.com"),
    ],
    summary: summary, description: description, location: "Room 1, 2nd floor", categories: ["a,b", "c"],
    url: url,
    alarm: alarm, language: "pl", isCancelled: cancelled)
}

/// The content lines, unfolded.
func lines(_ bytes: [UInt8]) -> [String] {
  let text = String(decoding: bytes, as: UTF8.self).replacing("\r\n ", with: "")
  return text.split(separator: "\r\n").map(String.init)
}

@Suite struct CalendarWriterTests {
  @Test func requestIsWrittenWhole() throws {
    let bytes = try CalendarWriter.bytes(
      of: invitation(
        description: "Lista; pierwsza\nDruga \\ linia", url: "https://example.com/?a=1", alarm: 15))
    #expect(
      lines(bytes) == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tandem//Tandem//EN", "CALSCALE:GREGORIAN",
        "METHOD:REQUEST",
        "BEGIN:VTIMEZONE", "TZID:Europe/Warsaw", "BEGIN:STANDARD", "DTSTART:19701025T030000",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD", "BEGIN:DAYLIGHT",
        "DTSTART:19700329T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT", "END:VTIMEZONE", "BEGIN:VEVENT",
        "UID:t-1@example.com", "DTSTAMP:20260901T080000Z", "SEQUENCE:0",
        "DTSTART;TZID=Europe/Warsaw:20261005T100000", "DTEND;TZID=Europe/Warsaw:20261005T113000",
        "SUMMARY;LANGUAGE=pl:Sesja 1",
        "DESCRIPTION;LANGUAGE=pl:Lista\\; pierwsza\\nDruga \\\\ linia",
        "LOCATION;LANGUAGE=pl:Room 1\\, 2nd floor", "CATEGORIES;LANGUAGE=pl:a\\,b,c",
        "URL:https://example.com/?a=1",
        "STATUS:CONFIRMED", "TRANSP:OPAQUE", "ORGANIZER;CN=Biuro programu:mailto:office@example.com",
        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;"
          + "CN=Łukasz O'Dea:mailto:l.odea@example.com",
        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;"
          + "CN=Ann:mailto:ann@example.com",
        "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15M", "DESCRIPTION;LANGUAGE=pl:Sesja 1", "END:VALARM",
        "END:VEVENT", "END:VCALENDAR",
      ])
  }

  @Test func cancelHasNoAlarmAndUninvitingHasNoStatus() throws {
    let cancelled = lines(try CalendarWriter.bytes(of: invitation(cancelled: true, alarm: 15)))
    #expect(cancelled.contains("METHOD:CANCEL"))
    #expect(cancelled.contains("STATUS:CANCELLED"))
    #expect(!cancelled.contains("BEGIN:VALARM"))
    let uninvited = lines(try CalendarWriter.bytes(of: invitation(), method: .uninvite))
    #expect(uninvited.contains("METHOD:CANCEL"))
    #expect(!uninvited.contains { $0.hasPrefix("STATUS") })
  }

  @Test func bundleNamesNobodyAndIsInOrder() throws {
    let later = try invitation(
      start: "2026-11-05T10:00:00+01:00", end: "2026-11-05T11:00:00+01:00", uid: "t-0@example.com")
    let bundle = lines(try CalendarWriter.bundle([later, invitation()], title: "A; B"))
    #expect(bundle.contains("METHOD:PUBLISH"))
    #expect(bundle.contains("X-WR-CALNAME:A\\; B"))
    #expect(!bundle.contains { $0.hasPrefix("ATTENDEE") })
    #expect(bundle.filter { $0.hasPrefix("UID") } == ["UID:t-1@example.com", "UID:t-0@example.com"])
    #expect(bundle.filter { $0 == "BEGIN:VTIMEZONE" }.count == 1)
  }

  @Test func zoneThatDoesNotFitIsWrittenInUTC() throws {
    let bytes = try CalendarWriter.bytes(
      of: invitation(
        start: "2026-10-05T10:00:00+01:00", end: "2026-10-05T11:00:00+01:00", zone: "Africa/Casablanca"))
    #expect(!lines(bytes).contains("BEGIN:VTIMEZONE"))
    #expect(lines(bytes).contains("DTSTART:20261005T090000Z"))
  }

  @Test func repeatedHourIsWrittenInUTC() throws {
    let bytes = try CalendarWriter.bytes(
      of: invitation(start: "2026-10-25T02:30:00+01:00", end: "2026-10-25T04:00:00+01:00"))
    #expect(lines(bytes).contains("DTSTART:20261025T013000Z"))
    // The first of the two is no clearer, nor is an end in it.
    let first = try CalendarWriter.bytes(
      of: invitation(start: "2026-10-25T01:30:00+02:00", end: "2026-10-25T02:30:00+02:00"))
    #expect(lines(first).contains("DTSTART:20261024T233000Z"))
    #expect(lines(first).contains("DTEND:20261025T003000Z"))
    let before = try CalendarWriter.bytes(
      of: invitation(start: "2026-10-25T01:00:00+02:00", end: "2026-10-25T01:59:59+02:00"))
    #expect(lines(before).contains { $0.hasPrefix("DTSTART;TZID=") })
  }

  @Test(arguments: [
    "a\r\nATTENDEE:mailto:evil@example.com", "a\nEND:VEVENT", "a\rX:1", "a\u{85}b\u{2028}c\u{2029}d",
    "a\u{0}\u{7}\u{1B}b\u{7F}", "\";CN=x:mailto:evil@example.com", "..\\/../etc", "^n^'^^", "a:b;c,d\"e\\",
    "\u{B}\u{C}", "\\", "^",
  ])
  func hostileTextStaysText(_ text: String) throws {
    let bytes = try CalendarWriter.bytes(
      of: invitation(
        attendees: [.init(name: text, email: "ann@example.com")], summary: text, description: text, name: text
      ))
    let plain = lines(
      try CalendarWriter.bytes(
        of: invitation(
          attendees: [.init(name: "x", email: "ann@example.com")],
          description: "x")))
    func names(_ lines: [String]) -> [String] {
      lines.map { String($0.prefix { $0 != ":" && $0 != ";" }) }
    }
    #expect(names(lines(bytes)) == names(plain))
    #expect(!bytes.contains { $0 < 0x20 && $0 != 0x0D && $0 != 0x0A || $0 == 0x7F })
    // What is read back is what was written, with one kind of line break and without controls.
    let file = CalendarFile.read(bytes, depth: .texts)
    #expect(file.diagnostics == [])
    let expected = text.replacing("\r\n", with: "\n").unicodeScalars.compactMap { scalar -> Character? in
      switch scalar.value {
      case 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029: "\n"
      case 0..<0x20, 0x7F: nil
      default: Character(scalar)
      }
    }
    #expect(file.events.first?.summary == String(expected))
  }

  @Test func hostileAddressesAreRefused() throws {
    for address in [
      "", "ann", "a@b@c", "ann@example.com\r\nX:1", "ann @example.com", "<ann@example.com>",
      "a,b@example.com",
      "ann@example.com;x", "\"ann\"@example.com", "@example.com", "ann@", "ann@exa\u{2028}mple.com",
    ] {
      let error = CalendarError.badInvitation(
        uid: "t-1@example.com", reason: "has the attendee '\(address)', which is not a mail address")
      #expect(throws: error) {
        try CalendarWriter.bytes(of: invitation(attendees: [.init(name: "", email: address)]))
      }
    }
    for url in ["javascript:alert(1)", "https://a b", "https://a\r\nX:1", "http://", "//x", ""] {
      #expect(throws: CalendarError.self) { try CalendarWriter.bytes(of: invitation(url: url)) }
    }
    #expect(throws: CalendarError.self) { try CalendarWriter.bytes(of: invitation(uid: "a\r\nX:1")) }
    #expect(throws: CalendarError.self) { try CalendarWriter.bytes(of: invitation(zone: "../../etc/passwd")) }
    #expect(CalendarWriter.mailAddress("o'brien+x@example.com") == "mailto:o'brien+x@example.com")
    #expect(CalendarWriter.mailAddress("o'brien+x@exämple.com") == nil)
    #expect(CalendarWriter.mailAddress("a?cc=b@example.com") == "mailto:a%3Fcc=b@example.com")
  }

  @Test func brokenInvitationsAreRefusedByName() throws {
    func reason(_ body: () throws -> [UInt8]) -> String {
      do {
        _ = try body()
        return "none"
      } catch {
        return (error as? CalendarError)?.message ?? "\(error)"
      }
    }
    #expect(
      reason { try CalendarWriter.bytes(of: invitation(attendees: [])) }
        == "the invitation 't-1@example.com' has no attendees")
    #expect(
      reason { try CalendarWriter.bytes(of: invitation(end: "2026-10-05T10:00:00+02:00")) }
        == "the invitation 't-1@example.com' does not end after it starts")
    #expect(
      reason {
        try CalendarWriter.bytes(of: invitation(attendees: [.init(name: "", email: "Office@example.com")]))
      } == "the invitation 't-1@example.com' names its organizer among its attendees")
    #expect(
      reason { try CalendarWriter.bytes(of: invitation(zone: "Mars/Olympus")) }
        == "unknown time zone 'Mars/Olympus': give its IANA name, or a VTIMEZONE in the same file")
    #expect(
      reason { try CalendarWriter.bytes(of: invitation(cancelled: true), method: .request) }
        == "the invitation 't-1@example.com' is cancelled: write a CANCEL")
    #expect(
      reason { try CalendarWriter.bundle([]) } == "the invitation '' is missing: there is nothing to write")
  }

  /// Folded lines keep within 75 octets, never break a sequence or an escape, and unfold to what they were.
  @Test func foldingHoldsForAnyText() throws {
    var seed: UInt64 = 7
    func random(_ below: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % below
    }
    let pieces = ["a", "ż", "会", "🇵🇱", "\\", ";", ",", "\n", "^", "\"", " ", "é", "👩‍👩‍👧"]
    for _ in 0..<400 {
      let text = (0..<random(200)).map { _ in pieces[random(pieces.count)] }.joined()
      let bytes = try CalendarWriter.bytes(
        of: invitation(attendees: [.init(name: text, email: "a@example.com")], summary: text))
      for raw in bytes.split(separator: 0x0D).dropLast() {
        // Each piece but the first begins with LF.
        let line = raw.first == 0x0A ? raw.dropFirst() : raw
        #expect(line.count <= 75)
        #expect(String(validating: line, as: UTF8.self) != nil)
        #expect(line.reversed().prefix { $0 == UInt8(ascii: "\\") }.count.isMultiple(of: 2))
      }
      #expect(bytes.filter { $0 == 0x0D }.count == bytes.filter { $0 == 0x0A }.count)
      #expect(CalendarFile.read(bytes, depth: .texts).events.first?.summary == text)
    }
  }
}
