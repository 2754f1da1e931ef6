import Basics
import Programme
import Regions

/// Meetings that the outbox invited to and that are no longer on the stream, read back from the UIDs.
///
/// Only meetings of a cohort and region that the stream speaks of can vanish: one outbox serves several cohorts, and the
/// stream of one says nothing about another.
struct VanishedMeetings {
  struct Scope: Hashable {
    var cohort: String
    var region: String
  }

  /// As the outbox remembers them, by UID.
  private(set) var meetings: [Meeting] = []
  /// Notified, yet to come, and of cohorts or regions that the stream does not speak of.
  private(set) var elsewhere = 0

  /// Most meetings of a cohort and region are gone: it may be the wrong file.
  private(set) var isDoubtful = false

  init(
    _ book: NotificationHistory, on state: ProgrammeState, present uids: Set<String>, wording: RegionWording,
    now: Int
  ) {
    var scopes: Set<Scope> = []
    for session in state.sessions.values {
      guard let tandem = state.tandems[session.tandem] else { continue }
      scopes.insert(Scope(cohort: tandem.cohort, region: tandem.region))
    }
    for uid in uids { if let name = MeetingName(uid: uid) { scopes.insert(name.scope) } }
    // Those on the stream less those that vanished.
    var balance: [Scope: Int] = [:]
    for (uid, notified) in book.states.sorted(by: { $0.key.precedesByBytes($1.key) }) {
      let on = notified.filter { $0.value.isOn && $0.value.end.secondsSinceEpoch > now }
      guard !on.isEmpty, let name = MeetingName(uid: uid) else { continue }
      guard scopes.contains(name.scope), let composer = wording[name.scope.region] else {
        elsewhere += 1
        continue
      }
      if uids.contains(uid) {
        balance[name.scope, default: 0] += 1
        continue
      }
      balance[name.scope, default: 0] -= 1
      if let subject = VanishedMeetings.meeting(name, uid, on, state) {
        meetings.append(Meeting(subject: subject, composer: composer))
      }
    }
    isDoubtful = balance.values.contains { $0 < 0 }
  }

  private static func meeting(
    _ name: MeetingName, _ uid: String, _ on: [String: NotifiedState], _ state: ProgrammeState
  ) -> Meeting.Subject? {
    guard let notified = on.min(by: { $0.key.precedesByBytes($1.key) })?.value else { return nil }
    switch name {
    case .session(let cohort, let mentorID, let menteeID, let number):
      let tandem = Tandem(
        cohort: cohort, region: menteeID.region, mentor: mentorID, mentee: menteeID,
        score: TandemScore(total: 0, taught: 0, returned: 0, shared: 0, distance: 0))
      let session = Session(
        tandem: tandem.id, number: number, uid: uid, sequence: notified.sequence, start: notified.start,
        end: notified.end,
        timeZone: notified.timeZone, place: notified.place, topics: notified.topics, status: .cancelled)
      // Somebody who left the programme is named as the invitation named them.
      let known = [mentorID, menteeID].compactMap { state.people[$0]?.email.lowercased() }
      var unknown = on.filter { !known.contains($0.key) }.sorted { $0.key.precedesByBytes($1.key) }[...]
      func person(_ id: PersonID) -> Person {
        if let person = state.people[id] { return person }
        let (email, notified) = unknown.popFirst().map { ($0.key, $0.value) } ?? ("", notified)
        return Person(
          id: id, region: id.region, site: "", name: notified.name, email: email, role: .either,
          department: [],
          timeZone: notified.timeZone)
      }
      let mentor = person(mentorID)
      return .session(session, of: tandem, mentor: mentor, mentee: person(menteeID))
    case .workshop(let cohort, let host, let number):
      let people = state.people.values.filter { on[$0.email.lowercased()] != nil }.sorted { $0.id < $1.id }
      let workshop = Workshop(
        id: WorkshopID(cohort: cohort, host: host, number: number), cohort: cohort, uid: uid,
        sequence: notified.sequence, start: notified.start, end: notified.end, timeZone: notified.timeZone,
        venue: notified.place,
        attendees: people.map(\.id))
      return .workshop(workshop, people: people)
    }
  }
}

extension MeetingName {
  fileprivate var scope: VanishedMeetings.Scope {
    switch self {
    case .session(let cohort, _, let mentee, _):
      VanishedMeetings.Scope(cohort: cohort, region: mentee.region)
    case .workshop(let cohort, let host, _): VanishedMeetings.Scope(cohort: cohort, region: host)
    }
  }
}
