/// What is not JSON, and where: the byte's offset from the start of the text.
package struct JSONError: Error, Hashable, Sendable {
  package var offset: Int
  package var message: String

  package init(offset: Int, message: String) {
    self.offset = offset
    self.message = message
  }
}

/// A key as a line has it, in quotes and with its colon: compared and written without looking at it again.
package struct QuotedKey: Sendable {
  package let text: String
  @usableFromInline let bytes: [UInt8]
  /// The first eight bytes, those behind the end masked.
  @usableFromInline let first: UInt64
  @usableFromInline let mask: UInt64

  package init(_ key: String) {
    text = key
    bytes = JSONValue.string(key).line + [0x3A]
    (first, mask) = zip(bytes, 0..<8).reduce(into: (0, 0)) { word, byte in
      word.0 |= UInt64(byte.0) << UInt64(8 * byte.1)
      word.1 |= 0xFF << UInt64(8 * byte.1)
    }
  }
}

/// Reads one JSON text (RFC 8259) by pulling, straight from bytes.
///
/// Why our own: records pass through a chain of tools, so most values are only skipped, at the speed of the
/// disk; and a complaint must name the column, which Foundation's decoder cannot. The bytes must be valid UTF-8; the
/// caller checks that once for a whole line.
package struct JSONScanner: ~Escapable {
  @usableFromInline let bytes: Span<UInt8>
  /// Where the next byte will be read: the place of a complaint.
  @usableFromInline package internal(set) var offset = 0
  private var atFirstMember = true

  /// Deeper texts are refused, so that no text can exhaust the stack.
  package static let greatestDepth = 512

  @_lifetime(copy bytes)
  package init(_ bytes: Span<UInt8>) {
    self.bytes = bytes
  }

  private var byte: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private func failure(_ message: String, at place: Int? = nil) -> JSONError {
    JSONError(offset: place ?? offset, message: message)
  }

  @inline(__always)
  private mutating func skipSpace() {
    while offset < bytes.count {
      let next = bytes[offset]
      guard next == 0x20 || next == 0x09 || next == 0x0D || next == 0x0A else { return }
      offset += 1
    }
  }

  /// Nothing but white space may follow.
  package mutating func end() throws(JSONError) {
    skipSpace()
    guard offset == bytes.count else { throw failure("text after the end of the object") }
  }

  // MARK: Objects and arrays

  package mutating func beginObject() throws(JSONError) {
    skipSpace()
    guard byte == 0x7B else { throw failure("expected an object") }
    offset += 1
    atFirstMember = true
  }

  /// The next key of the object that was begun, its colon passed; nil at the object's end.
  package mutating func nextKey() throws(JSONError) -> String? {
    guard try nextMember() else { return nil }
    return try key()
  }

  /// Whether another member follows in the object that was begun; its key is then the next to be read.
  package mutating func nextMember() throws(JSONError) -> Bool {
    guard try nextMember(closing: 0x7D) else { return false }
    skipSpace()
    guard byte == 0x22 else { throw failure("expected a key in double quotes") }
    return true
  }

  /// The key of a member, its colon passed.
  package mutating func key() throws(JSONError) -> String {
    let key = try string()
    try colon()
    return key
  }

  /// Passes the key of a member and its colon; whether it is this one, in whatever form.
  @_lifetime(self: copy self)
  package mutating func passKey(is wanted: QuotedKey) throws(JSONError) -> Bool {
    if pass(wanted) { return true }
    let start = offset
    let isPlain = try skipString()
    let inside = bytes.extracting((start + 1)..<(offset - 1))
    try colon()
    if !isPlain { return try JSONScanner.unescape(inside, from: start + 1) == wanted.text }
    return inside.isEqual(to: wanted.bytes.span.extracting(1..<(wanted.bytes.count - 2)))
  }

  /// Passes the key of a member and its colon, where it is this one in the form in which we write it.
  @inlinable @inline(__always)
  @_lifetime(self: copy self)
  package mutating func pass(_ key: QuotedKey) -> Bool {
    let length = key.bytes.count
    guard offset + max(length, 8) <= bytes.count,
      bytes.word(at: offset) & key.mask == key.first
    else { return false }
    var index = 8
    while index < length {
      guard bytes[offset + index] == key.bytes[index] else { return false }
      index += 1
    }
    offset += length
    return true
  }

  package mutating func beginArray() throws(JSONError) {
    skipSpace()
    guard byte == 0x5B else { throw failure("expected an array") }
    offset += 1
    atFirstMember = true
  }

  /// Whether another element follows in the array that was begun.
  package mutating func nextElement() throws(JSONError) -> Bool {
    try nextMember(closing: 0x5D)
  }

  private mutating func colon() throws(JSONError) {
    skipSpace()
    guard byte == 0x3A else { throw failure("expected ':' after the key") }
    offset += 1
  }

  /// A container's comma or end. `atFirstMember` needs no stack: a nested container is read to its end, and then the
  /// outer one has had a member.
  @_lifetime(self: copy self)
  private mutating func nextMember(closing: UInt8) throws(JSONError) -> Bool {
    skipSpace()
    guard let next = byte else { throw failure("the text ends too early") }
    if next == closing {
      offset += 1
      atFirstMember = false
      return false
    }
    if atFirstMember {
      atFirstMember = false
      return true
    }
    guard next == 0x2C else {
      throw failure(closing == 0x7D ? "expected ',' or '}'" : "expected ',' or ']'")
    }
    offset += 1
    skipSpace()
    if byte == closing { throw failure("expected a value after ','") }
    return true
  }

  // MARK: Scalars

  /// True, and passed, where the next value is `null`.
  package mutating func null() throws(JSONError) -> Bool {
    skipSpace()
    guard byte == 0x6E else { return false }
    try literal("null")
    return true
  }

  package mutating func bool() throws(JSONError) -> Bool {
    skipSpace()
    if byte == 0x74 {
      try literal("true")
      return true
    }
    guard byte == 0x66 else { throw failure("expected true or false") }
    try literal("false")
    return false
  }

  @_lifetime(self: copy self)
  private mutating func literal(_ text: String) throws(JSONError) {
    let wanted = text.utf8.span
    guard offset + wanted.count <= bytes.count else { throw failure("the text ends too early") }
    for index in wanted.indices where bytes[offset + index] != wanted[index] {
      throw failure("expected a value")
    }
    offset += wanted.count
  }

  package mutating func integer() throws(JSONError) -> Int {
    let start = try skipNumber()
    if let value = Int(String(decoding: bytes.extracting(start..<offset))) { return value }
    throw failure("expected a whole number", at: start)
  }

  package mutating func double() throws(JSONError) -> Double {
    let start = try skipNumber()
    if let value = Double(String(decoding: bytes.extracting(start..<offset))), value.isFinite {
      return value
    }
    throw failure("the number is too large", at: start)
  }

  package mutating func string() throws(JSONError) -> String {
    skipSpace()
    let start = offset
    let isPlain = try skipString()
    let inside = bytes.extracting((start + 1)..<(offset - 1))
    if isPlain { return String(decoding: inside) }
    return try JSONScanner.unescape(inside, from: start + 1)
  }

  /// The kind of the value that follows, by its first byte; nil where the text ends.
  package mutating func peek() -> UInt8? {
    skipSpace()
    return byte
  }

  // MARK: Skipping

  /// Passes one value of any kind, checking that it is JSON. O(bytes): each is looked at once.
  package mutating func skipValue() throws(JSONError) {
    var closers: [UInt8] = []
    repeat {
      skipSpace()
      guard let first = byte else { throw failure("the text ends too early") }
      switch first {
      case 0x7B, 0x5B:
        guard closers.count < JSONScanner.greatestDepth else { throw failure("nested too deeply") }
        closers.append(first == 0x7B ? 0x7D : 0x5D)
        offset += 1
        atFirstMember = true
      case 0x22: _ = try skipString()
      case 0x74: try literal("true")
      case 0x66: try literal("false")
      case 0x6E: try literal("null")
      default: _ = try skipNumber()
      }
      while let closer = closers.last {
        if try nextMember(closing: closer) {
          if closer == 0x7D {
            skipSpace()
            guard byte == 0x22 else { throw failure("expected a key in double quotes") }
            _ = try skipString()
            try colon()
          }
          break
        }
        closers.removeLast()
      }
    } while !closers.isEmpty
    atFirstMember = false
  }

  /// Passes a string; true where it holds no escape.
  @inline(__always)
  private mutating func skipString() throws(JSONError) -> Bool {
    let start = offset
    guard byte == 0x22 else { throw failure("expected a string in double quotes") }
    offset += 1
    var isPlain = true
    while offset < bytes.count {
      // Eight bytes at once, while none of them is a quote, a backslash or a control character.
      while offset + 8 <= bytes.count {
        let word = bytes.word(at: offset)
        let quote = word ^ 0x2222_2222_2222_2222
        let slash = word ^ 0x5C5C_5C5C_5C5C_5C5C
        let low: UInt64 = 0x0101_0101_0101_0101
        let high: UInt64 = 0x8080_8080_8080_8080
        let found =
          ((quote &- low) & ~quote) | ((slash &- low) & ~slash)
          | ((word &- 0x2020_2020_2020_2020) & ~word)
        if found & high != 0 {
          // The lowest mark is right; those above it may be borrowed.
          offset += (found & high).trailingZeroBitCount / 8
          break
        }
        offset += 8
      }
      guard offset < bytes.count else { break }
      let next = bytes[offset]
      if next == 0x22 {
        offset += 1
        return isPlain
      }
      if next == 0x5C {
        isPlain = false
        offset += 1
        guard let escaped = byte else { break }
        switch escaped {
        case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: offset += 1
        case 0x75:
          let unit = try escapedUnit(at: offset)
          let escape = offset - 1
          offset += 5
          // Checked here, where every line passes, and not where a tool happens to decode the string: a line is good for
          // all tools or for none.
          if (0xD800..<0xDC00).contains(unit) {
            guard offset + 1 < bytes.count, bytes[offset] == 0x5C, bytes[offset + 1] == 0x75,
              (0xDC00..<0xE000).contains(try escapedUnit(at: offset + 1))
            else { throw failure(JSONScanner.halfPair, at: escape) }
            offset += 6
          } else if (0xDC00..<0xE000).contains(unit) {
            throw failure(JSONScanner.halfPair, at: escape)
          }
        default: throw failure("unknown escape in a string")
        }
      } else if next < 0x20 {
        throw failure("a control character in a string must be escaped")
      } else {
        offset += 1
      }
    }
    throw failure("the string that begins here is not closed", at: start)
  }

  private static let halfPair = "half of a surrogate pair in \\u"

  /// The code unit of an escape, by the place of its `u`.
  private func escapedUnit(at place: Int) throws(JSONError) -> UInt32 {
    var unit: UInt32 = 0
    for digit in 1...4 {
      guard place + digit < bytes.count, let value = bytes[place + digit].hexDigitValue else {
        throw failure("\\u needs four hexadecimal digits", at: place)
      }
      unit = unit << 4 | UInt32(value)
    }
    return unit
  }

  /// Passes a number by RFC 8259's grammar and returns where it began.
  private mutating func skipNumber() throws(JSONError) -> Int {
    skipSpace()
    let start = offset
    if byte == 0x2D { offset += 1 }
    let integerStart = offset
    skipDigits()
    guard offset > integerStart else { throw failure("expected a value", at: start) }
    if offset - integerStart > 1, bytes[integerStart] == 0x30 {
      throw failure("a number may not begin with 0", at: start)
    }
    if byte == 0x2E {
      offset += 1
      let fraction = offset
      skipDigits()
      guard offset > fraction else { throw failure("expected digits after the decimal point") }
    }
    if byte == 0x65 || byte == 0x45 {
      offset += 1
      if byte == 0x2B || byte == 0x2D { offset += 1 }
      let exponent = offset
      skipDigits()
      guard offset > exponent else { throw failure("expected digits in the exponent") }
    }
    return start
  }

  private mutating func skipDigits() {
    while offset < bytes.count, bytes[offset] &- 0x30 < 10 { offset += 1 }
  }

  // MARK: Escapes

  /// The text of a string's inside whose escapes `skipString` has already checked.
  private static func unescape(
    _ inside: Span<UInt8>, from start: Int
  ) throws(JSONError) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(inside.count)
    var index = 0
    func unit(at place: Int) -> UInt32? {
      guard place + 6 <= inside.count, inside[place] == 0x5C, inside[place + 1] == 0x75 else { return nil }
      var value: UInt32 = 0
      for digit in 2..<6 { value = value << 4 | UInt32(inside[place + digit].hexDigitValue ?? 0) }
      return value
    }
    while index < inside.count {
      let byte = inside[index]
      guard byte == 0x5C, index + 1 < inside.count else {
        result.append(byte)
        index += 1
        continue
      }
      switch inside[index + 1] {
      case 0x62: result.append(0x08)
      case 0x66: result.append(0x0C)
      case 0x6E: result.append(0x0A)
      case 0x72: result.append(0x0D)
      case 0x74: result.append(0x09)
      case 0x75:
        var code = unit(at: index) ?? 0xFFFD
        if (0xD800..<0xDC00).contains(code), let low = unit(at: index + 6), (0xDC00..<0xE000).contains(low) {
          code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
          index += 6
        }
        guard let scalar = Unicode.Scalar(code) else {
          throw JSONError(offset: start + index, message: halfPair)
        }
        result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        index += 4
      default: result.append(inside[index + 1])
      }
      index += 2
    }
    return String(decoding: result, as: UTF8.self)
  }
}
