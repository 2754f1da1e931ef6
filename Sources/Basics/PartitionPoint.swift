extension RandomAccessCollection where Index == Int {
  /// The first place whose element does not hold, in a collection whose elements that hold come first.
  ///
  /// - Complexity: O(log *n*), by binary search.
  @inlinable @inline(__always)
  package func partitionPoint(_ holds: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
