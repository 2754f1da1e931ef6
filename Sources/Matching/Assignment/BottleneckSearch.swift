/// The greatest threshold at which a component still has as many pairs and as much priority as without one.
///
/// A pair below the threshold may not be chosen, so the answer is the worst score of the fairest optimum. Both figures
/// only fall as the threshold rises, so that a search by halves over the distinct scores finds it.
///
/// - Complexity: O(log scores) solutions of the priorities' problem.
struct BottleneckSearch {
  /// The threshold; nil when the component has no pairs.
  private(set) var threshold: Int32?
  /// Proves most pairs and most priority on all pairs.
  private(set) var most: DualPotentials
  /// Proves that the pairs above the threshold have less; nil when there are none of them.
  private(set) var above: DualPotentials?

  init(_ graph: ComponentGraph) {
    let all = PriorityOptimum(graph)
    most = all.dual
    guard all.pairs > 0 else { return }
    (threshold, above) = graph.greatestThreshold { part in
      let trial = PriorityOptimum(part)
      return trial.pairs == all.pairs && trial.priority == all.priority ? nil : trial.dual
    }
  }
}

extension ComponentGraph {
  /// The greatest score that a solution can begin at, by halves over the distinct scores.
  ///
  /// - Parameter fault: of the pairs from a score on: proves that they do not suffice; nil where they do. They always do
  ///   from the least score on.
  /// - Returns: also what proves that the next score does not; nil scores in a graph without pairs.
  func greatestThreshold<Proof>(_ fault: (ComponentGraph) -> Proof?) -> (threshold: Int32?, above: Proof?) {
    let levels = Set(score).sorted()
    var above: Proof?
    // Invariant: levels[low] suffices, levels[high] does not.
    var low = 0
    var high = levels.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if let proof = fault(keeping(atLeast: levels[middle])) {
        (high, above) = (middle, proof)
      } else {
        low = middle
      }
    }
    return (levels.isEmpty ? nil : levels[low], above)
  }
}

/// Most pairs, then most priority, whatever the scores.
struct PriorityOptimum {
  let pairs: Int
  let priority: Int64
  let dual: DualPotentials

  init(_ graph: ComponentGraph) {
    guard !graph.isUnit || graph.hasBonus else {
      let matching = MaximumMatching(graph)
      (pairs, priority, dual) = (matching.count, 0, matching.dual(graph))
      return
    }
    let chosen: [Int32]
    (chosen, dual) = CapacitatedFlow.solve(graph, .priorities)
    pairs = chosen.count
    priority = Int64(graph.value(of: chosen).priority)
  }
}
