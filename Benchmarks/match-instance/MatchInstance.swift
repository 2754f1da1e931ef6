import Foundation
import Matching

/// Solves a file of scores several times and prints one JSON line, as bench_match.py does for the peers.
///
///     match-instance FILE [total|fair] [RUNS]
@main struct MatchInstance {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count > 1, let handle = FileHandle(forReadingAtPath: arguments[1]) else {
      FileHandle.standardError.write(Data("usage: match-instance FILE [total|fair] [RUNS]\n".utf8))
      exit(64)
    }
    let objective = arguments.count > 2 ? AssignmentObjective(rawValue: arguments[2]) ?? .total : .total
    let runs = arguments.count > 3 ? max(1, Int(arguments[3]) ?? 1) : 1
    let loading = clock()
    var reader = ScoreReader()
    while let piece = try handle.read(upToCount: 1 << 18), !piece.isEmpty {
      try reader.read(Array(piece).span)
    }
    let file = try reader.finish()
    let loaded = clock()
    var processor: [Double] = []
    var wall: [Double] = []
    var last: Assignment?
    for _ in 0..<runs {
      last = nil
      let (start, begin) = (clock(), DispatchTime.now().uptimeNanoseconds)
      last = file.problem.solve(objective)
      processor.append(Double(clock() - start) / Double(CLOCKS_PER_SEC))
      wall.append(Double(DispatchTime.now().uptimeNanoseconds - begin) / 1e9)
    }
    guard let assignment = last else { return }
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let fields: [(String, String)] = [
      ("solver", "\"tandem \(objective.rawValue)\""), ("card", "\(assignment.pairCount)"),
      ("total", "\(assignment.total)"), ("min", "\(assignment.worst ?? -1)"),
      ("load", "\(Double(loaded - loading) / Double(CLOCKS_PER_SEC))"),
      ("cpu", "\(processor.sorted()[runs / 2])"), ("wall", "\(wall.sorted()[runs / 2])"),
      ("rssMB", "\(usage.ru_maxrss / 1024)"),
    ]
    print("{" + fields.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}")
  }
}
