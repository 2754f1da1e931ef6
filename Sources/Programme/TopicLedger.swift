/// What a tandem has spoken about, and what is left: its agenda against its sessions.
package struct TopicLedger: Sendable {
  /// In the order of the agenda; then what else was covered, in the order of time.
  package let covered: [String]
  /// What is left of the agenda.
  package let left: [String]
  /// Whether anybody has said what was covered, or given a list: else the topics are those of the matching, and all of them
  /// count as spoken of.
  package let isKept: Bool

  /// A held session of which nobody said what was covered has covered its topics, unless a coming session has them too; the
  /// first one, which has them all, none.
  ///
  /// - Parameter sessions: of the tandem, each once.
  package init(_ tandem: Tandem, _ sessions: some Sequence<Session>) {
    let own = sessions.filter(\.counts).sorted(by: Session.isEarlier)
    let held = own.filter { $0.status == .held }
    let coming = Set(own.filter(\.isOpen).flatMap { $0.number == 1 ? [] : $0.topics })
    isKept = !tandem.keywords.isEmpty || held.contains { $0.covered != nil }
    var done: [String] = []
    for session in held {
      let topics =
        session.covered ?? (session.number == 1 ? [] : session.topics.filter { !coming.contains($0) })
      for topic in topics where !done.contains(topic) { done.append(topic) }
    }
    let agenda = tandem.agenda
    covered = agenda.filter(done.contains) + done.filter { !agenda.contains($0) }
    left = agenda.filter { !done.contains($0) }
  }
}
