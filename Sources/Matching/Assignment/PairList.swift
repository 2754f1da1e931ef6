/// Pairs in the order of a file: runs of the same left node, right nodes and scores in blocks.
struct PairList {
  private static let blockSize = 1 << 16
  private var runs: [(left: Int32, count: Int32)] = []
  private var rights: [[Int32]] = []
  private var scores: [[Int32]] = []
  private var count = 0
  /// Where the distance between a pair's index and its line changes.
  private var shifts: [(index: Int, shift: Int)] = []

  mutating func append(_ left: Int32, _ right: Int32, _ score: Int32, line: Int) {
    if line - count != shifts.last?.shift { shifts.append((count, line - count)) }
    if count % Self.blockSize == 0 {
      rights.append([])
      scores.append([])
      rights[rights.count - 1].reserveCapacity(Self.blockSize)
      scores[scores.count - 1].reserveCapacity(Self.blockSize)
    }
    rights[rights.count - 1].append(right)
    scores[scores.count - 1].append(score)
    count += 1
    if let last = runs.last, last.left == left, last.count < Int32.max {
      runs[runs.count - 1].count += 1
    } else {
      runs.append((left, 1))
    }
  }

  /// The instance of these pairs, its nodes numbered in canonical order.
  ///
  /// - Complexity: O(pairs + nodes × log nodes), because rows that do not ascend are put in order by a counting sort.
  mutating func file(_ left: NodeNames, _ right: NodeNames) throws(ScoreFileError) -> ScoreFile {
    guard count < Int(Int32.max) else { throw .tooLarge }
    let leftOrder = left.canonicalOrder()
    let rightOrder = right.canonicalOrder()
    let leftRank = Self.ranks(leftOrder)
    let rightRank = Self.ranks(rightOrder)
    var rowStart = [Int](repeating: 0, count: left.count + 1)
    for run in runs { rowStart[Int(leftRank[Int(run.left)]) + 1] += Int(run.count) }
    for node in 0..<left.count { rowStart[node + 1] += rowStart[node] }
    let isAscending = isInOrder(leftRank, rightRank)
    var blocks = rights
    // Only a row that does not ascend can hold a pair twice, whose line is then looked up in `rights`.
    if isAscending { rights = [] }
    var column = Self.placed(leftRank, rowStart, runs, &blocks) { rightRank[Int($0)] }
    var score = Self.placed(leftRank, rowStart, runs, &scores) { $0 }
    for node in 0..<left.count where !isAscending {
      let row = rowStart[node]..<rowStart[node + 1]
      guard zip(row, row.dropFirst()).contains(where: { column[$0] >= column[$1] }) else { continue }
      let order = row.sorted { column[$0] < column[$1] }
      let (columns, scores) = (order.map { column[$0] }, order.map { score[$0] })
      for (offset, place) in row.enumerated() {
        (column[place], score[place]) = (columns[offset], scores[offset])
      }
      for index in columns.indices.dropFirst() where columns[index] == columns[index - 1] {
        throw duplicate(leftOrder[node], rightOrder[Int(columns[index])], left, right)
      }
    }
    do {
      return ScoreFile(
        problem: try AssignmentProblem(
          left: Array(repeating: .init(), count: left.count),
          right: Array(repeating: .init(), count: right.count), rowStart: rowStart, column: column,
          score: score),
        leftNames: leftOrder.map { left[Int($0)] }, rightNames: rightOrder.map { right[Int($0)] })
    } catch { throw .tooLarge }
  }

  /// Whether every row ascends and comes in one run.
  private func isInOrder(_ leftRank: [Int32], _ rightRank: [Int32]) -> Bool {
    var seen = [Bool](repeating: false, count: leftRank.count)
    var index = 0
    for run in runs {
      if seen[Int(run.left)] { return false }
      seen[Int(run.left)] = true
      var previous: Int32 = -1
      for place in index..<(index + Int(run.count)) {
        let right = rightRank[Int(rights[place / Self.blockSize][place % Self.blockSize])]
        if right <= previous { return false }
        previous = right
      }
      index += Int(run.count)
    }
    return true
  }

  /// The values of the blocks, in the places of their rows; each block is given back when it has been read.
  private static func placed(
    _ leftRank: [Int32], _ rowStart: [Int], _ runs: [(left: Int32, count: Int32)],
    _ blocks: inout [[Int32]], _ value: (Int32) -> Int32
  ) -> [Int32] {
    var next = rowStart
    let count = rowStart.last ?? 0
    return [Int32](unsafeUninitializedCapacity: count) { buffer, filled in
      // The rows' places are a permutation of 0 ..< count, because `rowStart` counts the runs: each is written once.
      var index = 0
      for run in runs {
        let row = Int(leftRank[Int(run.left)])
        for place in next[row]..<(next[row] + Int(run.count)) {
          let (block, offset) = (index / blockSize, index % blockSize)
          buffer.initializeElement(at: place, to: value(blocks[block][offset]))
          index += 1
          if offset == blockSize - 1 { blocks[block] = [] }
        }
        next[row] += Int(run.count)
      }
      filled = count
    }
  }

  private static func ranks(_ order: [Int32]) -> [Int32] {
    var ranks = order
    for (rank, index) in order.enumerated() { ranks[Int(index)] = Int32(rank) }
    return ranks
  }

  /// The second line of the pair.
  private func duplicate(_ a: Int32, _ b: Int32, _ left: NodeNames, _ right: NodeNames) -> ScoreFileError {
    var index = 0
    var seen = false
    for run in runs {
      for place in index..<(index + Int(run.count)) where run.left == a {
        guard rights[place / Self.blockSize][place % Self.blockSize] == b else { continue }
        if seen {
          let shift = shifts.last { $0.index <= place }?.shift ?? 1
          return .duplicatePair(line: place + shift, left: left[Int(a)], right: right[Int(b)])
        }
        seen = true
      }
      index += Int(run.count)
    }
    return .tooLarge
  }
}
