/// A matching of most pairs in a component of unit capacities, by depth-first search with lookahead.
///
/// Every phase searches from all free left nodes over left nodes not yet seen in the phase; a lookahead that never goes
/// back finds free neighbours first. The phases end when one finds nothing.
///
/// Source: Pothen, Fan, *Computing the block triangular form of a sparse matrix*, ACM TOMS 16 (1990).
///
/// - Complexity: O(phases × pairs); few phases in practice.
struct MaximumMatching {
  /// The partner of each node, or -1.
  private(set) var ofLeft: [Int32]
  private(set) var ofRight: [Int32]
  /// How many pairs there are.
  private(set) var count = 0

  init(_ graph: ComponentGraph) {
    ofLeft = [Int32](repeating: -1, count: graph.leftNodes.count)
    ofRight = [Int32](repeating: -1, count: graph.rightNodes.count)
    greet(graph)
    guard count < min(ofLeft.count, ofRight.count) else { return }
    var ahead = Array(graph.rowStart.dropLast())
    var cursor = ahead
    var seen = [Int32](repeating: 0, count: ofRight.count)
    var phase: Int32 = 0
    var free = ofLeft.indices.filter { ofLeft[$0] < 0 }
    var path: [Int32] = []
    var found = true
    while found && !free.isEmpty {
      found = false
      phase += 1
      for node in cursor.indices { cursor[node] = graph.rowStart[node] }
      free.removeAll { root in
        guard descend(graph, root, phase, &ahead, &cursor, &seen, &path) else { return false }
        found = true
        count += 1
        return true
      }
    }
  }

  /// Gives each left node a free neighbour if it has one, looking from a different place in each row.
  private mutating func greet(_ graph: ComponentGraph) {
    let count = graph.leftNodes.count
    for node in 0..<count {
      let row = graph.rowStart[node]..<graph.rowStart[node + 1]
      let middle = row.lowerBound + row.count * node / count
      for place in middle..<row.upperBound where ofRight[Int(graph.column[place])] < 0 {
        join(node, Int(graph.column[place]))
        break
      }
      if ofLeft[node] >= 0 { continue }
      for place in row.lowerBound..<middle where ofRight[Int(graph.column[place])] < 0 {
        join(node, Int(graph.column[place]))
        break
      }
    }
  }

  private mutating func join(_ left: Int, _ right: Int) {
    ofLeft[left] = Int32(right)
    ofRight[right] = Int32(left)
    count += 1
  }

  private mutating func descend(
    _ graph: ComponentGraph, _ root: Int, _ phase: Int32, _ ahead: inout [Int], _ cursor: inout [Int],
    _ seen: inout [Int32], _ path: inout [Int32]
  ) -> Bool {
    path.removeAll(keepingCapacity: true)
    var left = root
    while true {
      let end = graph.rowStart[left + 1]
      while ahead[left] < end {
        let right = Int(graph.column[ahead[left]])
        ahead[left] += 1
        if ofRight[right] < 0 {
          seen[right] = phase
          turnOver(path, left, right)
          return true
        }
      }
      var next = -1
      while cursor[left] < end {
        let right = Int(graph.column[cursor[left]])
        cursor[left] += 1
        if seen[right] != phase {
          seen[right] = phase
          next = right
          break
        }
      }
      if next >= 0 {
        path.append(Int32(left))
        left = Int(ofRight[next])
      } else if let back = path.popLast() {
        left = Int(back)
      } else {
        return false
      }
    }
  }

  /// Moves each left node of the path to the partner of the next, and the last to `right`.
  private mutating func turnOver(_ path: [Int32], _ last: Int, _ right: Int) {
    var left = last
    var new = Int32(right)
    for before in path.reversed() {
      let old = ofLeft[left]
      ofLeft[left] = new
      ofRight[Int(new)] = Int32(left)
      new = old
      left = Int(before)
    }
    ofLeft[left] = new
    ofRight[Int(new)] = Int32(left)
  }

  /// Kőnig's cover: which nodes the free left nodes reach over alternating paths.
  ///
  /// The left nodes not reached and the right nodes reached cover every pair, and are as many as the matching has.
  ///
  /// - Complexity: O(pairs), because each left node reached is expanded once; less when all right nodes are reached.
  func reached(_ graph: ComponentGraph) -> (left: [Bool], right: [Bool]) {
    var left = ofLeft.map { $0 < 0 }
    var right = [Bool](repeating: false, count: ofRight.count)
    var queue = left.indices.filter { left[$0] }
    var unseen = right.count
    while unseen > 0, let node = queue.popLast() {
      for place in graph.rowStart[node]..<graph.rowStart[node + 1] {
        let other = Int(graph.column[place])
        if right[other] { continue }
        right[other] = true
        unseen -= 1
        // A free right node cannot be reached: the matching is a greatest one.
        let mate = Int(ofRight[other])
        if mate >= 0, !left[mate] {
          left[mate] = true
          queue.append(mate)
        }
      }
    }
    return (left, right)
  }

  /// The cover as potentials that prove the number of pairs.
  func dual(_ graph: ComponentGraph) -> DualPotentials { DualPotentials(reached: reached(graph)) }
}
