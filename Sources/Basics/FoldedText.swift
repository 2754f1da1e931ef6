import Foundation

/// Words made comparable: compatibility forms, case and the marks of Latin, Greek and Cyrillic letters are folded away
/// (as Unicode's NFKC_Casefold does, and the marks besides, since many leave them out when they type).
///
/// Letters and digits remain, everything else divides words but the apostrophe: `O'Neil` is one word.
package struct FoldedText: Hashable, Sendable {
  /// Unicode scalars; words are divided by one space, none at either end.
  package let scalars: [UInt32]

  package init(_ text: String) {
    var folded: [UInt32] = []
    folded.reserveCapacity(text.utf8.count)
    var isASCII = true
    for byte in text.utf8 {
      switch byte {
      case 0x61...0x7A, 0x30...0x39: folded.append(UInt32(byte))
      case 0x41...0x5A: folded.append(UInt32(byte) + 0x20)
      case 0x80...:
        isASCII = false
      case 0x27: break
      default:
        if let last = folded.last, last != FoldedText.space { folded.append(FoldedText.space) }
      }
      if !isASCII { break }
    }
    if !isASCII { folded = FoldedText.folding(text) }
    if folded.last == FoldedText.space { folded.removeLast() }
    scalars = folded
  }

  static let space: UInt32 = 0x20

  private static func folding(_ text: String) -> [UInt32] {
    var folded: [UInt32] = []
    var base: UInt32 = 0
    for scalar in text.decomposedStringWithCompatibilityMapping.unicodeScalars {
      let properties = scalar.properties
      if properties.generalCategory == .nonspacingMark {
        // Marks of other scripts carry meaning (vowels of Devanagari, the voicing of kana).
        if base >= 0x530 { folded.append(scalar.value) }
        continue
      }
      base = scalar.value
      if scalar == "\u{2019}" || scalar == "\u{2BC}" || scalar == "'" { continue }
      if properties.isAlphabetic || properties.numericType != nil {
        if let plain = plainLetters[scalar.value] {
          folded.append(contentsOf: plain)
        } else {
          for lower in properties.lowercaseMapping.unicodeScalars
          where lower.properties.generalCategory != .nonspacingMark {
            folded.append(contentsOf: plainLetters[lower.value] ?? [lower.value])
          }
        }
      } else if let last = folded.last, last != space {
        folded.append(space)
      }
    }
    return folded
  }

  /// Letters with a stroke or joined that no decomposition takes apart.
  private static let plainLetters: [UInt32: [UInt32]] = [
    0xDF: [0x73, 0x73], 0x1E9E: [0x73, 0x73], 0x142: [0x6C], 0x141: [0x6C], 0xF8: [0x6F], 0xD8: [0x6F],
    0x111: [0x64], 0x110: [0x64], 0x131: [0x69], 0xE6: [0x61, 0x65], 0xC6: [0x61, 0x65],
    0x153: [0x6F, 0x65], 0x152: [0x6F, 0x65], 0x3C2: [0x3C3],
  ]

  /// The words, in order.
  package var words: [ArraySlice<UInt32>] { scalars.split(separator: FoldedText.space) }

  /// Scripts that write without spaces are compared by shorter pieces.
  package static func isIdeograph(_ scalar: UInt32) -> Bool {
    (0x3040...0x30FF).contains(scalar) || (0x3400...0x4DBF).contains(scalar)
      || (0x4E00...0x9FFF).contains(scalar) || (0xF900...0xFAFF).contains(scalar)
      || (0x20000...0x323AF).contains(scalar)
  }

  /// The pieces by which texts are compared: three letters, a word's border counted as one; of scripts without
  /// spaces one and two characters. A piece is packed into 63 bits, 21 a scalar.
  package func forEachPiece(_ body: (UInt64) -> Void) {
    var before = FoldedText.space
    var index = 0
    while index < scalars.count {
      let current = scalars[index]
      let after = index + 1 < scalars.count ? scalars[index + 1] : FoldedText.space
      if FoldedText.isIdeograph(current) {
        body(UInt64(current))
        if FoldedText.isIdeograph(after) { body(UInt64(current) << 21 | UInt64(after)) }
        before = FoldedText.space
      } else if current == FoldedText.space {
        before = FoldedText.space
      } else {
        let next = FoldedText.isIdeograph(after) ? FoldedText.space : after
        body(UInt64(before) << 42 | UInt64(current) << 21 | UInt64(next))
        before = current
      }
      index += 1
    }
  }
}
