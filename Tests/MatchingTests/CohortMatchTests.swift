import Basics
import Programme
import TestSupport
import Testing

@testable import Matching
@testable import Regions

@Suite struct CohortMatchTests {
  private func match(
    _ people: [Person], _ regions: [Region] = [MatchFixture.region()],
    _ change: (inout MatchRequest) -> Void = { _ in }
  ) throws -> CohortMatch {
    var request = MatchFixture.request(people, regions)
    change(&request)
    return try CohortMatch(request)
  }

  private func pairs(_ match: CohortMatch) -> [String] {
    match.tandems.map { "\($0.mentor.employeeNumber)-\($0.mentee.employeeNumber)" }
  }

  /// Mentors 1 and 2, mentees 11 and 12: 1-11 and 2-12 fit best.
  private let four = [
    MatchFixture.person(1, .mentor, teach: ["video"]), MatchFixture.person(2, .mentor, teach: ["e-bike"]),
    MatchFixture.person(11, .mentee, learn: ["video"]), MatchFixture.person(12, .mentee, learn: ["e-bike"]),
  ]

  @Test func theBestTandemsAreFound() throws {
    let match = try match(four)
    #expect(pairs(match) == ["1-11", "2-12"])
    #expect(match.tandems.map(\.id) == ["2026-autumn/pl:1+pl:11", "2026-autumn/pl:2+pl:12"])
    #expect(match.tandems.map(\.topics) == [["video"], ["e-bike"]])
    #expect(match.tandems.allSatisfy { $0.status == .proposed && !$0.locked && $0.score.taught == 1000 })
    #expect(match.unmatched.isEmpty && match.warnings.isEmpty)
  }

  @Test(arguments: 0..<6) func theOrderOfTheInputChangesNothing(_ seed: Int) throws {
    let regions = [MatchFixture.region("pl") { $0.objective = .fair }, MatchFixture.region("de")]
    let people = MatchFixture.people(80, seed: UInt64(seed))
    let first = try match(people, regions)
    var random = SplitMix(seed: UInt64(seed) &+ 1)
    var shuffled = people
    for index in shuffled.indices.reversed() { shuffled.swapAt(index, random.below(index + 1)) }
    let second = try match(shuffled, regions.reversed())
    #expect(first.tandems == second.tandems)
    #expect(first.unmatched == second.unmatched)
    #expect(first.warnings == second.warnings)
    #expect(!first.tandems.isEmpty && !first.unmatched.isEmpty)
  }

