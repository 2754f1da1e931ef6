import Basics

/// Lagrangian prices on people's days and rooms' ticks, and the lower bound that they prove.
///
/// The coupling rules — one session a day for a person, no more sessions at once than a pool has rooms, no more on a day of
/// a site than its cap — are lifted and priced; the cap may be exceeded at a cost, so its price is never above that. Each tandem then has its own exact optimum, and their sum less the value of what is for sale is a lower bound
/// of every plan, whatever the prices (Held and Karp, 1971). Steps are Polyak's on a deflected subgradient. All arithmetic that
/// the bound rests on is in integers: `scale` units to one point of cost.
struct Prices {
  static let scale = 128

  private let problem: PlanProblem
  private let tables: StartTables
  let row: [Int]
  /// By tandem: its homes, the lowest bound first, and how many sessions the bounds are for.
  private let homes: [(homes: [SessionProgram.Home], sessions: Int)]
  /// By tandem: its optimum without prices, and what that costs.
  private let alone: [[PlanProblem.Slot]]
  private let aloneCost: [Int]
  /// By tandem: the homes of its latest optima, the last first; and the last plan.
  private var recent: [[SessionProgram.Home]]
  private var last: [[PlanProblem.Slot]]
  private var steps = 0
  /// By row, from the day before the first to the day after the last.
  private var personPrice: [Int]
  /// Pool × days × 64 + day × 64 + tick.
  private var roomPrice: [Int]
  /// Site × days + day.
  private var loadPrices: [Int]
  /// How many rooms are open then.
  private let rooms: [Int]
  /// By tandem, length and day: the starts for which at least one room is open for the whole session; empty: no room is
  /// wanted.
  private let starts: [[[UInt64]]]

  /// The highest bound so far, in points of cost, rounded up: costs are whole.
  private(set) var bound: Int
  private var bestPersonPrice: [Int]
  private var bestRoomPrice: [Int]
  private var bestLoadPrice: [Int]
  private var personDirection: [Double]
  private var roomDirection: [Double]
  private var loadDirection: [Double]
  private var highest = -Int.max / 4
  private var boldness = 1.5
  private var sinceBetter = 0

