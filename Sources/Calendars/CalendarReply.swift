package import Programme

/// What an attendee answered to an invitation (RFC 5546: REPLY and COUNTER; RFC 6047 brings it by mail).
package struct CalendarReply: Hashable, Sendable {
  package enum Answer: Hashable, Sendable {
    case accepted, declined, tentative
    /// To these addresses.
    case delegated([String])
    /// Another time is proposed.
    case counter(start: Timestamp, end: Timestamp)
    /// Nothing was decided.
    case undecided
  }

  package var uid: String
  /// Of the invitation that is answered: an older one than the last is a late answer.
  package var sequence: Int
  /// When it was answered (DTSTAMP), in seconds since the epoch; 0 where that is not said.
  package var stamp: Int
  /// In lower case.
  package var attendee: String
  package var answer: Answer
  package var comment: String

  package init(uid: String, sequence: Int, stamp: Int, attendee: String, answer: Answer, comment: String = "")
  {
    self.uid = uid
    self.sequence = sequence
    self.stamp = stamp
    self.attendee = attendee
    self.answer = answer
    self.comment = comment
  }
}

extension CalendarFile {
  /// The answers that a file of METHOD:REPLY or COUNTER holds, in its order; the file must have been read with
  /// `depth: .texts`.
  /// - Parameter zone: for times without a zone.
  package func replies(zone: ZoneTable) -> [CalendarReply] {
    let frames = EventSeries.Frames(zones: zones, owner: zone)
    return events.flatMap { event -> [CalendarReply] in
      guard event.method == "REPLY" || event.method == "COUNTER" else { return [] }
      return event.attendees.map { attendee in
        let answer: CalendarReply.Answer
        if event.method == "COUNTER" {
          let clock = frames.zone(event.start.frame)
          func timestamp(_ instant: Int) -> Timestamp {
            Timestamp(secondsSinceEpoch: instant, offset: clock.offset(at: instant))
          }
          let span = EventSeries([event], frames: frames).ownSpan(0)
          answer = .counter(start: timestamp(span.lowerBound), end: timestamp(span.upperBound))
        } else {
          answer =
            switch attendee.participation {
            case "ACCEPTED": .accepted
            case "DECLINED": .declined
            case "TENTATIVE": .tentative
            case "DELEGATED": .delegated(attendee.delegatedTo)
            default: .undecided
            }
        }
        return CalendarReply(
          uid: event.uid, sequence: event.sequence, stamp: event.stamp, attendee: attendee.address,
          answer: answer,
          comment: event.comment)
      }
    }
  }
}
