import Basics
import Programme
import Scheduling

/// Sessions that make way for a workshop, planned again by the rules of scheduling: as few others of their tandems move as
/// possible, and no tandem loses a session.
struct SessionMoves {
  /// As they are now.
  private(set) var moved: [Session] = []
  /// Those that find no other time, by identifier.
  private(set) var stuck: Set<SessionID> = []

  static let none = SessionMoves()

  private init() {}

  /// - Parameters:
  ///   - frame: people, calendars, holidays and rooms; its tandems are all that there are.
  ///   - sessions: all of the stream, by identifier.
  ///   - others: further workshops that take their people's time.
  init(
    making collisions: [Session], wayFor workshops: [Workshop], in frame: CohortInput,
    sessions: [SessionID: Session], beside others: [Workshop]
  ) {
    let concerned = Set(collisions.map(\.tandem))
    let lookup = TandemLookup(frame.tandems)
    var input = frame
    input.tandems = frame.tandems.filter { concerned.contains($0.id) }
    for session in sessions.values.sorted(by: { $0.id < $1.id }) {
      if concerned.contains(session.tandem) {
        input.previous.append(session)
      } else if session.counts, let tandem = lookup[session.tandem] {
        input.commitments.append(CohortInput.Commitment(session, of: [tandem.mentor, tandem.mentee]))
      }
    }
    input.commitments += (workshops + others).map { CohortInput.Commitment($0) }
    guard let plan = try? CohortPlanner.plan(input) else {
      stuck = Set(collisions.map(\.id))
      return
    }
    let now = plan.sessions.keyed(by: \.id)
    // A tandem moves as a whole: it keeps every session, or stays as it was.
    let losing = concerned.filter { tandem in
      input.previous.contains { old in
        old.tandem == tandem && old.counts
          && now[old.id]?.counts != true
      }
    }
    stuck = Set(collisions.filter { losing.contains($0.tandem) }.map(\.id))
    guard stuck.isEmpty else { return }
    moved = plan.sessions.filter { session in
      guard let old = sessions[session.id] else { return false }
      return old.start != session.start || old.place != session.place || old.status != session.status
    }
  }
}
