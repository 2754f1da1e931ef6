import Basics
import Foundation
import RecordStream
import Scheduling

/// `plan-instance DIR OUT.csv [EFFORT | PRICE-STEPS MOVES ROUNDS]` plans a folder of Benchmarks/schedule/gen_sched.py and prints cost, bound,
/// gap and the milliseconds of planning, by the clock and of the processor, reading and writing aside; sched_check.py
/// judges OUT.csv. With `--change`, a tenth of the tandems then lose two weeks, and the plan is changed: broken
/// sessions, moved ones, how many must move or cannot be planned, milliseconds.
@main struct PlanInstance {
  static func main() throws {
    let changes = CommandLine.arguments.contains("--change")
    let arguments = CommandLine.arguments.dropFirst().filter { $0 != "--change" }
    guard let folder = arguments.first, let file = arguments.dropFirst().first,
      let effort = effort(arguments.dropFirst(2).compactMap { Int($0) })
    else {
      try Output(descriptor: 2).line(
        "usage: plan-instance DIR OUT.csv [--change] [0…3 | PRICE-STEPS MOVES ROUNDS]")
      exit(64)
    }
    let instance = try GeneratedInstance(folder: folder)
    let (plan, time) = measured { instance.problem.solve(effort: effort) }
    try AtomicFile.write(Array(rows(plan, of: instance).utf8), to: file)
    let missing = zip(instance.problem.tandems, plan.slots).reduce(0) { $0 + $1.0.ideals.count - $1.1.count }
    let (cost, bound) = (plan.objective, plan.bound)
    let gap = bound > 0 ? Double(cost - bound) / Double(bound) * 100 : 0
    try Output(descriptor: 1).line(
      "\(instance.problem.tandems.count) tandems (\(instance.dropped) dropped), \(missing) sessions missing, cost \(cost), "
        + "bound \(bound), gap \((gap * 100).rounded(.up) / 100)%, \(time)")
    if changes { try change(plan, of: instance) }
  }

  private struct Time: CustomStringConvertible {
    var clock: Int
    var processor: Int

    var description: String { "\(clock) ms, processor \(processor) ms" }
  }

  private static func measured(_ body: () -> SolvedPlan) -> (plan: SolvedPlan, time: Time) {
    let begin = ContinuousClock.now
    let ticks = clock()
    let plan = body()
    let processor = Int(clock() - ticks) * 1000 / Int(CLOCKS_PER_SEC)
    let seconds = begin.duration(to: .now).components
    let milliseconds = Int(seconds.seconds) * 1000 + Int(seconds.attoseconds / 1_000_000_000_000_000)
    return (plan, Time(clock: milliseconds, processor: processor))
  }

  /// Every tenth tandem loses fourteen days, at another time of the term for each.
  private static func change(_ plan: SolvedPlan, of instance: GeneratedInstance) throws {
    var problem = instance.problem
    var broken = 0
    for index in problem.tandems.indices {
      problem.tandems[index].kept = plan.slots[index]
      guard index % 10 == 0 else { continue }
      let from = index / 10 * 37 % (problem.days - 14)
      for day in from..<(from + 14) { problem.tandems[index].close(day) }
      broken += plan.slots[index].count { (from..<(from + 14)).contains($0.day) }
    }
    let (changed, time) = measured { problem.solve(effort: PlanEffort.levels[1]) }
    let moved = zip(plan.slots, changed.slots).reduce(0) { sum, both in
      sum + zip(both.0, both.1).count { $0 != $1 }
    }
    let missing = zip(plan.slots, changed.slots).reduce(0) { $0 + max(0, $1.0.count - $1.1.count) }
    // What must be missing is no move: it weighs more than any number of moves.
    let (unplanned, rest) = changed.bound.quotientAndRemainder(dividingBy: PlanProblem.missingCost)
    try Output(descriptor: 1).line(
      "changed: \(broken) broken, \(moved) moved, at least \(rest / PlanProblem.moveCost) must, "
        + "\(missing) not planned, at least \(unplanned) cannot, \(time)")
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
      for (k, slot) in slots.enumerated() {
        let room = slot.room.map { rooms[$0] } ?? -1
        text +=
          "\(instance.numbers[index]),\(instance.held[index] + k),\(GeneratedInstance.workday(slot.day)),"
          + "\(slot.tick),\(room)\n"
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
