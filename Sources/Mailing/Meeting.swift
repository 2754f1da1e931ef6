import Basics
import Programme
import Regions

/// A session or a workshop with all that is needed to word it.
struct Meeting {
  enum Subject {
    case session(Session, of: Tandem, mentor: Person, mentee: Person)
    case workshop(Workshop, people: [Person])
  }

  var subject: Subject
  var composer: InvitationComposer

  var id: String {
    switch subject {
    case .session(let session, _, _, _): session.id.text
    case .workshop(let workshop, _): workshop.id.text
    }
  }
  private var event: any ScheduledMeeting {
    switch subject {
    case .session(let session, _, _, _): session
    case .workshop(let workshop, _): workshop
    }
  }
  var uid: String { event.uid }
  var sequence: Int { event.sequence }
  var start: Timestamp { event.start }
  var end: Timestamp { event.end }
  var place: String {
    switch subject {
    case .session(let session, _, _, _): session.place
    case .workshop(let workshop, _): workshop.venue
    }
  }
  var topics: [String] {
    switch subject {
    case .session(let session, let tandem, _, _): session.topics.isEmpty ? tandem.topics : session.topics
    case .workshop: []
    }
  }
  var tandem: TandemID? {
    guard case .session(_, let tandem, _, _) = subject else { return nil }
    return tandem.id
  }
  /// Whose attention is spared; nil for a workshop.
  var mentee: String? {
    guard case .session(_, _, _, let mentee) = subject else { return nil }
    return mentee.email.lowercased()
  }

  /// Whether it does not take place: by its own status, or because its tandem ended before it.
  func isOff(now: Int) -> Bool {
    guard case .session(let session, let tandem, _, _) = subject else { return false }
    return session.status == .cancelled || session.status == .missed
      || tandem.status == .ended && session.status != .held && session.start.secondsSinceEpoch >= now
  }

  /// Whether it was recorded that it took place, or did not: there is nothing to notify anybody of.
  var isRecorded: Bool {
    guard case .session(let session, _, _, _) = subject else { return false }
    return session.isRecorded
  }

  func invitation(
    isCancelled: Bool, movedFrom: Timestamp? = nil, stamp: Timestamp
  ) throws(ConfigurationError) -> Invitation {
    switch subject {
    case .session(var session, let tandem, let mentor, let mentee):
      session.status = isCancelled ? .cancelled : .planned
      return try composer.invitation(
        to: session, of: tandem, mentor: mentor, mentee: mentee, movedFrom: movedFrom, stamp: stamp)
    case .workshop(let workshop, let people):
      return try composer.invitation(
        to: workshop, attendees: people, isCancelled: isCancelled, movedFrom: movedFrom, stamp: stamp)
    }
  }
}

extension ProgrammeState {
  /// The meetings by uid, and why nobody can be notified of some. Meetings of regions that have no wording here are
  /// left out: another office's work.
  func meetings(_ wording: RegionWording) -> (meetings: [String: Meeting], problems: [Diagnostic]) {
    var meetings: [String: Meeting] = [:]
    var problems: [Diagnostic] = []
    func add(_ meeting: Meeting) {
      guard let other = meetings[meeting.uid] else {
        meetings[meeting.uid] = meeting
        return
      }
      problems.append(
        Diagnostic(
          .error,
          "\(meeting.id) has the uid of \(other.id): nobody is notified of it; give each a uid of its own",
          code: "same-uid"))
    }
    for (_, session) in sessions.sorted(by: { $0.key < $1.key }) {
      guard let tandem = tandems[session.tandem] else {
        problems.append(
          Diagnostic(
            .error, "nobody is notified of session \(session.id): its tandem is not on the stream",
            code: "no-tandem"))
        continue
      }
      guard let composer = wording[tandem.region] else { continue }
      let missing = [tandem.mentor, tandem.mentee].first { people[$0] == nil }
      guard missing == nil, let mentor = people[tandem.mentor], let mentee = people[tandem.mentee] else {
        problems.append(
          Diagnostic(
            .error,
            "nobody is notified of session \(session.id): person \(missing?.text ?? "") is not on the stream",
            code: "no-person"))
        continue
      }
      add(
        Meeting(
          subject: .session(session, of: tandem, mentor: mentor, mentee: mentee), composer: composer))
    }
    for (_, workshop) in workshops.sorted(by: { $0.key < $1.key }) {
      let known = workshop.attendees.compactMap { people[$0] }
      for id in workshop.attendees where people[id] == nil {
        problems.append(
          Diagnostic(
            .error, "\(id) is not notified of workshop \(workshop.id): the person is not on the stream",
            code: "no-person"))
      }
      guard let region = known.first?.region, let composer = wording[region] else { continue }
      add(Meeting(subject: .workshop(workshop, people: known), composer: composer))
    }
    return (meetings, problems)
  }
}
