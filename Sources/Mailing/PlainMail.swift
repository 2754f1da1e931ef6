import Calendars
package import Programme

/// A mail of text alone, to one recipient: news without a calendar entry.
package enum PlainMail {
  /// The news and its .eml, for an outbox. The bytes are CRLF and nothing beyond ASCII; the same input gives the same.
  ///
  /// - Parameter message: the text, its sender and its date; its times are no meeting's and appear in no calendar.
  /// - Throws: `MailingError.badAddress`.
  package static func mail(
    _ message: Invitation, to recipient: Invitation.Party
  ) throws -> (notice: Notice, bytes: [UInt8]) {
    let notice = Notice(
      kind: .invited, recipient: recipient, invitation: message, meeting: message.uid, tandem: nil, place: "",
      topics: [])
    let sender = try MailAddress(message.organizer)
    var header = MailHeader()
    header.address("From", sender)
    header.address("To", try MailAddress(recipient))
    header.text("Subject", message.summary)
    header.literal("Date", InvitationMail.date(message.stamp))
    header.literal("Message-ID", "<\(notice.key)@\(sender.domain)>")
    if CalendarWriter.isLanguageTag(message.language) { header.literal("Content-Language", message.language) }
    header.automatic()
    header.literal("MIME-Version", "1.0")
    header.literal("Content-Type", "text/plain; charset=UTF-8")
    header.literal("Content-Transfer-Encoding", "quoted-printable")
    let body = QuotedPrintable.encode(
      InvitationMail.crlf(message.description + InvitationMail.contact(sender)))
    return (notice, header.bytes + Array("\r\n".utf8) + body + Array("\r\n".utf8))
  }
}