  @Test func locksHoldWhateverTheScoreAndWhateverTheRule() throws {
    let crossed = try match(four) { $0.locks = [MatchFixture.pair(1, 12)] }
    #expect(pairs(crossed) == ["1-12", "2-11"])
    #expect(crossed.tandems.map(\.locked) == [true, false])
    var people = four
    people[0].consent = false
    let against = try match(people) { $0.locks = [MatchFixture.pair(1, 12)] }
    #expect(pairs(against) == ["1-12", "2-11"])
    #expect(
      against.warnings.map(\.message) == [
        "2026-autumn/pl:1+pl:12 is kept although pl:1 did not agree to take part (rule consent)"
      ])
  }

  @Test func locksBeyondTheCapacityHoldAndAreReported() throws {
    let match = try match(four) { $0.locks = [MatchFixture.pair(1, 11), MatchFixture.pair(1, 12)] }
    #expect(pairs(match) == ["1-11", "1-12"])
    #expect(
      match.warnings.map(\.message) == ["pl:1 is fixed in 2 tandems and has room for 1; all of them are kept"]
    )
    #expect(match.unmatched.map(\.person.text) == ["pl:2"])
  }

  @Test func impossibleLocksAreRefused() {
    #expect(throws: MatchingError.lockedAndForbidden(PersonID("pl:1"), PersonID("pl:11"))) {
      try match(four) {
        $0.locks = [MatchFixture.pair(1, 11)]
        $0.forbids = [MatchFixture.pair(11, 1)]
      }
    }
    #expect(throws: MatchingError.lockedAgainstRole(PersonID("pl:11"), as: .mentor)) {
      try match(four) { $0.locks = [MatchFixture.pair(11, 1)] }
    }
  }

  @Test func anAgreedTandemWithoutOneOfItsPeopleIsReported() throws {
    let match = try match(four) { $0.tandems = [MatchFixture.tandem(1, 99, status: .active)] }
    #expect(pairs(match) == ["1-11", "2-12"])
    #expect(
      match.warnings.map(\.message) == ["the tandem of pl:1 and pl:99 ends: pl:99 is no longer an applicant"])
  }

  @Test func forbidsKeepTwoApart() throws {
    #expect(pairs(try match(four) { $0.forbids = [MatchFixture.pair(1, 11)] }) == ["1-12", "2-11"])
  }

  @Test func aChangeMustBeWorthItsPrice() throws {
    let before = [MatchFixture.tandem(1, 12), MatchFixture.tandem(2, 11)]
    func total(_ match: CohortMatch) -> Int { match.tandems.reduce(0) { $0 + $1.score.total } }
    let crossed = try match(four) { $0.locks = [MatchFixture.pair(1, 12), MatchFixture.pair(2, 11)] }
    let gain = total(try match(four)) - total(crossed)
    let kept = try match(four, [MatchFixture.region { $0.disturbance = gain / 2 + 1 }]) {
      $0.tandems = before
    }
    #expect(pairs(kept) == ["1-12", "2-11"])
    #expect(kept.tandems.map(\.score) == crossed.tandems.map(\.score))
    let changed = try match(four, [MatchFixture.region { $0.disturbance = gain / 2 - 1 }]) {
      $0.tandems = before
    }
    #expect(pairs(changed) == ["1-11", "2-12"])
    // One more tandem is worth any price.
    let more = try match(
      [
        MatchFixture.person(1, .mentor), MatchFixture.person(2, .mentor, acquainted: [11]),
        MatchFixture.person(11, .mentee), MatchFixture.person(12, .mentee),
      ], [MatchFixture.region { $0.disturbance = 1000 }]
    ) { $0.tandems = [MatchFixture.tandem(1, 12)] }
    #expect(pairs(more) == ["1-11", "2-12"])
  }

  @Test func agreedTandemsStayAndKeepTheirStatus() throws {
    let confirmed = MatchFixture.tandem(1, 12, status: .confirmed)
    let match1 = try match(four) { $0.tandems = [confirmed] }
    #expect(match1.tandems.map(\.status) == [.confirmed, .proposed])
    #expect(pairs(match1) == ["1-12", "2-11"])
    let forbidden = try match(four) {
      $0.tandems = [confirmed]
      $0.forbids = [MatchFixture.pair(1, 12)]
    }
    #expect(pairs(forbidden) == ["1-11", "2-12"])
    let ended = try match(four) { $0.tandems = [MatchFixture.tandem(1, 11, status: .ended)] }
    #expect(pairs(ended) == ["1-12", "2-11"])
  }

  @Test func whoWaitedCountsFirst() throws {
    let people = [
      MatchFixture.person(1, .mentor, teach: ["video"]), MatchFixture.person(11, .mentee, learn: ["video"]),
      MatchFixture.person(12, .mentee),
    ]
    #expect(pairs(try match(people)) == ["1-11"])
    let left = Unmatched(person: PersonID("pl:12"), cohort: "2025-autumn", reasons: [])
    #expect(pairs(try match(people) { $0.leftOut = [left] }) == ["1-12"])
    var now = left
    now.cohort = "2026-autumn"
    #expect(pairs(try match(people) { $0.leftOut = [now] }) == ["1-11"])
    // Placed in a cohort that began since, the person waits no more.
    var region = MatchFixture.region()
    region.cohorts = ["2025-autumn", "2026-spring"].enumerated().map { number, id in
      Cohort(
        id: id, start: LocalDate(daysSinceEpoch: 20_000 + 180 * number),
        end: LocalDate(daysSinceEpoch: 20_180 + 180 * number))
    }
    let since = MatchFixture.tandem(9, 12, cohort: "2026-spring")
    #expect(
      pairs(
        try match(people, [region]) {
          $0.leftOut = [left]
          $0.tandems = [since]
        }) == ["1-11"])
  }

  @Test func eitherBecomesWhatServesTheWhole() throws {
    let match1 = try match([
      MatchFixture.person(1, .either), MatchFixture.person(2, .mentor), MatchFixture.person(3, .mentor),
      MatchFixture.person(4, .mentee),
    ])
    #expect(match1.tandems.count == 2)
    #expect(match1.tandems.contains { $0.mentee.text == "pl:1" })
    let match2 = try match((1...5).map { MatchFixture.person($0, .either) })
    #expect(match2.tandems.count == 2)
    #expect(Set(match2.tandems.flatMap { [$0.mentor, $0.mentee] }).count == 4)
  }

  @Test func capacityIsThePersonsOwnElseTheRegions() throws {
    let people =
      [MatchFixture.person(1, .mentor, capacity: 2)] + (11...13).map { MatchFixture.person($0, .mentee) }
    #expect(try match(people).tandems.count == 2)
    let region = MatchFixture.region { $0[CapacityRule.mentor] = 3 }
    #expect(try match([MatchFixture.person(1, .mentor)] + people.dropFirst(), [region]).tandems.count == 3)
  }

  @Test func ownScoresDecideWhoMayMeet() throws {
    let own = try match(four) { $0.ownScores = [MatchFixture.pair(1, 12): 7, MatchFixture.pair(2, 12): 9] }
    #expect(pairs(own) == ["2-12"])
    #expect(own.tandems.map(\.score.total) == [9])
    #expect(
      own.unmatched.map(\.reasons) == [
        [.init(rule: "capacity", ruledOut: 1), .init(rule: "scores", ruledOut: 1)],
        [.init(rule: "scores", ruledOut: 2)],
      ])
  }

  @Test func aPairOfTwoRegionsIsTheMentees() throws {
    let regions = [
      MatchFixture.region("pl") { $0[SiteRule.remote] = true },
      MatchFixture.region("de") { $0[SiteRule.remote] = true },
    ]
    let match = try match(
      [MatchFixture.person(1, .mentor), MatchFixture.person(2, .mentee, region: "de")], regions)
    #expect(match.tandems.map(\.region) == ["de"])
  }

  @Test func missingFactsOfATandemAreReportedWhereTheRegionWantsIt() throws {
    let region = MatchFixture.region {
      $0[LevelGapRule.least] = 1
      $0.unknown = ["level-gap": .warn]
    }
    let match = try match([MatchFixture.person(1, .mentor), MatchFixture.person(2, .mentee)], [region])
    #expect(
      match.warnings.map(\.message) == [
        "2026-autumn/pl:1+pl:2 could not be checked: the level of pl:1 is unknown (rule level-gap)"
      ])
  }

  @Test func aNewPartnerIsTheBestWhoIsFree() throws {
    let people =
      four + [
        MatchFixture.person(13, .mentee, learn: ["video"]), MatchFixture.person(14, .mentee),
      ]
    let before = try match(people).tandems
    let ended = try #require(before.first { $0.mentor.text == "pl:1" })
    var request = MatchFixture.request(people, [MatchFixture.region()])
    request.tandems = before
    let replacement = try Replacement(of: ended, left: PersonID("pl:1"), in: request)
    #expect(replacement.tandems.map(\.mentee.text) == [ended.mentee.text == "pl:11" ? "pl:13" : "pl:11"])
    #expect(replacement.tandems.map(\.score.taught) == [1000])
    let mentee = try Replacement(of: ended, left: ended.mentee, in: request)
    #expect(mentee.tandems.isEmpty)
    #expect(mentee.alone.map(\.person) == [ended.mentee])
  }
}

