import Basics
import Programme
import Testing

@testable import Matching
@testable import Regions

@Suite struct CandidatesTests {
  /// Every pair judged by itself.
  private func everyPair(_ applicants: Applicants, _ book: RuleBook, _ scores: ScoreBook) -> [String] {
    var pairs: [String] = []
    for mentor in 0..<applicants.count {
      for mentee in 0..<applicants.count {
        let score = scores.score(mentor: mentor, mentee: mentee)
        if book.findings(mentor: mentor, mentee: mentee, score: { score }).allSatisfy({
          $0.standing != .forbidden
        }) {
          pairs.append("\(mentor) \(mentee) \(score.total)")
        }
      }
    }
    return pairs
  }

  @Test(arguments: 0..<12) func candidatesAreExactlyTheAllowedPairs(_ seed: Int) {
    var random = SplitMix(seed: UInt64(seed) &+ 77)
    func settings(_ settings: inout MatchingSettings) {
      settings[SiteRule.remote] = random.below(3) == 0
      settings[DepartmentRule.depth] = random.below(3)
      settings[ReportingLineRule.steps] = random.below(3)
      settings[LevelGapRule.least] = random.below(2) == 0 ? nil : random.below(3) - 1
      settings[LanguageRule.common] = random.below(2) == 0
      settings[ScoreFloor.taught.least] = random.below(2) * random.below(400)
      for rule in MatchingRules.names {
        settings.unknown[rule] = WhenUnknown.allCases[random.below(3)]
      }
      if random.below(2) == 0 {
        settings.extraRules = [ExtraRule(name: "cost", test: .forbidSame(attribute: "costCentre"))]
      }
    }
    let regions = [MatchFixture.region("pl", settings), MatchFixture.region("de", settings)]
    let people = MatchFixture.people(90, seed: UInt64(seed))
    let applicants = Applicants(people, regions: regions, cohort: "c")
    let book = RuleBook(
      applicants,
      CohortFacts(
        everybody: people, earlier: [MatchFixture.tandem(1000, 1001, cohort: "old")],
        forbidden: [MatchFixture.pair(1002, 1003)]))
    let scores = ScoreBook(applicants)
    var found: [String] = []
    Candidates(applicants, rules: book, scores: scores).forEachPair { found.append("\($0) \($1) \($2)") }
    #expect(found == everyPair(applicants, book, scores))
  }

  @Test func aSiteMayStateItsOwnRules() {
    var region = MatchFixture.region("pl")
    var own = region.at()
    own.matching[LevelGapRule.least] = 3
    region.exceptions[.init(site: "Wrocław", cohort: nil)] = own
    let people = [
      MatchFixture.person(1, .mentor, level: 1), MatchFixture.person(2, .mentee, level: 2),
      MatchFixture.person(3, .mentor, site: "Wrocław", level: 1),
      MatchFixture.person(4, .mentee, site: "Wrocław", level: 2),
    ]
    let applicants = Applicants(people, regions: [region], cohort: "c")
    let candidates = Candidates(
      applicants, rules: RuleBook(applicants, CohortFacts(everybody: people)), scores: ScoreBook(applicants))
    #expect(candidates.count == 1)
  }
}
