import Testing

@testable import Matching

@Suite struct AssignmentSolverTests {
  static let shapes: [AssignmentProblem.Shape] = [
    .init(left: 1...5, right: 1...5),
    .init(left: 1...4, right: 1...6, scores: 0...2),
    .init(left: 1...4, right: 1...4, capacities: 1...3),
    .init(left: 1...5, right: 1...4, scores: 0...3, priorities: 0...2),
    .init(left: 1...4, right: 1...4, scores: -3...3, capacities: 0...3, priorities: 0...2, locks: 2),
  ]

  @Test(arguments: shapes.indices, AssignmentObjective.allCases)
  func equalsBruteForce(shape: Int, objective: AssignmentObjective) throws {
    for seed in 0..<60 as Range<UInt64> {
      let problem = try AssignmentProblem.random(Self.shapes[shape], seed: seed)
      let assignment = problem.solve(objective, parallel: false)
      for component in assignment.components where component.graph.column.count <= 14 {
        let brute = BruteForce(component.graph, objective)
        #expect(component.value == brute.value, "shape \(shape), seed \(seed)")
        #expect(component.chosen == brute.best, "shape \(shape), seed \(seed)")
      }
    }
  }

  @Test(arguments: shapes.indices, AssignmentObjective.allCases)
  func provesEveryComponent(shape: Int, objective: AssignmentObjective) throws {
    for seed in 0..<60 as Range<UInt64> {
      let problem = try AssignmentProblem.random(Self.shapes[shape], seed: seed)
      for component in problem.solve(objective, parallel: false).components {
        #expect(component.isProved(objective), "shape \(shape), seed \(seed)")
      }
    }
  }
}
