import HeapModule

/// The changes that a solved component admits, with their exact cost: its residual graph over reduced costs.
///
/// A vertex is a left node, a right node, or the hub, which joins all nodes that may have one pair more or less. A pair
/// not chosen leads from left to right (choose it), a chosen one from right to left (give it up). Reduced costs are
/// vectors (pairs, bonus × priority + total), lexicographically never negative because the potentials are optimal;
/// along a cycle the prices cancel, so that its length is exactly what turning it over costs the whole.
struct ResidualNetwork: Sendable {
  /// What a change costs: pairs first, then bonus × priority + total; lexicographically never negative.
  struct Cost: Comparable {
    var pairs: Int64
    var rest: Int64

    static let zero = Cost(pairs: 0, rest: 0)

    static func < (a: Cost, b: Cost) -> Bool { (a.pairs, a.rest) < (b.pairs, b.rest) }
    static func + (a: Cost, b: Cost) -> Cost { Cost(pairs: a.pairs + b.pairs, rest: a.rest + b.rest) }
    static prefix func - (a: Cost) -> Cost { Cost(pairs: -a.pairs, rest: -a.rest) }
  }

  let graph: ComponentGraph
  private let dual: DualPotentials
  private let bonus: Int64
  private let chosen: [Bool]
  private let rowOf: [Int32]
  /// Places of each right node's pairs.
  private let columnStart: [Int]
  private let columnPlace: [Int32]
  private let leftDegree: [Int32]
  private let rightDegree: [Int32]
  private let floor: Int32

  init(_ solved: SolvedComponent) {
    graph = solved.graph
    dual = solved.proof.best
    bonus = graph.bonusScale
    floor = solved.proof.threshold ?? Int32.min
    var chosen = [Bool](repeating: false, count: graph.column.count)
    for place in solved.chosen { chosen[Int(place)] = true }
    rowOf = graph.rowOfPlace
    (columnStart, columnPlace) = graph.placesByColumn
    var leftDegree = [Int32](repeating: 0, count: graph.leftNodes.count)
    var rightDegree = [Int32](repeating: 0, count: graph.rightNodes.count)
    for place in solved.chosen {
      leftDegree[Int(rowOf[Int(place)])] += 1
      rightDegree[Int(graph.column[Int(place)])] += 1
    }
    self.chosen = chosen
    self.leftDegree = leftDegree
    self.rightDegree = rightDegree
  }

  func isChosen(_ place: Int) -> Bool { chosen[place] }

  func left(of place: Int) -> Int { Int(rowOf[place]) }

  /// Places of a right node's pairs, left nodes ascending.
  func places(ofRight node: Int) -> ArraySlice<Int32> {
    columnPlace[columnStart[node]..<columnStart[node + 1]]
  }

  /// Whether a pair reaches the threshold, and so is part of the network.
  func isPart(_ place: Int) -> Bool { graph.score[place] >= floor }

  /// What choosing the pair at `place` costs beside the path that makes room for it.
  func reducedCost(_ place: Int) -> Cost {
    let (left, right) = (Int(rowOf[place]), Int(graph.column[place]))
    return Cost(
      pairs: Int64(dual.leftCover[left]) + Int64(dual.rightCover[right]) - 1,
      rest: dual.left[left] + dual.right[right] - Int64(graph.score[place]))
  }

  /// The cost for a node to have one pair more (or fewer); nil when it cannot.
  private func hubCost(_ vertex: Int, more: Bool) -> Cost? {
    let isLeft = vertex < graph.leftNodes.count
    let node = isLeft ? vertex : vertex - graph.leftNodes.count
    let degree = isLeft ? leftDegree[node] : rightDegree[node]
    let price = Cost(
      pairs: Int64(isLeft ? dual.leftCover[node] : dual.rightCover[node]),
      rest: isLeft ? dual.left[node] : dual.right[node])
    let earned = Cost(
      pairs: 0, rest: bonus * Int64(isLeft ? graph.leftBonus[node] : graph.rightBonus[node]))
    if more {
      guard degree < (isLeft ? graph.leftCapacity[node] : graph.rightCapacity[node]) else { return nil }
      return -(degree == 0 ? price + earned : price)
    }
    guard degree > 0 else { return nil }
    return degree == 1 ? price + earned : price
  }

  /// Shortest distances from `vertex` to all (or, backward, from all to it); nil where there is no path.
  ///
  /// Vertices are the left nodes, the right nodes, then the hub.
  ///
  /// - Complexity: O(pairs × log nodes), because every arc is looked at once and queued at most once.
  func distances(_ vertex: Int, backward: Bool) -> [Cost?] {
    let leftCount = graph.leftNodes.count
    let hub = leftCount + graph.rightNodes.count
    var distance = [Cost?](repeating: nil, count: hub + 1)
    var settled = [Bool](repeating: false, count: hub + 1)
    var queue = Heap<QueueEntry<Cost>>()
    func relax(_ other: Int, _ cost: Cost) {
      if let known = distance[other], known <= cost { return }
      distance[other] = cost
      queue.insert(QueueEntry(cost: cost, item: Int32(other)))
    }
    relax(vertex, .zero)
    while let next = queue.popMin() {
      let (near, here) = (next.cost, Int(next.item))
      if settled[here] { continue }
      settled[here] = true
      if here == hub {
        for other in 0..<hub where !settled[other] {
          // Out of the hub a left node gets a pair more and a right node one less; backward, into it.
          if let cost = hubCost(other, more: (other < leftCount) != backward) { relax(other, near + cost) }
        }
        continue
      }
      let isLeft = here < leftCount
      if isLeft {
        for place in graph.rowStart[here]..<graph.rowStart[here + 1]
        where isPart(place) && chosen[place] == backward {
          let cost = reducedCost(place)
          relax(leftCount + Int(graph.column[place]), near + (backward ? -cost : cost))
        }
      } else {
        for place in places(ofRight: here - leftCount)
        where isPart(Int(place)) && chosen[Int(place)] != backward {
          let cost = reducedCost(Int(place))
          relax(Int(rowOf[Int(place)]), near + (backward ? cost : -cost))
        }
      }
      if !settled[hub], let cost = hubCost(here, more: isLeft == backward) { relax(hub, near + cost) }
    }
    return distance
  }
}
