import HeapModule

/// A queue of items by bound for a search whose bounds only grow: buckets for the near ones, a heap for the far.
///
/// Most bounds of a search on small integer costs lie within a few units and are never asked for: putting them into a
/// bucket costs a few instructions.
///
/// - Complexity: O(1) within 128 of the last bound taken, else O(log *n*).
struct BoundQueue {
  private static let width: Int64 = 128
  /// The last entry of each bucket, and the entry before each; a bucket holds one bound at a time.
  private var last = [Int32](repeating: -1, count: Int(width))
  private var bucketed: [(item: Int32, before: Int32)] = []
  private var bucketCount = 0
  /// The last entry given back, and before it the others; -1 without.
  private var spare: Int32 = -1
  private var far = Heap<QueueEntry<Int64>>()

  mutating func removeAll() {
    bucketed.removeAll(keepingCapacity: true)
    if !far.isEmpty { far = Heap() }
    for bucket in last.indices { last[bucket] = -1 }
    bucketCount = 0
    spare = -1
  }

  /// - Parameter current: the last bound taken, at most `bound`.
  mutating func push(_ bound: Int64, _ item: Int32, from current: Int64) {
    guard bound - current >= Self.width else {
      let bucket = Int(bound & (Self.width - 1))
      if spare >= 0 {
        let entry = spare
        spare = bucketed[Int(entry)].before
        bucketed[Int(entry)] = (item, last[bucket])
        last[bucket] = entry
      } else {
        bucketed.append((item, last[bucket]))
        last[bucket] = Int32(truncatingIfNeeded: bucketed.count - 1)
      }
      bucketCount += 1
      return
    }
    far.insert(QueueEntry(cost: bound, item: item))
  }

  /// Takes an item of the least bound, which is at least `current`, the last bound taken, and at most `end`.
  mutating func pop(from current: Int64, to end: Int64 = Int64.max) -> (bound: Int64, item: Int32)? {
    let next = far.min?.cost ?? Int64.max
    let limit = min(current + Self.width, next, end == Int64.max ? end : end + 1)
    if bucketCount > 0 {
      var bound = current
      while bound < limit {
        let bucket = Int(bound & (Self.width - 1))
        if last[bucket] >= 0 {
          let index = last[bucket]
          let entry = bucketed[Int(index)]
          last[bucket] = entry.before
          bucketed[Int(index)].before = spare
          spare = index
          bucketCount -= 1
          return (bound, entry.item)
        }
        bound += 1
      }
    }
    guard next <= end, let item = far.popMin() else { return nil }
    return (item.cost, item.item)
  }
}
