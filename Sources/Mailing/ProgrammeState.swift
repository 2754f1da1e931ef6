package import Programme

/// What a stream says of people, tandems and their meetings: of several records of one identifier, the last counts.
package struct ProgrammeState: Sendable {
  package var people: [PersonID: Person] = [:]
  package var tandems: [TandemID: Tandem] = [:]
  package var sessions: [SessionID: Session] = [:]
  package var workshops: [WorkshopID: Workshop] = [:]

  package init() {}

  package mutating func add(_ record: Record) {
    switch record {
    case .person(let person): people[person.id] = person
    case .tandem(let tandem): tandems[tandem.id] = tandem
    case .session(let session): sessions[session.id] = session
    case .workshop(let workshop): workshops[workshop.id] = workshop
    case .unmatched, .response, .summary, .reply, .absence, .undelivered: break
    }
  }

  /// With the people and tandems that only an earlier state knew: whom a cancelled session was for.
  func remembering(_ earlier: ProgrammeState) -> ProgrammeState {
    var state = self
    state.people.merge(earlier.people) { now, _ in now }
    state.tandems.merge(earlier.tandems) { now, _ in now }
    return state
  }
}
