package import Basics
package import Calendars
package import Programme
package import Regions

/// Which answers count, and what they change: by UID, SEQUENCE and attendee (RFC 5546, section 2.1.5).
///
/// An answer counts when its UID is on the stream, its SEQUENCE is not older than the meeting's, its attendee is invited
/// (mentor, mentee or room; one of those who come to a workshop), and nothing speaks against the attendee's having sent it. Of
/// several by one attendee, the one of the highest SEQUENCE, then of the latest DTSTAMP counts, in whatever order they come.
package struct ReplyMatching: Sendable {
  /// One that counts.
  package struct Matched: Hashable, Sendable {
    package enum Subject: Hashable, Sendable {
      case session(Session)
      case workshop(Workshop)
    }

    package var reply: CalendarReply
    package var subject: Subject
    /// nil for a room.
    package var person: PersonID?
    package var file: String

    var session: Session? { if case .session(let session) = subject { session } else { nil } }

    /// Why it changes nothing until somebody has looked at it; nil: it counts.
    var doubt: String?

    private var meeting: any ScheduledMeeting {
      switch subject {
      case .session(let session): session
      case .workshop(let workshop): workshop
      }
    }

    private var answer: (word: SessionReply.Answer, times: (start: Timestamp, end: Timestamp)?) {
      switch reply.answer {
      // Who declines and wishes for another time has declined.
      case .declined: (.declined, (meeting.start, meeting.end))
      case _ where wish != nil: (.countered, wish.map { ($0.start, $0.end) })
      case .accepted: (.accepted, nil)
      case .tentative: (.tentative, nil)
      case .undecided: (.undecided, nil)
      case .delegated: (.delegated, nil)
      }
    }

    /// The time that is proposed: programs propose the time that it is, too, and mean nothing by it.
    private var wish: CalendarReply.Proposal? {
      guard let proposal = reply.proposal, proposal.start < proposal.end,
        proposal.start.secondsSinceEpoch != meeting.start.secondsSinceEpoch
          || proposal.end.secondsSinceEpoch != meeting.end.secondsSinceEpoch
      else { return nil }
      return proposal
    }

    /// Of a counter-proposal `start` and `end` are as proposed, of a declined meeting its own.
    private var record: SessionReply {
      let (word, times) = answer
      var record = SessionReply(
        answer: doubt == nil ? word : .unconfirmed, person: person, sequence: reply.sequence)
      switch subject {
      case .session(let session): (record.session, record.tandem) = (session.id, session.tandem)
      case .workshop(let workshop): record.workshop = workshop.id
      }
      record.attendee = reply.attendee
      if !reply.sender.isEmpty, reply.sender != reply.attendee { record.sender = reply.sender }
      record.comment = reply.comment
      if case .delegated(let delegates) = reply.answer { record.delegates = delegates }
      (record.start, record.end) = (times?.start, times?.end)
      if word == .declined { (record.proposedStart, record.proposedEnd) = (wish?.start, wish?.end) }
      if let doubt { (record.said, record.reason) = (word, doubt) }
      record.file = file
      if reply.stamp > 0 { record.stamp = Timestamp(secondsSinceEpoch: reply.stamp, offset: 0) }
      record.uid = reply.uid
      return record
    }

    package var line: [UInt8] { SessionReply.fields.line(record) }

    package static let headings = ["Who", "Answer", "Meeting", "When", "Comment", "File"]

    /// For people, under `headings`.
    package var row: [String] {
      let record = record
      let said = record.said.map { "\(record.answer.rawValue) (\($0.rawValue))" } ?? record.answer.rawValue
      let wish = record.proposedStart ?? (record.answer == .countered ? record.start : nil)
      let name = session?.id.text ?? record.workshop?.text ?? ""
      return [
        record.sender.map { "\(reply.attendee) (\($0))" } ?? reply.attendee,
        wish.map { "\(said), proposes \($0.clockText)" } ?? said, name, meeting.start.clockText,
        MailHeader.oneLine(reply.comment), file,
      ]
    }

    /// Whether it is the newer of two answers of one attendee. What decides nothing takes back no answer; of two at the same
    /// second, that one counts after which nobody is expected in vain.
    fileprivate func isNewer(than other: Matched) -> Bool {
      func rank(_ match: Matched) -> (Int, Int, Int, Int) {
        let (word, _) = match.answer
        return (
          word == .undecided ? 0 : 1, match.reply.sequence, match.reply.stamp, word == .declined ? 1 : 0
        )
      }
      return rank(self) == rank(other)
        ? other.file.precedesByBytes(file) : rank(self) > rank(other)
    }
  }

  /// By UID, then by attendee.
  package private(set) var matched: [Matched] = []
  package private(set) var diagnostics: [Diagnostic] = []

  /// Those that wait for somebody to look at them, in their order.
  package private(set) var unconfirmed: [Matched] = []

  /// - Parameter recorded: the answers that the stream holds already: a newer one among them is not overwritten.
  /// - Throws: where a region has no texts.
  package init(
    _ replies: [(reply: CalendarReply, file: String)], to state: ProgrammeState,
    recorded: [SessionReply] = [],
    wording: RegionWording
  ) throws(ConfigurationError) {
    let meetings = state.meetings(wording).meetings
    var best: [String: [String: Matched]] = [:]
    for (reply, file) in replies {
      func report(_ message: String, _ code: String) {
        diagnostics.append(Diagnostic(.warning, message, file: file, code: code))
      }
      guard let meeting = meetings[reply.uid] else {
        report(
          "answers '\(reply.uid)', which is not a session or workshop of the stream: ignored", "unknown-uid")
        continue
      }
      let invited = try meeting.invitation(isCancelled: false, stamp: meeting.start).attendees
      let isInvited = invited.contains { $0.email.lowercased() == reply.attendee }
      guard isInvited || reply.doubt != nil else {
        report(
          "'\(reply.attendee)' answers \(meeting.name) without being invited: ignored; if this is another "
            + "address of somebody who is, name it with --alias", "not-invited")
        continue
      }
      let person = meeting.people.first { $0.email.lowercased() == reply.attendee }?.id
      var match = Matched(reply: reply, subject: meeting.answered, person: person, file: file)
      if let doubt = reply.doubt {
        let reason = ReplyMatching.reason(doubt, reply)
        match.doubt = reason
        unconfirmed.append(match)
        report("\(reason): the answer to \(meeting.name) changes nothing until you have asked", "unconfirmed")
        continue
      }
      guard reply.sequence >= meeting.sequence else {
        report(
          "'\(reply.attendee)' answers \(meeting.name) as it was (sequence \(reply.sequence); it is "
            + "\(meeting.sequence) now): ignored", "late-reply")
        continue
      }
      if let session = match.session,
        recorded.contains(where: {
          $0.session == session.id && $0.person == person && $0.answer != .undecided
            && $0.answer != .unconfirmed
            && ($0.sequence, $0.secondsSinceEpoch) > (reply.sequence, reply.stamp)
        })
      {
        report(
          "'\(reply.attendee)' answered \(meeting.name) again later, and the stream has that answer: ignored",
          "late-reply")
        continue
      }
      if let other = best[reply.uid]?[reply.attendee], !match.isNewer(than: other) { continue }
      best[reply.uid, default: [:]][reply.attendee] = match
    }
    matched = best.values.flatMap(\.values).sorted { a, b in
      a.reply.uid == b.reply.uid
        ? a.reply.attendee.precedesByBytes(b.reply.attendee) : a.reply.uid.precedesByBytes(b.reply.uid)
    }
  }

  private static func reason(_ doubt: CalendarReply.Doubt, _ reply: CalendarReply) -> String {
    switch doubt {
    case .noSender: "the mail does not name its sender, and answers for '\(reply.attendee)'"
    case .otherSender:
      "the mail is from '\(reply.sender)', who is neither '\(reply.attendee)' nor answers on their behalf"
    case .severalAnswers: "it holds answers of several attendees, and does not show whose it is"
    }
  }
}

extension Meeting {
  var name: String {
    switch subject {
    case .session: "session \(id)"
    case .workshop: "workshop \(id)"
    }
  }

  fileprivate var people: [Person] {
    switch subject {
    case .session(_, _, let mentor, let mentee): [mentor, mentee]
    case .workshop(_, let people): people
    }
  }

  fileprivate var answered: ReplyMatching.Matched.Subject {
    switch subject {
    case .session(let session, _, _, _): .session(session)
    case .workshop(let workshop, _): .workshop(workshop)
    }
  }
}
