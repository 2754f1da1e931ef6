/// What the assignment solver refuses: an instance that is no instance, or one whose sums could overflow.
package enum AssignmentError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A pair names a node that does not exist (indices are dense: 0 ..< count of its side).
  case nodeOutOfRange(left: Int32, right: Int32)
  /// The same pair is given twice; give each pair once, with one score.
  case duplicatePair(left: Int32, right: Int32)
  /// A node has a capacity below zero.
  case negativeCapacity(Int32)
  /// A priority lies outside 0 ... 1000.
  case priorityOutOfRange(Int32)
  /// More pairs are locked at a node than it has capacity for; raise the capacity or unlock one.
  case lockedBeyondCapacity(left: Int32?, right: Int32?)
  /// A score lies outside ±1,000,000,000; scale the scores down.
  case scoreOutOfRange(Int64)
  /// Priorities, scores and nodes together could overflow 64 bits; scale the scores down.
  case instanceTooLarge
  /// A twin is used twice, or its two nodes do not both have capacity 0 or 1.
  case invalidTwin(left: Int32, right: Int32)

  package var description: String {
    switch self {
    case .nodeOutOfRange(let left, let right):
      "pair (\(left), \(right)) names a node that does not exist; declare every node"
    case .duplicatePair(let left, let right):
      "pair (\(left), \(right)) is given twice; give each pair once, with one score"
    case .negativeCapacity(let capacity):
      "capacity \(capacity) is below zero; give 0 or more"
    case .priorityOutOfRange(let priority):
      "priority \(priority) lies outside 0...1000; give a smaller one"
    case .lockedBeyondCapacity(let left, let right):
      "more pairs are locked at \(left.map { "left \($0)" } ?? right.map { "right \($0)" } ?? "a node")"
        + " than its capacity allows; raise the capacity or unlock one"
    case .scoreOutOfRange(let score):
      "score \(score) lies outside ±1000000000; scale the scores down"
    case .instanceTooLarge:
      "scores, priorities and nodes together exceed 64 bits; scale the scores down"
    case .invalidTwin(let left, let right):
      "left \(left) and right \(right) cannot be one person; a twin has capacity 0 or 1 and one partner node"
    }
  }
}
