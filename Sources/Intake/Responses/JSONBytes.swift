/// JSON written straight from the bytes of an export, without a string in between.
///
/// The same text as RecordStream's writer gives; a test holds the two together.
struct JSONBytes {
  private(set) var bytes: [UInt8] = []

  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  /// Takes back everything from `count` on.
  mutating func shrink(to count: Int) { bytes.removeLast(bytes.count - count) }

  /// Takes one byte out.
  mutating func drop(at index: Int) { bytes.remove(at: index) }

  var count: Int { bytes.count }

  @inline(__always)
  mutating func append(_ literal: [UInt8]) { bytes.append(contentsOf: literal) }

  @inline(__always)
  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  @inline(__always)
  mutating func append(raw text: UnsafeBufferPointer<UInt8>) { bytes.append(contentsOf: text) }

  /// A quoted string; the bytes are UTF-8 already, as the readers hand them out.
  mutating func append(string text: UnsafeBufferPointer<UInt8>) {
    bytes.append(0x22)
    var start = 0
    var index = 0
    let count = text.count
    let raw = UnsafeRawBufferPointer(text)
    while index < count {
      // Eight bytes at a time while none of them is a control character, a quote or a backslash.
      while index + 8 <= count {
        let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        if JSONBytes.needsEscape(word) { break }
        index += 8
      }
      let end = min(index + 8, count)
      while index < end {
        let byte = text[index]
        if byte < 0x20 || byte == 0x22 || byte == 0x5C {
          bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
          escape(byte)
          start = index + 1
        }
        index += 1
      }
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<count]))
    bytes.append(0x22)
  }

  @inline(__always)
  private static func needsEscape(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let controls = (word &- ones &* 0x20) & ~word & highs
    let quotes = word ^ ones &* 0x22
    let slashes = word ^ ones &* 0x5C
    return controls | ((quotes &- ones) & ~quotes & highs) | ((slashes &- ones) & ~slashes & highs) != 0
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(0x5C)
    switch byte {
    case 0x22, 0x5C: bytes.append(byte)
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    default:
      bytes.append(contentsOf: "u00".utf8)
      for digit in [byte >> 4, byte & 15] {
        bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
      }
    }
  }
}
