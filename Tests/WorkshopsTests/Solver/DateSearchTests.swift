import Basics
import Programme
import Testing

@testable import Workshops

/// Plans keep the rules, bounds hold, and small instances are solved to the end.
@Suite struct DateSearchTests {
  @Test(arguments: 0..<60) func reachesTheOptimumOfSmallInstances(_ seed: Int) throws {
    var random = SplitMix(seed: UInt64(seed))
    let problem = RandomDates(&random, mentors: 6, candidates: 4, departments: 2).problem
    var optimum = problem.mentorCount * problem.missingCost
    for set in 0..<(1 << 4) {
      let held = (0..<4).filter { set >> $0 & 1 == 1 }
      if let cost = problem.bruteForce(held: held) { optimum = min(optimum, cost) }
    }
    let solved = DateSearch.solve(problem, effort: DateEffort(boundSteps: 60, work: 1))
    #expect(solved.bound <= optimum, "the bound holds")
    #expect(solved.plan.cost >= optimum)
    #expect(problem.cost(of: solved.plan.date, held: Set(solved.plan.held)) == solved.plan.cost)
    #expect(solved.plan.cost == optimum)
  }

  /// Sixteen of whom a group holds at best twelve: one and a third groups would be cheaper than one, and do not exist.
  @Test func wholeNumbersOfDatesAndGroupsCloseTheGap() {
    func candidate(groups: Int, slot: Int) -> DateProblem.Candidate {
      var sizes = Array(repeating: 0, count: groups)
      var seats: [Int] = []
      for person in 0..<(20 * groups) {
        let before = sizes[person % groups]
        seats.append(4 * (2 * (before - 12) + 1))
        sizes[person % groups] += 1
      }
      return DateProblem.Candidate(
        capacity: 20 * groups, smallest: 8 * groups, groups: groups,
        opening: 60 + groups * (20 + 4 * 144), slot: slot, seats: seats)
    }
    let problem = DateProblem(
      candidates: (0..<8).map { candidate(groups: 1 + $0 % 2, slot: $0 / 2) },
      departments: (0..<16).map { $0 % 4 }, missingCost: 1000
    ) { _, _ in 0 }
    let solved = DateSearch.solve(problem, effort: DateEffort(boundSteps: 60, work: 1))
    // One date, one group of 16, four of each department.
    #expect(solved.plan.cost == 60 + 20 + 4 * 16 + 4 * 16)
    #expect(solved.bound == solved.plan.cost)
  }

  @Test(arguments: 0..<20) func aLikeProblemIsSolvedFromAKnownSolution(_ seed: Int) {
    var random = SplitMix(seed: UInt64(500 + seed))
    let problem = RandomDates(&random, mentors: 6, candidates: 4, departments: 2).problem
    let effort = DateEffort(boundSteps: 60, work: 1)
    let first = DateSearch.solve(problem, effort: effort)
    let again = DateSearch.solve(problem, effort: effort, from: first, held: first.plan.held)
    #expect(again.plan.cost == first.plan.cost)
    #expect(again.bound <= first.plan.cost)
  }

  @Test func theBoundIsNearAndTheSameEveryTime() {
    var random = SplitMix(seed: 77)
    let costs = (0..<90).map { _ in (0..<12).map { _ in random.below(10) < 6 ? random.below(6) : nil } }
    let problem = DateProblem(
      candidates: (0..<12).map { DateProblem.Candidate(capacity: 20, smallest: 10, opening: 40, slot: $0) },
      departments: (0..<90).map { _ in random.below(6) }, missingCost: 1000
    ) { costs[$0][$1] }
    let effort = DateEffort(boundSteps: 200, work: 2)
    let solved = DateSearch.solve(problem, effort: effort)
    #expect(solved.bound * 100 >= solved.plan.cost * 97)
    #expect(problem.cost(of: solved.plan.date, held: Set(solved.plan.held)) == solved.plan.cost)
    #expect(DateSearch.solve(problem, effort: effort) == solved)
  }

  @Test func nobodyAndNothing() {
    let none = DateProblem(candidates: [], departments: [], missingCost: 1000) { _, _ in nil }
    #expect(DateSearch.solve(none, effort: .standard).plan == DatePlan(held: [], date: [], cost: 0))
    let alone = DateProblem(candidates: [], departments: [0], missingCost: 1000) { _, _ in nil }
    #expect(DateSearch.solve(alone, effort: .standard).plan == DatePlan(held: [], date: [nil], cost: 1000))
  }
}
