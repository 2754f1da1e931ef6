import Basics
import Programme
import TestSupport
import Testing

@testable import Regions
@testable import Workshops

/// A small cohort whose mentors meet, each part of which a test may change: mentors work Monday to Friday from 8 to 18 in
/// Warsaw, the window is the week of 28 December 2026, and the one venue has two rooms.
struct TestWorkshop {
  var region: Region
  var people: [PersonID: Person] = [:]
  var tandems: [Tandem] = []
  var sessions: [Session] = []
  var busy: [PersonID: BusyTime] = [:]
  var holidays: [SiteKey: Set<LocalDate>] = [:]
  var others: [Workshop] = []
  var previous: [Workshop] = []
  var now: Timestamp?
  var only: Set<LocalDate> = []
  var excluded: Set<LocalDate> = []

  /// Read once: the configuration is large.
  private static let shipped = Result {
    let config = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/Config"
    return try #require(ConfigurationFolder(path: config).load(["pl"]).first)
  }

  init(mentors count: Int = 12) throws {
    region = try TestWorkshop.shipped.get()
    region.timeZone = "Europe/Warsaw"
    region.office = ProgrammeOffice(name: "Office", email: "tandem@pl.example.com")
    var site = try #require(region.site(named: "Warszawa"))
    site.timeZone = "Europe/Warsaw"
    site.workingHours = WorkingHours(days: Weekday.allCases.prefix(5), span: ClockSpan(480..<1080))
    var other = site
    other.name = "Wrocław"
    other.aliases = []
    region.sites = [site, other]
    region.cohorts = [
      Cohort(id: "c", start: LocalDate(daysSinceEpoch: 20731), end: LocalDate(daysSinceEpoch: 20913))
    ]
    region.matching[DepartmentRule.depth] = 1
    region.scheduling.preferredHalf = nil
    region.exceptions = [:]
    region.workshop = WorkshopSettings(
      week: 13, spread: 0, length: 180, starts: [540, 810], sessionsHeld: 0, group: 4...8, idealSize: 6,
      venues: [
        .init(
          name: "Aula", site: "Warszawa",
          rooms: [.init(name: "A", capacity: 8), .init(name: "B", capacity: 6)])
      ],
      weights: .init(
        missing: 1000, date: 60, group: 20, size: 4, bridge: 60, travel: 3, online: 1, halfDay: 2, site: 1,
        experience: 1, met: 5, session: 10,
        change: 50))
    for number in 0..<count { add("pl:\(100 + number)", department: ["Sales", "IT", "HR"][number % 3]) }
  }

  mutating func add(
    _ id: String, department: String = "Sales", site: String = "Warszawa", zone: String = "Europe/Warsaw",
    status: Tandem.Status = .active
  ) {
    let mentor = PersonID(id)
    let mentee = PersonID(id + "m")
    for (person, role) in [(mentor, Role.mentor), (mentee, .mentee)] {
      people[person] = Person(
        id: person, region: mentor.region, site: site, name: "Name \(person.employeeNumber)",
        email: "p\(person.employeeNumber)@pl.example.com", role: role, department: [department],
        timeZone: zone)
    }
    tandems.append(
      Tandem(
        cohort: "c", region: mentor.region, mentor: mentor, mentee: mentee,
        score: TandemScore(total: 0, taught: 0, returned: 0, shared: 0, distance: 0), status: status))
  }

  var input: WorkshopInput {
    var input = WorkshopInput(cohort: "c", host: region, regions: [region], people: people, tandems: tandems)
    (input.sessions, input.busy, input.holidays) = (sessions, busy, holidays)
    (input.others, input.previous, input.now) = (others, previous, now)
    (input.only, input.excluded) = (only, excluded)
    input.effort = DateEffort(boundSteps: 40, work: 1)
    return input
  }

  func plan() throws(WorkshopError) -> WorkshopPlan { try plans(1)[0] }

  func plans(_ count: Int) throws(WorkshopError) -> [WorkshopPlan] {
    try WorkshopPlanner.plan(input, options: count).options
  }

  /// The message of the error that planning ends in.
  func refusal() -> String? {
    do throws(WorkshopError) {
      _ = try plan()
      return nil
    } catch {
      return error.message
    }
  }

  /// A session of a mentor's tandem, on a day of the window.
  func session(_ mentor: String, number: Int = 5, at start: String, status: Session.Status = .planned) throws
    -> Session
  {
    let start = try #require(Timestamp(rfc3339: start))
    return Session(
      tandem: TandemID(cohort: "c", mentor: PersonID(mentor), mentee: PersonID(mentor + "m")),
      number: number,
      uid: "\(mentor)-\(number)@x", start: start,
      end: Timestamp(secondsSinceEpoch: start.secondsSinceEpoch + 5400, offset: start.offset),
      timeZone: "Europe/Warsaw", place: "office", status: status)
  }

  /// Busy over whole days of December 2026 and January 2027, both included.
  mutating func block(_ mentor: String, _ first: String, through last: String) throws {
    let from = try #require(LocalDate(iso8601: first))
    let until = try #require(LocalDate(iso8601: last))
    busy[PersonID(mentor)] = BusyTime([
      MinuteInterval(start: from.daysSinceEpoch * 1440 - 120, end: (until.daysSinceEpoch + 1) * 1440 - 60)
    ])
  }
}
