/// SipHash-2-4: a short keyed digest that nobody can compute or verify without the key.
///
/// J.-P. Aumasson, D. J. Bernstein: SipHash: a fast short-input PRF, 2012. Swift's own hashing is SipHash too, with a key
/// of its own in every process; a pseudonym must be the same tomorrow.
package struct SipHash: Sendable {
  package let key: (UInt64, UInt64)

  package init(key: (UInt64, UInt64)) { self.key = key }

  /// O(*n*) in the bytes.
  package func digest(_ bytes: some Collection<UInt8>) -> UInt64 {
    var v0 = key.0 ^ 0x736F_6D65_7073_6575
    var v1 = key.1 ^ 0x646F_7261_6E64_6F6D
    var v2 = key.0 ^ 0x6C79_6765_6E65_7261
    var v3 = key.1 ^ 0x7465_6462_7974_6573

    func rotated(_ x: UInt64, _ count: UInt64) -> UInt64 { x << count | x >> (64 - count) }
    func round() {
      v0 &+= v1
      v1 = rotated(v1, 13) ^ v0
      v0 = rotated(v0, 32)
      v2 &+= v3
      v3 = rotated(v3, 16) ^ v2
      v0 &+= v3
      v3 = rotated(v3, 21) ^ v0
      v2 &+= v1
      v1 = rotated(v1, 17) ^ v2
      v2 = rotated(v2, 32)
    }
    func take(_ word: UInt64) {
      v3 ^= word
      round()
      round()
      v0 ^= word
    }

    var word: UInt64 = 0
    var filled: UInt64 = 0
    for byte in bytes {
      word |= UInt64(byte) << (8 * (filled & 7))
      filled += 1
      if filled & 7 == 0 {
        take(word)
        word = 0
      }
    }
    take(word | UInt64(truncatingIfNeeded: bytes.count) << 56)
    v2 ^= 0xFF
    for _ in 0..<4 { round() }
    return v0 ^ v1 ^ v2 ^ v3
  }
}
