import Foundation
import RecordStream
import Scheduling

/// `plan-instance DIR OUT.csv [EFFORT | PRICE-STEPS ROUNDS]` plans a folder of bench/gen_sched.py and prints cost, bound, gap
/// and the milliseconds of planning, reading and writing aside; bench/sched_check.py judges OUT.csv.
@main struct PlanInstance {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let folder = arguments.first, let file = arguments.dropFirst().first,
      let effort = effort(arguments.dropFirst(2).compactMap { Int($0) })
    else {
      try Output(descriptor: 2).line("usage: plan-instance DIR OUT.csv [0…3 | PRICE-STEPS ROUNDS]")
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
      "\(instance.problem.tandems.count) tandems (\(instance.dropped) dropped), cost \(plan.objective), "
        + "bound \(plan.bound), gap \((gap * 100).rounded(.up) / 100)%, \(milliseconds) ms")
  }

  private static func effort(_ numbers: [Int]) -> PlanEffort? {
    switch numbers.count {
    case 0: PlanEffort.levels[1]
    case 1: PlanEffort.levels.indices.contains(numbers[0]) ? PlanEffort.levels[numbers[0]] : nil
    default: PlanEffort(priceSteps: numbers[0], rounds: numbers[1])
    }
  }

  private static func rows(_ plan: SolvedPlan, of instance: GeneratedInstance) -> String {
    var text = "tandem,session,day,start,room\n"
    for (index, slots) in plan.slots.enumerated() {
      let rooms = instance.problem.tandems[index].pool.map { instance.roomNumbers[$0] } ?? []
      for (session, slot) in slots.enumerated() {
        let room = slot.room.map { rooms[$0] } ?? -1
        text += "\(index),\(session),\(GeneratedInstance.workday(slot.day)),\(slot.tick),\(room)\n"
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
