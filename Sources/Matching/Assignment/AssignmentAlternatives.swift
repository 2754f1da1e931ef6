/// What a decision would change in the optimum of the whole; zero everywhere when it costs nothing.
package struct AssignmentChange: Equatable, Sendable {
  /// How many pairs more (or, negative, fewer) there are.
  package var pairs: Int
  /// How much more priority is placed.
  package var priority: Int
  /// The worst score of the component before and after; nil without pairs.
  package var worstBefore: Int?
  package var worstAfter: Int?
  /// The worst score of all pairs, the locked included, before and after; nil without pairs.
  package var worstOfAllBefore: Int?
  package var worstOfAllAfter: Int?
  /// How much the total rises or falls.
  package var total: Int
  /// The component's worth after it.
  var part: AssignmentValue
}

/// Another partner for a node, and what choosing it would change.
package struct AssignmentAlternative: Equatable, Sendable {
  /// The partner's index on its own side.
  package var partner: Int32
  package var change: AssignmentChange
}

/// The two ends of a pair, by their indices on either side.
package struct PairEnds: Hashable, Sendable {
  var left: Int32
  var right: Int32
}

/// Exact answers to "what if" about a solved assignment: what locking another pair would change.
///
/// There is one meaning of that cost: the component is solved again with the pair among its locks. Under `total` a shortest
/// path in the residual graph (``ResidualNetwork``) gives the same figure. Under `fair` the lock is separate and what is
/// left may fall into components with worst scores of their own, so that the path is only a bound: the best answers are
/// found by solving the candidates whose bound is best.
///
/// - Complexity: making one is O(pairs); an answer O(pairs of the component × log nodes), and one solution of the
///   component for each candidate that its bound does not rule out.
package struct AssignmentAlternatives: Sendable {
  let assignment: Assignment
  let components: [SolvedComponent]
  let networks: [ResidualNetwork]
  /// What bounds the answers: the component itself, or with its twins let loose, so that nothing is worth more.
  private let bounds: [Bound]
  /// Points that some pairs' scores hold beside their own: the price for giving up what was proposed before.
  private let premiums: [PairEnds: Int]
  /// The worst score of all pairs outside each component.
  private let worstElsewhere: [Int?]
  /// Component and local index of each node; nil for nodes without free pairs.
  let leftHome: [(component: Int, node: Int)?]
  let rightHome: [(component: Int, node: Int)?]

  private struct Bound: Sendable {
    var solved: SolvedComponent
    var network: ResidualNetwork
    /// Whether a path in the network is the answer, not just a bound.
    var isExact: Bool
  }

  /// - Parameter premiums: what pairs of the assignment score beyond their own points; changes are reported without them.
  package init(_ assignment: Assignment, premiums: [PairEnds: Int] = [:]) {
    self.assignment = assignment
    self.premiums = premiums
    components = assignment.components
    networks = components.map { ResidualNetwork($0) }
    let objective = assignment.objective
    bounds = zip(components, networks).map { component, network in
      guard component.graph.twins.isEmpty else {
        let loose = component.graph.withoutTwins().solve(objective)
        return Bound(solved: loose, network: ResidualNetwork(loose), isExact: false)
      }
      return Bound(solved: component, network: network, isExact: objective == .total && premiums.isEmpty)
    }
    var left = [(component: Int, node: Int)?](repeating: nil, count: assignment.problem.left.count)
    var right = [(component: Int, node: Int)?](repeating: nil, count: assignment.problem.right.count)
    for (index, component) in components.enumerated() {
      for (node, global) in component.graph.leftNodes.enumerated() { left[Int(global)] = (index, node) }
      for (node, global) in component.graph.rightNodes.enumerated() { right[Int(global)] = (index, node) }
    }
    leftHome = left
    rightHome = right
    worstElsewhere = AssignmentAlternatives.worstElsewhere(assignment, premiums)
  }

  /// - Complexity: O(pairs chosen + components): the two least of all parts answer for each.
  private static func worstElsewhere(_ assignment: Assignment, _ premiums: [PairEnds: Int]) -> [Int?] {
    let own = assignment.parts.map { part in part.pairs.map { $0.points(premiums) }.min() }
    let locked = assignment.problem.locked.map { Int($0.score) }.min()
    let least = own.enumerated().compactMap { index, worst in worst.map { (worst: $0, index: index) } }
      .sorted { $0.worst < $1.worst }.prefix(2)
    return own.indices.map { index in
      let other = least.first { $0.index != index }?.worst
      return [locked, other].compactMap { $0 }.min()
    }
  }

  /// The best other partners of a left node, the cheapest for the whole first, ties by the partner's index.
  package func alternatives(ofLeft left: Int32, limit: Int = 3) -> [AssignmentAlternative] {
    guard leftHome.indices.contains(Int(left)), let home = leftHome[Int(left)] else { return [] }
    let network = networks[home.component]
    let leftCount = network.graph.leftNodes.count
    let distance = bounds[home.component].network.distances(home.node, backward: true)
    return best(
      home.component,
      (network.graph.rowStart[home.node]..<network.graph.rowStart[home.node + 1]).map { place in
        let right = Int(network.graph.column[place])
        return Candidate(
          place: place, partner: network.graph.rightNodes[right], path: distance[leftCount + right])
      }, limit: limit)
  }

  /// The best other partners of a right node, the cheapest for the whole first, ties by the partner's index.
  package func alternatives(ofRight right: Int32, limit: Int = 3) -> [AssignmentAlternative] {
    guard rightHome.indices.contains(Int(right)), let home = rightHome[Int(right)] else { return [] }
    let network = networks[home.component]
    let vertex = network.graph.leftNodes.count + home.node
    let distance = bounds[home.component].network.distances(vertex, backward: false)
    return best(
      home.component,
      network.places(ofRight: home.node).map { place in
        let left = network.left(of: Int(place))
        return Candidate(
          place: Int(place), partner: network.graph.leftNodes[left], path: distance[left])
      }, limit: limit)
  }

  private struct Candidate {
    var place: Int
    var partner: Int32
    /// The cost of making room for the pair; nil where there is no path.
    var path: ResidualNetwork.Cost?
  }

  /// Answers in the order of their bounds, until none that is left can be among the best.
  private func best(
    _ component: Int, _ candidates: [Candidate], limit: Int
  ) -> [AssignmentAlternative] {
    let objective = assignment.objective
    let bounded = candidates.filter { !networks[component].isChosen($0.place) }.map {
      (candidate: $0, bound: bound(component, $0))
    }.sorted {
      AssignmentValue.precedes(
        ($0.bound.value, $0.candidate.partner), ($1.bound.value, $1.candidate.partner), under: objective)
    }
    var found: [AssignmentAlternative] = []
    for (candidate, bound) in bounded {
      if limit > 0, found.count >= limit {
        let last = found[limit - 1]
        if last.change.part.exceeds(bound.value, under: objective) { break }
        if last.partner < candidate.partner, !bound.value.exceeds(last.change.part, under: objective) {
          break
        }
      }
      let change =
        bound.isExact ? self.change(component, to: bound.value) : locking(component, candidate.place)
      found.append(AssignmentAlternative(partner: candidate.partner, change: change))
      found.sort {
        AssignmentValue.precedes(
          ($0.change.part, $0.partner), ($1.change.part, $1.partner), under: objective)
      }
    }
    return Array(found.prefix(max(0, limit)))
  }

  /// What locking the pair cannot exceed.
  private func bound(_ component: Int, _ candidate: Candidate) -> (value: AssignmentValue, isExact: Bool) {
    let bound = bounds[component]
    if bound.network.isChosen(candidate.place) { return (bound.solved.value, false) }
    if bound.network.isPart(candidate.place), let path = candidate.path,
      let value = value(after: path + bound.network.reducedCost(candidate.place), in: bound.solved)
    {
      return (value, bound.isExact)
    }
    var value = bound.solved.value
    value.total = .max
    if assignment.objective == .fair {
      // A pair, a priority or the worst score is lost, and no pair is worse than this one.
      value.worst = value.worst.map { min($0 - 1, Int(bound.network.graph.score[candidate.place])) }
    }
    return (value, false)
  }

  /// The value of a component after a change of that cost in its residual graph; nil when under `fair` it does not settle
  /// the worst score.
  private func value(after cost: ResidualNetwork.Cost, in solved: SolvedComponent) -> AssignmentValue? {
    let scale = solved.graph.bonusScale
    var priority: Int64 = 0
    if scale > 0 {
      // The total changes by less than half of the scale.
      priority = (cost.rest + (cost.rest >= 0 ? scale / 2 : -scale / 2)) / scale
    }
    if assignment.objective == .fair, cost.pairs != 0 || priority != 0 { return nil }
    var value = solved.value
    value.pairs -= Int(cost.pairs)
    value.priority -= Int(priority)
    value.total -= Int(cost.rest - priority * scale)
    return value
  }

  // MARK: - Solving again

  func locking(_ component: Int, _ place: Int) -> AssignmentChange {
    let graph = components[component].graph
    let left = networks[component].left(of: place)
    let right = Int(graph.column[place])
    let ends = PairEnds(left: graph.leftNodes[left], right: graph.rightNodes[right])
    let lock = AssignmentProblem.Pair(
      left: Int32(clamping: left), right: graph.column[place],
      score: Int32(clamping: Int(graph.score[place]) - (premiums[ends] ?? 0)))
    let solved = AssignmentProblem(part: graph, locked: [lock]).solve(assignment.objective, parallel: false)
    return change(component, to: solved, earned: Int(graph.leftBonus[left]) + Int(graph.rightBonus[right]))
  }

  /// - Parameter earned: priorities that the locks have earned beforehand.
  func change(_ component: Int, to solved: Assignment, earned: Int = 0) -> AssignmentChange {
    let graph = components[component].graph
    let points = solved.pairs.map { pair in
      pair.locked
        ? Int(pair.score)
        : Assignment.Pair(
          left: graph.leftNodes[Int(pair.left)], right: graph.rightNodes[Int(pair.right)], score: pair.score,
          locked: false
        ).points(premiums)
    }
    return change(
      component,
      to: AssignmentValue(
        pairs: points.count, priority: solved.value.priority + earned, worst: points.min(),
        total: points.reduce(0, +)))
  }

  private func change(_ component: Int, to after: AssignmentValue) -> AssignmentChange {
    let points = assignment.parts[component].pairs.map { $0.points(premiums) }
    let before = AssignmentValue(
      pairs: points.count, priority: components[component].value.priority, worst: points.min(),
      total: points.reduce(0, +))
    let isFair = assignment.objective == .fair
    func whole(_ worst: Int?) -> Int? { [worst, worstElsewhere[component]].compactMap { $0 }.min() }
    return AssignmentChange(
      pairs: after.pairs - before.pairs, priority: after.priority - before.priority,
      worstBefore: isFair ? before.worst : nil, worstAfter: isFair ? after.worst : nil,
      worstOfAllBefore: isFair ? whole(before.worst) : nil,
      worstOfAllAfter: isFair ? whole(after.worst) : nil, total: after.total - before.total, part: after)
  }
}

extension Assignment.Pair {
  /// The pair's own points.
  fileprivate func points(_ premiums: [PairEnds: Int]) -> Int {
    Int(score) - (premiums.isEmpty ? 0 : premiums[PairEnds(left: left, right: right)] ?? 0)
  }
}
