import Programme
import Testing

@testable import Matching
@testable import Regions

/// Each rule: what it allows, what it forbids, what it says, and what happens when its fact is missing.
@Suite struct RulesTests {
  private typealias Change = @Sendable (inout MatchingSettings) -> Void

  /// The findings on mentor 1 and mentee 2.
  private func findings(
    _ mentor: Person, _ mentee: Person, others: [Person] = [], earlier: [Tandem] = [], running: [Tandem] = [],
    forbidden: [IdentifierPair] = [], regions: [Region]? = nil,
    _ change: (inout MatchingSettings) -> Void = { _ in }
  ) -> [Finding] {
    let people = [mentor, mentee] + others
    let applicants = Applicants(
      people, regions: regions ?? [MatchFixture.region("pl", change)], cohort: "2026-autumn")
    let book = RuleBook(
      applicants,
      CohortFacts(everybody: people, earlier: earlier, running: running, forbidden: forbidden))
    let scores = ScoreBook(applicants)
    guard let first = applicants.index(of: mentor.id), let second = applicants.index(of: mentee.id) else {
      return []
    }
    return book.findings(mentor: first, mentee: second) { scores.score(mentor: first, mentee: second) }
  }

  private func forbidden(_ rule: String, _ reason: String) -> [Finding] {
    [Finding(rule: rule, standing: .forbidden, reason: reason)]
  }

  /// The rule's standing for each mode, when a fact is missing.
  private func expectUnknown(
    _ rule: String, _ reason: String, _ mentor: Person, _ mentee: Person,
    _ change: @escaping (inout MatchingSettings) -> Void = { _ in }
  ) {
    for mode in WhenUnknown.allCases {
      let found = findings(mentor, mentee) {
        change(&$0)
        $0.unknown[rule] = mode
      }
      let expected: [Finding] =
        switch mode {
        case .allow: []
        case .warn: [Finding(rule: rule, standing: .warned, reason: reason)]
        case .forbid: forbidden(rule, reason)
        }
      #expect(found == expected, "\(rule) \(mode)")
    }
  }

  private let mentor = MatchFixture.person(1, .mentor)
  private let mentee = MatchFixture.person(2, .mentee)

  @Test func withoutObjectionsThereAreNoFindings() {
    #expect(findings(mentor, mentee) == [])
  }

  @Test func role() {
    #expect(findings(mentee, mentor) == forbidden("role", "pl:2 applied as mentee"))
    #expect(findings(mentor, MatchFixture.person(2, .mentor)) == forbidden("role", "pl:2 applied as mentor"))
    #expect(findings(MatchFixture.person(1, .either), MatchFixture.person(2, .either)) == [])
  }

  @Test func site() {
    let far = MatchFixture.person(2, .mentee, site: "Wrocław")
    #expect(findings(mentor, far) == forbidden("site", "two sites, Warszawa and Wrocław"))
    #expect(findings(mentor, far) { $0[SiteRule.remote] = true } == [])
    expectUnknown("site", "the site of pl:2 is unknown", mentor, MatchFixture.person(2, .mentee, site: ""))
  }

