/// What a decision would change in the optimum of the whole; zero everywhere when it costs nothing.
package struct AssignmentChange: Equatable, Sendable {
  /// How many pairs more (or, negative, fewer) there are.
  package var pairs: Int
  /// How much more priority is placed.
  package var priority: Int
  /// The worst score of the component before and after; nil without pairs.
  package var worstBefore: Int?
  package var worstAfter: Int?
  /// How much the total rises or falls.
  package var total: Int

  /// Whether this is better for the whole than `other`, another change of the same component.
  package func exceeds(_ other: AssignmentChange, under objective: AssignmentObjective) -> Bool {
    AssignmentValue(pairs: pairs, priority: priority, worst: worstAfter, total: total).exceeds(
      AssignmentValue(
        pairs: other.pairs, priority: other.priority, worst: other.worstAfter, total: other.total),
      under: objective)
  }
}

/// Another partner for a node, and what choosing it would change.
package struct AssignmentAlternative: Equatable, Sendable {
  /// The partner's index on its own side.
  package var partner: Int32
  package var change: AssignmentChange
}

/// Exact answers to "what if" about a solved assignment, without solving it anew where that can be avoided.
///
/// Under `total`, and under `fair` when the pair reaches the component's threshold and no pair or priority is lost, an
/// answer is a shortest path in the residual graph (``ResidualNetwork``): all partners of a node by one search.
/// Otherwise the threshold itself may change, and the component alone is solved again.
///
/// - Complexity: making one is O(pairs); an answer O(pairs of the component × log nodes), or one solution of the
///   component for each candidate that needs it.
package struct AssignmentAlternatives: Sendable {
  private let assignment: Assignment
  private let components: [SolvedComponent]
  private let networks: [ResidualNetwork]
  /// Components with twins, solved as if twins were two people: no decision is worth more than it is there.
  private let loose: [LooseComponent?]
  /// Component and local index of each node; nil for nodes without free pairs.
  private let leftHome: [(component: Int, node: Int)?]
  private let rightHome: [(component: Int, node: Int)?]

  package init(_ assignment: Assignment) {
    self.assignment = assignment
    components = assignment.components
    networks = components.map { ResidualNetwork($0) }
    let objective = assignment.objective
    loose = components.map { component in
      guard !component.graph.twins.isEmpty else { return nil }
      let solved = component.graph.withoutTwins().solve(objective)
      return LooseComponent(value: solved.value, solved: solved, network: ResidualNetwork(solved))
    }
    var left = [(component: Int, node: Int)?](repeating: nil, count: assignment.problem.left.count)
    var right = [(component: Int, node: Int)?](repeating: nil, count: assignment.problem.right.count)
    for (index, component) in components.enumerated() {
      for (node, global) in component.graph.leftNodes.enumerated() { left[Int(global)] = (index, node) }
      for (node, global) in component.graph.rightNodes.enumerated() { right[Int(global)] = (index, node) }
    }
    leftHome = left
    rightHome = right
  }

  /// What changes when the pair must stand; nil when it is not a free allowed pair.
  package func forcing(left: Int32, right: Int32) -> AssignmentChange? {
    guard let (component, place) = locate(left, right) else { return nil }
    let network = networks[component]
    if network.isChosen(place) { return unchanged(component) }
    guard network.isPart(place), !network.hasTwins else { return resolved(component, forcing: place) }
    let leftNode = network.left(of: place)
    let rightVertex = network.graph.leftNodes.count + Int(network.graph.column[place])
    guard let path = network.distances(rightVertex, backward: false)[leftNode] else {
      return resolved(component, forcing: place)
    }
    return change(component, path + network.reducedCost(place)) ?? resolved(component, forcing: place)
  }

  /// What changes when the pair may not stand; nil when it is not a free allowed pair.
  package func forbidding(left: Int32, right: Int32) -> AssignmentChange? {
    guard let (component, place) = locate(left, right) else { return nil }
    let network = networks[component]
    guard network.isChosen(place) else { return unchanged(component) }
    if network.hasTwins { return resolved(component, forbidding: place) }
    let rightVertex = network.graph.leftNodes.count + Int(network.graph.column[place])
    guard let path = network.distances(network.left(of: place), backward: false)[rightVertex] else {
      return resolved(component, forbidding: place)
    }
    let cost = path + -network.reducedCost(place)
    return change(component, cost) ?? resolved(component, forbidding: place)
  }

  /// The best other partners of a left node, the cheapest for the whole first, ties by the partner's index.
  package func alternatives(ofLeft left: Int32, limit: Int = 3) -> [AssignmentAlternative] {
    guard leftHome.indices.contains(Int(left)), let home = leftHome[Int(left)] else { return [] }
    let network = networks[home.component]
    let places = Array(network.graph.rowStart[home.node]..<network.graph.rowStart[home.node + 1])
    return best(home.component, places, vertex: home.node, backward: true, limit: limit) {
      network.graph.rightNodes[Int(network.graph.column[$0])]
    }
  }

  /// The best other partners of a right node, the cheapest for the whole first, ties by the partner's index.
  package func alternatives(ofRight right: Int32, limit: Int = 3) -> [AssignmentAlternative] {
    guard rightHome.indices.contains(Int(right)), let home = rightHome[Int(right)] else { return [] }
    let network = networks[home.component]
    let places = network.places(ofRight: home.node).map { Int($0) }
    let vertex = network.graph.leftNodes.count + home.node
    return best(home.component, places, vertex: vertex, backward: false, limit: limit) {
      network.graph.leftNodes[network.left(of: $0)]
    }
  }

  private func best(
    _ component: Int, _ places: [Int], vertex: Int, backward: Bool, limit: Int,
    _ partner: (Int) -> Int32
  ) -> [AssignmentAlternative] {
    let network = networks[component]
    if network.hasTwins {
      return bestOfTwins(
        component, places, vertex: vertex, backward: backward, limit: limit, partner)
    }
    let leftCount = network.graph.leftNodes.count
    let distance = network.distances(vertex, backward: backward)
    var found: [AssignmentAlternative] = []
    var open: [Int] = []
    for place in places where !network.isChosen(place) {
      let end = backward ? leftCount + Int(network.graph.column[place]) : network.left(of: place)
      if network.isPart(place), let path = distance[end],
        let change = change(component, path + network.reducedCost(place))
      {
        found.append(AssignmentAlternative(partner: partner(place), change: change))
      } else {
        open.append(place)
      }
    }
    found.sort(by: order)
    if found.count < limit {
      // What the residual graph does not answer costs a pair, a priority or the worst score: all come after `found`.
      found = resolving(component, open, found, limit: limit, partner)
    }
    return Array(found.prefix(max(0, limit)))
  }

  /// Answers by solving again, the highest score first; under `fair` a lower score than the worst of enough answers cannot
  /// come before them, since it would be the worst itself.
  private func resolving(
    _ component: Int, _ places: [Int], _ before: [AssignmentAlternative], limit: Int,
    _ partner: (Int) -> Int32
  ) -> [AssignmentAlternative] {
    let score = networks[component].graph.score
    let worst = components[component].value.worst
    var found = before
    for place in places.sorted(by: { (-score[$0], $0) < (-score[$1], $1) }) {
      if assignment.objective == .fair, limit > 0, found.count >= limit {
        let most = AssignmentChange(
          pairs: 0, priority: 0, worstBefore: worst, worstAfter: Int(score[place]), total: .max)
        if found[limit - 1].change.exceeds(most, under: .fair) { break }
      }
      found.append(
        AssignmentAlternative(partner: partner(place), change: resolved(component, forcing: place)))
      found.sort(by: order)
    }
    return found
  }

  /// Each candidate that may be among the best by a solution of its own, the most promising first: with its twins let
  /// loose a decision is worth at least as much, and that is a shortest path.
  private func bestOfTwins(
    _ component: Int, _ places: [Int], vertex: Int, backward: Bool, limit: Int, _ partner: (Int) -> Int32
  ) -> [AssignmentAlternative] {
    guard limit > 0, let loose = loose[component] else { return [] }
    let leftCount = loose.network.graph.leftNodes.count
    let distance = loose.network.distances(vertex, backward: backward)
    var known: [(place: Int, bound: AssignmentValue)] = []
    var unknown: [Int] = []
    for place in places where !networks[component].isChosen(place) {
      let end =
        backward ? leftCount + Int(loose.network.graph.column[place]) : networks[component].left(of: place)
      if loose.network.isChosen(place) {
        known.append((place, loose.value))
      } else if loose.network.isPart(place), let path = distance[end],
        let change = change(of: loose.solved, path + loose.network.reducedCost(place))
      {
        known.append((place, loose.value.changed(by: change)))
      } else {
        unknown.append(place)
      }
    }
    known.sort { $0.bound.exceeds($1.bound, under: assignment.objective) }
    var found: [AssignmentAlternative] = []
    let before = components[component].value
    func cannotEnter(_ bound: AssignmentValue) -> Bool {
      found.count >= limit
        && before.changed(by: found[limit - 1].change).exceeds(bound, under: assignment.objective)
    }
    for (place, bound) in known where !cannotEnter(bound) {
      found.append(
        AssignmentAlternative(partner: partner(place), change: resolved(component, forcing: place)))
      found.sort(by: order)
    }
    // The unknown lose a pair, priority or worst score even with twins let loose.
    var lost = loose.value
    lost.total = Int.min
    if !cannotEnter(lost) {
      found += unknown.map {
        AssignmentAlternative(partner: partner($0), change: resolved(component, forcing: $0))
      }
      found.sort(by: order)
    }
    return Array(found.prefix(limit))
  }

  private func order(_ a: AssignmentAlternative, _ b: AssignmentAlternative) -> Bool {
    if a.change.exceeds(b.change, under: assignment.objective) { return true }
    if b.change.exceeds(a.change, under: assignment.objective) { return false }
    return a.partner < b.partner
  }

  private func locate(_ left: Int32, _ right: Int32) -> (component: Int, place: Int)? {
    guard leftHome.indices.contains(Int(left)), rightHome.indices.contains(Int(right)),
      let a = leftHome[Int(left)], let b = rightHome[Int(right)], a.component == b.component,
      let place = networks[a.component].graph.place(left: a.node, right: b.node)
    else { return nil }
    return (a.component, place)
  }

  private func unchanged(_ component: Int) -> AssignmentChange {
    let worst = components[component].value.worst
    return AssignmentChange(pairs: 0, priority: 0, worstBefore: worst, worstAfter: worst, total: 0)
  }

  /// A cost in the residual graph as a change; nil when under `fair` it does not settle the worst score.
  private func change(_ component: Int, _ cost: ResidualNetwork.Cost) -> AssignmentChange? {
    change(of: components[component], cost)
  }

  private func change(of solved: SolvedComponent, _ cost: ResidualNetwork.Cost) -> AssignmentChange? {
    let scale = solved.graph.bonusScale
    var priority: Int64 = 0
    if scale > 0 {
      // The total changes by less than half of the scale.
      priority = (cost.rest + (cost.rest >= 0 ? scale / 2 : -scale / 2)) / scale
    }
    let total = cost.rest - priority * scale
    if assignment.objective == .fair {
      guard cost.pairs == 0, priority == 0 else { return nil }
    }
    let worst = assignment.objective == .fair ? solved.value.worst : nil
    return AssignmentChange(
      pairs: Int(-cost.pairs), priority: Int(-priority), worstBefore: worst, worstAfter: worst,
      total: Int(-total))
  }

  private func resolved(_ component: Int, forcing place: Int) -> AssignmentChange {
    let solved = components[component]
    let rest = solved.graph.forcing(place, left: networks[component].left(of: place))
    let score = Int(solved.graph.score[place])
    let value = rest.solve(assignment.objective, ceiling: solved.graph.score[place]).value
    let node = networks[component].left(of: place)
    let earned =
      Int(solved.graph.leftBonus[node]) + Int(solved.graph.rightBonus[Int(solved.graph.column[place])])
    return difference(
      solved.value,
      AssignmentValue(
        pairs: value.pairs + 1, priority: value.priority + earned,
        worst: value.worst.map { min($0, score) } ?? score, total: value.total + score))
  }

  private func resolved(_ component: Int, forbidding place: Int) -> AssignmentChange {
    let solved = components[component]
    let rest = solved.graph.removing(place)
    return difference(solved.value, rest.solve(assignment.objective).value)
  }

  private func difference(_ before: AssignmentValue, _ after: AssignmentValue) -> AssignmentChange {
    let fair = assignment.objective == .fair
    return AssignmentChange(
      pairs: after.pairs - before.pairs, priority: after.priority - before.priority,
      worstBefore: fair ? before.worst : nil, worstAfter: fair ? after.worst : nil,
      total: after.total - before.total)
  }
}

