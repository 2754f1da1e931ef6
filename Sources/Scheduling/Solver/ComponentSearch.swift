import Basics

/// The search in one component: prices, guided insertion, moves of single sessions, then a neighbourhood of removals and exact
/// re-insertions of whole tandems.
struct ComponentSearch {
  private let problem: PlanProblem
  private var occupancy: Occupancy
  private let program: SessionProgram
  private var random: SplitMix
  /// By tandem: what its sessions cost, the load aside.
  private var value: [Int]
  /// By tandem: its homes, the lowest bound first, and how many sessions the bounds are for.
  private var homes: [(homes: [SessionProgram.Home], sessions: Int)] = []
  private var sum = 0
  /// By tandem: its optimum when nobody else is in the plan, and what that costs.
  private var alone: [[PlanProblem.Slot]] = []
  private var aloneValue: [Int] = []

  private var total: Int { sum + occupancy.loadCost }

  init(_ problem: PlanProblem, seed: UInt64) {
    self.problem = problem
    let tables = StartTables(problem)
    occupancy = Occupancy(problem, tables)
    program = SessionProgram(problem, tables)
    random = SplitMix(seed: seed)
    value = Array(repeating: 0, count: problem.tandems.count)
  }

  /// How far above the best home bounds are looked for: homes beyond are seldom asked for.
  private static let margin = 80

  mutating func run(_ effort: PlanEffort) -> SolvedPlan {
    for (index, tandem) in problem.tandems.enumerated() {
      // An earlier plan that holds in full is the optimum: a move costs more than all days and hours.
      if let kept = tandem.keptInFull, occupancy.holds(kept, for: index) {
        alone.append(kept)
        aloneValue.append(problem.objective(of: kept, tandem))
        homes.append((SessionProgram.homes(of: tandem, firstWeekday: problem.firstWeekday), 0))
        continue
      }
      occupancy.fill(program, for: index)
      let question = SessionProgram.Question(
        tandem: index, rooms: occupancy.rooms(of: index),
        homes: SessionProgram.homes(of: tandem, firstWeekday: problem.firstWeekday), sessions: 0)
      let (bounded, cost, sessions) = program.bounds(question, margin: Self.margin)
      homes.append((bounded, sessions))
      alone.append(program.path)
      aloneValue.append(cost)
    }
    let floor = aloneValue.reduce(0, +)
    let coupled = problem.tandems.indices.filter { occupancy.isCoupled($0) }
    guard !coupled.isEmpty else { return SolvedPlan(slots: alone, objective: floor, bound: floor) }
    if problem.tandems.contains(where: { !$0.kept.isEmpty }) {
      return change(floor: floor, coupled, effort)
    }
    insertAll(prices: nil)
    var best = occupancy.slots
    let bestTotal = total
    var prices = Prices(
      problem, occupancy: occupancy, alone: alone, aloneCost: aloneValue, homes: homes)
    var steps = 0
    while steps < effort.priceSteps, prices.bound < bestTotal {
      prices.step(program, target: bestTotal)
      steps += 1
    }
    if steps > 0 { prices.finish(program) }
    if bestTotal > prices.bound {
      clear()
      insertAll(prices: prices)
      if total < bestTotal { best = occupancy.slots } else { restore(best) }
    }
    let bound = prices.bound
    if effort.moves > 0, total > bound {
      var search = SessionSearch(SessionPlan(problem, occupancy: occupancy), seed: random.next())
      let moved = search.run(moves: effort.moves)
      for index in coupled { best[index] = moved[index] }
      restore(best)
    }
    return improved(coupled, seekers: coupled, rounds: effort.rounds * coupled.count, bound: bound)
  }

  /// An earlier plan is changed: who can stay stays, the others are put in beside them, and the search is as long as there
  /// are tandems that could do better.
  private mutating func change(floor: Int, _ coupled: [Int], _ effort: PlanEffort) -> SolvedPlan {
    var moving: [Int] = []
    for (index, tandem) in problem.tandems.enumerated() {
      if let kept = tandem.keptInFull, kept == alone[index], occupancy.holds(kept, for: index) {
        put(kept, for: index)
      } else {
        moving.append(index)
      }
    }
    for index in moving.sorted(by: { (-aloneValue[$0], $0) < (-aloneValue[$1], $1) }) {
      put(optimum(of: index), for: index)
    }
    let unhappy = coupled.filter { value[$0] > aloneValue[$0] }
    return improved(coupled, seekers: unhappy, rounds: effort.rounds * unhappy.count, bound: floor)
  }

