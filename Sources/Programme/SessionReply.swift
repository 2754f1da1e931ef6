/// What an attendee answered to the invitation to a session, as `tandem-invite replies` tells it to `tandem-schedule`.
package struct SessionReply: Hashable, Sendable {
  package enum Answer: String, CaseIterable, Hashable, Sendable {
    case accepted, declined, tentative, delegated, countered, undecided
    /// It is not sure who answered: it waits for somebody to look at it, and changes nothing.
    case unconfirmed
  }

  package var answer: Answer
  /// The session's identifier.
  package var session: SessionID
  /// nil: it is the room that answered.
  package var person: PersonID?
  /// Of the invitation that is answered: an answer to an older one speaks of another time.
  package var sequence: Int
  /// When it was written, in seconds since the epoch; 0 where that is not known: older than all others.
  package var stamp: Int
  /// Of a countered one the time that is proposed, of a declined one the time that does not suit.
  package var interval: MinuteInterval?
  /// Of a declined one the time that is wished for instead.
  package var wish: MinuteInterval?

  package init(
    answer: Answer, session: SessionID, person: PersonID? = nil, sequence: Int, stamp: Int = 0,
    interval: MinuteInterval? = nil, wish: MinuteInterval? = nil
  ) {
    self.answer = answer
    self.session = session
    self.person = person
    self.sequence = sequence
    self.stamp = stamp
    self.interval = interval
    self.wish = wish
  }
}