private struct LooseComponent: Sendable {
  let value: AssignmentValue
  let solved: SolvedComponent
  let network: ResidualNetwork
}

extension AssignmentValue {
  func changed(by change: AssignmentChange) -> AssignmentValue {
    AssignmentValue(
      pairs: pairs + change.pairs, priority: priority + change.priority,
      worst: change.worstAfter ?? worst, total: total + change.total)
  }
}

extension ComponentGraph {
  /// The same nodes without one pair.
  func removing(_ removed: Int) -> ComponentGraph { filtered { _, place in place != removed } }

  /// What is left to choose when the pair at `place` stands.
  func forcing(_ place: Int, left: Int) -> ComponentGraph {
    let right = Int(column[place])
    // Their other sides are taken with them.
    let takenLeft = twins.first { Int($0.right) == right }.map { Int($0.left) } ?? -1
    let takenRight = twins.first { Int($0.left) == left }.map { Int($0.right) } ?? -1
    var rest = filtered { node, other in
      other != place && node != takenLeft && Int(column[other]) != takenRight
        && (node != left || leftCapacity[left] > 1)
        && (Int(column[other]) != right || rightCapacity[right] > 1)
    }
    rest.leftCapacity[left] = max(1, leftCapacity[left] - 1)
    rest.rightCapacity[right] = max(1, rightCapacity[right] - 1)
    rest.leftBonus[left] = 0
    rest.rightBonus[right] = 0
    rest.twins.removeAll { Int($0.left) == left || Int($0.right) == right }
    return rest
  }
}
