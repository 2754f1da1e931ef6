import Basics
internal import Calendars
internal import Programme
internal import Regions

/// The people, clocks and sites of a cohort, looked up once: what each tandem's rules are made of.
struct CohortFrame {
  let input: CohortInput
  let first: LocalDate
  let days: Int
  private var zones: [String: ZoneTable?] = [:]
  private var grids: [GridKey: StartGrid] = [:]
  private var calendars: [CalendarKey: Calendar] = [:]
  private var masksOf: [MaskKey: [UInt64]] = [:]
  private var shiftsOf: [ShiftKey: (before: [UInt64], after: [UInt64])] = [:]
  private var freeDaysOf: [SiteKey: [Bool]] = [:]
  private var dayCostsOf: [DayCostKey: [Int]] = [:]
  private let commitmentsOf: [PersonID: [CohortInput.Commitment]]
  let regions: [String: Region]

  struct GridKey: Hashable {
    var zone: String
    var starts: SessionGrid
    var length: Int
  }

  /// What somebody's time is made of.
  private struct Calendar {
    var time: WorkingTime
    var busy: BusyTime
    var sessionDays: Set<LocalDate>
    var sessions: BusyTime
    /// From the day before the first on.
    var free: [MinuteInterval]
  }

  private struct DayCostKey: Hashable {
    var sites: [SiteKey]
    var settings: SchedulingSettings
  }

  private struct CalendarKey: Hashable {
    var person: PersonID
    /// Minutes on the way.
    var travel: Int
  }

  private struct MaskKey: Hashable {
    var calendar: CalendarKey
    var grid: GridKey
  }

  private struct ShiftKey: Hashable {
    var grid: GridKey
    var zone: String
  }

  init(_ input: CohortInput, first: LocalDate, days: Int) {
    self.input = input
    self.first = first
    self.days = days
    regions = input.regions.keyed(by: \.id)
    var commitments: [PersonID: [CohortInput.Commitment]] = [:]
    for commitment in input.commitments {
      for person in commitment.people { commitments[person, default: []].append(commitment) }
    }
    commitmentsOf = commitments
  }

  private mutating func zone(_ name: String) -> ZoneTable? {
    if let known = zones[name] { return known }
    let zone = try? ZoneDatabase.zone(name)
    zones[name] = .some(zone)
    return zone
  }

  /// By day from the day before the first to the day after the last: whether nobody works at the site.
  private mutating func freeDays(_ key: SiteKey, _ site: Site) -> [Bool] {
    if let known = freeDaysOf[key] { return known }
    let holidays = input.holidays[key] ?? []
    let days = (-1...days).map { day in
      let date = first.adding(days: day)
      return holidays.contains(date) || site.workingHours.spans[date.weekday]?.isEmpty != false
    }
    freeDaysOf[key] = days
    return days
  }

  /// By day: what it costs two people to meet on it, whatever the hour: days that the region avoids, and working days
  /// between two free ones at the site of either.
  mutating func dayCosts(_ settings: SchedulingSettings, _ people: [Person]) -> [Int] {
    let sites = people.compactMap { person in
      site(of: person).map { (SiteKey(region: person.region, site: $0.name), $0) }
    }
    let key = DayCostKey(sites: sites.map(\.0), settings: settings)
    if let known = dayCostsOf[key] { return known }
    let free = sites.map { freeDays($0.0, $0.1) }
    let costs = (0..<days).map { day in
      let date = first.adding(days: day)
      let avoided = settings.avoid.reduce(0) { max($0, $1.contains(date) ? $1.cost : 0) }
      let isBridge = free.contains { $0[day] && !$0[day + 1] && $0[day + 2] }
      return max(avoided, isBridge ? settings.weights.bridge : 0)
    }
    dayCostsOf[key] = costs
    return costs
  }

  /// The days of a span on which a site works and that nobody avoids.
  mutating func openDays(
    _ key: SiteKey, _ site: Site, _ settings: SchedulingSettings, in span: Range<Int>
  ) -> Int {
    let free = freeDays(key, site)
    return span.count { day in
      let date = first.adding(days: day)
      return !free[day + 1] && !settings.avoid.contains { $0.cost > 0 && $0.contains(date) }
    }
  }

  func site(of person: Person) -> Site? { regions[person.region]?.site(named: person.site) }

