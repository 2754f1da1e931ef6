import Programme
import Regions

/// Finds single rules without which somebody who is left out would be placed. Each is tried: the cohort is matched again
/// without it, and the person is seen in a tandem.
final class RelaxationSearch {
  private let match: CohortMatch
  private let request: MatchRequest
  private let blocks: [[Int32]]
  /// By region and rule: with whom each is, where the region has no such rule.
  private var rematched: [RegionRule: [PersonID: PersonID]] = [:]

  private struct RegionRule: Hashable {
    var region: String
    var rule: String
  }

  init(_ match: CohortMatch, _ request: MatchRequest) {
    self.match = match
    self.request = request
    blocks = BlockPlan(match.applicants).blocks
  }

  /// For each rule that rules out a candidate of the person: for the person alone, then for the region.
  func relaxations(for person: Int, _ unmatched: Unmatched) -> [Explanation.Relaxation] {
    let id = match.applicants.people[person].id
    let barred = barred(person)
    return unmatched.reasons.flatMap { reason -> [Explanation.Relaxation] in
      var found: [Explanation.Relaxation] = []
      let barred = barred[reason.rule] ?? []
      if reason.rule == CapacityRule.name {
        found += placed(person, opening: barred).map { [$0] } ?? []
      } else if let partner = placed(person, adding: barred) {
        found.append(.init(rule: reason.rule, scope: .person, partner: partner))
      }
      if let partner = placed(id, region: match.applicants.region(of: person), without: reason.rule) {
        found.append(.init(rule: reason.rule, scope: .region, partner: partner))
      }
      return found
    }
  }

  // MARK: The rule gives way for one person

  /// A pair with the person that one rule alone forbids, as indices.
  private struct Barred {
    var mentor: Int
    var mentee: Int
  }

  /// By rule.
  private func barred(_ person: Int) -> [String: [Barred]] {
    let applicants = match.applicants
    var barred: [String: [Barred]] = [:]
    for other in 0..<applicants.count where other != person {
      guard
        applicants.regionOf[other] == applicants.regionOf[person]
          || applicants.settings(of: person)[SiteRule.remote]
      else { continue }
      applicants.forEachRole(of: person, other) { mentor, mentee in
        var against: Set<String> = []
        for column in match.rules.columns where column.standing(mentor, mentee) == .forbidden {
          against.insert(column.name)
          if against.count > 1 { break }
        }
        guard against.count < 2 else { return }
        let score = match.scores.score(mentor: mentor, mentee: mentee)
        against.formUnion(match.rules.floors(below: score, mentor, mentee).map(\.name))
        if against.count == 1, let rule = against.first {
          barred[rule, default: []].append(Barred(mentor: mentor, mentee: mentee))
        }
      }
    }
    return barred
  }

  /// Who takes one tandem more so that the person is placed: the person, else one candidate.
  private func placed(_ person: Int, opening barred: [Barred]) -> Explanation.Relaxation? {
    func hasRoom(_ index: Int) -> Bool {
      let places = match.rules.places(of: index)
      return places.mentor + places.mentee > 0
    }
    func relaxation(_ partner: PersonID, room: Int) -> Explanation.Relaxation {
      .init(
        rule: CapacityRule.name, scope: .person, partner: partner,
        room: match.applicants.people[room].id)
    }
    guard hasRoom(person) else {
      let open = barred.filter { hasRoom($0.mentor == person ? $0.mentee : $0.mentor) }
      return placed(person, adding: open, room: person).map { relaxation($0, room: person) }
    }
    for pair in barred {
      let other = pair.mentor == person ? pair.mentee : pair.mentor
      // With a place of their own they may be a pair with others as well.
      let open = self.barred(other)[CapacityRule.name, default: []].filter {
        hasRoom($0.mentor == other ? $0.mentee : $0.mentor)
      }
      if let partner = placed(person, adding: open, room: other) { return relaxation(partner, room: other) }
    }
    for candidate in fullCandidates(of: person) {
      if let partner = placed(person, adding: [], room: candidate) {
        return relaxation(partner, room: candidate)
      }
    }
    return nil
  }

