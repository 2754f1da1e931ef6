import Basics
import Programme

/// Past sessions of which nobody has said whether they took place: each weekly run names them first, and assumes nothing.
struct UnrecordedSessions {
  private let sessions: [Session]

  /// - Parameter cohort: whose tandems are these, by the tandems of the stream and by their ids.
  init(_ sessions: [Session], of tandems: [Tandem], cohort: String, now: Timestamp) {
    let lookup = TandemLookup(tandems)
    self.sessions = sessions.latest(by: \.id).values.filter { session in
      session.isOpen && session.end <= now && lookup.cohort(of: session.tandem) == cohort
        && lookup[session.tandem]?.status != .ended
    }
    .sorted(by: Session.isEarlier)
  }

  /// nil where there are none.
  var diagnostic: Diagnostic? {
    guard let first = sessions.first else { return nil }
    let some = sessions.prefix(5).map { "\($0.id) on \($0.start.date)" }.joined(separator: ", ")
    return Diagnostic(
      .warning,
      "\(counted(sessions.count, "past session")) since \(first.start.date) \(sessions.count == 1 ? "is" : "are") not "
        + "recorded: \(some)\(sessions.count > 5 ? ", …" : ""); record with `held` or `missed` whether they took place",
      code: "unrecorded")
  }
}
