/// Pairs in the order of a file: runs of the same left node, right nodes and scores.
///
/// A file whose rows come in canonical order is an instance already: its numbers stay where they are.
struct PairList {
  private var runs: [(left: Int32, count: Int32)] = []
  private var rights: [Int32] = []
  private var scores: [Int32] = []
  private var count: Int { rights.count }
  /// Where the distance between a pair's index and its line changes.
  private var shifts: [(index: Int, shift: Int)] = []

  mutating func append(_ left: Int32, _ right: Int32, _ score: Int32, line: Int) {
    if line - count != shifts.last?.shift { shifts.append((count, line - count)) }
    rights.append(right)
    scores.append(score)
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
    let leftRank = leftOrder.ranks(among: left.count)
    let rightRank = rightOrder.ranks(among: right.count)
    var rowStart = [Int](repeating: 0, count: left.count + 1)
    for run in runs { rowStart[Int(leftRank[Int(run.left)]) + 1] += Int(run.count) }
    for node in 0..<left.count { rowStart[node + 1] += rowStart[node] }
    let isAscending = isInOrder(leftRank, rightRank)
    var column: [Int32]
    var score: [Int32]
    if isAscending {
      (column, score) = (rights, scores)
      (rights, scores) = ([], [])
      for place in column.indices { column[place] = rightRank[Int(column[place])] }
    } else {
      column = placed(leftRank, rowStart, rights) { rightRank[Int($0)] }
      score = placed(leftRank, rowStart, scores) { $0 }
    }
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

  /// Whether the rows come in canonical order, each in one run, and ascend.
  private func isInOrder(_ leftRank: [Int32], _ rightRank: [Int32]) -> Bool {
    var row: Int32 = -1
    var index = 0
    for run in runs {
      guard leftRank[Int(run.left)] > row else { return false }
      row = leftRank[Int(run.left)]
      var previous: Int32 = -1
      for place in index..<(index + Int(run.count)) {
        let right = rightRank[Int(rights[place])]
        if right <= previous { return false }
        previous = right
      }
      index += Int(run.count)
    }
    return true
  }

  /// The values in the places of their rows.
  private func placed(
    _ leftRank: [Int32], _ rowStart: [Int], _ values: [Int32], _ value: (Int32) -> Int32
  ) -> [Int32] {
    var next = rowStart
    var result = [Int32](repeating: 0, count: values.count)
    var index = 0
    for run in runs {
      let row = Int(leftRank[Int(run.left)])
      for place in next[row]..<(next[row] + Int(run.count)) {
        result[place] = value(values[index])
        index += 1
      }
      next[row] += Int(run.count)
    }
    return result
  }

  /// The second line of the pair.
  private func duplicate(_ a: Int32, _ b: Int32, _ left: NodeNames, _ right: NodeNames) -> ScoreFileError {
    var index = 0
    var seen = false
    for run in runs {
      for place in index..<(index + Int(run.count)) where run.left == a {
        guard rights[place] == b else { continue }
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
