import Basics
import Testing

@testable import Matching

/// The algorithms against each other: each finds an optimum of its own, all refine to the same canonical one.
@Suite struct AssignmentAlgorithmsTests {
  private static let shapes: [AssignmentProblem.Shape] = [
    .init(left: 1...60, right: 1...60, scores: 0...3),
    .init(left: 20...60, right: 20...60, scores: -1000...1000),
    .init(left: 40...60, right: 20...30, densities: 0.05...0.3, scores: 0...100),
    .init(left: 20...30, right: 40...60, densities: 0.5...1, scores: -1_000_000...1_000_000),
    .init(left: 30...40, right: 30...40, densities: 0.02...0.08, scores: 5...5),
  ]

  private func canonical(_ graph: ComponentGraph, _ found: ([Int32], DualPotentials)) -> [Int32] {
    let tight = TightGraph(graph, found.1, bonus: 0, threshold: nil)
    return CanonicalOptimum.refine(found.0, of: graph, on: tight)
  }

  @Test(arguments: shapes.indices)
  func agree(shape: Int) throws {
    for seed in 0..<12 as Range<UInt64> {
      let problem = try AssignmentProblem.random(Self.shapes[shape], seed: seed)
      for graph in problem.components() {
        let flow = canonical(graph, CapacitatedFlow.solve(graph, .scores(bonus: 0)))
        for method in UnitAssignment.Method.allCases {
          guard let found = UnitAssignment.solve(graph, by: method) else {
            #expect(method == .narrowMatrix && Self.shapes[shape].scores.upperBound > 500)
            continue
          }
          #expect(canonical(graph, found) == flow, "\(method), seed \(seed)")
          let solved = SolvedComponent(
            graph: graph, chosen: found.chosen, value: graph.value(of: found.chosen),
            proof: ComponentProof(best: found.dual))
          #expect(solved.isProved(.total), "\(method), seed \(seed)")
        }
      }
    }
  }

  @Test func forestAssignsWhatSingleSearchesDo() throws {
    for seed in 0..<20 as Range<UInt64> {
      let problem = try AssignmentProblem.random(
        .init(left: 60...60, right: 60...60, densities: 0.05...0.5, scores: 0...9), seed: seed)
      for graph in problem.components() {
        let forest = try #require(UnitAssignment.solve(graph, by: .forest))
        let single = try #require(UnitAssignment.solve(graph, by: .orderedRows))
        #expect(graph.value(of: forest.chosen).total == graph.value(of: single.chosen).total)
      }
    }
  }

  @Test func selectionPutsTheLeastKeysFirst() {
    var source = SplitMix(seed: 7)
    for size in [0, 1, 2, 23, 24, 25, 60, 300, 1000] {
      var keys = (0..<size).map { UInt64($0) * 7 }.shuffled(using: &source)
      for count in [0, 1, 5, size / 2, size - 1, size] where count >= 0 && count <= size {
        keys.shuffle(using: &source)
        Selection.sortLeast(count, &keys)
        #expect(Array(keys.prefix(count)) == (0..<count).map { UInt64($0) * 7 })
        #expect(keys.sorted() == (0..<size).map { UInt64($0) * 7 })
      }
    }
  }

  @Test func queueGivesBoundsInOrder() {
    var source = SplitMix(seed: 9)
    var queue = BoundQueue()
    var waiting: [Int64] = []
    var current: Int64 = 0
    for step in 0..<4000 {
      if step % 3 < 2 {
        let bound = current + Int64.random(in: 0...(step % 2 == 0 ? 10 : 2000), using: &source)
        queue.push(bound, Int32(step), from: current)
        waiting.append(bound)
      } else if let taken = queue.pop(from: current) {
        #expect(taken.bound == waiting.min())
        if let place = waiting.firstIndex(of: taken.bound) { waiting.remove(at: place) }
        current = taken.bound
      }
    }
    #expect(queue.pop(from: current, to: current - 1) == nil)
  }
}