  /// The best plan of a neighbourhood search that starts from the present one and looks at what would better the seekers.
  private mutating func improved(
    _ coupled: [Int], seekers: [Int], rounds: Int, bound: Int
  ) -> SolvedPlan {
    var best = occupancy.slots
    var bestTotal = total
    var round = 0
    while round < rounds, bestTotal > bound {
      // The tolerance falls to nothing: record-to-record travel (Dueck, 1993).
      let tolerance = 4 * (rounds - round) / rounds
      improve(coupled, seekers, tolerance: bestTotal + tolerance - total)
      if total < bestTotal {
        bestTotal = total
        best = occupancy.slots
      }
      round += 1
    }
    return SolvedPlan(slots: best, objective: bestTotal, bound: bound)
  }

  /// The exact optimum of one tandem beside those who are in the plan.
  private mutating func optimum(of index: Int) -> [PlanProblem.Slot] {
    // Nobody in the way: nothing is cheaper than without the others.
    if alone[index].count == problem.tandems[index].ideals.count, !occupancy.isCrowded(alone[index], index),
      occupancy.holds(alone[index], for: index)
    {
      return alone[index]
    }
    occupancy.fill(program, for: index)
    _ = program.solve(
      SessionProgram.Question(
        tandem: index, rooms: occupancy.rooms(of: index), homes: homes[index].homes,
        sessions: homes[index].sessions))
    return program.path
  }

  private mutating func put(_ slots: [PlanProblem.Slot], for index: Int) {
    occupancy.put(slots, for: index)
    value[index] = problem.objective(of: slots, problem.tandems[index])
    sum += value[index]
  }

  private mutating func remove(_ index: Int) {
    occupancy.remove(index)
    sum -= value[index]
    value[index] = 0
  }

  private mutating func clear() {
    for index in problem.tandems.indices { remove(index) }
  }

  private mutating func restore(_ plan: [[PlanProblem.Slot]]) {
    clear()
    for (index, slots) in plan.enumerated() {
      put(slots, for: index)
    }
  }

  /// Every tandem once, those with the least choice first; at prices, each leaves to the others what they pay for.
  private mutating func insertAll(prices: Prices?) {
    let order = problem.tandems.indices.sorted { a, b in
      (-aloneValue[a], a) < (-aloneValue[b], b)
    }
    for index in order {
      if let prices {
        occupancy.fill(program, for: index, prices: prices)
        _ = program.solve(prices.question(index, rooms: occupancy.rooms(of: index)))
        put(program.path, for: index)
      } else {
        put(optimum(of: index), for: index)
      }
    }
  }

  /// One round: a tandem that could do better, and some that block it, are taken out and put back one by one.
  /// The new plan stays if it costs no more than `tolerance` above the old one.
  private mutating func improve(_ coupled: [Int], _ seekers: [Int], tolerance: Int) {
    var chosen = seekers[random.below(seekers.count)]
    for _ in 0..<2 {
      let other = seekers[random.below(seekers.count)]
      if value[other] - aloneValue[other] > value[chosen] - aloneValue[chosen] { chosen = other }
    }
    let before = total
    var out = [chosen]
    var old = [occupancy.slots[chosen]]
    remove(chosen)
    var wanted = alone[chosen]
    if random.below(2) == 0 {
      // A part of the way only: those around one of its sessions.
      if !wanted.isEmpty { wanted = [wanted[random.below(wanted.count)]] }
    }
    var rivals = occupancy.standing(inTheWayOf: wanted, of: chosen)
    let most = 1 + random.below(5)
    while out.count <= most {
      let next: Int
      if rivals.isEmpty {
        next = coupled[random.below(coupled.count)]
        if out.contains(next) { break }
      } else {
        next = rivals.remove(at: random.below(rivals.count))
      }
      out.append(next)
      old.append(occupancy.slots[next])
      remove(next)
    }
    // The chosen one goes first, the others in any order.
    var order = Array(out.indices)
    for at in stride(from: order.count - 1, to: 1, by: -1) {
      order.swapAt(at, 1 + random.below(at))
    }
    // What those who are still out will cost at least.
    var rest = out.reduce(0) { $0 + aloneValue[$1] }
    var placed: [Int] = []
    for at in order {
      put(optimum(of: out[at]), for: out[at])
      placed.append(out[at])
      rest -= aloneValue[out[at]]
      if total + rest > before + max(0, tolerance) { break }
    }
    if total > before + max(0, tolerance) || placed.count < out.count {
      for index in placed { remove(index) }
      for at in out.indices { put(old[at], for: out[at]) }
    }
  }
}
