import Basics
import Calendars
import Programme
import TestSupport
import Testing

@testable import Regions
@testable import Scheduling

/// The rules as they are asked and the masks that the planner makes of them.
@Suite struct SessionRulesTests {
  private static let zones = [
    "Europe/Warsaw", "America/New_York", "Asia/Shanghai", "Asia/Kolkata", "Australia/Lord_Howe",
    "Pacific/Auckland",
  ]
  /// Cohorts of some weeks with clock changes in Europe, America, Australia and New Zealand.
  private static let starts = ["2026-10-12", "2027-03-01", "2027-03-22", "2026-09-21"]

  private struct RandomCohort {
    var cohort: TestCohort
    var input: CohortInput

    init(_ random: inout SplitMix, tandems: Int, days: Int) throws {
      cohort = try TestCohort()
      let first = LocalDate.of(starts[random.below(starts.count)])
      cohort.region.cohorts = [Cohort(id: "c", start: first, end: first.adding(days: days))]
      var frame = cohort.region.frame
      frame.length = [60, 75, 90, 120][random.below(4)]
      frame.grid = SessionGrid.steps[1 + random.below(5)]
      frame.notice = random.below(3)
      frame.gap = (1 + random.below(3))...(6 + random.below(6))
      frame.softUpperGap = random.below(3) == 0
      frame.sessions = 3
      // Some work into the night, and over a lunch that is not worked.
      let from = 30 * random.below(20)
      let spans =
        random.below(3) == 0
        ? [ClockSpan(from..<(from + 240)), ClockSpan((from + 270)..<(from + 600))]
        : [ClockSpan(from..<(from + 400 + 60 * random.below(10)))]
      let hours = WorkingHours(
        spans: Dictionary(
          uniqueKeysWithValues: Weekday.allCases.dropLast(random.below(3)).map { ($0, spans) }))
      cohort.region.sites[0].workingHours = hours
      let isTooFine = (try? SessionGrid(every: frame.grid, length: frame.length, within: spans)) == nil
      if isTooFine { frame.grid = 30 }
      cohort.region.frame = frame
      for number in 0..<tandems {
        cohort.add(
          "pl:m\(number / 2)", "pl:t\(number)", mentorZone: zones[random.below(zones.count)],
          menteeZone: zones[random.below(zones.count)])
      }
      if random.below(2) == 0 {
        cohort.region.scheduling.place = .room
        cohort.region.sites[0].timeZone = zones[random.below(zones.count)]
        cohort.region.sites[0].rooms = ["Blue", "Red"].map {
          Room(name: $0, email: nil, capacity: 2, calendar: nil)
        }
      }
      input = cohort.input
      let begin = (first.daysSinceEpoch - 2) * 1440
      func intervals(_ count: Int, _ longest: Int, _ random: inout SplitMix) -> [MinuteInterval] {
        (0..<count).map { _ in
          let start = begin + random.below((days + 4) * 1440)
          return MinuteInterval(start: start, end: start + 1 + random.below(longest))
        }
      }
      let key = SiteKey(region: "pl", site: "Warszawa")
      input.holidays = [key: Set((0..<2).map { _ in first.adding(days: random.below(days)) })]
      for id in input.people.keys.sorted() {
        input.busy[id] = BusyTime(intervals(random.below(30), 300, &random))
        if random.below(3) == 0 {
          input.people[id]?.workingHours = WorkingHours(
            days: Weekday.allCases.prefix(6), span: ClockSpan((from + 60)..<(from + 500)))
        }
        for interval in intervals(random.below(3), 120, &random) {
          input.commitments.append(
            CohortInput.Commitment(people: [id], interval: interval, isSession: random.below(2) == 0))
        }
      }
      input.roomBookings = [
        key: [
          "Blue": BusyTime(intervals(20, 200, &random)), "Red": BusyTime(intervals(20, 200, &random)),
        ]
      ]
      if random.below(2) == 0 {
        input.now = Timestamp(minute: begin + random.below(days * 1440 / 2), offset: 0)
      }
    }
  }

