import Programme
import TestSupport
import Testing

@testable import Regions
@testable import Scheduling

/// A small cohort to plan, each part of which a test may change.
struct TestCohort {
  var region: Region
  var people: [PersonID: Person] = [:]
  var tandems: [Tandem] = []

  init() throws { region = try .example() }

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
  /// Read once: the configuration is large.
  private static let shipped = Result {
    let config = #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/Config"
    return try #require(ConfigurationFolder(path: "/" + config).load(["pl"]).first)
  }

  /// Office sessions of 90 minutes, Monday to Friday from 8 to 18, from 5 October 2026 to 5 April 2027: the repository's own
  /// region pl, with what these tests speak of put to what they expect.
  static func example() throws -> Region {
    var region = try shipped.get()
    region.timeZone = "Europe/Warsaw"
    region.office = ProgrammeOffice(name: "Office", email: "tandem@pl.example.com")
    var site = try #require(region.site(named: "Warszawa"))
    site.timeZone = "Europe/Warsaw"
    site.workingHours = WorkingHours(days: Weekday.allCases.prefix(5), span: ClockSpan(480..<1080))
    site.rooms = []
    region.sites = [site]
    region.cohorts = [
      Cohort(id: "c", start: LocalDate(daysSinceEpoch: 20731), end: LocalDate(daysSinceEpoch: 20913))
    ]
    region.frame = ProgrammeFrame(
      sessions: 10, shortest: 60, longest: 120, length: 90, gap: 7...35, softUpperGap: false, notice: 0,
      grid: 30)
    region.scheduling.preferredHalf = nil
    region.scheduling.place = .office
    region.exceptions = [:]
    return region
  }
}

extension MinuteInterval {
  /// Whole days in UTC, both ends included.
  static func days(_ first: String, through last: String) -> MinuteInterval {
    MinuteInterval(
      start: LocalDate.of(first).daysSinceEpoch * 1440, end: (LocalDate.of(last).daysSinceEpoch + 1) * 1440)
  }
}
