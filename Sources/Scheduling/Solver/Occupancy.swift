import Basics

/// Who has taken which day of a person and which ticks of a room, while tandems are put into a plan and out of it.
struct Occupancy {
  private let problem: PlanProblem
  let tables: StartTables
  /// By person: the row of a person who is in several tandems; -1 for the others, whose days nobody else takes.
  let row: [Int]
  /// By pool: the tandems that want a room of it.
  private let guests: [[Int]]
  /// By row, from the day before the plan's first to the day after its last: the tandem that meets on it, or -1.
  private var personDay: [Int32]
  /// By pool: its first room among all rooms.
  private let firstRoom: [Int]
  /// Room × days + day: the ticks that are taken, by the room's own bookings or by a session.
  private var roomTaken: [UInt64]
  /// Site × days + day: the sessions there; and what those beyond the caps cost.
  private var load: [Int32]
  private(set) var loadCost = 0
  /// By tandem: its sessions.
  private(set) var slots: [[PlanProblem.Slot]]

  init(_ problem: PlanProblem, _ tables: StartTables) {
    self.problem = problem
    self.tables = tables
    let days = problem.days
    load = Array(repeating: 0, count: problem.sites.count * days)
    var tandemsOfPerson = Array(repeating: 0, count: problem.people)
    for tandem in problem.tandems {
      for person in tandem.people { tandemsOfPerson[person] += 1 }
    }
    var rows = 0
    row = tandemsOfPerson.map { count in
      guard count > 1 else { return -1 }
      rows += 1
      return rows - 1
    }
    personDay = Array(repeating: -1, count: rows * (days + 2))
    var guests = Array(repeating: [Int](), count: problem.pools.count)
    for (index, tandem) in problem.tandems.enumerated() {
      if let pool = tandem.pool { guests[pool].append(index) }
    }
    self.guests = guests
    var first: [Int] = []
    roomTaken = []
    for pool in problem.pools {
      first.append(roomTaken.count / max(1, days))
      for room in pool.taken { roomTaken += room }
    }
    firstRoom = first
    slots = Array(repeating: [], count: problem.tandems.count)
  }

  func rooms(of tandem: Int) -> Int {
    problem.tandems[tandem].pool.map { problem.pools[$0].taken.count } ?? 1
  }

  /// Whether the tandem shares a person, a room or the load of a day with anybody.
  func isCoupled(_ tandem: Int) -> Bool {
    let tandem = problem.tandems[tandem]
    return tandem.pool != nil || tandem.site != nil || tandem.people.contains { row[$0] >= 0 }
  }

  /// The starts of a day, of those given, with which no session of the plan conflicts, rooms aside.
  private func openStarts(_ starts: UInt64, _ tandem: PlanProblem.Tandem, _ day: Int) -> UInt64 {
    var starts = starts
    guard starts != 0 else { return 0 }
    for person in tandem.people where row[person] >= 0 {
      let base = row[person] * (problem.days + 2) + 1
      if tandem.shifts.isEmpty {
        if personDay[base + day] >= 0 { return 0 }
        continue
      }
      var shifted: UInt64 = 0
      for shift in tandem.shifts where shift.person == person {
        let other = day + shift.days
        shifted |= shift.starts[day]
        if personDay[base + other] >= 0 { starts &= ~shift.starts[day] }
      }
      if personDay[base + day] >= 0 { starts &= shifted }
    }
    return starts
  }

  /// The starts at which a room is free for the whole session.
  private func openStarts(_ starts: UInt64, room: Int, day: Int, ticks: Int) -> UInt64 {
    let taken = roomTaken[room * problem.days + day]
    guard taken != 0 else { return starts }
    var open = starts & ~taken
    for offset in 1..<max(2, ticks) where offset < ticks { open &= ~(taken >> UInt64(offset)) }
    return open
  }

  /// Fills the workspace with what is open to this tandem, beside those who are in the plan. O(days × rooms).
  /// With `prices`, what a start takes from others is added.
  func fill(_ program: SessionProgram, for index: Int, prices: Prices? = nil) {
    let tandem = problem.tandems[index]
    let days = problem.days
    let first = tandem.pool.map { firstRoom[$0] } ?? 0
    let rooms = rooms(of: index)
    for (number, length) in tandem.lengths.enumerated() {
      let row = tables.row(index, number)
      for day in 0..<days {
        let starts = openStarts(tables.mask(row, day), tandem, day)
        for room in 0..<rooms {
          program.open[(number * rooms + room) * days + day] =
            tandem.pool == nil || starts == 0
            ? starts : openStarts(starts, room: first + room, day: day, ticks: length.ticks)
        }
      }
    }
    let scale = prices == nil ? 1 : Prices.scale
    prices?.fill(program, for: index)
    if prices == nil {
      for day in 0..<days { program.dayPrice[day] = 0 }
    }
    if let site = tandem.site {
      let (cap, cost) = (problem.sites[site].cap, problem.sites[site].cost * scale)
      for day in 0..<days where load[site * days + day] >= cap {
        program.dayPrice[day] += cost - (prices?.loadPrice(site, day) ?? 0)
      }
    }
    program.keptHolds = tandem.kept.indices.map { k in
      tandem.kept[k].map { holds($0, for: index, k) } ?? false
    }
  }

