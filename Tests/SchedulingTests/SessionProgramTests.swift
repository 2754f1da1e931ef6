import Basics
import Programme
import Testing

@testable import Scheduling

@Suite struct SessionProgramTests {
  /// Rooms, soft gaps, homes, lengths, a fixed session before, kept places and days away: whatever is asked, no other plan is
  /// cheaper.
  @Test(arguments: 0..<120) func isTheOptimumOfOneTandem(_ seed: Int) {
    var random = SplitMix(seed: UInt64(seed))
    let problem = PlanProblem.random(
      &random, days: 9, tandems: 1, sessions: 3, people: 2, rooms: seed % 3, gap: 1...3, ticks: 4, density: 25
    )
    let plan = problem.solve(effort: PlanEffort.levels[1])
    #expect(problem.faults(of: plan.slots) == [])
    #expect(plan.objective == problem.judgedObjective(of: plan.slots))
    #expect(plan.objective == problem.optimumByBruteForce)
    #expect(plan.bound <= plan.objective)
  }

  /// Far from the ideals the narrowed days do not hold the optimum, and must be left.
  @Test func findsWhatLiesFarFromTheIdeals() {
    var starts = Array(repeating: UInt64(0), count: 180)
    for day in [150, 160, 179] { starts[day] = 1 }
    let tandem = PlanProblem.Tandem(
      people: [0], starts: starts, tickCost: Array(repeating: 0, count: 64), ideals: [10, 20, 30], gap: 7...35
    )
    let plan = PlanProblem(days: 180, people: 1, tandems: [tandem]).solve(effort: PlanEffort.levels[1])
    #expect(plan.slots[0].map(\.day) == [150, 160, 179])
    #expect(plan.objective == 140 * 140 + 140 * 140 + 149 * 149)
    #expect(plan.bound == plan.objective)
  }

  @Test func plansTheLongestPartWhereThereIsNoWhole() {
    var starts = Array(repeating: UInt64(0), count: 100)
    for day in [5, 6, 14, 60, 70] { starts[day] = 1 }
    let tandem = PlanProblem.Tandem(
      people: [0], starts: starts, tickCost: Array(repeating: 0, count: 64),
      ideals: [5, 20, 40, 60], gap: 7...35)
    let plan = PlanProblem(days: 100, people: 1, tandems: [tandem]).solve(effort: PlanEffort.levels[1])
    #expect(plan.slots[0].map(\.day) == [5, 14])
    #expect(plan.objective == 36 + 2 * PlanProblem.missingCost)
  }

  @Test func nothingFreeAndNothingWantedAreNoTrouble() {
    let none = PlanProblem.Tandem(
      people: [0, 1], starts: Array(repeating: 0, count: 10), tickCost: Array(repeating: 0, count: 64),
      ideals: [2, 8], gap: 1...9)
    var finished = none
    finished.ideals = []
    let plan = PlanProblem(days: 10, people: 2, tandems: [none, finished]).solve(effort: PlanEffort.levels[1])
    #expect(plan.slots == [[], []])
    #expect(plan.objective == 2 * PlanProblem.missingCost)
    #expect(PlanProblem(days: 0, people: 0, tandems: []).solve(effort: PlanEffort.levels[1]).slots.isEmpty)
  }
}
