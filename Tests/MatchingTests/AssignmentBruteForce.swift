import Basics

@testable import Matching

extension AssignmentProblem {
  /// What a random instance may contain.
  struct Shape {
    var left: ClosedRange<Int>
    var right: ClosedRange<Int>
    var densities: ClosedRange<Double> = 0.02...1
    var scores: ClosedRange<Int32> = -5...20
    var capacities: ClosedRange<Int32> = 1...1
    var priorities: ClosedRange<Int32> = 0...0
    var locks = 0
  }

  static func random(_ shape: Shape, seed: UInt64) throws -> AssignmentProblem {
    var source = SplitMix(seed: seed)
    let density = Double.random(in: shape.densities, using: &source)
    let spread = Int32.random(in: 0...(shape.scores.upperBound - shape.scores.lowerBound), using: &source)
    let scores = shape.scores.lowerBound...(shape.scores.lowerBound + spread)
    func nodes(_ range: ClosedRange<Int>) -> [Node] {
      (0..<Int.random(in: range, using: &source)).map { _ in
        Node(
          capacity: Int32.random(in: shape.capacities, using: &source),
          priority: max(
            0,
            Int32.random(in: (-2 * shape.priorities.upperBound)...shape.priorities.upperBound, using: &source)
          ))
      }
    }
    let left = nodes(shape.left)
    let right = nodes(shape.right)
    var pairs: [Pair] = []
    for a in left.indices {
      for b in right.indices where Double.random(in: 0..<1, using: &source) < density {
        pairs.append(
          Pair(left: Int32(a), right: Int32(b), score: Int32.random(in: scores, using: &source)))
      }
    }
    var locked: [Pair] = []
    var leftRoom = left.map(\.capacity)
    var rightRoom = right.map(\.capacity)
    for _ in 0..<shape.locks where !left.isEmpty && !right.isEmpty {
      let a = Int.random(in: left.indices, using: &source)
      let b = Int.random(in: right.indices, using: &source)
      guard leftRoom[a] > 0, rightRoom[b] > 0,
        !locked.contains(where: { $0.left == Int32(a) && $0.right == Int32(b) })
      else { continue }
      leftRoom[a] -= 1
      rightRoom[b] -= 1
      locked.append(Pair(left: Int32(a), right: Int32(b), score: Int32.random(in: scores, using: &source)))
    }
    pairs.shuffle(using: &source)
    return try AssignmentProblem(left: left, right: right, pairs: pairs, locked: locked)
  }
}

/// The canonical optimum of a component by looking at every admissible set of its pairs.
struct BruteForce {
  private let graph: ComponentGraph
  private let objective: AssignmentObjective
  private var left: [Int32]
  private var right: [Int32]
  private var current: [Int32] = []
  private(set) var best: [Int32] = []
  private(set) var value = AssignmentValue(pairs: 0, priority: 0, worst: nil, total: 0)

  init(_ graph: ComponentGraph, _ objective: AssignmentObjective) {
    self.graph = graph
    self.objective = objective
    left = graph.leftCapacity
    right = graph.rightCapacity
    look(node: 0, place: 0)
  }

  /// Each pair is first taken, then left out, so that of equals the canonical one comes first.
  private mutating func look(node: Int, place: Int) {
    if place == graph.column.count {
      let worth = graph.value(of: current)
      if worth.exceeds(value, under: objective) { (best, value) = (current, worth) }
      return
    }
    var node = node
    while graph.rowStart[node + 1] <= place { node += 1 }
    let other = Int(graph.column[place])
    if left[node] > 0, right[other] > 0 {
      left[node] -= 1
      right[other] -= 1
      current.append(Int32(place))
      look(node: node, place: place + 1)
      current.removeLast()
      left[node] += 1
      right[other] += 1
    }
    look(node: node, place: place + 1)
  }
}
