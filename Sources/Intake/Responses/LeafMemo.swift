/// Which leaf the codes of its values are: asked for once a row, so that hashing as dictionaries do would be felt.
struct LeafMemo {
  private var keys: [UInt64] = [UInt64](repeating: 0, count: 256)
  /// By the place of its key; -1: free.
  private var leaves: [Int32] = [Int32](repeating: -1, count: 256)
  private var count = 0

  /// O(1) expected.
  func leaf(of key: UInt64) -> Int? {
    var place = self.place(of: key)
    while leaves[place] >= 0 {
      if keys[place] == key { return Int(leaves[place]) }
      place = (place + 1) & (keys.count - 1)
    }
    return nil
  }

  /// Keeps a leaf whose key has none yet.
  mutating func keep(_ leaf: Int, of key: UInt64) {
    guard leaf <= Int(Int32.max) else { return }
    if count * 2 >= keys.count { grow() }
    put(Int32(truncatingIfNeeded: leaf), of: key)
    count += 1
  }

  /// The high bits of a product depend on all bits of the key.
  private func place(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (keys.count - 1)
  }

  private mutating func put(_ leaf: Int32, of key: UInt64) {
    var place = self.place(of: key)
    while leaves[place] >= 0 { place = (place + 1) & (keys.count - 1) }
    keys[place] = key
    leaves[place] = leaf
  }

  private mutating func grow() {
    let old = zip(keys, leaves).filter { $0.1 >= 0 }
    keys = [UInt64](repeating: 0, count: keys.count * 4)
    leaves = [Int32](repeating: -1, count: keys.count)
    for (key, leaf) in old { put(leaf, of: key) }
  }
}
