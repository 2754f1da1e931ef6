import Calendars
internal import Programme

/// Coming sessions on whose times people agreed: the plan leaves them there, and plans around them.
///
/// An agreement ends when one of the two declines the session, or is recorded as away on that day after they agreed.
struct AgreedSessions {
  private let sessions: [SessionID: Session]
  private let people: [SessionID: [PersonID]]
  /// When others of a person's sessions are, on the clock of the session.
  private let days: [PersonID: Set<LocalDate>]

  init(_ input: CohortInput, _ answers: SessionAnswers) {
    let lookup = TandemLookup(input.tandems)
    var sessions: [SessionID: Session] = [:]
    var people: [SessionID: [PersonID]] = [:]
    var days: [PersonID: Set<LocalDate>] = [:]
    for session in input.previous where session.isOpen && session.agreed != nil {
      guard let both = lookup.people(of: session.tandem),
        lookup[session.tandem].map({ $0.status != .ended && $0.status != .completed }) ?? false,
        !CohortPlanner.isFixed(session, now: input.now), !answers.isDeclined(session.id),
        session.agreed == .whileAway || !input.isAway(both, during: session.interval)
      else { continue }
      sessions[session.id] = session
      people[session.id] = both
      for person in both { days[person, default: []].insert(session.start.date) }
    }
    (self.sessions, self.people, self.days) = (sessions, people, days)
  }

  func contains(_ id: SessionID) -> Bool { sessions[id] != nil }

  /// Takes the time of the people and the rooms.
  func keepFree(_ input: inout CohortInput) {
    let lookup = TandemLookup(input.tandems)
    for session in sessions.values.sorted(by: Session.precedes) {
      input.commitments.append(CohortInput.Commitment(session, of: people[session.id] ?? []))
      if let mentee = lookup[session.tandem].flatMap({ input.people[$0.mentee] }) {
        input.book(BusyTime([session.interval]), session.place, of: input.site(of: mentee))
      }
    }
  }

  /// Whether a session of the earlier plan may stay where it is although people agreed on another one on that day.
  func lets(_ session: Session, stay rules: SessionRules) -> Bool {
    let both = [rules.mentor, rules.mentee]
    guard both.contains(where: { days[$0.person]?.contains(session.start.date) ?? false }),
      rules.now.map({ session.start.secondsSinceEpoch > $0.secondsSinceEpoch }) ?? true
    else { return false }
    return both.allSatisfy { $0.time.obstacle(in: session.interval, beside: $0.busy) == nil }
  }
}

extension CohortInput {
  /// Whether one of these is recorded as away at some time of an interval.
  func isAway(_ both: [PersonID], during interval: MinuteInterval) -> Bool {
    absences.contains { absence in
      guard both.contains(absence.person),
        let zone = people[absence.person].flatMap({ try? ZoneDatabase.zone($0.timeZone) })
      else { return false }
      return MinuteInterval(
        start: zone.minute(of: absence.from), end: zone.minute(of: absence.to.adding(days: 1))
      )
      .overlaps(interval)
    }
  }
}
