import Basics

/// Unfolds a calendar file into its content lines (RFC 5545, section 3.1), over bytes: a line that is not folded is
/// not copied. CRLF, bare LF and repeated CRs end a line; a fold may be within a UTF-8 sequence.
struct ContentLines: ~Escapable {
  private let bytes: Octets
  private var index: Int
  private var unfolded: [UInt8] = []
  private var nextNumber = 1

  @_lifetime(copy bytes)
  init(_ bytes: Octets) {
    self.bytes = bytes
    let hasMark = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
    index = hasMark ? 3 : 0
  }

  /// Calls `body` with each content line that is not blank and the number, from 1, of the physical line it begins on.
  @_lifetime(self: copy self)
  mutating func walk(_ body: (Octets, Int) -> Void) {
    while index < bytes.count {
      let number = nextNumber
      let first = physicalLine()
      guard isContinued else {
        if !first.isEmpty { body(first, number) }
        continue
      }
      unfolded.removeAll(keepingCapacity: true)
      unfolded.append(copying: first)
      while isContinued {
        index += 1
        unfolded.append(copying: physicalLine())
      }
      if !unfolded.isEmpty { body(unfolded.span, number) }
    }
  }

  private var isContinued: Bool {
    index < bytes.count && (bytes[index] == 0x20 || bytes[index] == 0x09)
  }

  @_lifetime(copy self)
  private mutating func physicalLine() -> Octets {
    let start = index
    var end = bytes.firstIndex(of: 0x0A, from: start) ?? bytes.count
    index = min(end + 1, bytes.count)
    nextNumber += 1
    while end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return bytes[start..<end]
  }
}

/// One content line: `NAME;PARAM=value;…:value`.
struct ContentLine: ~Escapable {
  let name: Octets
  /// What is between the name and the colon: empty, or beginning with `;`.
  let parameters: Octets
  /// As it is: for TEXT, whose blanks count.
  let text: Octets
  /// Without blanks around it, which other programs write and skip.
  let value: Octets

  /// nil for a line without a name and a colon.
  @_lifetime(copy line)
  init?(_ line: Octets) {
    var index = 0
    while index < line.count {
      let byte = line[index]
      if byte == UInt8(ascii: ":") || byte == UInt8(ascii: ";") { break }
      if byte == 0x20 || byte == 0x09 {
        // Blanks may be before the colon, not within the name.
        let rest = line[index..<line.count].trimmed
        guard index > 0, !rest.isEmpty, rest[0] == UInt8(ascii: ":") || rest[0] == UInt8(ascii: ";") else {
          return nil
        }
        index += 1
        continue
      }
      let isNameByte =
        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39
        || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
      guard isNameByte else { return nil }
      index += 1
    }
    guard index > 0, index < line.count else { return nil }
    let end = index
    var isQuoted = false
    while index < line.count {
      let byte = line[index]
      if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if byte == UInt8(ascii: ":"), !isQuoted {
        break
      }
      index += 1
    }
    if index > end, index + 2 < line.count, line[index + 1] == UInt8(ascii: "/"),
      line[index + 2] == UInt8(ascii: "/"), let next = line.firstIndex(of: UInt8(ascii: ":"), from: index + 1)
    {
      // `TZID=tzone://Microsoft/Utc:…`, which lacks its quotes.
      index = next
    }
    if index == line.count {
      // A quote that is never closed holds no colon that counts: then the first one does.
      guard let colon = line.firstIndex(of: UInt8(ascii: ":"), from: end) else { return nil }
      index = colon
    }
    // "item1.DTSTART" belongs to a group, as in vCard.
    let dot = line[0..<end].firstIndex(of: UInt8(ascii: "."))
    name = line[(dot.map { $0 + 1 } ?? 0)..<end].trimmed
    parameters = line[end..<index]
    text = line[index + 1..<line.count]
    value = text.trimmed
  }

  /// The raw value of a parameter, without its quotes and the blanks around it; nil where it is not given.
  @_lifetime(copy self)
  func parameter(_ wanted: String) -> Octets? {
    var index = 0
    while index < parameters.count {
      // At a ";".
      index += 1
      let nameStart = index
      while index < parameters.count, parameters[index] != UInt8(ascii: "="),
        parameters[index] != UInt8(ascii: ";")
      {
        index += 1
      }
      let name = parameters[nameStart..<index].trimmed
      guard index < parameters.count, parameters[index] == UInt8(ascii: "=") else { continue }
      index += 1
      let valueStart = index
      var isQuoted = false
      while index < parameters.count, isQuoted || parameters[index] != UInt8(ascii: ";") {
        if parameters[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
        index += 1
      }
      guard name.equals(wanted) else { continue }
      var value = parameters[valueStart..<index].trimmed
      // One quote alone is a mistake, and no part of the value.
      if !value.isEmpty, value[value.count - 1] == UInt8(ascii: "\"") { value = value[0..<value.count - 1] }
      if !value.isEmpty, value[0] == UInt8(ascii: "\"") { value = value[1..<value.count] }
      return value.trimmed
    }
    return nil
  }
}

extension Octets {
  /// A parameter's value as text: RFC 6868 writes `^n` for a line break, `^'` for `"` and `^^` for `^`.
  var parameterText: String {
    guard firstIndex(of: UInt8(ascii: "^")) != nil else { return text }
    var decoded: [UInt8] = []
    var index = 0
    while index < count {
      let next = index + 1 < count ? self[index + 1] : 0
      if self[index] == UInt8(ascii: "^"),
        next == UInt8(ascii: "n") || next == 0x27 || next == UInt8(ascii: "^")
      {
        decoded.append(next == UInt8(ascii: "n") ? 0x0A : next == 0x27 ? UInt8(ascii: "\"") : next)
        index += 2
      } else {
        decoded.append(self[index])
        index += 1
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }

  /// A TEXT value (RFC 5545, section 3.3.11): `\n`, `\,`, `\;` and `\\` undone.
  var unescapedText: String {
    guard firstIndex(of: UInt8(ascii: "\\")) != nil else { return text }
    var decoded: [UInt8] = []
    var index = 0
    while index < count {
      if self[index] == UInt8(ascii: "\\"), index + 1 < count {
        let next = self[index + 1]
        decoded.append(next | 0x20 == UInt8(ascii: "n") ? 0x0A : next)
        index += 2
      } else {
        decoded.append(self[index])
        index += 1
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }
}
