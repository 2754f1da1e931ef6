/// Components where one person may be on either side: a matching in a graph that is not bipartite.
///
/// First the twins are let loose: the component is solved as if they were two people. When that optimum uses none
/// twice it is the optimum, with its own proof. Otherwise twins become one vertex each, a node of capacity *c* becomes *c*
/// vertices, and ``GeneralMatching`` finds the optimum exactly: a pair weighs `rank` for its own sake, `bonus` for each
/// unit of priority, and its score. A pair of two nodes of more than one place each could be chosen twice, so that it
/// becomes a way of three edges: the middle one chosen means the pair is not.
///
/// The answer is canonical in that it depends on the instance alone, whatever the order of its pairs: vertices
/// and edges are numbered in the order of the nodes. Among several optima the general matching takes the
/// one its fixed order of work comes to, not the first in the order of ``CanonicalOptimum``.
struct TwinAssignment {
  private let graph: ComponentGraph
  private var vertexCount = 0
  /// How many pairs became ways of three edges.
  private var detours = 0
  /// The first of their vertices, two each.
  private var firstDetour = 0
  private var leftVertices: [Range<Int>]
  private var rightVertices: [Range<Int>]

  /// The optimum of a component with twins.
  static func solve(
    _ graph: ComponentGraph, _ objective: AssignmentObjective
  ) -> SolvedComponent {
    let loose = graph.withoutTwins().solve(objective)
    if !graph.usesTwinTwice(loose.chosen) {
      return SolvedComponent(graph: graph, chosen: loose.chosen, value: loose.value, proof: loose.proof)
    }
    let search = objective == .fair ? TwinBottleneck(graph) : nil
    let part = search.map { graph.keeping(atLeast: $0.threshold) } ?? graph
    let (places, dual) = optimum(part, TwinWeights(graph, scores: true))
    let chosen = graph.places(of: places, in: part)
    return SolvedComponent(
      graph: graph, chosen: chosen, value: graph.value(of: chosen),
      proof: ComponentProof(
        threshold: search?.threshold, best: .none,
        general: GeneralProof(best: dual, most: search?.most, above: search?.above)))
  }

  /// Places of the pairs of an optimum, and its duals.
  static func optimum(
    _ graph: ComponentGraph, _ weights: TwinWeights
  ) -> (places: [Int32], dual: GeneralDual) {
    let instance = TwinAssignment(graph)
    let (edges, placeOfEdge) = instance.connected(weights)
    let matching = GeneralMatching(count: instance.vertexCount, edges: edges)
    let places = Set(matching.chosen.map { placeOfEdge[$0] }.filter { $0 >= 0 })
    return (
      places.sorted(),
      GeneralDual(vertices: Array(matching.dual[..<instance.vertexCount]), sets: matching.oddSets)
    )
  }

  /// Twice the greatest weight that the duals allow; nil when they are no duals of the component.
  ///
  /// For every edge 2 × weight ≤ both duals + 2 × the duals of the odd sets that hold both ends; a matching has at most one
  /// edge a vertex, and (size − 1) / 2 in an odd set.
  ///
  /// - Complexity: O(edges × sets around a vertex).
  static func bound(_ graph: ComponentGraph, _ weights: TwinWeights, _ dual: GeneralDual) -> Int128? {
    let instance = TwinAssignment(graph)
    guard dual.vertices.count == instance.vertexCount, dual.vertices.allSatisfy({ $0 >= 0 }) else {
      return nil
    }
    var around = [[Int]](repeating: [], count: instance.vertexCount)
    var bound = dual.vertices.reduce(Int128(0)) { $0 + Int128($1) }
    for (number, set) in dual.sets.enumerated() {
      guard set.dual >= 0, set.vertices.count % 2 == 1, Set(set.vertices).count == set.vertices.count else {
        return nil
      }
      bound += Int128(set.dual) * Int128(set.vertices.count - 1)
      for vertex in set.vertices {
        guard around.indices.contains(Int(vertex)) else { return nil }
        around[Int(vertex)].append(number)
      }
    }
    var isCovered = true
    instance.forEachEdge(weights) { edge, _ in
      var cover = Int128(dual.vertices[edge.a]) + Int128(dual.vertices[edge.b])
      for number in around[edge.a] where around[edge.b].contains(number) {
        cover += 2 * Int128(dual.sets[number].dual)
      }
      isCovered = isCovered && cover >= 2 * Int128(edge.weight)
    }
    guard isCovered else { return nil }
    return bound - 4 * Int128(weights.middle) * Int128(instance.detours)
  }

