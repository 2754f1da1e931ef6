import Basics
package import Calendars
package import Programme

/// An invitation as a mail to one recipient: plain text, HTML and the calendar object, each the same news
/// (RFC 6047, section 2; RFC 2046, section 5.1.4: the best form is last).
package enum InvitationMail {
  /// The bytes of an .eml: CRLF, no line over 78 columns but encoded ones of 76, nothing beyond ASCII. The same input gives
  /// the same bytes: the date is the invitation's stamp, the Message-ID comes from the notice's key.
  ///
  /// - Parameters:
  ///   - key: letters and digits that name this news to this recipient and no other.
  /// - Throws: `MailingError.badAddress`, `CalendarError`.
  package static func bytes(
    of invitation: Invitation, method: CalendarWriter.Method, to recipient: Invitation.Party, key: String
  ) throws -> [UInt8] {
    let from = try MailAddress(invitation.organizer)
    let to = try MailAddress(recipient)
    let calendar = try CalendarWriter.bytes(of: invitation, method: method)
    let boundary = "=_tandem_\(key)"
    var header = MailHeader()
    header.address("From", from)
    header.address("To", to)
    header.text("Subject", invitation.summary)
    header.literal("Date", date(invitation.stamp))
    header.literal("Message-ID", "<\(key)@\(from.domain)>")
    if CalendarWriter.isLanguageTag(invitation.language) {
      header.literal("Content-Language", invitation.language)
    }
    header.automatic()
    header.literal("MIME-Version", "1.0")
    header.literal("Content-Type", "multipart/alternative; boundary=\"\(boundary)\"")
    var bytes = header.bytes
    let parts = [
      ("text/plain; charset=UTF-8", crlf(invitation.description + contact(from))),
      ("text/html; charset=UTF-8", crlf(html(invitation))),
      ("text/calendar; charset=UTF-8; method=\(method.name)", calendar),
    ]
    for (type, content) in parts {
      bytes += "\r\n--\(boundary)\r\nContent-Type: \(type)\r\n".utf8
      let quoted = QuotedPrintable.encode(content)
      let encoded = Base64.encodeLines(content)
      let isQuoted = quoted.count <= encoded.count
      bytes += "Content-Transfer-Encoding: \(isQuoted ? "quoted-printable" : "base64")\r\n\r\n".utf8
      bytes += isQuoted ? quoted : encoded
    }
    bytes += "\r\n--\(boundary)--\r\n".utf8
    return bytes
  }

  /// Whom to ask: the sender below the line that sets a signature off (RFC 3676, section 4.3), in no language.
  static func contact(_ sender: MailAddress) -> String {
    let name = MailHeader.oneLine(sender.name)
    return "\n\n-- \n" + (name.isEmpty ? sender.address : "\(name) <\(sender.address)>") + "\n"
  }

  /// `Mon, 05 Oct 2026 08:00:00 +0000` (RFC 5322, section 3.3).
  static func date(_ stamp: Timestamp) -> String {
    let utc = stamp.inUTC
    let text = utc.description
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let day = days[((utc.date.daysSinceEpoch % 7) + 7) % 7]
    let parts = text.prefix(10).split(separator: "-")
    let month = Int(parts.dropFirst().first ?? "") ?? 1
    let clock = text.dropFirst(11).prefix(8)
    return "\(day), \(parts.last ?? "01") \(months[(month - 1) % 12]) \(parts.first ?? "1970") \(clock) +0000"
  }

  /// A page without anything from outside: no pictures, no fonts, no scripts. Blank lines part paragraphs, lines that begin
  /// with `- ` are a list.
  static func html(_ invitation: Invitation) -> String {
    let language = CalendarWriter.isLanguageTag(invitation.language) ? " lang=\"\(invitation.language)\"" : ""
    var body = ""
    var lines = invitation.description.split(
      omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" })[...]
    var block: [String] = []
    var isList = false
    func end() {
      guard !block.isEmpty else { return }
      body +=
        isList
        ? "<ul>\n" + block.map { "<li>\($0)</li>\n" }.joined() + "</ul>\n"
        : "<p>" + block.joined(separator: "<br>\n") + "</p>\n"
      block = []
    }
    while let line = lines.popFirst() {
      let isItem = line.hasPrefix("- ")
      if line.isEmpty || isItem != isList { end() }
      isList = isItem
      if !line.isEmpty { block.append(MarkupText.escaped(String(isItem ? line.dropFirst(2) : line))) }
    }
    end()
    let sender = MarkupText.escaped(invitation.organizer.email)
    let contact =
      "<a href=\"mailto:\(sender)\">\(MarkupText.escaped(invitation.organizer.name)) &lt;\(sender)&gt;</a>"
    return """
      <!DOCTYPE html>
      <html\(language)>
      <head><meta charset="UTF-8"><title>\(MarkupText.escaped(invitation.summary))</title></head>
      <body style="font-family: sans-serif; line-height: 1.4; max-width: 40em">
      <h1 style="font-size: 1.2em">\(MarkupText.escaped(invitation.summary))</h1>
      \(body)<p>\(contact)</p>
      </body>
      </html>

      """
  }

  /// Every line ends in CRLF; other control characters go.
  static func crlf(_ text: String) -> [UInt8] {
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 10: result += [13, 10]
      case 9: result.append(9)
      case 0..<0x20, 0x7F: continue
      default: result.append(byte)
      }
    }
    if !result.isEmpty, result.last != 10 { result += [13, 10] }
    return result
  }
}
