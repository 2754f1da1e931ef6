/// A least-cost assignment of all rows of a dense matrix to different columns, by shortest augmenting paths.
///
/// Reduction by rows with an augmenting reduction of the prices, then one Dijkstra search for each row left free. Prices of
/// columns only fall, from 0, and a column once taken stays taken: so a free column's price is 0 at the end, and the
/// prices prove the optimum of a rectangular matrix, too.
///
/// A search keeps no predecessors: they are found again from the distances on the one path that is used, so that
/// the inner loop is a subtraction and two minima, which the compiler makes into vector instructions. Costs are of a
/// narrow type for the same reason; prices that leave its safe range end the solver with nil, and a wider type is tried.
///
/// Source: Jonker, Volgenant, *A shortest augmenting path algorithm for dense and sparse linear assignment
/// problems*, Computing 38 (1987).
///
/// - Complexity: O(rows² × columns), because each search settles at most as many columns as rows are assigned.
struct JonkerVolgenant<Cost: FixedWidthInteger & SignedInteger> {
  /// The column of each row.
  let columns: [Int32]
  /// The price of each column, ≤ 0; free columns have 0.
  let prices: [Int64]

  /// Columns are looked at in blocks, each with its own minimum.
  static var block: Int { 64 }

  /// The width of a matrix row: whole blocks.
  static func stride(_ columns: Int) -> Int { (columns + block - 1) / block * block }

  /// The cost of a pair that is not allowed, and of the columns beyond the last.
  static var missing: Cost { Cost.max / 4 }

  /// Costs must be 0 ... `limit`, prices and distances must stay within ±`limit`.
  static var limit: Cost { Cost.max / 16 }

  /// Solves a matrix whose rows can all be assigned.
  ///
  /// - Parameters:
  ///   - matrix: `rows` rows of `stride(columnCount)` costs.
  /// - Returns: nil when a price leaves the safe range, or when the rows cannot all be assigned.
  init?(matrix: [Cost], rows: Int, columnCount: Int) {
    let width = Self.stride(columnCount)
    guard rows > 0, rows <= columnCount, matrix.count == rows * width else { return nil }
    var search = JonkerVolgenantSearch<Cost>(matrix, rows: rows, width: width)
    var free = Array(0..<Int32(rows))
    for _ in 0..<2 where !free.isEmpty { search.reduce(&free) }
    for row in free where !search.augment(Int(row)) { return nil }
    columns = search.columnOfRow
    prices = search.price[..<columnCount].map { Int64($0) }
  }
}

/// The working storage of one solution. The inner loops run over spans of one block, whose length the compiler sees: so it
/// checks no index in them, and makes them into vector instructions.
private struct JonkerVolgenantSearch<Cost: FixedWidthInteger & SignedInteger> {
  typealias Solver = JonkerVolgenant<Cost>
  private let matrix: [Cost]
  private let rows: Int
  private let width: Int
  private let blocks: Int
  private(set) var price: [Cost]
  /// The prices, except that settled columns cost so much that they never come back.
  private var offer: [Cost]
  private var distance: [Cost]
  private var least: [Cost]
  private var rowOfColumn: [Int32]
  private(set) var columnOfRow: [Int32]
  private var settled: [(column: Int32, distance: Cost)] = []
  /// Rows of the search with what is subtracted from their costs.
  private var scanned: [(row: Int32, base: Cost)] = []

  init(_ matrix: [Cost], rows: Int, width: Int) {
    self.matrix = matrix
    self.rows = rows
    self.width = width
    blocks = width / Solver.block
    price = Array(repeating: 0, count: width)
    offer = price
    distance = price
    least = Array(repeating: 0, count: blocks)
    rowOfColumn = Array(repeating: -1, count: width)
    columnOfRow = Array(repeating: -1, count: rows)
  }

  /// Augmenting row reduction: each free row takes its cheapest column, and lowers its price to the second cheapest.
  mutating func reduce(_ free: inout [Int32]) {
    var round = FreeRows(free)
    var steps = 8 * rows
    while let row = round.next() {
      steps -= 1
      let (first, low, second, high) = twoLeast(row)
      if steps < 0 || low >= Solver.limit || (high >= Solver.limit && rowOfColumn[first] >= 0) {
        round.leave(row)
        continue
      }
      var column = first
      let strict = low < high && high < Solver.limit
      if strict {
        guard price[first] > -Solver.limit &+ (high &- low) else {
          round.leave(row)
          continue
        }
        price[first] &-= high &- low
      } else if rowOfColumn[first] >= 0, high < Solver.limit {
        column = second
      }
      let holder = rowOfColumn[column]
      columnOfRow[row] = Int32(column)
      rowOfColumn[column] = Int32(row)
      if holder >= 0 {
        columnOfRow[Int(holder)] = -1
        round.displace(holder, comesNext: strict)
      }
    }
    free = round.left
  }

