import Basics

/// Writes content lines: escaped, folded, each ended by CRLF, so that no text from outside can end a line or begin
/// another property.
struct ContentLineWriter {
  private(set) var bytes: [UInt8] = []
  private var line: [UInt8] = []

  /// Octets of a line without its end (RFC 5545, section 3.1).
  private static let width = 75

  // MARK: Whole lines

  /// A line whose every part is known to be harmless: names, numbers, dates.
  mutating func literal(_ text: String) {
    line.append(contentsOf: text.utf8)
    endLine()
  }

  mutating func text(_ name: String, language: String? = nil, _ text: String) {
    begin(name)
    if let language { parameter("LANGUAGE", language) }
    line.append(UInt8(ascii: ":"))
    append(escaping: text)
    endLine()
  }

  /// TEXT values, separated by commas.
  mutating func texts(_ name: String, language: String? = nil, _ texts: [String]) {
    begin(name)
    if let language { parameter("LANGUAGE", language) }
    line.append(UInt8(ascii: ":"))
    for (index, text) in texts.enumerated() {
      if index > 0 { line.append(UInt8(ascii: ",")) }
      append(escaping: text)
    }
    endLine()
  }

  // MARK: Parts of a line

  mutating func begin(_ name: String) {
    line.append(contentsOf: name.utf8)
  }

  mutating func literalPart(_ text: String) { begin(text) }

  /// RFC 6868: `"`, line breaks and `^` are written with `^`; quoted where it holds `:`, `;` or `,`.
  mutating func parameter(_ name: String, _ value: String) {
    line.append(UInt8(ascii: ";"))
    begin(name)
    line.append(UInt8(ascii: "="))
    let isQuoted = value.utf8.contains { $0 == 0x3A || $0 == 0x3B || $0 == 0x2C }
    if isQuoted { line.append(UInt8(ascii: "\"")) }
    append(value) { line, byte in
      switch byte {
      case UInt8(ascii: "\""): line.append(contentsOf: [UInt8(ascii: "^"), 0x27])
      case UInt8(ascii: "^"): line.append(contentsOf: [UInt8(ascii: "^"), UInt8(ascii: "^")])
      case 0x0A: line.append(contentsOf: [UInt8(ascii: "^"), UInt8(ascii: "n")])
      default: line.append(byte)
      }
    }
    if isQuoted { line.append(UInt8(ascii: "\"")) }
  }

  /// The value, taken as it is: the caller has checked that it is printable ASCII.
  mutating func value(_ text: String) {
    line.append(UInt8(ascii: ":"))
    line.append(contentsOf: text.utf8)
    endLine()
  }

  /// `20261005T100000`, with `Z` for UTC.
  mutating func time(wall: Int, isUTC: Bool) {
    line.append(UInt8(ascii: ":"))
    line.append(contentsOf: WallClock.basicFormat(wall))
    if isUTC { line.append(UInt8(ascii: "Z")) }
    endLine()
  }

  private mutating func append(escaping text: String) {
    append(text) { line, byte in
      switch byte {
      case UInt8(ascii: "\\"), UInt8(ascii: ";"), UInt8(ascii: ","):
        line.append(UInt8(ascii: "\\"))
        line.append(byte)
      case 0x0A: line.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
      default: line.append(byte)
      }
    }
  }

  /// Gives the bytes of a text in which every kind of line break has become one LF, and in which no other control
  /// character is left. Runs of bytes that need no care are taken as a whole.
  private mutating func append(_ text: String, _ write: (inout [UInt8], UInt8) -> Void) {
    let isSpecial = ContentLineWriter.isSpecial
    let utf8 = text.utf8.span
    var index = 0
    while index < utf8.count {
      let first = index
      while index < utf8.count, !isSpecial[Int(utf8[index])] { index += 1 }
      if index > first { line.append(copying: utf8.extracting(first..<index)) }
      guard index < utf8.count else { return }
      let byte = utf8[index]
      index += 1
      switch byte {
      case 0x0D:
        write(&line, 0x0A)
        if index < utf8.count, utf8[index] == 0x0A { index += 1 }
      case 0x0A, 0x0B, 0x0C: write(&line, 0x0A)
      case 0x09: write(&line, 0x20)
      case 0x00..<0x20, 0x7F: break
      case 0xC2 where index < utf8.count && utf8[index] < 0xA0:
        // C1 controls; among them U+0085, next line.
        if utf8[index] == 0x85 { write(&line, 0x0A) }
        index += 1
      case 0xE2 where index + 1 < utf8.count && utf8[index] == 0x80 && utf8[index + 1] | 1 == 0xA9:
        // U+2028 and U+2029, the separators of lines and paragraphs.
        write(&line, 0x0A)
        index += 2
      default: write(&line, byte)
      }
    }
  }

  /// Bytes that may have to be escaped, changed or left out, in a text or in a parameter.
  private static let isSpecial: [Bool] = {
    var special = [Bool](repeating: false, count: 256)
    for byte in 0..<0x20 { special[byte] = true }
    for byte in [0x7F, 0xC2, 0xE2] { special[byte] = true }
    for byte in "\\;,\"^".utf8 { special[Int(byte)] = true }
    return special
  }()

  // MARK: Folding

  /// Folds at 75 octets, the leading space counted, never within a UTF-8 sequence nor within an escape.
  private mutating func endLine() {
    var first = 0
    var index = 0
    var room = ContentLineWriter.width
    while line.count - first > room {
      // From one whole piece to the next, as far as the room goes.
      while true {
        var length = ContentLineWriter.sequenceLength(line[index])
        if index + 1 < line.count, isEscape(line[index], line[index + 1]) {
          length += ContentLineWriter.sequenceLength(line[index + 1])
        }
        guard index + length - first <= room else { break }
        index += length
      }
      bytes.append(contentsOf: line[first..<index])
      bytes.append(contentsOf: [0x0D, 0x0A, 0x20])
      first = index
      room = ContentLineWriter.width - 1
    }
    bytes.append(contentsOf: line[first...])
    bytes.append(contentsOf: [0x0D, 0x0A])
    line.removeAll(keepingCapacity: true)
  }

  /// `\n` of a text, `^n` of a parameter. A `^` of a text says nothing, and must not hide the `\` behind it.
  private func isEscape(_ first: UInt8, _ second: UInt8) -> Bool {
    first == UInt8(ascii: "\\")
      || first == UInt8(ascii: "^")
        && (second == UInt8(ascii: "^") || second == UInt8(ascii: "n") || second == 0x27)
  }

  private static func sequenceLength(_ first: UInt8) -> Int {
    first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
  }
}

extension WallClock {
  /// `20261005T100000`; years beyond 9999 do not occur.
  static func basicFormat(_ wall: Int) -> [UInt8] {
    let day = dayNumber(wall)
    let second = wall - day * WallClock.day
    let date = civil(day)
    var digits: [UInt8] = []
    digits.reserveCapacity(15)
    func add(_ number: Int, _ power: Int) {
      var power = power
      while power > 0 {
        digits.append(0x30 + UInt8(truncatingIfNeeded: number / power % 10))
        power /= 10
      }
    }
    add(date.year, 1000)
    add(date.month, 10)
    add(date.day, 10)
    digits.append(UInt8(ascii: "T"))
    add(second / 3600, 10)
    add(second / 60 % 60, 10)
    add(second % 60, 10)
    return digits
  }
}