  /// Every quarter of an hour and some minutes between them: a start is in the masks where no rule speaks against it.
  @Test(arguments: 0..<32) func masksAndRulesAgree(_ seed: Int) throws {
    var random = SplitMix(seed: UInt64(seed))
    let days = 24
    let made = try RandomCohort(&random, tandems: 1, days: days)
    var planner = try CohortPlanner(made.input)
    try planner.draftTandems()
    let problem = planner.makeProblem()
    let draft = try #require(planner.drafts.first)
    let (rules, tandem) = (draft.rules, problem.tandems[0])
    func isOpen(_ start: Int) -> Bool {
      guard let (day, tick) = rules.grid.place(of: start),
        tandem.lengths[0].starts[day] >> UInt64(tick) & 1 == 1
      else {
        return false
      }
      guard let pool = tandem.pool else { return true }
      let needed = Occupancy.ticks(from: tick, count: tandem.ticks(0))
      return problem.pools[pool].taken.contains { $0[day] & needed == 0 }
    }
    let begin = rules.grid.zone.minute(of: rules.grid.first)
    var differing: [String] = []
    var open = 0
    // Of the day after the last, masks know nothing: a session may run into it from the last one.
    for quarter in -96..<((days - 1) * 96) {
      for start in [begin + quarter * 15, begin + quarter * 15 + 1 + random.below(14)] {
        let interval = MinuteInterval(start: start, end: start + rules.grid.length)
        let faults = rules.faults(of: interval, number: 1, beside: (nil, nil))
        if faults.isEmpty { open += 1 }
        if faults.isEmpty != isOpen(start) {
          differing.append("\(rules.grid.zone.timestamp(minute: start)): \(faults)")
        }
      }
    }
    #expect(differing == [], "\(open) are open")
    let wrong = MinuteInterval(start: begin, end: begin + rules.grid.length + 5)
    #expect(
      rules.faults(of: wrong, number: 2, beside: (nil, nil))
        .contains(.length(rules.grid.length + 5, allowed: rules.grid.length...rules.grid.length)))
  }

  /// A test that finds nothing open, or nothing closed, would show nothing.
  @Test func theRandomCohortsHaveBoth() throws {
    var open = 0
    var closed = 0
    for seed in 0..<32 {
      var random = SplitMix(seed: UInt64(seed))
      let made = try RandomCohort(&random, tandems: 1, days: 24)
      var planner = try CohortPlanner(made.input)
      try planner.draftTandems()
      for starts in planner.makeProblem().tandems[0].lengths[0].starts {
        open += starts.nonzeroBitCount
        closed += starts == 0 ? 1 : 0
      }
    }
    #expect(open > 500)
    #expect(closed > 100)
  }

  /// People and rooms that are shared, gaps, days of other sessions: no session of a plan has anything against it.
  @Test(arguments: 0..<16) func plansKeepTheRules(_ seed: Int) throws {
    var random = SplitMix(seed: UInt64(1000 + seed))
    let made = try RandomCohort(&random, tandems: 5, days: 40)
    let sessions = try CohortPlanner.plan(made.input).sessions
    var planner = try CohortPlanner(made.input)
    try planner.draftTandems()
    for draft in planner.drafts {
      let own = sessions.filter { $0.tandem == draft.tandem.id }
      for (at, session) in own.enumerated() {
        var rules = draft.rules
        for other in sessions where other.id != session.id {
          let tandem = try #require(made.cohort.tandems.first { $0.id == other.tandem })
          rules.add(other.interval, of: [tandem.mentor, tandem.mentee], room: other.place)
        }
        func day(_ at: Int) -> Int? {
          own.indices.contains(at) ? rules.grid.day(of: own[at].start.minute) : nil
        }
        let faults = rules.faults(
          of: session.interval, number: session.number, beside: (day(at - 1), day(at + 1)))
        #expect(faults == [], "\(session.id) \(session.start)")
        if rules.rooms != nil { #expect(rules.freeRooms(during: session.interval).contains(session.place)) }
      }
    }
  }

  /// Saturday at two in the morning, for a quarter of an hour: whoever is asked says the same.
  @Test func allThatSpeaksAgainstATimeIsNamed() throws {
    var cohort = try TestCohort()
    cohort.add("pl:m", "pl:t")
    var planner = try CohortPlanner(cohort.input)
    try planner.draftTandems()
    let rules = try #require(planner.drafts.first).rules
    let saturday = rules.grid.zone.minute(of: .of("2027-01-16"), minute: 120)
    let faults = rules.faults(
      of: MinuteInterval(start: saturday, end: saturday + 15), number: 6, beside: (101, nil))
    #expect(
      faults.reason == "it lasts 15 minutes, and sessions here last 90; "
        + "7 to 35 days must be between two sessions, not 2; mentor pl:m is not free then (no working day); "
        + "mentee pl:t is not free then (no working day)")
  }

  @Test func reasonsAreSentences() {
    let day = LocalDate.of("2026-10-05")
    let reasons: [(SessionFault, String)] = [
      (
        .offGrid(step: 30, days: day...day.adding(days: 7)),
        "sessions begin every 30 minutes of a day from 2026-10-05 to 2026-10-12"
      ),
      (.outsideCohort(days: day...day.adding(days: 7)), "the cohort's days are 2026-10-05 to 2026-10-12"),
      (.clockChange, "a clock change removes or repeats that time"), (.past, "it is past"),
      (.shortNotice(7), "the first session needs 7 days of notice"),
      (.notFree(.mentee, PersonID("pl:1"), .holiday), "mentee pl:1 is not free then (holiday)"),
      (.secondSession(PersonID("pl:1")), "pl:1 has another session on that day"),
      (.noRoom("Kielce"), "no room of Kielce is free then"),
    ]
    for (fault, reason) in reasons { #expect(fault.reason == reason) }
  }
}
