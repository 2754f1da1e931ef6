package import Programme

/// New partners for those whom a tandem leaves behind when it ends early.
package struct Replacement: Sendable {
  /// The best free partner of each who is left, with the mentor's first; at most one for each.
  package let tandems: [Tandem]
  /// Who is left and finds nobody.
  package let alone: [Unmatched]

  /// The other tandems of the cohort are kept. A free partner is one who is in none and has room.
  ///
  /// - Parameters:
  ///   - ended: the tandem that ends; it does not come again.
  ///   - left: who of the two goes on; both where nil, as far as they still are applicants.
  /// - Complexity: that of a match of the cohort.
  package init(of ended: Tandem, left: PersonID?, in request: MatchRequest) throws(MatchingError) {
    let match = try CohortMatch(Replacement.holding(request, without: ended))
    var tandems: [Tandem] = []
    var alone: [Unmatched] = []
    var taken: [PersonID: Int] = [:]
    for tandem in request.tandems
    where tandem.cohort == request.cohort && tandem.status != .ended && tandem.id != ended.id {
      taken[tandem.mentor, default: 0] += 1
      taken[tandem.mentee, default: 0] += 1
    }
    for (id, role) in [(ended.mentor, Role.mentor), (ended.mentee, .mentee)] where left == nil || left == id {
      guard let index = match.applicants.index(of: id) else { continue }
      if let partner = Replacement.best(for: index, as: role, leaving: ended, in: match, taken) {
        let (mentor, mentee) = role == .mentor ? (index, partner) : (partner, index)
        tandems.append(match.pairScores.tandem(mentor, mentee, in: request.cohort))
        taken[match.applicants.people[partner].id, default: 0] += 1
      } else {
        alone.append(match.reasons(for: index))
      }
    }
    self.tandems = tandems
    self.alone = alone
  }

  /// The request with the other tandems of the cohort fixed.
  private static func holding(_ request: MatchRequest, without ended: Tandem) -> MatchRequest {
    var request = request
    for index in request.tandems.indices {
      if request.tandems[index].id == ended.id {
        request.tandems[index].status = .ended
        request.tandems[index].locked = false
      } else if request.tandems[index].cohort == request.cohort, request.tandems[index].status != .ended {
        request.tandems[index].locked = true
      }
    }
    request.locks.removeAll { $0 == IdentifierPair(mentor: ended.mentor, mentee: ended.mentee) }
    return request
  }

  /// The free candidate of the best score.
  private static func best(
    for index: Int, as role: Role, leaving ended: Tandem, in match: CohortMatch, _ taken: [PersonID: Int]
  ) -> Int? {
    func isFree(_ partner: Int) -> Bool {
      let person = match.applicants.people[partner]
      // Whoever leaves the tandem is not proposed to anybody, and the two are not taken for each other's.
      guard person.id != ended.mentor, person.id != ended.mentee else { return false }
      let places = match.rules.places(of: partner)
      let room = person.role == .either ? 1 : role == .mentor ? places.mentee : places.mentor
      return (taken[person.id] ?? 0) < room
    }
    var best: (score: Int, partner: Int)?
    match.candidates.forEachPair { mentor, mentee, score in
      guard (role == .mentor ? mentor : mentee) == index else { return }
      let partner = role == .mentor ? mentee : mentor
      if isFree(partner), best.map({ (-score, partner) < (-$0.score, $0.partner) }) ?? true {
        best = (score, partner)
      }
    }
    return best?.partner
  }
}
