import Basics
import Programme
import TestSupport
import Testing

@testable import Regions
@testable import Workshops

@Suite struct WorkshopPlannerTests {
  /// Every active mentor is in one group or named with a reason; rooms and sizes are kept.
  private func check(_ plan: WorkshopPlan, _ setup: TestWorkshop) {
    let members = plan.workshops.flatMap(\.groups).flatMap(\.members)
    let all = (members + plan.missing.map(\.person)).sorted()
    let active = Set(setup.tandems.filter { $0.status == .active }.map(\.mentor)).filter {
      setup.people[$0] != nil
    }
    #expect(all == active.sorted(), "each exactly once")
    #expect(plan.missing.allSatisfy { !$0.reason.isEmpty })
    let rooms = Dictionary(
      setup.region.workshop.venues.flatMap(\.rooms).map { ($0.name, $0.capacity) },
      uniquingKeysWith: { first, _ in first })
    for workshop in plan.workshops {
      for group in workshop.groups {
        #expect(setup.region.workshop.group.contains(group.members.count))
        #expect(group.members.count <= rooms[group.name] ?? .max)
        #expect(Set(group.members).isSubset(of: Set(workshop.attendees)))
      }
    }
    #expect(plan.bound <= plan.cost)
  }

  @Test func oneDateAndTwoGroupsForTwelve() throws {
    let setup = try TestWorkshop()
    let plan = try setup.plan()
    check(plan, setup)
    #expect(plan.workshops.count == 1)
    let workshop = plan.workshops[0]
    #expect(workshop.id == "c/pl/workshop-1")
    #expect(workshop.uid == "c-pl-workshop-1@pl.example.com")
    #expect(workshop.groups.map(\.name) == ["A", "B"])
    #expect(workshop.start.description == "2026-12-28T09:00:00+01:00")
    #expect(workshop.end.description == "2026-12-28T12:00:00+01:00")
    // A date, two groups of the ideal size, and three departments of four: two of each in a group.
    #expect(plan.cost == 60 + 2 * 20 + 2 * 3 * 4)
    #expect(plan.gap == "0.0%")
    #expect(plan.bound == plan.cost)
    #expect(try setup.plan() == plan)
  }

  @Test func calendarsHolidaysAndSessionsKeepPeopleAway() throws {
    var setup = try TestWorkshop()
    let aula = SiteKey(region: "pl", site: "Warszawa")
    setup.holidays[aula] = [try #require(LocalDate(iso8601: "2026-12-28"))]
    for mentor in ["pl:100", "pl:101"] { try setup.block(mentor, "2026-12-29", through: "2026-12-31") }
    let plan = try setup.plan()
    check(plan, setup)
    #expect(plan.workshops.map { $0.start.description.prefix(10) } == ["2027-01-01"])
    try setup.block("pl:100", "2026-12-01", through: "2027-01-31")
    let without = try setup.plan()
    check(without, setup)
    #expect(
      without.missing.map(\.reason) == ["2027-01-01 09:00 Aula: busy; free on none of the 8 candidates"])
  }