  /// Allowed candidates, the best score first.
  private func fullCandidates(of person: Int) -> [Int] {
    let candidates = match.candidates
    var found: [(score: Int32, index: Int)] = []
    let row = match.sides.mentor[person]
    if row >= 0 {
      for place in candidates.rowStart[Int(row)]..<candidates.rowStart[Int(row) + 1] {
        found.append((candidates.score[place], Int(candidates.mentees[Int(candidates.column[place])])))
      }
    }
    let column = match.sides.mentee[person]
    if column >= 0 {
      for mentor in candidates.mentors.indices {
        if let place = candidates.place(mentor: Int32(truncatingIfNeeded: mentor), mentee: column) {
          found.append((candidates.score[place], Int(candidates.mentors[mentor])))
        }
      }
    }
    found.sort { (-$0.score, $0.index) < (-$1.score, $1.index) }
    // One who may take either role has one place by nature.
    return found.map(\.index).filter { match.applicants.people[$0].role != .either }
  }

  /// Matches the blocks concerned again, with more pairs for the person or more room for a candidate.
  private func placed(_ person: Int, adding barred: [Barred], room candidate: Int? = nil) -> PersonID? {
    guard !barred.isEmpty || candidate != nil else { return nil }
    let sides = match.sides
    let members = Set(barred.flatMap { [$0.mentor, $0.mentee] } + [person] + (candidate.map { [$0] } ?? []))
    var isConcerned = [Bool](repeating: false, count: match.applicants.count)
    for block in blocks where block.contains(where: { members.contains(Int($0)) }) {
      for member in block { isConcerned[Int(member)] = true }
    }
    for before in match.solutions {
      let problem = before.problem
      var left = problem.left
      var right = problem.right
      var pairs: [AssignmentProblem.Pair] = []
      for row in problem.left.indices where isConcerned[Int(match.candidates.mentors[row])] {
        for place in problem.rowStart[row]..<problem.rowStart[row + 1] {
          pairs.append(
            .init(left: Int32(clamping: row), right: problem.column[place], score: problem.score[place]))
        }
      }
      // The instance that holds the person's block; a block without pairs belongs to the first.
      if match.solutions.count > 1, pairs.isEmpty, before.objective != match.solutions.last?.objective {
        continue
      }
      for pair in barred {
        pairs.append(
          .init(
            left: sides.mentor[pair.mentor], right: sides.mentee[pair.mentee],
            score: Int32(clamping: match.score(mentor: pair.mentor, mentee: pair.mentee).total)))
      }
      if let candidate {
        let row = sides.mentor[candidate]
        if row >= 0 { left[Int(row)].capacity += 1 }
        let column = sides.mentee[candidate]
        if column >= 0 { right[Int(column)].capacity += 1 }
      }
      guard
        let changed = try? AssignmentProblem(
          left: left, right: right, pairs: pairs, locked: problem.locked, twins: problem.twins)
      else { continue }
      for pair in changed.solve(before.objective).pairs {
        let mentor = Int(match.candidates.mentors[Int(pair.left)])
        let mentee = Int(match.candidates.mentees[Int(pair.right)])
        if mentor == person || mentee == person {
          return match.applicants.people[mentor == person ? mentee : mentor].id
        }
      }
    }
    return nil
  }

  // MARK: The region states the rule otherwise

  private func placed(_ person: PersonID, region: Region, without rule: String) -> PersonID? {
    let key = RegionRule(region: region.id, rule: rule)
    if let known = rematched[key] { return known[person] }
    var partners: [PersonID: PersonID] = [:]
    if let relaxed = region.relaxing(rule), request.ownScores == nil {
      var again = request
      again.regions = request.regions.map { $0.id == region.id ? relaxed : $0 }
      if let match = try? CohortMatch(again) {
        for tandem in match.tandems {
          partners[tandem.mentor] = tandem.mentee
          partners[tandem.mentee] = tandem.mentor
        }
      }
    }
    rematched[key] = partners
    return partners[person]
  }
}

extension Region {
  /// The same without a rule, at all its sites; nil for rules that no setting states.
  func relaxing(_ rule: String) -> Region? {
    guard let own = MatchingRules.relax(rule, in: matching) else { return nil }
    var region = self
    region.matching = own
    for (place, section) in exceptions {
      region.exceptions[place]?.matching = MatchingRules.relax(rule, in: section.matching) ?? section.matching
    }
    return region
  }
}
