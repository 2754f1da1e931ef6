/// When the tandems of a cohort could meet, stripped of names, zones and calendars: days, ticks and costs.
///
/// A day is a calendar day counted from the plan's first; a tick is a start on the day's grid, 0…63, one bit of a mask.
/// What is fixed from outside (busy time, held sessions, absences) is already missing from the masks; what remains is the
/// choice, and what the tandems take from each other: a person's day and a room's ticks.
package struct PlanProblem: Sendable {
  /// Starts that fall on another date for one of the two, who lives in another zone.
  package struct DayShift: Hashable, Sendable {
    /// Index into the problem's people.
    package var person: Int
    /// Days to add to the plan's day to get the person's own: -1 or 1.
    package var days: Int
    /// By day: the starts for which that holds.
    package var starts: [UInt64]
  }

  package struct Tandem: Sendable {
    /// Indexes into the problem's people: those who may have one session a day.
    package var people: [Int]
    /// By day: bit s is set where a session may start at tick s.
    package var starts: [UInt64]
    package var shifts: [DayShift]
    /// By tick: what that start costs beside its day; 64 entries, none negative.
    package var tickCost: [Int]
    /// The ideal day of each session that is to be planned.
    package var ideals: [Int]
    /// Days between consecutive sessions.
    package var gap: ClosedRange<Int>
    /// What each day beyond the upper gap costs; nil: it is forbidden.
    package var excessGapCost: Int?
    /// The day of the fixed session before the first planned one; negative before the plan's first day.
    package var after: Int?
    /// How many ticks of a room a session takes.
    package var ticks: Int
    /// Index into the problem's pools; nil: no room is wanted.
    package var pool: Int?
    /// What another room than that of the session before costs.
    package var roomChangeCost: Int
    /// The room of the fixed session before the first planned one.
    package var roomBefore: Int?
    /// By session: where an earlier plan had put it; empty: there was none.
    package var kept: [Slot?]
    /// By session: what leaving the earlier place costs; empty: `PlanProblem.moveCost` for each.
    package var moveCosts: [Int] = []

    package init(
      people: [Int], starts: [UInt64], shifts: [DayShift] = [], tickCost: [Int], ideals: [Int],
      gap: ClosedRange<Int>, excessGapCost: Int? = nil, after: Int? = nil, ticks: Int = 1, pool: Int? = nil,
      roomChangeCost: Int = 0, roomBefore: Int? = nil, kept: [Slot?] = []
    ) {
      self.people = people
      self.starts = starts
      self.shifts = shifts
      self.tickCost = tickCost
      self.ideals = ideals
      self.gap = gap
      self.excessGapCost = excessGapCost
      self.after = after
      self.ticks = max(1, ticks)
      self.pool = pool
      self.roomChangeCost = roomChangeCost
      self.roomBefore = roomBefore
      self.kept = kept
    }
  }

  /// The rooms of one site, each for one session at a time.
  package struct Pool: Sendable {
    /// By room, by day: ticks that the room's own bookings take.
    package var taken: [[UInt64]]

    package init(taken: [[UInt64]]) { self.taken = taken }
  }

  /// Where a session is put: the room is an index into its pool.
  package struct Slot: Hashable, Sendable {
    package var day: Int
    package var tick: Int
    package var room: Int?

    package init(day: Int, tick: Int, room: Int? = nil) {
      self.day = day
      self.tick = tick
      self.room = room
    }
  }

  package var days: Int
  package var people: Int
  /// In the order of their identifiers: ties are broken by it.
  package var tandems: [Tandem]
  package var pools: [Pool]

  package init(days: Int, people: Int, tandems: [Tandem], pools: [Pool] = []) {
    self.days = days
    self.people = people
    self.tandems = tandems
    self.pools = pools
  }

  /// A session that cannot be planned weighs more than any cost of days and hours: 10 × 366² is less.
  package static let missingCost = 100_000_000
  /// A session that leaves its earlier place weighs more than any cost of days and hours of one tandem.
  package static let moveCost = 2_000_000
  /// The same where it was accepted: rather than one of these, two others move. A multiple, as searches tell moves from the
  /// other costs by.
  package static let firmMoveCost = 3 * moveCost
}

extension PlanProblem.Tandem {
  /// The day on which a start falls for one of the two: the plan's, or the one beside it.
  func ownDay(of person: Int, day: Int, tick: Int) -> Int {
    for shift in shifts where shift.person == person && shift.starts[day] >> UInt64(tick) & 1 == 1 {
      return day + shift.days
    }
    return day
  }

  /// The cost of a tandem's slots in its parts, by definition; missing sessions and moves are not in it.
  package func cost(of slots: [PlanProblem.Slot]) -> (days: Int, ticks: Int, rooms: Int, gaps: Int) {
    var days = 0
    var ticks = 0
    var rooms = 0
    var gaps = 0
    var before = after
    var roomBefore = roomBefore
    for (slot, ideal) in zip(slots, ideals) {
      days += (slot.day - ideal) * (slot.day - ideal)
      ticks += tickCost[slot.tick]
      if let room = slot.room {
        if let roomBefore, roomBefore != room { rooms += roomChangeCost }
        roomBefore = room
      }
      if let before, let excessGapCost {
        gaps += excessGapCost * max(0, slot.day - before - gap.upperBound)
      }
      before = slot.day
    }
    return (days, ticks, rooms, gaps)
  }

  /// The earlier plan where it has all sessions, at days that the gap allows.
  package var keptInFull: [PlanProblem.Slot]? {
    let slots = kept.compactMap { $0 }
    guard slots.count == ideals.count else { return nil }
    var before = after
    for slot in slots {
      if let before {
        let days = slot.day - before
        guard days >= gap.lowerBound, days <= gap.upperBound || excessGapCost != nil else { return nil }
      }
      before = slot.day
    }
    return slots
  }

  /// What a search minimises: the cost, the missing sessions and the moves.
  package func objective(of slots: [PlanProblem.Slot]) -> Int {
    let parts = cost(of: slots)
    var moves = 0
    for (k, slot) in slots.enumerated() where k < kept.count && kept[k] != nil && kept[k] != slot {
      moves += moveCost(k)
    }
    return parts.days + parts.ticks + parts.rooms + parts.gaps
      + (ideals.count - slots.count) * PlanProblem.missingCost + moves
  }

  /// What it costs that session k leaves its earlier place.
  func moveCost(_ k: Int) -> Int { k < moveCosts.count ? moveCosts[k] : PlanProblem.moveCost }
}
