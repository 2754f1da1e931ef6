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
    #expect(made.count == 2)
    #expect(made.first?.hasPrefix(#"{"answer":"accepted","attendee":"p2@de.example.com""#) == true)
    #expect(made.last?.hasPrefix(#"{"answer":"declined""#) == true)
    #expect(
      run.errors.contains(
        "/mail/new/3.host: warning: this mail holds no calendar answer; read it yourself\n"))
    #expect(
      run.errors.hasSuffix("note: 3 files, 3 mails: 2 with answers, 1 other; 2 answers, of which 2 count\n"))
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
    #expect(made.count == 2)
    #expect(
      made.map { $0.prefix(52) } == [
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

  /// "Declined" is a state of the answer: what becomes of the session, the planner decides.
  @Test func noSessionChanges() throws {
    let desk = try WorkFolder()
    let file = try desk.file("x.eml", answer("DECLINED", number: 1))
    let sample = try SampleStream()
    let run = InviteTool.run(["replies", file], input: sample.text)
    #expect(run.text.hasPrefix(sample.text))
    #expect(!run.text.contains("cancelled"))
    #expect(run.lines.last?.hasPrefix(#"{"answer":"declined""#) == true)
  }

  @Test func aliasesOfAPersonAreTheirs() throws {
    let desk = try WorkFolder()
    let file = try desk.file("x.eml", answer("DECLINED", number: 1, from: "otto@elsewhere.org"))
    let sample = try SampleStream()
    let text = sample.text.replacing(
      #""email":"p2@de.example.com""#, with: #""aliases":["Otto@elsewhere.org"],"email":"p2@de.example.com""#)
    #expect(text != sample.text)
    let run = InviteTool.run(["replies", file], input: text)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.lines.last?.hasPrefix(#"{"answer":"declined","attendee":"p2@de.example.com""#) == true)
  }

  @Test func aDryRunShowsATable() throws {
    let desk = try WorkFolder()
    let file = try desk.file("x.eml", answer("DECLINED", number: 1))
    let sample = try SampleStream()
    let run = InviteTool.run(["replies", file, "--dry-run"], input: sample.text)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text.hasPrefix("Who "))
    #expect(run.text.contains("p2@de.example.com  declined"))
    #expect(!run.text.contains("{"))
    let csv = InviteTool.run(["replies", file, "--format", "csv"], input: sample.text)
    #expect(csv.text.hasPrefix("Who,Answer,Meeting,When,Comment,File\r\n"))
    #expect(csv.text.contains("\r\np2@de.example.com,declined,2026-autumn/"))
  }

  private func bounce(of mail: String, to address: String, date: String) -> String {
    """
    From: MAILER-DAEMON@de.example.com
    To: tandem@de.example.com
    Date: \(date)
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=delivery-status; boundary=r

    --r
    Content-Type: text/plain

    no such mailbox
    --r
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.de.example.com

    Final-Recipient: rfc822; \(address)
    Action: failed
    Status: 5.1.1
    Diagnostic-Code: smtp; 550 no such mailbox

    --r
    Content-Type: message/rfc822

    \(mail)
    --r--

    """
  }

  /// Nobody counts as invited whose invitation came back; with another address they are invited, and the dead one gets nothing.
  @Test func whoseInvitationCameBackIsNotInvited() throws {
    let desk = try WorkFolder()
    let box = desk.path + "/outbox"
    let sample = try SampleStream()
    let now = ["--now", "2026-09-28T09:00:00Z", "--outbox", box, "--format", "table"]
    #expect(InviteTool.run(["make"] + now, input: sample.text).status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: box + "/new").sorted()
    try FileManager.default.createDirectory(
      atPath: "\(desk.path)/bounces", withIntermediateDirectories: true)
    let mine = names.filter { $0.hasPrefix("p2-de-example-com") }
    #expect(!mine.isEmpty)
    for (number, name) in mine.enumerated() {
      let mail = try String(contentsOfFile: "\(box)/new/\(name)", encoding: .utf8)
      // Servers mostly return the header alone.
      let head = mail.split(separator: "\r\n\r\n")[0].replacing("\r\n", with: "\n")
      try desk.file(
        "bounces/\(number).eml",
        bounce(
          of: number == 0 ? mail.replacing("\r\n", with: "\n") : head + "\n", to: "p2@de.example.com",
          date: "Mon, 28 Sep 2026 10:00:00 +0000"))
    }
    let run = InviteTool.run(["replies", desk.path + "/bounces", "--outbox", box], input: sample.text)
    #expect(run.status == 0, "\(run.errors)")
    let records = run.lines.filter { $0.contains(#""record":"undelivered""#) }
    #expect(records.count == mine.count)
    #expect(
      records.allSatisfy { $0.contains(#""person":"de:2""#) && $0.contains(#""session":"2026-autumn/"#) })
    #expect(records.allSatisfy { $0.contains(#""status":"5.1.1""#) && $0.contains(#""permanent":true"#) })
    #expect(run.errors.contains("was not delivered (5.1.1 550 no such mailbox); correct the address"))
    // The same reports again change nothing.
    let journal = try String(contentsOfFile: box + "/journal.ndjson", encoding: .utf8)
    #expect(
      InviteTool.run(["replies", desk.path + "/bounces", "--outbox", box], input: sample.text).status == 0)
    #expect(try String(contentsOfFile: box + "/journal.ndjson", encoding: .utf8) == journal)

    let again = InviteTool.run(["make"] + now, input: sample.text)
    #expect(again.status == 65)
    #expect(again.text.contains("p2@") == false)
    #expect(
      again.errors.contains(
        "mail to 'p2@de.example.com' comes back (5.1.1 550 no such mailbox): they are not invited to"))
    let retried = InviteTool.run(["make", "--dry-run", "--retry-undelivered"] + now, input: sample.text)
    #expect(retried.text.contains("p2@de.example.com  invited"))
    let corrected = sample.text.replacing("p2@de.example.com", with: "otto@de.example.com")
    let right = InviteTool.run(["make"] + now, input: corrected)
    #expect(right.text.contains("otto@de.example.com  invited"), "\(right.text) \(right.errors)")
    #expect(!right.text.contains("p2@de.example.com"))
  }

  @Test func whatIsNotThereIsNamed() throws {
    let desk = try WorkFolder()
    let empty = InviteTool.run(["replies", desk.path], input: "")
    #expect(empty.status == 66)
    #expect(
      empty.errors
        == "\(desk.path): error: holds no mails (.eml, .ics, .msg, .mbox, .mbx, .emlx, .dat, .tnef, .mht, .ifb, .vcs), and is not a Maildir (cur, new); name another folder\n"
    )
    #expect(InviteTool.run(["replies", desk.path + "/none.eml"], input: "").status == 66)
  }
}
