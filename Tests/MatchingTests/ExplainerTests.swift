import Programme
import Testing

@testable import Matching
@testable import Regions

@Suite struct ExplainerTests {
  private static func request(_ seed: Int, fair: Bool, roles: [Role] = [.mentor, .mentee]) -> MatchRequest {
    MatchFixture.request(
      MatchFixture.people(46, seed: UInt64(seed) &+ 40, regions: ["pl"], roles: roles),
      [
        MatchFixture.region {
          $0.objective = fair ? .fair : .total
          $0[DepartmentRule.depth] = 1
          $0[LanguageRule.common] = true
          $0[LevelGapRule.least] = 1
          $0[ScoreFloor.taught.least] = 60
        }
      ])
  }

  @Test(arguments: 0..<4) func everyExplanationAddsUpToItsScore(_ seed: Int) throws {
    let match = try CohortMatch(Self.request(seed, fair: true))
    for tandem in match.tandems {
      let mentor = try #require(match.applicants.index(of: tandem.mentor))
      let mentee = try #require(match.applicants.index(of: tandem.mentee))
      let explanation = match.explanation(mentor: mentor, mentee: mentee)
      #expect(explanation.lines.reduce(0) { $0 + $1.points } == tandem.score.total)
      #expect(explanation.lines.map(\.part) == ScoreExplanation.Part.allCases)
      let parts = [tandem.score.taught, tandem.score.returned, tandem.score.shared, tandem.score.distance]
      #expect(explanation.lines.map(\.value) == parts)
      for line in explanation.lines where line.part != .distance {
        #expect(line.topics + line.words == line.value)
      }
    }
    #expect(!match.tandems.isEmpty)
  }

  /// The cost that is told of choosing somebody else is what a match with that pair locked costs: beside earlier locks,
  /// forbids and proposals, and for people of either role.
  @Test(arguments: 0..<6, [false, true])
  func costsOfAlternativesAreExact(_ seed: Int, _ fair: Bool) throws {
    var request = Self.request(
      seed, fair: fair, roles: seed % 3 == 2 ? [.mentor, .mentee, .either] : [.mentor, .mentee])
    if seed % 2 == 1 {
      let first = try CohortMatch(request).tandems
      request.locks = first.prefix(1).map { IdentifierPair(mentor: $0.mentor, mentee: $0.mentee) }
      request.forbids = first.dropFirst(2).prefix(2).map {
        IdentifierPair(mentor: $0.mentor, mentee: $0.mentee)
      }
      // Proposed before; each is worth its price of disturbance more.
      request.tandems = Array(first.dropFirst(4))
    }
    let match = try CohortMatch(request)
    let explainer = Explainer(match, request)
    func worst(_ tandems: [Tandem]) -> Int? { tandems.map(\.score.total).min() }
    let total = match.tandems.reduce(0) { $0 + $1.score.total }
    var seen = 0
    for person in match.applicants.people.prefix(24) {
      let explanation = try #require(explainer.explanation(of: person.id))
      for other in explanation.alternatives {
        var locked = request
        let isMentor = other.role == .mentor
        locked.locks.append(
          IdentifierPair(
            mentor: isMentor ? person.id : other.partner, mentee: isMentor ? other.partner : person.id))
        let again = try CohortMatch(locked)
        #expect(again.tandems.count - match.tandems.count == other.change.pairs)
        #expect(again.tandems.reduce(0) { $0 + $1.score.total } - total == other.change.total)
        if fair {
          #expect(other.change.worstOfAllBefore == worst(match.tandems))
          #expect(other.change.worstOfAllAfter == worst(again.tandems))
        }
        seen += 1
      }
    }
    #expect(seen > 0)
  }

  /// Relaxing a rule that is named sees the person placed, for the person alone and for the region.
  @Test(arguments: 0..<8) func everyRelaxationIsTrue(_ seed: Int) throws {
    let request = Self.request(seed, fair: seed % 2 == 0)
    let match = try CohortMatch(request)
    let explainer = Explainer(match, request)
    var seen: Set<Explanation.Relaxation.Scope> = []
    for unmatched in match.unmatched {
      let explanation = try #require(explainer.explanation(of: unmatched.person))
      for relaxation in explanation.relaxations {
        var again = request
        switch relaxation.scope {
        case .region:
          again.regions = request.regions.compactMap { $0.relaxing(relaxation.rule) }
        case .person:
          guard let changed = relaxed(again.people, unmatched.person, relaxation) else { continue }
          again.people = changed
        }
        let placed = try CohortMatch(again).tandems.flatMap { [$0.mentor, $0.mentee] }
        #expect(placed.contains(unmatched.person), "\(relaxation)")
        seen.insert(relaxation.scope)
      }
    }
    #expect(seen.contains(.region))
  }

  /// People of whom one gives way: only where a fact of one person alone says so.
  private func relaxed(
    _ people: [Person], _ id: PersonID, _ relaxation: Explanation.Relaxation
  ) -> [Person]? {
    var people = people
    guard let own = people.firstIndex(where: { $0.id == id }) else { return nil }
    switch relaxation.rule {
    case "capacity":
      guard let room = people.firstIndex(where: { $0.id == relaxation.room }) else { return nil }
      people[room].capacity = (people[room].capacity ?? 1) + 1
    case "acquainted":
      people[own].acquainted = []
      for index in people.indices { people[index].acquainted.removeAll { $0 == id } }
    default: return nil
    }
    return people
  }

  @Test func aRuleThatAloneForbidsIsNamedForThePersonAlone() throws {
    let request = MatchFixture.request(
      [MatchFixture.person(1, .mentor, acquainted: [2]), MatchFixture.person(2, .mentee)],
      [MatchFixture.region()])
    let match = try CohortMatch(request)
    let explanation = try #require(Explainer(match, request).explanation(of: PersonID("pl:1")))
    #expect(
      explanation.relaxations == [.init(rule: "acquainted", scope: .person, partner: PersonID("pl:2"))])
    #expect(explanation.ruledOut.map(\.candidate.text) == ["pl:2"])
    #expect(explanation.ruledOut.first?.findings.map(\.reason) == ["pl:1 declared to know pl:2"])
  }

  @Test func twoRulesAtOnceAreNoSingleRelaxation() throws {
    let request = MatchFixture.request(
      [MatchFixture.person(1, .mentor, acquainted: [2]), MatchFixture.person(2, .mentee, consent: false)],
      [MatchFixture.region()])
    let explainer = Explainer(try CohortMatch(request), request)
    #expect(explainer.explanation(of: PersonID("pl:1"))?.relaxations == [])
    #expect(explainer.explanation(of: PersonID("pl:9")) == nil)
  }
}
