/// The canonical one among all optima: over the pairs sorted by (left, right), the one that chooses a pair at the
/// first place where two differ. So left node 0 gets its least possible right node, then left node 1, and so on.
///
/// Every optimum lives on the ``TightGraph`` and every choice there with the right numbers of pairs is optimal; so
/// the rule refers to the set of optima alone, not to the algorithm, the potentials, the order of the input or the
/// number of cores. Starting from any optimum the pairs are visited in order. A chosen pair stays, and is fixed. One
/// that is not chosen can enter iff the residual graph of the pairs not yet fixed has a path from its right node back
/// to its left node (an alternating cycle, perhaps over a node whose number of pairs may vary, all of these
/// joined by one extra vertex): then the cycle is turned over; otherwise the pair is fixed as not chosen. By induction
/// the fixed part agrees with the canonical optimum.
///
/// The search runs from both ends in turn, a vertex at a time, so that a failure costs twice the smaller side.
///
/// - Complexity: O(tight pairs × searched vertices); near-linear in practice, because components of tight pairs are small
///   or richly connected, where two searches meet after about the root of the vertices.
struct CanonicalOptimum {
  private let tight: TightGraph
  private let leftCount: Int
  private let rightCount: Int
  /// The vertex that joins all nodes whose number of pairs may vary.
  private let hub: Int
  private var chosen: [Bool]
  private var fixed: [Bool]
  private var degree: [Int32]
  private let low: [Int32]
  private let high: [Int32]
  /// Tight pairs of each vertex: left nodes, then right nodes.
  private let start: [Int32]
  private let incident: [Int32]
  private let swing: [Int32]
  private var mark: [Int32]
  private var via: [Int32]
  private var parent: [Int32]
  private var stamp: Int32 = 0
  private var forwardQueue: [Int32] = []
  private var backwardQueue: [Int32] = []

  private init(_ tight: TightGraph, _ graph: ComponentGraph, _ optimum: [Int32]) {
    self.tight = tight
    leftCount = graph.leftNodes.count
    rightCount = graph.rightNodes.count
    hub = leftCount + rightCount
    var start = [Int32](repeating: 0, count: hub + 2)
    for node in tight.left { start[Int(node) + 1] += 1 }
    for node in tight.right { start[leftCount + Int(node) + 1] += 1 }
    for vertex in 0...hub { start[vertex + 1] += start[vertex] }
    var next = start
    var incident = [Int32](repeating: 0, count: 2 * tight.left.count)
    for index in tight.left.indices {
      for vertex in [Int(tight.left[index]), leftCount + Int(tight.right[index])] {
        incident[Int(next[vertex])] = Int32(index)
        next[vertex] += 1
      }
    }
    self.start = start
    self.incident = incident
    degree = [Int32](repeating: 0, count: hub)
    var node = 0
    for place in optimum {
      while graph.rowStart[node + 1] <= Int(place) { node += 1 }
      degree[node] += 1
      degree[leftCount + Int(graph.column[Int(place)])] += 1
    }
    var position = optimum.startIndex
    chosen = tight.place.map { place in
      while position < optimum.endIndex, optimum[position] < place { position += 1 }
      return position < optimum.endIndex && optimum[position] == place
    }
    fixed = [Bool](repeating: false, count: tight.place.count)
    low = tight.leftRange.map(\.low) + tight.rightRange.map(\.low)
    high = tight.leftRange.map(\.high) + tight.rightRange.map(\.high)
    let (lows, highs) = (low, high)
    swing = (0..<hub).filter { lows[$0] < highs[$0] }.map { Int32($0) }
    mark = [Int32](repeating: 0, count: hub + 1)
    via = [Int32](repeating: -1, count: hub + 1)
    parent = via
  }

  /// The canonical optimum, from any.
  ///
  /// - Parameter optimum: places of an optimum's pairs in `graph`, ascending.
  /// - Returns: places of the canonical optimum's pairs, ascending.
  static func refine(_ optimum: [Int32], of graph: ComponentGraph, on tight: TightGraph) -> [Int32] {
    var refinement = CanonicalOptimum(tight, graph, optimum)
    for index in tight.place.indices { refinement.settle(index) }
    return (zip(tight.place, refinement.chosen).filter { $0.1 }.map { $0.0 } + tight.forced).sorted()
  }

