import Testing

@testable import Matching

@Suite struct AssignmentAlternativesTests {
  /// Every answer is what the whole instance gives with the pair locked, or without it.
  @Test(arguments: AssignmentSolverTests.shapes.indices, AssignmentObjective.allCases)
  func equalsLocking(shape: Int, objective: AssignmentObjective) throws {
    var answers = 0
    for seed in 100..<180 as Range<UInt64> {
      let problem = try AssignmentProblem.random(AssignmentSolverTests.shapes[shape], seed: seed)
      let assignment = problem.solve(objective, parallel: false)
      let whatIf = AssignmentAlternatives(assignment)
      for left in problem.left.indices {
        for place in problem.rowStart[left]..<problem.rowStart[left + 1] {
          let pair = AssignmentProblem.Pair(
            left: Int32(left), right: problem.column[place], score: problem.score[place])
          guard let change = whatIf.forcing(left: pair.left, right: pair.right) else { continue }
          answers += 1
          let locked = try AssignmentProblem(
            left: problem.left, right: problem.right, rowStart: problem.rowStart, column: problem.column,
            score: problem.score, locked: problem.locked + [pair], twins: problem.twins
          ).solve(objective, parallel: false)
          expect(change, assignment, locked, "locking \(pair), seed \(seed)")
          let pairs = problem.left.indices.flatMap { node in
            (problem.rowStart[node]..<problem.rowStart[node + 1]).map {
              AssignmentProblem.Pair(
                left: Int32(node), right: problem.column[$0], score: problem.score[$0])
            }
          }.filter { $0 != pair }
          let without = try AssignmentProblem(
            left: problem.left, right: problem.right, pairs: pairs, locked: problem.locked,
            twins: problem.twins
          ).solve(objective, parallel: false)
          let other = try #require(whatIf.forbidding(left: pair.left, right: pair.right))
          expect(other, assignment, without, "forbidding \(pair), seed \(seed)")
        }
      }
    }
    #expect(answers > 20)
  }

  private func expect(
    _ change: AssignmentChange, _ before: Assignment, _ after: Assignment, _ comment: Comment
  ) {
    #expect(change.pairs == after.pairCount - before.pairCount, comment)
    #expect(change.total == after.total - before.total, comment)
    #expect(change.priority == priority(after) - priority(before), comment)
    if before.objective == .fair {
      #expect(change.worstOfAllBefore == before.worst, comment)
      #expect(change.worstOfAllAfter == after.worst, comment)
    }
  }

  /// The priorities of all nodes that are in a pair, locked or free.
  private func priority(_ assignment: Assignment) -> Int {
    Set(assignment.pairs.map(\.left)).reduce(0) { $0 + Int(assignment.problem.left[Int($1)].priority) }
      + Set(assignment.pairs.map(\.right)).reduce(0) { $0 + Int(assignment.problem.right[Int($1)].priority) }
  }

  /// Under `total` a lock is the best set that holds the pair, found by trying all.
  @Test(arguments: AssignmentSolverTests.shapes.indices)
  func equalsTheBestOfAllSets(shape: Int) throws {
    for seed in 100..<125 as Range<UInt64> {
      let problem = try AssignmentProblem.random(AssignmentSolverTests.shapes[shape], seed: seed)
      let assignment = problem.solve(.total, parallel: false)
      let whatIf = AssignmentAlternatives(assignment)
      for component in assignment.components where component.graph.column.count <= 12 {
        let graph = component.graph
        for left in graph.leftNodes.indices {
          for place in graph.rowStart[left]..<graph.rowStart[left + 1] {
            let (a, b) = (graph.leftNodes[left], graph.rightNodes[Int(graph.column[place])])
            let forced = AnyOptimum(graph, .total) { $0.contains(Int32(place)) }.value
            let forbidden = AnyOptimum(graph, .total) { !$0.contains(Int32(place)) }.value
            let change = try #require(whatIf.forcing(left: a, right: b))
            expect(change, component.value, forced, "forcing \(a), \(b), seed \(seed)")
            let other = try #require(whatIf.forbidding(left: a, right: b))
            expect(other, component.value, forbidden, "forbidding \(a), \(b), seed \(seed)")
          }
        }
      }
    }
  }

  private func expect(
    _ change: AssignmentChange, _ before: AssignmentValue, _ after: AssignmentValue, _ comment: Comment
  ) {
    #expect(change.pairs == after.pairs - before.pairs, comment)
    #expect(change.priority == after.priority - before.priority, comment)
    #expect(change.total == after.total - before.total, comment)
  }

  @Test(arguments: AssignmentSolverTests.shapes.indices, AssignmentObjective.allCases)
  func alternativesAreTheCheapestForced(shape: Int, objective: AssignmentObjective) throws {
    for seed in 200..<230 as Range<UInt64> {
      let problem = try AssignmentProblem.random(AssignmentSolverTests.shapes[shape], seed: seed)
      let assignment = problem.solve(objective, parallel: false)
      let whatIf = AssignmentAlternatives(assignment)
      for left in problem.left.indices {
        let chosen = assignment.pairs.filter { $0.left == Int32(left) }.map(\.right)
        let expected = problem.right.indices.compactMap { right -> AssignmentAlternative? in
          guard !chosen.contains(Int32(right)) else { return nil }
          return whatIf.forcing(left: Int32(left), right: Int32(right)).map {
            AssignmentAlternative(partner: Int32(right), change: $0)
          }
        }.sorted {
          if $0.change.part.exceeds($1.change.part, under: objective) { return true }
          return !$1.change.part.exceeds($0.change.part, under: objective) && $0.partner < $1.partner
        }
        #expect(
          whatIf.alternatives(ofLeft: Int32(left)).map { $0.judged(by: objective) }
            == expected.prefix(3).map { $0.judged(by: objective) }, "seed \(seed)")
      }
    }
  }
}

/// The best admissible set of a component's pairs of which `admits` says so.
private struct AnyOptimum {
  private(set) var value = AssignmentValue(pairs: -1, priority: 0, worst: nil, total: 0)

  init(_ graph: ComponentGraph, _ objective: AssignmentObjective, _ admits: ([Int32]) -> Bool) {
    for set in 0..<(1 << graph.column.count) {
      let places = (0..<graph.column.count).filter { set >> $0 & 1 == 1 }.map { Int32($0) }
      var left = graph.leftCapacity
      var right = graph.rightCapacity
      var node = 0
      var fits = admits(places)
      for place in places where fits {
        while graph.rowStart[node + 1] <= Int(place) { node += 1 }
        left[node] -= 1
        right[Int(graph.column[Int(place)])] -= 1
        fits = left[node] >= 0 && right[Int(graph.column[Int(place)])] >= 0
      }
      guard fits else { continue }
      let worth = graph.value(of: places)
      if worth.exceeds(value, under: objective) { value = worth }
    }
  }
}
