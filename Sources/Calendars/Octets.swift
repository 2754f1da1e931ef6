import Basics

/// A stretch of a calendar file's bytes.
typealias Octets = Span<UInt8>

extension Octets {
  subscript(range: Range<Int>) -> Octets {
    @_lifetime(copy self) get { extracting(range) }
  }

  /// Without the blanks at either end: space, tab, no-break space.
  // Swift 6.2's formatter would drop the attribute.
  // swift-format-ignore: UseSingleLinePropertyGetter
  var trimmed: Octets {
    @_lifetime(copy self) get { extracting(trimmed(0..<count)) }
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (from, to) = (range.lowerBound, range.upperBound)
    // Nearly every value has none.
    if from < to, self[from] > 0x20, self[from] != 0xC2, self[to - 1] > 0x20, self[to - 1] != 0xA0 {
      return range
    }
    func isNoBreakSpace(_ at: Int) -> Bool { self[at] == 0xC2 && self[at + 1] == 0xA0 }
    while from < to {
      if self[from] == 0x20 || self[from] == 0x09 {
        from += 1
      } else if from + 1 < to, isNoBreakSpace(from) {
        from += 2
      } else {
        break
      }
    }
    while from < to {
      if self[to - 1] == 0x20 || self[to - 1] == 0x09 {
        to -= 1
      } else if from + 1 < to, isNoBreakSpace(to - 2) {
        to -= 2
      } else {
        break
      }
    }
    return from..<to
  }

  /// Where the parts between separators are, without blanks around them.
  func pieces(by separator: UInt8) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var from = 0
    while true {
      let to = firstIndex(of: separator, from: from) ?? count
      pieces.append(trimmed(from..<to))
      if to == count { return pieces }
      from = to + 1
    }
  }

  /// Compares without regard to the case of ASCII letters; `text` is given in capitals.
  func equals(_ text: String) -> Bool {
    let wanted = text.utf8.span
    guard count == wanted.count else { return false }
    for index in indices {
      var byte = self[index]
      if byte >= 0x61, byte <= 0x7A { byte &-= 0x20 }
      if byte != wanted[index] { return false }
    }
    return true
  }

  /// The decimal number that the bytes from `from` to `to` write, digits alone; nil otherwise.
  func digits(_ from: Int, _ to: Int) -> Int? {
    guard from < to, to <= count, to - from <= 18 else { return nil }
    var value = 0
    for index in from..<to {
      let byte = self[index]
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      value = value &* 10 &+ Int(byte &- 0x30)
    }
    return value
  }

  /// A decimal number with an optional sign; nil for any other text.
  var integer: Int? {
    guard count > 0 else { return nil }
    let hasSign = self[0] == 0x2B || self[0] == 0x2D
    guard let value = digits(hasSign ? 1 : 0, count) else { return nil }
    return self[0] == 0x2D ? -value : value
  }

  /// As a string, with U+FFFD for what is no UTF-8: for messages and names.
  var text: String { String(decoding: self) }

  /// As a string, shortened: for messages.
  var shortText: String { count <= 60 ? text : self[0..<57].text + "…" }

  /// Whether the bytes are UTF-8.
  var isUTF8: Bool { firstInvalidUTF8 == nil }
}
