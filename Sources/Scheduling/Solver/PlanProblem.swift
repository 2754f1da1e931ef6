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

  /// What sessions of one length may do: where they may start, and what each start costs.
  package struct Length: Sendable {
    /// How many ticks of a room such a session takes.
    package var ticks: Int
    /// By day: bit s is set where a session may start at tick s.
    package var starts: [UInt64]
    /// By tick: what that start costs beside its day; 64 entries, none negative.
    package var tickCost: [Int]
    /// By tick: what it costs besides on a Friday; empty: nothing.
    package var fridayCost: [Int] = []
    /// Each by day: the starts at which one of the two comes from a meeting, or goes to one.
    package var beside: [[UInt64]] = []
    /// What each of these meetings costs.
    package var besideCost = 0

    package init(ticks: Int = 1, starts: [UInt64], tickCost: [Int]) {
      self.ticks = max(1, ticks)
      self.starts = starts
      self.tickCost = tickCost
    }
  }

  /// The weekday and the start at which a tandem meets as a rule: those that cost least over all its sessions.
  package struct Regularity: Sendable {
    /// What a session on another weekday, and one at another start, costs.
    package var weekdayCost: Int
    package var startCost: Int
    /// How many sessions that are fixed already are on each weekday, Monday first, and at each tick; empty: none.
    package var fixedWeekdays: [Int] = []
    package var fixedTicks: [Int] = []

    package init(weekdayCost: Int = 0, startCost: Int = 0) {
      self.weekdayCost = weekdayCost
      self.startCost = startCost
    }
  }

  package struct Tandem: Sendable {
    /// Indexes into the problem's people: those who may have one session a day.
    package var people: [Int]
    /// By length of a session: most tandems have one.
    package var lengths: [Length]
    /// By session: which of the lengths it has; empty: each the first.
    package var lengthOf: [Int] = []
    package var shifts: [DayShift]
    /// By day: what it costs to meet on it at all; empty: nothing.
    package var dayCost: [Int] = []
    /// The ideal day of each session that is to be planned.
    package var ideals: [Int]
    package var regularity = Regularity()
    /// Days between consecutive sessions.
    package var gap: ClosedRange<Int>
    /// What each day beyond the upper gap costs; nil: it is forbidden.
    package var excessGapCost: Int?
    /// The day of the fixed session before the first planned one; negative before the plan's first day.
    package var after: Int?
    /// Index into the problem's pools; nil: no room is wanted.
    package var pool: Int?
    /// What another room than that of the session before costs.
    package var roomChangeCost: Int
    /// The room of the fixed session before the first planned one.
    package var roomBefore: Int?
    /// Index into the problem's sites, where the sessions of a day are counted; nil: nobody counts.
    package var site: Int?
    /// By session: where an earlier plan had put it; empty: there was none.
    package var kept: [Slot?]
    /// By session: what leaving the earlier place costs; empty: `PlanProblem.moveCost` for each.
    package var moveCosts: [Int] = []
    /// Decides among what costs the same: a hash of the tandem's name, so that not all take the earliest.
    package var tie: UInt64 = 0

    package init(
      people: [Int], starts: [UInt64], shifts: [DayShift] = [], tickCost: [Int], ideals: [Int],
      gap: ClosedRange<Int>, excessGapCost: Int? = nil, after: Int? = nil, ticks: Int = 1, pool: Int? = nil,
      roomChangeCost: Int = 0, roomBefore: Int? = nil, kept: [Slot?] = []
    ) {
      self.people = people
      lengths = [Length(ticks: ticks, starts: starts, tickCost: tickCost)]
      self.shifts = shifts
      self.ideals = ideals
      self.gap = gap
      self.excessGapCost = excessGapCost
      self.after = after
      self.pool = pool
      self.roomChangeCost = roomChangeCost
      self.roomBefore = roomBefore
      self.kept = kept
    }

    /// The number of session k's length.
    func length(_ k: Int) -> Int { k < lengthOf.count ? lengthOf[k] : 0 }

    /// How many ticks of a room session k takes.
    func ticks(_ k: Int) -> Int { lengths[length(k)].ticks }

    /// Lets session k start at a slot, whatever stands against it.
    package mutating func open(_ slot: Slot, _ k: Int) {
      lengths[length(k)].starts[slot.day] |= 1 << UInt64(slot.tick)
    }

    /// Forbids a day to all sessions.
    package mutating func close(_ day: Int) {
      for at in lengths.indices { lengths[at].starts[day] = 0 }
    }
  }

  /// A site whose sessions of one day are counted: each beyond the cap costs.
  package struct Site: Hashable, Sendable {
    package var cap: Int
    package var cost: Int

    package init(cap: Int, cost: Int) {
      self.cap = cap
      self.cost = cost
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
  package var sites: [Site] = []
  /// The weekday of day 0; Monday is 0.
  package var firstWeekday = 0

  package init(days: Int, people: Int, tandems: [Tandem], pools: [Pool] = []) {
    self.days = days
    self.people = people
    self.tandems = tandems
    self.pools = pools
  }

  /// A session that cannot be planned weighs more than any cost of days and hours, and than any number of moves.
  package static let missingCost = 100_000_000_000
  /// A session that leaves its earlier place weighs more than any cost of days and hours of one tandem.
  package static let moveCost = 10_000_000
  /// The same where it was accepted: rather than one of these, two others move. A multiple, as searches tell moves from the
  /// other costs by.
  package static let firmMoveCost = 3 * moveCost

  /// Monday is 0.
  func weekday(_ day: Int) -> Int { ((day + firstWeekday) % 7 + 7) % 7 }
}

/// What a tandem's sessions cost, in parts.
package struct PlanCost: Hashable, Sendable {
  /// The squares of the days from the ideals.
  package var days = 0
  /// Days beyond the upper gap.
  package var gaps = 0
  /// The starts, and days on which nobody likes to meet.
  package var starts = 0
  package var rooms = 0
  /// Sessions away from the home weekday and start, those that are fixed among them.
  package var regularity = 0

  package var total: Int { days + gaps + starts + rooms + regularity }
}

extension PlanProblem.Length {
  /// What a start costs on a weekday (Monday is 0), whatever the date.
  func cost(day: Int, tick: Int, weekday: Int) -> Int {
    var cost = tickCost[tick]
    if weekday == 4, !fridayCost.isEmpty { cost += fridayCost[tick] }
    for mask in beside where mask[day] >> UInt64(tick) & 1 == 1 { cost += besideCost }
    return cost
  }
}

extension PlanProblem.Tandem {
  /// The day on which a start falls for one of the two: the plan's, or the one beside it.
  func ownDay(of person: Int, day: Int, tick: Int) -> Int {
    for shift in shifts where shift.person == person && shift.starts[day] >> UInt64(tick) & 1 == 1 {
      return day + shift.days
    }
    return day
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

  /// What it costs that session k leaves its earlier place.
  func moveCost(_ k: Int) -> Int { k < moveCosts.count ? moveCosts[k] : PlanProblem.moveCost }
}

extension PlanProblem {
  /// The cost of a tandem's slots in its parts, by definition; missing sessions, moves and load are not in it.
  package func cost(of slots: [Slot], _ tandem: Tandem) -> PlanCost {
    var cost = PlanCost()
    var before = tandem.after
    var roomBefore = tandem.roomBefore
    for (k, slot) in slots.enumerated() {
      let distance = slot.day - tandem.ideals[k]
      cost.days += distance * distance
      cost.starts += tandem.lengths[tandem.length(k)].cost(
        day: slot.day, tick: slot.tick, weekday: weekday(slot.day))
      if !tandem.dayCost.isEmpty { cost.starts += tandem.dayCost[slot.day] }
      if let room = slot.room {
        if let roomBefore, roomBefore != room { cost.rooms += tandem.roomChangeCost }
        roomBefore = room
      }
      if let before, let excess = tandem.excessGapCost {
        cost.gaps += excess * max(0, slot.day - before - tandem.gap.upperBound)
      }
      before = slot.day
    }
    let home = home(of: slots, tandem)
    cost.regularity = home.cost
    return cost
  }

  /// The weekday and start at which these slots, and what is fixed, are most often; of several the first. And what the
  /// others cost.
  package func home(of slots: [Slot], _ tandem: Tandem) -> (weekday: Int, tick: Int, cost: Int) {
    let regularity = tandem.regularity
    var weekdays = regularity.fixedWeekdays.isEmpty ? Array(repeating: 0, count: 7) : regularity.fixedWeekdays
    var ticks = regularity.fixedTicks.isEmpty ? Array(repeating: 0, count: 64) : regularity.fixedTicks
    for slot in slots {
      weekdays[weekday(slot.day)] += 1
      ticks[slot.tick] += 1
    }
    let weekday = weekdays.indices.max { (weekdays[$0], $1) < (weekdays[$1], $0) } ?? 0
    let tick = ticks.indices.max { (ticks[$0], $1) < (ticks[$1], $0) } ?? 0
    return (
      weekday, tick,
      regularity.weekdayCost * (weekdays.reduce(0, +) - weekdays[weekday])
        + regularity.startCost * (ticks.reduce(0, +) - ticks[tick])
    )
  }

  /// What a search minimises of one tandem: the cost, the missing sessions and the moves.
  package func objective(of slots: [Slot], _ tandem: Tandem) -> Int {
    var moves = 0
    for (k, slot) in slots.enumerated()
    where k < tandem.kept.count && tandem.kept[k] != nil && tandem.kept[k] != slot {
      moves += tandem.moveCost(k)
    }
    return cost(of: slots, tandem).total + (tandem.ideals.count - slots.count) * Self.missingCost + moves
  }

  /// What the sessions beyond the caps cost: by site and day.
  package func loadCost(of plan: [[Slot]]) -> Int {
    var load = Array(repeating: 0, count: sites.count * days)
    for (index, slots) in plan.enumerated() {
      guard let site = tandems[index].site else { continue }
      for slot in slots { load[site * days + slot.day] += 1 }
    }
    return load.indices.reduce(0) { sum, at in
      let site = sites[at / days]
      return sum + site.cost * max(0, load[at] - site.cap)
    }
  }

  /// What a search minimises of a whole plan.
  package func objective(of plan: [[Slot]]) -> Int {
    zip(tandems, plan).reduce(loadCost(of: plan)) { $0 + objective(of: $1.1, $1.0) }
  }
}

extension Int {
  /// The sessions of a day from which on a site is crowded: so many hundredths of what a day has on average.
  package static func cap(share: Int, sessions: Int, days: Int, least: Int) -> Int {
    let whole = 100 * Swift.max(1, days)
    return Swift.max(1, least, (share * sessions + whole - 1) / whole)
  }
}
