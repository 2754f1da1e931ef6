import Basics

/// The identifiers of one side, numbered as they first appear, found again by their bytes.
///
/// Canonical decimal numbers of up to seven digits are found by their value in a table, everything else by a hash
/// table with linear probing.
struct NodeNames {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var slots = [Int32](repeating: -1, count: 1024)
  private var numbers: [Int32] = []

  var count: Int { ends.count }

  private func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

  /// The identifier of a number; text that is not UTF-8 has been refused before.
  subscript(index: Int) -> String { String(decoding: bytes[range(index)], as: UTF8.self) }

  /// The number of a canonical decimal below 10⁷, whose bytes are `name`.
  mutating func number(value: Int, _ name: Span<UInt8>) -> Int32 {
    if value < numbers.count {
      let known = numbers[value]
      if known >= 0 { return known }
    } else {
      let size = min(10_000_000, max(value + 1, 2 * numbers.count, 4096))
      numbers.append(contentsOf: repeatElement(-1, count: size - numbers.count))
    }
    let index = append(name)
    numbers[value] = index
    return index
  }

  /// The number of any other identifier.
  ///
  /// - Complexity: O(bytes of the name), because the table is never more than half full.
  mutating func number(_ name: Span<UInt8>) -> Int32 {
    var slot = Self.hash(name) & (slots.count - 1)
    while slots[slot] >= 0 {
      let candidate = range(Int(slots[slot]))
      if bytes.span.extracting(candidate).isEqual(to: name) { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    let index = append(name)
    slots[slot] = index
    if 2 * count > slots.count { grow() }
    return index
  }

  /// - Complexity: O(names): asked once a file.
  func contains(_ name: [UInt8]) -> Bool {
    ends.indices.contains { bytes[range($0)].elementsEqual(name) }
  }

  private mutating func append(_ name: Span<UInt8>) -> Int32 {
    bytes.append(copying: name)
    ends.append(bytes.count)
    return Int32(truncatingIfNeeded: ends.count - 1)
  }

  private mutating func grow() {
    let old = slots
    slots = [Int32](repeating: -1, count: 2 * old.count)
    for index in old where index >= 0 {
      var slot = Self.hash(bytes.span.extracting(range(Int(index)))) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = index
    }
  }

  private static func hash(_ name: Span<UInt8>) -> Int {
    Int(truncatingIfNeeded: StableHash(name).value & 0x7FFF_FFFF)
  }

  /// The numbers in canonical order: shorter identifiers first, then by bytes, so that decimal numbers ascend.
  func canonicalOrder() -> [Int32] {
    let order = (0..<Int32(count)).sorted { precedes(Int($0), Int($1)) }
    return order
  }

  private func precedes(_ a: Int, _ b: Int) -> Bool {
    let (first, second) = (range(a), range(b))
    if first.count != second.count { return first.count < second.count }
    for (x, y) in zip(first, second) where bytes[x] != bytes[y] { return bytes[x] < bytes[y] }
    return false
  }
}
