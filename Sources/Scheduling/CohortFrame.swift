internal import Calendars
internal import Programme
internal import Regions

/// The people, clocks and sites of a cohort, looked up once: what each tandem's starts are made of.
struct CohortFrame {
  let input: CohortInput
  let first: LocalDate
  let days: Int
  private var zones: [String: ZoneTable?] = [:]
  private var grids: [GridKey: StartGrid] = [:]
  private var freeOf: [PersonID: [MinuteInterval]] = [:]
  private var masksOf: [MaskKey: [UInt64]] = [:]
  private var shiftsOf: [ShiftKey: (before: [UInt64], after: [UInt64])] = [:]
  private let commitmentsOf: [PersonID: [CohortInput.Commitment]]
  let regions: [String: Region]

  struct GridKey: Hashable {
    var zone: String
    var step: Int
    var origin: Int
    var length: Int
  }

  private struct MaskKey: Hashable {
    var person: PersonID
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
    regions = Dictionary(input.regions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var commitments: [PersonID: [CohortInput.Commitment]] = [:]
    for commitment in input.commitments {
      for person in commitment.people { commitments[person, default: []].append(commitment) }
    }
    commitmentsOf = commitments
  }

  mutating func zone(_ name: String) -> ZoneTable? {
    if let known = zones[name] { return known }
    let zone = try? ZoneDatabase.zone(name)
    zones[name] = .some(zone)
    return zone
  }

  func site(of person: Person) -> Site? { regions[person.region]?.site(named: person.site) }

  func holidays(of person: Person) -> Set<LocalDate> {
    guard let site = site(of: person) else { return [] }
    return input.holidays[SiteKey(region: person.region, site: site.name)] ?? []
  }

  /// The grid of a region's sessions on a zone's clock; nil: there is no such zone.
  ///
  /// - Throws: `SchedulingError.gridTooFine`.
  mutating func grid(
    _ region: Region, _ frame: ProgrammeFrame, zone name: String
  ) throws(SchedulingError) -> (StartGrid, GridKey)? {
    guard let zone = zone(name) else { return nil }
    let step = frame.grid
    var origin = 0
    if step * 64 < 1440 {
      // A fine grid begins with the earliest hour that anybody of the region works.
      let spans = region.sites.flatMap(\.workingHours.spans.values).flatMap { $0 }
      let earliest = spans.map(\.start).min() ?? 0
      let latest = spans.map(\.end).max() ?? 1440
      guard step > 0 else { throw .gridTooFine(region: region.id, minutes: step) }
      origin = earliest / step * step
      if latest - frame.length - origin > 63 * step {
        throw .gridTooFine(region: region.id, minutes: step)
      }
    }
    let key = GridKey(zone: name, step: step, origin: origin, length: frame.length)
    if let known = grids[key] { return (known, key) }
    let grid = StartGrid(
      zone: zone, first: first, days: days, step: step, origin: origin, length: frame.length)
    grids[key] = grid
    return (grid, key)
  }

  /// When a person could meet, from the day before the first on; nil: the zone is unknown.
  mutating func free(_ person: Person) -> [MinuteInterval]? {
    if let known = freeOf[person.id] { return known }
    guard let zone = zone(person.timeZone) else { return nil }
    let site = site(of: person)
    let hours = WorkingTime.hours(
      own: person.workingHours, site: site?.workingHours ?? WorkingHours(spans: [:]))
    let time = WorkingTime(hours: hours, holidays: holidays(of: person), zone: zone)
    var busy = input.busy[person.id] ?? .none
    if let commitments = commitmentsOf[person.id] {
      busy = busy.union(BusyTime(commitments.map { blocked($0, in: zone) }))
    }
    let free = time.free(from: first, days: days, beside: busy)
    freeOf[person.id] = free
    return free
  }

  /// A session elsewhere takes the whole day of both, for nobody has two sessions on a day.
  private func blocked(_ commitment: CohortInput.Commitment, in zone: ZoneTable) -> MinuteInterval {
    guard commitment.isSession else { return commitment.interval }
    let date = zone.local(minute: commitment.interval.start).date
    return MinuteInterval(
      start: zone.minute(of: date), end: zone.minute(of: date.adding(days: 1)))
  }

  /// By day, the starts at which the person alone could meet.
  mutating func starts(_ person: Person, on grid: StartGrid, _ key: GridKey) -> [UInt64]? {
    let maskKey = MaskKey(person: person.id, grid: key)
    if let known = masksOf[maskKey] { return known }
    guard let free = free(person) else { return nil }
    let masks = grid.starts(in: free)
    masksOf[maskKey] = masks
    return masks
  }

  /// The starts that fall on another date for the person; none for somebody on the grid's own clock.
  mutating func shifts(_ person: Person, index: Int, on grid: StartGrid, _ key: GridKey) -> [PlanProblem
    .DayShift]
  {
    guard person.timeZone != key.zone, let zone = zone(person.timeZone) else { return [] }
    let shiftKey = ShiftKey(grid: key, zone: person.timeZone)
    let masks: (before: [UInt64], after: [UInt64])
    if let known = shiftsOf[shiftKey] {
      masks = known
    } else {
      masks = grid.shifted(to: zone)
      shiftsOf[shiftKey] = masks
    }
    var shifts: [PlanProblem.DayShift] = []
    if masks.before.contains(where: { $0 != 0 }) {
      shifts.append(PlanProblem.DayShift(person: index, days: -1, starts: masks.before))
    }
    if masks.after.contains(where: { $0 != 0 }) {
      shifts.append(PlanProblem.DayShift(person: index, days: 1, starts: masks.after))
    }
    return shifts
  }
}
