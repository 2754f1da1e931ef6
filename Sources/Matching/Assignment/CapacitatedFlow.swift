import HeapModule

/// Most pairs, then most weight, in a component with any capacities and bonuses: successive shortest paths in phases.
///
/// A unit of flow is a pair. The source feeds each left node (the first unit earns its bonus, the others nothing), each
/// right node feeds the sink likewise. A phase is one Dijkstra search from the source over reduced costs, then a
/// maximal set of node-disjoint tight paths. After every path the flow is of greatest weight among those of as many
/// pairs, so that the last is what is sought.
///
/// Source: Ahuja, Magnanti, Orlin, *Network Flows* (1993), sections 9.7 and 9.8.
///
/// - Complexity: O(phases × pairs × log nodes); each phase adds at least one pair.
struct CapacitatedFlow {
  /// What a pair weighs.
  enum Weighing {
    /// Its score, and `bonus` for each unit of priority.
    case scores(bonus: Int64)
    /// Nothing, and 1 for each unit of priority: only the number of pairs and the priority placed matter.
    case priorities
  }

  private let graph: ComponentGraph
  private let scores: Bool
  private let leftCount: Int
  private let rightCount: Int
  private let leftBonus: [Int64]
  private let rightBonus: [Int64]
  private let rowOf: [Int32]
  private var chosen: [Bool]
  private var leftUsed: [Int32]
  private var rightUsed: [Int32]
  /// Places of the chosen pairs of each right node.
  private var mates: [[Int32]]
  /// Shortest distances from the source: left nodes, then right nodes.
  private var distance: [Int64]
  private var leftPotential: [Int64]
  private var rightPotential: [Int64]
  private var sinkPotential: Int64 = 0
  private var heap = Heap<QueueEntry<Int64>>()
  private var reached: [Bool]

  private init(_ graph: ComponentGraph, _ weighing: Weighing) {
    self.graph = graph
    let unit: Int64
    switch weighing {
    case .scores(let bonus): (scores, unit) = (true, bonus)
    case .priorities: (scores, unit) = (false, 1)
    }
    leftCount = graph.leftNodes.count
    rightCount = graph.rightNodes.count
    leftBonus = graph.leftBonus.map { Int64($0) &* unit }
    rightBonus = graph.rightBonus.map { Int64($0) &* unit }
    rowOf = graph.rowOfPlace
    chosen = [Bool](repeating: false, count: graph.column.count)
    leftUsed = [Int32](repeating: 0, count: leftCount)
    rightUsed = [Int32](repeating: 0, count: rightCount)
    mates = [[Int32]](repeating: [], count: rightCount)
    distance = [Int64](repeating: 0, count: leftCount + rightCount)
    reached = [Bool](repeating: false, count: leftCount + rightCount)
    leftPotential = leftBonus.map { -$0 }
    rightPotential = [Int64](repeating: Int64.max, count: rightCount)
    for node in 0..<leftCount {
      for place in graph.rowStart[node]..<graph.rowStart[node + 1] {
        let right = Int(graph.column[place])
        rightPotential[right] = min(rightPotential[right], leftPotential[node] - weight(place))
      }
    }
    sinkPotential =
      zip(rightPotential, rightBonus).lazy.filter { $0.0 < Int64.max }.map { $0 - $1 }.min() ?? 0
    for right in 0..<rightCount where rightPotential[right] == Int64.max {
      // A node without pairs costs its bonus and is worth nothing more.
      rightPotential[right] = sinkPotential + rightBonus[right]
    }
  }

  /// Solves `graph`.
  ///
  /// - Returns: the places of the chosen pairs, ascending, and the potentials that prove them.
  static func solve(_ graph: ComponentGraph, _ weighing: Weighing) -> (chosen: [Int32], dual: DualPotentials)
  {
    var flow = CapacitatedFlow(graph, weighing)
    repeat { flow.augmentTightPaths() } while flow.search()
    return (flow.chosenPlaces(), flow.dual())
  }

  private func weight(_ place: Int) -> Int64 { scores ? Int64(graph.score[place]) : 0 }

  /// The reduced cost of one more unit from the source, or nil when the node is full.
  private func sourceCost(_ left: Int) -> Int64? {
    guard leftUsed[left] < graph.leftCapacity[left] else { return nil }
    return (leftUsed[left] == 0 ? -leftBonus[left] : 0) - leftPotential[left]
  }

  private func sinkCost(_ right: Int) -> Int64? {
    guard rightUsed[right] < graph.rightCapacity[right] else { return nil }
    return (rightUsed[right] == 0 ? -rightBonus[right] : 0) + rightPotential[right] - sinkPotential
  }

  private func pairCost(_ place: Int) -> Int64 {
    leftPotential[Int(rowOf[place])] - weight(place) - rightPotential[Int(graph.column[place])]
  }

