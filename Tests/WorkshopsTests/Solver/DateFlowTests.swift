import Basics
import Programme
import Testing

@testable import Workshops

/// The network is exact for the dates that are open, whatever was opened and closed before.
@Suite struct DateFlowTests {
  @Test(arguments: 0..<60) func exactForGivenDates(_ seed: Int) throws {
    var random = SplitMix(seed: UInt64(seed))
    let problem = RandomDates(&random, mentors: 6, candidates: 4, departments: 2).problem
    for set in 1..<(1 << 4) {
      let held = (0..<4).filter { set >> $0 & 1 == 1 }
      guard Set(held.map { problem.candidates[$0].slot }).count == held.count else { continue }
      var flow = DateFlow(problem)
      let isGood = held.allSatisfy { flow.add($0) }
      let best = problem.bruteForce(held: held)
      if isGood {
        #expect(flow.cost == best)
        #expect(problem.cost(of: flow.plan.date, held: Set(held)) == flow.cost)
      } else {
        #expect(best == nil)
      }
    }
  }

  @Test(arguments: 0..<40) func staysExactWhileDatesComeAndGo(_ seed: Int) throws {
    var random = SplitMix(seed: UInt64(1000 + seed))
    let problem = RandomDates(&random, mentors: 6, candidates: 5, departments: 3).problem
    var flow = DateFlow(problem)
    var checked = 0
    for _ in 0..<14 {
      let candidate = random.below(5)
      var trial = flow
      if flow.isOpen(candidate) {
        guard trial.drop(candidate) else { continue }
      } else {
        guard
          !flow.open.contains(where: { problem.candidates[$0].slot == problem.candidates[candidate].slot }),
          trial.add(candidate)
        else { continue }
      }
      flow = trial
      checked += 1
      #expect(flow.cost == problem.bruteForce(held: flow.open))
      #expect(problem.cost(of: flow.plan.date, held: Set(flow.open)) == flow.cost)
    }
    #expect(checked > 2)
  }

  @Test func aLimitOnlyGivesUpWhatCannotComeBelowIt() {
    for seed in 0..<60 {
      var random = SplitMix(seed: UInt64(2000 + seed))
      let problem = RandomDates(&random, mentors: 8, candidates: 4, departments: 2).problem
      for candidate in 0..<4 {
        var free = DateFlow(problem)
        guard free.add(candidate) else { continue }
        for limit in [free.cost - 3, free.cost, free.cost + 1, free.cost + 9] {
          var bounded = DateFlow(problem)
          #expect(bounded.add(candidate, below: limit) == (free.cost < limit))
        }
      }
    }
  }
}
