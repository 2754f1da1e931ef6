/// Numbers and how often each was given: a multiset, from which every statistic is the same whatever the order.
package struct NumberTally: Hashable, Sendable {
  package private(set) var counts: [Double: Int] = [:]

  package init() {}

  package var isEmpty: Bool { counts.isEmpty }

  /// The numbers in ascending order.
  package var sorted: [(value: Double, count: Int)] {
    counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Adds so many times; takes away where negative. Zero has one sign.
  package mutating func add(_ value: Double, times: Int = 1) {
    let value = value == 0 ? 0 : value
    let count = (counts[value] ?? 0) + times
    counts[value] = count == 0 ? nil : count
  }

  package mutating func merge(_ other: NumberTally) {
    for (value, count) in other.counts { add(value, times: count) }
  }
}
