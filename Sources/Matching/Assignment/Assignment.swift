/// The canonical optimum of an ``AssignmentProblem``, with what proves it.
package struct Assignment: Sendable {
  /// One chosen pair.
  package struct Pair: Equatable, Sendable {
    package var left: Int32
    package var right: Int32
    package var score: Int32
    /// Whether it was locked.
    package var locked: Bool
  }

  package let problem: AssignmentProblem
  package let objective: AssignmentObjective
  /// All pairs, the locked among them, by (left, right).
  package let pairs: [Pair]
  /// The worth of the free pairs of the whole.
  package let value: AssignmentValue
  let index: ComponentIndex
  let parts: [SolvedPart]

  /// How many pairs there are, the locked included.
  package var pairCount: Int { pairs.count }

  /// The scores of all pairs, the locked included.
  package var total: Int { pairs.reduce(0) { $0 + Int($1.score) } }

  /// The least score of all pairs, the locked included; nil without pairs.
  package var worst: Int? { pairs.map { Int($0.score) }.min() }
}

extension Assignment {
  /// The solved components with their graphs, which are made again.
  var components: [SolvedComponent] { parts.indices.map { component($0) } }

  func component(_ number: Int) -> SolvedComponent {
    let part = parts[number]
    return SolvedComponent(
      graph: index.graph(number), chosen: part.chosen, value: part.value, proof: part.proof)
  }
}

/// What is kept of a solved component.
struct SolvedPart: Sendable {
  /// Places of the chosen pairs in the component's graph, ascending.
  var chosen: [Int32]
  var pairs: [Assignment.Pair]
  var value: AssignmentValue
  var proof: ComponentProof
}

/// A component with its optimum and the potentials that prove it.
struct SolvedComponent: Sendable {
  var graph: ComponentGraph
  /// Places of the chosen pairs in `graph.column`, ascending.
  var chosen: [Int32]
  var value: AssignmentValue
  var proof: ComponentProof
}

/// The proof of one component's optimum.
struct ComponentProof: Equatable, Sendable {
  /// Under `fair`: no pair scores less, and no optimum of as many pairs and as much priority has a better worst.
  var threshold: Int32?
  /// Proves most pairs, then most priority, then the total, on the pairs that reach the threshold (all without one).
  var best: DualPotentials
  /// Under `fair`: proves most pairs, then most priority, on all pairs.
  var most: DualPotentials?
  /// Under `fair`: proves that the pairs above the threshold do not suffice; nil when there are none of them.
  var above: DualPotentials?
  /// Instead of these where twins make the component a graph that is not bipartite.
  var general: GeneralProof?
}

/// The proof of a component with twins, by vertices and odd sets (``TwinAssignment``).
struct GeneralProof: Equatable, Sendable {
  var best: GeneralDual
  var most: GeneralDual?
  var above: GeneralDual?
}

/// Duals of a ``GeneralMatching``: no weight is greater than what the vertices and the odd sets around it add up to.
struct GeneralDual: Equatable, Sendable {
  var vertices: [Int64]
  var sets: [GeneralMatching.OddSet]
}

extension DualPotentials {
  /// No prices: the proof is a ``GeneralProof``.
  static let none = DualPotentials(leftCover: [], rightCover: [], left: [], right: [])

  /// Kőnig's cover of a greatest matching, of the nodes that free left nodes reach, without potentials.
  init(reached: (left: [Bool], right: [Bool])) {
    self.init(
      leftCover: reached.left.map { $0 ? 0 : 1 }, rightCover: reached.right.map { $0 ? 1 : 0 },
      left: Array(repeating: 0, count: reached.left.count),
      right: Array(repeating: 0, count: reached.right.count))
  }
}

/// Prices of the nodes' capacity: a cover (0 or 1) for the number of pairs, then a potential for the rest.
struct DualPotentials: Equatable, Sendable {
  var leftCover: [UInt8]
  var rightCover: [UInt8]
  var left: [Int64]
  var right: [Int64]
}
