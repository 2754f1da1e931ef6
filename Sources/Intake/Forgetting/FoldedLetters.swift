import Foundation

/// A letter as it is compared with others: without case, whatever its normalisation form, apostrophe, dash or space.
enum FoldedLetters {
  static let space: UInt32 = 0x20

  /// The letters that stand for one scalar: none for what nobody sees (soft hyphens, marks of direction).
  static func folded(_ scalar: UInt32) -> [UInt32] {
    switch scalar {
    case 0x61...0x7A, 0x21...0x40, 0x5B...0x60, 0x7B...0x7E: [scalar]
    case 0x41...0x5A: [scalar | 0x20]
    case 0...0x20, 0x7F: [space]
    case 0x80..<0x530: table[Int(scalar) - 0x80]
    // Ideographs have neither case nor decomposition.
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0x20000...0x3FFFF: [scalar]
    default: computed(scalar)
    }
  }

  /// Whether the letter makes a longer word of the one beside it. Scripts that are written without spaces have no words.
  static func isWord(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x61...0x7A, 0x30...0x39, 0x41...0x5A: return true
    case 0..<0x80: return false
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0x1100...0x11FF, 0xAC00...0xD7AF, 0x20000...0x3FFFF:
      return false
    default:
      guard let scalar = Unicode.Scalar(scalar) else { return false }
      return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || scalar.properties.canonicalCombiningClass != .notReordered
    }
  }

  /// 0 for what is no combining mark.
  static func combiningClass(_ scalar: UInt32) -> UInt8 {
    guard scalar >= 0x300, let scalar = Unicode.Scalar(scalar) else { return 0 }
    return scalar.properties.canonicalCombiningClass.rawValue
  }

  private static let table: [[UInt32]] = (0x80..<0x530).map { computed(UInt32($0)) }

  private static func computed(_ value: UInt32) -> [UInt32] {
    guard let scalar = Unicode.Scalar(value) else { return [value] }
    switch value {
    case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFEFF, 0xFE00...0xFE0F:
      return []
    case 0x2018, 0x2019, 0x201B, 0x2BC, 0x2032, 0xB4, 0xFF07: return [0x27]
    case 0x2010...0x2015, 0x2212: return [0x2D]
    default: break
    }
    if scalar.properties.isWhitespace { return [space] }
    // By way of capitals: `ß` and `SS`, `ς` and `σ` are alike then.
    let text = String(scalar).decomposedStringWithCompatibilityMapping.uppercased().lowercased()
      .decomposedStringWithCompatibilityMapping
    var letters = text.unicodeScalars.map(\.value)
    // The dot of a Turkish capital I.
    if value == 0x130 { letters = [0x69] }
    return letters
  }
}
