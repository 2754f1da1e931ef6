internal import Basics
package import Programme

/// Which of a tandem's topics each session is about.
package enum SessionTopics {
  /// The first session, where the two get to know each other and write their list of keywords, has all topics; the
  /// others go through them in order: as many topics a session, or sessions a topic, as even runs give, so that every
  /// topic has its session and the order of wishes is kept.
  package static func distribute(_ topics: [String], over sessions: Int) -> [[String]] {
    guard sessions > 1, !topics.isEmpty else { return Array(repeating: topics, count: max(0, sessions)) }
    return [topics] + spread(topics, over: sessions - 1)
  }

  /// Even runs of topics, in order: each topic has its session. O(sessions + topics).
  static func spread(_ topics: [String], over sessions: Int) -> [[String]] {
    guard !topics.isEmpty else { return Array(repeating: [], count: max(0, sessions)) }
    return (0..<max(0, sessions)).map { session in
      let from = session * topics.count / sessions
      let until = max(from + 1, (session + 1) * topics.count / sessions)
      return Array(topics[from..<min(until, topics.count)])
    }
  }

  /// The coming sessions of a tandem that get other topics, since its list has come back or somebody said what was covered: they
  /// go through what is left, in order. The next of them is invited again with it.
  ///
  /// - Parameters:
  ///   - sessions: of the tandem, each once.
  ///   - earlier: of these the next one is invited anyway where it is new or moved; nil: none is.
  package static func passedOn(
    _ tandem: Tandem, _ sessions: [Session], earlier: [SessionID: Session]? = nil, now: Timestamp?
  ) -> [Session] {
    let ledger = TopicLedger(tandem, sessions)
    guard ledger.isKept else { return [] }
    // Before the first session, which makes the list, nothing is passed on.
    let coming = sessions.filter { session in
      session.isOpen && session.number > 1
        && now.map { session.start.secondsSinceEpoch > $0.secondsSinceEpoch } ?? true
    }
    .sorted(by: Session.isEarlier)
    var changed: [Session] = []
    for (at, (session, topics)) in zip(coming, spread(ledger.left, over: coming.count)).enumerated()
    where session.topics != topics {
      var next = session
      next.topics = topics
      let isInvitedAnyway = earlier.map { $0[session.id]?.sequence != session.sequence } ?? false
      if at == 0, !isInvitedAnyway { next.sequence += 1 }
      changed.append(next)
    }
    return changed
  }
}

extension CohortPlanner {
  /// Gives the coming sessions what is left of the topics.
  mutating func passOnTopics() {
    let sessions = Dictionary(grouping: plan.sessions.indices, by: { plan.sessions[$0].tandem })
    let earlier = input.previous.latest(by: \.id)
    for draft in drafts {
      let places = sessions[draft.tandem.id] ?? []
      let changed = SessionTopics.passedOn(
        draft.tandem, places.map { plan.sessions[$0] }, earlier: earlier, now: input.now
      ).keyed(by: \.id)
      for place in places {
        if let session = changed[plan.sessions[place].id] { plan.sessions[place] = session }
      }
    }
  }
}
