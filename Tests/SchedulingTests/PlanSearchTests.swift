import Basics
import Programme
import Testing

@testable import Scheduling

@Suite struct PlanSearchTests {
  /// A thousand random problems in which tandems share people and rooms: no plan breaks a rule, and no bound is above
  /// the plan's own objective.
  @Test(arguments: 0..<10) func neverBreaksARule(_ block: Int) {
    for seed in 0..<100 {
      var random = SplitMix(seed: UInt64(block * 100 + seed))
      let problem = PlanProblem.random(
        &random, days: 30, tandems: 2 + random.below(6), sessions: 4, people: 2 + random.below(5),
        rooms: random.below(3), gap: 3...12)
      let plan = problem.solve(effort: PlanEffort(priceSteps: 8, moves: 30, rounds: 10))
      #expect(problem.faults(of: plan.slots) == [], "seed \(block * 100 + seed)")
      #expect(plan.objective == problem.judgedObjective(of: plan.slots))
      #expect(plan.objective == problem.objective(of: plan.slots))
      #expect(plan.bound <= plan.objective)
    }
  }

  /// On problems that can be solved by trying everything: the bound is never above the optimum, the plan never below it.
  @Test(arguments: 0..<40) func theOptimumLiesBetweenBoundAndPlan(_ seed: Int) {
    var random = SplitMix(seed: UInt64(7000 + seed))
    let problem = PlanProblem.random(
      &random, days: 7, tandems: 3, sessions: 2, people: 3, rooms: 1, gap: 2...5, ticks: 3, density: 30)
    let optimum = problem.optimumByBruteForce
    let plan = problem.solve(effort: PlanEffort(priceSteps: 60, moves: 100, rounds: 20))
    #expect(plan.bound <= optimum)
    #expect(plan.objective >= optimum)
  }

  /// Three tandems of one mentor who has three days only: each gets one of them.
  @Test func sharesTheDaysOfABusyMentor() {
    var starts = Array(repeating: UInt64(0), count: 20)
    for day in [3, 10, 17] { starts[day] = 0b11 }
    let problem = PlanProblem(
      days: 20, people: 4,
      tandems: (1...3).map {
        .init(
          people: [0, $0], starts: starts, tickCost: Array(repeating: 0, count: 64), ideals: [10], gap: 1...20
        )
      })
    let plan = problem.solve(effort: PlanEffort.levels[1])
    #expect(plan.slots.map { $0[0].day }.sorted() == [3, 10, 17])
    #expect(plan.objective == 98)
    #expect(plan.bound <= 98)
  }

  @Test func thePlanDoesNotDependOnTheRun() {
    var random = SplitMix(seed: 5)
    let problem = PlanProblem.random(
      &random, days: 60, tandems: 30, sessions: 5, people: 14, rooms: 2, gap: 5...20)
    let plan = problem.solve(effort: PlanEffort(priceSteps: 20, moves: 50, rounds: 20))
    for _ in 0..<3 {
      #expect(problem.solve(effort: PlanEffort(priceSteps: 20, moves: 50, rounds: 20)).slots == plan.slots)
    }
  }

  @Test func moreEffortIsNeverWorse() {
    var random = SplitMix(seed: 11)
    let problem = PlanProblem.random(
      &random, days: 60, tandems: 24, sessions: 5, people: 12, rooms: 2, gap: 5...20)
    let little = problem.solve(effort: PlanEffort(priceSteps: 20, moves: 0, rounds: 0))
    let more = problem.solve(effort: PlanEffort(priceSteps: 20, moves: 100, rounds: 100))
    #expect(more.objective <= little.objective)
    #expect(more.objective < little.objective || little.objective == little.bound)
  }

  @Test func componentsAreThoseThatTakeFromEachOther() {
    func tandem(_ people: [Int], pool: Int? = nil) -> PlanProblem.Tandem {
      .init(
        people: people, starts: [1], tickCost: Array(repeating: 0, count: 64), ideals: [0], gap: 1...2,
        pool: pool)
    }
    let problem = PlanProblem(
      days: 1, people: 12,
      tandems: [
        tandem([0, 1]), tandem([2, 3], pool: 0), tandem([4, 5]), tandem([6, 1]), tandem([7, 8], pool: 0),
        tandem([9, 10], pool: 1),
      ], pools: [.init(taken: [[0]]), .init(taken: [[0]])])
    #expect(problem.components() == [[0, 3], [1, 4], [5], [2]])
  }
}
