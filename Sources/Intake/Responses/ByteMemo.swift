/// What bytes were found to mean, looked up without making a text of them: cells of few different values and many rows.
struct ByteMemo {
  private var slots: [Int32] = [Int32](repeating: -1, count: 64)
  private var entries: [(start: Int, count: Int, meaning: Int)] = []
  private var bytes: [UInt8] = []

  var isFull: Bool { entries.count >= 8192 }

  /// O(bytes) expected.
  func meaning(of key: UnsafeBufferPointer<UInt8>) -> Int? {
    var place = Int(truncatingIfNeeded: ByteMemo.hash(key)) & (slots.count - 1)
    while slots[place] >= 0 {
      let entry = entries[Int(slots[place])]
      if entry.count == key.count, isEqual(entry.start, key) { return entry.meaning }
      place = (place + 1) & (slots.count - 1)
    }
    return nil
  }

  private func isEqual(_ start: Int, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.withUnsafeBufferPointer { own in
      var index = 0
      while index < key.count, own[start + index] == key[index] { index += 1 }
      return index == key.count
    }
  }

  /// Eight bytes a step, of which the last may overlap those before: it stays in this process.
  private static func hash(_ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: key.count) &* 0x9E37_79B9_7F4A_7C15
    func mix(_ word: UInt64) {
      hash = (hash ^ word) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash >> 32
    }
    let raw = UnsafeRawBufferPointer(key)
    if raw.count >= 8 {
      var offset = 0
      while offset + 8 < raw.count {
        mix(raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        offset += 8
      }
      mix(raw.loadUnaligned(fromByteOffset: raw.count - 8, as: UInt64.self))
    } else {
      var word: UInt64 = 0
      for byte in raw { word = word << 8 | UInt64(byte) }
      mix(word)
    }
    // Texts that differ in their last bytes alone differ in the high bits alone.
    return (hash &* 0xC4CE_B9FE_1A85_EC53) >> 32
  }

  /// Keeps the meaning of bytes that have none yet; beyond so many it keeps no more.
  mutating func keep(_ meaning: Int, of key: UnsafeBufferPointer<UInt8>) {
    if isFull { return }
    entries.append((bytes.count, key.count, meaning))
    bytes.append(contentsOf: key)
    guard entries.count * 2 > slots.count else { return place(entries.count - 1) }
    slots = [Int32](repeating: -1, count: slots.count * 4)
    for index in entries.indices { place(index) }
  }

  private mutating func place(_ index: Int) {
    let entry = entries[index]
    let hash = bytes.withUnsafeBufferPointer {
      ByteMemo.hash(UnsafeBufferPointer(rebasing: $0[entry.start..<(entry.start + entry.count)]))
    }
    var place = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[place] >= 0 { place = (place + 1) & (slots.count - 1) }
    slots[place] = Int32(truncatingIfNeeded: index)
  }
}
