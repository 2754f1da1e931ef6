package import Programme

/// What an attendee answered to an invitation (RFC 5546: REPLY and COUNTER; RFC 6047 brings it by mail).
package struct CalendarReply: Hashable, Sendable {
  /// PARTSTAT of the one who answers.
  package enum Answer: Hashable, Sendable {
    case accepted, declined, tentative
    /// To these addresses.
    case delegated([String])
    /// Nothing was decided.
    case undecided

    init(_ attendee: CalendarEvent.Attendee) {
      switch attendee.participation {
      case "ACCEPTED": self = .accepted
      case "DECLINED": self = .declined
      case "TENTATIVE": self = .tentative
      case "DELEGATED": self = .delegated(attendee.delegatedTo)
      default: self = .undecided
      }
    }
  }

  /// Another time, which a COUNTER proposes beside its answer.
  package struct Proposal: Hashable, Sendable {
    package var start: Timestamp
    package var end: Timestamp

    package init(start: Timestamp, end: Timestamp) {
      self.start = start
      self.end = end
    }
  }

  /// Why it is not sure that the attendee is who answers.
  package enum Doubt: Hashable, Sendable {
    /// The mail names nobody in From and Sender.
    case noSender
    /// The mail is from somebody who is none of the attendees and speaks for none.
    case otherSender
    /// Several attendees have an answer, and nothing says whose it is.
    case severalAnswers
  }

  package var uid: String
  /// Of the invitation that is answered: an older one than the last is a late answer.
  package var sequence: Int
  /// When it was answered (DTSTAMP), in seconds since the epoch; 0 where that is not said.
  package var stamp: Int
  /// In lower case.
  package var attendee: String
  package var answer: Answer
  package var proposal: Proposal?
  package var comment = ""
  /// Who sent it, in lower case; empty for a file that no mail brought.
  package var sender = ""
  /// nil: the attendee speaks.
  package var doubt: Doubt?

  package init(
    uid: String, sequence: Int, stamp: Int, attendee: String, answer: Answer, proposal: Proposal? = nil,
    comment: String = "", sender: String = "", doubt: Doubt? = nil
  ) {
    self.uid = uid
    self.sequence = sequence
    self.stamp = stamp
    self.attendee = attendee
    self.answer = answer
    self.proposal = proposal
    self.comment = comment
    self.sender = sender
    self.doubt = doubt
  }
}

/// Who a calendar object comes from.
package struct ReplySource: Hashable, Sendable {
  /// From and Sender of the mail that brought it, in lower case; nil: it is a file by itself.
  package var senders: [String]?
  /// Other addresses of attendees, in lower case, each with the one that is invited.
  package var aliases: [String: String]

  package init(senders: [String]? = nil, aliases: [String: String] = [:]) {
    self.senders = senders
    self.aliases = aliases
  }

  package static let file = ReplySource()

  fileprivate func invited(_ address: String) -> String { aliases[address] ?? address }

  /// The one attendee who speaks (RFC 5546, section 3.2.3): what an answer says of others is hearsay.
  fileprivate func speaker(
    among attendees: [CalendarEvent.Attendee]
  ) -> (attendee: CalendarEvent.Attendee, sender: String, doubt: CalendarReply.Doubt?)? {
    let own = senders ?? []
    var attendees = attendees
    // iCloud and Exchange may name people by paths of their own: one alone is who sent the mail.
    if attendees.count == 1, !attendees[0].address.contains("@"), let sender = own.first {
      attendees[0].address = sender
    }
    guard let first = attendees.first else { return nil }
    for sender in own {
      if let speaker = attendees.first(where: { invited($0.address) == invited(sender) }) {
        return (speaker, sender, nil)
      }
    }
    var candidates = attendees
    var sender = ""
    if senders != nil {
      sender = own.first ?? ""
      candidates = attendees.filter { attendee in
        attendee.spokenForBy.contains { name in own.contains { invited($0) == invited(name) } }
      }
      if candidates.isEmpty {
        let claimed = attendees.first { $0.participation != "NEEDS-ACTION" } ?? first
        return (claimed, sender, own.isEmpty ? .noSender : .otherSender)
      }
    }
    if candidates.count > 1 {
      let answered = candidates.filter { $0.participation != "NEEDS-ACTION" }
      if !answered.isEmpty { candidates = answered }
      // A delegate repeats who delegated to it (RFC 5546, section 3.2.2.3).
      let others = candidates.filter { $0.participation != "DELEGATED" }
      if candidates.count > 1, others.count == 1 { candidates = others }
    }
    return (candidates.first ?? first, sender, candidates.count > 1 ? .severalAnswers : nil)
  }
}

extension CalendarFile {
  /// The answers that a file of METHOD:REPLY or COUNTER holds, one for each event, in its order; the file must have been read
  /// with `depth: .texts`.
  /// - Parameter zone: for times without a zone.
  package func replies(from source: ReplySource = .file, zone: ZoneTable) -> [CalendarReply] {
    let frames = EventSeries.Frames(zones: zones, owner: zone)
    return events.compactMap { event -> CalendarReply? in
      guard event.method == "REPLY" || event.method == "COUNTER",
        let (attendee, sender, doubt) = source.speaker(among: event.attendees)
      else { return nil }
      var proposal: CalendarReply.Proposal?
      if event.method == "COUNTER", event.hasStart, !event.hasUnknownLength {
        let clock = frames.zone(event.start.frame)
        func timestamp(_ instant: Int) -> Timestamp {
          Timestamp(secondsSinceEpoch: instant, offset: clock.offset(at: instant))
        }
        let span = EventSeries([event], frames: frames).ownSpan(0)
        proposal = CalendarReply.Proposal(start: timestamp(span.lowerBound), end: timestamp(span.upperBound))
      }
      return CalendarReply(
        uid: event.uid, sequence: event.sequence, stamp: event.stamp,
        attendee: source.invited(attendee.address), answer: CalendarReply.Answer(attendee),
        proposal: proposal, comment: event.comment.isEmpty ? attendee.comment : event.comment, sender: sender,
        doubt: doubt)
    }
  }
}