  /// The grid of a region's sessions on a zone's clock; nil: there is no such zone.
  ///
  /// - Throws: `SchedulingError.gridTooFine`.
  mutating func grid(
    _ region: Region, _ frame: ProgrammeFrame, zone name: String
  ) throws(SchedulingError) -> (StartGrid, GridKey)? {
    guard let zone = zone(name) else { return nil }
    let starts: SessionGrid
    do throws(SessionGrid.TooFine) {
      // The earliest hour that anybody of the region works.
      starts = try SessionGrid(
        every: frame.grid, length: frame.length,
        within: region.sites.flatMap { $0.workingHours.spans.values.joined() })
    } catch {
      throw .gridTooFine(region: region.id, error)
    }
    let key = GridKey(zone: name, starts: starts, length: frame.length)
    if let known = grids[key] { return (known, key) }
    let grid = StartGrid(
      zone: zone, first: first, days: days, step: starts.step, origin: starts.origin, length: frame.length)
    grids[key] = grid
    return (grid, key)
  }

  /// Minutes from a mentor's site to the mentee's, where both are of one region.
  func travel(_ mentor: Person, to mentee: Person) -> Int {
    guard mentor.region == mentee.region, let from = site(of: mentor), let to = site(of: mentee) else {
      return 0
    }
    return from.name == to.name ? 0 : to.travel[from.name] ?? from.travel[to.name] ?? 0
  }

  /// One of a tandem's two; nil: their zone is unknown. `travel`: minutes that the person is on the way before and after:
  /// what their calendar holds keeps them so much longer.
  mutating func attendee(
    _ part: SessionRules.Attendee.Part, _ person: Person, travel: Int = 0, on grid: StartGrid, _ key: GridKey
  ) -> SessionRules.Attendee? {
    guard let calendar = calendar(of: person, travel: travel) else { return nil }
    let maskKey = MaskKey(calendar: CalendarKey(person: person.id, travel: travel), grid: key)
    let starts =
      masksOf[maskKey]
      ?? grid.removing(
        calendar.sessionDays, on: calendar.time.zone, from: grid.starts(in: calendar.free))
    masksOf[maskKey] = starts
    return SessionRules.Attendee(
      part: part, person: person.id, time: calendar.time, busy: calendar.busy,
      sessionDays: calendar.sessionDays, sessions: calendar.sessions, starts: starts)
  }

  private mutating func calendar(of person: Person, travel: Int) -> Calendar? {
    let key = CalendarKey(person: person.id, travel: travel)
    if let known = calendars[key] { return known }
    guard let zone = zone(person.timeZone) else { return nil }
    let site = site(of: person)
    let hours = WorkingTime.hours(
      own: person.workingHours, site: site?.workingHours ?? WorkingHours(spans: [:]))
    let holidays = site.flatMap { input.holidays[SiteKey(region: person.region, site: $0.name)] } ?? []
    let time = WorkingTime(hours: hours, holidays: holidays, zone: zone)
    let commitments = commitmentsOf[person.id] ?? []
    let meetings = input.busy[person.id] ?? .none
    var busy = commitments.isEmpty ? meetings : meetings.union(BusyTime(commitments.map(\.interval)))
    if travel > 0 {
      busy = BusyTime(
        busy.intervals.map { MinuteInterval(start: $0.start - travel, end: $0.end + travel) })
    }
    let sessions = commitments.filter(\.isSession)
    let calendar = Calendar(
      time: time, busy: busy,
      sessionDays: Set(sessions.map { zone.local(minute: $0.interval.start).date }),
      sessions: BusyTime(sessions.map(\.interval)),
      free: time.free(from: first, days: days, beside: busy))
    calendars[key] = calendar
    return calendar
  }

  /// The starts that fall on another date for the person; none for somebody on the grid's own clock.
  mutating func shifts(_ person: Person, index: Int, on grid: StartGrid, _ key: GridKey) -> [PlanProblem
    .DayShift]
  {
    guard person.timeZone != key.zone, let zone = zone(person.timeZone) else { return [] }
    let shiftKey = ShiftKey(grid: key, zone: person.timeZone)
    let masks = shiftsOf[shiftKey] ?? grid.shifted(to: zone)
    shiftsOf[shiftKey] = masks
    return [(-1, masks.before), (1, masks.after)].compactMap { days, starts in
      starts.contains { $0 != 0 } ? PlanProblem.DayShift(person: index, days: days, starts: starts) : nil
    }
  }
}
