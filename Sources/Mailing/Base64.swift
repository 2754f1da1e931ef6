/// Base64 of RFC 4648, as RFC 2045, section 6.8, puts it into mails.
enum Base64 {
  private static let letters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// One line.
  static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let left = bytes.count - index
      let group =
        UInt32(bytes[index]) << 16 | (left > 1 ? UInt32(bytes[index + 1]) << 8 : 0)
        | (left > 2 ? UInt32(bytes[index + 2]) : 0)
      result.append(letters[Int(group >> 18)])
      result.append(letters[Int(group >> 12 & 63)])
      result.append(left > 1 ? letters[Int(group >> 6 & 63)] : UInt8(ascii: "="))
      result.append(left > 2 ? letters[Int(group & 63)] : UInt8(ascii: "="))
      index += 3
    }
    return result
  }

  /// Lines of 76 columns, each ended by CRLF.
  static func encodeLines(_ bytes: [UInt8]) -> [UInt8] {
    let all = encode(bytes)
    var result: [UInt8] = []
    result.reserveCapacity(all.count + all.count / 38 + 2)
    var index = 0
    while index < all.count {
      result += all[index..<min(index + 76, all.count)]
      result += [13, 10]
      index += 76
    }
    return result
  }

  /// Whatever is none of its letters is skipped, as RFC 2045 asks of readers; ends at the padding.
  static func decode(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var group: UInt32 = 0
    var bits = 0
    for byte in bytes {
      let value: UInt32
      switch byte {
      case 0x41...0x5A: value = UInt32(byte) - 0x41
      case 0x61...0x7A: value = UInt32(byte) - 0x61 + 26
      case 0x30...0x39: value = UInt32(byte) - 0x30 + 52
      case 0x2B: value = 62
      case 0x2F: value = 63
      case 0x3D: return result
      default: continue
      }
      group = group << 6 | value
      bits += 6
      if bits >= 8 {
        bits -= 8
        result.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
      }
    }
    return result
  }
}