  /// Whether a slot is open to a tandem's session k beside those who are in the plan.
  func holds(_ slot: PlanProblem.Slot, for index: Int, _ k: Int) -> Bool {
    let tandem = problem.tandems[index]
    guard (0..<problem.days).contains(slot.day), (0..<64).contains(slot.tick) else { return false }
    var starts = openStarts(tables.mask(tables.row(index, tandem.length(k)), slot.day), tandem, slot.day)
    if let pool = tandem.pool {
      guard let room = slot.room, problem.pools[pool].taken.indices.contains(room) else { return false }
      starts = openStarts(starts, room: firstRoom[pool] + room, day: slot.day, ticks: tandem.ticks(k))
    }
    return starts >> UInt64(slot.tick) & 1 == 1
  }

  /// Whether slots are open to a tandem's sessions, one after the other.
  func holds(_ slots: [PlanProblem.Slot], for index: Int) -> Bool {
    slots.indices.allSatisfy { holds(slots[$0], for: index, $0) }
  }

  /// Whether one of the slots would be beyond the cap of its day.
  func isCrowded(_ slots: [PlanProblem.Slot], _ index: Int) -> Bool {
    guard let site = problem.tandems[index].site else { return false }
    return slots.contains { load[site * problem.days + $0.day] >= problem.sites[site].cap }
  }

  mutating func put(_ new: [PlanProblem.Slot], for index: Int) {
    slots[index] = new
    mark(index, owner: Int32(truncatingIfNeeded: index))
  }

  mutating func remove(_ index: Int) {
    mark(index, owner: -1)
    slots[index] = []
  }

  private mutating func mark(_ index: Int, owner: Int32) {
    let tandem = problem.tandems[index]
    for (k, slot) in slots[index].enumerated() {
      for person in tandem.people where row[person] >= 0 {
        let day = tandem.ownDay(of: person, day: slot.day, tick: slot.tick)
        personDay[row[person] * (problem.days + 2) + 1 + day] = owner
      }
      if let site = tandem.site {
        let at = site * problem.days + slot.day
        if owner < 0 { load[at] -= 1 }
        if load[at] >= problem.sites[site].cap {
          loadCost += owner >= 0 ? problem.sites[site].cost : -problem.sites[site].cost
        }
        if owner >= 0 { load[at] += 1 }
      }
      if let pool = tandem.pool, let room = slot.room {
        let taken = Occupancy.ticks(from: slot.tick, count: tandem.ticks(k))
        let at = (firstRoom[pool] + room) * problem.days + slot.day
        if owner >= 0 { roomTaken[at] |= taken } else { roomTaken[at] &= ~taken }
      }
    }
  }

  /// A mask of `count` ticks; those after the last are cut off.
  static func ticks(from tick: Int, count: Int) -> UInt64 {
    let run: UInt64 = count >= 64 ? .max : (1 << UInt64(count)) - 1
    return run << UInt64(tick)
  }

  /// The tandems, other than this one, that these slots would push out of the plan; each once, in order.
  func standing(inTheWayOf new: [PlanProblem.Slot], of index: Int) -> [Int] {
    let tandem = problem.tandems[index]
    var found: Set<Int> = []
    for slot in new {
      for person in tandem.people where row[person] >= 0 {
        let day = tandem.ownDay(of: person, day: slot.day, tick: slot.tick)
        let owner = Int(personDay[row[person] * (problem.days + 2) + 1 + day])
        if owner >= 0, owner != index { found.insert(owner) }
      }
    }
    if let pool = tandem.pool {
      let longest = tandem.lengths.map(\.ticks).max() ?? 1
      for other in guests[pool] where other != index {
        for theirs in rooming(other) {
          for slot in new where slot.day == theirs.slot.day && slot.room == theirs.slot.room {
            // At the greatest length: who is in the way of that is worth taking out.
            let mine = Occupancy.ticks(from: slot.tick, count: longest)
            if mine & Occupancy.ticks(from: theirs.slot.tick, count: theirs.ticks) != 0 {
              found.insert(other)
            }
          }
        }
      }
    }
    return found.sorted()
  }

  private func rooming(_ index: Int) -> [(slot: PlanProblem.Slot, ticks: Int)] {
    slots[index].indices.map { (slots[index][$0], problem.tandems[index].ticks($0)) }
  }
}
