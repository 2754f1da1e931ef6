import Calendars
import Programme
import TestSupport
import Testing

@testable import Regions
@testable import Scheduling

/// What people want of a plan, on cohorts whose best plan is plain to see.
@Suite struct ObjectiveTests {
  private func cohort(_ count: Int) throws -> TestCohort {
    var cohort = try TestCohort()
    for number in 0..<count { cohort.add("pl:m\(number)", "pl:t\(number)") }
    return cohort
  }

  private func busy(_ first: String, _ last: String) -> BusyTime { BusyTime([.days(first, through: last)]) }

  /// Twelve tandems of one site, all calendars empty.
  @Test func everyTandemHasItsOwnWeekdayAndHour() throws {
    let plan = try CohortPlanner.plan(cohort(12).input)
    #expect(plan.sessions.count == 120)
    let tandems = Dictionary(grouping: plan.sessions, by: \.tandem).values
    for sessions in tandems {
      let weekdays = Dictionary(grouping: sessions, by: \.start.date.weekday).values.map(\.count)
      let times = Dictionary(grouping: sessions, by: \.start.minuteOfDay).values.map(\.count)
      #expect((weekdays.max() ?? 0) >= 8)
      #expect((times.max() ?? 0) >= 9)
    }
    let firsts = tandems.compactMap { $0.first?.start.date }
    #expect(Set(firsts).count >= 6)
    #expect(Set(tandems.compactMap { $0.first?.start.minuteOfDay }).count >= 4)
    #expect(Set(tandems.compactMap { $0.first?.start.date.weekday }).count >= 3)
    #expect(plan.sessions.allSatisfy { $0.start.minuteOfDay >= 540 && $0.end.minuteOfDay <= 1020 })
    #expect(plan.sessions.allSatisfy { $0.end.minuteOfDay <= 720 || $0.start.minuteOfDay >= 780 })
    #expect(plan.words.regular == 12)
    #expect(plan.words.text(sessions: 120).hasPrefix("120 sessions. All 12 tandems meet at a regular time."))
  }

  @Test func nobodyMeetsAtTheEndOfTheYear() throws {
    let plan = try CohortPlanner.plan(cohort(20).input)
    let span = LocalDate.of("2026-12-23")...LocalDate.of("2027-01-01")
    #expect(plan.sessions.allSatisfy { !span.contains($0.start.date) })
    #expect(plan.words.text(sessions: 200).hasSuffix(" Nobody meets from 2026-12-23 to 2027-01-01."))
  }