/// The reasons of those left out, held against a count of every pair.
@Suite struct UnmatchedReasonsTests {
  private func fit(_ a: Role, _ b: Role) -> Bool { a.mayMentor && b.mayBeMentored }

  @Test(arguments: 0..<8) func reasonsCountEveryCandidate(_ seed: Int) throws {
    let regions = [
      MatchFixture.region("pl") {
        $0[DepartmentRule.depth] = 1
        $0[LanguageRule.common] = true
        $0[LevelGapRule.least] = 1
        $0.unknown = ["level-gap": .forbid]
        $0[SiteRule.remote] = seed % 3 == 0
      },
      MatchFixture.region("de") {
        $0[ReportingLineRule.steps] = 2
        $0[ScoreFloor.taught.least] = 150
        $0[SiteRule.remote] = seed % 3 == 0
      },
    ]
    let people = MatchFixture.people(70, seed: UInt64(seed) &+ 500)
    let match = try CohortMatch(MatchFixture.request(people, regions))
    let known = match.applicants.people
    for unmatched in match.unmatched {
      let index = try #require(match.applicants.index(of: unmatched.person))
      let isRemote = match.applicants.settings(of: index)[SiteRule.remote]
      var counts: [String: Int] = [:]
      var fewest = Int.max
      var candidates = 0
      for other in known.indices
      where other != index && (isRemote || known[other].region == known[index].region) {
        let roles = [(index, other), (other, index)].filter { fit(known[$0.0].role, known[$0.1].role) }
        guard !roles.isEmpty else { continue }
        candidates += 1
        let verdicts = roles.map { mentor, mentee in
          match.rules.findings(mentor: mentor, mentee: mentee) { match.score(mentor: mentor, mentee: mentee) }
            .filter { $0.standing == .forbidden }.map(\.rule)
        }
        fewest = min(fewest, verdicts.map(\.count).min() ?? fewest)
        let free = verdicts.contains { $0.isEmpty }
        if free { counts["capacity", default: 0] += 1 }
        for rule in Set(verdicts.flatMap { $0 }) where verdicts.allSatisfy({ $0.contains(rule) }) {
          counts[rule, default: 0] += 1
        }
      }
      guard candidates > 0 else { continue }
      let told = Dictionary(uniqueKeysWithValues: unmatched.reasons.map { ($0.rule, $0.ruledOut) })
      #expect(told == counts, "\(unmatched.person) of seed \(seed)")
      #expect(
        unmatched.reasons.map(\.ruledOut) == unmatched.reasons.map(\.ruledOut).sorted(by: >),
        "most candidates first")
      if let nearest = unmatched.nearest, fewest == 0 {
        let other = try #require(match.applicants.index(of: nearest))
        let isFree = [(index, other), (other, index)].contains { mentor, mentee in
          match.rules.findings(mentor: mentor, mentee: mentee) { match.score(mentor: mentor, mentee: mentee) }
            .allSatisfy { $0.standing != .forbidden }
        }
        #expect(isFree)
      }
    }
    #expect(!match.unmatched.isEmpty)
  }

  @Test func withNobodyOfTheOtherRoleTheRoleIsTheReason() throws {
    let people = (1...4).map { MatchFixture.person($0, .mentor) }
    let match = try CohortMatch(MatchFixture.request(people, [MatchFixture.region()]))
    #expect(match.unmatched.count == 4)
    #expect(
      match.unmatched.allSatisfy { $0.reasons == [.init(rule: "role", ruledOut: 3)] && $0.nearest == nil })
  }

  @Test func somebodyAloneAtASiteHearsOfTheOthers() throws {
    let people = [
      MatchFixture.person(1, .mentor), MatchFixture.person(2, .mentee, site: "Wrocław"),
      MatchFixture.person(3, .mentee, site: "Łódź"),
    ]
    let match = try CohortMatch(MatchFixture.request(people, [MatchFixture.region()]))
    #expect(match.unmatched.first?.reasons == [.init(rule: "site", ruledOut: 2)])
    #expect(match.unmatched.first?.nearest?.text == "pl:2")
  }
}
