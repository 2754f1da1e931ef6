/// Appends JSON to bytes. The caller gives keys in byte order, so that the same value always gives the same line.
package struct JSONWriter {
  package private(set) var bytes: [UInt8]
  private var needsComma = false

  package init(reserving capacity: Int = 512) {
    bytes = []
    bytes.reserveCapacity(capacity)
  }

  private mutating func separate() {
    if needsComma { bytes.append(0x2C) }
  }

  package mutating func beginObject() {
    separate()
    bytes.append(0x7B)
    needsComma = false
  }

  package mutating func endObject() {
    bytes.append(0x7D)
    needsComma = true
  }

  package mutating func beginArray() {
    separate()
    bytes.append(0x5B)
    needsComma = false
  }

  package mutating func endArray() {
    bytes.append(0x5D)
    needsComma = true
  }

  package mutating func key(_ key: String) {
    separate()
    appendQuoted(key)
    bytes.append(0x3A)
    needsComma = false
  }

  package mutating func key(_ key: QuotedKey) {
    separate()
    bytes.append(contentsOf: key.bytes)
    needsComma = false
  }

  package mutating func string(_ value: String) {
    separate()
    appendQuoted(value)
    needsComma = true
  }

  package mutating func integer(_ value: Int) {
    separate()
    bytes.append(contentsOf: String(value).utf8)
    needsComma = true
  }

  /// The shortest text that reads back to the same value, as Swift prints it; a whole number without its `.0`.
  /// JSON has no infinities and no NaN: they are written as null.
  package mutating func double(_ value: Double) {
    guard value.isFinite else { return null() }
    if let whole = Int(exactly: value), whole.magnitude < 1 << 53 { return integer(whole) }
    separate()
    bytes.append(contentsOf: value.description.utf8)
    needsComma = true
  }

  package mutating func bool(_ value: Bool) {
    separate()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
    needsComma = true
  }

  package mutating func null() {
    separate()
    bytes.append(contentsOf: "null".utf8)
    needsComma = true
  }

  package mutating func strings(_ values: some Sequence<String>) {
    beginArray()
    for value in values { string(value) }
    endArray()
  }

  package mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let flag): bool(flag)
    case .integer(let number): integer(number)
    case .double(let number): double(number)
    case .string(let text): string(text)
    case .array(let elements):
      beginArray()
      for element in elements { self.value(element) }
      endArray()
    case .object(let members):
      beginObject()
      for name in members.keys.sorted(by: { $0.precedesByBytes($1) }) {
        key(name)
        if let member = members[name] { self.value(member) }
      }
      endObject()
    }
  }

  private mutating func appendQuoted(_ text: String) {
    bytes.append(0x22)
    let utf8 = text.utf8.span
    var start = 0
    for index in utf8.indices where utf8[index] < 0x20 || utf8[index] == 0x22 || utf8[index] == 0x5C {
      bytes.append(copying: utf8.extracting(start..<index))
      appendEscaped(utf8[index])
      start = index + 1
    }
    bytes.append(copying: utf8.extracting(start..<utf8.count))
    bytes.append(0x22)
  }

  /// Escapes what RFC 8259 asks for and nothing else: `"`, `\` and control characters.
  private mutating func appendEscaped(_ byte: UInt8) {
    switch byte {
    case 0x22: bytes.append(contentsOf: [0x5C, 0x22])
    case 0x5C: bytes.append(contentsOf: [0x5C, 0x5C])
    case 0x0A: bytes.append(contentsOf: [0x5C, 0x6E])
    case 0x0D: bytes.append(contentsOf: [0x5C, 0x72])
    case 0x09: bytes.append(contentsOf: [0x5C, 0x74])
    default:
      let digits = Array("0123456789abcdef".utf8)
      bytes.append(contentsOf: "\\u00".utf8)
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 15)])
    }
  }
}
