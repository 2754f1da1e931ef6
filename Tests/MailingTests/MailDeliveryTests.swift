#if SMTP
  import Foundation
  import Programme
  import Testing

  @testable import Mailing

  @Suite struct MailDeliveryTests {
    private func filled() throws -> (folder: ScratchFolder, names: [String]) {
      let folder = try ScratchFolder()
      let now = try SamplePlan.time("2026-10-01T08:00:00Z")
      let outbox = try Outbox(folder.path)
      let plan = try NoticePlan.make(SamplePlan().state, wording: SamplePlan.wording, now: now)
      let mails = try plan.notices.prefix(4).map { notice in
        let bytes = try InvitationMail.bytes(
          of: notice.invitation, method: notice.method, to: notice.recipient, key: notice.key)
        return (notice: notice, bytes: bytes)
      }
      try outbox.add(mails, at: now)
      return (folder, try folder.files("new"))
    }

    private func reply(_ code: Int) -> SMTPReply { SMTPReply(code: code, lines: ["so"]) }

    @Test func whatIsAcceptedIsSentOnce() throws {
      let (folder, names) = try filled()
      let outbox = try Outbox(folder.path)
      var seen: [String] = []
      for _ in 0..<2 {
        let handOver: MailDelivery.HandOver = { _, sender, recipient in
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
      let (folder, names) = try filled()
      let outbox = try Outbox(folder.path)
      var waited: [Int] = []
      var told: [String] = []
      var calls = 0
      let delivery = MailDelivery(outbox, attempts: 4) { waited.append($0) }
      let handOver: MailDelivery.HandOver = { _, _, _ in
        calls += 1
        switch calls {
        case 1: return .refused(reply(550))
        case 2, 3: return .refused(reply(451))
        case 4: return .accepted(reply(250))
        case 5: return .uncertain("gone")
        default: throw SMTPError.connection("gone")
        }
      }
      let summary = try delivery.run(report: { told.append($0.message) }, handOver: handOver)
      #expect(summary == MailDelivery.Summary(sent: 1, failed: 1, waiting: 1, uncertain: 1))
      #expect(waited == [1, 2, 1, 2, 4])
      #expect(
        told == [
          "was refused for good: 550 so", "may have been sent: gone; send it once more with --again",
          "waits for another run: the mail server cannot be reached: gone",
        ])
      #expect(try folder.files("failed") == [names[0], names[0] + ".txt"])
      #expect(try folder.files("sent") == [names[1]])
      #expect(try folder.files("sending") == [names[2]])
      #expect(try folder.files("new") == [names[3]])
      // What is uncertain is not repeated unless somebody asks.
      var repeated = 0
      for again in [false, true] {
        let handOver: MailDelivery.HandOver = { _, _, _ in
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
      #expect(replies.first?.words(of: "AUTH") == ["PLAIN", "LOGIN"])
      #expect(replies.first?.words(of: "STARTTLS") == [])
      #expect(replies.first?.words(of: "SIZE") == nil)
      var rubbish = Array("SSH-2.0-OpenSSH\r\n".utf8)
      #expect(throws: SMTPError.noSMTP("SSH-2.0-OpenSSH")) { try SMTPReply.take(from: &rubbish) }
    }

    @Test func dotsAreDoubled() {
      #expect(SMTPConnection.stuffed(Array(".a\r\n..\r\nb.".utf8)) == Array("..a\r\n...\r\nb.\r\n.\r\n".utf8))
    }
  }
#endif
