package import Programme

/// New partners for those whom a tandem leaves behind when it ends early.
package struct Replacement: Sendable {
  /// The best free partner of each who is left, with the mentor's first; at most one for each.
  package let tandems: [Tandem]
  /// Who is left and finds nobody.
  package let alone: [Unmatched]

  /// The other tandems of the cohort stand. A free partner is one who is in none and has room.
  ///
  /// - Parameters:
  ///   - ended: the tandem that ends; it does not come again.
  ///   - left: who of the two goes on; both where nil, as far as they still are applicants.
  /// - Complexity: that of a match of the cohort.
  package init(of ended: Tandem, left: PersonID?, in request: MatchRequest) throws(MatchingError) {
    var request = request
    request.tandems = request.tandems.map { tandem in
      var tandem = tandem
      if tandem.id == ended.id {
        tandem.status = .ended
        tandem.locked = false
      } else if tandem.cohort == request.cohort, tandem.status != .ended {
        tandem.locked = true
      }
      return tandem
    }
    request.locks.removeAll { $0 == IdentifierPair(mentor: ended.mentor, mentee: ended.mentee) }
    let match = try CohortMatch(request)
    var taken: [PersonID: Int] = [:]
    for tandem in request.tandems where tandem.cohort == request.cohort && tandem.status != .ended {
      taken[tandem.mentor, default: 0] += 1
      taken[tandem.mentee, default: 0] += 1
    }
    let capacity = CapacityRule(running: request.running)
    func isFree(_ index: Int, as role: Role) -> Bool {
      let person = match.applicants.people[index]
      let places = capacity.places(of: person, under: match.applicants.settings(of: index))
      let room = person.role == .either ? 1 : role == .mentor ? places.mentor : places.mentee
      return (taken[person.id] ?? 0) < room
    }
    var tandems: [Tandem] = []
    var alone: [Unmatched] = []
    for (id, role) in [(ended.mentor, Role.mentor), (ended.mentee, .mentee)] where left == nil || left == id {
      guard let index = match.applicants.index(of: id) else { continue }
      var best: (score: Int, partner: Int)?
      match.candidates.forEachPair { mentor, mentee, score in
        guard (role == .mentor ? mentor : mentee) == index else { return }
        let partner = role == .mentor ? mentee : mentor
        let other = match.applicants.people[partner].id
        // Whoever leaves the tandem is not proposed to anybody, and the two are not taken for each other's.
        guard other != ended.mentor, other != ended.mentee,
          isFree(partner, as: role == .mentor ? .mentee : .mentor)
        else { return }
        if best.map({ (-score, partner) < (-$0.score, $0.partner) }) ?? true { best = (score, partner) }
      }
      if let best {
        let (mentor, mentee) = role == .mentor ? (index, best.partner) : (best.partner, index)
        let people = (match.applicants.people[mentor], match.applicants.people[mentee])
        tandems.append(
          Tandem(
            cohort: request.cohort, region: people.1.region, mentor: people.0.id, mentee: people.1.id,
            score: match.score(mentor: mentor, mentee: mentee),
            topics: match.scores.commonTopics(mentor: mentor, mentee: mentee)))
        taken[match.applicants.people[best.partner].id, default: 0] += 1
      } else {
        alone.append(match.reasons(for: index))
      }
    }
    self.tandems = tandems
    self.alone = alone
  }
}
