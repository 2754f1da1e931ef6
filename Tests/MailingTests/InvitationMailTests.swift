import Calendars
import Foundation
import Programme
import Testing

@testable import Mailing

@Suite struct InvitationMailTests {
  private let now = Timestamp(secondsSinceEpoch: 1_790_000_000, offset: 0)

  private func mail(_ notice: Notice) throws -> [UInt8] {
    try InvitationMail.bytes(
      of: notice.invitation, method: notice.method, to: notice.recipient, key: notice.key)
  }

  /// The golden mails were read back with Python's email package (no defects). A change of wording changes them:
  /// TANDEM_RECORD=1 writes them anew.
  @Test(arguments: ["de", "pl"]) func theMailOfALanguage(region: String) throws {
    let plan = try NoticePlan.make(SamplePlan().state, wording: SamplePlan.wording, now: now)
    let notice = try #require(
      plan.notices.first { $0.recipient.email == "p2@\(region).example.com" && $0.meeting.hasSuffix("#1") })
    let bytes = try mail(notice)
    let path = "\(SamplePlan.fixtures)/invitation-\(region).eml"
    if ProcessInfo.processInfo.environment["TANDEM_RECORD"] != nil {
      try Data(bytes).write(to: URL(filePath: path))
    }
    let golden = try Data(contentsOf: URL(filePath: path))
    #expect(String(decoding: bytes, as: UTF8.self) == String(decoding: golden, as: UTF8.self))
  }

  @Test func namesAndTopicsCannotEscapeTheirPlace() throws {
    var sample = try SamplePlan()
    sample.state.people[PersonID("de:1")]?.name = "</title><script>alert(1)</script>\r\nBcc: evil@example.com"
    sample.change(1) { $0.place = "--=_tandem_\r\n\r\nBEGIN:VEVENT\r\n.\r\n<b>\"&'" }
    let plan = try NoticePlan.make(sample.state, wording: SamplePlan.wording, now: now)
    for notice in plan.notices where notice.meeting.hasSuffix("de:2#1") {
      let bytes = try mail(notice)
      let text = String(decoding: bytes, as: UTF8.self)
      let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
      #expect(!lines.prefix { !$0.isEmpty }.contains { $0.hasPrefix("Bcc") })
      #expect(!lines.contains("."))
      #expect(lines.count { $0.hasPrefix("--=_tandem_\(notice.key)") } == 4)
      #expect(lines.allSatisfy { $0.utf8.count <= 78 })
      let html = InvitationMail.html(notice.invitation)
      #expect(!html.contains("<script>"))
      #expect(!html.contains("<b>"))
      let calendar = CalendarFile.read(
        try CalendarWriter.bytes(of: notice.invitation, method: notice.method), depth: .texts)
      #expect(calendar.events.count == 1)
      #expect(calendar.diagnostics.isEmpty)
    }
  }

  /// RFC 3834, section 5; and a line that names whom to ask.
  @Test func noProgramIsToAnswerAndPeopleKnowWhomToAsk() throws {
    let plan = try NoticePlan.make(SamplePlan().state, wording: SamplePlan.wording, now: now)
    let notice = try #require(plan.notices.first { $0.recipient.email == "p2@de.example.com" })
    let plain = try PlainMail.mail(notice.invitation, to: notice.recipient).bytes
    for bytes in [try mail(notice), plain] {
      let text = String(decoding: bytes, as: UTF8.self)
      let head = try #require(text.range(of: "\r\n\r\n")).lowerBound
      #expect(text[..<head].contains("\r\nAuto-Submitted: auto-generated\r\n"))
      #expect(text[..<head].contains("\r\nX-Auto-Response-Suppress: OOF, AutoReply\r\n"))
      #expect(!text[..<head].contains("List-Unsubscribe"))
      #expect(text[head...].contains("\r\n--=20\r\n"))
      #expect(text[head...].contains("<tandem@de.example.com>\r\n"))
    }
    #expect(InvitationMail.html(notice.invitation).contains("href=\"mailto:tandem@de.example.com\""))
  }

  @Test func fileNamesStayInTheirFolder() throws {
    let plan = try NoticePlan.make(SamplePlan().state, wording: SamplePlan.wording, now: now)
    var notice = try #require(plan.notices.first)
    notice.recipient.email = "../../etc/passwd\n\0@x"
    notice.invitation.uid = "/../" + String(repeating: "x", count: 500)
    let name = notice.fileName
    #expect(name.utf8.count < 200)
    #expect(name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
    var other = notice
    other.recipient.email = "../../etc/passwd\n\u{1}@x"
    #expect(other.fileName != name)
  }

  @Test func datesAreWrittenAsMailsDo() throws {
    #expect(
      InvitationMail.date(try SamplePlan.time("2026-10-05T10:00:00+02:00"))
        == "Mon, 05 Oct 2026 08:00:00 +0000")
    #expect(
      InvitationMail.date(Timestamp(secondsSinceEpoch: 0, offset: 0)) == "Thu, 01 Jan 1970 00:00:00 +0000")
  }
}
