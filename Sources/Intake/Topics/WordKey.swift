import Foundation

/// What is left of a word when spelling is forgiven: two words with one key are taken for the same.
///
/// Case, width, punctuation and spaces never count (`E-Bike`, `e bike`, `ＥＢＩＫＥ` are one). Diacritics count in `strict` and
/// are dropped in `loose` (`Führung`, `Fuhrung`), letters without a decomposition among them (`ł`, `ø`, `ß`).
/// `+` and `#` stay: C, C++ and C# are three things. So does a minus before a number that begins the text: -9 is a code for
/// "no answer", and 9 is none.
package struct WordKey: Hashable, Sendable {
  package let strict: String
  package let loose: String

  package init(_ text: some StringProtocol) {
    if let plain = WordKey.ascii(text) {
      strict = plain
      loose = plain
      return
    }
    var strict = String.UnicodeScalarView()
    var loose = String.UnicodeScalarView()
    var isMinus = false
    for scalar in String(text).decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
      if isMinus, scalar.properties.generalCategory == .decimalNumber {
        strict.append("-")
        loose.append("-")
      }
      isMinus = strict.isEmpty && (scalar == "-" || scalar == "\u{2212}")
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark:
        strict.append(scalar)
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .spacingMark,
        .decimalNumber, .letterNumber, .otherNumber:
        strict.append(scalar)
        loose.append(contentsOf: WordKey.plain(scalar))
      default:
        guard scalar == "+" || scalar == "#" else { continue }
        strict.append(scalar)
        loose.append(scalar)
      }
    }
    self.strict = String(strict)
    self.loose = String(loose)
  }

  /// The key of a text in ASCII, which most are: no tables of Unicode are needed for it.
  private static func ascii(_ text: some StringProtocol) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var isMinus = false
    for byte in text.utf8 {
      let follows = isMinus
      isMinus = byte == UInt8(ascii: "-") && bytes.isEmpty
      switch byte {
      case 0x80...: return nil
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if follows { bytes.append(UInt8(ascii: "-")) }
        bytes.append(byte)
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "+"), UInt8(ascii: "#"): bytes.append(byte)
      default: continue
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  package var isEmpty: Bool { strict.isEmpty }

  /// Letters that Unicode does not decompose, and that people write without their stroke.
  private static func plain(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
    switch scalar {
    case "ł": "l".unicodeScalars
    case "ø": "o".unicodeScalars
    case "đ", "ð": "d".unicodeScalars
    case "ħ": "h".unicodeScalars
    case "ı": "i".unicodeScalars
    case "ß": "ss".unicodeScalars
    case "æ": "ae".unicodeScalars
    case "œ": "oe".unicodeScalars
    case "þ": "th".unicodeScalars
    default: String(scalar).unicodeScalars
    }
  }
}
