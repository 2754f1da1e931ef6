import Basics
import Testing

@testable import Matching

/// People who may stand on either side.
@Suite struct AssignmentTwinsTests {
  private func instance(
    seed: UInt64, capacities: ClosedRange<Int32> = 1...1, priorities: ClosedRange<Int32> = 0...0
  ) throws -> AssignmentProblem {
    let whole = try AssignmentProblem.random(
      .init(
        left: 2...5, right: 2...5, densities: 0.3...0.9, scores: 0...9, capacities: capacities,
        priorities: priorities), seed: seed)
    var left = whole.left
    var right = whole.right
    let count = min(left.count, right.count, Int(seed % 4) + 1)
    for node in 0..<count {
      left[node].capacity = 1
      right[node].capacity = 1
      right[node].priority = left[node].priority
    }
    return try AssignmentProblem(
      left: left, right: right, rowStart: whole.rowStart, column: whole.column, score: whole.score,
      twins: (0..<Int32(count)).map { .init(left: $0, right: $0) })
  }

  private func brute(_ graph: ComponentGraph, _ objective: AssignmentObjective) -> AssignmentValue {
    var best = AssignmentValue(pairs: -1, priority: 0, worst: nil, total: 0)
    for set in 0..<(1 << graph.column.count) {
      let places = (0..<graph.column.count).filter { set >> $0 & 1 == 1 }.map { Int32($0) }
      if graph.usesTwinTwice(places) { continue }
      var left = graph.leftCapacity
      var right = graph.rightCapacity
      var node = 0
      var fits = true
      for place in places {
        while graph.rowStart[node + 1] <= Int(place) { node += 1 }
        left[node] -= 1
        right[Int(graph.column[Int(place)])] -= 1
        fits = fits && left[node] >= 0 && right[Int(graph.column[Int(place)])] >= 0
      }
      guard fits else { continue }
      let value = graph.value(of: places)
      if value.exceeds(best, under: objective) { best = value }
    }
    return best
  }

  @Test(arguments: AssignmentObjective.allCases)
  func equalBruteForceAndAreProved(objective: AssignmentObjective) throws {
    var general = 0
    for seed in 0..<150 as Range<UInt64> {
      let problem = try instance(
        seed: seed, capacities: seed % 3 == 0 ? 1...3 : 1...1, priorities: seed % 2 == 0 ? 0...2 : 0...0)
      let assignment = problem.solve(objective, parallel: false)
      for component in assignment.components where component.graph.column.count <= 13 {
        #expect(component.value == brute(component.graph, objective), "seed \(seed)")
        #expect(component.isProved(objective), "seed \(seed)")
        if component.proof.general != nil { general += 1 }
      }
      let certificate = Certificate(
        assignment, leftNames: problem.left.indices.map { "\($0)" },
        rightNames: problem.right.indices.map { "\($0)" })
      var bytes: [UInt8] = []
      certificate.write { bytes += $0 }
      let claim = try Certificate.read(bytes).verify()
      #expect(claim == certificate.claim)
      for twin in problem.twins {
        #expect(
          !assignment.pairs.contains { $0.left == twin.left }
            || !assignment.pairs.contains { $0.right == twin.right })
      }
    }
    #expect(general > 15)
  }

  @Test func forcedAndForbiddenPairsHeedTwins() throws {
    for seed in 0..<30 as Range<UInt64> {
      let problem = try instance(seed: seed)
      let assignment = problem.solve(.total, parallel: false)
      let whatIf = AssignmentAlternatives(assignment)
      for node in problem.left.indices {
        for place in problem.rowStart[node]..<problem.rowStart[node + 1] {
          let right = problem.column[place]
          if problem.twins.contains(where: { Int($0.left) == node && $0.right == right }) { continue }
          let locked = try AssignmentProblem(
            left: problem.left, right: problem.right, rowStart: problem.rowStart, column: problem.column,
            score: problem.score,
            locked: [.init(left: Int32(node), right: right, score: problem.score[place])],
            twins: problem.twins
          ).solve(.total, parallel: false)
          let change = try #require(whatIf.forcing(left: Int32(node), right: right))
          #expect(change.pairs == locked.pairCount - assignment.pairCount, "seed \(seed)")
          #expect(change.total == locked.total - assignment.total, "seed \(seed)")
        }
      }
    }
  }

  @Test(arguments: AssignmentObjective.allCases)
  func alternativesOfTwinsAreTheCheapestForced(objective: AssignmentObjective) throws {
    for seed in 0..<60 as Range<UInt64> {
      let problem = try instance(seed: seed, priorities: seed % 2 == 0 ? 0...1 : 0...0)
      let assignment = problem.solve(objective, parallel: false)
      let whatIf = AssignmentAlternatives(assignment)
      for right in problem.right.indices {
        let chosen = assignment.pairs.filter { $0.right == Int32(right) }.map(\.left)
        let expected = problem.left.indices.compactMap { left -> AssignmentAlternative? in
          guard !chosen.contains(Int32(left)) else { return nil }
          return whatIf.forcing(left: Int32(left), right: Int32(right)).map {
            AssignmentAlternative(partner: Int32(left), change: $0)
          }
        }.sorted {
          if $0.change.part.exceeds($1.change.part, under: objective) { return true }
          return !$1.change.part.exceeds($0.change.part, under: objective) && $0.partner < $1.partner
        }
        #expect(
          whatIf.alternatives(ofRight: Int32(right)).map { $0.judged(by: objective) }
            == expected.prefix(3).map { $0.judged(by: objective) }, "seed \(seed)")
      }
    }
  }

  /// Edmonds' matching on general graphs against every set of edges, its duals feasible and tight.
  @Test func generalMatchingIsHeaviest() {
    var source = SplitMix(seed: 5)
    for _ in 0..<300 {
      let count = Int.random(in: 2...7, using: &source)
      var edges: [GeneralMatching.Edge] = []
      for a in 0..<count {
        for b in (a + 1)..<max(count, a + 1) where Int.random(in: 0..<10, using: &source) < 6 {
          edges.append(.init(a: a, b: b, weight: Int64.random(in: 1...9, using: &source)))
        }
      }
      let matching = GeneralMatching(count: count, edges: edges)
      let found = matching.chosen.reduce(Int64(0)) { $0 + edges[$1].weight }
      #expect(Set(matching.chosen.flatMap { [edges[$0].a, edges[$0].b] }).count == 2 * matching.chosen.count)
      #expect(found == heaviest(edges[...], Set(0..<count)))
    }
  }

  private func heaviest(_ edges: ArraySlice<GeneralMatching.Edge>, _ free: Set<Int>) -> Int64 {
    guard let edge = edges.first else { return 0 }
    let without = heaviest(edges.dropFirst(), free)
    guard free.contains(edge.a), free.contains(edge.b) else { return without }
    return max(without, edge.weight + heaviest(edges.dropFirst(), free.subtracting([edge.a, edge.b])))
  }
}
