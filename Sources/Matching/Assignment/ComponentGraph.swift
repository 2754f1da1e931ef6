import Basics

/// One connected component of an instance's free pairs, renumbered from zero on each side in the same order.
///
/// Capacities are what the locked pairs left over, at least 1; bonuses are the priorities not yet earned.
struct ComponentGraph: Sendable {
  /// The instance's index of each node, ascending.
  var leftNodes: [Int32]
  var rightNodes: [Int32]
  /// Pairs of left node *i* lie at `rowStart[i] ..< rowStart[i + 1]`, columns ascending.
  var rowStart: [Int]
  var column: [Int32]
  var score: [Int32]
  var leftCapacity: [Int32]
  var rightCapacity: [Int32]
  var leftBonus: [Int32]
  var rightBonus: [Int32]
  /// Nodes of one person on both sides, local.
  var twins: [AssignmentProblem.Twin] = []

  /// Whether every node has capacity 1, so that a solution is a matching.
  var isUnit: Bool { leftCapacity.allSatisfy { $0 == 1 } && rightCapacity.allSatisfy { $0 == 1 } }

  var hasBonus: Bool { leftBonus.contains { $0 != 0 } || rightBonus.contains { $0 != 0 } }

  /// The greatest score.
  var highest: Int32 {
    var most = score.first ?? 0
    for value in score { most = max(most, value) }
    return most
  }

  /// The greatest absolute score.
  var extreme: Int64 {
    var least: Int32 = 0
    var most: Int32 = 0
    for value in score {
      least = min(least, value)
      most = max(most, value)
    }
    return max(Int64(most), -Int64(least))
  }

  /// At least as many as any solution has pairs.
  var pairBound: Int64 {
    min(
      leftCapacity.reduce(Int64(0)) { $0 + Int64(min($1, Int32(clamping: rightNodes.count))) },
      rightCapacity.reduce(Int64(0)) { $0 + Int64(min($1, Int32(clamping: leftNodes.count))) },
      Int64(column.count))
  }

  /// The worth of one unit of priority in this component (``BonusScale``).
  var bonusScale: Int64 {
    guard hasBonus else { return 0 }
    return BonusScale.bonus(pairs: pairBound, extreme: extreme).value
  }

  /// The same nodes with only the pairs whose score is at least `threshold`.
  func keeping(atLeast threshold: Int32) -> ComponentGraph {
    filtered { _, place in score[place] >= threshold }
  }

  /// The same nodes with only the pairs of which `keep` says so, by left node and place.
  func filtered(_ keep: (Int, Int) -> Bool) -> ComponentGraph {
    var kept = self
    kept.rowStart = [0]
    kept.rowStart.reserveCapacity(rowStart.count)
    kept.column = []
    kept.score = []
    for node in leftNodes.indices {
      for place in rowStart[node]..<rowStart[node + 1] where keep(node, place) {
        kept.column.append(column[place])
        kept.score.append(score[place])
      }
      kept.rowStart.append(kept.column.count)
    }
    return kept
  }

  /// By place in `column`: the left node.
  var rowOfPlace: [Int32] {
    var rows = [Int32](repeating: 0, count: column.count)
    for node in leftNodes.indices {
      for place in rowStart[node]..<rowStart[node + 1] { rows[place] = Int32(node) }
    }
    return rows
  }

  /// The places of each right node's pairs, left nodes ascending: those of node *j* are at `start[j] ..< start[j + 1]`.
  var placesByColumn: (start: [Int], place: [Int32]) {
    let start = [Int](startsOf: column, count: rightNodes.count)
    var next = start
    var places = [Int32](repeating: 0, count: column.count)
    for (place, other) in column.enumerated() {
      places[next[Int(other)]] = Int32(truncatingIfNeeded: place)
      next[Int(other)] += 1
    }
    return (start, places)
  }

  /// The place of the pair (left, right) in `column`, or nil when it is not allowed.
  ///
  /// - Complexity: O(log pairs of the left node), because columns ascend.
  func place(left: Int, right: Int) -> Int? {
    column.place(of: Int32(clamping: right), in: rowStart[left]..<rowStart[left + 1])
  }
}

