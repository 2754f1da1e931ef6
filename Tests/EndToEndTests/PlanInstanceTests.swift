import Foundation
import TestSupport
import Testing

/// The solver on a generated instance, by the program that measures it.
@Suite struct PlanInstanceTests {
  /// Of the 600 tandems, taken each for itself, CP-SAT proved the optimum (design: scheduling): our programme's is the same.
  @Test func theProgrammeOfOneTandemIsExact() async throws {
    let work = try WorkFolder()
    let made = try await BuiltTool.python(
      [Repository.path + "/Benchmarks/peers/gen_sched.py", "600", "7", work.path + "/instance"])
    #expect(made.status == 0)
    let run = try await BuiltTool("plan-instance").run(
      [work.path + "/instance", work.path + "/plan.csv", "20", "10", "0"])
    #expect(run.status == 0)
    #expect(run.text.hasPrefix("600 tandems (0 dropped), uncoupled 38150, "))
    let rows = try String(contentsOfFile: work.path + "/plan.csv", encoding: .utf8).split(separator: "\n")
    #expect(rows.count == 6001)
  }
}
