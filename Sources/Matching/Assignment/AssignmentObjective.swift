/// What is optimised, most important first; both begin with most pairs, then most priority placed.
package enum AssignmentObjective: String, Sendable, CaseIterable {
  /// Then the worst pair of each connected component as good as it can be, then the total.
  case fair
  /// Then the total alone.
  case total
}

/// The worth of a set of free pairs, compared lexicographically as the objective orders it.
///
/// Locked pairs are kept whatever their score and count in none of these figures.
package struct AssignmentValue: Equatable, Sendable {
  /// How many free pairs there are.
  package var pairs: Int
  /// The priorities of all nodes that have a free pair, summed.
  package var priority: Int
  /// The least score among the free pairs; nil without any.
  package var worst: Int?
  /// The scores of the free pairs, summed.
  package var total: Int

  /// Whether this is worth strictly more than `other`, of the same component, under `objective`.
  package func exceeds(_ other: AssignmentValue, under objective: AssignmentObjective) -> Bool {
    if pairs != other.pairs { return pairs > other.pairs }
    if priority != other.priority { return priority > other.priority }
    if objective == .fair {
      let mine = worst ?? Int.max
      let theirs = other.worst ?? Int.max
      if mine != theirs { return mine > theirs }
    }
    return total > other.total
  }

  /// Whether `a` comes before `b` in a list of the best first; ties by the number beside the value.
  static func precedes<Tie: Comparable>(
    _ a: (value: AssignmentValue, tie: Tie), _ b: (value: AssignmentValue, tie: Tie),
    under objective: AssignmentObjective
  ) -> Bool {
    if a.value.exceeds(b.value, under: objective) { return true }
    return !b.value.exceeds(a.value, under: objective) && a.tie < b.tie
  }
}
