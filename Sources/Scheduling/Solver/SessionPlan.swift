/// A plan by its single sessions: where each is, what it costs there, and whom it would push out elsewhere.
///
/// Sessions are numbered through, those of a tandem one after the other; only tandems that share something are in it. Each
/// tandem keeps the home that it comes with.
struct SessionPlan {
  /// By session: its day, start and room. A day below zero: it is out of the plan. A room below zero: it wants none.
  struct Positions {
    fileprivate(set) var day: [Int]
    fileprivate(set) var tick: [Int]
    fileprivate(set) var room: [Int]
  }

  private let problem: PlanProblem
  private let tables: StartTables
  private let days: Int

  /// By session: its tandem, and how many ticks of a room it takes.
  private(set) var tandem: [Int] = []
  private var ticks: [Int] = []
  private(set) var at: Positions
  /// By session: what its day and hour cost at its place.
  private var own: [Int]
  /// The cost of all sessions in the plan; what its fixed sessions cost a tandem is not in it.
  private(set) var total = 0
  /// Site × days + day: the sessions there.
  private var load: [Int32]

  /// By tandem: its sessions.
  private(set) var sessions: [Range<Int>] = []
  /// By tandem: its home.
  private var homes: [(weekday: Int, tick: Int)] = []
  /// By tandem: the people whom it shares, with their rows.
  private var shared: [[(person: Int, row: Int)]] = []
  /// By tandem: the first room of its pool among all rooms, and how many there are.
  private var firstRoom: [Int] = []
  private(set) var rooms: [Int] = []

  /// By session: its places in the lists below, the best first.
  private var places: [Range<Int>] = []
  private var placeCost: [Int] = []
  private var placeDay: [Int16] = []
  private var placeTick: [Int8] = []

  /// Row × (days + 2) + 1 + day: the session there, or -1.
  private var personDay: [Int]
  /// Room × days + day: the ticks that are taken.
  private var roomTaken: [UInt64] = []
  /// By room and day, a list of its sessions: the first of it, and the one after each.
  private var first: [Int]
  private var following: [Int]

  /// O(sessions × places × log places), because each session's places are sorted.
  init(_ problem: PlanProblem, occupancy: Occupancy) {
    self.problem = problem
    tables = occupancy.tables
    days = problem.days
    load = Array(repeating: 0, count: problem.sites.count * problem.days)
    var roomsBefore: [Int] = []
    for pool in problem.pools {
      roomsBefore.append(roomTaken.count / max(1, days))
      for room in pool.taken { roomTaken += room }
    }
    let count = problem.tandems.indices.reduce(0) {
      $0 + (occupancy.isCoupled($1) ? occupancy.slots[$1].count : 0)
    }
    at = Positions(
      day: Array(repeating: -1, count: count), tick: Array(repeating: 0, count: count),
      room: Array(repeating: -1, count: count))
    own = Array(repeating: 0, count: count)
    following = Array(repeating: -1, count: count)
    first = Array(repeating: -1, count: roomTaken.count)
    personDay = Array(repeating: -1, count: ((occupancy.row.max() ?? -1) + 1) * (days + 2))
    for (index, tandem) in problem.tandems.enumerated() {
      shared.append(tandem.people.map { ($0, occupancy.row[$0]) }.filter { $0.1 >= 0 })
      firstRoom.append(tandem.pool.map { roomsBefore[$0] } ?? 0)
      rooms.append(tandem.pool == nil ? 0 : occupancy.rooms(of: index))
      let slots = occupancy.isCoupled(index) ? occupancy.slots[index] : []
      sessions.append(self.tandem.count..<(self.tandem.count + slots.count))
      let home = problem.home(of: slots, tandem)
      homes.append((home.weekday, home.tick))
      for (k, slot) in slots.enumerated() {
        self.tandem.append(index)
        ticks.append(tandem.ticks(k))
        list(tandem, k, slot)
      }
    }
    for (index, sessions) in sessions.enumerated() {
      for (session, slot) in zip(sessions, occupancy.slots[index]) { put(session, slot) }
    }
  }

  /// How many days from its ideal one places are tried for a session; more only if its place is farther already.
  private static let reach = 14

  private mutating func list(_ tandem: PlanProblem.Tandem, _ k: Int, _ slot: PlanProblem.Slot) {
    let ideal = tandem.ideals[k]
    let reach = max(SessionPlan.reach, abs(slot.day - ideal))
    let index = self.tandem.count - 1
    let row = tables.row(self.tandem[index], tandem.length(k))
    var found: [(cost: Int, order: UInt64, day: Int, tick: Int)] = []
    for day in stride(from: max(0, ideal - reach), through: min(days - 1, ideal + reach), by: 1) {
      var left = tables.mask(row, day)
      while left != 0 {
        let tick = left.trailingZeroBitCount
        left &= left - 1
        found.append(
          (
            cost(index, k, row, day: day, tick: tick), StartTables.order(tandem.tie, UInt64(day * 64 + tick)),
            day,
            tick
          ))
      }
    }
    found.sort { $0 < $1 }
    places.append(placeCost.count..<(placeCost.count + found.count))
    for place in found {
      placeCost.append(place.cost)
      placeDay.append(Int16(truncatingIfNeeded: place.day))
      placeTick.append(Int8(truncatingIfNeeded: place.tick))
    }
  }

