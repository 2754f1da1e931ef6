import Basics
import Foundation
import RecordStream
import Workshops

/// `workshop-instance FILE.json OUT.csv [BOUND-STEPS WORK]` plans an instance of bench/gen_workshop.py, or each of a folder, and
/// prints cost, bound, gap and the milliseconds of planning (of the clock and of the processor), reading and writing aside. The cost is counted anew from the
/// instance, not taken from the solver. OUT.csv has `mentor,date`, −1 for who is left out; of a folder, OUT is one too.
@main struct WorkshopInstance {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count == 2 || arguments.count == 4 else {
      try Output(descriptor: 2).line("usage: workshop-instance FILE.json|DIR OUT [BOUND-STEPS WORK]")
      exit(64)
    }
    let numbers = arguments.dropFirst(2).compactMap { Int($0) }
    let effort = numbers.count == 2 ? DateEffort(boundSteps: numbers[0], work: numbers[1]) : .standard
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: arguments[0], isDirectory: &isFolder), isFolder.boolValue
    else {
      return try plan(arguments[0], to: arguments[1], effort)
    }
    try FileManager.default.createDirectory(atPath: arguments[1], withIntermediateDirectories: true)
    for name in try FileManager.default.contentsOfDirectory(atPath: arguments[0]).sorted()
    where name.hasSuffix(".json") {
      try plan("\(arguments[0])/\(name)", to: "\(arguments[1])/\(name.dropLast(5)).csv", effort)
    }
  }

  private static func plan(_ path: String, to file: String, _ effort: DateEffort) throws {
    let instance = try GeneratedWorkshop(path: path)
    let begin = ContinuousClock.now
    let busy = clock()
    let solved = DateSearch.solve(instance.problem, effort: effort)
    let seconds = begin.duration(to: .now).components
    let milliseconds = Int(seconds.seconds) * 1000 + Int(seconds.attoseconds / 1_000_000_000_000_000)
    let processor = (clock() - busy) / (CLOCKS_PER_SEC / 1000)
    let rows = solved.plan.date.enumerated().map { "\($0),\($1 ?? -1)\n" }
    try AtomicFile.write(Array(("mentor,date\n" + rows.joined()).utf8), to: file)
    guard let cost = instance.cost(of: solved.plan.date) else { throw GeneratedWorkshop.BrokenRule() }
    let gap = solved.bound > 0 ? Double(cost - solved.bound) / Double(solved.bound) * 100 : 0
    let missing = solved.plan.date.count { $0 == nil }
    try Output(descriptor: 1).line(
      "\(path): \(solved.plan.date.count) mentors, \(solved.plan.held.count) dates held, \(missing) left out, cost \(cost)"
        + (cost == solved.plan.cost ? "" : " (solver says \(solved.plan.cost))")
        + ", bound \(solved.bound), gap \((gap * 100).rounded(.up) / 100)%, \(milliseconds) ms (processor \(processor) ms)"
    )
  }
}

extension Output {
  fileprivate func line(_ text: String) throws {
    try write(text + "\n")
    try flush()
  }
}
