import Basics
import Foundation
import Programme
import RecordStream
import TestSupport
import Testing

@testable import Calendars
@testable import Mailing

/// Replies in the shapes in which programs write them, one in each line of Fixtures/replies.txt, with the reading that is right.
@Suite struct ReplyShapesTests {
  private static let uid = "2026-autumn-de-1-de-2-1@de.example.com"
  private static let otherUID = "2026-autumn-de-1-de-2-2@de.example.com"
  /// Of the mail that the outbox sent to Otto about session 1.
  private static let key = "0123456789abcdef"

  private static let macros: [String: String] = [
    "U": uid, "U2": otherUID, "K": key,
    "H":
      "To: Tandem <tandem@de.example.com>¶Subject: Re: Reverse Mentoring¶Date: Fri, 02 Oct 2026 09:00:00 +0200¶"
      + "Message-ID: <1@de.example.com>¶MIME-Version: 1.0¶",
    "F": "From: \"Kern, Otto\" <p2@de.example.com>¶{H}",
    "T": "Content-Type: text/calendar; method=REPLY; charset=UTF-8¶¶",
    "C": "BEGIN:VCALENDAR¶VERSION:2.0¶PRODID:-//Example//Program//EN¶METHOD:REPLY¶",
    "CC": "BEGIN:VCALENDAR¶VERSION:2.0¶PRODID:-//Example//Program//EN¶METHOD:COUNTER¶",
    "E": "BEGIN:VEVENT¶UID:{U}¶DTSTAMP:20261002T070000Z¶SEQUENCE:0¶",
    "D": "ATTENDEE;PARTSTAT=DECLINED:mailto:p2@de.example.com¶",
    "A": "ATTENDEE;PARTSTAT=ACCEPTED:mailto:p2@de.example.com¶",
    "X": "END:VEVENT¶END:VCALENDAR¶",
    "R": "{C}{E}{D}{X}",
    "M": "Content-Type: multipart/alternative; boundary=b¶¶--b¶",
    "N": "Content-Type: text/plain; charset=utf-8¶¶",
    "B":
      "From: MAILER-DAEMON@mx.example.com¶{H}Content-Type: multipart/report; report-type=delivery-status; boundary=b¶¶",
    "Q":
      "--b¶{N}Your message could not be delivered.¶--b¶Content-Type: message/delivery-status¶¶"
      + "Reporting-MTA: dns; mx.example.com¶¶",
    "I":
      "From: tandem@de.example.com¶To: p2@de.example.com¶Message-ID: <{K}@de.example.com>¶"
      + "Content-Type: text/calendar; method=REQUEST; charset=UTF-8¶¶BEGIN:VCALENDAR¶VERSION:2.0¶METHOD:REQUEST¶{E}{A}{X}",
  ]

  private struct Shape {
    var name: String
    var expected: String
    var text: String
  }

