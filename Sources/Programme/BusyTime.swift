import Basics

/// A half-open span of time `[start, end)` in minutes since 1970-01-01T00:00Z.
package struct MinuteInterval: Hashable, Comparable, Sendable {
  package let start: Int
  package let end: Int

  /// `end` before `start` is taken as empty at `start`.
  package init(start: Int, end: Int) {
    self.start = start
    self.end = max(start, end)
  }

  package var isEmpty: Bool { start == end }
  package var length: Int { end - start }

  package func overlaps(_ other: MinuteInterval) -> Bool { start < other.end && other.start < end }

  package static func < (a: MinuteInterval, b: MinuteInterval) -> Bool {
    (a.start, a.end) < (b.start, b.end)
  }
}

/// When somebody, or a room, cannot: disjoint, non-touching, sorted intervals.
package struct BusyTime: Hashable, Sendable {
  package let intervals: [MinuteInterval]

  package static let none = BusyTime([])

  /// Sorts and merges; empty intervals count for nothing. O(n log n), for the sort.
  package init(_ unsorted: some Sequence<MinuteInterval>) {
    var merged: [MinuteInterval] = []
    for interval in unsorted.filter({ !$0.isEmpty }).sorted() {
      if let last = merged.last, interval.start <= last.end {
        merged[merged.count - 1] = MinuteInterval(start: last.start, end: max(last.end, interval.end))
      } else {
        merged.append(interval)
      }
    }
    intervals = merged
  }

  package func union(_ other: BusyTime) -> BusyTime {
    BusyTime(intervals + other.intervals)
  }

  /// O(log n): the last interval that starts before `interval` ends decides.
  package func overlaps(_ interval: MinuteInterval) -> Bool {
    guard !interval.isEmpty else { return false }
    let next = intervals.partitionPoint { $0.start < interval.end }
    return next > 0 && intervals[next - 1].end > interval.start
  }
}
