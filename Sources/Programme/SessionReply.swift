/// What an attendee answered to the invitation to a session or a workshop, as `tandem-invite replies` passes it to
/// `tandem-schedule` and to people.
package struct SessionReply: Hashable, Sendable {
  package enum Answer: String, CaseIterable, FieldValue {
    case accepted, declined, tentative, delegated, countered, undecided
    /// It is not sure who answered: it waits for somebody to look at it, and changes nothing.
    case unconfirmed
  }

  package var answer: Answer
  /// Of the invitation that is answered: an answer to an older one speaks of another time.
  package var sequence: Int
  /// The session's identifier, and its tandem's; nil: a workshop is answered.
  package var session: SessionID?
  package var tandem: TandemID?
  package var workshop: WorkshopID?
  /// The address that answered, and the one that it came from, where that is another.
  package var attendee: String?
  package var sender: String?
  /// nil: it is the room that answered.
  package var person: PersonID?
  package var comment: String?
  /// Of a delegated one: addresses.
  package var delegates: [String]?
  /// Of a counter-proposal the time that it proposes, of a declined session the time of the session.
  package var start: Timestamp?
  package var end: Timestamp?
  /// Of a declined session the time that the attendee proposes instead.
  package var proposedStart: Timestamp?
  package var proposedEnd: Timestamp?
  /// Of an unconfirmed one: the answer that it would be, and why it is none.
  package var said: Answer?
  package var reason: String?
  /// Where it was read.
  package var file: String?
  /// When it was written; nil: not known, and older than all others.
  package var stamp: Timestamp?
  /// Of the calendar event.
  package var uid: String?

  package init(answer: Answer, session: SessionID? = nil, person: PersonID? = nil, sequence: Int) {
    self.answer = answer
    self.session = session
    self.person = person
    self.sequence = sequence
  }

  package var interval: MinuteInterval? { MinuteInterval(start, end) }
  package var wish: MinuteInterval? { MinuteInterval(proposedStart, proposedEnd) }
  package var secondsSinceEpoch: Int { stamp?.secondsSinceEpoch ?? 0 }
}

extension MinuteInterval {
  fileprivate init?(_ start: Timestamp?, _ end: Timestamp?) {
    guard let start, let end else { return nil }
    self.init(start: start.minute, end: end.minute)
  }
}

extension SessionReply: FieldObject {
  package static let fields = FieldTable(
    "reply", "What an attendee answered to an invitation.", place: "`tandem-invite replies`",
    blank: SessionReply(answer: .undecided, sequence: 0),
    fault: {
      $0.session == nil && $0.workshop == nil
        ? "the reply has neither \"session\" nor \"workshop\": it answers nothing" : nil
    },
    [
      .required("answer", \.answer, "the answer"),
      .required("sequence", \.sequence, "of the invitation that is answered"),
      .optional("session", \.session, "the session's id; or `workshop`"),
      .optional("tandem", \.tandem, "the tandem's id"),
      .optional("workshop", \.workshop, "the workshop's id"),
      .optional("attendee", \.attendee, "the address that answered"),
      .optional("person", \.person, "the person's id; absent for a room"),
      .optional("comment", \.comment, "what was written with it"),
      .optional("delegates", \.delegates, "of a delegated one: addresses"),
      .optional("start", \.start, "the time proposed, or the one that does not suit"),
      .optional("end", \.end, "its end"),
      .optional("proposedStart", \.proposedStart, "of a declined one: the time that is proposed instead"),
      .optional("proposedEnd", \.proposedEnd, "its end"),
      .optional("sender", \.sender, "who sent it, where that is not the attendee"),
      .optional("said", \.said, "of an unconfirmed one: the answer that it would be"),
      .optional("reason", \.reason, "of an unconfirmed one: why it is none"),
      .optional("file", \.file, "where it was read"),
      .optional("stamp", \.stamp, "when it was written"),
      .optional("uid", \.uid, "of the calendar event"),
    ])
}