  private static func shapes() throws -> [Shape] {
    let text = try String(contentsOfFile: "\(SamplePlan.fixtures)/replies.txt", encoding: .utf8)
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let cells = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
      #expect(cells.count == 3, "\(line.prefix(60))")
      func cell(_ index: Int) -> String {
        index < cells.count ? cells[index].trimmingCharacters(in: .whitespaces) : ""
      }
      return Shape(name: cell(0), expected: cell(1), text: cell(2))
    }
  }

  @Test func everyShapeIsReadAsItMust() throws {
    let shapes = try Self.shapes()
    #expect(shapes.count >= 120)
    #expect(Set(shapes.map(\.name)).count == shapes.count)
    var sample = try SamplePlan()
    sample.state.people[PersonID("de:2")]?.aliases = ["otto@old.example.com"]
    var history = NotificationHistory()
    history.notices[Self.key] = NoticeName(uid: Self.uid, recipient: "p2@de.example.com")
    for shape in shapes {
      let read = try Self.reading(of: Self.bytes(shape.text), sample.state, history)
      #expect(read == shape.expected, "\(shape.name)")
    }
  }

  private static func who(_ address: String) -> String {
    address.hasSuffix("@de.example.com") ? String(address.prefix { $0 != "@" }) : address
  }

  /// What the tool makes of a file, in the words of the fixture.
  private static func reading(
    of bytes: [UInt8], _ state: ProgrammeState, _ history: NotificationHistory
  ) throws -> String {
    let file = ReplyFile(bytes, fileName: "x", aliases: ["otto@old.example.com": "p2@de.example.com"])
    let matching = try ReplyMatching(
      file.replies.map { ($0, "x") }, to: state, wording: SamplePlan.wording)
    let undelivered = try UndeliveredNotices(
      file.reports.map { ($0, "x") }, of: state, history: history, wording: SamplePlan.wording)
    func on(_ session: SessionID?) -> String {
      session.map { $0.text.hasSuffix("#1") ? "" : " on " + $0.text.suffix(1) } ?? ""
    }
    var parts: [String] = []
    for match in matching.matched + matching.unconfirmed {
      let record = try SessionReply.fields.value(of: match.line[...])
      var words = [record.said.map { "held \($0.rawValue)" } ?? record.answer.rawValue]
      words.append(who(record.attendee ?? "") + on(record.session))
      if record.said != nil, let sender = record.sender { words.append("from \(who(sender))") }
      if record.proposedStart != nil || record.answer == .countered { words.append("wish") }
      if let comment = record.comment?.trimmingCharacters(in: .whitespacesAndNewlines), !comment.isEmpty {
        words.append("\"\(comment.split(whereSeparator: \.isWhitespace).joined(separator: " "))\"")
      }
      parts.append(words.joined(separator: " "))
    }
    for record in undelivered.records {
      parts.append(
        "undelivered \(who(record.address)) \(record.status ?? "")\(record.isPermanent ? " permanent" : "")"
          + (record.session.map { " on " + $0.text.suffix(1) } ?? ""))
    }
    for diagnostic in matching.diagnostics where diagnostic.code != "unconfirmed" {
      parts.append("ignored \(diagnostic.code ?? "")")
    }
    if undelivered.records.isEmpty { parts += undelivered.diagnostics.map { "ignored \($0.code ?? "")" } }
    if file.count.automatic > 0 { parts.append("automatic") }
    if file.count.others > 0 {
      // What is no answer is named.
      parts.append("other \(file.diagnostics.last?.code ?? "in silence")")
    }
    #expect(file.count.all >= 1)
    return parts.joined(separator: ", ")
  }

  // MARK: How the lines become files

  private static func expanded(_ text: String) -> String {
    var text = text
    while true {
      var next = text
      for (name, value) in macros { next = next.replacing("{\(name)}", with: value) }
      if next == text { return text }
      text = next
    }
  }

  private static func bytes(_ line: String) throws -> [UInt8] {
    if let properties = line.split(separator: "msg: ", maxSplits: 1).last, line.hasPrefix("msg: ") {
      return OutlookSample(expanded(String(properties)).replacing("¶", with: "\r\n")).msg
    }
    if let range = line.range(of: "tnef: ") {
      let tnef = OutlookSample(expanded(String(line[range.upperBound...])).replacing("¶", with: "\r\n")).tnef
      guard line.hasPrefix("mail") else { return tnef }
      let from = line.hasPrefix("mail eve") ? "eve@elsewhere.org" : "p2@de.example.com"
      return Array(
        ("From: \(from)\r\nContent-Type: application/ms-tnef; name=\"winmail.dat\"\r\n"
          + "Content-Transfer-Encoding: base64\r\n\r\n").utf8)
        + Base64.encodeLines(tnef)
    }
    // Bytes as Latin-1 letters, so that what is encoded may be no UTF-8.
    var text = String(
      String.UnicodeScalarView(Array(expanded(line).utf8).map { Unicode.Scalar($0) }))
    let pilcrow = "\u{C2}\u{B6}"
    while let open = text.lastIndex(of: "{"), let close = text[open...].firstIndex(of: "}") {
      let inside = text[text.index(after: open)..<close]
      let parts = inside.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      var content = String(parts.last ?? "")
      var charset = "utf-8"
      if ["base64", "quoted", "bytes"].contains(name) {
        let two = content.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        (charset, content) = (String(two[0]), String(two.last ?? ""))
      }
      content = content.replacing(pilcrow, with: name == "lf" ? "\n" : "\r\n")
      var encoded = content.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
      if charset != "utf-8" {
        encoded = Iconv(from: ["UTF-8"], to: charset)?.text(encoded, mark: []) ?? []
      }
      switch name {
      case "base64": encoded = Base64.encodeLines(encoded)
      case "quoted": encoded = QuotedPrintable.encode(encoded)
      case "emlx":
        encoded =
          Array("\(encoded.count)     \n".utf8) + encoded + Array("<?xml version=\"1.0\"?><plist/>".utf8)
      case "signed": encoded = Base64.encodeLines(OutlookSample.signed(encoded))
      case "uu": encoded = OutlookSample.uuencoded(encoded)
      case "bom": encoded = [0xEF, 0xBB, 0xBF] + encoded
      case "bytes", "lf": break
      default: Issue.record("no macro {\(name)}")
      }
      text.replaceSubrange(
        open...close, with: String(String.UnicodeScalarView(encoded.map { Unicode.Scalar($0) })))
    }
    return text.replacing(pilcrow, with: "\r\n").unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
  }
}