  @Test func aSessionInTheWayOfAMuchBetterDateMovesAndIsReported() throws {
    var setup = try TestWorkshop()
    for number in 100..<112 { try setup.block("pl:\(number)", "2026-12-29", through: "2027-01-31") }
    setup.region.workshop.starts = [540]
    let session = try setup.session("pl:103", at: "2026-12-28T10:00:00+01:00")
    setup.sessions = [session]
    let plan = try setup.plan()
    check(plan, setup)
    #expect(plan.collisions == [session])
    #expect(plan.missing == [])
    // Another time of the day costs nothing, so that nobody's session moves for it.
    setup.region.workshop.starts = [540, 810]
    #expect(try setup.plan().collisions == [])
    // What cannot move keeps its mentor away, and is named.
    setup.region.workshop.starts = [540]
    var input = setup.input
    input.fixedSessions = [session.id]
    let other = try WorkshopPlanner.plan(input).options[0]
    #expect(other.collisions == [])
    #expect(
      other.missing.map(\.reason).first?.hasPrefix(
        "2026-12-28 09:00 Aula: session 5 of c/pl:103+pl:103m cannot move") == true)
  }

  @Test func activeIsWhoseTandemRunsAndWhoHasHeldEnough() throws {
    var setup = try TestWorkshop(mentors: 8)
    setup.add("pl:200", status: .ended)
    setup.add("pl:201", status: .completed)
    setup.region.workshop.sessionsHeld = 1
    for number in 100..<107 {
      setup.sessions.append(
        try setup.session("pl:\(number)", number: 1, at: "2026-10-12T10:00:00+02:00", status: .held))
    }
    let outcome = try WorkshopPlanner.plan(setup.input)
    #expect(outcome.active == 7)
    #expect(outcome.inactive == 1)
    #expect(outcome.notes.map(\.message) == ["mentor pl:107 is not active: 0 of 1 session held"])
    #expect(Set(outcome.options[0].workshops.flatMap(\.attendees)).count == 7)
  }

  @Test func overCapacityThereAreSeveralDates() throws {
    var setup = try TestWorkshop(mentors: 20)
    let plan = try setup.plan()
    check(plan, setup)
    #expect(plan.workshops.count == 2)
    #expect(plan.missing == [])
    #expect(plan.workshops.map(\.id) == ["c/pl/workshop-1", "c/pl/workshop-2"])
    // One date alone: who finds no room is told so.
    setup.region.workshop.starts = [540]
    for number in 100..<120 { try setup.block("pl:\(number)", "2026-12-29", through: "2027-01-31") }
    let full = try setup.plan()
    check(full, setup)
    #expect(full.comers == 14)
    #expect(full.missing.map(\.reason) == Array(repeating: "2026-12-28 09:00 Aula: full", count: 6))
  }

  @Test func travelAndHalvesOfTheDayDecideWhereAndWhen() throws {
    var setup = try TestWorkshop(mentors: 0)
    for number in 0..<8 { setup.add("pl:\(300 + number)", site: "Wrocław") }
    setup.region.workshop.venues.append(
      .init(
        name: "Wrocław", site: "Wrocław",
        rooms: [.init(name: "W", capacity: 8), .init(name: "X", capacity: 8)]))
    for id in Array(setup.people.keys) { setup.people[id]?.attributes["preferredHalf"] = "afternoon" }
    let plan = try setup.plan()
    check(plan, setup)
    #expect(plan.workshops.map(\.venue) == ["Wrocław"])
    #expect(plan.workshops[0].start.description.contains("T13:30"))
  }

  @Test func optionsAreDifferentAndNeverBetterThanTheFirst() throws {
    var setup = try TestWorkshop()
    try setup.block("pl:100", "2026-12-28", through: "2026-12-28")
    let plans = try setup.plans(5)
    #expect(plans.count == 5)
    #expect(Set(plans.map { $0.workshops.map(\.start) }).count == 5)
    #expect(plans.map(\.cost) == plans.map(\.cost).sorted())
    for plan in plans { check(plan, setup) }
    #expect(plans[0].missing == [])
    let day = plans.first { $0.workshops[0].start.description.hasPrefix("2026-12-28") }
    if let day { #expect(day.missing.map(\.person) == [PersonID("pl:100")]) }
  }

  @Test func optionsHaveOtherDaysAndTheFirstIsTheCheapestOfAll() throws {
    var setup = try TestWorkshop(mentors: 16)
    setup.region.workshop.week = 14
    for number in 100..<104 { try setup.block("pl:\(number)", "2027-01-04", through: "2027-01-05") }
    let plans = try setup.plans(6)
    #expect(Set(plans.map { Set($0.workshops.map(\.start.date)) }).count == plans.count)
    #expect(plans.map(\.cost) == plans.map(\.cost).sorted())
    #expect(try setup.plan() == plans[0])
    for plan in plans {
      check(plan, setup)
      #expect((plan.sizes.max() ?? 0) - (plan.sizes.min() ?? 0) <= 1, "\(plan.sizes)")
    }
  }

  @Test func daysThatTheRegionAvoidsNeedToBeAskedFor() throws {
    var setup = try TestWorkshop()
    let (from, to) = (
      try #require(YearDay("12-23")), try #require(YearDay("12-30"))
    )
    setup.region.workshop.avoid = [YearSpan(from: from, until: to)]
    func days(_ plans: [WorkshopPlan]) -> [String] {
      plans.map { $0.workshops[0].start.date.description }.sorted()
    }
    #expect(days(try setup.plans(9)) == ["2026-12-31", "2027-01-01"])
    setup.only = [try #require(LocalDate(iso8601: "2026-12-28"))]
    #expect(days(try setup.plans(9)) == ["2026-12-28"])
    // Outside the window, too.
    setup.only = [try #require(LocalDate(iso8601: "2026-11-17"))]
    #expect(days(try setup.plans(9)) == ["2026-11-17"])
    setup.only = []
    setup.excluded = [try #require(LocalDate(iso8601: "2026-12-31"))]
    #expect(days(try setup.plans(9)) == ["2027-01-01"])
    setup.excluded.formUnion((1...3).compactMap { LocalDate(year: 2027, month: 1, day: $0) })
    #expect(
      setup.refusal()
        == "region pl: every day from 2026-12-28 to 2027-01-03 is left out by --not or avoided by `workshop.avoid`; ask "
        + "for one with --on, move `workshop.week`, or raise `workshop.spread`")
  }

  @Test func anAvoidedSpanGoesOverTheEndOfTheYear() throws {
    let span = YearSpan(from: try #require(YearDay("12-23")), until: try #require(YearDay("01-06")))
    let days = [
      "2026-12-22", "2026-12-23", "2026-12-31", "2027-01-01", "2027-01-06", "2027-01-07", "2027-06-01",
    ]
    #expect(
      try days.map { span.contains(try #require(LocalDate(iso8601: $0))) }
        == [false, true, true, true, true, false, false])
  }

  @Test func aBridgeDayCostsAndIsNamed() throws {
    var setup = try TestWorkshop()
    setup.holidays[SiteKey(region: "pl", site: "Warszawa")] = [try #require(LocalDate(iso8601: "2026-12-31"))]
    let bridge = try #require(LocalDate(iso8601: "2027-01-01"))
    let plans = try setup.plans(9)
    #expect(plans.last?.workshops[0].start.date == bridge)
    #expect(plans.last?.cost == plans[0].cost + 60)
    #expect(plans.last?.notes.map(\.code) == ["bridge-day"])
    #expect(plans[0].notes.isEmpty)
  }

  @Test func groupsAreNearTheirIdealSizeAndOfOneSize() throws {
    var setup = try TestWorkshop(mentors: 24)
    setup.region.workshop.venues = [
      .init(
        name: "Aula", site: "Warszawa", rooms: (1...6).map { .init(name: "R\($0)", capacity: 8) })
    ]
    let plan = try setup.plan()
    check(plan, setup)
    #expect(plan.sizes == [6, 6, 6, 6])
    setup.region.workshop.idealSize = 8
    #expect(try setup.plan().sizes == [8, 8, 8])
  }

  @Test func noMoreGroupsMeetAtOnceThanModeratorsAreFree() throws {
    var setup = try TestWorkshop()
    setup.add("pl:900", status: .ended)
    setup.region.workshop.moderators = [PersonID("pl:900")]
    let plan = try setup.plan()
    check(plan, setup)
    #expect(plan.workshops.map(\.groups.count) == [1, 1], "two dates of one group")
    #expect(plan.workshops.flatMap(\.groups).allSatisfy { $0.moderator == PersonID("pl:900") })
    // Where none is ever free, the workshop is held, and the want is named.
    try setup.block("pl:900", "2026-12-01", through: "2027-01-31")
    let without = try setup.plan()
    #expect(without.workshops.map(\.groups.count) == [2])
    #expect(without.notes.map(\.code) == ["no-moderator", "no-moderator"])
  }

  @Test func moderatorsWhoAreMentorsSitApart() throws {
    var setup = try TestWorkshop()
    setup.region.workshop.moderators = [PersonID("pl:100"), PersonID("pl:103")]
    let plan = try setup.plan()
    #expect(Set(plan.workshops.flatMap(\.groups).compactMap(\.moderator)).count == 2)
  }

  @Test func atAHybridVenueOtherSitesJoinOnLine() throws {
    var setup = try TestWorkshop(mentors: 6)
    for number in 0..<2 { setup.add("pl:\(300 + number)", site: "Wrocław") }
    let travelling = try setup.plan()
    #expect(travelling.workshops.map(\.online) == [[]])
    setup.region.workshop.venues[0].isHybrid = true
    let hybrid = try setup.plan()
    check(hybrid, setup)
    #expect(hybrid.workshops.map(\.online) == [[PersonID("pl:300"), PersonID("pl:301")]])
    #expect(hybrid.cost == travelling.cost - 2 * (3 - 1))
  }

  @Test func aLateCancellationMovesNobodyElse() throws {
    var setup = try TestWorkshop(mentors: 20)
    let before = try setup.plan()
    setup.previous = before.workshops
    #expect(try setup.plan().workshops == before.workshops)
    // One is away all week: the others stay in their groups.
    let ill = before.workshops[0].groups[0].members[0]
    try setup.block(ill.text, "2026-12-01", through: "2027-01-31")
    let after = try setup.plan()
    #expect(after.missing.map(\.person) == [ill])
    func groups(_ plan: WorkshopPlan) -> [String: [PersonID]] {
      Dictionary(
        uniqueKeysWithValues: plan.workshops.flatMap { workshop in
          workshop.groups.map { ("\(workshop.id) \($0.name)", $0.members.filter { $0 != ill }) }
        })
    }
    #expect(groups(after) == groups(before))
    #expect(after.workshops.map(\.uid) == before.workshops.map(\.uid))
    #expect(after.workshops.map(\.sequence) == [0, 0])
  }

  @Test func aWorkshopThatMustMoveKeepsItsNameAndCounts() throws {
    var setup = try TestWorkshop()
    let before = try setup.plan()
    setup.previous = before.workshops
    setup.holidays[SiteKey(region: "pl", site: "Warszawa")] = [before.workshops[0].start.date]
    let after = try setup.plan()
    #expect(after.workshops.count == 1)
    #expect(after.workshops[0].id == before.workshops[0].id)
    #expect(after.workshops[0].uid == before.workshops[0].uid)
    #expect(after.workshops[0].sequence == 1)
    #expect(after.workshops[0].start != before.workshops[0].start)
  }

  /// Berlin, New York and Kolkata: 15:00 to 17:00 in Berlin is 9:00 in New York and 19:30 in Kolkata.
  @Test func onlineOverThreeContinentsLandsInEverybodysHours() throws {
    var setup = try TestWorkshop(mentors: 3)
    for number in 0..<3 { setup.add("pl:\(400 + number)", zone: "America/New_York") }
    for number in 0..<3 { setup.add("pl:\(500 + number)", zone: "Asia/Kolkata") }
    setup.region.workshop.venues = [.init(name: "Call", isOnline: true, capacity: 30)]
    setup.region.workshop.length = 60
    setup.region.workshop.group = 5...9
    // From 9 to 22 in Kolkata, from 8 to 18 elsewhere.
    for number in 0..<3 {
      setup.people[PersonID("pl:\(500 + number)")]?.workingHours = WorkingHours(
        days: Weekday.allCases.prefix(5), span: ClockSpan(540..<1320))
    }
    let plan = try setup.plan()
    #expect(plan.missing == [])
    #expect(plan.workshops.count == 1)
    #expect(plan.workshops[0].start.description == "2026-12-28T14:00:00+01:00")
    // Those who stop at 18:00 cannot; the others meet, and it says whom it does not suit.
    for number in 0..<3 { setup.people[PersonID("pl:\(500 + number)")]?.workingHours = nil }
    let partly = try setup.plan()
    check(partly, setup)
    #expect(partly.missing.count == 3)
    #expect(partly.missing.allSatisfy { $0.reason.contains("outside working hours") })
  }

  @Test func eachRefusalSaysWhatToDo() throws {
    var setup = try TestWorkshop(mentors: 1)
    #expect(
      setup.refusal()
        == "region pl has 1 active mentor, and a group has at least 4; lower `workshop.group.least`, or hold one "
        + "workshop with another region (--together)")
    setup = try TestWorkshop(mentors: 0)
    #expect(setup.refusal() == "region pl has no mentor in a tandem of the cohort; run tandem-match first")
    setup = try TestWorkshop(mentors: 5)
    setup.region.workshop.sessionsHeld = 2
    #expect(
      setup.refusal()
        == "no mentor of region pl is active (0 of 5); lower `workshop.sessions-held`, or plan later")
    setup = try TestWorkshop(mentors: 5)
    for number in 100..<105 { try setup.block("pl:\(number)", "2026-12-01", through: "2027-01-31") }
    #expect(
      setup.refusal()
        == "region pl: nobody is free on any date from 2026-12-28 to 2027-01-03; raise `workshop.spread`, or add to "
        + "`workshop.starts`")
    setup.busy[PersonID("pl:100")] = nil
    setup.busy[PersonID("pl:101")] = nil
    #expect(
      setup.refusal()
        == "region pl: at most 2 mentors can come to one date from 2026-12-28 to 2027-01-03 (2026-12-28 09:00 Aula), and "
        + "a group has at least 4; raise `workshop.spread`, add to `workshop.starts`, or lower `workshop.group.least`"
    )
    setup = try TestWorkshop()
    let days = try (0..<7).map { try #require(LocalDate(iso8601: "2026-12-28")).adding(days: $0) }
    for site in ["Warszawa", "Wrocław"] { setup.holidays[SiteKey(region: "pl", site: site)] = Set(days) }
    #expect(
      setup.refusal()
        == "region pl: every day from 2026-12-28 to 2027-01-03 is a holiday or a weekend; move `workshop.week`, or raise "
        + "`workshop.spread`")
    setup = try TestWorkshop()
    setup.region.workshop.venues = []
    #expect(setup.refusal()?.hasPrefix("region pl names no venue; add `workshop: {venues:") == true)
    setup = try TestWorkshop()
    setup.now = Timestamp(rfc3339: "2027-02-01T09:00:00+01:00")
    #expect(
      setup.refusal()
        == "region pl: the last day for the workshop was 2027-01-03; move `workshop.week`, or raise `workshop.spread`"
    )
    setup = try TestWorkshop()
    setup.region.cohorts = []
    #expect(setup.refusal() == "no region declares a cohort; add c to `cohorts` in region.yaml")
  }
}
