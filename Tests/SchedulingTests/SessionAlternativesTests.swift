import Basics
import Calendars
import Programme
import TestSupport
import Testing

@testable import Regions
@testable import Scheduling

@Suite struct SessionAlternativesTests {
  private static let start = LocalDate.of("2026-10-05")

  /// Two zones, full calendars, two rooms: what is told is held against the rules by code that shares nothing with the search,
  /// and no day has a better start.
  @Test(arguments: 0..<6) func everyRuleHoldsAndNoDayHasABetterStart(_ seed: Int) throws {
    var random = SplitMix(seed: UInt64(seed))
    var cohort = try TestCohort()
    for mentee in 0..<5 {
      cohort.add(
        "pl:m\(mentee / 2)", "pl:t\(mentee)", mentorZone: seed % 2 == 0 ? "Europe/Warsaw" : "Europe/London")
    }
    let isRoomed = seed % 3 == 0
    if isRoomed {
      cohort.region.scheduling.place = .room
      cohort.region.sites[0].rooms = ["Blue", "Red"].map {
        Room(name: $0, email: nil, capacity: 2, calendar: nil)
      }
    }
    var input = cohort.input
    let begin = Self.start.daysSinceEpoch * 1440
    for id in cohort.people.keys.sorted() {
      input.busy[id] = BusyTime(
        (0..<400).map { _ in
          let from = begin + random.below(182 * 48) * 30
          return MinuteInterval(start: from, end: from + 30 * (1 + random.below(6)))
        })
    }
    let sessions = try CohortPlanner.plan(input).sessions
    input.previous = sessions
    let now = begin + 30 * 1440 + 700
    input.now = Timestamp(minute: now, offset: 7200)
    let coming = sessions.filter { $0.start.minute > now }
    let session = try #require(coming.dropFirst(random.below(coming.count)).first)
    let tandem = try #require(cohort.tandems.first { $0.id == session.tandem })
    let found = try SessionAlternatives(to: session, count: 1000, in: input)
    #expect(found.alternatives.count > 3)

    let zone = try ZoneDatabase.zone("Europe/Warsaw")
    let others = sessions.filter { $0.id != session.id }
    let own = others.filter { $0.tandem == session.tandem }
    func isAllowed(_ from: Int, _ place: String?) throws -> Bool {
      let span = MinuteInterval(start: from, end: from + 90)
      guard from > now else { return false }
      let date = zone.local(minute: from).date
      for other in own {
        let days = other.start.date.days(since: date) * (other.number > session.number ? 1 : -1)
        if other.number == session.number + 1 || other.number == session.number - 1 {
          guard (7...35).contains(days) else { return false }
        }
      }
      for id in [tandem.mentor, tandem.mentee] {
        let clock = try ZoneDatabase.zone(cohort.people[id]?.timeZone ?? "")
        let (left, right) = (clock.local(minute: from), clock.local(minute: from + 90))
        guard left.date == right.date, left.minute >= 480, right.minute <= 1080, left.date.weekday.index < 5,
          input.busy[id]?.overlaps(span) != true
        else { return false }
        for other in others {
          let people = cohort.tandems.first { $0.id == other.tandem }.map { [$0.mentor, $0.mentee] } ?? []
          if people.contains(id), clock.local(minute: other.start.minute).date == left.date { return false }
        }
      }
      if let place {
        return !others.contains { $0.place == place && $0.start.minute < span.end && $0.end.minute > from }
      }
      return true
    }
    var costs: [LocalDate: Int] = [:]
    for alternative in found.alternatives {
      let moved = alternative.session
      #expect(try isAllowed(moved.start.minute, isRoomed ? moved.place : nil), "\(moved.start)")
      #expect(moved.end.minute - moved.start.minute == 90)
      #expect(moved.sequence == session.sequence + 1)
      #expect(moved.isRescheduled)
      #expect(moved.id == session.id && moved.uid == session.uid)
      let before = own.first { $0.number == session.number - 1 }
      #expect(alternative.daysAfter == before.map { moved.start.date.days(since: $0.start.date) })
      costs[moved.start.date] = min(costs[moved.start.date] ?? .max, moved.cost.total)
    }
    #expect(
      found.alternatives.map(\.session.cost.total) == found.alternatives.map(\.session.cost.total).sorted())
    // Brute force over the half hours of the cohort.
    let ideal = (2 * session.number - 1) * 182 / 20
    for day in 0..<182 {
      let date = Self.start.adding(days: day)
      var best: Int?
      for half in 16...33 {
        let from = zone.minute(of: date, minute: half * 30)
        let places: [String?] = isRoomed ? ["Blue", "Red"] : [nil]
        for place in places where try from != session.start.minute && isAllowed(from, place) {
          var cost = (day - ideal) * (day - ideal)
          if half * 30 < 780, half * 30 + 90 > 720 { cost += 3 }
          if half * 30 + 90 > 1020 { cost += 2 }
          if let before = own.first(where: { $0.number == session.number - 1 }), let place,
            before.place != place
          {
            cost += 4
          }
          best = min(best ?? .max, cost)
        }
      }
      #expect(costs[date] == best, "\(date)")
    }
  }

  @Test func theBestOfEachDayComesBeforeASecondOfAnyAndNoneOverlap() throws {
    var cohort = try TestCohort()
    cohort.add("pl:m", "pl:t")
    var input = cohort.input
    input.previous = try CohortPlanner.plan(input).sessions
    let few = try SessionAlternatives(to: input.previous[3], count: 3, in: input).alternatives
    #expect(Set(few.map(\.session.start.date)).count == 3)
    let many = try SessionAlternatives(to: input.previous[3], count: 1000, in: input).alternatives
    for (at, a) in many.enumerated() {
      for b in many.dropFirst(at + 1) {
        #expect(a.session.end <= b.session.start || b.session.end <= a.session.start)
      }
    }
    #expect(many.count > Set(many.map(\.session.start.date)).count)
  }

  @Test func whyThereIsNoneIsSaid() throws {
    var cohort = try TestCohort()
    cohort.add("pl:m", "pl:t")
    var input = cohort.input
    input.previous = try CohortPlanner.plan(input).sessions
    let session = input.previous[3]
    func reason(_ change: (inout CohortInput) -> Void) throws -> String {
      var input = input
      change(&input)
      let found = try SessionAlternatives(to: session, count: 3, in: input)
      #expect(found.alternatives.isEmpty)
      return found.reason
    }
    let all = BusyTime([.days("2026-10-01", through: "2027-05-01")])
    #expect(
      try reason { $0.busy = [PersonID("pl:t"): all] }.hasPrefix("mentee pl:t has no free time between "))
    #expect(
      try reason { $0.busy = [PersonID("pl:m"): all] }.hasPrefix("mentor pl:m has no free time between "))
    #expect(
      try reason { input in
        input.previous[2].start = Timestamp(minute: session.start.minute - 7 * 1440, offset: 3600)
        input.previous[4].start = Timestamp(minute: session.start.minute + 6 * 1440, offset: 3600)
      } == "no day is left between the sessions beside it: 7 to 35 days must be between two sessions")
    #expect(
      throws: SchedulingError.session(
        session.id.text, "its tandem is not on the stream; pass the tandem records on with the sessions")
    ) {
      var alone = input
      alone.tandems = []
      _ = try SessionAlternatives(to: session, count: 1, in: alone)
    }
  }
}