  @Test func twoRegionsMeetWhereBothAllowIt() {
    let abroad = MatchFixture.person(2, .mentee, region: "de")
    func regions(_ pl: Bool, _ de: Bool) -> [Region] {
      [
        MatchFixture.region("pl") { $0[SiteRule.remote] = pl },
        MatchFixture.region("de") { $0[SiteRule.remote] = de },
      ]
    }
    for (pl, de) in [(false, false), (true, false), (false, true)] {
      #expect(
        findings(mentor, abroad, regions: regions(pl, de)) == forbidden("site", "two regions, pl and de"))
    }
    #expect(findings(mentor, abroad, regions: regions(true, true)) == [])
  }

  @Test func theStricterRegionOfTwoDecides() {
    let abroad = MatchFixture.person(2, .mentee, region: "de", level: 3)
    let own = MatchFixture.person(1, .mentor, level: 2)
    let regions = [
      MatchFixture.region("pl") { $0[SiteRule.remote] = true },
      MatchFixture.region("de") {
        $0[SiteRule.remote] = true
        $0[LevelGapRule.least] = 2
      },
    ]
    #expect(
      findings(own, abroad, regions: regions)
        == forbidden("level-gap", "mentor of level 2, mentee of level 3, at least 2 apart"))
  }

  @Test func language() {
    let pole = MatchFixture.person(1, .mentor, languages: ["pl"])
    let german = MatchFixture.person(2, .mentee, languages: ["de-AT", "hu"])
    #expect(
      findings(pole, german) { $0[LanguageRule.common] = true }
        == forbidden("language", "no common language: pl and de-AT, hu"))
    #expect(findings(pole, german) == [])
    let speaker = MatchFixture.person(1, .mentor, languages: ["de"])
    #expect(findings(speaker, german) { $0[LanguageRule.common] = true } == [])
    expectUnknown("language", "the languages of pl:2 are unknown", pole, mentee) {
      $0[LanguageRule.common] = true
    }
  }

  @Test(arguments: [
    ("IT/Apps", "IT/Net", 0, true), ("IT/Apps", "IT/Net", 1, false), ("IT/Apps", "IT/Net", 2, true),
    ("IT/Apps", "Sales", 1, true), ("IT", "IT/Apps", 2, false), ("IT/Apps/x", "IT/Apps/y", 2, false),
  ]) func department(_ a: String, _ b: String, _ depth: Int, _ isAllowed: Bool) {
    let found = findings(
      MatchFixture.person(1, .mentor, department: a), MatchFixture.person(2, .mentee, department: b)
    ) { $0[DepartmentRule.depth] = depth }
    #expect(found.map(\.rule) == (isAllowed ? [] : ["department"]))
  }

  @Test func departmentSaysWhichAndWhatIsMissing() {
    let own = MatchFixture.person(1, .mentor, department: "IT/Apps/x")
    #expect(
      findings(own, MatchFixture.person(2, .mentee, department: "IT/Apps/y")) { $0[DepartmentRule.depth] = 2 }
        == forbidden("department", "both in IT/Apps"))
    expectUnknown("department", "the department of pl:2 is unknown", own, mentee) {
      $0[DepartmentRule.depth] = 1
    }
  }

  @Test func reportingLine() {
    let junior = MatchFixture.person(1, .mentor, manager: 3)
    let between = MatchFixture.person(3, .mentee, manager: 2)
    let senior = MatchFixture.person(2, .mentee, manager: 9)
    func rule(_ steps: Int) -> [Finding] {
      findings(junior, senior, others: [between]) { $0[ReportingLineRule.steps] = steps }
    }
    #expect(rule(2) == forbidden("reporting-line", "pl:2 is 2 steps above pl:1"))
    #expect(rule(1) == [])
    #expect(
      findings(junior, between, others: [senior]) { $0[ReportingLineRule.steps] = 1 }
        == forbidden("reporting-line", "pl:3 is the manager of pl:1"))
    // The other chain: a mentor who leads the mentee.
    let led = MatchFixture.person(4, .mentee, manager: 1)
    #expect(
      findings(junior, led) { $0[ReportingLineRule.steps] = 2 }
        == forbidden("reporting-line", "pl:1 is the manager of pl:4"))
    // A manager who is of no region at work still links the chain.
    let stranger = MatchFixture.person(3, .mentee, region: "pl", manager: 2)
    #expect(
      findings(junior, senior, others: [stranger]) { $0[ReportingLineRule.steps] = 2 }.map(\.rule) == [
        "reporting-line"
      ]
    )
    expectUnknown(
      "reporting-line", "the manager of pl:2 is unknown", MatchFixture.person(1, .mentor, manager: 9), mentee
    ) { $0[ReportingLineRule.steps] = 2 }
  }

  @Test func aCircleOfManagersEnds() {
    let a = MatchFixture.person(1, .mentor, manager: 3)
    let b = MatchFixture.person(2, .mentee, manager: 2)
    let c = MatchFixture.person(3, .mentee, manager: 1)
    #expect(findings(a, b, others: [c]) { $0[ReportingLineRule.steps] = 100 } == [])
  }

  @Test func levelGap() {
    let low = MatchFixture.person(1, .mentor, level: 3)
    let high = MatchFixture.person(2, .mentee, level: 5)
    #expect(findings(low, high) { $0[LevelGapRule.least] = 2 } == [])
    #expect(
      findings(low, high) { $0[LevelGapRule.least] = 3 }
        == forbidden("level-gap", "mentor of level 3, mentee of level 5, at least 3 apart"))
    #expect(
      findings(MatchFixture.person(1, .mentor, level: .max), MatchFixture.person(2, .mentee, level: .min)) {
        $0[LevelGapRule.least] = 0
      }.map(\.rule) == ["level-gap"])
    expectUnknown("level-gap", "the level of pl:2 is unknown", low, mentee) { $0[LevelGapRule.least] = 1 }
  }

  @Test func neverATandemBefore() {
    let before = MatchFixture.tandem(1, 2, cohort: "2025-spring", status: .completed)
    #expect(
      findings(mentor, mentee, earlier: [before])
        == forbidden("earlier-tandem", "a tandem before, in 2025-spring"))
    let turned = MatchFixture.tandem(2, 1, cohort: "2025-spring")
    #expect(findings(mentor, mentee, earlier: [turned]).map(\.rule) == ["earlier-tandem"])
    #expect(findings(mentor, mentee, earlier: [MatchFixture.tandem(1, 9, cohort: "x")]) == [])
  }

  @Test func acquainted() {
    #expect(
      findings(MatchFixture.person(1, .mentor, acquainted: [7, 2]), mentee)
        == forbidden("acquainted", "pl:1 declared to know pl:2"))
    #expect(
      findings(mentor, MatchFixture.person(2, .mentee, acquainted: [1]))
        == forbidden("acquainted", "pl:2 declared to know pl:1"))
  }

  @Test func capacity() {
    #expect(
      findings(mentor, MatchFixture.person(2, .mentee, capacity: 0))
        == forbidden("capacity", "pl:2 takes no tandem"))
    let busy = [MatchFixture.tandem(1, 9, cohort: "2026-summer", status: .active)]
    #expect(findings(mentor, mentee, running: busy) == forbidden("capacity", "pl:1 is in 1 tandem already"))
    #expect(findings(MatchFixture.person(1, .mentor, capacity: 2), mentee, running: busy) == [])
    #expect(findings(mentor, mentee, running: busy) { $0[CapacityRule.mentor] = 2 } == [])
    #expect(findings(mentor, MatchFixture.person(2, .mentee, capacity: -5)).map(\.rule) == ["capacity"])
  }

  @Test func consent() {
    #expect(
      findings(mentor, MatchFixture.person(2, .mentee, consent: false))
        == forbidden("consent", "pl:2 did not agree to take part"))
    expectUnknown(
      "consent", "whether pl:2 agreed to take part is unknown", mentor,
      MatchFixture.person(2, .mentee, consent: nil))
  }

  @Test func forbiddenByHR() {
    #expect(
      findings(mentor, mentee, forbidden: [MatchFixture.pair(1, 2)])
        == forbidden("forbidden", "HR forbade the two"))
    #expect(findings(mentor, mentee, forbidden: [MatchFixture.pair(2, 1)]).map(\.rule) == ["forbidden"])
    #expect(findings(mentor, mentee, forbidden: [MatchFixture.pair(1, 3)]) == [])
  }

  @Test func floorsAreJudgedWhereNothingElseForbids() {
    let wishful = MatchFixture.person(2, .mentee, learn: ["video"])
    #expect(
      findings(mentor, wishful) { $0[ScoreFloor.taught.least] = 500 }
        == forbidden("floor-taught", "taught is 0, at least 500 is asked"))
    #expect(
      findings(mentor, wishful) { $0[ScoreFloor.returned.least] = 1 }
        == forbidden("floor-returned", "returned is 0, at least 1 is asked"))
    #expect(
      findings(MatchFixture.person(1, .mentor, teach: ["video"]), wishful) {
        $0[ScoreFloor.taught.least] = 1000
      } == [])
    #expect(
      findings(MatchFixture.person(1, .mentor, consent: false), wishful) { $0[ScoreFloor.taught.least] = 500 }
        .map(\.rule)
        == ["consent"])
  }

  @Test func aRegionAddsRulesByConfiguration() {
    let one = MatchFixture.person(1, .mentor, level: 1, attributes: ["costCentre": "7", "floor": "3"])
    let same = MatchFixture.person(2, .mentee, level: 2, attributes: ["costCentre": "7", "floor": "5"])
    let other = MatchFixture.person(2, .mentee, level: 3, attributes: ["costCentre": "8"])
    func rules(_ test: ExtraRule.Test) -> (inout MatchingSettings) -> Void {
      { $0.extraRules = [ExtraRule(name: "own", test: test)] }
    }
    #expect(
      findings(one, same, rules(.forbidSame(attribute: "costCentre")))
        == forbidden("own", "costCentre of both is 7"))
    #expect(findings(one, other, rules(.forbidSame(attribute: "costCentre"))) == [])
    #expect(
      findings(one, other, rules(.requireSame(attribute: "costCentre")))
        == forbidden("own", "costCentre is 7 and 8"))
    let gap = rules(.require(measure: "level-gap", comparison: ">=", value: 2))
    #expect(findings(one, same, gap) == forbidden("own", "level-gap is 1, >= 2 is asked"))
    #expect(findings(one, other, gap) == [])
    #expect(findings(one, same, rules(.require(measure: "floor-gap", comparison: "==", value: 2))) == [])
    expectUnknown(
      "own", "the costCentre of pl:2 is unknown", one, mentee, rules(.forbidSame(attribute: "costCentre")))
    expectUnknown("own", "the level-gap of pl:2 is unknown", one, mentee, gap)
  }

  @Test func aRegionRequiresDistanceAndCommonInterests() {
    let one = MatchFixture.person(1, .mentor, department: "IT/Apps", interests: ["video", "blog"])
    let near = MatchFixture.person(2, .mentee, department: "IT/Net", interests: ["blog", "e-bike"])
    let far = MatchFixture.person(2, .mentee, department: "Sales", interests: ["e-bike"])
    func require(_ measure: String, _ value: Int) -> (inout MatchingSettings) -> Void {
      {
        $0.extraRules = [
          ExtraRule(name: "own", test: .require(measure: measure, comparison: ">=", value: value))
        ]
      }
    }
    #expect(
      findings(one, near, require("department-distance", 3))
        == forbidden("own", "department-distance is 2, >= 3 is asked"))
    #expect(findings(one, far, require("department-distance", 3)) == [])
    #expect(findings(one, near, require("shared-interests", 1)) == [])
    #expect(
      findings(one, far, require("shared-interests", 1))
        == forbidden("own", "shared-interests is 0, >= 1 is asked"))
    expectUnknown(
      "own", "the shared-interests of pl:2 is unknown", one, mentee, require("shared-interests", 1))
  }

  @Test func theReachOfTheRegionThatObjectsIsTold() {
    let junior = MatchFixture.person(1, .mentor, manager: 3)
    let between = MatchFixture.person(3, .mentee, region: "de", manager: 2)
    var senior = MatchFixture.person(2, .mentee, region: "de", manager: 9)
    senior.id = PersonID("de:2")
    var middle = between
    middle.id = PersonID("pl:3")
    middle.manager = senior.id
    let regions = [
      MatchFixture.region("pl") {
        $0[SiteRule.remote] = true
        $0[ReportingLineRule.steps] = 2
      },
      MatchFixture.region("de") { $0[SiteRule.remote] = true },
    ]
    #expect(
      findings(junior, senior, others: [middle], regions: regions)
        == forbidden("reporting-line", "de:2 is 2 steps above pl:1"))
    // The one above has the longer reach.
    let turned = [
      MatchFixture.region("pl") { $0[SiteRule.remote] = true },
      MatchFixture.region("de") {
        $0[SiteRule.remote] = true
        $0[ReportingLineRule.steps] = 2
      },
    ]
    #expect(
      findings(junior, senior, others: [middle], regions: turned)
        == forbidden("reporting-line", "de:2 is 2 steps above pl:1"))
  }

  @Test(arguments: [
    (">=", [false, true, true]), ("<=", [true, true, false]), ("==", [false, true, false]),
    ("!=", [true, false, true]), (">", [false, false, true]), ("<", [true, false, false]),
    ("~", [false, false, false]),
  ]) func comparisonsMeanWhatTheySay(_ comparison: String, _ holds: [Bool]) {
    for (gap, isAllowed) in zip([1, 2, 3], holds) {
      let found = findings(
        MatchFixture.person(1, .mentor, level: 1), MatchFixture.person(2, .mentee, level: 1 + gap)
      ) {
        $0.extraRules = [
          ExtraRule(name: "x", test: .require(measure: "level-gap", comparison: comparison, value: 2))
        ]
      }
      #expect(found.isEmpty == isAllowed, "\(gap) \(comparison) 2")
    }
  }
}
