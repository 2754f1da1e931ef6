import Basics
package import Calendars
package import Programme
package import Regions

/// The rules of one tandem's sessions: may a session be at a time, and if not, why?
///
/// This is where a session's validity is decided. The planner, which asks millions of times, compiles the rules to bit masks
/// (`openStarts`); `SessionRulesTests` holds the two together.
package struct SessionRules: Sendable {
  /// One of the two, with all that takes their time.
  package struct Attendee: Sendable {
    package enum Part: String, Hashable, Sendable {
      case mentor, mentee
    }

    package var part: Part
    package var person: PersonID
    package var time: WorkingTime
    /// Meetings, absences, workshops and sessions, on whatever day.
    package var busy: BusyTime
    /// The days, on the person's own clock, on which another session of theirs begins.
    package var sessionDays: Set<LocalDate>
    /// Other sessions of theirs.
    package var sessions: BusyTime
    /// By day of the grid: the starts at which they are free.
    package var starts: [UInt64]
  }

  /// The rooms of a site, where a room is wanted.
  package struct Rooms: Sendable {
    package var site: String
    package var names: [String]
    /// By name: what takes them.
    package var taken: [String: BusyTime]
  }

  /// The days of the sessions before and after, counted as the grid counts; nil: there is none.
  package typealias Neighbours = (before: Int?, after: Int?)

  /// Which times are asked about.
  package enum Times: Hashable, Sendable {
    /// Those that the plan offers: on its grid, of the length that sessions here have.
    case planned
    /// Those that people may propose: at any minute, of any length that the programme allows.
    case any
  }

  package var grid: StartGrid
  /// The cohort's days, as the grid counts them.
  package var span: Range<Int>
  package var frame: ProgrammeFrame
  /// The time of asking; nil: before the cohort's start.
  package var now: Timestamp?
  package var mentor: Attendee
  package var mentee: Attendee
  /// nil: they meet in the mentee's office.
  package var rooms: Rooms?

  /// The day of asking, as the grid counts.
  private var today: Int? { now.map { grid.day(of: $0.minute) } }

  /// The first day that is offered without asking anybody: notice is given of whatever moves.
  package var earliest: Int { max(span.lowerBound, today.map { $0 + frame.notice } ?? .min) }

  // MARK: - The rules

  /// All that speaks against a time; empty: the session may be there.
  ///
  /// - Parameters:
  ///   - times: those that the plan offers, or any.
  ///   - number: the session's; the first one needs notice.
  ///   - neighbours: the sessions beside it.
  package func faults(
    of interval: MinuteInterval, among times: Times = .planned, number: Int, beside neighbours: Neighbours
  ) -> [SessionFault] {
    var faults: [SessionFault] = []
    let lengths =
      times == .any ? frame.shortest...max(frame.shortest, frame.longest) : grid.length...grid.length
    if !lengths.contains(interval.length) {
      faults.append(.length(interval.length, allowed: lengths))
    }
    switch times == .any ? grid.offer(of: interval) : grid.offer(at: interval.start) {
    case .offered: break
    case .offGrid: faults.append(.offGrid(step: grid.step, days: dates))
    case .clockChange: faults.append(.clockChange)
    }
    faults += dayFaults(on: grid.day(of: interval.start), number: number, beside: neighbours)
    if let now, interval.start * 60 <= now.secondsSinceEpoch { faults.append(.past) }
    for attendee in [mentor, mentee] {
      if let obstacle = attendee.time.obstacle(in: interval, beside: attendee.busy) {
        faults.append(.notFree(attendee.part, attendee.person, obstacle))
      }
      if attendee.sessionDays.contains(attendee.time.zone.local(minute: interval.start).date) {
        faults.append(.secondSession(attendee.person))
      }
      if attendee.sessions.overlaps(interval) { faults.append(.elsewhere(attendee.person)) }
    }
    if let rooms, freeRooms(during: interval).isEmpty { faults.append(.noRoom(rooms.site)) }
    return faults
  }

  /// The sessions of a tandem that are beside a time, whatever their numbers.
  package func neighbours(
    of interval: MinuteInterval, among own: some Sequence<Session>
  ) -> (before: Session?, after: Session?) {
    var found: (before: Session?, after: Session?) = (nil, nil)
    for session in own where session.counts {
      if session.start.minute <= interval.start {
        if found.before.map({ $0.start < session.start }) ?? true { found.before = session }
      } else if found.after.map({ session.start < $0.start }) ?? true {
        found.after = session
      }
    }
    return found
  }

  /// The days of these.
  package func days(of neighbours: (before: Session?, after: Session?)) -> Neighbours {
    (
      neighbours.before.map { grid.day(of: $0.start.minute) },
      neighbours.after.map { grid.day(of: $0.start.minute) }
    )
  }

  /// What speaks against a day, whatever the time.
  package func dayFaults(on day: Int, number: Int, beside neighbours: Neighbours) -> [SessionFault] {
    var faults: [SessionFault] = []
    if !span.contains(day) { faults.append(.outsideCohort(days: dates)) }
    if number == 1, let today, day >= today, day < today + frame.notice {
      faults.append(.shortNotice(frame.notice))
    }
    let gaps = [neighbours.before.map { day - $0 }, neighbours.after.map { $0 - day }]
    return faults + gaps.compactMap { $0.flatMap(frame.gapFault) }
  }

  /// The days of the cohort that are to come.
  package var comingDays: [Int] { span.filter { $0 >= today ?? .min } }

  /// Takes another session into account: of the two, or in one of the rooms.
  package mutating func add(_ interval: MinuteInterval, of people: [PersonID], room: String?) {
    func add(to attendee: inout Attendee) {
      guard people.contains(attendee.person) else { return }
      attendee.sessionDays.insert(attendee.time.zone.local(minute: interval.start).date)
      attendee.sessions = attendee.sessions.union(BusyTime([interval]))
    }
    add(to: &mentor)
    add(to: &mentee)
    guard let room else { return }
    let taken = rooms?.taken[room] ?? .none
    rooms?.taken[room] = taken.union(BusyTime([interval]))
  }

  /// The rooms that are free for a session, by whole steps of the grid: the next one begins with a start.
  package func freeRooms(during interval: MinuteInterval) -> [String] {
    guard let rooms else { return [] }
    let needed = grid.rounded(interval)
    return rooms.names.filter { rooms.taken[$0]?.overlaps(needed) != true }
  }

  /// The cohort's days.
  package var dates: ClosedRange<LocalDate> {
    let first = grid.first.adding(days: span.lowerBound)
    return first...max(first, grid.first.adding(days: span.upperBound - 1))
  }

  // MARK: - As masks

  /// By day of the grid: the starts to come at which both are free.
  package var openStarts: [UInt64] {
    var starts = bothFree
    guard let now, let today else { return starts }
    for day in starts.indices where day <= today {
      for tick in 0..<SessionGrid.most where starts[day] >> UInt64(tick) & 1 == 1 {
        if let start = grid.minute(day: day, tick: tick), start * 60 > now.secondsSinceEpoch { continue }
        starts[day] &= ~(1 << UInt64(tick))
      }
    }
    return starts
  }

  /// By day of the grid: the starts at which both are free, past or not.
  package var bothFree: [UInt64] { zip(mentor.starts, mentee.starts).map { $0 & $1 } }
}

extension ProgrammeFrame {
  /// What is wrong with so many days from one session of a tandem to the next; nil: nothing.
  package func gapFault(_ days: Int) -> SessionFault? {
    let isAllowed = gap.contains(days) || softUpperGap && days > gap.upperBound
    return isAllowed ? nil : .gap(days, allowed: gap)
  }
}
