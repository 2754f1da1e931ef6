import Basics
import Programme

/// Who has answered already, in a few bytes each: a million sheets must not fill the memory.
///
/// Whole numbers (which exports number their rows and employees by) are bits of a map; anything else is kept as its
/// 64-bit hash. Two different texts of one hash would be taken for one: by chance once in 10⁷ surveys of a million.
package struct AnswerLedger: Sendable {
  private var pages: [Int: [UInt64]] = [:]
  private var hashes: Set<UInt64> = []
  private static let pageBits = 1 << 16

  package init() {}

  /// Adds a name; false where it was there. O(1).
  package mutating func insert(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    if let number = AnswerLedger.number(name) {
      let bit = UInt64(1) << UInt64(number & 63)
      let word = (number % AnswerLedger.pageBits) >> 6
      let page = number / AnswerLedger.pageBits
      if pages[page] == nil { pages[page] = [UInt64](repeating: 0, count: AnswerLedger.pageBits / 64) }
      let isNew = (pages[page]?[word] ?? 0) & bit == 0
      pages[page]?[word] |= bit
      return isNew
    }
    return hashes.insert(StableHash(name).value).inserted
  }

  /// A decimal number below 2²⁷ without leading zeros: its bit then costs less than a hash would.
  private static func number(_ name: UnsafeBufferPointer<UInt8>) -> Int? {
    guard (1...9).contains(name.count), name[0] != 0x30 || name.count == 1 else { return nil }
    var value = 0
    for byte in name {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value < 1 << 27 ? value : nil
  }
}
