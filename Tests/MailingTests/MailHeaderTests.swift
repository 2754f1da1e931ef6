import Basics
import Programme
import Testing

@testable import Mailing

@Suite struct MailHeaderTests {
  private func text(_ value: String) -> String {
    var header = MailHeader()
    header.text("Subject", value)
    return String(decoding: header.bytes, as: UTF8.self)
  }

  private func to(_ name: String) throws -> String {
    var header = MailHeader()
    header.address("To", try MailAddress(name: name, address: "a@example.com"))
    return String(decoding: header.bytes, as: UTF8.self)
  }

  @Test func plainWordsStayAsTheyAre() throws {
    #expect(text("Session 3 of 10") == "Subject: Session 3 of 10\r\n")
    #expect(try to("Ann Lee") == "To: \"Ann Lee\" <a@example.com>\r\n")
    #expect(try to("") == "To: a@example.com\r\n")
    #expect(try to("Ann \"The\\Boss\" Lee") == "To: \"Ann \\\"The\\\\Boss\\\" Lee\" <a@example.com>\r\n")
  }

  @Test func wordsBeyondASCIIAreEncoded() throws {
    #expect(text("Grüße") == "Subject: =?UTF-8?B?R3LDvMOfZQ==?=\r\n")
    #expect(try to("张芳") == "To: =?UTF-8?B?5byg6Iqz?= <a@example.com>\r\n")
    // What reads as an encoded word is none of ours.
    #expect(text("=?UTF-8?B?QQ==?=") == "Subject: =?UTF-8?B?PT9VVEYtOD9CP1FRPT0/PQ==?=\r\n")
  }

  @Test(arguments: [
    "a\r\nBcc: x@evil.example", "a\nBcc: x@evil.example", "a\rBcc: x", "a\u{2028}Bcc: x", "a\u{0}b",
    "\r\n\r\nbody",
    "x\" <evil@example.com>, \"y", "\u{202E}moc.live@x", String(repeating: "a", count: 300),
    String(repeating: "ß ", count: 300), "a, b; c: <d>",
  ])
  func nothingEndsAField(_ value: String) throws {
    for field in [text(value), try to(value)] {
      let lines = field.utf8.split(separator: 10, omittingEmptySubsequences: false)
      #expect(lines.last?.isEmpty == true)
      for (index, line) in lines.dropLast().enumerated() {
        #expect(line.last == 13)
        #expect(line.count <= 79)
        #expect(line.allSatisfy { $0 >= 0x20 && $0 < 0x7F || $0 == 13 })
        #expect((line.first == 0x20) == (index > 0))
        #expect(line.dropLast().contains { $0 != 0x20 })
      }
      #expect(field.utf8.count { $0 == 13 } == lines.count - 1)
      #expect(!field.contains("\r\nBcc"))
    }
  }

  @Test func addressesThatCannotBeWrittenToAreRefused() {
    func message(_ address: String) -> String? {
      do throws(MailingError) {
        _ = try MailAddress(address: address)
        return nil
      } catch {
        return error.message
      }
    }
    #expect(message("p1.o'neil+x@de.example.com") == nil)
    #expect(
      message("jürgen@example.com")
        == "'jürgen@example.com' is not an address that mail can be sent to: it has letters beyond ASCII, which few "
        + "mail servers take; a domain has an xn-- form (RFC 5891)")
    #expect(
      message("a@b@c") == "'a@b@c' is not an address that mail can be sent to: it has more than one @")
    #expect(
      message("a b@example.com")
        == "'a b@example.com' is not an address that mail can be sent to: it holds a space"
    )
    #expect(
      message("a@-x.example")
        == "'a@-x.example' is not an address that mail can be sent to: it has no valid domain")
    for bad in [
      "", "@", "a@", "@b", "a..b@c", ".a@c", "a@b..c", "a@b\r\nBcc: x@y", "a\n@b", "<a@b>", "a@b,c@d",
      "a@例え.jp",
      "\"a b\"@c", "a@[127.0.0.1]", String(repeating: "a", count: 65) + "@b",
    ] {
      #expect(message(bad) != nil, "\(bad)")
    }
  }
}
