import Basics
import CLibCurl
import Foundation
import Mailing
import Programme
import Testing

@testable import Delivery

@Suite struct MailDeliveryTests {
  private func reply(_ code: Int) -> SMTPReply { SMTPReply(code: code, lines: ["so"]) }

  @Test func whatIsAcceptedIsSentOnce() throws {
    let folder = try FilledOutbox()
    let outbox = try Outbox(folder.path)
    let names = folder.names
    var seen: [String] = []
    for _ in 0..<2 {
      let handOver: MailDelivery.HandOver = { _, sender, recipient throws(SMTPError) in
        #expect(sender.address == "tandem@\(recipient.domain)")
        seen.append(recipient.address)
        return .accepted(reply(250))
      }
      let summary = try MailDelivery(outbox).run(report: { _ in }, handOver: handOver)
      #expect(summary.failed + summary.waiting + summary.uncertain == 0)
    }
    #expect(seen.count == 4)
    #expect(try folder.files("sent") == names)
    #expect(try folder.files("new").isEmpty)
  }

  @Test func whatIsRefusedWaitsOrFails() throws {
    let folder = try FilledOutbox()
    let outbox = try Outbox(folder.path)
    let names = folder.names
    var waited: [Int] = []
    var told: [String] = []
    var seen: [String] = []
    let delivery = MailDelivery(outbox, attempts: 4) { waited.append($0) }
    let answers: [Result<SMTPConnection.Outcome, SMTPError>] = [
      .success(.refused(reply(550))), .success(.refused(reply(451))), .success(.uncertain("gone")),
      .success(.refused(reply(452))),
      // The second round begins after all had their turn.
      .success(.accepted(reply(250))), .failure(.connection(.unreachable("gone"))),
      .failure(.refused(reply(421))), .success(.refused(reply(452))),
    ]
    var next = 0
    let handOver: MailDelivery.HandOver = { bytes, _, _ throws(SMTPError) in
      let id = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").first {
        $0.hasPrefix("Message-ID")
      }
      seen.append(
        names.firstIndex { name in id?.contains(name.dropLast(4).suffix(16)) ?? false }.map(String.init)
          ?? "?")
      defer { next += 1 }
      return try answers[next].get()
    }
    let summary = try delivery.run(report: { told.append($0.message) }, handOver: handOver)
    #expect(summary == MailDelivery.Summary(sent: 1, failed: 1, waiting: 1, uncertain: 1))
    #expect(seen == ["0", "1", "2", "3", "1", "3", "3", "3"])
    #expect(waited == [1, 2, 4])
    #expect(
      told == [
        "to p1@de.example.com was rejected permanently: 550 so",
        "to p1@de.example.com may have been sent: gone; send it again with --again",
        "to p1@pl.example.com waits for another run: 452 so",
      ])
    #expect(try folder.files("failed") == [names[0], names[0] + ".txt"])
    #expect(try folder.files("sent") == [names[1]])
    #expect(try folder.files("sending") == [names[2]])
    #expect(try folder.files("new") == [names[3]])
    // What is uncertain is not repeated unless somebody asks.
    var repeated = 0
    for again in [false, true] {
      let handOver: MailDelivery.HandOver = { _, _, _ throws(SMTPError) in
        repeated += 1
        return .accepted(reply(250))
      }
      _ = try delivery.run(again: again, report: { _ in }, handOver: handOver)
      #expect(repeated == (again ? 2 : 1))
    }
  }

  @Test func repliesAreReadInPieces() throws {
    let text = "250-mail.example\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS\r\n220 next\r\n"
    var bytes: [UInt8] = []
    var replies: [SMTPReply] = []
    for byte in text.utf8 {
      bytes.append(byte)
      while let reply = try SMTPReply.take(from: &bytes) { replies.append(reply) }
    }
    #expect(replies.map(\.code) == [250, 220])
    var rubbish = Array("SSH-2.0-OpenSSH\r\n".utf8)
    #expect(throws: SMTPError.noSMTP("SSH-2.0-OpenSSH")) { try SMTPReply.take(from: &rubbish) }
  }

  /// What a server said, and how far the mail was, decides whether it may be sent again.
  @Test func anAnswerIsKnownToBeOneToTheMail() throws {
    func outcome(
      _ lines: String, _ command: String, taken: Int, code: CURLcode = CURLE_RECV_ERROR
    ) throws(SMTPError) -> SMTPConnection.Outcome {
      try SMTPConnection.outcome(
        of: Transfer.Result(
          code: code, reason: "gone", status: 0, lines: Array(lines.utf8), body: [], command: command,
          taken: taken),
        of: 100)
    }
    let begun = "220 a\r\n250-a\r\n250 SIZE\r\n250 OK\r\n250 OK\r\n354 go\r\n"
    #expect(
      try outcome(begun + "250 queued\r\n", "DATA", taken: 100, code: CURLE_OK)
        == .accepted(SMTPReply(code: 250, lines: ["queued"])))
    #expect(try outcome(begun + "250 queued\r\n", "DATA", taken: 100) != .uncertain("gone"))
    #expect(
      try outcome(begun + "552 too big\r\n", "DATA", taken: 40)
        == .refused(SMTPReply(code: 552, lines: ["too big"])))
    #expect(try outcome(begun, "DATA", taken: 100) == .uncertain("the answer was cut off (gone)"))
    // The end was not sent.
    #expect(throws: SMTPError.connection(.unreachable("gone"))) { try outcome(begun, "DATA", taken: 40) }
    #expect(throws: SMTPError.connection(.unreachable("gone"))) {
      try outcome(begun, "DATA", taken: 100, code: CURLE_SEND_ERROR)
    }
    #expect(
      try outcome("220 a\r\n250 a\r\n550 no\r\n", "RCPT", taken: 0)
        == .refused(SMTPReply(code: 550, lines: ["no"])))
    #expect(throws: SMTPError.refused(SMTPReply(code: 550, lines: ["no"]))) {
      try outcome("220 a\r\n250 a\r\n550 no\r\n", "MAIL", taken: 0)
    }
    #expect(throws: SMTPError.refused(SMTPReply(code: 421, lines: ["bye"]))) {
      try outcome("220 a\r\n250 a\r\n421 bye\r\n", "RCPT", taken: 0)
    }
  }
}
