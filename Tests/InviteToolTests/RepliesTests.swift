import Foundation
import Programme
import TestSupport
import Testing

/// `tandem-invite replies`, over files and folders.
@Suite struct RepliesTests {
  private func answer(
    _ part: String, number: Int, sequence: Int = 0, from sender: String = "p2@de.example.com"
  ) -> String {
    """
    From: \(sender)
    To: tandem@de.example.com
    Subject: Re
    MIME-Version: 1.0
    Content-Type: text/calendar; method=REPLY; charset=UTF-8

    BEGIN:VCALENDAR
    VERSION:2.0
    METHOD:REPLY
    BEGIN:VEVENT
    UID:2026-autumn-de-1-de-2-\(number)@de.example.com
    SEQUENCE:\(sequence)
    DTSTAMP:20261002T070000Z
    DTSTART:20261014T060000Z
    ATTENDEE;PARTSTAT=\(part):mailto:P2@de.example.com
    END:VEVENT
    END:VCALENDAR

    """
  }

  private func folder() throws -> WorkFolder {
    let desk = try WorkFolder()
    for name in ["cur", "new", "tmp"] {
      try FileManager.default.createDirectory(
        atPath: "\(desk.path)/mail/\(name)", withIntermediateDirectories: true)
    }
    return desk
  }

  @Test func aMaildirIsReadWhole() throws {
    let desk = try folder()
    try desk.file("mail/cur/1.host:2,S", answer("ACCEPTED", number: 1))
    try desk.file("mail/new/2.host", answer("DECLINED", number: 2))
    try desk.file("mail/new/3.host", "From: x@y\n\nHello")
    try desk.file("mail/tmp/4.host", answer("DECLINED", number: 3))
    let sample = try SampleStream()
    let run = InviteTool.run(["replies", desk.path + "/mail"], input: sample.text)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text.hasPrefix(sample.text))
    let made = run.lines.dropFirst(sample.text.split(separator: "\n").count)
    #expect(made.count == 3)
    #expect(made.first?.contains(#""status":"cancelled""#) == true)
    #expect(
      made.dropFirst().first?.hasPrefix(#"{"answer":"accepted","attendee":"p2@de.example.com""#) == true)
    #expect(made.last?.hasPrefix(#"{"answer":"declined""#) == true)
    #expect(
      run.errors.contains(
        "/mail/new/3.host: warning: this mail holds no calendar answer; read it yourself\n"))
    #expect(run.errors.hasSuffix("note: 3 files, 2 answers, of which 2 count; 1 session changed\n"))
  }

  /// The answers are to another file: it goes on, and is named.
  @Test func aStreamWithoutSessionsIsTheWrongFile() throws {
    let desk = try folder()
    let file = try desk.file("answer.eml", answer("ACCEPTED", number: 1))
    var sample = try SampleStream()
    sample.sessions = []
    let people = try desk.file("people.ndjson", sample.text)
    let run = InviteTool.run(["replies", file, "--sessions", people])
    #expect(run.status == 65)
    #expect(run.text == sample.text)
    #expect(
      run.errors.contains(
        "people.ndjson: error: no session is on the stream: is it the right file? `tandem-schedule` plans the "
          + "sessions of tandems\n"), "\(run.errors)")
  }

  @Test func lateAnswersAreTold() throws {
    let desk = try folder()
    let file = try desk.file("late.eml", answer("DECLINED", number: 1))
    var sample = try SampleStream()
    sample.change(1) { $0.move(hours: 1) }
    let run = InviteTool.run(["replies", file], input: sample.text)
    #expect(run.status == 0)
    #expect(run.text == sample.text)
    #expect(run.errors.contains("as it was (sequence 0; it is 1 now): ignored"))
  }

  /// A mail lists both; one sends it.
  @Test func oneMailAnswersForOnePerson() throws {
    let desk = try folder()
    try desk.file("mail/cur/1", answer("DECLINED", number: 1))
    try desk.file(
      "mail/cur/2",
      answer("NEEDS-ACTION", number: 1, from: "p1@de.example.com")
        .replacing("20261002T070000Z", with: "20261003T070000Z")
        .replacing("END:VEVENT", with: "ATTENDEE;PARTSTAT=ACCEPTED:mailto:p1@de.example.com\nEND:VEVENT"))
    let sample = try SampleStream()
    let run = InviteTool.run(["replies", desk.path + "/mail"], input: sample.text)
    #expect(run.status == 0, "\(run.errors)")
    let made = run.lines.dropFirst(sample.text.split(separator: "\n").count)
    #expect(made.count == 3)
    #expect(made.first?.contains(#""status":"cancelled""#) == true)
    #expect(
      made.dropFirst().map { $0.prefix(52) } == [
        #"{"answer":"accepted","attendee":"p1@de.example.com","#,
        #"{"answer":"declined","attendee":"p2@de.example.com","#,
      ])
  }

  @Test func whoIsNobodyKnownChangesNothing() throws {
    let desk = try WorkFolder()
    let file = try desk.file("x.eml", answer("DECLINED", number: 1, from: "Otto <otto@elsewhere.org>"))
    let sample = try SampleStream()
    let run = InviteTool.run(["replies", file], input: sample.text)
    #expect(run.status == 65)
    let made = run.lines.dropFirst(sample.text.split(separator: "\n").count)
    #expect(made.count == 1)
    #expect(made.first?.hasPrefix(#"{"answer":"unconfirmed""#) == true)
    #expect(run.errors.contains("x.eml: warning: the mail is from 'otto@elsewhere.org', who is neither"))
    let known = InviteTool.run(
      ["replies", file, "--alias", "Otto@Elsewhere.org=p2@de.example.com"], input: sample.text)
    #expect(known.status == 0, "\(known.errors)")
    #expect(known.lines.last?.hasPrefix(#"{"answer":"declined""#) == true)
    #expect(known.lines.last?.contains(#""sender":"otto@elsewhere.org""#) == true)
    #expect(InviteTool.run(["replies", file, "--alias", "otto"], input: sample.text).status == 64)
  }

  @Test func whatIsNotThereIsNamed() throws {
    let desk = try WorkFolder()
    let empty = InviteTool.run(["replies", desk.path], input: "")
    #expect(empty.status == 66)
    #expect(
      empty.errors
        == "\(desk.path): error: holds neither .eml nor .ics files, and is not a Maildir (cur, new); name another folder\n"
    )
    #expect(InviteTool.run(["replies", desk.path + "/none.eml"], input: "").status == 66)
  }
}
