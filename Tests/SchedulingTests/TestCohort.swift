import Programme

@testable import Regions
@testable import Scheduling

/// A small cohort to plan, each part of which a test may change.
struct TestCohort {
  var region = Region.example
  var people: [PersonID: Person] = [:]
  var tandems: [Tandem] = []

  mutating func add(
    _ mentor: String, _ mentee: String, mentorZone: String = "Europe/Warsaw",
    menteeZone: String = "Europe/Warsaw"
  ) {
    for (id, role, zone) in [(mentor, Role.mentor, mentorZone), (mentee, .mentee, menteeZone)]
    where people[PersonID(id)] == nil {
      people[PersonID(id)] = Person(
        id: PersonID(id), region: "pl", site: "Warszawa", name: "Name of \(id)",
        email: "\(id.suffix(1))@pl.example.com",
        role: role, department: ["Sales"], timeZone: zone)
    }
    tandems.append(
      Tandem(
        cohort: "c", region: "pl", mentor: PersonID(mentor), mentee: PersonID(mentee),
        score: TandemScore(total: 0, taught: 0, returned: 0, shared: 0, distance: 0),
        topics: ["video", "e-bike"]))
  }

  var input: CohortInput {
    CohortInput(cohort: "c", regions: [region], people: people, tandems: tandems)
  }
}

extension Region {
  /// Office sessions of 90 minutes, Monday to Friday from 8 to 18, from 5 October 2026 to 5 April 2027.
  static var example: Region {
    let hours = WorkingHours(days: Weekday.allCases.prefix(5), span: 480..<1080)
    return Region(
      id: "pl", name: "Polska", country: "PL", language: "pl", fallbackLanguages: [],
      timeZone: "Europe/Warsaw",
      office: ProgrammeOffice(name: "Office", email: "tandem@pl.example.com"),
      sites: [
        Site(
          name: "Warszawa", aliases: [], timeZone: "Europe/Warsaw", language: "pl", workingHours: hours,
          holidays: [],
          rooms: [])
      ],
      cohorts: [
        Cohort(id: "c", start: LocalDate(daysSinceEpoch: 20731), end: LocalDate(daysSinceEpoch: 20913))
      ],
      frame: ProgrammeFrame(
        sessions: 10, shortest: 60, longest: 120, length: 90, gap: 7...35, softUpperGap: false, notice: 0,
        grid: 30),
      matching: MatchingSettings(
        weights: .init(taught: 5, returned: 3, shared: 1, distance: 1), floorTaught: 0, floorReturned: 0,
        objective: .fair, remote: false, departmentDepth: 2, reportingSteps: 2, levelGap: nil,
        commonLanguage: true,
        mentorCapacity: 1, menteeCapacity: 1, unknown: [:], extraRules: [], disturbance: 0, freeWords: 0),
      scheduling: SchedulingSettings(
        halfDayWeight: 5, lunchWeight: 3, lateWeight: 2, roomChangeWeight: 4, gapWeight: 4, lunch: 720..<780,
        late: 1020, preferredHalf: nil, place: .office),
      invitations: InvitationSettings(alarm: 15, categories: [], url: nil), forms: [],
      topics: TopicSettings(catalogue: TopicCatalogue([]), aliasDistance: 150),
      finding: FindingSettings(asksPerPeriod: 3, period: 30),
      privacy: PrivacySettings(minimumGroup: 5, minimumGroupText: 10),
      attention: AttentionSettings(noticesPerWeek: 1),
      adapters: [:], folder: "/nowhere", exceptions: [:])
  }
}

extension LocalDate {
  /// A date that a test writes.
  static func of(_ text: String) -> LocalDate { LocalDate(iso8601: text) ?? LocalDate(daysSinceEpoch: 0) }
}

extension MinuteInterval {
  /// Whole days in UTC, both ends included.
  static func days(_ first: String, through last: String) -> MinuteInterval {
    MinuteInterval(
      start: LocalDate.of(first).daysSinceEpoch * 1440, end: (LocalDate.of(last).daysSinceEpoch + 1) * 1440)
  }
}
