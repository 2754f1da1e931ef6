import Basics

extension AssignmentProblem {
  /// Solves to the canonical optimum of `objective`.
  ///
  /// The result depends on the instance alone: components are independent, each is solved to its one canonical optimum
  /// (``CanonicalOptimum``), and they are put together in order.
  ///
  /// - Parameter parallel: whether components are solved on all cores at once.
  package func solve(_ objective: AssignmentObjective, parallel: Bool = true) -> Assignment {
    let index = ComponentIndex(self)
    let parts = Parallel.map(0..<index.count, parallel: parallel) { number in
      let solved = index.graph(number).solve(objective)
      return SolvedPart(
        chosen: solved.chosen, pairs: solved.pairs(), value: solved.value, proof: solved.proof)
    }
    return Assignment(problem: self, objective: objective, index: index, parts: parts)
  }
}

extension Assignment {
  init(
    problem: AssignmentProblem, objective: AssignmentObjective, index: ComponentIndex, parts: [SolvedPart]
  ) {
    var pairs = problem.locked.map {
      Pair(left: $0.left, right: $0.right, score: $0.score, locked: true)
    }
    var value = AssignmentValue(pairs: 0, priority: 0, worst: nil, total: 0)
    for component in parts {
      value.pairs += component.value.pairs
      value.priority += component.value.priority
      value.total += component.value.total
      if let worst = component.value.worst { value.worst = min(worst, value.worst ?? worst) }
      pairs += component.pairs
    }
    pairs.sort { ($0.left, $0.right) < ($1.left, $1.right) }
    self.init(
      problem: problem, objective: objective, pairs: pairs, value: value, index: index, parts: parts)
  }
}

extension SolvedComponent {
  /// The chosen pairs by the instance's indices.
  func pairs() -> [Assignment.Pair] {
    var pairs: [Assignment.Pair] = []
    pairs.reserveCapacity(chosen.count)
    var node = 0
    for place in chosen {
      while graph.rowStart[node + 1] <= Int(place) { node += 1 }
      pairs.append(
        Assignment.Pair(
          left: graph.leftNodes[node], right: graph.rightNodes[Int(graph.column[Int(place)])],
          score: graph.score[Int(place)], locked: false))
    }
    return pairs
  }
}

extension ComponentGraph {
  /// Solves this component alone.
  func solve(_ objective: AssignmentObjective) -> SolvedComponent {
    if !twins.isEmpty { return TwinAssignment.solve(self, objective) }
    let scale = bonusScale
    let search = objective == .fair ? BottleneckSearch(self) : nil
    let threshold = search?.threshold
    let allowed = threshold.map { keeping(atLeast: $0) } ?? self
    let (optimum, dual) = allowed.optimum(bonus: scale)
    let tight = TightGraph(allowed, dual, bonus: scale, threshold: nil)
    var chosen = CanonicalOptimum.refine(optimum, of: allowed, on: tight)
    if threshold != nil { chosen = places(of: chosen, in: allowed) }
    return SolvedComponent(
      graph: self, chosen: chosen, value: value(of: chosen),
      proof: ComponentProof(threshold: threshold, best: dual, most: search?.most, above: search?.above))
  }

  /// Any optimum and the potentials that prove it, by the best algorithm for the component.
  private func optimum(bonus: Int64) -> (chosen: [Int32], dual: DualPotentials) {
    if bonus == 0, isUnit, let solved = UnitAssignment.solve(self) { return solved }
    return CapacitatedFlow.solve(self, .scores(bonus: bonus))
  }

  /// Where the pairs at `places` of `part`, a graph of the same nodes and fewer pairs, lie here.
  func places(of places: [Int32], in part: ComponentGraph) -> [Int32] {
    var found: [Int32] = []
    found.reserveCapacity(places.count)
    var node = 0
    for place in places {
      while part.rowStart[node + 1] <= Int(place) { node += 1 }
      if let here = self.place(left: node, right: Int(part.column[Int(place)])) {
        found.append(Int32(here))
      }
    }
    return found
  }

  /// The worth of the pairs at `places`, ascending.
  func value(of places: [Int32]) -> AssignmentValue {
    var value = AssignmentValue(pairs: places.count, priority: 0, worst: nil, total: 0)
    for place in places {
      let points = Int(score[Int(place)])
      value.total += points
      value.worst = min(points, value.worst ?? points)
    }
    let (left, right) = nodes(of: places)
    for (placed, bonus) in zip(left, leftBonus) where placed { value.priority += Int(bonus) }
    for (placed, bonus) in zip(right, rightBonus) where placed { value.priority += Int(bonus) }
    return value
  }

  /// Which nodes the pairs at `places`, ascending, use.
  func nodes(of places: [Int32]) -> (left: [Bool], right: [Bool]) {
    var left = [Bool](repeating: false, count: leftNodes.count)
    var right = [Bool](repeating: false, count: rightNodes.count)
    var node = 0
    for place in places {
      while rowStart[node + 1] <= Int(place) { node += 1 }
      left[node] = true
      right[Int(column[Int(place)])] = true
    }
    return (left, right)
  }
}
