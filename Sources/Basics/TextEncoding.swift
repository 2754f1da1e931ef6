/// The character encodings that the readers know, each decoded strictly.
package enum TextEncoding: String, CaseIterable, Sendable {
  case utf8 = "UTF-8"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
  case utf32LittleEndian = "UTF-32LE"
  case utf32BigEndian = "UTF-32BE"
  case usASCII = "US-ASCII"
  /// With GBK and GB 2312, which are parts of it.
  case gb18030 = "GB18030"
  /// As Windows writes it (code page 932).
  case shiftJIS = "Shift-JIS"
  case eucJP = "EUC-JP"
  /// With what Windows adds to it (code page 949).
  case eucKR = "EUC-KR"
  case big5 = "Big5"
  case windows874 = "windows-874"
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
  case koi8R = "KOI8-R"
  case koi8U = "KOI8-U"
  /// The pages of DOS, which Excel's "CSV (MS-DOS)" still writes.
  case cp437 = "CP437"
  case cp737 = "CP737"
  case cp775 = "CP775"
  case cp850 = "CP850"
  case cp852 = "CP852"
  case cp855 = "CP855"
  case cp857 = "CP857"
  case cp858 = "CP858"
  case cp862 = "CP862"
  case cp866 = "CP866"
  /// Excel's "CSV (Macintosh)".
  case macRoman = "Mac-Roman"
  case macCentralEurope = "Mac-Central-Europe"

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
    case "utf32", "utf32le", "ucs4": self = .utf32LittleEndian
    case "utf32be": self = .utf32BigEndian
    case "shiftjis", "sjis", "xsjis", "mskanji", "cp932", "windows932", "windows31j", "ms932":
      self = .shiftJIS
    case "eucjp", "xeucjp": self = .eucJP
    case "euckr", "cp949", "windows949", "ms949", "uhc", "ksc56011987", "ksc5601": self = .eucKR
    case "big5", "cp950", "windows950", "ms950": self = .big5
    case "koi8r": self = .koi8R
    case "koi8u": self = .koi8U
    case "macroman", "macintosh", "mac", "xmacroman": self = .macRoman
    case "maccentraleurope", "macce", "xmacce": self = .macCentralEurope
    case "tis620": self = .windows874
    case "gb18030", "gbk", "gb2312", "euccn", "cp936", "windows936", "ms936": self = .gb18030
    case "latin1": self = .iso8859Part1
    case "latin2": self = .iso8859Part2
    case "latin9": self = .iso8859Part15
    default:
      var number: Substring?
      for prefix in ["windows", "xcp", "cp", "win", "ibm", "oem", "dos"]
      where number == nil && text.hasPrefix(prefix) {
        number = text.dropFirst(prefix.count)
      }
      let canonical: String
      if let number {
        canonical = (number.count == 3 && number != "874" ? "CP" : "windows-") + number
      } else if text.hasPrefix("iso8859") {
        canonical = "ISO-8859-" + text.dropFirst("iso8859".count)
      } else {
        return nil
      }
      guard let found = TextEncoding(rawValue: canonical) else { return nil }
      self = found
    }
  }

  /// The bytes of one unit of the encoding: four in UTF-32, two in UTF-16, else one.
  package var unitSize: Int {
    switch self {
    case .utf32LittleEndian, .utf32BigEndian: 4
    case .utf16LittleEndian, .utf16BigEndian: 2
    default: 1
    }
  }

  /// Whether XML in it is read: encodings in which an ASCII byte is always that character, and Unicode.
  package var isForXML: Bool {
    switch self {
    case .utf8, .utf16LittleEndian, .utf16BigEndian, .usASCII: true
    default: rawValue.hasPrefix("ISO-8859-") || rawValue.hasPrefix("windows-125")
    }
  }

  /// What iconv calls an encoding that we have no table of.
  package var iconvNames: [String] {
    switch self {
    case .shiftJIS: ["CP932", "SHIFT_JIS"]
    case .eucJP: ["EUC-JP-MS", "EUC-JP"]
    case .eucKR: ["CP949", "UHC", "EUC-KR"]
    case .big5: ["CP950", "BIG5"]
    case .windows874: ["CP874", "WINDOWS-874"]
    case .macRoman: ["MACINTOSH", "MAC"]
    case .macCentralEurope: ["MAC-CENTRALEUROPE", "MACCENTRALEUROPE"]
    default: [rawValue]
    }
  }

  /// The mark that may open a file of this encoding.
  package var byteOrderMark: [UInt8] {
    switch self {
    case .utf8: [0xEF, 0xBB, 0xBF]
    case .utf16LittleEndian: [0xFF, 0xFE]
    case .utf16BigEndian: [0xFE, 0xFF]
    case .utf32LittleEndian: [0xFF, 0xFE, 0, 0]
    case .utf32BigEndian: [0, 0, 0xFE, 0xFF]
    default: []
    }
  }

  package var isSingleByte: Bool {
    switch self {
    case .utf8, .utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian: false
    case .gb18030, .shiftJIS, .eucJP, .eucKR, .big5: false
    default: true
    }
  }
}

extension TextEncoding {
  /// Bytes in an encoding of this name, as UTF-8, without a byte order mark; what means nothing in it becomes U+FFFD. Names that
  /// we do not know are asked of iconv, which has those of mails too (`ISO-2022-JP`). nil: nobody knows the name.
  package static func utf8(_ bytes: [UInt8], from name: String) -> [UInt8]? {
    let known = TextEncoding(name: name)
    if let marked = TextEncoding(markOf: bytes), known == nil || known?.isSingleByte == false {
      return marked.utf8(Array(bytes.dropFirst(marked.byteOrderMark.count)))
    }
    if let known { return known.utf8(bytes) }
    let isName =
      name.utf8.count <= 40
      && name.utf8.allSatisfy {
        $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
          || $0 == UInt8(ascii: ":")
      }
    guard isName, !name.isEmpty else { return nil }
    // "ISO-8859-8-I" says in which order lines are read, which is no matter of bytes.
    let plain = ["-i", "-e"].contains { name.lowercased().hasSuffix($0) } ? [String(name.dropLast(2))] : []
    return Iconv(from: [name] + plain, to: "UTF-8")?.text(bytes, mark: Array("\u{FFFD}".utf8))
  }

  /// Of the mark that opens the bytes.
  package init?(markOf bytes: [UInt8]) {
    // The mark of UTF-32 begins as that of UTF-16.
    let marked: [TextEncoding] = [
      .utf32LittleEndian, .utf32BigEndian, .utf8, .utf16LittleEndian, .utf16BigEndian,
    ]
    guard let found = marked.first(where: { bytes.starts(with: $0.byteOrderMark) }) else { return nil }
    self = found
  }

  /// Bytes in this encoding as UTF-8; what means nothing in it becomes U+FFFD.
  package func utf8(_ bytes: [UInt8]) -> [UInt8] {
    if self == .utf8 || self == .usASCII { return bytes }
    return Iconv(from: iconvNames, to: "UTF-8")?.text(bytes, mark: Array("\u{FFFD}".utf8)) ?? bytes
  }
}