  /// What a place costs a session, those beside it and the load aside.
  private func cost(_ session: Int, _ k: Int, _ row: Int, day: Int, tick: Int) -> Int {
    let (index, home) = (tandem[session], homes[tandem[session]])
    let distance = day - problem.tandems[index].ideals[k]
    let regularity = problem.tandems[index].regularity
    var cost = distance * distance + tables.cost(row, day, tick)
    if problem.weekday(day) != home.weekday { cost += regularity.weekdayCost }
    if tick != home.tick { cost += regularity.startCost }
    return cost
  }

  /// The place of a session; nil while it is out of the plan.
  func slot(of session: Int) -> PlanProblem.Slot? { slot(of: session, in: at) }

  private func slot(of session: Int, in at: Positions) -> PlanProblem.Slot? {
    guard at.day[session] >= 0 else { return nil }
    let room = at.room[session]
    return PlanProblem.Slot(day: at.day[session], tick: at.tick[session], room: room < 0 ? nil : room)
  }

  /// By tandem, empty for those that share nothing.
  func slots(at positions: Positions) -> [[PlanProblem.Slot]] {
    sessions.map { $0.compactMap { slot(of: $0, in: positions) } }
  }

  /// What a session costs by the day and hour of its place, and what it could save of that at its best place.
  func cost(of session: Int) -> Int { own[session] }
  func excess(of session: Int) -> Int {
    places[session].isEmpty ? 0 : own[session] - placeCost[places[session].lowerBound]
  }

  /// What a session's best place costs.
  func least(of session: Int) -> Int {
    places[session].isEmpty ? 0 : placeCost[places[session].lowerBound]
  }

  /// The places of a session that cost less than a limit.
  func places(of session: Int, below limit: Int) -> Range<Int> {
    let all = places[session]
    var end = all.lowerBound
    while end < all.upperBound, placeCost[end] < limit { end += 1 }
    return all.lowerBound..<end
  }

  /// What a session costs for the sake of those before and after it; nil where the gap forbids the day. A room below
  /// zero: it wants none.
  private func links(_ session: Int, day: Int, room: Int) -> Int? {
    let index = tandem[session]
    let gap = problem.tandems[index].gap
    let excess = problem.tandems[index].excessGapCost
    let changeCost = problem.tandems[index].roomChangeCost
    var cost = 0
    func link(_ days: Int) -> Bool {
      if days < gap.lowerBound { return false }
      if days > gap.upperBound {
        guard let excess else { return false }
        cost += excess * (days - gap.upperBound)
      }
      return true
    }
    if session > sessions[index].lowerBound {
      if at.day[session - 1] >= 0 {
        if !link(day - at.day[session - 1]) { return nil }
        if room != at.room[session - 1] { cost += changeCost }
      }
    } else {
      if let after = problem.tandems[index].after, !link(day - after) { return nil }
      if let before = problem.tandems[index].roomBefore, room >= 0, before != room { cost += changeCost }
    }
    if session + 1 < sessions[index].upperBound, at.day[session + 1] >= 0 {
      if !link(at.day[session + 1] - day) { return nil }
      if room != at.room[session + 1] { cost += changeCost }
    }
    return cost
  }

  /// Where a shared person's day is kept.
  private func cell(_ one: (person: Int, row: Int), _ index: Int, day: Int, tick: Int) -> Int {
    one.row * (days + 2) + 1 + problem.tandems[index].ownDay(of: one.person, day: day, tick: tick)
  }

  private func ticks(_ session: Int, from tick: Int) -> UInt64 {
    Occupancy.ticks(from: tick, count: ticks[session])
  }

  /// What one session more on a day costs the site.
  private func crowd(_ index: Int, _ day: Int) -> Int {
    guard let site = problem.tandems[index].site else { return 0 }
    return load[site * days + day] >= problem.sites[site].cap ? problem.sites[site].cost : 0
  }

  /// Puts a session at a free place.
  mutating func put(_ session: Int, _ slot: PlanProblem.Slot) {
    let index = tandem[session]
    let (day, tick, room) = (slot.day, slot.tick, slot.room ?? -1)
    let k = session - sessions[index].lowerBound
    own[session] = cost(
      session, k, tables.row(index, problem.tandems[index].length(k)), day: day, tick: tick)
    total += own[session] + (links(session, day: day, room: room) ?? 0) + crowd(index, day)
    if let site = problem.tandems[index].site { load[site * days + day] += 1 }
    at.day[session] = day
    at.tick[session] = tick
    at.room[session] = room
    for one in shared[index] { personDay[cell(one, index, day: day, tick: tick)] = session }
    guard room >= 0 else { return }
    let cell = (firstRoom[index] + room) * days + day
    roomTaken[cell] |= ticks(session, from: tick)
    following[session] = first[cell]
    first[cell] = session
  }

