import Foundation
import TestSupport
import Testing

/// The solver on generated instances, by the program that measures it and by scripts that share no code with it.
@Suite struct PlanInstanceTests {
  private static let scripts = Repository.path + "/Benchmarks/schedule"

  /// Every term of the objective, rooms, held sessions, earlier plans: the judge agrees on each cost, the bound is never above
  /// the optimum that trying all plans finds, and the cost is that optimum but for four plans, of tandems that cannot all have all
  /// sessions, or that have an earlier plan.
  @Test func tinyInstancesAreSolvedToTheirOptimum() async throws {
    let run = try await BuiltTool.python(
      [
        Self.scripts + "/brute_force.py", Repository.tools + "/plan-instance", "--count", "80", "--dearer",
        "4",
      ])
    #expect(run.status == 0, "\(run.text.suffix(3000)) \(run.errors.suffix(500))")
    #expect(run.lines.last?.hasSuffix(" dearer than the optimum, 0 wrong") == true)
  }

  /// The judge agrees with what the planner says of a plan with rooms, and finds no rule broken.
  @Test func theJudgeAgreesOnAProgramme() async throws {
    let work = try WorkFolder()
    let made = try await BuiltTool.python(
      [Self.scripts + "/gen_sched.py", "60", "7", work.path + "/instance", "--rooms", "1"])
    #expect(made.status == 0, "\(made.errors)")
    let run = try await BuiltTool("plan-instance").run(
      [work.path + "/instance", work.path + "/plan.csv", "1"])
    #expect(run.status == 0, "\(run.errors)")
    let told = try #require(
      run.text.firstMatch(of: /0 sessions missing, cost (\d+), bound (\d+),/), "\(run.text)")
    let (cost, bound) = (try #require(Int(told.1)), try #require(Int(told.2)))
    #expect(bound <= cost)
    let judged = try await BuiltTool.python(
      [Self.scripts + "/sched_check.py", work.path + "/instance", work.path + "/plan.csv"])
    #expect(judged.status == 0, "\(judged.text)")
    #expect(judged.text.hasPrefix("{\"cost\": \(cost), \"missing\": 0,"), "\(judged.text)")
  }
}
