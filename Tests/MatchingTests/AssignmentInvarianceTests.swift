import Basics
import Testing

@testable import Matching

@Suite struct AssignmentInvarianceTests {
  private static let shape = AssignmentProblem.Shape(
    left: 20...40, right: 20...40, densities: 0.03...0.3, scores: 0...4, capacities: 1...2,
    priorities: 0...1, locks: 2)

  private func pairs(_ problem: AssignmentProblem) -> [AssignmentProblem.Pair] {
    problem.left.indices.flatMap { node in
      (problem.rowStart[node]..<problem.rowStart[node + 1]).map {
        .init(left: Int32(node), right: problem.column[$0], score: problem.score[$0])
      }
    }
  }

  @Test(arguments: AssignmentObjective.allCases)
  func orderOfPairsAndCoresChangesNothing(objective: AssignmentObjective) throws {
    for seed in 0..<25 as Range<UInt64> {
      let problem = try AssignmentProblem.random(Self.shape, seed: seed)
      var source = SplitMix(seed: seed + 1000)
      let shuffled = try AssignmentProblem(
        left: problem.left, right: problem.right, pairs: pairs(problem).shuffled(using: &source),
        locked: problem.locked.shuffled(using: &source))
      let serial = problem.solve(objective, parallel: false)
      #expect(serial.pairs == problem.solve(objective, parallel: true).pairs)
      #expect(serial.pairs == shuffled.solve(objective, parallel: true).pairs)
    }
  }

  /// Sides exchanged, the optimum is another canonical one, of the same worth.
  @Test(arguments: AssignmentObjective.allCases)
  func exchangedSidesAreWorthTheSame(objective: AssignmentObjective) throws {
    for seed in 50..<70 as Range<UInt64> {
      let problem = try AssignmentProblem.random(Self.shape, seed: seed)
      let exchanged = try AssignmentProblem(
        left: problem.right, right: problem.left,
        pairs: pairs(problem).map { .init(left: $0.right, right: $0.left, score: $0.score) },
        locked: problem.locked.map { .init(left: $0.right, right: $0.left, score: $0.score) })
      #expect(problem.solve(objective).value == exchanged.solve(objective).value)
    }
  }

  @Test func linesInAnyOrderGiveTheSameBytes() throws {
    for seed in 0..<15 as Range<UInt64> {
      let problem = try AssignmentProblem.random(
        .init(left: 10...30, right: 10...30, densities: 0.1...0.5, scores: 0...3), seed: seed)
      var source = SplitMix(seed: seed)
      var lines = pairs(problem).map { "m\($0.left * 7 % 31),\($0.right * 5 % 31),\($0.score)" }
      func solved() throws -> [UInt8] {
        var input = [Array((lines.joined(separator: "\n") + "\n").utf8)]
        var output: [UInt8] = []
        _ = try BareInstance.solve(.fair) { take in
          guard let piece = input.popLast() else { return false }
          try take(piece.span)
          return true
        } writing: {
          output += $0
        }
        return output
      }
      let first = try solved()
      lines.shuffle(using: &source)
      #expect(try solved() == first)
    }
  }

  /// `fair` on matrices up to 8 × 8, by a table over the sets of right nodes for each threshold.
  @Test func fairEqualsBruteForceUpToEightByEight() throws {
    var seen = 0
    for seed in 0..<120 as Range<UInt64> {
      let problem = try AssignmentProblem.random(
        .init(left: 4...8, right: 4...8, densities: 0.2...1, scores: -3...12), seed: seed)
      for component in problem.solve(.fair, parallel: false).components {
        let graph = component.graph
        let levels = Set(graph.score).sorted()
        let most = table(graph, Int32.min).pairs
        let best = try #require(levels.last { table(graph, $0).pairs == most })
        let expected = table(graph, best)
        #expect(component.value.pairs == expected.pairs, "seed \(seed)")
        #expect(component.value.total == expected.total, "seed \(seed)")
        #expect(component.value.worst == Int(best), "seed \(seed)")
        seen += 1
      }
    }
    #expect(seen > 100)
  }

  private func table(_ graph: ComponentGraph, _ floor: Int32) -> (pairs: Int, total: Int) {
    var best = [(pairs: Int, total: Int)?](repeating: nil, count: 1 << graph.rightNodes.count)
    best[0] = (0, 0)
    for left in graph.leftNodes.indices {
      for set in best.indices.reversed() {
        guard let value = best[set] else { continue }
        for place in graph.rowStart[left]..<graph.rowStart[left + 1] {
          let bit = 1 << Int(graph.column[place])
          guard graph.score[place] >= floor, set & bit == 0 else { continue }
          let next = (pairs: value.pairs + 1, total: value.total + Int(graph.score[place]))
          if best[set | bit].map({ ($0.pairs, $0.total) < next }) ?? true { best[set | bit] = next }
        }
      }
    }
    return best.compactMap { $0 }.max { ($0.pairs, $0.total) < ($1.pairs, $1.total) } ?? (0, 0)
  }
}
