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
      let dates = (own.map(\.start.date) + [date]).sorted()
      guard zip(dates, dates.dropFirst()).allSatisfy({ (7...35).contains($1.days(since: $0)) }) else {
        return false
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
      let before = own.last { $0.start < moved.start }
      #expect(alternative.daysAfter == before.map { moved.start.date.days(since: $0.start.date) })
      costs[moved.start.date] = min(costs[moved.start.date] ?? .max, moved.cost.total)
    }
    #expect(
      found.alternatives.map(\.session.cost.total) == found.alternatives.map(\.session.cost.total).sorted())
    // Brute force over the half hours of the cohort, by Benchmarks/schedule/OBJECTIVE.md.
    let ideal = try #require(session.ideal).days(since: Self.start)
    let home = (
      weekday: Self.mostOften(own.map(\.start.date.weekday.index)),
      start: Self.mostOften(own.map(\.start.minuteOfDay))
    )
    for day in 0..<182 {
      let date = Self.start.adding(days: day)
      var best: Int?
      for half in 16...33 {
        let from = zone.minute(of: date, minute: half * 30)
        let places: [String?] = isRoomed ? ["Blue", "Red"] : [nil]
        for place in places where try from != session.start.minute && isAllowed(from, place) {
          let (begin, end) = (half * 30, half * 30 + 90)
          var cost = (day - ideal) * (day - ideal)
          if date.weekday.index != home.weekday { cost += 40 }
          if begin != home.start { cost += 10 }
          if !(begin >= 540 && end <= 720 || begin >= 810 && end <= 960) { cost += 2 }
          if begin < 540 { cost += 6 }
          if begin < 780, end > 720 { cost += 12 }
          if end > 1020 { cost += 4 }
          if end > 900, date.weekday == .friday { cost += 4 }
          if date >= .of("2026-12-23"), date <= .of("2027-01-01") { cost += 20_000 }
          for id in [tandem.mentor, tandem.mentee] {
            if input.busy[id]?.overlaps(MinuteInterval(start: from - 15, end: from)) == true { cost += 2 }
            if input.busy[id]?.overlaps(MinuteInterval(start: from + 90, end: from + 105)) == true {
              cost += 2
            }
          }
          if let before = own.last(where: { $0.start.minute < from }), let place,
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

  /// Of several, the least.
  private static func mostOften(_ values: [Int]) -> Int? {
    values.sorted().max { left, right in
      values.count { $0 == left } < values.count { $0 == right }
        || values.count { $0 == left } == values.count { $0 == right } && left > right
    }
  }

  @Test func theBestOfEachDayComesBeforeASecondOfAnyAndAllStartsFollow() throws {
    var cohort = try TestCohort()
    cohort.add("pl:m", "pl:t")
    var input = cohort.input
    input.previous = try CohortPlanner.plan(input).sessions
    let few = try SessionAlternatives(to: input.previous[3], count: 3, in: input).alternatives
    #expect(Set(few.map(\.session.start.date)).count == 3)
    let many = try SessionAlternatives(to: input.previous[3], count: 1000, in: input).alternatives
    // Both calendars are empty: each day has every half hour from eight to half past four.
    let days = Dictionary(grouping: many.map(\.session.start), by: \.date)
    let own = input.previous[3].start.date
    #expect(days.count > 10)
    for (date, starts) in days {
      #expect(starts.count == (date == own ? 17 : 18))
    }
    let hour = try SessionAlternatives(to: input.previous[3], count: 1000, length: 60, in: input).alternatives
    #expect(hour.allSatisfy { $0.session.interval.length == 60 && $0.session.agreed == .yes })
    #expect(hour.count > many.count)
  }

  private func planned() throws -> (input: CohortInput, session: Session) {
    var cohort = try TestCohort()
    cohort.add("pl:m", "pl:t")
    var input = cohort.input
    input.previous = try CohortPlanner.plan(input).sessions
    return (input, input.previous[3])
  }

  @Test func anyTimeIsAnsweredWithAllThatItBreaks() throws {
    let (input, session) = try planned()
    func faults(
      _ days: Int, _ minutes: Int = 0, length: Int = 90, _ change: (inout CohortInput) -> Void = { _ in }
    )
      throws -> [SessionFault]
    {
      var input = input
      change(&input)
      let start = session.start.minute + days * 1440 + minutes
      return try SessionPlacement(of: session, length: length, in: input)
        .place(at: MinuteInterval(start: start, end: start + length)).faults
    }
    #expect(try faults(1, 7).isEmpty, "\(session.start)")
    #expect(try faults(1, 7, length: 60).isEmpty)
    #expect(
      try faults(1, length: 45).map(\.reason) == ["it lasts 45 minutes, and sessions here last 60 to 120"])
    let late = try faults(1, 720)
    #expect(late.count == 2 && !late.contains(where: \.isPhysical))
    let next = input.previous[4].start.date.days(since: session.start.date)
    let near = session.start.date.weekday == .monday ? 3 : 1
    let gap = try faults(next - near)
    #expect(gap.map(\.reason) == ["7 to 35 days must be between two sessions, not \(near)"])
    // Beyond the next session it is beside that one and the one after, and leaves a gap behind.
    let hole = input.previous[4].start.date.days(since: input.previous[2].start.date)
    let left = try faults(next + 9, 7) { $0.regions[0].frame.gap = 7...(hole - 1) }
    #expect(left.map(\.reason).contains("7 to \(hole - 1) days must be between two sessions, not \(hole)"))
    let double = try faults(1) { input in
      input.commitments.append(
        CohortInput.Commitment(
          people: [PersonID("pl:m")],
          interval: MinuteInterval(
            start: session.start.minute + 1440 + 60, end: session.start.minute + 1440 + 120),
          isSession: true))
    }
    #expect(double.filter(\.isPhysical).map(\.reason) == ["pl:m is in another session then"])
  }

  @Test func whatPeopleAgreedOnStaysInEveryLaterPlan() throws {
    let (given, session) = try planned()
    var input = given
    func replan(_ change: (inout CohortInput) -> Void = { _ in }) throws -> CohortPlan {
      var input = input
      change(&input)
      return try CohortPlanner.plan(input)
    }
    func agree(_ days: Int, _ minutes: Int, length: Int) throws -> Session {
      let start = session.start.minute + days * 1440 + minutes
      let moved = try SessionPlacement(of: session, length: length, in: given)
        .place(at: MinuteInterval(start: start, end: start + length)).alternative.session
      input.previous = given.previous.map { $0.id == moved.id ? moved : $0 }
      return moved
    }
    // Off the grid and shorter; at night; three days before the next one; in a meeting of one of them.
    let next = given.previous[4].start.date.days(since: session.start.date)
    for (days, minutes, length) in [(1, 7, 60), (1, 720, 90), (next - 3, 0, 120)] {
      let moved = try agree(days, minutes, length: length)
      #expect(moved.agreed == .yes && moved.sequence == 1)
      let plan = try replan { $0.busy = [PersonID("pl:m"): BusyTime([moved.interval])] }
      #expect(plan.sessions == input.previous, "\(days) \(minutes)")
      #expect(plan.shortfalls.isEmpty)
      #expect((plan.moved, plan.cancelled) == (0, 0))
    }
    let moved = try agree(1, 7, length: 60)
    // An absence of later ends the agreement, one that they knew of does not.
    let away = Absence(person: PersonID("pl:t"), from: moved.start.date, to: moved.start.date)
    let zone = try ZoneDatabase.zone("Europe/Warsaw")
    let day = MinuteInterval(
      start: zone.minute(of: away.from), end: zone.minute(of: away.from.adding(days: 1)))
    let ill = try replan {
      $0.absences = [away]
      $0.busy = [away.person: BusyTime([day])]
    }
    #expect(ill.sessions.first { $0.id == moved.id }.map { $0.start.date } != moved.start.date)
    let known = try SessionPlacement(
      of: session, length: 60,
      in: {
        var input = given
        input.absences = [away]
        return input
      }()
    ).place(at: moved.interval).alternative.session
    #expect(known.agreed == .whileAway)
    input.previous = given.previous.map { $0.id == known.id ? known : $0 }
    let kept = try replan {
      $0.absences = [away]
      $0.busy = [away.person: BusyTime([day])]
    }
    #expect(kept.sessions == input.previous)
    // Nor does it hold against a decline.
    var reply = SessionReply(answer: .declined, session: moved.id, person: PersonID("pl:m"), sequence: 1)
    reply.stamp = Timestamp(secondsSinceEpoch: 0, offset: 0)
    let declined = try replan { $0.replies = [reply] }
    #expect(declined.sessions.first { $0.id == moved.id }.map { $0.start } != moved.start)
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
      throws: SchedulingError.session(
        session.id.text, "its tandem is not on the stream; pass the tandem records on with the sessions")
    ) {
      var alone = input
      alone.tandems = []
      _ = try SessionAlternatives(to: session, count: 1, in: alone)
    }
  }
}
