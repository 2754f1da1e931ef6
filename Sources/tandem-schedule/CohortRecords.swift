import Basics
import Programme
import Scheduling
import ToolSupport

extension StreamContents {
  /// Puts the stream where a change of one session needs it: the cohort's sessions are the plan, of two records of one the
  /// later.
  func sortAsPlan(into input: inout CohortInput, on console: Console) {
    let prefix = input.cohort + "/"
    var others = self
    others.sessions.removeAll { $0.tandem.hasPrefix(prefix) }
    others.sort(into: &input, previous: sessions.filter { $0.tandem.hasPrefix(prefix) }, on: console)
  }

  /// Puts the sessions and workshops of the stream where planning needs them. Those of the cohort's own tandems are an
  /// earlier plan: with `--previous` they count beside its sessions, the newer of one number winning.
  func sort(into input: inout CohortInput, previous: [Session], on console: Console) {
    var ours: Set<String> = []
    var peopleOf: [String: [PersonID]] = [:]
    for tandem in tandems {
      peopleOf[tandem.id] = [tandem.mentor, tandem.mentee]
      if tandem.cohort == input.cohort { ours.insert(tandem.id) }
    }
    var earlier: [String: Session] = [:]
    for session in previous { earlier[session.id] = session }
    input.previous = earlier.values.sorted { a, b in
      a.tandem == b.tandem ? a.number < b.number : a.tandem.precedesByBytes(b.tandem)
    }
    var planned: Set<String> = []
    for session in sessions where session.status != .cancelled {
      if ours.contains(session.tandem) {
        planned.insert(session.tandem)
      }
      let people = peopleOf[session.tandem] ?? Tandem.people(ofID: session.tandem)
      input.commitments.append(
        CohortInput.Commitment(
          people: people, interval: MinuteInterval(start: session.start.minute, end: session.end.minute),
          isSession: true))
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
    for workshop in workshops {
      input.commitments.append(
        CohortInput.Commitment(
          people: workshop.attendees,
          interval: MinuteInterval(start: workshop.start.minute, end: workshop.end.minute), isSession: false))
    }
  }
}

extension Tandem {
  /// The two of a tandem whose record is not on the stream, as its identifier names them; empty where it does not.
  fileprivate static func people(ofID id: String) -> [PersonID] {
    guard let slash = id.firstIndex(of: "/") else { return [] }
    let people = id[id.index(after: slash)...].split(separator: "+")
    return people.count == 2 ? people.map { PersonID(String($0)) } : []
  }
}
