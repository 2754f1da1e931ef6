import Basics

/// Lagrangian prices on people's days and rooms' ticks, and the lower bound that they prove.
///
/// The coupling rules — one session a day for a person, no more sessions at once than a pool has rooms — are lifted and
/// priced. Each tandem then has its own exact optimum, and their sum less the value of what is for sale is a lower bound
/// of every plan, whatever the prices (Held and Karp, 1971). Steps are Polyak's on a deflected subgradient. All arithmetic that
/// the bound rests on is in integers: `scale` units to one point of cost.
struct Prices {
  static let scale = 128

  private let problem: PlanProblem
  let levels: [[(cost: Int, starts: UInt64)]]
  let row: [Int]
  /// By row, from the day before the first to the day after the last.
  private var personPrice: [Int]
  /// Pool × days × 64 + day × 64 + tick.
  private var roomPrice: [Int]
  /// How many rooms are open then.
  private let rooms: [Int]
  /// By tandem and day: the starts for which at least one room is open for the whole session.
  private let starts: [[UInt64]]

  /// The highest bound so far, in points of cost, rounded up: costs are whole.
  private(set) var bound: Int
  private var bestPersonPrice: [Int]
  private var bestRoomPrice: [Int]
  /// What the best prices' optimum of each tandem costs, prices included, scaled.
  private(set) var fullCost: [Int]
  private var lastCost: [Int]
  private var personDirection: [Double]
  private var roomDirection: [Double]
  private var highest = -Int.max / 4
  private var boldness = 1.0
  private var sinceBetter = 0

  init(_ problem: PlanProblem, occupancy: Occupancy) {
    self.problem = problem
    levels = occupancy.levels
    row = occupancy.row
    let days = problem.days
    let width = days + 2
    let rows = (row.max() ?? -1) + 1
    personPrice = Array(repeating: 0, count: rows * width)
    personDirection = Array(repeating: 0, count: rows * width)
    roomPrice = Array(repeating: 0, count: problem.pools.count * days * 64)
    roomDirection = Array(repeating: 0, count: problem.pools.count * days * 64)
    bestPersonPrice = personPrice
    bestRoomPrice = roomPrice
    var open = Array(repeating: 0, count: problem.pools.count * days * 64)
    for (pool, rooms) in problem.pools.enumerated() {
      for taken in rooms.taken {
        for day in 0..<days {
          for tick in 0..<64 where taken[day] >> UInt64(tick) & 1 == 0 {
            open[(pool * days + day) * 64 + tick] += 1
          }
        }
      }
    }
    rooms = open
    starts = problem.tandems.map { tandem in
      guard let pool = tandem.pool else { return tandem.starts }
      return tandem.starts.indices.map { day in
        var any: UInt64 = 0
        for taken in problem.pools[pool].taken {
          var free = ~taken[day]
          for offset in 1..<max(2, tandem.ticks) where offset < tandem.ticks {
            free &= ~(taken[day] >> UInt64(offset))
          }
          any |= free
        }
        return tandem.starts[day] & any
      }
    }
    bound = 0
    fullCost = Array(repeating: 0, count: problem.tandems.count)
    lastCost = fullCost
  }

  /// One step: the tandems' optima at today's prices, the bound, and new prices. `target` is the best plan's objective.
  /// O(tandems × (days × starts × ticks + sessions × days)).
  mutating func step(_ program: SessionProgram, target: Int) {
    let (total, use) = optima(program)
    if improves(total) { move(against: use, missing: target * Prices.scale - total) }
  }

  /// How often the tandems' optima take each day of a person and each tick of a pool.
  private struct Use {
    var person: [Int]
    var room: [Int]
  }

  /// The bound at today's prices, scaled, and what it takes.
  private mutating func optima(_ program: SessionProgram) -> (total: Int, use: Use) {
    let days = problem.days
    let width = days + 2
    var total = 0
    var use = Use(
      person: Array(repeating: 0, count: personPrice.count), room: Array(repeating: 0, count: roomPrice.count)
    )
    var costs = lastCost
    for index in problem.tandems.indices {
      let tandem = problem.tandems[index]
      fillOptions(program, for: index)
      let cost = program.solve(
        tandem, rooms: 1, changeCost: 0, scale: Prices.scale, expected: costs[index] / Prices.scale)
      costs[index] = cost
      total += cost
      for k in program.path.indices {
        let day = program.path[k].day
        let tick = program.stays[k] ? tandem.kept[k]?.tick ?? program.tick[day] : program.tick[day]
        for person in tandem.people where row[person] >= 0 {
          use.person[row[person] * width + 1 + tandem.ownDay(of: person, day: day, tick: tick)] += 1
        }
        if let pool = tandem.pool {
          for at in tick..<min(64, tick + tandem.ticks) { use.room[(pool * days + day) * 64 + at] += 1 }
        }
      }
    }
    lastCost = costs
    for price in personPrice { total -= price }
    for at in roomPrice.indices where roomPrice[at] != 0 { total -= roomPrice[at] * rooms[at] }
    return (total, use)
  }

