/// 64 bits that stand for a text: the same in every run and on every machine, unlike Swift's own hashing.
///
/// FNV-1a with the finaliser of SplitMix64. Two different texts of a million share one by chance once in 10⁷ sets.
package struct StableHash: Sendable {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  package init() {}

  package init(_ bytes: some Sequence<UInt8>) {
    self.init()
    add(bytes)
  }

  /// Goes on behind what was added before: the hash is that of all of it in one.
  package mutating func add(_ bytes: some Sequence<UInt8>) {
    var hash = state
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    state = hash
  }

  /// The same of bytes in place, without a generic call for each.
  package mutating func add(_ bytes: Span<UInt8>) {
    var hash = state
    for index in 0..<bytes.count { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3 }
    state = hash
  }

  package init(_ bytes: Span<UInt8>) {
    self.init()
    add(bytes)
  }

  /// FNV-1a without the finaliser, as files name it: not as evenly spread, and never equal where one byte differs.
  package var fnv: UInt64 { state }

  package var value: UInt64 {
    var hash = state
    hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
    return hash ^ hash >> 31
  }
}
