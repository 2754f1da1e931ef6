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
    #expect(found.map(\.answer) == [.counter(start: start, end: end)])
  }

  @Test func invitationsAreNoAnswers() throws {
    #expect(try replies("REQUEST", "ATTENDEE:mailto:ann@x.org") == [])
  }
}
