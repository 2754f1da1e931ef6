package import Basics
package import Calendars
package import Programme
package import Regions

/// Which answers count, and what they change: by UID, SEQUENCE and attendee (RFC 5546, section 2.1.5).
///
/// An answer counts when its UID is on the stream, its SEQUENCE is not older than the meeting's, and its attendee is invited
/// (mentor, mentee or room; one of those who come to a workshop). Of several by one attendee, the one of the highest SEQUENCE, then of the latest DTSTAMP counts.
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

    private var times: (start: Timestamp, end: Timestamp) {
      switch subject {
      case .session(let session): (session.start, session.end)
      case .workshop(let workshop): (workshop.start, workshop.end)
      }
    }

    /// A `reply` record: `answer` (`accepted`, `declined`, `tentative`, `delegated`, `countered`, `undecided`), `attendee`
    /// (address), `comment`, `file`, `person` (absent for a room), `sequence`, `session` and `tandem`, or `workshop`, `stamp`
    /// (absent where the answer has none), `uid`; of a delegated one `delegates` (addresses), of a countered one `start` and `end` as
    /// proposed, of a declined one those that do not suit.
    package var line: [UInt8] {
      var members: [String: JSONValue] = [
        "attendee": .string(reply.attendee), "comment": .string(reply.comment), "file": .string(file),
        "record": .string("reply"), "sequence": .integer(reply.sequence), "uid": .string(reply.uid),
      ]
      switch subject {
      case .session(let session):
        members["session"] = .string(session.id)
        members["tandem"] = .string(session.tandem)
      case .workshop(let workshop): members["workshop"] = .string(workshop.id)
      }
      members["person"] = person.map { .string($0.text) }
      if reply.stamp > 0 {
        members["stamp"] = .string(Timestamp(secondsSinceEpoch: reply.stamp, offset: 0).description)
      }
      switch reply.answer {
      case .accepted: members["answer"] = .string("accepted")
      case .declined:
        members["answer"] = .string("declined")
        members["start"] = .string(times.start.description)
        members["end"] = .string(times.end.description)
      case .tentative: members["answer"] = .string("tentative")
      case .undecided: members["answer"] = .string("undecided")
      case .delegated(let delegates):
        members["answer"] = .string("delegated")
        members["delegates"] = .array(delegates.map { .string($0) })
      case .counter(let start, let end):
        members["answer"] = .string("countered")
        members["start"] = .string(start.description)
        members["end"] = .string(end.description)
      }
      return JSONValue.object(members).line
    }
  }

  /// By UID, then by attendee.
  package private(set) var matched: [Matched] = []
  package private(set) var diagnostics: [Diagnostic] = []

  /// - Throws: where a region has no texts.
  package init(
    _ replies: [(reply: CalendarReply, file: String)], to state: ProgrammeState, wording: RegionWording
  ) throws(ConfigurationError) {
    let meetings = state.meetings(wording).meetings
    var best: [String: [String: Matched]] = [:]
    for (reply, file) in replies {
      func tell(_ message: String, _ code: String) {
        diagnostics.append(Diagnostic(.warning, message, file: file, code: code))
      }
      guard let meeting = meetings[reply.uid] else {
        tell("answers '\(reply.uid)', which is no session or workshop of the stream: ignored", "unknown-uid")
        continue
      }
      let invited = try meeting.invitation(isCancelled: false, stamp: meeting.start).attendees
      guard invited.contains(where: { $0.email.lowercased() == reply.attendee }) else {
        tell(
          "'\(reply.attendee)' answers \(meeting.name) without being invited: ignored", "not-invited")
        continue
      }
      guard reply.sequence >= meeting.sequence else {
        tell(
          "'\(reply.attendee)' answers \(meeting.name) as it was (sequence \(reply.sequence); it is "
            + "\(meeting.sequence) now): ignored", "late-reply")
        continue
      }
      let person = meeting.people.first { $0.email.lowercased() == reply.attendee }?.id
      let match = Matched(reply: reply, subject: meeting.answered, person: person, file: file)
      if let other = best[reply.uid]?[reply.attendee]?.reply,
        (other.sequence, other.stamp) > (reply.sequence, reply.stamp)
      {
        continue
      }
      best[reply.uid, default: [:]][reply.attendee] = match
    }
    matched = best.values.flatMap(\.values).sorted { a, b in
      a.reply.uid == b.reply.uid
        ? a.reply.attendee.precedesByBytes(b.reply.attendee) : a.reply.uid.precedesByBytes(b.reply.uid)
    }
  }

  /// The sessions that the answers change, as an earlier plan for `tandem-schedule --previous`: one that is declined stands
  /// as cancelled, so that it is planned anew; its sequence is left for the new plan to count up. A proposed time is taken
  /// where `takesCounters` says so, if nobody declined; of two proposals, that of the mentee.
  package func changedSessions(takesCounters: Bool = false) -> [Session] {
    let groups = Dictionary(grouping: matched.filter { $0.session != nil }) { $0.session?.id ?? "" }
    return groups.sorted { $0.key.precedesByBytes($1.key) }.compactMap { _, answers -> Session? in
      guard var session = answers.first?.session, session.status == .planned || session.status == .moved
      else {
        return nil
      }
      if answers.contains(where: { $0.reply.answer == .declined }) {
        session.status = .cancelled
        return session
      }
      guard takesCounters else { return nil }
      // The second name in a tandem's identifier is the mentee's.
      let mentee = answers.filter { answer in
        answer.person.map { session.tandem.hasSuffix("+\($0)") } ?? false
      }
      for answer in mentee + answers {
        guard case .counter(let start, let end) = answer.reply.answer, start < end,
          start.secondsSinceEpoch != session.start.secondsSinceEpoch
            || end.secondsSinceEpoch != session.end.secondsSinceEpoch
        else {
          continue
        }
        let zone = try? ZoneDatabase.zone(session.timeZone)
        func local(_ time: Timestamp) -> Timestamp {
          let offset = zone?.offset(at: time.secondsSinceEpoch) ?? time.offset
          return Timestamp(secondsSinceEpoch: time.secondsSinceEpoch, offset: offset)
        }
        (session.start, session.end) = (local(start), local(end))
        session.sequence += 1
        session.status = .moved
        return session
      }
      return nil
    }
  }
}

extension Meeting {
  fileprivate var name: String {
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