  private init(_ graph: ComponentGraph) {
    self.graph = graph
    leftVertices = []
    rightVertices = Array(repeating: 0..<0, count: graph.rightNodes.count)
    for node in graph.leftNodes.indices {
      leftVertices.append(take(Int(min(graph.leftCapacity[node], Int32(clamping: graph.degree(node))))))
    }
    var counts = [Int32](repeating: 0, count: graph.rightNodes.count)
    for column in graph.column { counts[Int(column)] += 1 }
    for twin in graph.twins { rightVertices[Int(twin.right)] = leftVertices[Int(twin.left)] }
    for node in graph.rightNodes.indices where rightVertices[node].isEmpty {
      rightVertices[node] = take(Int(min(graph.rightCapacity[node], counts[node])))
    }
    firstDetour = vertexCount
    for left in graph.leftNodes.indices where leftVertices[left].count > 1 {
      for place in graph.rowStart[left]..<graph.rowStart[left + 1]
      where rightVertices[Int(graph.column[place])].count > 1 { detours += 1 }
    }
    vertexCount += 2 * detours
  }

  private mutating func take(_ count: Int) -> Range<Int> {
    defer { vertexCount += max(1, count) }
    return vertexCount..<(vertexCount + max(1, count))
  }

  /// The edges for a solver. Twins may meet in both roles: the better pair represents both.
  private func connected(_ weights: TwinWeights) -> (edges: [GeneralMatching.Edge], placeOfEdge: [Int32]) {
    var edges: [GeneralMatching.Edge] = []
    var placeOfEdge: [Int32] = []
    var between: [UInt64: Int] = [:]
    forEachEdge(weights) { edge, place in
      let key = UInt64(min(edge.a, edge.b)) << 32 | UInt64(max(edge.a, edge.b))
      guard let known = between[key] else {
        between[key] = edges.count
        edges.append(edge)
        placeOfEdge.append(place)
        return
      }
      if edges[known].weight < edge.weight {
        edges[known].weight = edge.weight
        placeOfEdge[known] = place
      }
    }
    return (edges, placeOfEdge)
  }

  /// Every edge with the place of its pair, -1 for the middle of a way. They may be many more than pairs, and are not kept.
  private func forEachEdge(_ weights: TwinWeights, _ body: (GeneralMatching.Edge, Int32) -> Void) {
    var near = firstDetour
    for left in graph.leftNodes.indices {
      for place in graph.rowStart[left]..<graph.rowStart[left + 1] {
        let right = Int(graph.column[place])
        let (a, b) = (leftVertices[left], rightVertices[right])
        if a == b { continue }
        let base = weights.rank + (weights.scores ? Int64(graph.score[place]) : 0)
        if a.count > 1 && b.count > 1 {
          // Both outer edges outweigh the middle one by the pair's weight; one alone does not.
          body(.init(a: near, b: near + 1, weight: 2 * weights.middle), -1)
          for (index, vertex) in a.enumerated() {
            let weight = weights.middle + base + 2 * weights.left(left, index)
            body(.init(a: vertex, b: near, weight: weight), Int32(place))
          }
          for (index, vertex) in b.enumerated() {
            let weight = weights.middle + base + 2 * weights.right(right, index)
            body(.init(a: near + 1, b: vertex, weight: weight), Int32(place))
          }
          near += 2
          continue
        }
        for (first, one) in a.enumerated() {
          for (second, other) in b.enumerated() {
            let weight = 2 * (base + weights.left(left, first) + weights.right(right, second))
            body(.init(a: one, b: other, weight: weight), Int32(place))
          }
        }
      }
    }
  }
}

/// What pairs and priorities weigh, so that one number orders them.
struct TwinWeights {
  let scores: Bool
  /// A pair, more than all priorities and scores together.
  let rank: Int64
  /// More than a pair with its priorities and score.
  let middle: Int64
  private let bonus: Int64
  private let graph: ComponentGraph

