/// What a cell holds of one question. All of it is whole numbers and multisets, so that merging is exact, in any order.
package struct QuestionAggregate: Hashable, Sendable {
  /// Responses that were asked the question.
  package var asked = 0
  /// Responses that answered it.
  package var answered = 0
  /// By the index of the question's values: responses with that answer. Of several choices each is counted.
  package var counts: [Int] = []
  /// Of a question for a number: how often each was given.
  package var numbers = NumberTally()
  /// Distinct people who answered it: never more than `answered`.
  package var respondents = 0
  /// The tandems of those who answered.
  package var tandems = TandemSketch()

  package init(values: Int = 0) { counts = [Int](repeating: 0, count: values) }

  package mutating func merge(_ other: QuestionAggregate) {
    asked += other.asked
    answered += other.answered
    for (index, count) in other.counts.enumerated() where index < counts.count { counts[index] += count }
    numbers.merge(other.numbers)
    respondents += other.respondents
    tandems.merge(other.tandems)
  }
}

/// Which tandems those who answered belong to, as far as a rule needs to know: exact below `limit`, and "at least".
///
/// The least hashes of a set: those of a union are the least of both, so that merging is exact in any order.
package struct TandemSketch: Hashable, Sendable {
  package static let limit = 16
  /// Ascending, at most `limit`.
  package private(set) var hashes: [UInt64] = []

  package init() {}

  package init(_ hashes: some Sequence<UInt64>) {
    for hash in hashes { insert(hash) }
  }

  /// How many distinct tandems; `limit` means that many or more, 0 that no tandem is known.
  package var count: Int { hashes.count }

  /// O(limit); O(1) for a hash that is greater than all that are kept.
  package mutating func insert(_ hash: UInt64) {
    if hashes.count == TandemSketch.limit, let last = hashes.last, hash >= last { return }
    guard let place = hashes.firstIndex(where: { $0 >= hash }) else {
      hashes.append(hash)
      return
    }
    if hashes[place] == hash { return }
    hashes.insert(hash, at: place)
    if hashes.count > TandemSketch.limit { hashes.removeLast() }
  }

  package mutating func merge(_ other: TandemSketch) {
    for hash in other.hashes { insert(hash) }
  }
}