  /// Where nothing else is left, the days are used, and the report says so.
  @Test func avoidedDaysAreUsedRatherThanNone() throws {
    var cohort = try cohort(1)
    cohort.region.frame.sessions = 2
    var input = cohort.input
    input.busy[PersonID("pl:m0")] = busy("2026-10-01", "2026-12-27").union(busy("2027-01-05", "2027-04-10"))
    let plan = try CohortPlanner.plan(input)
    #expect(plan.sessions.count == 2)
    #expect(plan.sessions[0].cost.avoid == 20_000)
    #expect(
      plan.words.text(sessions: 2).hasSuffix(
        "1 session lies from 2026-12-23 to 2027-01-01 (year's end): no other day keeps the rules."))
  }

  /// One tandem alone: the plan is the optimum, and the parts of its sessions are what it costs.
  @Test func onePlanIsProvedBest() throws {
    let plan = try CohortPlanner.plan(cohort(1).input)
    #expect(plan.bound == plan.cost)
    #expect(plan.cost == plan.sessions.reduce(0) { $0 + $1.cost.total })
  }

  @Test func aMeetingRightBeforeCosts() throws {
    let first = try CohortPlanner.plan(cohort(1).input)
    let session = first.sessions[3]
    #expect(session.cost.buffer == 0)
    var input = try cohort(1).input
    // One before and one after, of both: all that is beside that start.
    let beside = [
      MinuteInterval(start: session.start.minute - 60, end: session.start.minute - 5),
      MinuteInterval(start: session.end.minute + 14, end: session.end.minute + 60),
    ]
    input.busy = [PersonID("pl:m0"): BusyTime(beside), PersonID("pl:t0"): BusyTime(beside)]
    let again = try CohortPlanner.plan(input)
    let moved = try #require(again.sessions.first { $0.number == session.number })
    #expect(
      moved.start == session.start ? moved.cost.buffer == 8 : moved.cost.total <= session.cost.total + 8)
    // Fifteen minutes away is far enough.
    input.busy = [
      PersonID("pl:m0"): BusyTime([
        MinuteInterval(start: session.start.minute - 60, end: session.start.minute - 15),
        MinuteInterval(start: session.end.minute + 15, end: session.end.minute + 60),
      ])
    ]
    #expect(try CohortPlanner.plan(input).sessions == first.sessions)
  }

  @Test func aBridgeDayCosts() throws {
    let first = try CohortPlanner.plan(cohort(1).input)
    let home = first.sessions[0].start.date.weekday
    let session = try #require(first.sessions.first { $0.start.date.weekday == home })
    let date = session.start.date
    var input = try cohort(1).input
    // The days beside it are holidays: it is a bridge, be it a Monday or a Wednesday.
    input.holidays[SiteKey(region: "pl", site: "Warszawa")] = [date.adding(days: -1), date.adding(days: 1)]
    let plan = try CohortPlanner.plan(input)
    #expect(plan.sessions.allSatisfy { $0.start.date != date || $0.cost.avoid == 60 })
    #expect(plan.cost > first.cost)
    #expect(plan.cost <= first.cost + 60)
  }

  /// More tandems than the cap leaves room for on one day: some move, and what stays beyond the cap says so.
  @Test func aDayIsNotOverloaded() throws {
    let cohort = try cohort(60)
    let plan = try CohortPlanner.plan(cohort.input)
    let days = Dictionary(grouping: plan.sessions, by: \.start.date)
    // 600 sessions on about 124 days: 1.5 times the average is 8.
    #expect(days.values.allSatisfy { $0.count <= 9 })
    let crowded = days.values.reduce(0) { $0 + max(0, $1.count - 8) }
    #expect(plan.sessions.reduce(0) { $0 + $1.cost.load } == crowded * 60)
  }

  // MARK: - The gap

  /// The mentor is away for 38 days in January.
  private func away(soft: Bool) throws -> CohortPlan {
    var cohort = try cohort(1)
    cohort.region.frame.softUpperGap = soft
    var input = cohort.input
    input.busy[PersonID("pl:m0")] = busy("2027-01-01", "2027-02-07")
    return try CohortPlanner.plan(input)
  }

  @Test func aHardGapThatSqueezesTheTermIsReportedWithItsRemedy() throws {
    let plan = try away(soft: false)
    #expect(plan.sessions.count == 10)
    let squeeze = try #require(plan.words.squeezes.first)
    #expect(plan.words.squeezes.count == 1)
    #expect(squeeze.text.contains("three sessions from "))
    #expect(squeeze.text.contains("no session after "))
    #expect(squeeze.text.contains("; allow one gap of "))
    #expect(plan.words.text(sessions: 10).contains("; 1 is squeezed."))
  }

  @Test func aSoftGapIsExceededInstead() throws {
    let plan = try away(soft: true)
    #expect(plan.sessions.count == 10)
    #expect(plan.sessions.count { $0.start.date > .of("2027-02-01") } >= 3)
    #expect(plan.sessions.contains { $0.cost.gap > 0 })
    let hard = try away(soft: false)
    #expect(plan.cost * 5 < hard.cost)
  }

  // MARK: - Changes

  /// A fortnight's illness moves what falls into it; every other session stays, and all keep their ideal days.
  @Test func idealsStay() throws {
    let cohort = try cohort(3)
    let first = try CohortPlanner.plan(cohort.input)
    #expect(first.sessions.allSatisfy { $0.ideal != nil })
    var input = cohort.input
    input.previous = first.sessions
    input.now = Timestamp(rfc3339: "2026-11-02T08:00:00+01:00")
    input.busy[PersonID("pl:t1")] = busy("2026-11-16", "2026-11-29")
    let again = try CohortPlanner.plan(input)
    #expect(again.sessions.map(\.ideal) == first.sessions.map(\.ideal))
    let hit = LocalDate.of("2026-11-16")...LocalDate.of("2026-11-29")
    for (old, new) in zip(first.sessions, again.sessions) {
      let isHit = old.tandem.text.hasSuffix("pl:t1") && hit.contains(old.start.date)
      #expect((old.start == new.start) == !isHit)
    }
    // A late holiday: those of that day move, and nobody else.
    let day = try #require(first.sessions.first { $0.start.date > .of("2027-01-10") }).start.date
    input.busy = [:]
    input.holidays[SiteKey(region: "pl", site: "Warszawa")] = [day]
    let late = try CohortPlanner.plan(input)
    let moved = zip(first.sessions, late.sessions).filter { $0.start != $1.start }
    #expect(!moved.isEmpty)
    #expect(moved.allSatisfy { $0.0.start.date == day })
    #expect(late.sessions.map(\.ideal) == first.sessions.map(\.ideal))
  }

  /// Who starts in November has a rhythm over what is left.
  @Test func aLateStarterHasTargetsOfItsOwn() throws {
    var input = try cohort(1).input
    input.now = Timestamp(rfc3339: "2026-11-23T08:00:00+01:00")
    let plan = try CohortPlanner.plan(input)
    let ideals = plan.sessions.compactMap(\.ideal)
    #expect(ideals.count == 10)
    #expect(ideals.allSatisfy { $0 >= .of("2026-11-23") })
    #expect(plan.words.squeezes.isEmpty)
  }
}
