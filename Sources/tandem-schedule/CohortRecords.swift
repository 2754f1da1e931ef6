import Basics
import Programme
import Scheduling
import ToolSupport

extension StreamContents {
  /// Puts the stream where a change of one session needs it: the cohort's sessions are the plan, of two records of one the
  /// later.
  func sortAsPlan(into input: inout CohortInput, on console: Console) {
    let lookup = TandemLookup(tandems)
    let cohort = input.cohort
    var others = self
    others.sessions.removeAll { lookup.cohort(of: $0.tandem) == cohort }
    others.sort(
      into: &input, previous: sessions.filter { lookup.cohort(of: $0.tandem) == cohort }, on: console)
  }

  /// Puts the sessions and workshops of the stream where planning needs them. Those of the cohort's own tandems are an
  /// earlier plan: with `--previous` they count beside its sessions, the newer of one number winning.
  func sort(into input: inout CohortInput, previous: [Session], on console: Console) {
    let lookup = TandemLookup(tandems)
    input.previous = previous.latest(by: \.id).values.sorted(by: Session.precedes)
    var planned: Set<TandemID> = []
    var nobodys = 0
    for session in sessions where session.status != .cancelled {
      if lookup[session.tandem]?.cohort == input.cohort { planned.insert(session.tandem) }
      guard let people = lookup.people(of: session.tandem) else {
        nobodys += 1
        continue
      }
      input.commitments.append(CohortInput.Commitment(session, of: people))
    }
    if nobodys > 0 {
      console.report(
        Diagnostic(
          .warning,
          "\(nobodys) sessions keep nobody's time free: their tandems are not on the stream; pass the tandem records "
            + "on with the sessions", code: "no-tandem"))
    }
    if !planned.isEmpty {
      input.tandems.removeAll { planned.contains($0.id) }
      console.report(
        Diagnostic(
          .warning,
          "\(counted(planned.count, "tandem has", "tandems have")) sessions on the stream already and "
            + "\(planned.count == 1 ? "is" : "are") not planned; to plan again, give those sessions with --previous",
          code: "already-planned"))
    }
    input.commitments += workshops.map { CohortInput.Commitment($0) }
  }
}
