import Basics
internal import Programme
internal import Regions

/// Who is to meet: mentors whose tandem runs and who have held the sessions that the region asks for.
struct ActiveMentors {
  struct Mentor {
    var person: Person
    /// Was a mentor before, or has held half of the sessions.
    var isExperienced: Bool
  }

  /// By identifier.
  private(set) var active: [Mentor] = []
  /// Mentors of running tandems who have held too few.
  private(set) var waiting: [(person: PersonID, held: Int)] = []
  /// In a tandem, but without a person record.
  private(set) var unknown: [PersonID] = []

  init(_ input: WorkshopInput) {
    let settings = input.host.at(cohort: input.cohort)
    let wanted = settings.workshop.sessionsHeld
    let full = max(1, settings.frame.sessions)
    let regions = Set(input.regions.map(\.id))
    var held: [TandemID: Int] = [:]
    for session in input.sessions where session.status == .held { held[session.tandem, default: 0] += 1 }
    var tandems: [PersonID: [TandemID]] = [:]
    var isOld: Set<PersonID> = []
    for tandem in input.tandems {
      guard tandem.cohort == input.cohort else {
        isOld.insert(tandem.mentor)
        continue
      }
      switch tandem.status {
      case .proposed, .confirmed, .active: tandems[tandem.mentor, default: []].append(tandem.id)
      case .completed, .ended: break
      }
    }
    for (id, own) in tandems.sorted(by: { $0.key < $1.key }) {
      guard let person = input.people[id] else {
        if regions.contains(id.region) { unknown.append(id) }
        continue
      }
      guard regions.contains(person.region) else { continue }
      let sessions = own.reduce(0) { $0 + (held[$1] ?? 0) }
      guard sessions >= wanted else {
        waiting.append((id, sessions))
        continue
      }
      active.append(Mentor(person: person, isExperienced: isOld.contains(id) || sessions * 2 >= full))
    }
  }
}
