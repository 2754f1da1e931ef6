/// A binary heap of nodes by distance, the nearest first; stale entries are the caller's to skip.
struct MinimumHeap {
  private var entries: [(distance: Int64, node: Int32)] = []

  var isEmpty: Bool { entries.isEmpty }

  mutating func removeAll() { entries.removeAll(keepingCapacity: true) }

  /// - Complexity: O(log *n*), because an entry rises along one path to the root.
  mutating func push(_ distance: Int64, _ node: Int32) {
    entries.append((distance, node))
    var child = entries.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      if entries[parent].distance <= distance { break }
      entries[child] = entries[parent]
      child = parent
    }
    entries[child] = (distance, node)
  }

  /// - Complexity: O(log *n*), because an entry sinks along one path to a leaf.
  mutating func pop() -> (distance: Int64, node: Int32)? {
    guard let first = entries.first, let last = entries.popLast() else { return nil }
    let count = entries.count
    if count > 0 {
      var parent = 0
      while true {
        var child = 2 * parent + 1
        if child >= count { break }
        if child + 1 < count, entries[child + 1].distance < entries[child].distance { child += 1 }
        if entries[child].distance >= last.distance { break }
        entries[parent] = entries[child]
        parent = child
      }
      entries[parent] = last
    }
    return first
  }
}
