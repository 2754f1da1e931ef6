#if arch(x86_64)
  import CVector
#endif

/// Finds the bytes that matter to a CSV reader, 64 at a time: by SSE2, or with the arithmetic of plain 64-bit words.
struct ByteScan {
  let delimiter: UInt8
  /// The delimiter where no byte quotes: it is looked for first.
  let quote: UInt8

  /// Both must be ASCII; without a quote, quotes mean nothing.
  init(delimiter: UInt8, quote: UInt8?) {
    self.delimiter = delimiter & 0x7F
    self.quote = (quote ?? delimiter) & 0x7F
  }

  /// One block of 64 bytes.
  struct Block: Equatable {
    var delimiters: UInt64
    /// Where a quote, CR or LF is; never where a delimiter does.
    var others: UInt64
    var hasNUL: Bool
    /// Whether a byte is not ASCII.
    var hasHigh: Bool
  }

  /// The block at the pointer, of which 64 bytes must be readable.
  @inline(__always)
  func block(at pointer: UnsafeRawPointer) -> Block {
    #if arch(x86_64)
      let block = tandem_block(pointer, delimiter, quote)
      return Block(
        delimiters: block.delimiters, others: block.others & ~block.delimiters, hasNUL: block.has_nul,
        hasHigh: block.has_high)
    #else
      return wordBlock(at: pointer)
    #endif
  }

  /// Where the block at the pointer has quotes that are no delimiters.
  @inline(__always)
  func quotes(at pointer: UnsafeRawPointer, in block: Block) -> UInt64 {
    #if arch(x86_64)
      tandem_places(pointer, quote) & ~block.delimiters
    #else
      wordQuotes(at: pointer, in: block)
    #endif
  }

  func wordQuotes(at pointer: UnsafeRawPointer, in block: Block) -> UInt64 {
    var rest = block.others
    var quotes: UInt64 = 0
    while rest != 0 {
      let place = rest.trailingZeroBitCount
      rest &= rest &- 1
      if pointer.load(fromByteOffset: place, as: UInt8.self) == quote { quotes |= 1 << UInt64(place) }
    }
    return quotes
  }

  /// Each bit and all bits above it up to the next one: what is between an opening quote and the closing one.
  @inline(__always)
  static func spans(_ quotes: UInt64) -> UInt64 {
    var spans = quotes
    spans ^= spans << 1
    spans ^= spans << 2
    spans ^= spans << 4
    spans ^= spans << 8
    spans ^= spans << 16
    return spans ^ spans << 32
  }

  /// The same as `block` in words of eight bytes.
  ///
  /// A zero byte in `word ^ pattern` is a hit. Adding 0x7F to the low seven bits of each byte sets its high bit unless
  /// they were zero, without a carry into the next byte; so the test is exact (Warren, Hacker's Delight, 6-1). A
  /// multiplication gathers eight flags into eight bits.
  func wordBlock(at pointer: UnsafeRawPointer) -> Block {
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    let ones: UInt64 = 0x0101_0101_0101_0101
    var block = Block(delimiters: 0, others: 0, hasNUL: false, hasHigh: false)
    for step in 0..<8 {
      let word = UInt64(littleEndian: pointer.loadUnaligned(fromByteOffset: step * 8, as: UInt64.self))
      let seven = word & low
      func missed(_ byte: UInt8) -> UInt64 { (seven ^ ones &* UInt64(byte)) &+ low | word }
      func gathered(_ missed: UInt64) -> UInt64 {
        ((((~missed & ~low) >> 7) &* 0x0102_0408_1020_4080) >> 56) << UInt64(step * 8)
      }
      block.delimiters |= gathered(missed(delimiter))
      block.others |= gathered(missed(quote) & missed(0x0A) & missed(0x0D))
      block.hasNUL = block.hasNUL || ~missed(0) & ~low != 0
      block.hasHigh = block.hasHigh || word & ~low != 0
    }
    block.others &= ~block.delimiters
    return block
  }
}
