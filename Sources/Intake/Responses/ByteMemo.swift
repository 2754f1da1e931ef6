import Programme

/// What bytes were found to mean, looked up without making a text of them: cells of few different values and many rows.
struct ByteMemo {
  private var slots: [Int32] = [Int32](repeating: -1, count: 64)
  private var entries: [(start: Int, count: Int, meaning: Int)] = []
  private var bytes: [UInt8] = []

  /// O(bytes) expected.
  func meaning(of key: UnsafeBufferPointer<UInt8>) -> Int? {
    var place = Int(truncatingIfNeeded: StableHash(key).value) & (slots.count - 1)
    while slots[place] >= 0 {
      let entry = entries[Int(slots[place])]
      if entry.count == key.count {
        var index = 0
        while index < key.count, bytes[entry.start + index] == key[index] { index += 1 }
        if index == key.count { return entry.meaning }
      }
      place = (place + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Keeps the meaning of bytes that have none yet; beyond so many it keeps no more.
  mutating func keep(_ meaning: Int, of key: UnsafeBufferPointer<UInt8>) {
    guard entries.count < 8192 else { return }
    entries.append((bytes.count, key.count, meaning))
    bytes.append(contentsOf: key)
    guard entries.count * 2 > slots.count else { return place(entries.count - 1) }
    slots = [Int32](repeating: -1, count: slots.count * 4)
    for index in entries.indices { place(index) }
  }

  private mutating func place(_ index: Int) {
    let entry = entries[index]
    let hash = StableHash(bytes[entry.start..<(entry.start + entry.count)]).value
    var place = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[place] >= 0 { place = (place + 1) & (slots.count - 1) }
    slots[place] = Int32(truncatingIfNeeded: index)
  }
}
