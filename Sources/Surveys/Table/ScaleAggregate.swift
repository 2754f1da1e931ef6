/// What a cell holds of a scale: sums over the responses on which every item was answered (listwise), in whole numbers.
package struct ScaleAggregate: Hashable, Sendable {
  /// Responses with every item.
  package var complete = 0
  /// By item: the sum of its answers and of their squares.
  package var sums: [Int] = []
  package var squares: [Int] = []
  /// The sum of the responses' totals and of their squares.
  package var total = 0
  package var totalSquares = 0
  /// Distinct people among the complete responses.
  package var respondents = 0

  package init(items: Int = 0) {
    sums = [Int](repeating: 0, count: items)
    squares = sums
  }

  /// Counts a response with an answer to every item.
  package mutating func add(_ answers: [Int]) {
    complete += 1
    var sum = 0
    for (index, answer) in zip(sums.indices, answers) {
      sums[index] += answer
      squares[index] += answer * answer
      sum += answer
    }
    total += sum
    totalSquares += sum * sum
  }

  package mutating func merge(_ other: ScaleAggregate) {
    complete += other.complete
    for (index, pair) in zip(other.sums, other.squares).enumerated() where index < sums.count {
      sums[index] += pair.0
      squares[index] += pair.1
    }
    total += other.total
    totalSquares += other.totalSquares
    respondents += other.respondents
  }
}

/// What a cell holds of one question that the same people answered twice: how often each pair of answers was given.
package struct ChangeAggregate: Hashable, Sendable {
  package struct Pair: Hashable, Sendable {
    package var before: Double
    package var after: Double
  }

  package var pairs: [Pair: Int] = [:]

  package init() {}

  /// People in both surveys, each counted once.
  package var people: Int { pairs.values.reduce(0, +) }

  package mutating func merge(_ other: ChangeAggregate) { pairs.merge(other.pairs, uniquingKeysWith: +) }
}
