import Basics
import Foundation

/// Bytes after decoding, each with the place in the original that it came from.
struct DecodedBytes {
  /// The bytes of the original that one decoded byte stands for.
  struct Place {
    var start: Int32
    var end: Int32
  }

  /// The ways in which files write letters as something else.
  struct Escapes: OptionSet {
    let rawValue: Int
    /// `&#39;`, `&Zdot;` and tags within a name.
    static let markup = Escapes(rawValue: 1)
    /// `%C5%BB`, and `+` for a space.
    static let percent = Escapes(rawValue: 2)
    /// `\u017b`, `\,`.
    static let backslash = Escapes(rawValue: 4)
    /// `=C5=BB` and soft line ends.
    static let quotedPrintable = Escapes(rawValue: 8)
    /// Encoded words of mail headers (RFC 2047).
    static let words = Escapes(rawValue: 16)
    /// Lines of calendars and mail headers that go on behind a blank.
    static let folding = Escapes(rawValue: 32)
    /// `_3A`, as in UIDs of calendars.
    static let underscore = Escapes(rawValue: 64)
    /// What divides the columns of a table, or the words of a file's name.
    static let separators = Escapes(rawValue: 128)

    static let each: [Escapes] = [
      .markup, .percent, .backslash, .quotedPrintable, .words, .folding, .underscore, .separators,
    ]
    /// Those that may lie one in the other.
    static let nested: Escapes = [.markup, .percent, .backslash, .quotedPrintable, .words, .folding]

    /// By byte: whether an escape may begin with it.
    var leads: [Bool] {
      let bytes: [(Escapes, String)] = [
        (.markup, "&<"), (.percent, "%+"), (.backslash, "\\"), (.quotedPrintable, "="), (.words, "="),
        (.folding, "\r\n"), (.underscore, "_"), (.separators, ",;|\"_\t"),
      ]
      var leads = [Bool](repeating: false, count: 256)
      for (escape, text) in bytes where contains(escape) { for byte in text.utf8 { leads[Int(byte)] = true } }
      return leads
    }
  }

