import Basics
import Programme
import Testing

@testable import Calendars

@Suite struct CalendarReplyTests {
  private func replies(_ method: String, _ lines: String) throws -> [CalendarReply] {
    let text =
      "BEGIN:VCALENDAR\nMETHOD:\(method)\nBEGIN:VEVENT\nUID:t-1@example.com\nSEQUENCE:2\n"
      + "DTSTAMP:20261001T080000Z\nDTSTART;TZID=Europe/Warsaw:20261005T100000\n"
      + "DTEND;TZID=Europe/Warsaw:20261005T110000\n\(lines)\nEND:VEVENT\nEND:VCALENDAR\n"
    let file = CalendarFile.read(Array(text.utf8), depth: .texts)
    #expect(file.diagnostics == [])
    return file.replies(zone: .utc)
  }

  @Test func answersAreRead() throws {
    let answers: [(String, CalendarReply.Answer)] = [
      ("ACCEPTED", .accepted), ("DECLINED", .declined), ("TENTATIVE", .tentative),
      ("NEEDS-ACTION", .undecided),
      ("DELEGATED;DELEGATED-TO=\"mailto:Bob@x.org\"", .delegated(["bob@x.org"])),
    ]
    for (text, answer) in answers {
      let found = try replies("REPLY", "ATTENDEE;PARTSTAT=\(text):mailto:Ann@x.org\nCOMMENT:So\\, ja")
      #expect(
        found == [
          CalendarReply(
            uid: "t-1@example.com", sequence: 2, stamp: 1_790_841_600, attendee: "ann@x.org", answer: answer,
            comment: "So, ja")
        ])
    }
  }

  @Test func proposalsCarryTheirTimes() throws {
    let found = try replies("COUNTER", "ATTENDEE;PARTSTAT=DECLINED:mailto:ann@x.org")
    let start = try #require(Timestamp(rfc3339: "2026-10-05T10:00:00+02:00"))
    let end = try #require(Timestamp(rfc3339: "2026-10-05T11:00:00+02:00"))
    #expect(found.map(\.proposal) == [CalendarReply.Proposal(start: start, end: end)])
    #expect(found.map(\.answer) == [.declined])
  }

  private let ann = "mailto:ann@x.org"
  private let bob = "mailto:bob@x.org"

  private func answers(
    _ lines: String, from senders: [String]?, aliases: [String: String] = [:]
  ) throws -> [String] {
    let text =
      "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:1\n\(lines)\nEND:VEVENT\nEND:VCALENDAR\n"
    let file = CalendarFile.read(Array(text.utf8), depth: .texts)
    #expect(file.diagnostics == [])
    return file.replies(from: ReplySource(senders: senders, aliases: aliases), zone: .utc).map {
      "\($0.attendee) \($0.answer)\($0.doubt.map { " \($0)" } ?? "")"
    }
  }

  /// RFC 5546, section 3.2.3: in a REPLY, one attendee speaks; what it says of others is hearsay.
  @Test func onlyTheSenderSpeaks() throws {
    let both = "ATTENDEE;PARTSTAT=ACCEPTED:\(ann)\nATTENDEE;PARTSTAT=DECLINED:\(bob)"
    #expect(try answers(both, from: ["ann@x.org"]) == ["ann@x.org accepted"])
    #expect(try answers(both, from: ["bob@x.org"]) == ["bob@x.org declined"])
    // Outlook: From is who speaks, Sender who wrote it.
    #expect(try answers(both, from: ["bob@x.org", "desk@x.org"]) == ["bob@x.org declined"])
    #expect(try answers(both, from: ["desk@x.org", "ann@x.org"]) == ["ann@x.org accepted"])
    #expect(try answers(both, from: ["eve@x.org"]) == ["ann@x.org accepted otherSender"])
    #expect(try answers(both, from: []) == ["ann@x.org accepted noSender"])
    #expect(
      try answers(both, from: ["b@home.org"], aliases: ["b@home.org": "bob@x.org"]) == ["bob@x.org declined"])
    #expect(
      try answers(
        "ATTENDEE;PARTSTAT=DECLINED:mailto:b@home.org", from: ["bob@x.org"],
        aliases: ["b@home.org": "bob@x.org"]) == ["bob@x.org declined"])
    let onBehalf = "ATTENDEE;PARTSTAT=DECLINED;SENT-BY=\"mailto:Desk@x.org\":\(ann)\nATTENDEE:\(bob)"
    #expect(try answers(onBehalf, from: ["desk@x.org"]) == ["ann@x.org declined"])
    #expect(try answers(onBehalf, from: ["eve@x.org"]) == ["ann@x.org declined otherSender"])
  }

  @Test func aFileWithoutAMailHasOneSpeaker() throws {
    let asked = "ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:\(bob)"
    #expect(try answers("ATTENDEE;PARTSTAT=DECLINED:\(ann)", from: nil) == ["ann@x.org declined"])
    #expect(try answers(asked, from: nil) == ["bob@x.org undecided"])
    #expect(try answers("ATTENDEE;PARTSTAT=ACCEPTED:\(ann)\n\(asked)", from: nil) == ["ann@x.org accepted"])
    #expect(try answers("\(asked)\nATTENDEE;PARTSTAT=ACCEPTED:\(ann)", from: nil) == ["ann@x.org accepted"])
    let both = "ATTENDEE;PARTSTAT=ACCEPTED:\(ann)\nATTENDEE;PARTSTAT=DECLINED:\(bob)"
    #expect(try answers(both, from: nil) == ["ann@x.org accepted severalAnswers"])
    let delegate =
      "ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO=\"\(bob)\":\(ann)\n"
      + "ATTENDEE;PARTSTAT=ACCEPTED;DELEGATED-FROM=\"\(ann)\":\(bob)"
    #expect(try answers(delegate, from: nil) == ["bob@x.org accepted"])
  }

  /// RFC 5546, sections 3.2.3, 3.2.5 and 3.2.7: what a component must have depends on METHOD.
  @Test(arguments: [
    ("REPLY", "UID:1\nATTENDEE;PARTSTAT=DECLINED:mailto:a@x.org", 1, [String]()),
    ("CANCEL", "UID:1\nSEQUENCE:2", 1, []),
    (
      "REPLY", "ATTENDEE;PARTSTAT=DECLINED:mailto:a@x.org", 0,
      ["the VEVENT has no UID; the VEVENT is skipped"]
    ),
    ("REPLY", "UID:1", 0, ["the VEVENT has no ATTENDEE; the VEVENT is skipped"]),
    ("REQUEST", "UID:1\nATTENDEE:mailto:a@x.org", 0, ["the VEVENT has no DTSTART; the VEVENT is skipped"]),
    (
      "COUNTER", "UID:1\nATTENDEE;PARTSTAT=DECLINED:mailto:a@x.org", 1,
      ["the VEVENT has no DTSTART: it proposes no time"]
    ),
    (
      "REPLY", "UID:1\nDTSTART;TZID=No:20261005T100000\nATTENDEE:mailto:a@x.org", 1,
      [
        "unknown time zone 'No': give its IANA name, or a VTIMEZONE in the same file; its times are read on the owner's "
          + "clock, 1 event at 2026-10-05 10:00"
      ]
    ),
  ])
  func whatMustBeThereDependsOnTheMethod(
    _ method: String, _ lines: String, _ events: Int, _ complaints: [String]
  ) {
    // METHOD is mostly the first property, and need not be.
    for text in [
      "BEGIN:VCALENDAR\nMETHOD:\(method)\nBEGIN:VEVENT\n\(lines)\nEND:VEVENT\nEND:VCALENDAR\n",
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\n\(lines)\nEND:VEVENT\nMETHOD:\(method)\nEND:VCALENDAR\n",
    ] {
      let file = CalendarFile.read(Array(text.utf8), depth: .texts)
      #expect(file.events.count == events)
      #expect(file.diagnostics.map(\.message) == complaints)
      #expect(
        file.replies(zone: .utc).map(\.proposal)
          == (method.hasPrefix("RE") || method == "COUNTER"
            ? Array(repeating: nil, count: method == "REQUEST" ? 0 : events) : []))
    }
  }

  @Test func invitationsAreNoAnswers() throws {
    #expect(try replies("REQUEST", "ATTENDEE:mailto:ann@x.org") == [])
  }
}
