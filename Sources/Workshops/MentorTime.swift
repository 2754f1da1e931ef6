import Basics
internal import Calendars
internal import Programme
internal import Regions

/// When each active mentor could come, and what stands in the way.
struct MentorTime {
  /// What keeps a mentor from coming.
  enum Obstacle: Hashable {
    case time(WorkingTime.Obstacle)
    /// Something that cannot move, in words.
    case meeting(String)

    var text: String {
      switch self {
      case .time(let obstacle): obstacle.text
      case .meeting(let what): what
      }
    }
  }

  private struct Clock {
    var time: WorkingTime
    /// Sorted, disjoint: working hours less what cannot move.
    var free: [MinuteInterval]
    /// Sessions that could move, and what cannot: with words for a reason.
    var movable: [(interval: MinuteInterval, session: Session)]
    var fixed: [(interval: MinuteInterval, what: String)]
  }

  private let clocks: [Clock]

  /// - Parameters:
  ///   - first, days: the window.
  init(
    _ people: [Person], _ input: WorkshopInput, first: LocalDate, days: Int
  ) throws(WorkshopError) {
    let regions = Dictionary(input.regions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var sessionsOf: [TandemID: [Session]] = [:]
    for session in input.sessions where session.isOpen {
      sessionsOf[session.tandem, default: []].append(session)
    }
    var meetingsOf: [PersonID: [Workshop]] = [:]
    for workshop in input.others {
      for person in workshop.attendees { meetingsOf[person, default: []].append(workshop) }
    }
    let cohortOf = Dictionary(
      input.tandems.map { ($0.id, $0.cohort) }, uniquingKeysWith: { first, _ in first })
    var othersOf: [PersonID: Set<TandemID>] = [:]
    for tandem in input.tandems {
      othersOf[tandem.mentor, default: []].insert(tandem.id)
      othersOf[tandem.mentee, default: []].insert(tandem.id)
    }
    var clocks: [Clock] = []
    for person in people {
      guard let zone = try? ZoneDatabase.zone(person.timeZone) else {
        throw .unknownZone(person.timeZone, of: person.id.text)
      }
      let site = regions[person.region]?.site(named: person.site)
      let hours = WorkingTime.hours(
        own: person.workingHours, site: site?.workingHours ?? WorkingHours(spans: [:]))
      let holidays =
        site.flatMap { input.holidays[SiteKey(region: person.region, site: $0.name)] } ?? []
      let calendar = input.busy[person.id] ?? .none
      var movable: [(MinuteInterval, Session)] = []
      var fixed: [(MinuteInterval, String)] = []
      for tandem in (othersOf[person.id] ?? []).sorted() {
        for session in sessionsOf[tandem] ?? [] {
          let isPast = input.now.map { session.start.secondsSinceEpoch <= $0.secondsSinceEpoch } ?? false
          if isPast || input.fixedSessions.contains(session.id) || cohortOf[tandem] != input.cohort {
            fixed.append((session.interval, "session \(session.number) of \(tandem) cannot move"))
          } else {
            movable.append((session.interval, session))
          }
        }
      }
      for workshop in meetingsOf[person.id] ?? [] {
        fixed.append((workshop.interval, "at workshop \(workshop.id)"))
      }
      let taken = calendar.union(BusyTime(fixed.map(\.0)))
      let time = WorkingTime(hours: hours, holidays: holidays, zone: zone)
      clocks.append(
        Clock(
          time: time, free: time.free(from: first, days: days, beside: taken),
          movable: movable.map { (interval: $0.0, session: $0.1) },
          fixed: fixed.map { (interval: $0.0, what: $0.1) }))
    }
    self.clocks = clocks
  }

  /// Whether a mentor is free, sessions that could move aside. O(log spans).
  func isFree(_ mentor: Int, in interval: MinuteInterval) -> Bool {
    let free = clocks[mentor].free
    var low = 0
    var high = free.count
    while low < high {
      let middle = (low + high) / 2
      if free[middle].start <= interval.start { low = middle + 1 } else { high = middle }
    }
    return low > 0 && free[low - 1].end >= interval.end
  }

  /// The sessions that would have to move.
  func collisions(_ mentor: Int, in interval: MinuteInterval) -> [Session] {
    clocks[mentor].movable.filter { $0.interval.overlaps(interval) }.map(\.session)
  }

  /// Minutes since midnight of the mentor's own clock.
  func minuteOfDay(_ mentor: Int, at minute: Int) -> Int {
    clocks[mentor].time.zone.local(minute: minute).minute
  }

  /// Why a mentor cannot come; nil: they can.
  func obstacle(_ mentor: Int, in interval: MinuteInterval) -> Obstacle? {
    guard !isFree(mentor, in: interval) else { return nil }
    let clock = clocks[mentor]
    if let outside = clock.time.obstacle(in: interval, beside: .none) { return .time(outside) }
    return clock.fixed.first { $0.interval.overlaps(interval) }.map { .meeting($0.what) } ?? .time(.busy)
  }
}
