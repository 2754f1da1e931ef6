import Basics
package import Programme

/// What rules know beside the two people: who leads whom, and which tandems there were and are.
package struct CohortFacts: Sendable {
  /// Managers of all people on the stream, and whom each leads.
  let managers: [PersonID: PersonID]
  let led: [PersonID: [PersonID]]
  /// Tandems that must not come again, of either of the two, by id.
  let earlier: [PersonID: [Tandem]]
  /// Tandems of other cohorts that go on, and take room.
  let running: [PersonID: Int]
  /// Whom HR forbids to somebody.
  let forbidden: [PersonID: [PersonID]]

  /// - Parameters:
  ///   - everybody: all people on the stream, for the chains of managers.
  ///   - earlier: tandems of other cohorts, and those of this one that ended.
  package init(
    everybody: [Person], earlier: [Tandem] = [], running: [Tandem] = [], forbidden: [IdentifierPair] = []
  ) {
    var managers: [PersonID: PersonID] = [:]
    for person in everybody { managers[person.id] = person.manager }
    self.managers = managers
    led = Dictionary(grouping: managers.keys) { managers[$0] ?? $0 }
    var tandemsOf: [PersonID: [Tandem]] = [:]
    for tandem in earlier.sorted(by: { $0.id < $1.id }) {
      for person in [tandem.mentor, tandem.mentee] { tandemsOf[person, default: []].append(tandem) }
    }
    self.earlier = tandemsOf
    self.running = running.reduce(into: [:]) { count, tandem in
      count[tandem.mentor, default: 0] += 1
      count[tandem.mentee, default: 0] += 1
    }
    self.forbidden = forbidden.reduce(into: [:]) { others, pair in
      others[pair.mentor, default: []].append(pair.mentee)
      others[pair.mentee, default: []].append(pair.mentor)
    }
  }
}
