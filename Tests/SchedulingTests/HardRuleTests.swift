import Calendars
import Programme
import TestSupport
import Testing

@testable import Regions
@testable import Scheduling

/// Each hard rule where it bites: a plan is made, the rule is laid over what it chose, and the next plan must choose otherwise
/// there. Were the rule not heeded, both plans would be the same.
@Suite struct HardRuleTests {
  private let mentor = PersonID("pl:m")
  private let mentee = PersonID("pl:t")

  private func one(mentorZone: String = "Europe/Warsaw", menteeZone: String = "Europe/Warsaw") throws
    -> TestCohort
  {
    var cohort = try TestCohort()
    cohort.add("pl:m", "pl:t", mentorZone: mentorZone, menteeZone: menteeZone)
    return cohort
  }

  private func sessions(_ cohort: TestCohort, _ change: (inout CohortInput) -> Void = { _ in }) throws
    -> [Session]
  {
    var input = cohort.input
    change(&input)
    let plan = try CohortPlanner.plan(input)
    #expect(plan.shortfalls.isEmpty)
    #expect(plan.sessions.count == plan.tandems * 10)
    return plan.sessions
  }

  private func span(_ session: Session) -> MinuteInterval {
    MinuteInterval(start: session.start.minute, end: session.end.minute)
  }

  @Test(arguments: ["pl:m", "pl:t"]) func aBusyHour(_ person: String) throws {
    let first = try sessions(one())
    let hit = span(first[4])
    // The last minute of the session is enough.
    let busy = BusyTime([MinuteInterval(start: hit.end - 1, end: hit.end + 30)])
    let again = try sessions(one()) { $0.busy = [PersonID(person): busy] }
    #expect(again.allSatisfy { !busy.overlaps(span($0)) })
    #expect(again[4] != first[4])
  }

