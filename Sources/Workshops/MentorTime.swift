import Basics
internal import Calendars
internal import Programme
internal import Regions

/// When each active mentor could come, and what prevents it.
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
    var plans: PersonPlans
  }

  private let clocks: [Clock]

  /// - Parameters:
  ///   - first, days: the window.
  init(_ people: [Person], _ input: WorkshopInput, first: LocalDate, days: Int) throws(WorkshopError) {
    let regions = input.regions.keyed(by: \.id)
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
      let time = WorkingTime(hours: hours, holidays: holidays, zone: zone)
      clocks.append(
        Clock(time: time, free: time.free(from: first, days: days, beside: taken), plans: plans))
    }
    self.clocks = clocks
  }

  /// Whether a mentor is free, or only has sessions that could move. O(log spans).
  func isFree(_ mentor: Int, in interval: MinuteInterval) -> Bool {
    let free = clocks[mentor].free
    let next = free.partitionPoint { $0.start <= interval.start }
    return next > 0 && free[next - 1].end >= interval.end
  }

  /// The sessions that would have to move.
  func collisions(_ mentor: Int, in interval: MinuteInterval) -> [Session] {
    clocks[mentor].plans.movable.filter { $0.interval.overlaps(interval) }.map(\.session)
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
    return clock.plans.fixed.first { $0.interval.overlaps(interval) }.map { .meeting($0.what) }
      ?? .time(.busy)
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
    let sessionsOf = Dictionary(grouping: input.sessions.filter(\.isOpen), by: \.tandem)
    for (id, tandem) in input.tandems.keyed(by: \.id).sorted(by: { $0.key < $1.key }) {
      for session in sessionsOf[id] ?? [] {
        let isPast = input.now.map { session.start.secondsSinceEpoch <= $0.secondsSinceEpoch } ?? false
        let isFixed =
          isPast || input.fixedSessions.contains(session.id) || tandem.cohort != input.cohort
        for person in [tandem.mentor, tandem.mentee] {
          if isFixed {
            plans[person, default: PersonPlans()].fixed
              .append((session.interval, "session \(session.number) of \(id) cannot move"))
          } else {
            plans[person, default: PersonPlans()].movable.append((session.interval, session))
          }
        }
      }
    }
    for workshop in input.others {
      for person in workshop.attendees {
        plans[person, default: PersonPlans()].fixed.append((workshop.interval, "at workshop \(workshop.id)"))
      }
    }
    return plans
  }
}
