import Basics
import Foundation
import Testing

@testable import Matching

/// 200 instances whose optima scipy found (Fixtures/assignment_scipy.py draws the same ones).
@Suite struct AssignmentScipyTests {
  private static func instance(_ number: UInt64) throws -> AssignmentProblem {
    var source = SplitMix(seed: number)
    func below(_ bound: Int) -> Int { Int(source.next() % UInt64(bound)) }
    let (n, m) = (1 + below(60), 1 + below(60))
    let density = 2 + below(99)
    let spread = [1, 2, 10, 100, 1000][below(5)]
    let low = [0, -((spread + 1) / 2), -spread][below(3)]
    let capacity = number % 4 == 3 ? 3 : 1
    let left = (0..<n).map { _ in 1 + below(capacity) }
    let right = (0..<m).map { _ in 1 + below(capacity) }
    var pairs: [AssignmentProblem.Pair] = []
    for i in 0..<n {
      for j in 0..<m where below(100) < density {
        pairs.append(.init(left: Int32(i), right: Int32(j), score: Int32(low + below(spread))))
      }
    }
    var locked: [AssignmentProblem.Pair] = []
    if number % 3 == 2 {
      for _ in 0..<3 {
        let (i, j) = (below(n), below(m))
        let usedLeft = locked.count { Int($0.left) == i }
        let usedRight = locked.count { Int($0.right) == j }
        let known = locked.contains { Int($0.left) == i && Int($0.right) == j }
        guard usedLeft < left[i], usedRight < right[j], !known else { continue }
        locked.append(.init(left: Int32(i), right: Int32(j), score: 0))
      }
    }
    return try AssignmentProblem(
      left: left.map { .init(capacity: Int32($0)) }, right: right.map { .init(capacity: Int32($0)) },
      pairs: pairs, locked: locked)
  }

  @Test func equalsScipy() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/assignment_scipy.csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 200)
    for line in lines {
      let fields = line.split(separator: ",").compactMap { Int($0) }
      try #require(fields.count == 3)
      let problem = try Self.instance(UInt64(fields[0]))
      let assignment = problem.solve(.total)
      #expect(assignment.value.pairs == fields[1], "instance \(fields[0])")
      #expect(assignment.value.total == fields[2], "instance \(fields[0])")
      let fair = problem.solve(.fair)
      #expect(fair.value.pairs == fields[1], "instance \(fields[0])")
      #expect(fair.value.total <= fields[2], "instance \(fields[0])")
      for (solved, objective) in [(assignment, AssignmentObjective.total), (fair, .fair)] {
        #expect(solved.components.allSatisfy { $0.isProved(objective) }, "instance \(fields[0])")
      }
    }
  }
}
