/// A stretch of a calendar file's bytes: no copy, every access within bounds or a trap.
///
/// Valid only while the file's buffer is; never stored in a value that outlives the reading.
struct Octets {
  private let base: UnsafePointer<UInt8>?
  let count: Int

  static var empty: Octets { Octets(base: nil, count: 0) }

  private init(base: UnsafePointer<UInt8>?, count: Int) {
    self.base = base
    self.count = count
  }

  init(_ buffer: UnsafeBufferPointer<UInt8>) {
    self.init(base: buffer.baseAddress, count: buffer.baseAddress == nil ? 0 : buffer.count)
  }

  subscript(index: Int) -> UInt8 {
    @inline(__always) get {
      guard let base, index >= 0, index < count else { preconditionFailure("octet \(index) of \(count)") }
      return base[index]
    }
  }

  subscript(range: Range<Int>) -> Octets {
    guard let base, range.lowerBound >= 0, range.upperBound <= count else {
      precondition(range.isEmpty, "octets \(range) of \(count)")
      return .empty
    }
    return Octets(base: base + range.lowerBound, count: range.count)
  }

  var isEmpty: Bool { count == 0 }

  var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

  /// Without the blanks at either end: space, tab, no-break space.
  var trimmed: Octets {
    guard let base, count > 0 else { return self }
    // Nearly every value has none.
    if base[0] > 0x20, base[0] != 0xC2, base[count - 1] > 0x20, base[count - 1] != 0xA0 { return self }
    var (from, to) = (0, count)
    func isNoBreakSpace(_ at: Int) -> Bool { base[at] == 0xC2 && base[at + 1] == 0xA0 }
    while from < to {
      if base[from] == 0x20 || base[from] == 0x09 {
        from += 1
      } else if from + 1 < to, isNoBreakSpace(from) {
        from += 2
      } else {
        break
      }
    }
    while from < to {
      if base[to - 1] == 0x20 || base[to - 1] == 0x09 {
        to -= 1
      } else if from + 1 < to, isNoBreakSpace(to - 2) {
        to -= 2
      } else {
        break
      }
    }
    return self[from..<to]
  }

  /// What stands between separators, without blanks around it.
  func pieces(by separator: UInt8) -> [Octets] {
    var pieces: [Octets] = []
    var from = 0
    while true {
      let to = firstIndex(of: separator, from: from) ?? count
      pieces.append(self[from..<to].trimmed)
      if to == count { return pieces }
      from = to + 1
    }
  }

  func firstIndex(of byte: UInt8, from: Int = 0) -> Int? {
    var index = from
    while index < count {
      if self[index] == byte { return index }
      index += 1
    }
    return nil
  }

  /// Compares without regard to the case of ASCII letters; `text` is given in capitals.
  func equals(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    for index in 0..<count {
      var byte = self[index]
      if byte >= 0x61, byte <= 0x7A { byte &-= 0x20 }
      if byte != text.utf8Start[index] { return false }
    }
    return true
  }

  func equals(_ other: Octets) -> Bool {
    count == other.count && buffer.elementsEqual(other.buffer)
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
    guard let first = buffer.first else { return nil }
    let hasSign = first == 0x2B || first == 0x2D
    guard let value = digits(hasSign ? 1 : 0, count) else { return nil }
    return first == 0x2D ? -value : value
  }

  /// As a string, with U+FFFD for what is no UTF-8: for messages and names.
  var text: String { String(decoding: buffer, as: UTF8.self) }

  /// As a string, shortened: for messages.
  var shortText: String { count <= 60 ? text : self[0..<57].text + "…" }

  /// Whether the bytes are UTF-8.
  var isUTF8: Bool {
    if buffer.allSatisfy({ $0 < 0x80 }) { return true }
    return String(validating: buffer, as: UTF8.self) != nil
  }
}
