/// The character encodings that the readers know, each decoded strictly.
package enum TextEncoding: String, CaseIterable, Sendable {
  case utf8 = "UTF-8"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
  case usASCII = "US-ASCII"
  /// With GBK and GB 2312, which are parts of it.
  case gb18030 = "GB18030"
  case windows1250 = "windows-1250"
  case windows1251 = "windows-1251"
  case windows1252 = "windows-1252"
  case windows1253 = "windows-1253"
  case windows1254 = "windows-1254"
  case windows1255 = "windows-1255"
  case windows1256 = "windows-1256"
  case windows1257 = "windows-1257"
  case windows1258 = "windows-1258"
  case iso8859Part1 = "ISO-8859-1"
  case iso8859Part2 = "ISO-8859-2"
  case iso8859Part3 = "ISO-8859-3"
  case iso8859Part4 = "ISO-8859-4"
  case iso8859Part5 = "ISO-8859-5"
  case iso8859Part6 = "ISO-8859-6"
  case iso8859Part7 = "ISO-8859-7"
  case iso8859Part8 = "ISO-8859-8"
  case iso8859Part9 = "ISO-8859-9"
  case iso8859Part10 = "ISO-8859-10"
  case iso8859Part11 = "ISO-8859-11"
  case iso8859Part13 = "ISO-8859-13"
  case iso8859Part14 = "ISO-8859-14"
  case iso8859Part15 = "ISO-8859-15"
  case iso8859Part16 = "ISO-8859-16"

  /// The encoding of a name as people and XML declarations write it (`cp1250`, `latin1`, `utf8`), or nil.
  package init?(name: some StringProtocol) {
    // Only letters and digits count: "Windows 1250", "windows_1250" and "windows-1250" are one encoding.
    var key: [UInt8] = []
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): key.append(byte | 0x20)
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): key.append(byte)
      case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: " "), UInt8(ascii: "."): continue
      default: return nil
      }
    }
    let text = String(decoding: key, as: UTF8.self)
    switch text {
    case "utf8", "unicode11utf8": self = .utf8
    case "utf16", "utf16le", "ucs2", "unicode": self = .utf16LittleEndian
    case "utf16be": self = .utf16BigEndian
    case "usascii", "ascii", "iso646us", "ansix341968": self = .usASCII
    case "gb18030", "gbk", "gb2312", "euccn", "cp936", "windows936", "ms936": self = .gb18030
    case "latin1": self = .iso8859Part1
    case "latin2": self = .iso8859Part2
    case "latin9": self = .iso8859Part15
    default:
      var number: Substring?
      for prefix in ["windows", "xcp", "cp", "win"] where number == nil && text.hasPrefix(prefix) {
        number = text.dropFirst(prefix.count)
      }
      let canonical: String
      if let number {
        canonical = "windows-" + number
      } else if text.hasPrefix("iso8859") {
        canonical = "ISO-8859-" + text.dropFirst("iso8859".count)
      } else {
        return nil
      }
      guard let found = TextEncoding(rawValue: canonical) else { return nil }
      self = found
    }
  }

  /// The bytes of one unit of the encoding: two in UTF-16, else one.
  var unitSize: Int { self == .utf16LittleEndian || self == .utf16BigEndian ? 2 : 1 }

  /// The mark that may open a file of this encoding.
  package var byteOrderMark: [UInt8] {
    switch self {
    case .utf8: [0xEF, 0xBB, 0xBF]
    case .utf16LittleEndian: [0xFF, 0xFE]
    case .utf16BigEndian: [0xFE, 0xFF]
    default: []
    }
  }

  /// Unicode scalars of the bytes 0x80 to 0xFF, 0xFFFD where a byte means nothing; nil when not single-byte.
  var upperHalf: [UInt16]? {
    if self == .usASCII { return [UInt16](repeating: 0xFFFD, count: 128) }
    guard let text = CodePages.upperHalf(self) else { return nil }
    let scalars = text.unicodeScalars.map { UInt16(truncatingIfNeeded: $0.value) }
    // The tables of ISO 8859 leave out the C1 controls, which stand for themselves.
    let controls = (0..<(128 - scalars.count)).map { UInt16(0x80 + $0) }
    return controls + scalars
  }
}
