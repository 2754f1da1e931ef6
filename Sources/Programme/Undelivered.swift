/// An invitation, or another notice, that did not arrive, as `tandem-invite replies` reads it from what a mail server sends back.
package struct Undelivered: Hashable, Sendable {
  /// The address in lower case, as the notice was sent to it.
  package var address: String
  /// nil: the address is nobody's on the stream.
  package var person: PersonID?
  /// What the notice was about; none where the report does not say.
  package var session: SessionID?
  package var tandem: TandemID?
  package var workshop: WorkshopID?
  /// Of the calendar event.
  package var uid: String?
  /// `5.1.1` (RFC 3463).
  package var status: String?
  /// The server's words.
  package var reason: String?
  /// Whether another try would fail too.
  package var isPermanent: Bool
  /// When the report was written.
  package var stamp: Timestamp?
  /// Where it was read.
  package var file: String?

  package init(address: String, isPermanent: Bool) {
    self.address = address
    self.isPermanent = isPermanent
  }
}

extension Undelivered: FieldObject {
  package static let fields = FieldTable(
    "undelivered", "A notice that did not arrive.", place: "`tandem-invite replies`",
    blank: Undelivered(address: "", isPermanent: false),
    [
      .required("address", \.address, "the address that it was sent to, in lower case"),
      .optional("person", \.person, "the person's id; absent: the address is nobody's"),
      .optional("session", \.session, "the session's id; or `workshop`"),
      .optional("tandem", \.tandem, "the tandem's id"),
      .optional("workshop", \.workshop, "the workshop's id"),
      .optional("uid", \.uid, "of the calendar event"),
      .optional("status", \.status, "the status code (RFC 3463)"),
      .optional("reason", \.reason, "the server's words"),
      .required("permanent", \.isPermanent, "whether another try would fail too"),
      .optional("stamp", \.stamp, "when the report was written"),
      .optional("file", \.file, "where it was read"),
    ])
}
