import Foundation
import Surveys
import Testing

@Suite struct SuppressionAttackTests {
  static func json(_ table: GuardedTable, _ plan: Suppression.Plan) -> String {
    let cells = zip(table.cells, plan.outcomes).map { cell, outcome -> String in
      let level = outcome == .shown ? 0 : outcome == .counted ? 1 : 2
      let slice = cell.slice.values.map { $0.map { "\"\($0)\"" } ?? "null" }.joined(separator: ",")
      return
        "{\"slice\":[\(slice)],\"level\":\(level),\"answered\":\(cell.answered),\"values\":\(cell.values),"
        + "\"few\":\(cell.answered < table.minimum)}"
    }
    return "{\"minimum\":\(table.minimum),\"counting\":\"\(table.counting)\",\"cells\":["
      + cells.joined(separator: ",") + "]}"
  }

  @Test func dump() throws {
    var lines = ""
    var times: [String: Double] = [:]
    defer { print(times) }
    var (hidden, shown, proved) = (0, 0, 0)
    for seed in 0..<(Int(ProcessInfo.processInfo.environment["N"] ?? "500") ?? 500) {
      let table = RandomSurvey(UInt64(seed)).table()
      let start = Date()
      let plan = Suppression.plan(table)
      times["\(table.counting) \(table.cells[0].slice.values.count)", default: 0] += Date().timeIntervalSince(
        start)
      if plan.isProved { proved += 1 } else { print(seed, table.counting, Self.json(table, plan)) }
      for (c, o) in zip(table.cells, plan.outcomes) {
        if case .hidden = o { if c.answered >= 5 { hidden += 1 } } else { shown += 1 }
      }
      lines += Self.json(table, plan) + "\n"
    }
    try lines.write(toFile: "/tmp/privacy-scratch/tables.ndjson", atomically: true, encoding: .utf8)
    print("secondary", hidden, "shown", shown, "proved", proved)
  }
}