  /// Takes a session out of the plan.
  mutating func lift(_ session: Int) {
    let index = tandem[session]
    let (day, tick, room) = (at.day[session], at.tick[session], at.room[session])
    for one in shared[index] { personDay[cell(one, index, day: day, tick: tick)] = -1 }
    if room >= 0 {
      let cell = (firstRoom[index] + room) * days + day
      roomTaken[cell] &= ~ticks(session, from: tick)
      if first[cell] == session {
        first[cell] = following[session]
      } else {
        var before = first[cell]
        while before >= 0, following[before] != session { before = following[before] }
        if before >= 0 { following[before] = following[session] }
      }
    }
    at.day[session] = -1
    if let site = problem.tandems[index].site { load[site * days + day] -= 1 }
    total -= own[session] + (links(session, day: day, room: room) ?? 0) + crowd(index, day)
  }

  /// The cheapest free place, and what it costs with its links. O(places × rooms).
  func free(_ session: Int) -> (slot: PlanProblem.Slot, cost: Int)? {
    let index = tandem[session]
    var best: (day: Int, tick: Int, room: Int)?
    var least = Int.max
    for place in places[session] {
      guard placeCost[place] < least else { break }
      let (day, tick) = (Int(placeDay[place]), Int(placeTick[place]))
      guard shared[index].allSatisfy({ personDay[cell($0, index, day: day, tick: tick)] < 0 }) else {
        continue
      }
      let crowd = crowd(index, day)
      if rooms[index] == 0 {
        guard let link = links(session, day: day, room: -1), placeCost[place] + link + crowd < least else {
          continue
        }
        least = placeCost[place] + link + crowd
        best = (day, tick, -1)
        continue
      }
      let mask = ticks(session, from: tick)
      for room in 0..<rooms[index] where roomTaken[(firstRoom[index] + room) * days + day] & mask == 0 {
        guard let link = links(session, day: day, room: room) else { break }
        if placeCost[place] + link + crowd < least {
          least = placeCost[place] + link + crowd
          best = (day, tick, room)
        }
      }
    }
    return best.map {
      (PlanProblem.Slot(day: $0.day, tick: $0.tick, room: $0.room < 0 ? nil : $0.room), least)
    }
  }

  /// Whether nobody has a room of the session's pool then.
  func isFree(room: Int, for session: Int, day: Int, tick: Int) -> Bool {
    roomTaken[(firstRoom[tandem[session]] + room) * days + day] & ticks(session, from: tick) == 0
  }

  /// Whether the room's own bookings leave it to the session then.
  func isOpen(room: Int, for session: Int, day: Int, tick: Int) -> Bool {
    guard let pool = problem.tandems[tandem[session]].pool else { return false }
    return problem.pools[pool].taken[room][day] & ticks(session, from: tick) == 0
  }

  /// A place as a slot, in the room that costs least, `crowded()` counted for a room that somebody has; nil where the gap
  /// or the rooms' own bookings forbid it.
  func slot(_ place: Int, for session: Int, crowded: () -> Int) -> PlanProblem.Slot? {
    let (day, tick) = (Int(placeDay[place]), Int(placeTick[place]))
    let count = rooms[tandem[session]]
    if count == 0 {
      return links(session, day: day, room: -1) == nil ? nil : PlanProblem.Slot(day: day, tick: tick)
    }
    var best: Int?
    var least = Int.max
    for room in 0..<count where isOpen(room: room, for: session, day: day, tick: tick) {
      guard var cost = links(session, day: day, room: room) else { return nil }
      if !isFree(room: room, for: session, day: day, tick: tick) { cost += crowded() }
      if cost < least { (best, least) = (room, cost) }
    }
    return best.map { PlanProblem.Slot(day: day, tick: tick, room: $0) }
  }

  /// Takes out the sessions that conflict with a place, and calls `body` with each before it goes.
  mutating func clear(_ slot: PlanProblem.Slot, for session: Int, _ body: (Int, PlanProblem.Slot) -> Void) {
    let index = tandem[session]
    if let room = slot.room {
      let mask = ticks(session, from: slot.tick)
      var other = first[(firstRoom[index] + room) * days + slot.day]
      while other >= 0 {
        let next = following[other]
        if mask & ticks(other, from: at.tick[other]) != 0 { push(other, body) }
        other = next
      }
    }
    for one in shared[index] {
      let other = personDay[cell(one, index, day: slot.day, tick: slot.tick)]
      if other >= 0 { push(other, body) }
    }
  }

  private mutating func push(_ session: Int, _ body: (Int, PlanProblem.Slot) -> Void) {
    guard let slot = slot(of: session) else { return }
    body(session, slot)
    lift(session)
  }
}
