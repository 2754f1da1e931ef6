import Basics
import Calendars
import Foundation
import Programme
import RecordStream
import Testing

@testable import Mailing

@Suite struct ReplyTests {
  private func file(_ name: String) throws -> ReplyFile {
    let data = try Data(contentsOf: URL(filePath: "\(SamplePlan.fixtures)/\(name)"))
    return ReplyFile([UInt8](data), fileName: name)
  }

  private func matching(_ names: [String], to sample: SamplePlan) throws -> ReplyMatching {
    let replies = try names.flatMap { name in try file(name).replies.map { (reply: $0, file: name) } }
    return try ReplyMatching(replies, to: sample.state, wording: SamplePlan.wording)
  }

  private func lines(_ matching: ReplyMatching) -> [String] {
    matching.matched.map { String(decoding: $0.line, as: UTF8.self) }
  }

  @Test func outlookDeclines() throws {
    #expect(try file("reply-outlook.eml").diagnostics.isEmpty)
    let matching = try matching(["reply-outlook.eml"], to: SamplePlan())
    #expect(
      lines(matching) == [
        #"{"answer":"declined","attendee":"p2@de.example.com","comment":"Leider im Urlaub\n","end":"#
          + #""2026-11-14T09:30:00+01:00","file":"reply-outlook.eml","person":"de:2","record":"reply","sequence":0,"session":"2026-autumn/de:1+de:2#2","#
          + #""stamp":"2026-10-02T07:00:00Z","start":"2026-11-14T08:00:00+01:00","tandem":"2026-autumn/de:1+de:2","uid":"#
          + #""2026-autumn-de-1-de-2-2@de.example.com"}"#
      ])
    let changed = matching.changedSessions()
    #expect(changed.map(\.id) == ["2026-autumn/de:1+de:2#2"])
    #expect(changed.map(\.status) == [.cancelled])
    #expect(changed.map(\.sequence) == [0])
  }

  @Test func gmailAcceptsOnceThoughItSaysSoTwice() throws {
    let file = try file("reply-gmail.eml")
    #expect(file.diagnostics.isEmpty)
    #expect(file.replies.count == 1)
    let matching = try matching(["reply-gmail.eml"], to: SamplePlan())
    #expect(matching.matched.map(\.reply.answer) == [.accepted])
    #expect(matching.matched.map(\.person) == [PersonID("de:1")])
    #expect(matching.changedSessions().isEmpty)
  }

  @Test func thunderbirdIsTentative() throws {
    let matching = try matching(["reply-thunderbird.eml"], to: SamplePlan())
    #expect(matching.matched.map(\.reply.answer) == [.tentative])
  }

  @Test func aProposalIsTakenWhereAsked() throws {
    let matching = try matching(["counter-outlook.ics"], to: SamplePlan())
    #expect(matching.changedSessions().isEmpty)
    let moved = try #require(matching.changedSessions(takesCounters: true).first)
    #expect(moved.start.description == "2026-12-14T14:00:00+01:00")
    #expect(moved.end.description == "2026-12-14T15:30:00+01:00")
    #expect(moved.status == .moved)
    #expect(moved.sequence == 1)
    #expect(lines(matching).first?.contains(#""answer":"countered""#) == true)
    #expect(lines(matching).first?.contains(#""start":"2026-12-14T14:00:00+01:00""#) == true)
  }

  @Test func lateAnswersAreToldAndIgnored() throws {
    var sample = try SamplePlan()
    sample.move(2, hours: 1, sequence: 3)
    let matching = try matching(["reply-outlook.eml"], to: sample)
    #expect(matching.matched.isEmpty)
    #expect(
      matching.diagnostics.map(\.description) == [
        "reply-outlook.eml: warning: 'p2@de.example.com' answers session 2026-autumn/de:1+de:2#2 as it was (sequence 0; "
          + "it is 3 now): ignored"
      ])
  }

  @Test func strangersAndUnknownMeetingsAreToldAndIgnored() throws {
    var sample = try SamplePlan()
    sample.state.people[PersonID("de:2")]?.email = "otto@de.example.com"
    sample.state.sessions["\(SamplePlan.german)#1"] = nil
    let matching = try matching(["reply-outlook.eml", "reply-gmail.eml"], to: sample)
    #expect(
      matching.diagnostics.map(\.message) == [
        "'p2@de.example.com' answers session 2026-autumn/de:1+de:2#2 without being invited: ignored",
        "answers '2026-autumn-de-1-de-2-1@de.example.com', which is no session or workshop of the stream: ignored",
      ])
  }

  /// Whatever the order in which they arrive.
  @Test func ofSeveralAnswersTheLastCounts() throws {
    func reply(_ answer: CalendarReply.Answer, sequence: Int = 0, stamp: Int) -> (
      reply: CalendarReply, file: String
    ) {
      (
        CalendarReply(
          uid: "2026-autumn-de-1-de-2-1@de.example.com", sequence: sequence, stamp: stamp,
          attendee: "p2@de.example.com", answer: answer), "x"
      )
    }
    let all = [
      reply(.accepted, stamp: 10), reply(.declined, stamp: 20), reply(.tentative, sequence: 1, stamp: 5),
    ]
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
      let matching = try ReplyMatching(
        order.map { all[$0] }, to: SamplePlan().state, wording: SamplePlan.wording)
      #expect(matching.matched.map(\.reply.answer) == [.tentative])
    }
    let delegated = try ReplyMatching(
      [reply(.delegated(["q@x.example"]), stamp: 1)], to: SamplePlan().state, wording: SamplePlan.wording)
    #expect(lines(delegated).first?.contains(#""answer":"delegated""#) == true)
    #expect(lines(delegated).first?.contains(#""delegates":["q@x.example"]"#) == true)
  }

  @Test func answersToAWorkshopAreUnderstood() throws {
    var sample = try SamplePlan()
    let people = [PersonID("de:1"), PersonID("de:2")]
    let workshop = Workshop(
      id: "2026-autumn/de/workshop-1", cohort: "2026-autumn", uid: "w@de.example.com", sequence: 1,
      start: try SamplePlan.time("2027-01-14T09:00:00+01:00"),
      end: try SamplePlan.time("2027-01-14T13:00:00+01:00"), timeZone: "Europe/Berlin", venue: "Kantine",
      attendees: people)
    sample.state.workshops[workshop.id] = workshop
    func reply(_ answer: CalendarReply.Answer, _ attendee: String, sequence: Int = 1) -> (
      reply: CalendarReply, file: String
    ) {
      (
        CalendarReply(
          uid: "w@de.example.com", sequence: sequence, stamp: 10, attendee: attendee, answer: answer), "x"
      )
    }
    let matching = try ReplyMatching(
      [
        reply(.declined, "p2@de.example.com"), reply(.accepted, "p1@de.example.com"),
        reply(.accepted, "p1@pl.example.com"), reply(.accepted, "p2@de.example.com", sequence: 0),
      ], to: sample.state, wording: SamplePlan.wording)
    #expect(
      lines(matching) == [
        #"{"answer":"accepted","attendee":"p1@de.example.com","comment":"","file":"x","person":"de:1","record":"reply","#
          + #""sequence":1,"stamp":"1970-01-01T00:00:10Z","uid":"w@de.example.com","workshop":"2026-autumn/de/workshop-1"}"#,
        #"{"answer":"declined","attendee":"p2@de.example.com","comment":"","end":"2027-01-14T13:00:00+01:00","file":"x","#
          + #""person":"de:2","record":"reply","sequence":1,"stamp":"1970-01-01T00:00:10Z","#
          + #""start":"2027-01-14T09:00:00+01:00","uid":"w@de.example.com","workshop":"2026-autumn/de/workshop-1"}"#,
      ])
    #expect(
      matching.diagnostics.map(\.message) == [
        "'p1@pl.example.com' answers workshop 2026-autumn/de/workshop-1 without being invited: ignored",
        "'p2@de.example.com' answers workshop 2026-autumn/de/workshop-1 as it was (sequence 0; it is 1 now): ignored",
      ])
    #expect(matching.changedSessions(takesCounters: true).isEmpty)
    // A plan is no further for it, and no worse.
    var read = 0
    let stream = Input(name: "x", bytes: matching.matched.flatMap { $0.line + [10] })
    try RecordReader(stream) { Issue.record("\($0)") }.forEachLine { line in
      let reply = try SessionReply(line)
      #expect(reply == nil)
      read += 1
    }
    #expect(read == 2)
  }

  @Test func whatIsNoAnswerIsTold() throws {
    func messages(_ text: String) -> [String] {
      ReplyFile(Array(text.utf8), fileName: "x.eml").diagnostics.map(\.message)
    }
    #expect(messages("") == ["this is no mail: it begins with no header field; save it as .eml or .ics"])
    #expect(
      messages("rubbish\n") == ["this is no mail: it begins with no header field; save it as .eml or .ics"])
    #expect(
      messages("From: a@b\n\nHello") == ["there is no calendar answer in this mail; read it yourself"])
    #expect(
      messages("From: a@b\nContent-Type: application/ms-tnef; name=\"winmail.dat\"\n\nx") == [
        "the answer is in Outlook's own form (winmail.dat): have the sender's Exchange send plain MIME"
      ])
    #expect(
      messages("BEGIN:VCALENDAR\nMETHOD:PUBLISH\nEND:VCALENDAR\n").contains(
        "the calendar in it answers nothing (METHOD is neither REPLY nor COUNTER)"))
  }

  /// Cut anywhere, or with any byte changed, a mail is read without a crash.
  @Test func damagedMailsAreRead() throws {
    let data = try Data(contentsOf: URL(filePath: "\(SamplePlan.fixtures)/reply-gmail.eml"))
    let bytes = [UInt8](data)
    for length in stride(from: 0, to: bytes.count, by: 37) {
      #expect(ReplyFile(Array(bytes[..<length]), fileName: "x").replies.count <= 2)
      var changed = bytes
      changed[length] = UInt8(truncatingIfNeeded: length &* 31)
      #expect(ReplyFile(changed, fileName: "x").replies.count <= 2)
    }
    var nested = "Content-Type: multipart/mixed; boundary=a\n\n"
    for _ in 0..<5000 { nested += "--a\nContent-Type: multipart/mixed; boundary=a\n\n" }
    #expect(ReplyFile(Array(nested.utf8), fileName: "x").replies.isEmpty)
  }

  @Test func structuredFieldsAreRead() {
    let field = MailField(#" Text/Calendar ; METHOD="RE\"PLY" ; charset=utf-8;x"#)
    #expect(field.value == "text/calendar")
    #expect(field.parameters == ["method": "RE\"PLY", "charset": "utf-8"])
    let long = MailField("a/b; name*0*=UTF-8''%e2%82%ac%20; name*1=\"rates=1\"")
    #expect(long.parameters == ["name": "€ rates=1"])
  }
}
