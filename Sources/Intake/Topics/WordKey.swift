import Foundation

/// What is left of a word when spelling is forgiven: two words with one key are taken for the same.
///
/// Case, width, punctuation and spaces never count (`E-Bike`, `e bike`, `ＥＢＩＫＥ` are one). Diacritics count in `strict` and
/// are dropped in `loose` (`Führung`, `Fuhrung`), letters without a decomposition among them (`ł`, `ø`, `ß`).
/// `+` and `#` stay: C, C++ and C# are three things.
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
    for scalar in String(text).decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
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
    for byte in text.utf8 {
      switch byte {
      case 0x80...: return nil
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"),
        UInt8(ascii: "#"):
        bytes.append(byte)
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
