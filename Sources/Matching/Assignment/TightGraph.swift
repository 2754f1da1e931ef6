/// The pairs that some optimum may or must choose, told by complementary slackness from any optimal potentials.
///
/// An optimum chooses only tight pairs (whose weight equals the sum of its nodes' prices) and all pairs that weigh
/// more than that; and a node has as many pairs as its price allows: all its capacity at a positive price, none below
/// minus its bonus. These conditions hold of *every* optimum and *every* optimal potential, so they describe exactly
/// the set of optima, whichever algorithm found the potentials.
struct TightGraph {
  /// The tight pairs as local (left, right, place in the component), by (left, right).
  private(set) var left: [Int32] = []
  private(set) var right: [Int32] = []
  private(set) var place: [Int32] = []
  /// Places of the pairs that every optimum chooses though they are not tight.
  private(set) var forced: [Int32] = []
  /// Fewest and most pairs of each node.
  private(set) var leftRange: [(low: Int32, high: Int32)]
  private(set) var rightRange: [(low: Int32, high: Int32)]

  init(_ graph: ComponentGraph, _ dual: DualPotentials, bonus: Int64, threshold: Int32?) {
    let floor = threshold ?? Int32.min
    leftRange = graph.leftNodes.indices.map {
      Self.range(
        cover: dual.leftCover[$0], potential: dual.left[$0], capacity: graph.leftCapacity[$0],
        bonus: Int64(graph.leftBonus[$0]) &* bonus)
    }
    rightRange = graph.rightNodes.indices.map {
      Self.range(
        cover: dual.rightCover[$0], potential: dual.right[$0], capacity: graph.rightCapacity[$0],
        bonus: Int64(graph.rightBonus[$0]) &* bonus)
    }
    let (columns, scores, prices) = (graph.column, graph.score, dual.right)
    for node in graph.leftNodes.indices {
      let potential = dual.left[node]
      for index in graph.rowStart[node]..<graph.rowStart[node + 1] {
        let slack = potential &+ prices[Int(columns[index])] &- Int64(scores[index])
        // Most pairs have slack; an uncovered pair may have slack and yet be forced.
        if slack > 0, dual.leftCover[node] == 1 { continue }
        if scores[index] >= floor { add(node, index, slack, graph, dual) }
      }
    }
  }

  private mutating func add(
    _ node: Int, _ index: Int, _ slack: Int64, _ graph: ComponentGraph, _ dual: DualPotentials
  ) {
    let other = Int(graph.column[index])
    switch dual.leftCover[node] + dual.rightCover[other] {
    case 0: forced.append(Int32(index))
    case 1 where slack == 0:
      left.append(Int32(node))
      right.append(Int32(other))
      place.append(Int32(index))
    case 1 where slack < 0: forced.append(Int32(index))
    default: break
    }
  }

  /// How many pairs a node of this price has in an optimum: what maximises price × pairs + bonus × [pairs ≥ 1].
  private static func range(
    cover: UInt8, potential: Int64, capacity: Int32, bonus: Int64
  ) -> (low: Int32, high: Int32) {
    if cover > 0 || potential > 0 { return (capacity, capacity) }
    if potential == 0 { return (bonus > 0 ? 1 : 0, capacity) }
    if potential > -bonus { return (1, 1) }
    return potential == -bonus ? (0, 1) : (0, 0)
  }
}
