import Basics
import Foundation
import RecordStream
import Scheduling

/// `plan-instance DIR OUT.csv [EFFORT | PRICE-STEPS MOVES ROUNDS]` plans a folder of bench/gen_sched.py and prints cost, bound, gap
/// and the milliseconds of planning, reading and writing aside; bench/sched_check.py judges OUT.csv. Then a tenth of the
/// tandems lose two weeks, and the plan is changed: broken sessions, moved ones, milliseconds.
@main struct PlanInstance {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let folder = arguments.first, let file = arguments.dropFirst().first,
      let effort = effort(arguments.dropFirst(2).compactMap { Int($0) })
    else {
      try Output(descriptor: 2).line("usage: plan-instance DIR OUT.csv [0…3 | PRICE-STEPS MOVES ROUNDS]")
      exit(64)
    }
    let instance = try GeneratedInstance(folder: folder)
    let begin = ContinuousClock.now
    let plan = instance.problem.solve(effort: effort)
    let seconds = begin.duration(to: .now).components
    try AtomicFile.write(Array(rows(plan, of: instance).utf8), to: file)
    let milliseconds = Int(seconds.seconds) * 1000 + Int(seconds.attoseconds / 1_000_000_000_000_000)
    let gap = plan.bound > 0 ? Double(plan.objective - plan.bound) / Double(plan.bound) * 100 : 0
    try Output(descriptor: 1).line(
      "\(instance.problem.tandems.count) tandems (\(instance.dropped) dropped), uncoupled \(instance.uncoupled), cost \(plan.objective), "
        + "bound \(plan.bound), gap \((gap * 100).rounded(.up) / 100)%, \(milliseconds) ms")
    try change(plan, of: instance)
  }

  /// Every tenth tandem loses fourteen days, at another time of the term for each.
  private static func change(_ plan: SolvedPlan, of instance: GeneratedInstance) throws {
    var problem = instance.problem
    var broken = 0
    for index in problem.tandems.indices {
      problem.tandems[index].kept = plan.slots[index]
      guard index % 10 == 0 else { continue }
      let from = index / 10 * 37 % max(1, problem.days - 14)
      for day in from..<min(problem.days, from + 14) { problem.tandems[index].close(day) }
      broken += plan.slots[index].count { (from..<(from + 14)).contains($0.day) }
    }
    let begin = ContinuousClock.now
    let changed = problem.solve(effort: PlanEffort.levels[1])
    let seconds = begin.duration(to: .now).components
    let moved = zip(plan.slots, changed.slots).reduce(0) { sum, both in
      sum + zip(both.0, both.1).count { $0 != $1 }
    }
    let milliseconds = Int(seconds.seconds) * 1000 + Int(seconds.attoseconds / 1_000_000_000_000_000)
    // What is missing counts as missing, not as the moves that would weigh as much.
    let missing = changed.bound / PlanProblem.missingCost
    let least = changed.bound % PlanProblem.missingCost / PlanProblem.moveCost
    let lost = zip(problem.tandems, changed.slots).reduce(0) { $0 + $1.0.ideals.count - $1.1.count }
    try Output(descriptor: 1).line(
      "changed: \(broken) broken, \(moved) moved, at least \(least) must, \(lost) missing, at least \(missing) must, "
        + "\(milliseconds) ms")
  }

  private static func effort(_ numbers: [Int]) -> PlanEffort? {
    switch numbers.count {
    case 0: PlanEffort.levels[1]
    case 1: PlanEffort.levels.indices.contains(numbers[0]) ? PlanEffort.levels[numbers[0]] : nil
    default:
      numbers.count < 3 ? nil : PlanEffort(priceSteps: numbers[0], moves: numbers[1], rounds: numbers[2])
    }
  }

  private static func rows(_ plan: SolvedPlan, of instance: GeneratedInstance) -> String {
    var text = "tandem,session,day,start,room\n"
    for (index, slots) in plan.slots.enumerated() {
      let rooms = instance.problem.tandems[index].pool.map { instance.roomNumbers[$0] } ?? []
      for (session, slot) in slots.enumerated() {
        let room = slot.room.map { rooms[$0] } ?? -1
        text += "\(instance.numbers[index]),\(session),\(GeneratedInstance.workday(slot.day)),\(slot.tick),\(room)\n"
      }
    }
    return text
  }
}

extension Output {
  fileprivate func line(_ text: String) throws {
    try write(text + "\n")
    try flush()
  }
}