  private(set) var bytes: [UInt8]
  /// Empty: every byte is its own.
  private var places: [Place]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    places = []
  }

  func place(_ index: Int) -> Place {
    places.isEmpty ? Place(start: Int32(index), end: Int32(index + 1)) : places[index]
  }

  private mutating func append(_ decoded: some Sequence<UInt8>, _ place: Place) {
    for byte in decoded {
      bytes.append(byte)
      places.append(place)
    }
  }

  /// Decoded one level; nil where there is nothing to decode. O(bytes).
  func decoded(_ escapes: Escapes) -> DecodedBytes? {
    let leads = escapes.leads
    guard bytes.contains(where: { leads[Int($0)] }) else { return nil }
    var result = DecodedBytes([])
    result.bytes.reserveCapacity(bytes.count)
    result.places.reserveCapacity(bytes.count)
    var hasChanged = false
    var index = 0
    while index < bytes.count {
      if !leads[Int(bytes[index])] {
        result.bytes.append(bytes[index])
        result.places.append(place(index))
        index += 1
      } else if let (letters, length) = escape(at: index, escapes), length > 0 {
        result.append(
          letters, Place(start: place(index).start, end: place(index + length - 1).end))
        index += length
        hasChanged = true
      } else if escapes.contains(.words), bytes[index] == 0x3D,
        let length = appendWord(at: index, to: &result)
      {
        index += length
        hasChanged = true
      } else {
        result.append(CollectionOfOne(bytes[index]), place(index))
        index += 1
      }
    }
    return hasChanged ? result : nil
  }

  private func escape(at index: Int, _ escapes: Escapes) -> (letters: [UInt8], length: Int)? {
    switch bytes[index] {
    case UInt8(ascii: "&") where escapes.contains(.markup): return entity(at: index)
    case UInt8(ascii: "<") where escapes.contains(.markup): return tag(at: index)
    case UInt8(ascii: "%") where escapes.contains(.percent): return octet(at: index)
    case UInt8(ascii: "+") where escapes.contains(.percent): return ([0x20], 1)
    case UInt8(ascii: "_") where escapes.contains(.underscore): return octet(at: index)
    case UInt8(ascii: "\\") where escapes.contains(.backslash): return backslash(at: index)
    case UInt8(ascii: "=") where escapes.contains(.quotedPrintable):
      if let octet = octet(at: index) { return octet }
      var end = index + 1
      while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
      if end < bytes.count, bytes[end] == 13 { end += 1 }
      return end < bytes.count && bytes[end] == 10 ? ([], end + 1 - index) : nil
    case 10 where escapes.contains(.folding), 13 where escapes.contains(.folding):
      var end = index
      if bytes[end] == 13 { end += 1 }
      guard end + 1 < bytes.count, bytes[end] == 10, bytes[end + 1] == 0x20 || bytes[end + 1] == 0x09
      else { return nil }
      return ([], end + 2 - index)
    case UInt8(ascii: ",") where escapes.contains(.separators),
      UInt8(ascii: ";") where escapes.contains(.separators),
      UInt8(ascii: "|") where escapes.contains(.separators),
      UInt8(ascii: "\"") where escapes.contains(.separators),
      UInt8(ascii: "_") where escapes.contains(.separators), 9 where escapes.contains(.separators):
      return ([0x20], 1)
    default: return nil
    }
  }

  private static func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }

  /// Two hexadecimal digits behind a sign.
  private func octet(at index: Int) -> (letters: [UInt8], length: Int)? {
    guard index + 2 < bytes.count, let high = DecodedBytes.hex(bytes[index + 1]),
      let low = DecodedBytes.hex(bytes[index + 2])
    else { return nil }
    return ([high << 4 | low], 3)
  }

  private func unit(at index: Int) -> UInt32? {
    guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] | 0x20 == UInt8(ascii: "u")
    else { return nil }
    var value: UInt32 = 0
    for place in (index + 2)..<(index + 6) {
      guard let digit = DecodedBytes.hex(bytes[place]) else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  private func backslash(at index: Int) -> (letters: [UInt8], length: Int)? {
    if var code = unit(at: index) {
      var length = 6
      if (0xD800..<0xDC00).contains(code), let low = unit(at: index + 6), (0xDC00..<0xE000).contains(low) {
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        length = 12
      }
      return (DecodedBytes.utf8(code), length)
    }
    guard index + 1 < bytes.count else { return nil }
    switch bytes[index + 1] {
    case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "N"), UInt8(ascii: "b"),
      UInt8(ascii: "f"):
      return ([0x20], 2)
    case let next where next < 0x80 && !FoldedLetters.isWord(UInt32(next)): return ([next], 2)
    default: return nil
    }
  }

  private static func utf8(_ code: UInt32) -> [UInt8] {
    Array(String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
  }

  // MARK: - Markup

  private func entity(at index: Int) -> (letters: [UInt8], length: Int)? {
    let window = bytes[(index + 1)..<min(bytes.count, index + 34)]
    guard let end = window.firstIndex(where: { $0 == UInt8(ascii: ";") }), end > index + 1 else { return nil }
    let name = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
    let length = end + 1 - index
    if name.hasPrefix("#") {
      let digits = name.dropFirst()
      let isHex = digits.first == "x" || digits.first == "X"
      guard let code = UInt32(isHex ? digits.dropFirst() : digits, radix: isHex ? 16 : 10) else { return nil }
      return (DecodedBytes.utf8(code), length)
    }
    return MarkupNames.letter(name).map { (Array($0.utf8), length) }
  }

  /// Tags within a line vanish; those that end a block or a cell divide words.
  private func tag(at index: Int) -> (letters: [UInt8], length: Int)? {
    var start = index + 1
    if start < bytes.count, bytes[start] == UInt8(ascii: "/") { start += 1 }
    if bytes[index...].starts(with: "<!--".utf8) {
      // A comment is read like the rest: only its signs are no words.
      return ([0x20], 4)
    }
    var end = start
    while end < bytes.count, FoldedLetters.isWord(UInt32(bytes[end])) || bytes[end] == UInt8(ascii: ":") {
      end += 1
    }
    guard end > start, end < bytes.count, bytes[start] > 0x40 else { return nil }
    let name = String(decoding: bytes[start..<end], as: UTF8.self).lowercased()
    let isInline = ["a", "b", "i", "u", "em", "strong", "span", "font", "mark", "small", "abbr", "wbr"]
      .contains(name)
    if bytes[end] == UInt8(ascii: ">") { return (isInline ? [] : [0x20], end + 1 - index) }
    // What is in a tag may name people, too: it is left for the other readings.
    guard bytes[end] <= 0x20 || bytes[end] == UInt8(ascii: "/"),
      let close = bytes[end..<min(bytes.count, end + 2000)].firstIndex(of: UInt8(ascii: ">")),
      !bytes[end..<close].contains(UInt8(ascii: "<"))
    else { return nil }
    return (isInline ? [] : [0x20], close + 1 - index)
  }

  // MARK: - Encoded words

  /// `=?utf-8?Q?=C5=BBaneta?=`; returns its length.
  private func appendWord(at index: Int, to result: inout DecodedBytes) -> Int? {
    guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "?") else { return nil }
    let question = UInt8(ascii: "?")
    let limit = min(bytes.count, index + 400)
    guard let first = bytes[(index + 2)..<limit].firstIndex(of: question), first + 2 < limit,
      bytes[first + 2] == question
    else { return nil }
    let start = first + 3
    var end = start
    while end + 1 < limit, !(bytes[end] == question && bytes[end + 1] == UInt8(ascii: "=")) { end += 1 }
    guard end + 1 < limit else { return nil }
    let charset = String(decoding: bytes[(index + 2)..<first], as: UTF8.self)
    let encoding = TextEncoding(name: charset.prefix { $0 != "*" }) ?? .utf8
    if bytes[first + 1] | 0x20 == UInt8(ascii: "b") {
      guard let data = Data(base64Encoded: Data(bytes[start..<end]), options: .ignoreUnknownCharacters) else {
        return nil
      }
      result.append(encoding.utf8(of: Array(data)), Place(start: place(index).start, end: place(end + 1).end))
    } else {
      var at = start
      while at < end {
        if bytes[at] == UInt8(ascii: "="), let (letters, length) = octet(at: at) {
          result.append(
            encoding.isSingleByte ? encoding.utf8(of: letters) : letters,
            Place(start: place(at).start, end: place(at + length - 1).end))
          at += length
        } else {
          result.append(CollectionOfOne(bytes[at] == UInt8(ascii: "_") ? 0x20 : bytes[at]), place(at))
          at += 1
        }
      }
    }
    // Blanks between two words are not shown (RFC 2047, section 6.2).
    var next = end + 2
    while next < bytes.count, bytes[next] <= 0x20 { next += 1 }
    let isFollowed = next + 1 < bytes.count && bytes[next] == UInt8(ascii: "=") && bytes[next + 1] == question
    return (isFollowed ? next : end + 2) - index
  }
}

extension TextEncoding {
  /// The text as UTF-8.
  package func utf8(of bytes: [UInt8]) -> [UInt8] {
    if self == .utf8 { return bytes }
    var transcoder = Transcoder(self)
    var buffer = ByteBuffer()
    bytes.withUnsafeBufferPointer { transcoder.transcode($0, into: &buffer) }
    transcoder.finish(into: &buffer)
    return Array(buffer.bytes)
  }
}