  @Test func aWorkshopAndASessionOfAnotherCohort() throws {
    let first = try sessions(one())
    let workshop = CohortInput.Commitment(people: [mentor], interval: span(first[4]), isSession: false)
    #expect(
      try sessions(one()) { $0.commitments = [workshop] }.allSatisfy { !span($0).overlaps(span(first[4])) })
    // One session a day: another at noon takes the whole day.
    let noon = MinuteInterval(start: first[4].start.minute + 240, end: first[4].start.minute + 300)
    let elsewhere = CohortInput.Commitment(people: [mentee], interval: noon, isSession: true)
    #expect(
      try sessions(one()) { $0.commitments = [elsewhere] }.allSatisfy { $0.start.date != first[4].start.date }
    )
  }

  @Test func partTimeDaysAndOwnHours() throws {
    let first = try sessions(one())
    #expect(first.contains { $0.start.date.weekday == .monday })
    var cohort = try one()
    cohort.people[mentee]?.workingHours = WorkingHours(
      days: [.tuesday, .friday], span: ClockSpan(480..<1080))
    let days = try sessions(cohort)
    #expect(days.allSatisfy { [.tuesday, .friday].contains($0.start.date.weekday) })
    cohort = try one()
    #expect(first.allSatisfy { $0.start.minuteOfDay < 780 })
    cohort.people[mentor]?.workingHours = WorkingHours(
      days: Weekday.allCases.prefix(5), span: ClockSpan(780..<1020))
    let hours = try sessions(cohort)
    #expect(hours.allSatisfy { $0.start.minuteOfDay >= 780 && $0.start.minuteOfDay + 90 <= 1020 })
    // A day that the site does not work is a weekend, whatever somebody says.
    cohort = try one()
    cohort.people[mentee]?.workingHours = WorkingHours(
      days: [.saturday, .sunday, .wednesday], span: ClockSpan(480..<1080))
    #expect(try sessions(cohort).allSatisfy { $0.start.date.weekday == .wednesday })
  }

  @Test func aHolidayOfEither() throws {
    let first = try sessions(one())
    let key = SiteKey(region: "pl", site: "Warszawa")
    let holidays = Set(first.map(\.start.date))
    let again = try sessions(one()) { $0.holidays = [key: holidays] }
    #expect(again.allSatisfy { !holidays.contains($0.start.date) })
    // Of the mentor's site alone.
    var cohort = try one()
    var other = cohort.region.sites[0]
    other.name = "Gdynia"
    other.aliases = []
    cohort.region.sites.append(other)
    cohort.people[mentor]?.site = "Gdynia"
    let remote = try sessions(cohort) { $0.holidays = [SiteKey(region: "pl", site: "Gdynia"): holidays] }
    #expect(remote.allSatisfy { !holidays.contains($0.start.date) })
    #expect(
      try sessions(cohort) { $0.holidays = [SiteKey(region: "pl", site: "Kielce"): holidays] }.map(\.start)
        == first.map(\.start))
  }

  /// A remote tandem: what is eight in the morning for one is another hour for the other, and both must be at work.
  @Test func twoZones() throws {
    let near = try sessions(one())
    #expect(near.contains { $0.start.minuteOfDay < 840 })
    let far = try sessions(one(mentorZone: "America/New_York"))
    let zone = try ZoneDatabase.zone("America/New_York")
    for session in far {
      let there = zone.local(minute: session.start.minute)
      #expect(there.minute >= 480 && there.minute + 90 <= 1080)
      #expect(session.start.minuteOfDay + 90 <= 1080)
      #expect(session.timeZone == "Europe/Warsaw")
    }
    // Nine hours apart or more, no hour suits both: nothing is planned, and the reason says so.
    let plan = try CohortPlanner.plan(one(mentorZone: "Pacific/Auckland").input)
    #expect(plan.sessions.isEmpty)
    #expect(
      plan.shortfalls.map(\.reason) == [
        "mentor pl:m and mentee pl:t are free together on 0 of 26 weeks; 10 are needed"
      ])
  }

  @Test func theGapsBetweenSessions() throws {
    var cohort = try one()
    let free = [11, 16, 30].map { LocalDate.of("2026-10-05").adding(days: $0) }
    let busy = BusyTime(
      (-1...190).filter { ![11, 16, 30].contains($0) }.map { day in
        let start = (LocalDate.of("2026-10-05").daysSinceEpoch + day) * 1440
        return MinuteInterval(start: start, end: start + 1440)
      })
    cohort.region.frame.sessions = 3
    var input = cohort.input
    input.busy = [mentee: busy]
    // Five days are too few: of three free days two are used.
    var plan = try CohortPlanner.plan(input)
    #expect(plan.sessions.count == 2)
    #expect(plan.shortfalls.map(\.planned) == [2])
    input.regions[0].frame.gap = 5...35
    plan = try CohortPlanner.plan(input)
    #expect(plan.sessions.map(\.start.date) == free)
    // Fourteen are too many for an upper gap of ten, unless it is soft: then they cost.
    input.regions[0].frame.gap = 5...10
    plan = try CohortPlanner.plan(input)
    #expect(plan.sessions.count == 2)
    input.regions[0].frame.softUpperGap = true
    let soft = try CohortPlanner.plan(input)
    #expect(soft.sessions.map(\.start.date) == free)
    input.regions[0].frame.gap = 5...35
    let wide = try CohortPlanner.plan(input)
    #expect(soft.sessions.map(\.cost.gap) == [0, 0, 4 * input.regions[0].scheduling.weights.gap])
    #expect(wide.sessions.allSatisfy { $0.cost.gap == 0 })
  }

  @Test func oneSessionADayForEach() throws {
    var cohort = try TestCohort()
    cohort.add("pl:m", "pl:t")
    cohort.add("pl:m", "pl:u")
    let alone = try sessions(one()).map(\.start.date)
    let both = try sessions(cohort)
    #expect(Set(both.map(\.start.date)).count == 20)
    #expect(both.filter { $0.tandem.text.hasSuffix("pl:u") }.map(\.start.date) != alone)
    cohort.tandems[1] = Tandem(
      cohort: "c", region: "pl", mentor: PersonID("pl:n"), mentee: PersonID("pl:u"),
      score: TandemScore(total: 0, taught: 0, returned: 0, shared: 0, distance: 0))
    cohort.people[PersonID("pl:n")] = cohort.people[mentor]
    cohort.people[PersonID("pl:n")]?.id = PersonID("pl:n")
    var single = cohort
    single.tandems.removeFirst()
    let free = try sessions(cohort).filter { $0.tandem.text.hasSuffix("pl:u") }
    #expect(try free == sessions(single), "who share nobody are not in each other's way")
  }

  @Test func theRoomForTheWholeSessionAndItsOwnBookings() throws {
    var cohort = try one()
    #expect(try sessions(cohort).allSatisfy { $0.place == "office" })
    cohort.region.scheduling.place = .room
    cohort.region.sites[0].rooms = [Room(name: "Red", email: nil, capacity: 2, calendar: nil)]
    let first = try sessions(cohort)
    #expect(first.allSatisfy { $0.place == "Red" })
    let key = SiteKey(region: "pl", site: "Warszawa")
    let late = MinuteInterval(start: span(first[4]).end - 10, end: span(first[4]).end)
    let again = try sessions(cohort) { $0.roomBookings = [key: ["Red": BusyTime([late])]] }
    #expect(again.allSatisfy { !span($0).overlaps(late) })
    #expect(again[4] != first[4])
    // Two tandems, one room.
    cohort.add("pl:n", "pl:u")
    let spans = try sessions(cohort).map(span).sorted()
    #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.end <= $1.start })
  }

  @Test func aRoomThatIsWishedFor() throws {
    var cohort = try one()
    cohort.region.sites[0].rooms = [Room(name: "Red", email: nil, capacity: 2, calendar: nil)]
    #expect(try sessions(cohort).allSatisfy { $0.place == "office" })
    cohort.people[mentee]?.attributes["place"] = "room"
    #expect(try sessions(cohort).allSatisfy { $0.place == "Red" })
    cohort.region.scheduling.place = .room
    cohort.people[mentee]?.attributes["place"] = "office"
    #expect(try sessions(cohort).allSatisfy { $0.place == "office" })
    cohort.people[mentee]?.attributes["place"] = "garden"
    #expect(try sessions(cohort).allSatisfy { $0.place == "Red" })
  }

  @Test func aTimeThatAClockChangeRepeatsOrRemoves() throws {
    var cohort = try one()
    cohort.region.sites[0].workingHours = WorkingHours(days: Weekday.allCases, span: ClockSpan(0..<300))
    cohort.region.frame.sessions = 1
    var input = cohort.input
    func only(_ date: String) -> BusyTime {
      BusyTime(
        [.days("2026-10-01", through: "2027-04-10")].flatMap { (span: MinuteInterval) in
          let day = LocalDate.of(date).daysSinceEpoch * 1440
          return [
            MinuteInterval(start: span.start, end: day - 120),
            MinuteInterval(start: day + 1440, end: span.end),
          ]
        })
    }
    input.busy = [mentee: only("2026-10-26")]
    #expect(try CohortPlanner.plan(input).sessions.first?.start.date == .of("2026-10-26"))
    // On Sunday 25 October the clock goes back from three to two: a session from one o'clock to half past two would last longer.
    input.busy = [
      mentee: only("2026-10-25").union(
        BusyTime([
          MinuteInterval(
            start: LocalDate.of("2026-10-25").daysSinceEpoch * 1440 - 120,
            end: LocalDate.of("2026-10-25").daysSinceEpoch * 1440 - 60)
        ]))
    ]
    let start = try #require(try CohortPlanner.plan(input).sessions.first?.start)
    #expect(start.date == .of("2026-10-25"))
    #expect(start.minuteOfDay >= 180, "\(start)")
  }

  @Test func nothingIsPlannedInThePastOfTheDay() throws {
    let first = try sessions(one())
    let noon = Timestamp(minute: first[0].start.minute + 200, offset: first[0].start.offset)
    let plan = try sessions(one()) { $0.now = noon }
    #expect(plan.allSatisfy { $0.start > noon })
  }
}
