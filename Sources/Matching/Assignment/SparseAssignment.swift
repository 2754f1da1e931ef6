import Basics

/// A least-cost assignment of all rows of a sparse problem, by shortest augmenting paths over ordered rows.
///
/// As ``JonkerVolgenant``, but a row's pairs are looked at in the order of their costs and no further than needed:
/// prices only fall from 0, so that a cost is a lower bound on the reduced cost, and the search advances each row
/// pair by pair as its distance comes up to the next bound. Of fifty pairs a row rarely more than ten are seen.
///
/// - Complexity: O(rows × searched pairs × log rows); exact, in 64 bits.
struct SparseAssignment: ~Copyable {
  var ordered: OrderedRows
  let rowCount: Int
  let columnCount: Int
  let columns: Cells<Column>
  let rows: Cells<Row>
  var queue = BoundQueue()
  var near: [Int32] = []
  var settled: [Int32] = []
  var search: Int32 = 0
  /// Columns with a distance in the forest.
  var labelled: [Int32] = []

  struct Column {
    var price: Int64 = 0
    var distance: Int64 = 0
    /// The row that holds the column, or -1.
    var row: Int32 = -1
    /// The row that the search came from.
    var from: Int32 = -1
    /// The search that `distance` belongs to; in a forest one more when the distance is final.
    var search: Int32 = 0
    /// The free row whose tree the column is in.
    var root: Int32 = -1
  }

  struct Row {
    /// What is added to a pair's cost to make a distance.
    var base: Int64 = 0
    /// The cost of the row's own pair.
    var cost: Int64 = 0
    var column: Int32 = -1
    /// How many of the row's keys the search has seen.
    var seen: Int32 = 0
    /// The free row whose tree the row is in, or -1.
    var root: Int32 = -1
  }

  /// Solves a problem whose rows can all be assigned; nil when they cannot.
  ///
  /// - Parameter patience: how many times all rows the single searches may settle, by estimate, before the forest.
  static func solve(_ source: RowSource, columnCount: Int, patience: Int = 4) -> RowOptimum? {
    var solver = SparseAssignment(source, columnCount: columnCount)
    return solver.run(patience)
  }

  private init(_ source: RowSource, columnCount: Int) {
    ordered = OrderedRows(source)
    rowCount = source.rowCount
    self.columnCount = columnCount
    columns = Cells(repeating: Column(), count: columnCount)
    rows = Cells(repeating: Row(), count: source.rowCount)
  }

  private mutating func run(_ patience: Int) -> RowOptimum? {
    var free = Array(0..<Int32(rowCount))
    for _ in 0..<4 where !free.isEmpty { reduce(&free) }
    // One search a row while searches are small; later all rows share one (``growForest``).
    var effort = 0
    while patience > 0, let row = free.popLast() {
      guard augment(Int(row)) else { return nil }
      effort += (settled.count - effort) / 16
      if effort * free.count > patience * rowCount { break }
    }
    guard growForest(free) else { return nil }
    return RowOptimum(
      columns: (0..<rowCount).map { rows[$0].column }, prices: (0..<columnCount).map { columns[$0].price })
  }

  /// Each free row takes its cheapest column, and lowers its price to the second cheapest.
  private mutating func reduce(_ free: inout [Int32]) {
    var round = FreeRows(free)
    var steps = 16 * free.count
    while let row = round.next() {
      steps -= 1
      let (first, low, cost, high) = twoLeast(row)
      if steps < 0 || first < 0 || (high == Int64.max && columns[first].row >= 0) {
        round.leave(row)
        continue
      }
      let holder = columns[first].row
      let strict = low < high && high < Int64.max
      if strict { columns[first].price -= high - low }
      columns[first].row = Int32(row)
      rows[row].column = Int32(first)
      rows[row].cost = cost
      if holder >= 0 {
        rows[Int(holder)].column = -1
        round.displace(holder, comesNext: strict)
      }
    }
    free = round.left
  }

  /// A cheapest column of a row, a free one if there is one, its reduced and its plain cost; and the second least.
  mutating func twoLeast(_ row: Int) -> (first: Int, low: Int64, cost: Int64, high: Int64) {
    var first = -1
    var plain: Int64 = 0
    var low = Int64.max
    var high = Int64.max
    var index = 0
    while let key = ordered.key(row, at: index) {
      let cost = Int64(key >> 32)
      if cost >= high { break }
      let column = Int(key & 0xFFFF_FFFF)
      let value = cost - columns[column].price
      if value < low || (value == low && columns[first].row >= 0 && columns[column].row < 0) {
        (high, low, plain, first) = (low, value, cost, column)
      } else if value < high {
        high = value
      }
      index += 1
    }
    return (first, low, plain, high)
  }

  /// Assigns one free row along a shortest augmenting path.
  private mutating func augment(_ free: Int) -> Bool {
    search += 1
    queue.removeAll()
    near.removeAll(keepingCapacity: true)
    settled.removeAll(keepingCapacity: true)
    rows[free].base = 0
    rows[free].seen = 0
    var reach: Int64 = 0
    var end = advance(free, reach)
    while end < 0 {
      if let column = near.popLast() {
        settled.append(column)
        let row = Int(columns[Int(column)].row)
        rows[row].base = reach - (rows[row].cost - columns[Int(column)].price)
        rows[row].seen = 0
        end = advance(row, reach)
      } else {
        guard let (bound, item) = queue.pop(from: reach) else { return false }
        reach = bound
        if item < 0 {
          end = advance(Int(~item), reach)
        } else if columns[Int(item)].distance == bound {
          near.append(item)
        }
      }
    }
    for column in settled { columns[Int(column)].price += columns[Int(column)].distance - reach }
    turnOver(to: end, free)
    return true
  }

  /// Looks at the row's pairs whose bound is at most `reach`; returns a free column among them, or -1.
  private mutating func advance(_ row: Int, _ reach: Int64) -> Int {
    let base = rows[row].base
    var seen = Int(rows[row].seen)
    while let key = ordered.key(row, at: seen) {
      let bound = base + Int64(key >> 32)
      if bound > reach {
        queue.push(bound, ~Int32(row), from: reach)
        break
      }
      seen += 1
      let column = Int(key & 0xFFFF_FFFF)
      if columns[column].row < 0 {
        // A free column's price is 0: the bound is its distance.
        columns[column].from = Int32(row)
        return column
      }
      let distance = bound - columns[column].price
      if columns[column].search == search, columns[column].distance <= distance { continue }
      columns[column].search = search
      columns[column].distance = distance
      columns[column].from = Int32(row)
      if distance <= reach {
        near.append(Int32(column))
      } else {
        queue.push(distance, Int32(column), from: reach)
      }
    }
    rows[row].seen = Int32(seen)
    return -1
  }

  mutating func turnOver(to end: Int, _ free: Int) {
    var column = Int32(end)
    while true {
      let row = Int(columns[Int(column)].from)
      let before = rows[row].column
      rows[row].column = column
      columns[Int(column)].row = Int32(row)
      rows[row].cost = cost(row, column)
      if row == free { return }
      column = before
    }
  }

  /// The cost of one of the row's pairs that a search has seen.
  private func cost(_ row: Int, _ column: Int32) -> Int64 {
    var index = ordered.start[row]
    while UInt32(truncatingIfNeeded: ordered.keys[index]) != UInt32(column) { index += 1 }
    return Int64(ordered.keys[index] >> 32)
  }
}
