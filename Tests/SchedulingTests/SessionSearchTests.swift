import Basics
import Programme
import Testing

@testable import Scheduling

@Suite struct SessionSearchTests {
  /// A problem with a plan of it that somebody put in by insertion alone.
  private func occupied(_ seed: Int) -> (PlanProblem, Occupancy) {
    var random = SplitMix(seed: UInt64(400 + seed))
    var problem = PlanProblem.random(
      &random, days: 60, tandems: 12 + random.below(12), sessions: 5, people: 8 + random.below(8),
      rooms: 1 + random.below(3), gap: 5...18)
    if seed % 3 == 0 {
      for index in problem.tandems.indices { problem.tandems[index].excessGapCost = 7 }
    }
    for index in problem.tandems.indices {
      problem.tandems[index].regularity.fixedWeekdays = []
      problem.tandems[index].regularity.fixedTicks = []
    }
    var occupancy = Occupancy(problem, StartTables(problem))
    for (index, slots) in problem.solve(effort: PlanEffort.levels[0]).slots.enumerated() {
      occupancy.put(slots, for: index)
    }
    return (problem, occupancy)
  }

  /// What the search gives back is a plan of the same sessions that breaks no rule and costs no more; what it thinks
  /// the plan costs is what it costs by definition.
  @Test(arguments: 0..<30) func betters(_ seed: Int) {
    let (problem, occupancy) = occupied(seed)
    let plan = SessionPlan(problem, occupancy: occupancy)
    let coupled = problem.tandems.indices.filter { occupancy.isCoupled($0) }
    // Missing sessions and moves are no part of it.
    func cost(_ slots: [[PlanProblem.Slot]]) -> Int {
      coupled.reduce(problem.loadCost(of: slots)) { sum, index in
        sum + problem.cost(of: slots[index], problem.tandems[index]).total
      }
    }
    #expect(plan.total == cost(occupancy.slots))
    var search = SessionSearch(plan, seed: UInt64(seed))
    let found = search.run(moves: 200)
    var slots = occupancy.slots
    for index in coupled { slots[index] = found[index] }
    #expect(zip(slots, occupancy.slots).allSatisfy { $0.count == $1.count })
    #expect(problem.faults(of: slots) == [])
    #expect(cost(slots) <= plan.total)
  }

  /// A plan that is at every session's best cannot be bettered, and is given back.
  @Test func leavesAnOptimumAlone() {
    let tandem = PlanProblem.Tandem(
      people: [0, 1], starts: Array(repeating: 1, count: 20), tickCost: Array(repeating: 0, count: 64),
      ideals: [3, 10], gap: 3...9, pool: 0, roomChangeCost: 4)
    let problem = PlanProblem(
      days: 20, people: 2, tandems: [tandem],
      pools: [.init(taken: [Array(repeating: 0, count: 20), Array(repeating: 0, count: 20)])])
    var occupancy = Occupancy(problem, StartTables(problem))
    let best = [PlanProblem.Slot(day: 3, tick: 0, room: 1), PlanProblem.Slot(day: 10, tick: 0, room: 1)]
    occupancy.put(best, for: 0)
    var search = SessionSearch(SessionPlan(problem, occupancy: occupancy), seed: 1)
    #expect(search.run(moves: 500) == [best])
  }

  /// Two tandems of one room whose sessions stand crosswise: a run changes its room, the others change with it.
  @Test func changesARoomWithWhomItDisplaces() {
    func tandem(_ people: [Int]) -> PlanProblem.Tandem {
      .init(
        people: people, starts: Array(repeating: 1, count: 30), tickCost: Array(repeating: 0, count: 64),
        ideals: [3, 10, 17, 24], gap: 7...7, pool: 0, roomChangeCost: 4)
    }
    let open = Array(repeating: UInt64(0), count: 30)
    let problem = PlanProblem(
      days: 30, people: 4, tandems: [tandem([0, 1]), tandem([2, 3])], pools: [.init(taken: [open, open])])
    var occupancy = Occupancy(problem, StartTables(problem))
    for (index, rooms) in [[0, 1, 1, 0], [1, 0, 0, 1]].enumerated() {
      occupancy.put(
        zip([3, 10, 17, 24], rooms).map { PlanProblem.Slot(day: $0, tick: 0, room: $1) }, for: index)
    }
    let plan = SessionPlan(problem, occupancy: occupancy)
    #expect(plan.total == 16)
    var search = SessionSearch(plan, seed: 1)
    let rooms = search.run(moves: 200).map { $0.map(\.room) }
    #expect(Set(rooms[0]).count == 1)
    #expect(Set(rooms[1]).count == 1)
    #expect(rooms[0] != rooms[1])
  }
}
