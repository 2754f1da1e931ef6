/// An upper bound on every solution of a component, from prices of its nodes alone.
///
/// A solution's worth is the vector (pairs, rest), compared lexicographically, where rest = `bonus` × priority + total.
/// Let each node have a price y = (cover, potential). For any solution, moving each pair's prices to its nodes gives
///
///     worth = Σ chosen pairs ((1, score) − yₗ − yᵣ) + Σ nodes (y × pairs of the node + bonus × [it has a pair])
///           ≤ Σ all pairs max(0, (1, score) − yₗ − yᵣ) + Σ nodes max over 0 … capacity of the same.
///
/// So a solution whose worth *equals* the right side is optimal; nothing has to be solved to see it. The sums
/// run over an ordered vector space, where this weak duality holds as it does over the numbers.
///
/// - Complexity: O(pairs + nodes), because each is looked at once.
struct DualBound: Equatable {
  private(set) var pairs: Int128 = 0
  private(set) var rest: Int128 = 0

  /// - Parameters:
  ///   - floor: only pairs of at least this score count.
  ///   - scores: whether pairs weigh their score, or nothing.
  ///   - bonus: the worth of a unit of priority.
  init(_ graph: ComponentGraph, _ dual: DualPotentials, atLeast floor: Int32, scores: Bool, bonus: Int64) {
    for node in graph.leftNodes.indices {
      addNode(
        dual.leftCover[node], dual.left[node], graph.leftCapacity[node], graph.leftBonus[node], bonus)
      for place in graph.rowStart[node]..<graph.rowStart[node + 1] where graph.score[place] >= floor {
        let other = Int(graph.column[place])
        let excess = 1 - Int128(dual.leftCover[node]) - Int128(dual.rightCover[other])
        if excess < 0 { continue }
        let gain =
          (scores ? Int128(graph.score[place]) : 0) - Int128(dual.left[node]) - Int128(dual.right[other])
        if excess > 0 || gain > 0 {
          pairs += excess
          rest += gain
        }
      }
    }
    for node in graph.rightNodes.indices {
      addNode(
        dual.rightCover[node], dual.right[node], graph.rightCapacity[node], graph.rightBonus[node], bonus)
    }
  }

  private mutating func addNode(
    _ cover: UInt8, _ potential: Int64, _ capacity: Int32, _ priority: Int32, _ bonus: Int64
  ) {
    let gain = Int128(priority) * Int128(bonus)
    let price = Int128(potential)
    if cover > 0 || price >= 0 {
      pairs += Int128(cover) * Int128(capacity)
      rest += price * Int128(capacity) + gain
    } else if price > -gain {
      rest += price + gain
    }
  }
}

extension SolvedComponent {
  /// Whether the proof shows that the chosen pairs are an optimum; looks at each pair at most four times.
  func isProved(_ objective: AssignmentObjective) -> Bool {
    guard isAdmissible else { return false }
    let value = graph.value(of: chosen)
    guard value == self.value else { return false }
    // Weights by rank are known to fit where there are twins alone.
    if let general = proof.general { return !graph.twins.isEmpty && isProved(objective, by: general) }
    let scale = graph.bonusScale
    let floor = proof.threshold ?? Int32.min
    let best = DualBound(graph, proof.best, atLeast: floor, scores: true, bonus: scale)
    guard best.pairs == Int128(value.pairs),
      best.rest == Int128(value.priority) * Int128(scale) + Int128(value.total)
    else { return false }
    guard objective == .fair, let threshold = proof.threshold else {
      return objective == .total && proof.threshold == nil && proof.most == nil && proof.above == nil
    }
    guard value.worst.map({ $0 >= Int(threshold) }) ?? true, let dual = proof.most else { return false }
    let most = DualBound(graph, dual, atLeast: Int32.min, scores: false, bonus: 1)
    guard most.pairs == Int128(value.pairs), most.rest == Int128(value.priority) else { return false }
    guard graph.score.contains(where: { $0 > threshold }) else { return proof.above == nil }
    guard let dual = proof.above else { return false }
    let above = DualBound(graph, dual, atLeast: threshold + 1, scores: false, bonus: 1)
    return (above.pairs, above.rest) < (most.pairs, most.rest)
  }

  /// Whether the chosen pairs are allowed, each chosen once, no capacity is exceeded, and no twin is used twice.
  private var isAdmissible: Bool {
    if graph.usesTwinTwice(chosen) { return false }
    var left = graph.leftCapacity
    var right = graph.rightCapacity
    var node = 0
    var previous: Int32 = -1
    for place in chosen {
      guard place > previous, Int(place) < graph.column.count else { return false }
      previous = place
      while graph.rowStart[node + 1] <= Int(place) { node += 1 }
      left[node] -= 1
      right[Int(graph.column[Int(place)])] -= 1
      guard left[node] >= 0, right[Int(graph.column[Int(place)])] >= 0 else { return false }
    }
    return true
  }
}
