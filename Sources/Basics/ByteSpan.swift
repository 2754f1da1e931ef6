/// Searches over bytes, eight at a time.
extension Span where Element == UInt8 {
  /// Marks, by its highest bit, the first byte of a word that is zero; bytes behind it may be marked wrongly.
  @inlinable @inline(__always)
  static func zeros(in word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  /// Where the next such byte is, from an index on.
  @inlinable
  package func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    let wanted = UInt64(byte) &* 0x0101_0101_0101_0101
    var index = start
    while index &+ 8 <= count {
      let found = Self.zeros(in: word(at: index) ^ wanted)
      if found != 0 { return index &+ found.trailingZeroBitCount / 8 }
      index &+= 8
    }
    while index < count {
      if self[index] == byte { return index }
      index &+= 1
    }
    return nil
  }

  /// How many bytes from an index on are ASCII.
  @inlinable
  package func asciiCount(from start: Int = 0) -> Int {
    var index = start
    while index &+ 8 <= count, word(at: index) & 0x8080_8080_8080_8080 == 0 { index &+= 8 }
    while index < count, self[index] < 0x80 { index &+= 1 }
    return index - start
  }

  @inlinable
  package func isEqual(to other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    var index = 0
    while index &+ 8 <= count {
      if word(at: index) != other.word(at: index) { return false }
      index &+= 8
    }
    while index < count {
      if self[index] != other[index] { return false }
      index &+= 1
    }
    return true
  }

  @inlinable
  package func starts(with prefix: Span<UInt8>) -> Bool {
    count >= prefix.count && extracting(0..<prefix.count).isEqual(to: prefix)
  }

  @inlinable
  package func allSatisfy(_ holds: (UInt8) -> Bool) -> Bool {
    for index in indices where !holds(self[index]) { return false }
    return true
  }

  /// The offset of the first byte that is not part of valid UTF-8 (RFC 3629: no overlong form, no surrogate).
  package var firstInvalidUTF8: Int? {
    var index = 0
    while index < count {
      while index + 8 <= count, word(at: index) & 0x8080_8080_8080_8080 == 0 { index += 8 }
      guard index < count else { return nil }
      let lead = self[index]
      if lead < 0x80 {
        index += 1
        continue
      }
      let length: Int
      var second: ClosedRange<UInt8> = 0x80...0xBF
      switch lead {
      case 0xC2...0xDF: length = 2
      case 0xE0...0xEF:
        length = 3
        if lead == 0xE0 { second = 0xA0...0xBF }
        if lead == 0xED { second = 0x80...0x9F }
      case 0xF0...0xF4:
        length = 4
        if lead == 0xF0 { second = 0x90...0xBF }
        if lead == 0xF4 { second = 0x80...0x8F }
      default: return index
      }
      guard index + length <= count, second.contains(self[index + 1]) else { return index }
      for place in 2..<4 where place < length && self[index + place] & 0xC0 != 0x80 { return index }
      index += length
    }
    return nil
  }
}