  init(_ graph: ComponentGraph, scores: Bool) {
    self.graph = graph
    self.scores = scores
    let extreme = scores ? graph.extreme : 0
    let pairs = graph.pairBound
    let highest = Int64(max(graph.leftBonus.max() ?? 0, graph.rightBonus.max() ?? 0))
    bonus = highest == 0 ? 0 : BonusScale.bonus(pairs: pairs, extreme: extreme).value
    let most = 2 * bonus * highest + extreme
    rank = 1 + 4 * pairs * most
    middle = 4 * (rank + most)
  }

  /// Whether the weights of an instance stay far within 64 bits.
  static func fit(pairs: Int64, extreme: Int64, priority: Int64) -> Bool {
    let bonus = 1 + 4 * Int128(pairs) * Int128(extreme)
    let most = 2 * bonus * Int128(priority) + Int128(extreme)
    return 16 * (Int128(pairs) + 1) * (most + 1) < Int128(1) << 58
  }

  /// Four times the worth of a value: twice a matching's weight, itself twice the worth.
  func weight(of value: AssignmentValue) -> Int128 {
    4
      * (Int128(rank) * Int128(value.pairs) + Int128(bonus) * Int128(value.priority)
        + (scores ? Int128(value.total) : 0))
  }

  /// The bonus is earned by a node's first vertex alone.
  func left(_ node: Int, _ index: Int) -> Int64 { index == 0 ? bonus * Int64(graph.leftBonus[node]) : 0 }

  func right(_ node: Int, _ index: Int) -> Int64 { index == 0 ? bonus * Int64(graph.rightBonus[node]) : 0 }
}

extension ComponentGraph {
  func degree(_ left: Int) -> Int { rowStart[left + 1] - rowStart[left] }

  func withoutTwins() -> ComponentGraph {
    var loose = self
    loose.twins = []
    return loose
  }

  /// Whether the pairs at `places` use a twin on both sides.
  func usesTwinTwice(_ places: [Int32]) -> Bool {
    let (left, right) = nodes(of: places)
    return twins.contains { left[Int($0.left)] && right[Int($0.right)] }
  }
}

/// The greatest threshold at which a component with twins still has as many pairs and as much priority.
struct TwinBottleneck {
  private(set) var threshold: Int32
  private(set) var most: GeneralDual
  private(set) var above: GeneralDual?

  init(_ graph: ComponentGraph) {
    let weights = TwinWeights(graph, scores: false)
    let all = TwinAssignment.optimum(graph, weights)
    most = all.dual
    let value = graph.value(of: all.places)
    let (least, proof) = graph.greatestThreshold { part -> GeneralDual? in
      let trial = TwinAssignment.optimum(part, weights)
      let found = part.value(of: trial.places)
      return found.pairs == value.pairs && found.priority == value.priority ? nil : trial.dual
    }
    (threshold, above) = (least ?? 0, proof)
  }
}

extension SolvedComponent {
  /// Whether the proof by odd sets shows that the chosen pairs are an optimum.
  func isProved(_ objective: AssignmentObjective, by general: GeneralProof) -> Bool {
    let floor = proof.threshold ?? Int32.min
    let part = proof.threshold == nil ? graph : graph.keeping(atLeast: floor)
    let weights = TwinWeights(graph, scores: true)
    guard TwinAssignment.bound(part, weights, general.best) == weights.weight(of: value) else { return false }
    guard objective == .fair, let threshold = proof.threshold else {
      return objective == .total && proof.threshold == nil
    }
    guard value.worst.map({ $0 >= Int(threshold) }) ?? true, let dual = general.most else { return false }
    let ranks = TwinWeights(graph, scores: false)
    let worth = ranks.weight(of: value)
    guard TwinAssignment.bound(graph, ranks, dual) == worth else { return false }
    guard graph.score.contains(where: { $0 > threshold }) else { return general.above == nil }
    guard let dual = general.above else { return false }
    guard let above = TwinAssignment.bound(graph.keeping(atLeast: threshold + 1), ranks, dual) else {
      return false
    }
    return above < worth
  }
}
