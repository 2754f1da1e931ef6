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

  /// Whether every node has capacity 1, so that a solution is a matching.
  var isUnit: Bool { leftCapacity.allSatisfy { $0 == 1 } && rightCapacity.allSatisfy { $0 == 1 } }

  var hasBonus: Bool { leftBonus.contains { $0 != 0 } || rightBonus.contains { $0 != 0 } }

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

  /// The place of the pair (left, right) in `column`, or nil when it is not allowed.
  ///
  /// - Complexity: O(log pairs of the left node), because columns ascend.
  func place(left: Int, right: Int) -> Int? {
    var low = rowStart[left]
    var high = rowStart[left + 1]
    while low < high {
      let middle = (low + high) / 2
      if Int(column[middle]) < right { low = middle + 1 } else { high = middle }
    }
    return low < rowStart[left + 1] && Int(column[low]) == right ? low : nil
  }
}

extension AssignmentProblem {
  /// The connected components of the free pairs, in the order of their least left node.
  ///
  /// Free are the pairs that are not locked and whose nodes both have capacity left beside the locks. Nodes without
  /// free pairs are in no component.
  ///
  /// - Complexity: O(pairs × α), because a disjoint-set forest joins the ends of each pair.
  func components() -> [ComponentGraph] {
    let state = FreeNodes(self)
    var forest = DisjointSets(count: left.count + right.count)
    for node in left.indices where state.leftCapacity[node] > 0 {
      if forest.count == 1 { break }
      for place in rowStart[node]..<rowStart[node + 1] where state.isFree(node, Int(column[place])) {
        forest.join(node, left.count + Int(column[place]))
      }
    }
    if forest.count == 1, locked.isEmpty { return [whole(state)] }
    return split(state, &forest)
  }

  private func whole(_ state: FreeNodes) -> ComponentGraph {
    ComponentGraph(
      leftNodes: left.indices.map { Int32($0) }, rightNodes: right.indices.map { Int32($0) },
      rowStart: rowStart, column: column, score: score, leftCapacity: state.leftCapacity,
      rightCapacity: state.rightCapacity, leftBonus: state.leftBonus, rightBonus: state.rightBonus)
  }

  private func split(_ state: FreeNodes, _ forest: inout DisjointSets) -> [ComponentGraph] {
    var number = [Int32](repeating: -1, count: left.count + right.count)
    var components: [ComponentGraph] = []
    var local = [Int32](repeating: -1, count: right.count)
    var rootOfRight = [Int32](repeating: 0, count: right.count)
    var members: [[Int32]] = []
    for node in left.indices {
      let row = rowStart[node]..<rowStart[node + 1]
      guard state.leftCapacity[node] > 0, row.contains(where: { state.isFree(node, Int(column[$0])) })
      else { continue }
      let root = forest.root(node)
      if number[root] < 0 {
        number[root] = Int32(members.count)
        members.append([])
      }
      members[Int(number[root])].append(Int32(node))
    }
    var rights = [[Int32]](repeating: [], count: members.count)
    for node in right.indices where state.rightCapacity[node] > 0 {
      let component = number[forest.root(left.count + node)]
      rootOfRight[node] = component
      guard component >= 0 else { continue }
      local[node] = Int32(rights[Int(component)].count)
      rights[Int(component)].append(Int32(node))
    }
    components.reserveCapacity(members.count)
    for (lefts, rights) in zip(members, rights) {
      var starts = [0]
      starts.reserveCapacity(lefts.count + 1)
      var columns: [Int32] = []
      var scores: [Int32] = []
      let bound = lefts.reduce(0) { $0 + rowStart[Int($1) + 1] - rowStart[Int($1)] }
      columns.reserveCapacity(bound)
      scores.reserveCapacity(bound)
      for node in lefts {
        for place in rowStart[Int(node)]..<rowStart[Int(node) + 1]
        where state.isFree(Int(node), Int(column[place])) {
          columns.append(local[Int(column[place])])
          scores.append(score[place])
        }
        starts.append(columns.count)
      }
      components.append(
        ComponentGraph(
          leftNodes: lefts, rightNodes: rights, rowStart: starts, column: columns, score: scores,
          leftCapacity: lefts.map { state.leftCapacity[Int($0)] },
          rightCapacity: rights.map { state.rightCapacity[Int($0)] },
          leftBonus: lefts.map { state.leftBonus[Int($0)] },
          rightBonus: rights.map { state.rightBonus[Int($0)] }))
    }
    return components
  }
}

/// What the locked pairs leave of each node.
struct FreeNodes {
  private(set) var leftCapacity: [Int32]
  private(set) var rightCapacity: [Int32]
  private(set) var leftBonus: [Int32]
  private(set) var rightBonus: [Int32]
  private let locked: Set<UInt64>

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
      keys.insert(Self.key(pair.left, pair.right))
    }
    locked = keys
    for twin in problem.twins {
      let pinnedLeft = leftCapacity[Int(twin.left)] < problem.left[Int(twin.left)].capacity
      let pinnedRight = rightCapacity[Int(twin.right)] < problem.right[Int(twin.right)].capacity
      if pinnedLeft { rightCapacity[Int(twin.right)] = 0 }
      if pinnedRight { leftCapacity[Int(twin.left)] = 0 }
    }
  }

  private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  func isFree(_ left: Int, _ right: Int) -> Bool {
    leftCapacity[left] > 0 && rightCapacity[right] > 0
      && (locked.isEmpty || !locked.contains(Self.key(Int32(left), Int32(right))))
  }
}

/// A disjoint-set forest with path halving and union by index: the lesser root stays.
struct DisjointSets {
  private var parent: [Int32]
  /// How many sets there are.
  private(set) var count: Int

  init(count: Int) {
    parent = (0..<count).map { Int32($0) }
    self.count = count
  }

  mutating func root(_ node: Int) -> Int {
    var node = node
    while Int(parent[node]) != node {
      parent[node] = parent[Int(parent[node])]
      node = Int(parent[node])
    }
    return node
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (a, b) = (root(a), root(b))
    guard a != b else { return }
    parent[max(a, b)] = Int32(min(a, b))
    count -= 1
  }
}
