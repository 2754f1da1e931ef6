import Basics
package import Programme
import Regions

/// Answers to "why" about a match: prepared once, then asked person by person.
package struct Explainer {
  private let match: CohortMatch
  private let blockOf: [Int32]
  private let blocks: [[Int32]]
  private let alternatives: [AssignmentAlternatives]
  private let tandemsOf: [PersonID: [Tandem]]
  private let unmatchedOf: [PersonID: Unmatched]
  private let relaxations: RelaxationSearch

  /// O(pairs).
  package init(_ match: CohortMatch, _ request: MatchRequest) {
    self.match = match
    blocks = BlockPlan(match.applicants).blocks
    var blockOf = [Int32](repeating: 0, count: match.applicants.count)
    for (number, block) in blocks.enumerated() {
      for member in block { blockOf[Int(member)] = Int32(truncatingIfNeeded: number) }
    }
    self.blockOf = blockOf
    alternatives = match.solutions.map { AssignmentAlternatives($0, premiums: match.premiums) }
    var tandemsOf: [PersonID: [Tandem]] = [:]
    for tandem in match.tandems {
      tandemsOf[tandem.mentor, default: []].append(tandem)
      tandemsOf[tandem.mentee, default: []].append(tandem)
    }
    self.tandemsOf = tandemsOf
    unmatchedOf = match.unmatched.keyed(by: \.person)
    relaxations = RelaxationSearch(match, request)
  }

  /// nil for somebody who is no applicant.
  ///
  /// - Complexity: O(block × rules), and for each alternative that the residual graph does not answer one solution of the
  ///   component; for somebody left out one match of the cohort for each rule.
  package func explanation(of id: PersonID, limit: Int = 3) -> Explanation? {
    guard let index = match.applicants.index(of: id) else { return nil }
    let tandems = tandemsOf[id] ?? []
    let chosen = tandems.compactMap { tandem -> Explanation.Chosen? in
      guard let mentor = match.applicants.index(of: tandem.mentor),
        let mentee = match.applicants.index(of: tandem.mentee)
      else { return nil }
      return Explanation.Chosen(
        tandem: tandem, score: match.explanation(mentor: mentor, mentee: mentee))
    }
    let (ruledOut, elsewhere) = ruledOut(index)
    return Explanation(
      person: id, cohort: match.cohort, tandems: chosen, alternatives: alternatives(to: index, limit),
      ruledOut: ruledOut, elsewhere: elsewhere, unmatched: unmatchedOf[id],
      relaxations: unmatchedOf[id].map { relaxations.relaxations(for: index, $0) } ?? [])
  }

  /// The next best partners of a person, over both roles.
  package func alternatives(to index: Int, _ limit: Int) -> [Explanation.Alternative] {
    var found: [Explanation.Alternative] = []
    for (solution, answers) in zip(match.solutions, alternatives) {
      var own: [Explanation.Alternative] = []
      let left = match.sides.mentor[index]
      if left >= 0 {
        own += answers.alternatives(ofLeft: left, limit: limit).map { answer in
          alternative(index, Int(match.candidates.mentees[Int(answer.partner)]), .mentor, answer.change)
        }
      }
      let right = match.sides.mentee[index]
      if right >= 0 {
        own += answers.alternatives(ofRight: right, limit: limit).map { answer in
          alternative(index, Int(match.candidates.mentors[Int(answer.partner)]), .mentee, answer.change)
        }
      }
      if left >= 0, right >= 0 {
        own.sort {
          AssignmentValue.precedes(
            ($0.change.part, $0.partner), ($1.change.part, $1.partner), under: solution.objective)
        }
      }
      found += own
    }
    return Array(found.prefix(limit))
  }

  private func alternative(
    _ index: Int, _ partner: Int, _ role: Role, _ change: AssignmentChange
  ) -> Explanation.Alternative {
    Explanation.Alternative(
      partner: match.applicants.people[partner].id, role: role,
      score: role == .mentor
        ? match.score(mentor: index, mentee: partner) : match.score(mentor: partner, mentee: index),
      change: change)
  }

  /// The rules that rule out each other candidate of the block, in its best role.
  private func ruledOut(_ index: Int) -> (inBlock: [Explanation.RuledOut], elsewhere: Int) {
    let people = match.applicants.people
    var ruledOut: [Explanation.RuledOut] = []
    let own = blockOf[index]
    for member in blocks[Int(own)] where Int(member) != index {
      let other = Int(member)
      var best: [Finding]?
      match.applicants.forEachRole(of: index, other) { mentor, mentee in
        let findings = match.rules.findings(mentor: mentor, mentee: mentee) {
          match.scores.score(mentor: mentor, mentee: mentee)
        }.filter { $0.standing == .forbidden }
        if findings.count < best?.count ?? Int.max { best = findings }
      }
      guard let best, !best.isEmpty else { continue }
      ruledOut.append(Explanation.RuledOut(candidate: people[other].id, findings: best))
    }
    let region = match.applicants.regionOf[index]
    let elsewhere = people.indices.count { other in
      blockOf[other] != own && match.applicants.regionOf[other] == region
        && people[index].role.fits(people[other].role)
    }
    return (ruledOut, elsewhere)
  }
}
