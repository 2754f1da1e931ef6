import Basics

/// The last, long searches of ``SparseAssignment``, made together: a forest of alternating trees, one from each free row,
/// that is kept while paths are augmented.
///
/// All free rows are sources of one Dijkstra search. When it comes to a free column, the tree that found it gives
/// its path: trees share no node, so the others stay as they are. Before the distance grows, the trees used up
/// are taken out: their prices are brought up to date, their columns lose their distances, and the rows of the other
/// trees look at these columns again. The distances of what remains stay valid in the same frame, because prices of a
/// tree's columns move with the distance reached and those outside do not move.
///
/// Source: Ahuja, Magnanti, Orlin, *Network Flows* (1993), section 12.4, with several sources.
///
/// - Complexity: O(rounds × searched pairs + searched pairs × log rows); a round takes at least one tree out.
extension SparseAssignment {
  /// Assigns all free rows; false when they cannot be.
  mutating func growForest(_ free: [Int32]) -> Bool {
    search += 2
    queue.removeAll()
    near.removeAll(keepingCapacity: true)
    settled.removeAll(keepingCapacity: true)
    labelled.removeAll(keepingCapacity: true)
    var roots = free
    for row in roots {
      let least = twoLeast(Int(row)).low
      guard least < Int64.max else { return false }
      rows[Int(row)].root = row
      open(Int(row), base: -least, reach: 0)
    }
    var reach: Int64 = 0
    var used = 0
    while used < roots.count {
      if let column = near.popLast() {
        if settle(Int(column), reach) { used += 1 }
        continue
      }
      if let (bound, item) = queue.pop(from: reach, to: used > 0 ? reach : Int64.max) {
        reach = bound
        follow(item, bound)
      } else if used > 0 {
        takeOut(&roots, reach)
        used = 0
        for row in roots { lookAgain(Int(row), reach) }
        for column in settled { lookAgain(Int(columns[Int(column)].row), reach) }
      } else {
        return false
      }
    }
    takeOut(&roots, reach)
    return true
  }

  /// Goes on with a row, or with a column whose distance is the bound, unless they have left the forest since.
  private mutating func follow(_ item: Int32, _ bound: Int64) {
    guard item < 0 else {
      let column = Int(item)
      if columns[column].search == search, columns[column].distance == bound { near.append(item) }
      return
    }
    let row = Int(~item)
    let seen = Int(rows[row].seen)
    guard rows[row].root >= 0, !isUsed(rows[row].root), seen < Int(ordered.count[row]),
      rows[row].base + Int64(ordered.keys[ordered.start[row] + seen] >> 32) == bound
    else { return }
    grow(row, bound)
  }

  /// Whether a tree has given its path: its root is assigned.
  private func isUsed(_ root: Int32) -> Bool { rows[Int(root)].column >= 0 }

  /// Makes a column's distance final; returns whether it was free and its tree gave a path.
  private mutating func settle(_ column: Int, _ reach: Int64) -> Bool {
    guard columns[column].search == search, columns[column].distance == reach else { return false }
    let root = columns[column].root
    if isUsed(root) { return false }
    let row = Int(columns[column].row)
    columns[column].search = search + 1
    settled.append(Int32(column))
    guard row >= 0 else {
      turnOver(to: column, Int(root))
      return true
    }
    rows[row].root = root
    open(row, base: reach - (rows[row].cost - columns[column].price), reach: reach)
    return false
  }

  private mutating func open(_ row: Int, base: Int64, reach: Int64) {
    rows[row].base = base
    rows[row].seen = 0
    grow(row, reach)
  }

  /// Looks at the row's next pairs whose bound is at most `reach`.
  private mutating func grow(_ row: Int, _ reach: Int64) {
    let base = rows[row].base
    let root = rows[row].root
    var seen = Int(rows[row].seen)
    while let key = ordered.key(row, at: seen) {
      let bound = base + Int64(key >> 32)
      if bound > reach {
        queue.push(bound, ~Int32(row), from: reach)
        break
      }
      seen += 1
      label(Int(key & 0xFFFF_FFFF), bound, row, root, reach)
    }
    rows[row].seen = Int32(seen)
  }

  @inline(__always)
  private mutating func label(_ column: Int, _ bound: Int64, _ row: Int, _ root: Int32, _ reach: Int64) {
    let distance = bound - columns[column].price
    let mark = columns[column].search
    if mark >= search {
      if columns[column].distance <= distance { return }
    } else {
      labelled.append(Int32(column))
    }
    columns[column].search = search
    columns[column].distance = distance
    columns[column].from = Int32(row)
    columns[column].root = root
    if distance <= reach {
      near.append(Int32(column))
    } else {
      queue.push(distance, Int32(column), from: reach)
    }
  }

  /// Takes the trees out that gave a path; what is left of `settled` and `labelled` belongs to the others.
  private mutating func takeOut(_ roots: inout [Int32], _ reach: Int64) {
    var kept = 0
    for column in settled {
      guard isUsed(columns[Int(column)].root) else {
        settled[kept] = column
        kept += 1
        continue
      }
      columns[Int(column)].price += columns[Int(column)].distance - reach
      rows[Int(columns[Int(column)].row)].root = -1
    }
    settled.removeLast(settled.count - kept)
    kept = 0
    for column in labelled {
      guard isUsed(columns[Int(column)].root) else {
        labelled[kept] = column
        kept += 1
        continue
      }
      columns[Int(column)].search = 0
    }
    labelled.removeLast(labelled.count - kept)
    roots.removeAll { isUsed($0) }
  }

  /// Looks at the pairs that the row has seen for columns that lost their distance.
  private mutating func lookAgain(_ row: Int, _ reach: Int64) {
    let start = ordered.start[row]
    let base = rows[row].base
    let root = rows[row].root
    for index in 0..<Int(rows[row].seen) {
      let key = ordered.keys[start + index]
      let column = Int(key & 0xFFFF_FFFF)
      // A distance once given is at most what this row offered before.
      if columns[column].search >= search, columns[column].distance <= reach { continue }
      label(column, base + Int64(key >> 32), row, root, reach)
    }
  }
}
