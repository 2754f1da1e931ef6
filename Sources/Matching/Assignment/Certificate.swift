/// An assignment with the numbers that prove it, apart from the solver that found them.
///
/// It carries the whole instance (nodes, allowed pairs, locks), the chosen pairs, and for each node its price in each
/// proof: `best` (most pairs, most priority, greatest total), and under `fair` for each component the threshold, `most` (no
/// more pairs and priority whatever the scores) and `above` (fewer above the threshold). ``verify()`` adds up
/// a bound from the prices (``DualBound``) and compares it with the chosen pairs; it solves nothing.
///
/// A digest ends the text, so that every changed number is refused, even one that would leave another valid proof. It guards
/// against accidents, not against someone who writes a new digest; the proof itself guards against that.
package struct Certificate: Sendable {
  /// What the certificate claims, proved by ``verify()``; locked pairs are counted in.
  package struct Claim: Equatable, Sendable {
    package var objective: AssignmentObjective
    package var pairs: Int
    package var locked: Int
    package var priority: Int
    package var worst: Int?
    package var total: Int
  }

  var problem: AssignmentProblem
  var leftNames: [String]
  var rightNames: [String]
  var claim: Claim
  /// The chosen pairs without the locked ones.
  var chosen: [AssignmentProblem.Pair]
  var best: NodePrices
  var most: NodePrices
  var above: NodePrices
  /// The threshold of each component, by its least left node.
  var thresholds: [Int32: Int32]
  /// The proofs of components with twins, by their least left node.
  var general: [Int32: GeneralProof]

  /// The prices of all nodes in one proof; nil for nodes that it does not need.
  struct NodePrices: Equatable {
    var left: [NodePrice?]
    var right: [NodePrice?]

    init(_ problem: AssignmentProblem) {
      left = Array(repeating: nil, count: problem.left.count)
      right = Array(repeating: nil, count: problem.right.count)
    }

    mutating func set(_ dual: DualPotentials?, of graph: ComponentGraph) {
      guard let dual else { return }
      for (node, global) in graph.leftNodes.enumerated() {
        left[Int(global)] = NodePrice(cover: dual.leftCover[node], potential: dual.left[node])
      }
      for (node, global) in graph.rightNodes.enumerated() {
        right[Int(global)] = NodePrice(cover: dual.rightCover[node], potential: dual.right[node])
      }
    }

    /// The prices of a component's nodes; nil when one is missing.
    func dual(of graph: ComponentGraph) -> DualPotentials? {
      let lefts = graph.leftNodes.compactMap { left[Int($0)] }
      let rights = graph.rightNodes.compactMap { right[Int($0)] }
      guard lefts.count == graph.leftNodes.count, rights.count == graph.rightNodes.count else { return nil }
      return DualPotentials(
        leftCover: lefts.map(\.cover), rightCover: rights.map(\.cover), left: lefts.map(\.potential),
        right: rights.map(\.potential))
    }
  }

  struct NodePrice: Equatable {
    var cover: UInt8
    var potential: Int64
  }
}

extension Certificate {
  /// The certificate of an assignment; the names are for the reader's eyes, one a node.
  package init(_ assignment: Assignment, leftNames: [String], rightNames: [String]) {
    problem = assignment.problem
    self.leftNames = leftNames
    self.rightNames = rightNames
    claim = Claim(
      objective: assignment.objective, pairs: assignment.pairCount, locked: problem.locked.count,
      priority: assignment.value.priority, worst: assignment.worst, total: assignment.total)
    chosen = assignment.pairs.filter { !$0.locked }.map {
      AssignmentProblem.Pair(left: $0.left, right: $0.right, score: $0.score)
    }
    best = NodePrices(problem)
    most = NodePrices(problem)
    above = NodePrices(problem)
    thresholds = [:]
    general = [:]
    for component in assignment.components {
      if let first = component.graph.leftNodes.first, let threshold = component.proof.threshold {
        thresholds[first] = threshold
      }
      if let first = component.graph.leftNodes.first, let proof = component.proof.general {
        general[first] = proof
        continue
      }
      best.set(component.proof.best, of: component.graph)
      most.set(component.proof.most, of: component.graph)
      above.set(component.proof.above, of: component.graph)
    }
  }

  /// Proves the claim.
  ///
  /// - Throws: ``CertificateError`` naming what does not hold.
  /// - Complexity: O(pairs + nodes × α): the components are found again, and each pair is looked at a few times.
  @discardableResult package func verify() throws(CertificateError) -> Claim {
    var wanted: [UInt64: Int32] = [:]
    wanted.reserveCapacity(chosen.count)
    for pair in chosen { wanted[AssignmentProblem.key(pair.left, pair.right)] = pair.score }
    guard wanted.count == chosen.count else { throw .pairs }
    var left = chosen.count
    var priority = 0
    for graph in problem.components() {
      var places: [Int32] = []
      for node in graph.leftNodes.indices {
        for place in graph.rowStart[node]..<graph.rowStart[node + 1] {
          let key = AssignmentProblem.key(graph.leftNodes[node], graph.rightNodes[Int(graph.column[place])])
          guard let score = wanted[key] else { continue }
          guard score == graph.score[place] else { throw .pairs }
          places.append(Int32(place))
        }
      }
      left -= places.count
      let value = graph.value(of: places)
      priority += value.priority
      let first = graph.leftNodes.first ?? -1
      guard let dual = general[first] != nil ? DualPotentials.none : best.dual(of: graph) else {
        throw .unproved(left: first)
      }
      let solved = SolvedComponent(
        graph: graph, chosen: places, value: value,
        proof: ComponentProof(
          threshold: thresholds[first], best: dual, most: most.dual(of: graph), above: above.dual(of: graph),
          general: general[first]))
      guard solved.isProved(claim.objective) else { throw .unproved(left: first) }
    }
    guard left == 0 else { throw .pairs }
    let scores = chosen.map { Int($0.score) } + problem.locked.map { Int($0.score) }
    let shown = Claim(
      objective: claim.objective, pairs: scores.count, locked: problem.locked.count, priority: priority,
      worst: scores.min(), total: scores.reduce(0, +))
    guard shown == claim else { throw .claim }
    return claim
  }
}

/// Why a certificate is refused.
package enum CertificateError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A line is not the one expected there; the file is damaged or not a certificate.
  case syntax(line: Int)
  /// The digest does not fit the text: something was changed.
  case digest
  /// The instance in it is invalid.
  case instance(AssignmentError)
  /// A chosen pair is not allowed, or chosen twice, or has another score.
  case pairs
  /// The prices of the component with this left node do not prove its pairs.
  case unproved(left: Int32)
  /// The figures at the head are not those of the pairs.
  case claim

  package var description: String {
    switch self {
    case .syntax(let line): "line \(line) is not a line of a certificate; write the certificate again"
    case .digest: "the digest does not fit: the certificate was changed; write it again"
    case .instance(let error): "the instance is invalid: \(error)"
    case .pairs: "a chosen pair is not allowed, or chosen twice; write the certificate again"
    case .unproved(let left): "the component of left node \(left) is not proved; write the certificate again"
    case .claim: "the figures at the head are not those of the pairs; write the certificate again"
    }
  }
}