extension [Int32] {
  /// Where the value is in a range of ascending ones; nil where it is not.
  func place(of value: Int32, in range: Range<Int>) -> Int? {
    let place = self[range].partitionPoint { $0 < value }
    return place < range.upperBound && self[place] == value ? place : nil
  }

  /// By number from 0 to `count`: where it is in the list; -1 where it is not.
  func ranks(among count: Int) -> [Int32] {
    var ranks = [Int32](repeating: -1, count: count)
    for (rank, number) in enumerated() { ranks[Int(number)] = Int32(truncatingIfNeeded: rank) }
    return ranks
  }
}

extension [Int] {
  /// Where each number's entries begin, from 0 to `count`, when entries are put in the order of their numbers.
  init(startsOf numbers: some Sequence<Int32>, count: Int) {
    self.init(repeating: 0, count: count + 1)
    for number in numbers { self[Int(number) + 1] += 1 }
    for number in 0..<count { self[number + 1] += self[number] }
  }
}

/// The connected components of an instance's free pairs: their nodes, from which each graph is made when it is needed.
///
/// Free are the pairs that are not locked and whose nodes both have capacity left beside the locks. Nodes without
/// free pairs are in no component. Components come in the order of their least left node.
struct ComponentIndex: Sendable {
  private let problem: AssignmentProblem
  private let free: FreeNodes
  private var lefts: [[Int32]] = []
  private var rights: [[Int32]] = []
  /// The number of each right node within its component.
  private var local: [Int32] = []
  /// Whether the instance is one component with nothing to leave out.
  private let isWhole: Bool

  var count: Int { isWhole ? 1 : lefts.count }

  /// - Complexity: O(pairs × α), because a disjoint-set forest joins the ends of each pair; once all right nodes are
  ///   joined, one pair of each left node is enough.
  init(_ problem: AssignmentProblem) {
    self.problem = problem
    free = FreeNodes(problem)
    let (leftCount, rightCount) = (problem.left.count, problem.right.count)
    var forest = DisjointSets(count: leftCount + rightCount)
    for node in 0..<leftCount where free.leftCapacity[node] > 0 {
      // Left nodes not yet come to are sets of their own.
      let rest = leftCount - node - 1
      for place in problem.rowStart[node]..<problem.rowStart[node + 1]
      where free.isFree(node, Int(problem.column[place])) {
        forest.join(node, leftCount + Int(problem.column[place]))
        if forest.count == rest + 1 { break }
      }
    }
    for twin in free.twins { forest.join(Int(twin.left), leftCount + Int(twin.right)) }
    isWhole = forest.count == 1 && free.isUntouched && leftCount > 0
    if !isWhole { gather(&forest) }
  }

  private mutating func gather(_ forest: inout DisjointSets) {
    let leftCount = problem.left.count
    var number = [Int32](repeating: -1, count: leftCount + problem.right.count)
    for node in problem.left.indices where free.leftCapacity[node] > 0 {
      let row = problem.rowStart[node]..<problem.rowStart[node + 1]
      guard row.contains(where: { free.isFree(node, Int(problem.column[$0])) }) else { continue }
      let root = forest.root(node)
      if number[root] < 0 {
        number[root] = Int32(lefts.count)
        lefts.append([])
      }
      lefts[Int(number[root])].append(Int32(node))
    }
    rights = [[Int32]](repeating: [], count: lefts.count)
    local = [Int32](repeating: -1, count: problem.right.count)
    for node in problem.right.indices where free.rightCapacity[node] > 0 {
      let component = number[forest.root(leftCount + node)]
      guard component >= 0 else { continue }
      local[node] = Int32(rights[Int(component)].count)
      rights[Int(component)].append(Int32(node))
    }
  }

