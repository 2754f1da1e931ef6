import Basics

/// Quoted-printable of RFC 2045, section 6.7.
enum QuotedPrintable {
  private static let digits = Array("0123456789ABCDEF".utf8)

  /// Text whose lines end in CRLF: lines of at most 76 columns, a blank at a line's end and every byte beyond printable
  /// ASCII encoded; a lone CR or LF is a byte like any other. Ends in CRLF.
  static func encode(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count + text.count / 8)
    var column = 0
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte == 13, index + 1 < text.count, text[index + 1] == 10 {
        result += [13, 10]
        column = 0
        index += 2
        continue
      }
      let next = index + 1
      let isLast =
        next >= text.count || text[next] == 13 && next + 1 < text.count && text[next + 1] == 10
      let isBlank = byte == 0x20 || byte == 0x09
      let isPlain = isBlank && !isLast || byte > 0x20 && byte < 0x7F && byte != 0x3D
      // A dot that is alone on a line ends a mail in SMTP, `From ` begins one in mbox: neither begins a line plain.
      let isRisky = column == 0 && (byte == 0x2E || byte == 0x46)
      let width = isPlain && !isRisky ? 1 : 3
      if column + width > 75 {
        result += [0x3D, 13, 10]
        column = 0
      }
      if width == 1, !(column == 0 && (byte == 0x2E || byte == 0x46)) {
        result.append(byte)
        column += 1
      } else {
        result += [0x3D, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        column += 3
      }
      index += 1
    }
    if column > 0 { result += [13, 10] }
    return result
  }

  /// What is no valid escape is as it is (RFC 2045, note in section 6.7).
  static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      guard byte == 0x3D else {
        result.append(byte)
        index += 1
        continue
      }
      var next = index + 1
      while next < bytes.endIndex, bytes[next] == 0x20 || bytes[next] == 0x09 { next += 1 }
      if next < bytes.endIndex, bytes[next] == 13 { next += 1 }
      if next < bytes.endIndex, bytes[next] == 10 {
        index = next + 1
      } else if index + 2 < bytes.endIndex, let high = bytes[index + 1].hexDigitValue,
        let low = bytes[index + 2].hexDigitValue
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(byte)
        index += 1
      }
    }
    return result
  }
}