  /// `alone`: each tandem's optimum in an empty plan, rooms changed at no cost, and what it costs.
  init(
    _ problem: PlanProblem, occupancy: Occupancy, alone: [[PlanProblem.Slot]], aloneCost: [Int],
    homes: [(homes: [SessionProgram.Home], sessions: Int)]
  ) {
    self.problem = problem
    self.homes = homes
    self.alone = alone
    self.aloneCost = aloneCost
    recent = homes.map { Array($0.homes.prefix(Prices.mostRecent)) }
    last = alone
    tables = occupancy.tables
    row = occupancy.row
    let days = problem.days
    let width = days + 2
    let rows = (row.max() ?? -1) + 1
    personPrice = Array(repeating: 0, count: rows * width)
    personDirection = Array(repeating: 0, count: rows * width)
    roomPrice = Array(repeating: 0, count: problem.pools.count * days * 64)
    roomDirection = Array(repeating: 0, count: problem.pools.count * days * 64)
    loadPrices = Array(repeating: 0, count: problem.sites.count * days)
    loadDirection = Array(repeating: 0, count: problem.sites.count * days)
    bestPersonPrice = personPrice
    bestRoomPrice = roomPrice
    bestLoadPrice = loadPrices
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
      guard let pool = tandem.pool else { return [] }
      return tandem.lengths.map { length in
        length.starts.indices.map { day in
          var any: UInt64 = 0
          for taken in problem.pools[pool].taken {
            var free = ~taken[day]
            for offset in 1..<max(2, length.ticks) where offset < length.ticks {
              free &= ~(taken[day] >> UInt64(offset))
            }
            any |= free
          }
          return length.starts[day] & any
        }
      }
    }
    bound = aloneCost.reduce(0, +)
  }

  /// One step: the tandems' optima at today's prices, the bound, and new prices. `target` is the best plan's objective.
  /// Most steps look at the homes alone that were the best ones lately, and prove nothing; each tenth looks at all.
  /// O(tandems × (days × starts × ticks + sessions × days)).
  mutating func step(_ program: SessionProgram, target: Int) {
    let isExact = steps % Prices.exactEvery == 0
    steps += 1
    let (total, use) = optima(program, isExact: isExact)
    if isExact { prove(total) }
    if improves(total) { move(against: use, missing: target * Prices.scale - total) }
  }

  /// The last step: the bound at the best prices.
  mutating func finish(_ program: SessionProgram) {
    returnToBest()
    prove(optima(program, isExact: true).total)
  }

  private static let exactEvery = 10

  private mutating func prove(_ total: Int) {
    bound = max(bound, total >= 0 ? (total + Prices.scale - 1) / Prices.scale : 0)
  }

  /// How often the tandems' optima take each day of a person, each tick of a pool, and each day of a site.
  private struct Use {
    var person: [Int]
    var room: [Int]
    var load: [Int]
  }

  /// The bound at today's prices, scaled, and what it takes.
  private mutating func optima(_ program: SessionProgram, isExact: Bool) -> (total: Int, use: Use) {
    let days = problem.days
    let width = days + 2
    var total = 0
    var use = Use(
      person: Array(repeating: 0, count: personPrice.count),
      room: Array(repeating: 0, count: roomPrice.count),
      load: Array(repeating: 0, count: loadPrices.count))
    for index in problem.tandems.indices {
      let tandem = problem.tandems[index]
      total += optimum(program, index, isExact: isExact)
      for (k, slot) in last[index].enumerated() {
        for person in tandem.people where row[person] >= 0 {
          use.person[row[person] * width + 1 + tandem.ownDay(of: person, day: slot.day, tick: slot.tick)] += 1
        }
        if let site = tandem.site { use.load[site * days + slot.day] += 1 }
        if let pool = tandem.pool {
          for at in slot.tick..<min(64, slot.tick + tandem.ticks(k)) {
            use.room[(pool * days + slot.day) * 64 + at] += 1
          }
        }
      }
    }
    for price in personPrice { total -= price }
    for at in loadPrices.indices { total -= loadPrices[at] * problem.sites[at / days].cap }
    for at in roomPrice.indices where roomPrice[at] != 0 { total -= roomPrice[at] * rooms[at] }
    return (total, use)
  }

  /// The least that a tandem costs at today's prices, scaled; the plan is in `last`.
  private mutating func optimum(_ program: SessionProgram, _ index: Int, isExact: Bool) -> Int {
    let tandem = problem.tandems[index]
    // Who pays no price has the optimum without prices.
    if price(of: alone[index], tandem) == 0 {
      last[index] = alone[index]
      return aloneCost[index] * Prices.scale
    }
    fillOpen(program, for: index)
    var question = question(index, rooms: 1)
    if last[index].count == tandem.ideals.count, tandem.kept.isEmpty {
      let cost = problem.cost(of: last[index], tandem)
      question.known = (
        last[index], (cost.total - cost.rooms) * Prices.scale + price(of: last[index], tandem)
      )
    }
    if !isExact { question.homes = recent[index] }
    let cost = program.solve(question)
    last[index] = program.path
    if isExact, program.home >= 0, question.homes.indices.contains(program.home) {
      let home = question.homes[program.home]
      recent[index].removeAll { $0.order == home.order }
      recent[index].insert(home, at: 0)
      if recent[index].count > Prices.mostRecent { recent[index].removeLast() }
    }
    return cost
  }

  private static let mostRecent = 8

  /// What a tandem's plan takes, at today's prices, scaled.
  private func price(of slots: [PlanProblem.Slot], _ tandem: PlanProblem.Tandem) -> Int {
    let days = problem.days
    var price = 0
    for (k, slot) in slots.enumerated() {
      if let site = tandem.site { price += loadPrices[site * days + slot.day] }
      for person in tandem.people where row[person] >= 0 {
        let own = tandem.ownDay(of: person, day: slot.day, tick: slot.tick)
        price += personPrice[row[person] * (days + 2) + 1 + own]
      }
      if let pool = tandem.pool {
        let base = (pool * days + slot.day) * 64
        for at in slot.tick..<min(64, slot.tick + tandem.ticks(k)) { price += roomPrice[base + at] }
      }
    }
    return price
  }

  /// What is asked of the workspace at these prices.
  func question(_ index: Int, rooms: Int) -> SessionProgram.Question {
    SessionProgram.Question(
      tandem: index, rooms: rooms, scale: Prices.scale, isPriced: pricesStarts(problem.tandems[index]),
      homes: homes[index].homes, sessions: homes[index].sessions)
  }

  /// Keeps the best prices; false after too many steps without a better one: back to the best prices.
  private mutating func improves(_ total: Int) -> Bool {
    if total > highest {
      if total - highest > Prices.scale / 8 { sinceBetter = 0 } else { sinceBetter += 1 }
      highest = total
      bestPersonPrice = personPrice
      bestRoomPrice = roomPrice
      bestLoadPrice = loadPrices
    } else {
      sinceBetter += 1
    }
    guard sinceBetter >= 5 else { return true }
    boldness *= 0.6
    sinceBetter = 0
    returnToBest()
    return false
  }

  private mutating func returnToBest() {
    personPrice = bestPersonPrice
    roomPrice = bestRoomPrice
    loadPrices = bestLoadPrice
    for at in personDirection.indices { personDirection[at] = 0 }
    for at in roomDirection.indices { roomDirection[at] = 0 }
    for at in loadDirection.indices { loadDirection[at] = 0 }
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
    for at in loadPrices.indices {
      let site = problem.sites[at / problem.days]
      let direction = Double(use.load[at] - site.cap) + 0.6 * loadDirection[at]
      let isStuck =
        loadPrices[at] == 0 && direction < 0 || loadPrices[at] == site.cost * Prices.scale && direction > 0
      loadDirection[at] = isStuck ? 0 : direction
      norm += loadDirection[at] * loadDirection[at]
    }
    guard norm > 0 else { return }
    let length = min(boldness * max(Double(missing), Double(Prices.scale)) / norm, Double(Prices.scale) * 100)
    for at in personPrice.indices where personDirection[at] != 0 {
      personPrice[at] = max(0, personPrice[at] + Int((length * personDirection[at]).rounded()))
    }
    for at in roomPrice.indices where roomDirection[at] != 0 {
      roomPrice[at] = max(0, roomPrice[at] + Int((length * roomDirection[at]).rounded()))
    }
    for at in loadPrices.indices where loadDirection[at] != 0 {
      let most = problem.sites[at / problem.days].cost * Prices.scale
      loadPrices[at] = min(most, max(0, loadPrices[at] + Int((length * loadDirection[at]).rounded())))
    }
  }

  /// Fills the workspace with all that is open at all, at today's prices, nobody else in the plan.
  private func fillOpen(_ program: SessionProgram, for index: Int) {
    let tandem = problem.tandems[index]
    let days = problem.days
    for length in tandem.lengths.indices {
      let row = tables.row(index, length)
      for day in 0..<days {
        program.open[length * days + day] =
          tandem.pool == nil ? tables.mask(row, day) : starts[index][length][day]
      }
    }
    fill(program, for: index)
    program.keptHolds = tandem.kept.enumerated().map { k, kept in
      guard let kept, (0..<days).contains(kept.day) else { return false }
      return program.open[tandem.length(k) * days + kept.day] >> UInt64(kept.tick) & 1 == 1
    }
  }

  /// Whether the starts of a day differ in what they take from others.
  private func pricesStarts(_ tandem: PlanProblem.Tandem) -> Bool {
    tandem.pool != nil || !tandem.shifts.isEmpty
  }

  /// Fills the workspace with the prices of what each day and start takes, scaled.
  func fill(_ program: SessionProgram, for index: Int) {
    let tandem = problem.tandems[index]
    let days = problem.days
    for day in 0..<days {
      var price = 0
      if let site = tandem.site { price = loadPrices[site * days + day] }
      if tandem.shifts.isEmpty {
        for person in tandem.people where row[person] >= 0 {
          price += personPrice[row[person] * (days + 2) + 1 + day]
        }
      }
      program.dayPrice[day] = price
    }
    guard pricesStarts(tandem) else { return }
    for (number, length) in tandem.lengths.enumerated() {
      let row = tables.row(index, number)
      for day in 0..<days {
        var left = tables.mask(row, day)
        while left != 0 {
          let tick = left.trailingZeroBitCount
          left &= left - 1
          var price = 0
          if let pool = tandem.pool {
            let base = (pool * days + day) * 64
            for at in tick..<min(64, tick + length.ticks) { price += roomPrice[base + at] }
          }
          if !tandem.shifts.isEmpty {
            for person in tandem.people where self.row[person] >= 0 {
              let own = tandem.ownDay(of: person, day: day, tick: tick)
              price += personPrice[self.row[person] * (days + 2) + 1 + own]
            }
          }
          program.startPrice[(number * days + day) * 64 + tick] = price
        }
      }
    }
  }

  func loadPrice(_ site: Int, _ day: Int) -> Int { loadPrices[site * problem.days + day] }
}