  /// The graph of a component.
  ///
  /// - Complexity: O(its pairs); O(1) when it is the whole instance.
  func graph(_ component: Int) -> ComponentGraph {
    if isWhole {
      return ComponentGraph(
        leftNodes: problem.left.indices.map { Int32($0) },
        rightNodes: problem.right.indices.map { Int32($0) },
        rowStart: problem.rowStart, column: problem.column, score: problem.score,
        leftCapacity: free.leftCapacity, rightCapacity: free.rightCapacity, leftBonus: free.leftBonus,
        rightBonus: free.rightBonus)
    }
    let (lefts, rights) = (lefts[component], rights[component])
    var starts = [0]
    starts.reserveCapacity(lefts.count + 1)
    let bound = lefts.reduce(0) { $0 + problem.rowStart[Int($1) + 1] - problem.rowStart[Int($1)] }
    var columns: [Int32] = []
    var scores: [Int32] = []
    columns.reserveCapacity(bound)
    scores.reserveCapacity(bound)
    for node in lefts {
      for place in problem.rowStart[Int(node)]..<problem.rowStart[Int(node) + 1] {
        let other = Int(problem.column[place])
        guard free.isUntouched || free.isFree(Int(node), other) else { continue }
        columns.append(local[other])
        scores.append(problem.score[place])
      }
      starts.append(columns.count)
    }
    var twins: [AssignmentProblem.Twin] = []
    for (node, global) in lefts.enumerated() {
      if let twin = free.twinOfLeft[global], let other = rights.firstIndex(of: twin) {
        twins.append(.init(left: Int32(node), right: Int32(other)))
      }
    }
    return ComponentGraph(
      leftNodes: lefts, rightNodes: rights, rowStart: starts, column: columns, score: scores,
      leftCapacity: lefts.map { free.leftCapacity[Int($0)] },
      rightCapacity: rights.map { free.rightCapacity[Int($0)] },
      leftBonus: lefts.map { free.leftBonus[Int($0)] }, rightBonus: rights.map { free.rightBonus[Int($0)] },
      twins: twins)
  }
}

extension AssignmentProblem {
  /// One number for a pair of nodes.
  static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  /// The graphs of all components.
  func components() -> [ComponentGraph] {
    let index = ComponentIndex(self)
    return (0..<index.count).map { index.graph($0) }
  }
}

/// What the locked pairs leave of each node.
struct FreeNodes: Sendable {
  private(set) var leftCapacity: [Int32]
  private(set) var rightCapacity: [Int32]
  private(set) var leftBonus: [Int32]
  private(set) var rightBonus: [Int32]
  private let locked: Set<UInt64>
  /// Whether every pair is free.
  private(set) var isUntouched: Bool
  /// Twins with room on both sides.
  private(set) var twins: [AssignmentProblem.Twin] = []
  private(set) var twinOfLeft: [Int32: Int32] = [:]

  init(_ problem: AssignmentProblem) {
    leftCapacity = problem.left.map(\.capacity)
    rightCapacity = problem.right.map(\.capacity)
    leftBonus = problem.left.map(\.priority)
    rightBonus = problem.right.map(\.priority)
    var keys: Set<UInt64> = []
    for pair in problem.locked {
      leftCapacity[Int(pair.left)] -= 1
      rightCapacity[Int(pair.right)] -= 1
      leftBonus[Int(pair.left)] = 0
      rightBonus[Int(pair.right)] = 0
      keys.insert(AssignmentProblem.key(pair.left, pair.right))
    }
    // Nobody is paired with oneself.
    for twin in problem.twins { keys.insert(AssignmentProblem.key(twin.left, twin.right)) }
    locked = keys
    isUntouched = false
    for twin in problem.twins {
      let pinnedLeft = leftCapacity[Int(twin.left)] < problem.left[Int(twin.left)].capacity
      let pinnedRight = rightCapacity[Int(twin.right)] < problem.right[Int(twin.right)].capacity
      if pinnedLeft { rightCapacity[Int(twin.right)] = 0 }
      if pinnedRight { leftCapacity[Int(twin.left)] = 0 }
      if leftCapacity[Int(twin.left)] > 0, rightCapacity[Int(twin.right)] > 0 {
        twins.append(twin)
        twinOfLeft[twin.left] = twin.right
      }
    }
    isUntouched = keys.isEmpty && leftCapacity.allSatisfy { $0 > 0 } && rightCapacity.allSatisfy { $0 > 0 }
  }

  func isFree(_ left: Int, _ right: Int) -> Bool {
    isUntouched
      || leftCapacity[left] > 0 && rightCapacity[right] > 0
        && (locked.isEmpty || !locked.contains(AssignmentProblem.key(Int32(left), Int32(right))))
  }
}
