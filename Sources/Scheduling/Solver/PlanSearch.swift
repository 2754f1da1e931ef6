import Basics

/// How much work a search may do: iterations, never seconds, so that the same input gives the same plan.
package struct PlanEffort: Hashable, Sendable {
  /// Steps of the prices.
  package var priceSteps: Int
  /// Moves of single sessions for each session that shares something.
  package var moves: Int
  /// Rounds of the neighbourhood of whole tandems for each that shares something.
  package var rounds: Int

  package init(priceSteps: Int, moves: Int, rounds: Int) {
    self.priceSteps = priceSteps
    self.moves = moves
    self.rounds = rounds
  }

  /// 0: insertion alone; 1: about a second for 600 tandems; 2: some seconds; 3: what a minute gives.
  package static let levels = [
    PlanEffort(priceSteps: 20, moves: 0, rounds: 0),
    PlanEffort(priceSteps: 80, moves: 30, rounds: 1),
    PlanEffort(priceSteps: 200, moves: 300, rounds: 10),
    PlanEffort(priceSteps: 600, moves: 3000, rounds: 60),
  ]
}

/// A plan for all tandems of a problem, with what it costs at least.
package struct SolvedPlan: Sendable {
  /// By tandem: its sessions, as many as could be placed.
  package var slots: [[PlanProblem.Slot]]
  /// The sum of the objectives.
  package var objective: Int
  /// No plan's objective is lower.
  package var bound: Int
}

extension PlanProblem {
  /// Plans every tandem: exactly where nothing is shared, else by prices, guided insertion and a neighbourhood search,
  /// one connected component (by people, rooms and sites) at a time. Components run on all cores and know nothing of each other.
  package func solve(effort: PlanEffort) -> SolvedPlan {
    var problem = self
    problem.forgetIdleSites()
    return problem.solveComponents(effort: effort)
  }

  /// Where a site has no more tandems than its cap, each with a session a day at most, no day is ever too full.
  private mutating func forgetIdleSites() {
    var tandemsOf = Array(repeating: 0, count: sites.count)
    for tandem in tandems {
      if let site = tandem.site { tandemsOf[site] += 1 }
    }
    for index in tandems.indices {
      guard let site = tandems[index].site else { continue }
      if tandemsOf[site] <= sites[site].cap || sites[site].cost == 0 { tandems[index].site = nil }
    }
  }

  private func solveComponents(effort: PlanEffort) -> SolvedPlan {
    let components = components()
    // The largest first, so that the cores finish together.
    let order = components.indices.sorted {
      (components[$1].count, $0) < (components[$0].count, $1)
    }
    let answers = Parallel.map(order) { number in
      let component = components[number]
      var search = ComponentSearch(part(of: component), seed: UInt64(component.first ?? 0))
      return search.run(effort)
    }
    var plan = SolvedPlan(slots: Array(repeating: [], count: tandems.count), objective: 0, bound: 0)
    for (number, answer) in zip(order, answers) {
      for (tandem, slots) in zip(components[number], answer.slots) { plan.slots[tandem] = slots }
      plan.objective += answer.objective
      plan.bound += answer.bound
    }
    return plan
  }

  /// Tandems that take from each other, directly or through others; each ascending, in order of the first. Those that
  /// share nothing are gathered in one component, for they need no search. O(tandems × α).
  func components() -> [[Int]] {
    var forest = DisjointSets(count: people + pools.count + sites.count)
    for tandem in tandems {
      let nodes =
        tandem.people + (tandem.pool.map { [people + $0] } ?? [])
        + (tandem.site.map { [people + pools.count + $0] } ?? [])
      guard let first = nodes.first else { continue }
      for node in nodes.dropFirst() { forest.join(first, node) }
    }
    var members: [Int: [Int]] = [:]
    var alone: [Int] = []
    for (index, tandem) in tandems.enumerated() {
      if let person = tandem.people.first {
        members[forest.root(person), default: []].append(index)
      } else {
        alone.append(index)
      }
    }
    var components: [[Int]] = []
    for component in members.values {
      if component.count == 1, tandems[component[0]].pool == nil, tandems[component[0]].site == nil {
        alone.append(component[0])
      } else {
        components.append(component)
      }
    }
    components.sort { $0[0] < $1[0] }
    if !alone.isEmpty { components.append(alone.sorted()) }
    return components
  }

  /// The problem of some of the tandems, with the people and pools that they use, renumbered.
  func part(of indices: [Int]) -> PlanProblem {
    var person: [Int: Int] = [:]
    var pool: [Int: Int] = [:]
    var site: [Int: Int] = [:]
    var part = PlanProblem(days: days, people: 0, tandems: [])
    part.firstWeekday = firstWeekday
    for index in indices {
      var tandem = tandems[index]
      func renumbered(_ old: Int) -> Int {
        if let new = person[old] { return new }
        person[old] = person.count
        return person.count - 1
      }
      tandem.people = tandem.people.map(renumbered)
      for at in tandem.shifts.indices { tandem.shifts[at].person = renumbered(tandem.shifts[at].person) }
      if let old = tandem.pool {
        if pool[old] == nil {
          pool[old] = part.pools.count
          part.pools.append(pools[old])
        }
        tandem.pool = pool[old]
      }
      if let old = tandem.site {
        if site[old] == nil {
          site[old] = part.sites.count
          part.sites.append(sites[old])
        }
        tandem.site = site[old]
      }
      part.tandems.append(tandem)
    }
    part.people = person.count
    return part
  }
}
