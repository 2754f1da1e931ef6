import Basics
import Foundation
import Programme
import RecordStream
import TestSupport
import Testing

@testable import Calendars
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
  }

  @Test func gmailAcceptsOnceThoughItSaysSoTwice() throws {
    let file = try file("reply-gmail.eml")
    #expect(file.diagnostics.isEmpty)
    #expect(file.replies.count == 1)
    let matching = try matching(["reply-gmail.eml"], to: SamplePlan())
    #expect(matching.matched.map(\.reply.answer) == [.accepted])
    #expect(matching.matched.map(\.person) == [PersonID("de:1")])
  }

  @Test func thunderbirdIsTentative() throws {
    let matching = try matching(["reply-thunderbird.eml"], to: SamplePlan())
    #expect(matching.matched.map(\.reply.answer) == [.tentative])
  }

  /// Whether the proposed time can be, the planner decides by the session rules.
  @Test func aProposalIsRecorded() throws {
    let matching = try matching(["counter-outlook.ics"], to: SamplePlan())
    let line = try #require(lines(matching).first)
    #expect(line.contains(#""answer":"countered""#))
    #expect(line.contains(#""start":"2026-12-14T14:00:00+01:00""#))
    #expect(line.contains(#""end":"2026-12-14T15:30:00+01:00""#))
    #expect(line.contains(#""comment":"Geht auch 14 Uhr?""#))
  }

  private func answer(
    _ answer: CalendarReply.Answer, number: Int = 1, sequence: Int = 0, stamp: Int = 10,
    proposing hours: Int? = nil,
    sender: String = "", doubt: CalendarReply.Doubt? = nil, file: String = "x"
  ) throws -> (reply: CalendarReply, file: String) {
    let session = try #require(try SamplePlan().state.sessions["\(SamplePlan.german)#\(number)"])
    func later(_ time: Timestamp, _ hours: Int) -> Timestamp {
      Timestamp(secondsSinceEpoch: time.secondsSinceEpoch + hours * 3600, offset: time.offset)
    }
    return (
      CalendarReply(
        uid: "2026-autumn-de-1-de-2-\(number)@de.example.com", sequence: sequence, stamp: stamp,
        attendee: "p2@de.example.com", answer: answer,
        proposal: hours.map {
          CalendarReply.Proposal(start: later(session.start, $0), end: later(session.end, $0))
        }, sender: sender, doubt: doubt), file
    )
  }

  private func match(
    _ replies: [(reply: CalendarReply, file: String)], recorded: [SessionReply] = []
  ) throws -> ReplyMatching {
    try ReplyMatching(replies, to: SamplePlan().state, recorded: recorded, wording: SamplePlan.wording)
  }

  /// "Decline and propose" is a decline with a wish (RFC 5546, section 3.2.7).
  @Test func declinedWithAProposalIsDeclined() throws {
    let matching = try match([answer(.declined, proposing: 5)])
    let line = try #require(lines(matching).first)
    #expect(line.hasPrefix(#"{"answer":"declined""#))
    let session = try #require(try SamplePlan().state.sessions["\(SamplePlan.german)#1"])
    #expect(line.contains("\"start\":\"\(session.start)\""))
    let wish = Timestamp(
      secondsSinceEpoch: session.start.secondsSinceEpoch + 5 * 3600, offset: session.start.offset)
    #expect(line.contains("\"proposedStart\":\"\(wish)\""))
    #expect(line.contains("\"proposedEnd\":"))
    // Exchange proposes the time that it is with every decline, and means nothing by it.
    let same = try #require(lines(try match([answer(.declined, proposing: 0)])).first)
    #expect(!same.contains("proposed"))
    #expect(same.hasPrefix(#"{"answer":"declined""#))
    for (given, word) in [
      (CalendarReply.Answer.accepted, "accepted"), (.tentative, "tentative"), (.undecided, "undecided"),
    ] {
      #expect(
        lines(try match([answer(given, proposing: 0)])).first?.hasPrefix("{\"answer\":\"\(word)\"") == true)
      #expect(
        lines(try match([answer(given, proposing: 5)])).first?.hasPrefix(#"{"answer":"countered""#) == true)
    }
  }

  /// In whatever order the files come.
  @Test func theLatestAnswerCountsInAnyOrder() throws {
    let declined = try answer(.declined, stamp: 20, file: "b")
    let older = try answer(.accepted, stamp: 10, file: "c")
    let asked = try answer(.undecided, stamp: 30, file: "a")
    let same = try answer(.accepted, stamp: 20, file: "d")
    for order in [
      [declined, older, asked, same], [same, asked, older, declined], [asked, same, declined, older],
    ] {
      let matching = try match(order)
      #expect(matching.matched.map(\.reply.answer) == [.declined])
    }
    #expect(try match([asked]).matched.map(\.reply.answer) == [.undecided])
  }

  @Test func anAnswerThatTheStreamHasIsNotOverwrittenByAnOlderOne() throws {
    func recorded(_ answer: SessionReply.Answer, stamp: Int) -> SessionReply {
      var reply = SessionReply(
        answer: answer, session: "\(SamplePlan.german)#1", person: PersonID("de:2"), sequence: 0)
      reply.stamp = Timestamp(secondsSinceEpoch: stamp, offset: 0)
      return reply
    }
    let late = try match([answer(.declined, stamp: 10)], recorded: [recorded(.accepted, stamp: 20)])
    #expect(late.matched.isEmpty)
    #expect(
      late.diagnostics.map(\.message) == [
        "'p2@de.example.com' answered session 2026-autumn/de:1+de:2#1 again later, and the stream has that answer: ignored"
      ])
    #expect(
      try match([answer(.declined, stamp: 30)], recorded: [recorded(.accepted, stamp: 20)]).matched.count == 1
    )
    for nothing in [SessionReply.Answer.undecided, .unconfirmed] {
      #expect(
        try match([answer(.declined, stamp: 10)], recorded: [recorded(nothing, stamp: 20)]).matched.count == 1
      )
    }
  }

  @Test func anAnswerByNobodyKnownWaits() throws {
    let matching = try match([
      answer(.declined, sender: "eve@elsewhere.org", doubt: .otherSender, file: "x.eml")
    ])
    #expect(matching.matched.isEmpty)
    #expect(matching.unconfirmed.count == 1)
    #expect(
      matching.diagnostics.map(\.description) == [
        "x.eml: warning: the mail is from 'eve@elsewhere.org', who is neither 'p2@de.example.com' nor answers on their "
          + "behalf: the answer to session 2026-autumn/de:1+de:2#1 changes nothing until you have asked"
      ])
    let line = try #require(matching.unconfirmed.first.map { String(decoding: $0.line, as: UTF8.self) })
    #expect(line.hasPrefix(#"{"answer":"unconfirmed","attendee":"p2@de.example.com""#))
    #expect(line.contains(#""said":"declined""#))
    #expect(line.contains(#""sender":"eve@elsewhere.org""#))
    #expect(line.contains(#""reason":"the mail is from 'eve@elsewhere.org'"#))
  }

  @Test func sendersAreRead() {
    #expect(MailParts.addresses("Ann <Ann@x.org>") == ["ann@x.org"])
    #expect(MailParts.addresses("ann@x.org (Ann, from <b@y.org>)") == ["ann@x.org"])
    #expect(
      MailParts.addresses(#""Bob, x@y.org" <ann@x.org>, Eve <eve@x.org>"#) == ["ann@x.org", "eve@x.org"])
    #expect(MailParts.addresses("\"a\\\"<b@y.org>\" <ann@x.org>") == ["ann@x.org"])
    #expect(MailParts.addresses("All: ann@x.org, bob@x.org;") == ["ann@x.org", "bob@x.org"])
    for nothing in ["", "Ann", "<>", "\"ann@x.org", "("] { #expect(MailParts.addresses(nothing) == []) }
  }

  /// A forwarded answer is its writer's, not that of who forwards it.
  @Test func aForwardedAnswerIsItsWriters() throws {
    let inner = try String(contentsOfFile: "\(SamplePlan.fixtures)/reply-outlook.eml", encoding: .utf8)
    let text =
      "From: desk@de.example.com\nContent-Type: multipart/mixed; boundary=f\n\n--f\nContent-Type: text/plain\n\nfyi\n"
      + "--f\nContent-Type: message/rfc822\n\n\(inner)\n--f--\n"
    let file = ReplyFile(Array(text.utf8), fileName: "x.eml")
    #expect(file.replies.map(\.sender) == ["p2@de.example.com"])
    #expect(file.replies.map(\.doubt) == [nil])
  }

  /// RFC 4155: any number of mails, each behind a `From ` line.
  @Test func everyMailOfAnMboxIsRead() throws {
    let names = ["reply-outlook.eml", "reply-gmail.eml", "reply-thunderbird.eml"]
    var mbox: [UInt8] = []
    for name in names {
      mbox += "From x Thu Oct  1 08:00:00 2026\n".utf8
      mbox += [UInt8](try Data(contentsOf: URL(filePath: "\(SamplePlan.fixtures)/\(name)")))
      mbox += "\n".utf8
    }
    let before = mbox.count { $0 == 10 }
    mbox += "From x Thu Oct  1 08:00:00 2026\nSubject: Hello\n\nTwo lines.\nFrom here.\n".utf8
    let file = ReplyFile(mbox, fileName: "inbox")
    #expect(file.replies == (try names.flatMap { try self.file($0).replies }))
    let last = try #require(file.diagnostics.last)
    #expect(last.message == "this mail holds no calendar answer; read it yourself")
    #expect(last.line == before + 1)
  }

  @Test func lateAnswersAreReportedAndIgnored() throws {
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

  @Test func strangersAndUnknownMeetingsAreReportedAndIgnored() throws {
    var sample = try SamplePlan()
    sample.state.people[PersonID("de:2")]?.email = "otto@de.example.com"
    sample.state.sessions["\(SamplePlan.german)#1"] = nil
    let matching = try matching(["reply-outlook.eml", "reply-gmail.eml"], to: sample)
    #expect(
      matching.diagnostics.map(\.message) == [
        "'p2@de.example.com' answers session 2026-autumn/de:1+de:2#2 without being invited: ignored; if this is another address of somebody "
          + "who is, name it with --alias",
        "answers '2026-autumn-de-1-de-2-1@de.example.com', which is not a session or workshop of the stream: ignored",
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
        "'p1@pl.example.com' answers workshop 2026-autumn/de/workshop-1 without being invited: ignored; if this is another address of somebody "
          + "who is, name it with --alias",
        "'p2@de.example.com' answers workshop 2026-autumn/de/workshop-1 as it was (sequence 0; it is 1 now): ignored",
      ])
    // A plan is no further for it, and no worse.
    var read = 0
    let stream = Input(name: "x", bytes: matching.matched.flatMap { $0.line + [10] })
    try RecordReader(stream) { Issue.record("\($0)") }.forEachLine { line in
      guard case .reply(let reply) = try line.decode() else { return }
      #expect(reply.session == nil && reply.workshop == "2026-autumn/de/workshop-1")
      read += 1
    }
    #expect(read == 2)
  }

  @Test func whatIsNoAnswerIsReported() throws {
    func messages(_ text: String) -> [String] {
      ReplyFile(Array(text.utf8), fileName: "x.eml").diagnostics.map(\.message)
    }
    #expect(
      messages("") == ["this is not a mail: it does not begin with a header field; save it as .eml or .ics"])
    #expect(
      messages("rubbish\n") == [
        "this is not a mail: it does not begin with a header field; save it as .eml or .ics"
      ])
    #expect(
      messages("From: a@b\n\nHello") == ["this mail holds no calendar answer; read it yourself"])
    #expect(
      messages("From: a@b\nContent-Type: application/ms-tnef; name=\"winmail.dat\"\n\nx") == [
        "this mail holds winmail.dat (damaged): read it yourself"
      ])
    #expect(
      messages("BEGIN:VCALENDAR\nMETHOD:PUBLISH\nEND:VCALENDAR\n").contains(
        "the calendar in it is not an answer (METHOD is PUBLISH, neither REPLY nor COUNTER)"))
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