  /// The two least costs minus prices of a row, and their columns.
  private mutating func twoLeast(_ row: Int) -> (first: Int, low: Cost, second: Int, high: Cost) {
    let (matrix, price) = (matrix, price)
    let costs = matrix.span.extracting((row * width)..<((row + 1) * width))
    var low = Cost.max
    var where1 = 0
    for block in 0..<blocks {
      let columns = (block * Solver.block)..<(block * Solver.block + Solver.block)
      let cost = costs.extracting(columns)
      let blockPrice = price.span.extracting(columns)
      var minimum = Cost.max
      for column in 0..<Solver.block { minimum = min(minimum, cost[column] &- blockPrice[column]) }
      least[block] = minimum
      if minimum < low { (low, where1) = (minimum, block) }
    }
    var first = where1 * Solver.block
    while costs[first] &- price[first] != low { first += 1 }
    var high = Cost.max
    var second = first
    let start = where1 * Solver.block
    for column in start..<(start + Solver.block) where column != first {
      let value = costs[column] &- price[column]
      if value < high { (high, second) = (value, column) }
    }
    var where2 = -1
    for block in 0..<blocks where block != where1 && least[block] < high {
      (high, where2) = (least[block], block)
    }
    if where2 >= 0 {
      second = where2 * Solver.block
      while costs[second] &- price[second] != high { second += 1 }
    }
    return (first, low, second, high)
  }

  /// Assigns one free row along a shortest augmenting path; false when prices leave the safe range.
  mutating func augment(_ free: Int) -> Bool {
    settled.removeAll(keepingCapacity: true)
    scanned.removeAll(keepingCapacity: true)
    offer.removeAll(keepingCapacity: true)
    offer.append(contentsOf: price)
    distance.removeAll(keepingCapacity: true)
    distance.append(contentsOf: repeatElement(Solver.missing, count: width))
    var low = scan(free, 0)
    // The first distances may be negative; from here on they only grow.
    while true {
      guard low < Solver.limit, low > -Solver.limit else { return false }
      let (column, isFree) = nearest(low)
      if isFree {
        for (other, near) in settled {
          price[Int(other)] &+= near &- low
          guard price[Int(other)] >= -Solver.limit else { return false }
        }
        turnOver(to: column, low)
        return true
      }
      let row = Int(rowOfColumn[column])
      settled.append((Int32(column), low))
      offer[column] = -Solver.missing
      distance[column] = Solver.missing
      let tight = matrix[row * width + column] &- price[column]
      low = scan(row, tight &- low)
    }
  }

  /// Lowers the distances by the pairs of a row, `base` subtracted; returns the least.
  private mutating func scan(_ row: Int, _ base: Cost) -> Cost {
    scanned.append((Int32(row), base))
    let (matrix, offer) = (matrix, offer)
    let costs = matrix.span.extracting((row * width)..<((row + 1) * width))
    // Taken out and put back, so that the span is of nothing else.
    var own: [Cost] = []
    swap(&own, &distance)
    var distances = own.mutableSpan
    var low = Cost.max
    for block in 0..<blocks {
      let columns = (block * Solver.block)..<(block * Solver.block + Solver.block)
      let cost = costs.extracting(columns)
      let blockOffer = offer.span.extracting(columns)
      var distance = distances._mutatingExtracting(columns)
      var minimum = Cost.max
      for column in 0..<Solver.block {
        let candidate = min(distance[column], cost[column] &- blockOffer[column] &- base)
        distance[column] = candidate
        minimum = min(minimum, candidate)
      }
      least[block] = minimum
      low = min(low, minimum)
    }
    swap(&own, &distance)
    return low
  }

  /// A column at the least distance, a free one if there is one.
  private func nearest(_ low: Cost) -> (column: Int, isFree: Bool) {
    var taken = 0
    for block in 0..<blocks where least[block] == low {
      let start = block * Solver.block
      for column in start..<(start + Solver.block) where distance[column] == low {
        if rowOfColumn[column] < 0 { return (column, true) }
        taken = column
      }
    }
    return (taken, false)
  }

  /// Walks back from the free column: at each column to the scanned row whose pair gave its distance.
  private mutating func turnOver(to end: Int, _ length: Cost) {
    var column = end
    var near = length
    // Prices of settled columns have changed by now; `offset` undoes that.
    var old = price[column]
    var found = scanned.count
    while true {
      found -= 1
      while found > 0 {
        let (row, base) = scanned[found]
        if matrix[Int(row) * width + column] &- old &- base == near { break }
        found -= 1
      }
      let row = Int(scanned[found].row)
      let before = columnOfRow[row]
      columnOfRow[row] = Int32(column)
      rowOfColumn[column] = Int32(row)
      if found == 0 { return }
      // Row `found` was scanned because its own column had been settled, after rows 0 ..< `found`.
      column = Int(before)
      near = settled[found - 1].distance
      old = price[column] &- (near &- length)
    }
  }
}