  private mutating func settle(_ index: Int) {
    fixed[index] = true
    if chosen[index] { return }
    let (left, right) = (Int(tight.left[index]), leftCount + Int(tight.right[index]))
    guard connect(right, left) else { return }
    chosen[index] = true
    degree[left] += 1
    degree[right] += 1
  }

  /// Turns over a residual path from `source` to `target` if there is one.
  ///
  /// Positive marks are the forward search's, negative the backward search's; `via` is the pair walked from `parent`,
  /// or -1 to and from the hub.
  private mutating func connect(_ source: Int, _ target: Int) -> Bool {
    stamp += 1
    forwardQueue.removeAll(keepingCapacity: true)
    backwardQueue.removeAll(keepingCapacity: true)
    mark[source] = stamp
    mark[target] = -stamp
    parent[source] = -1
    parent[target] = -1
    forwardQueue.append(Int32(source))
    backwardQueue.append(Int32(target))
    var forward = 0
    var backward = 0
    while forward < forwardQueue.count && backward < backwardQueue.count {
      if let (from, to, pair) = expand(Int(forwardQueue[forward]), ahead: true) {
        turnOver(from, to, pair)
        return true
      }
      forward += 1
      if let (from, to, pair) = expand(Int(backwardQueue[backward]), ahead: false) {
        turnOver(to, from, pair)
        return true
      }
      backward += 1
    }
    return false
  }

  /// Whether the residual graph has the arc that enters or leaves the hub at `vertex`.
  private func reachesHub(_ vertex: Int, into: Bool) -> Bool {
    // Into the hub a left node gives a pair away and a right node takes one more; out of it the other way round.
    (vertex < leftCount) == into ? degree[vertex] > low[vertex] : degree[vertex] < high[vertex]
  }

  /// Visits the neighbours of `vertex`; returns the arc at which the two searches met.
  private mutating func expand(_ vertex: Int, ahead: Bool) -> (Int, Int, Int32)? {
    let own = ahead ? stamp : -stamp
    if vertex == hub {
      for other in swing where reachesHub(Int(other), into: !ahead) {
        if mark[Int(other)] == -own { return (vertex, Int(other), -1) }
        if mark[Int(other)] != own { visit(Int(other), vertex, own, -1, ahead) }
      }
      return nil
    }
    let isLeft = vertex < leftCount
    for position in Int(start[vertex])..<Int(start[vertex + 1]) {
      let pair = incident[position]
      if fixed[Int(pair)] { continue }
      // A pair not chosen leads from left to right, a chosen one back.
      guard chosen[Int(pair)] == (isLeft != ahead) else { continue }
      let other = isLeft ? leftCount + Int(tight.right[Int(pair)]) : Int(tight.left[Int(pair)])
      if mark[other] == -own { return (vertex, other, pair) }
      if mark[other] != own { visit(other, vertex, own, pair, ahead) }
    }
    if reachesHub(vertex, into: ahead) && low[vertex] < high[vertex] {
      if mark[hub] == -own { return (vertex, hub, -1) }
      if mark[hub] != own { visit(hub, vertex, own, -1, ahead) }
    }
    return nil
  }

  private mutating func visit(_ vertex: Int, _ from: Int, _ own: Int32, _ pair: Int32, _ ahead: Bool) {
    mark[vertex] = own
    via[vertex] = pair
    parent[vertex] = Int32(from)
    if ahead { forwardQueue.append(Int32(vertex)) } else { backwardQueue.append(Int32(vertex)) }
  }

  /// Turns over the pairs of the path through the arc `from` - `to` on which the searches met.
  private mutating func turnOver(_ from: Int, _ to: Int, _ pair: Int32) {
    turnOver(pair)
    for end in [from, to] {
      var vertex = end
      while parent[vertex] >= 0 {
        turnOver(via[vertex])
        vertex = Int(parent[vertex])
      }
    }
  }

  private mutating func turnOver(_ pair: Int32) {
    guard pair >= 0 else { return }
    let index = Int(pair)
    let step: Int32 = chosen[index] ? -1 : 1
    chosen[index].toggle()
    degree[Int(tight.left[index])] += step
    degree[leftCount + Int(tight.right[index])] += step
  }
}