  /// Shortest distances from the source, and new potentials; false when the sink is out of reach.
  private mutating func search() -> Bool {
    let far = Int64.max
    for node in distance.indices {
      distance[node] = far
      reached[node] = false
    }
    heap = Heap()
    for left in 0..<leftCount {
      if let cost = sourceCost(left) {
        distance[left] = cost
        heap.insert(QueueEntry(cost: cost, item: Int32(left)))
      }
    }
    var sinkDistance = far
    while let next = heap.popMin() {
      let (near, index) = (next.cost, Int(next.item))
      if near >= sinkDistance { break }
      if reached[index] { continue }
      reached[index] = true
      if index < leftCount {
        for place in graph.rowStart[index]..<graph.rowStart[index + 1] where !chosen[place] {
          relax(leftCount + Int(graph.column[place]), near + pairCost(place))
        }
      } else {
        let right = index - leftCount
        if let cost = sinkCost(right) { sinkDistance = min(sinkDistance, near + cost) }
        for place in mates[right] { relax(Int(rowOf[Int(place)]), near - pairCost(Int(place))) }
      }
    }
    guard sinkDistance < far else { return false }
    for left in 0..<leftCount { leftPotential[left] += min(distance[left], sinkDistance) }
    for right in 0..<rightCount {
      rightPotential[right] += min(distance[leftCount + right], sinkDistance)
    }
    sinkPotential += sinkDistance
    return true
  }

  private mutating func relax(_ node: Int, _ candidate: Int64) {
    if candidate < distance[node] {
      distance[node] = candidate
      heap.insert(QueueEntry(cost: candidate, item: Int32(node)))
    }
  }

  /// Augments along a maximal set of node-disjoint tight paths, each node's pairs looked at once.
  private mutating func augmentTightPaths() {
    var visited = [Bool](repeating: false, count: leftCount + rightCount)
    var cursor = graph.rowStart
    var mateCursor = [Int](repeating: 0, count: rightCount)
    var path: [Int32] = []
    for source in 0..<leftCount where !visited[source] && sourceCost(source) == 0 {
      visited[source] = true
      path.removeAll(keepingCapacity: true)
      var left = source
      descent: while true {
        if let place = nextForward(left, &cursor, visited) {
          let right = Int(graph.column[place])
          visited[leftCount + right] = true
          path.append(Int32(place))
          if sinkCost(right) == 0 {
            augment(path, source, right)
            break descent
          }
        } else if path.isEmpty {
          break descent
        } else {
          // `left` is a dead end: give back the chosen pair that led to it.
          path.removeLast()
        }
        guard let forward = path.last else { break descent }
        let right = Int(graph.column[Int(forward)])
        if let place = nextBackward(right, &mateCursor, visited) {
          path.append(Int32(place))
          left = Int(rowOf[place])
          visited[left] = true
        } else {
          path.removeLast()
          left = path.last.map { Int(rowOf[Int($0)]) } ?? source
        }
      }
    }
  }

  private func nextForward(_ left: Int, _ cursor: inout [Int], _ visited: [Bool]) -> Int? {
    while cursor[left] < graph.rowStart[left + 1] {
      let place = cursor[left]
      cursor[left] += 1
      if !chosen[place], !visited[leftCount + Int(graph.column[place])], pairCost(place) == 0 {
        return place
      }
    }
    return nil
  }

  private func nextBackward(_ right: Int, _ cursor: inout [Int], _ visited: [Bool]) -> Int? {
    while cursor[right] < mates[right].count {
      let place = Int(mates[right][cursor[right]])
      cursor[right] += 1
      if !visited[Int(rowOf[place])], pairCost(place) == 0 { return place }
    }
    return nil
  }

  /// Turns over the pairs of a path: chosen and not, from `source` to `sink`.
  private mutating func augment(_ path: [Int32], _ source: Int, _ sink: Int) {
    for place in path {
      let right = Int(graph.column[Int(place)])
      if chosen[Int(place)] {
        mates[right].removeAll { $0 == place }
      } else {
        mates[right].append(place)
      }
      chosen[Int(place)].toggle()
    }
    leftUsed[source] += 1
    rightUsed[sink] += 1
  }

  private func chosenPlaces() -> [Int32] {
    chosen.indices.lazy.filter { chosen[$0] }.map { Int32($0) }
  }

  /// The cover and the potentials: nodes reached by the last search are measured from the source, others to the sink.
  private func dual() -> DualPotentials {
    let reachedLeft = reached[..<leftCount]
    let reachedRight = reached[leftCount...]
    return DualPotentials(
      leftCover: reachedLeft.map { $0 ? 0 : 1 }, rightCover: reachedRight.map { $0 ? 1 : 0 },
      left: zip(reachedLeft, leftPotential).map { $0 ? $1 : $1 - sinkPotential },
      right: zip(reachedRight, rightPotential).map { $0 ? -$1 : sinkPotential - $1 })
  }
}
