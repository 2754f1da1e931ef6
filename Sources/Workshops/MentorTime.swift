import Basics
internal import Calendars
internal import Programme
internal import Regions

/// When each active mentor could come, and what prevents it.
struct MentorTime {
  private struct Clock {
    var zone: ZoneTable
    var hours: WorkingHours
    var holidays: Set<LocalDate>
    /// Sorted, disjoint: working hours less what cannot move.
    var free: [MinuteInterval]
    var plans: PersonPlans
  }

  private let clocks: [Clock]

  /// - Parameters:
  ///   - first, days: the window.
  init(_ people: [Person], _ input: WorkshopInput, first: LocalDate, days: Int) throws(WorkshopError) {
    let regions = Dictionary(input.regions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let plansOf = PersonPlans.byPerson(input)
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
      let plans = plansOf[person.id] ?? PersonPlans()
      let taken = (input.busy[person.id] ?? .none).union(BusyTime(plans.fixed.map(\.interval)))
      clocks.append(
        Clock(
          zone: zone, hours: hours, holidays: holidays,
          free: WorkingTime(hours: hours, holidays: holidays, zone: zone)
            .free(from: first, days: days, beside: taken),
          plans: plans))
    }
    self.clocks = clocks
  }

  /// Whether a mentor is free, or only has sessions that could move. O(log spans).
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
    clocks[mentor].plans.movable.filter { $0.interval.overlaps(interval) }.map(\.session)
  }

  /// Minutes since midnight of the mentor's own clock.
  func minuteOfDay(_ mentor: Int, at minute: Int) -> Int { clocks[mentor].zone.local(minute: minute).minute }

  /// Why a mentor cannot come, in a few words; nil: they can.
  func obstacle(_ mentor: Int, in interval: MinuteInterval) -> String? {
    guard !isFree(mentor, in: interval) else { return nil }
    let clock = clocks[mentor]
    let (date, minute) = clock.zone.local(minute: interval.start)
    if clock.holidays.contains(date) { return "holiday" }
    let spans = clock.hours.spans[date.weekday] ?? []
    guard !spans.isEmpty else { return "no working day" }
    // Spans that touch are one.
    let worked = BusyTime(spans.map { MinuteInterval(start: $0.lowerBound, end: $0.upperBound) }).intervals
    if !worked.contains(where: { $0.start <= minute && minute + interval.length <= $0.end }) {
      return "outside working hours (\(clockText(minute)) in \(clock.zone.name))"
    }
    if let other = clock.plans.fixed.first(where: { $0.interval.overlaps(interval) }) { return other.what }
    return "busy"
  }

  private func clockText(_ minute: Int) -> String {
    "\((minute / 60).digits(2)):\((minute % 60).digits(2))"
  }
}

/// The sessions and workshops that a person has already.
private struct PersonPlans {
  var movable: [(interval: MinuteInterval, session: Session)] = []
  /// With words for a reason.
  var fixed: [(interval: MinuteInterval, what: String)] = []

  /// In the order of tandems, then of the input; workshops last.
  static func byPerson(_ input: WorkshopInput) -> [PersonID: PersonPlans] {
    var plans: [PersonID: PersonPlans] = [:]
    let open = input.sessions.filter { $0.status != .cancelled && $0.status != .held }
    let sessionsOf = Dictionary(grouping: open, by: \.tandem)
    let tandems = Dictionary(input.tandems.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for (id, tandem) in tandems.sorted(by: { $0.key.precedesByBytes($1.key) }) {
      for session in sessionsOf[id] ?? [] {
        let interval = MinuteInterval(start: session.start.minute, end: session.end.minute)
        let isPast = input.now.map { session.start.secondsSinceEpoch <= $0.secondsSinceEpoch } ?? false
        let isFixed =
          isPast || input.fixedSessions.contains(session.id) || tandem.cohort != input.cohort
        for person in [tandem.mentor, tandem.mentee] {
          if isFixed {
            plans[person, default: PersonPlans()].fixed
              .append((interval, "session \(session.number) of \(id) cannot move"))
          } else {
            plans[person, default: PersonPlans()].movable.append((interval, session))
          }
        }
      }
    }
    for workshop in input.others {
      let interval = MinuteInterval(start: workshop.start.minute, end: workshop.end.minute)
      for person in workshop.attendees {
        plans[person, default: PersonPlans()].fixed.append((interval, "at workshop \(workshop.id)"))
      }
    }
    return plans
  }
}