  /// Keeps the best bound and its prices; false after too many steps without a better one: back to the best prices.
  private mutating func improves(_ total: Int) -> Bool {
    if total > highest {
      if total - highest > Prices.scale / 8 { sinceBetter = 0 } else { sinceBetter += 1 }
      highest = total
      bound = total >= 0 ? (total + Prices.scale - 1) / Prices.scale : 0
      bestPersonPrice = personPrice
      bestRoomPrice = roomPrice
      fullCost = lastCost
    } else {
      sinceBetter += 1
    }
    guard sinceBetter >= 20 else { return true }
    boldness *= 0.7
    sinceBetter = 0
    personPrice = bestPersonPrice
    roomPrice = bestRoomPrice
    for at in personDirection.indices { personDirection[at] = 0 }
    for at in roomDirection.indices { roomDirection[at] = 0 }
    return false
  }

  /// Raises the price of what more tandems want than there is, and lowers that of what fewer want.
  private mutating func move(against use: Use, missing: Int) {
    var norm = 0.0
    for at in personPrice.indices {
      let slope = Double(use.person[at] - 1)
      let direction = slope + 0.6 * personDirection[at]
      personDirection[at] = personPrice[at] == 0 && direction < 0 ? 0 : direction
      norm += personDirection[at] * personDirection[at]
    }
    for at in roomPrice.indices {
      guard use.room[at] > 0 || roomPrice[at] > 0 || roomDirection[at] != 0 else { continue }
      let slope = Double(use.room[at] - rooms[at])
      let direction = slope + 0.6 * roomDirection[at]
      roomDirection[at] = roomPrice[at] == 0 && direction < 0 ? 0 : direction
      norm += roomDirection[at] * roomDirection[at]
    }
    guard norm > 0 else { return }
    let length = min(boldness * max(Double(missing), Double(Prices.scale)) / norm, Double(Prices.scale) * 40)
    for at in personPrice.indices where personDirection[at] != 0 {
      personPrice[at] = max(0, personPrice[at] + Int((length * personDirection[at]).rounded()))
    }
    for at in roomPrice.indices where roomDirection[at] != 0 {
      roomPrice[at] = max(0, roomPrice[at] + Int((length * roomDirection[at]).rounded()))
    }
  }

  /// Fills the workspace with what each day costs at today's prices, nobody else in the plan.
  private func fillOptions(_ program: SessionProgram, for index: Int) {
    let tandem = problem.tandems[index]
    let days = problem.days
    for day in 0..<days {
      let open = starts[index][day]
      guard open != 0 else {
        program.option[day] = SessionProgram.never
        continue
      }
      var least = SessionProgram.never
      if tandem.pool == nil, tandem.shifts.isEmpty {
        for level in levels[index] where level.starts & open != 0 {
          least = level.cost * Prices.scale
          program.tick[day] = (level.starts & open).trailingZeroBitCount
          break
        }
        for person in tandem.people where row[person] >= 0 {
          least += personPrice[row[person] * (days + 2) + 1 + day]
        }
      } else {
        var left = open
        while left != 0 {
          let tick = left.trailingZeroBitCount
          left &= left - 1
          let cost = price(tandem, day: day, tick: tick)
          if cost < least {
            least = cost
            program.tick[day] = tick
          }
        }
      }
      program.option[day] = least
    }
    if !tandem.kept.isEmpty {
      program.keptOption = tandem.kept.map { kept in
        guard let kept, (0..<days).contains(kept.day), starts[index][kept.day] >> UInt64(kept.tick) & 1 == 1
        else { return SessionProgram.never }
        return price(tandem, day: kept.day, tick: kept.tick)
      }
    }
  }

  /// A start's cost with the prices of the days and ticks that it takes, scaled.
  func price(_ tandem: PlanProblem.Tandem, day: Int, tick: Int) -> Int {
    var cost = tandem.tickCost[tick] * Prices.scale
    if let pool = tandem.pool {
      let base = (pool * problem.days + day) * 64
      for at in tick..<min(64, tick + tandem.ticks) { cost += roomPrice[base + at] }
    }
    for person in tandem.people where row[person] >= 0 {
      let own = tandem.ownDay(of: person, day: day, tick: tick)
      cost += personPrice[row[person] * (problem.days + 2) + 1 + own]
    }
    return cost
  }
}
