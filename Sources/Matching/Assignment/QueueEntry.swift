/// A node in the queue of a search, by its distance or bound alone; searches skip stale entries.
struct QueueEntry<Cost: Comparable>: Comparable {
  var cost: Cost
  var item: Int32

  static func < (a: QueueEntry, b: QueueEntry) -> Bool { a.cost < b.cost }
}
