/// A bipartite assignment instance: nodes with capacities and priorities, allowed pairs with scores.
///
/// Nodes are dense indices of each side; **the caller numbers them in the order of their sorted identifiers**,
/// because the canonical optimum breaks every tie by these indices and by nothing else. The order in which the
/// pairs are given is irrelevant: they are stored by (left, right).
///
/// - A *capacity* is how many pairs a node may have (0: none). A pair of nodes is joined at most once.
/// - A *priority* (0 ... 1000) is earned once when the node has at least one pair: an applicant who waited in an
///   earlier cohort gets one, and so counts first among those who would be left out. It is second in rank: it never
///   costs a pair, and any score yields to it.
/// - A *locked* pair is kept whatever the score; it takes one unit of capacity at both ends and earns both
///   priorities beforehand. It need not be among the allowed pairs; when it is, that pair is not chosen again.
/// - A *twin* is one person who is on both sides (`either`) and may be used on one of them only.
package struct AssignmentProblem: Sendable {
  /// One node of either side.
  package struct Node: Equatable, Sendable {
    /// How many pairs the node may have.
    package var capacity: Int32
    /// What it is worth to place the node, before any score.
    package var priority: Int32

    package init(capacity: Int32 = 1, priority: Int32 = 0) {
      self.capacity = capacity
      self.priority = priority
    }
  }

  /// One allowed (or locked) pair with its score: higher is better, negative and zero are scores like any other.
  package struct Pair: Equatable, Hashable, Sendable {
    package var left: Int32
    package var right: Int32
    package var score: Int32

    package init(left: Int32, right: Int32, score: Int32) {
      self.left = left
      self.right = right
      self.score = score
    }
  }

  /// One person's node on the left and on the right.
  package struct Twin: Equatable, Sendable {
    package var left: Int32
    package var right: Int32
  }

  package let left: [Node]
  package let right: [Node]
  package let locked: [Pair]
  package let twins: [Twin]
  /// Pairs of left node *i* lie at `rowStart[i] ..< rowStart[i + 1]` of `column` and `score`, columns ascending.
  package let rowStart: [Int]
  package let column: [Int32]
  package let score: [Int32]

  /// The greatest absolute score accepted.
  package static let scoreLimit: Int32 = 1_000_000_000

  /// Makes an instance of `pairs`, in any order.
  ///
  /// - Throws: ``AssignmentError`` when a pair is out of range or given twice, when a lock exceeds a capacity, or
  ///   when the sums of the instance could overflow.
  /// - Complexity: O(pairs + nodes), because two counting sorts put the pairs in order.
  package init(
    left: [Node], right: [Node], pairs: [Pair], locked: [Pair] = [], twins: [Twin] = []
  ) throws(AssignmentError) {
    guard pairs.count < Int(Int32.max) else { throw .instanceTooLarge }
    for pair in pairs {
      guard left.indices.contains(Int(pair.left)), right.indices.contains(Int(pair.right)) else {
        throw .nodeOutOfRange(left: pair.left, right: pair.right)
      }
    }
    var rightStart = [Int](startsOf: pairs.lazy.map(\.right), count: right.count)
    var byRight = [Int32](repeating: 0, count: pairs.count)
    for (index, pair) in pairs.enumerated() {
      byRight[rightStart[Int(pair.right)]] = Int32(truncatingIfNeeded: index)
      rightStart[Int(pair.right)] += 1
    }
    let rowStart = [Int](startsOf: pairs.lazy.map(\.left), count: left.count)
    var next = rowStart
    var column = [Int32](repeating: 0, count: pairs.count)
    var score = [Int32](repeating: 0, count: pairs.count)
    for index in byRight {
      let pair = pairs[Int(index)]
      let place = next[Int(pair.left)]
      column[place] = pair.right
      score[place] = pair.score
      next[Int(pair.left)] += 1
    }
    try self.init(
      left: left, right: right, rowStart: rowStart, column: column, score: score, locked: locked,
      twins: twins)
  }

  /// Makes an instance of rows already in order.
  ///
  /// - Throws: as the other initialiser; also when the columns of a row do not ascend.
  package init(
    left: [Node], right: [Node], rowStart: [Int], column: [Int32], score: [Int32], locked: [Pair] = [],
    twins: [Twin] = []
  ) throws(AssignmentError) {
    precondition(rowStart.count == left.count + 1 && column.count == score.count)
    var extreme: Int64 = 0
    for node in left.indices {
      var previous: Int32 = -1
      for place in rowStart[node]..<rowStart[node + 1] {
        let other = column[place]
        guard other >= 0, Int(other) < right.count else {
          throw .nodeOutOfRange(left: Int32(node), right: other)
        }
        guard other > previous else { throw .duplicatePair(left: Int32(node), right: other) }
        previous = other
        extreme = max(extreme, Int64(score[place].magnitude))
      }
    }
    guard extreme <= Int64(Self.scoreLimit) else { throw .scoreOutOfRange(extreme) }
    self.left = left
    self.right = right
    self.rowStart = rowStart
    self.column = column
    self.score = score
    self.locked = locked.sorted { ($0.left, $0.right) < ($1.left, $1.right) }
    self.twins = twins.sorted { ($0.left, $0.right) < ($1.left, $1.right) }
    try check(extreme: extreme)
  }

  /// A component of a checked instance as an instance of its own; its sums are no greater, so that nothing is checked again.
  ///
  /// - Parameter locked: pairs of its nodes, within their capacities, by the component's indices.
  init(part graph: ComponentGraph, locked: [Pair] = []) {
    left = zip(graph.leftCapacity, graph.leftBonus).map { Node(capacity: $0, priority: $1) }
    right = zip(graph.rightCapacity, graph.rightBonus).map { Node(capacity: $0, priority: $1) }
    rowStart = graph.rowStart
    column = graph.column
    score = graph.score
    self.locked = locked
    twins = graph.twins
  }

  /// How many allowed pairs there are.
  package var pairCount: Int { column.count }

  private func check(extreme: Int64) throws(AssignmentError) {
    var highest: Int64 = 0
    for node in left + right {
      guard node.capacity >= 0 else { throw .negativeCapacity(node.capacity) }
      guard (0...1000).contains(node.priority) else { throw .priorityOutOfRange(node.priority) }
      highest = max(highest, Int64(node.priority))
    }
    var usedLeft: [Int32: Int32] = [:]
    var usedRight: [Int32: Int32] = [:]
    var previous: Pair?
    for pair in locked {
      guard left.indices.contains(Int(pair.left)), right.indices.contains(Int(pair.right)) else {
        throw .nodeOutOfRange(left: pair.left, right: pair.right)
      }
      if let previous, previous.left == pair.left, previous.right == pair.right {
        throw .duplicatePair(left: pair.left, right: pair.right)
      }
      previous = pair
      guard pair.score.magnitude <= Self.scoreLimit.magnitude else {
        throw .scoreOutOfRange(Int64(pair.score))
      }
      usedLeft[pair.left, default: 0] += 1
      usedRight[pair.right, default: 0] += 1
      if usedLeft[pair.left, default: 0] > left[Int(pair.left)].capacity {
        throw .lockedBeyondCapacity(left: pair.left, right: nil)
      }
      if usedRight[pair.right, default: 0] > right[Int(pair.right)].capacity {
        throw .lockedBeyondCapacity(left: nil, right: pair.right)
      }
    }
    try checkTwins(usedLeft: usedLeft, usedRight: usedRight)
    // A potential is at most (pairs of a path) × (two bonuses and a score), see `BonusScale`.
    let most = Int128(min(left.count, right.count)) + 1
    let (scale, overflow) = BonusScale.bonus(pairs: pairBound, extreme: extreme)
    let step = Int128(highest) * 4 * Int128(scale)
    guard !overflow, step < Int128(Int64.max / 8) else { throw .instanceTooLarge }
    guard (step + 4 * Int128(extreme)) * 2 * most < Int128(Int64.max / 4) else { throw .instanceTooLarge }
    guard twins.isEmpty || TwinWeights.fit(pairs: pairBound, extreme: extreme, priority: highest) else {
      throw .instanceTooLarge
    }
  }

  /// Where the pair lies in `column`; nil when it is not allowed.
  func place(left: Int, right: Int32) -> Int? {
    column.place(of: right, in: rowStart[left]..<rowStart[left + 1])
  }

  /// At least as many as any solution has pairs.
  var pairBound: Int64 {
    let leftTotal = left.reduce(Int64(0)) { $0 + Int64(min($1.capacity, Int32(clamping: right.count))) }
    let rightTotal = right.reduce(Int64(0)) { $0 + Int64(min($1.capacity, Int32(clamping: left.count))) }
    return min(leftTotal, rightTotal, Int64(pairCount))
  }

  private func checkTwins(
    usedLeft: [Int32: Int32], usedRight: [Int32: Int32]
  ) throws(AssignmentError) {
    var seenLeft: Set<Int32> = []
    var seenRight: Set<Int32> = []
    for twin in twins {
      guard left.indices.contains(Int(twin.left)), right.indices.contains(Int(twin.right)) else {
        throw .nodeOutOfRange(left: twin.left, right: twin.right)
      }
      guard seenLeft.insert(twin.left).inserted, seenRight.insert(twin.right).inserted,
        left[Int(twin.left)].capacity <= 1, right[Int(twin.right)].capacity <= 1
      else { throw .invalidTwin(left: twin.left, right: twin.right) }
      if usedLeft[twin.left, default: 0] + usedRight[twin.right, default: 0] > 1 {
        throw .lockedBeyondCapacity(left: twin.left, right: nil)
      }
    }
  }
}

/// The factor that makes one unit of priority outweigh every score.
enum BonusScale {
  /// 1 + 4 × pairs × |score|: two solutions differ by less than half of it in their totals, so that a change of
  /// `bonus × priority + total` determines both parts.
  static func bonus(pairs: Int64, extreme: Int64) -> (value: Int64, overflow: Bool) {
    let product = pairs.multipliedReportingOverflow(by: 4 &* extreme)
    let sum = product.partialValue.addingReportingOverflow(1)
    return (sum.partialValue, product.overflow || sum.overflow)
  }
}
