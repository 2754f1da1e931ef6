import Basics

/// Who has taken which day of a person and which ticks of a room, while tandems are put into a plan and out of it.
struct Occupancy {
  private let problem: PlanProblem
  /// By tandem: its starts in classes of equal cost, cheapest first.
  let levels: [[(cost: Int, starts: UInt64)]]
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
  /// By tandem: its sessions.
  private(set) var slots: [[PlanProblem.Slot]]

  init(_ problem: PlanProblem) {
    self.problem = problem
    let days = problem.days
    levels = problem.tandems.map { tandem in
      var masks: [Int: UInt64] = [:]
      for tick in 0..<64 { masks[tandem.tickCost[tick], default: 0] |= 1 << UInt64(tick) }
      let reachable = tandem.starts.reduce(0, |)
      return masks.sorted { $0.key < $1.key }.map { ($0.key, $0.value & reachable) }
        .filter { $0.1 != 0 }
    }
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

  /// Whether the tandem shares a person or a room with anybody.
  func isCoupled(_ tandem: Int) -> Bool {
    problem.tandems[tandem].pool != nil || problem.tandems[tandem].people.contains { row[$0] >= 0 }
  }

  /// The starts of a day with which no session of the plan conflicts, rooms aside.
  private func openStarts(_ tandem: PlanProblem.Tandem, _ day: Int) -> UInt64 {
    var starts = tandem.starts[day]
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

  /// Fills the workspace with what each day costs this tandem, beside those who are in the plan.
  /// O(days × rooms): a day's cheapest start is the lowest bit of the first class that has one.
  /// With `prices`, what the day takes from others is added, and the options are in the prices' scaled unit.
  func fillOptions(_ program: SessionProgram, for index: Int, prices: Prices? = nil) {
    let tandem = problem.tandems[index]
    let days = problem.days
    let first = tandem.pool.map { firstRoom[$0] } ?? 0
    let rooms = rooms(of: index)
    let levels = levels[index]
    for day in 0..<days {
      let starts = openStarts(tandem, day)
      for room in 0..<rooms {
        let open =
          tandem.pool == nil || starts == 0
          ? starts : openStarts(starts, room: first + room, day: day, ticks: tandem.ticks)
        var cost = SessionProgram.never
        if open != 0, let prices {
          var left = open
          while left != 0 {
            let tick = left.trailingZeroBitCount
            left &= left - 1
            let priced = prices.price(tandem, day: day, tick: tick)
            if priced < cost {
              cost = priced
              program.tick[room * days + day] = tick
            }
          }
        } else if open != 0 {
          for level in levels where level.starts & open != 0 {
            cost = level.cost
            program.tick[room * days + day] = (level.starts & open).trailingZeroBitCount
            break
          }
        }
        program.option[room * days + day] = cost
      }
    }
    if !tandem.kept.isEmpty {
      program.keptOption = tandem.kept.map { kept in
        guard let kept, holds(kept, for: index) else { return SessionProgram.never }
        return prices?.price(tandem, day: kept.day, tick: kept.tick) ?? tandem.tickCost[kept.tick]
      }
    }
  }

  /// Whether a slot is open to the tandem beside those who are in the plan.
  func holds(_ slot: PlanProblem.Slot, for index: Int) -> Bool {
    let tandem = problem.tandems[index]
    guard (0..<problem.days).contains(slot.day), (0..<64).contains(slot.tick) else { return false }
    var starts = openStarts(tandem, slot.day)
    if let pool = tandem.pool {
      guard let room = slot.room, problem.pools[pool].taken.indices.contains(room) else { return false }
      starts = openStarts(starts, room: firstRoom[pool] + room, day: slot.day, ticks: tandem.ticks)
    }
    return starts >> UInt64(slot.tick) & 1 == 1
  }

  /// The answer of the workspace as slots.
  func slots(of program: SessionProgram, for index: Int) -> [PlanProblem.Slot] {
    let tandem = problem.tandems[index]
    return program.path.indices.map { k in
      if program.stays[k], let kept = tandem.kept[k] { return kept }
      let (day, room) = program.path[k]
      return PlanProblem.Slot(
        day: day, tick: program.tick[room * problem.days + day], room: tandem.pool == nil ? nil : room)
    }
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
    for slot in slots[index] {
      for person in tandem.people where row[person] >= 0 {
        let day = tandem.ownDay(of: person, day: slot.day, tick: slot.tick)
        personDay[row[person] * (problem.days + 2) + 1 + day] = owner
      }
      if let pool = tandem.pool, let room = slot.room {
        let taken = Occupancy.ticks(from: slot.tick, count: tandem.ticks)
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
      for other in guests[pool] where other != index {
        for theirs in slots[other] {
          for slot in new where slot.day == theirs.day && slot.room == theirs.room {
            let mine = Occupancy.ticks(from: slot.tick, count: tandem.ticks)
            if mine & Occupancy.ticks(from: theirs.tick, count: problem.tandems[other].ticks) != 0 {
              found.insert(other)
            }
          }
        }
      }
    }
    return found.sorted()
  }
}
