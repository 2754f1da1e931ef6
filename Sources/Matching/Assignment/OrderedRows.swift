/// The pairs of each row by ascending cost, found no further than they are asked for.
///
/// A row's cheapest pairs are selected first; when a search has used them up, the next cheapest are, twice as many each
/// time. A key is the cost in the upper half and the column in the lower, so that keys of a row differ.
///
/// - Complexity: selecting *k* keys of a row of *d* pairs is O(d + k log k) on average.
struct OrderedRows: ~Copyable {
  private var source: RowSource
  /// Keys of all rows; each row has a segment that moves to the end when it grows.
  private(set) var keys: [UInt64] = []
  /// Where each row's keys begin, and how many there are so far.
  private(set) var start: [Int]
  private(set) var count: [Int32]
  private(set) var rowCount: Int
  private var scratch: [UInt64] = []
  private var guess: Int64 = 0

  init(_ source: RowSource, first: Int = 16) {
    self.source = source
    rowCount = source.rowCount
    start = Array(repeating: 0, count: rowCount)
    count = Array(repeating: 0, count: rowCount)
    keys.reserveCapacity(rowCount * (first + 1))
    for row in 0..<rowCount { extend(row, to: first) }
  }

  /// The row's key at a place in order of cost, put in order now if it was not; nil: the row has no more.
  @inline(__always)
  mutating func key(_ row: Int, at place: Int) -> UInt64? {
    if place == Int(count[row]) {
      guard hasMore(row) else { return nil }
      // Twice as many as there are.
      extend(row, to: max(16, 2 * Int(count[row])))
    }
    return keys[start[row] + place]
  }

  /// Whether the row has pairs beyond those in order.
  private func hasMore(_ row: Int) -> Bool { Int(count[row]) < source.degree(row) }

  private mutating func extend(_ row: Int, to wanted: Int) {
    let have = Int(count[row])
    let total = source.degree(row)
    let target = min(total, wanted + wanted / 4 >= total ? total : wanted)
    guard target > have else { return }
    scratch.removeAll(keepingCapacity: true)
    let beyond = have == 0 ? nil : keys[start[row] + have - 1]
    // A long row's cheapest pairs cost about what the last long row's did: one look skips most pairs.
    let isLong = have == 0 && total > 16 * target
    if isLong { source.collect(row, after: nil, below: guess, into: &scratch) }
    if scratch.count < target - have {
      scratch.removeAll(keepingCapacity: true)
      source.collect(row, after: beyond, below: Int64.max, into: &scratch)
    }
    let needed = min(target - have, scratch.count)
    Selection.sortLeast(needed, &scratch)
    if isLong, needed > 0 {
      let cost = Int64(scratch[needed - 1] >> 32)
      guess = cost + cost / 2 + 1
    }
    let from = keys.count
    // Half as much again, not twice as an array would: these keys are most of the memory.
    if from + have + needed > keys.capacity {
      keys.reserveCapacity(max(from + from / 2, from + have + needed))
    }
    for index in 0..<have { keys.append(keys[start[row] + index]) }
    keys.append(contentsOf: scratch[..<needed])
    start[row] = from
    count[row] = Int32(have + needed)
  }
}

/// The rows of a ``RowProblem``, as keys of cost and column.
struct RowSource {
  private let start: [Int]
  private let column: [Int32]
  private let score: [Int32]
  private let nodes: [Int32]
  /// The rank of each column node in the zone, or -1; empty when it is the node itself.
  private let rank: [Int32]
  private let highest: Int64
  private let degrees: [Int32]
  let rowCount: Int

  init(_ zone: RowProblem, _ graph: ComponentGraph, highest: Int64) {
    self.highest = highest
    nodes = zone.rows
    rowCount = zone.rows.count
    if zone.rowsAreLeft {
      (start, column, score) = (graph.rowStart, graph.column, graph.score)
    } else {
      let (rowOf, (start, place)) = (graph.rowOfPlace, graph.placesByColumn)
      self.start = start
      (column, score) = (place.map { rowOf[Int($0)] }, place.map { graph.score[Int($0)] })
    }
    let columnNodes = zone.rowsAreLeft ? graph.rightNodes.count : graph.leftNodes.count
    if zone.columns.count == columnNodes {
      rank = []
      let (start, nodes) = (start, nodes)
      degrees = nodes.map { Int32(start[Int($0) + 1] - start[Int($0)]) }
    } else {
      let rank = zone.columns.ranks(among: columnNodes)
      self.rank = rank
      let (start, nodes, column) = (start, nodes, column)
      degrees = nodes.map { node in
        let row = start[Int(node)]..<start[Int(node) + 1]
        return Int32(row.count { rank[Int(column[$0])] >= 0 })
      }
    }
  }

  func degree(_ row: Int) -> Int { Int(degrees[row]) }

  /// Appends the keys of a row that come after `key` and cost less than `limit`.
  func collect(_ row: Int, after key: UInt64?, below limit: Int64, into keys: inout [UInt64]) {
    let node = Int(nodes[row])
    let beyond = key ?? 0
    let least = limit == Int64.max ? Int64(Int32.min) : max(Int64(Int32.min), highest - limit + 1)
    guard let floor = Int32(exactly: least) else { return }
    let places = start[node]..<start[node + 1]
    let scores = score.span.extracting(places)
    for index in scores.indices where scores[index] >= floor {
      let place = places.lowerBound + index
      let other = rank.isEmpty ? column[place] : rank[Int(column[place])]
      if other < 0 { continue }
      let candidate = UInt64(highest - Int64(scores[index])) << 32 | UInt64(other)
      if key == nil || candidate > beyond { keys.append(candidate) }
    }
  }
}

/// Selection of the least keys.
enum Selection {
  /// Puts the least `count` keys first, in order; keys differ.
  static func sortLeast(_ count: Int, _ keys: inout [UInt64]) {
    var low = 0
    var high = keys.count
    // What lies before `low` is less than the rest, what lies from `high` on greater; low ≤ count ≤ high.
    while high - low > 24, count < high {
      let pivot = median(keys[low], keys[(low + high) / 2], keys[high - 1])
      var a = low
      var b = high - 1
      while a <= b {
        while keys[a] < pivot { a += 1 }
        while keys[b] > pivot { b -= 1 }
        if a <= b {
          keys.swapAt(a, b)
          a += 1
          b -= 1
        }
      }
      if count <= b + 1 {
        high = b + 1
      } else if count >= a {
        low = a
      } else {
        high = count
      }
    }
    sort(&keys, to: high)
  }

  private static func median(_ a: UInt64, _ b: UInt64, _ c: UInt64) -> UInt64 {
    max(min(a, b), min(max(a, b), c))
  }

  private static func sort(_ keys: inout [UInt64], to end: Int) {
    guard end <= 48 else {
      keys[..<end].sort()
      return
    }
    for index in stride(from: 1, to: end, by: 1) {
      let key = keys[index]
      var hole = index
      while hole > 0, keys[hole - 1] > key {
        keys[hole] = keys[hole - 1]
        hole -= 1
      }
      keys[hole] = key
    }
  }
}
