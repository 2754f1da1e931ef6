/// Finds the bytes that matter to a CSV reader, 64 at a time, with the arithmetic of plain 64-bit words.
///
/// A zero byte in `word ^ pattern` is a hit. Adding 0x7F to the low seven bits of each byte sets its high bit
/// unless they were zero, without a carry into the next byte; so the test is exact (Warren, Hacker's Delight,
/// 6-1). The four patterns share all but three operations, and a multiplication gathers eight flags into eight
/// bits.
struct ByteScan {
  private let delimiter: UInt64
  private let quote: UInt64
  private let lineFeed: UInt64 = 0x0A0A_0A0A_0A0A_0A0A
  private let carriageReturn: UInt64 = 0x0D0D_0D0D_0D0D_0D0D
  private static let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
  private static let high: UInt64 = 0x8080_8080_8080_8080
  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// Both must be ASCII; without a quote, quotes mean nothing.
  init(delimiter: UInt8, quote: UInt8?) {
    self.delimiter = Self.ones &* UInt64(delimiter & 0x7F)
    self.quote = Self.ones &* UInt64((quote ?? delimiter) & 0x7F)
  }

  /// One block of 64 bytes: where a delimiter, quote, CR or LF stands; whether a byte may be NUL or not ASCII.
  struct Block {
    var structural: UInt64
    var isDoubtful: Bool
  }

  /// The block at the pointer, of which 64 bytes must be readable.
  @inline(__always)
  func block(at pointer: UnsafeRawPointer) -> Block {
    var bits: UInt64 = 0
    var doubt: UInt64 = 0
    for step in 0..<8 {
      let word = UInt64(littleEndian: pointer.loadUnaligned(fromByteOffset: step * 8, as: UInt64.self))
      let seven = word & Self.low
      let missed =
        ((seven ^ delimiter) &+ Self.low) & ((seven ^ quote) &+ Self.low)
        & ((seven ^ lineFeed) &+ Self.low) & ((seven ^ carriageReturn) &+ Self.low)
      let hits = ~(missed | word) & Self.high
      bits |= (((hits >> 7) &* 0x0102_0408_1020_4080) >> 56) << UInt64(step * 8)
      // The low seven bits are zero (NUL, or 0x80 which is no ASCII either), or the high bit is set.
      doubt |= word | ~(seven &+ Self.low)
    }
    return Block(structural: bits, isDoubtful: doubt & Self.high != 0)
  }
}
