/// Any JSON value, for records that we have no type for.
package enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case double(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// Parses one JSON text. Errors carry the byte's offset.
  package init(parsing bytes: some Collection<UInt8>) throws(JSONError) {
    let copy = Array(bytes)
    try self.init(parsing: copy.span)
  }

  package init(parsing bytes: Span<UInt8>) throws(JSONError) {
    var scanner = JSONScanner(bytes)
    self = try JSONValue(&scanner, depth: 0)
    try scanner.end()
  }

  package init(_ scanner: inout JSONScanner, depth: Int = 0) throws(JSONError) {
    guard depth < JSONScanner.greatestDepth else {
      throw JSONError(offset: scanner.offset, message: "nested too deeply")
    }
    switch scanner.peek() {
    case 0x7B:
      var members: [String: JSONValue] = [:]
      try scanner.beginObject()
      while let key = try scanner.nextKey() {
        members[key] = try JSONValue(&scanner, depth: depth + 1)
      }
      self = .object(members)
    case 0x5B:
      var elements: [JSONValue] = []
      try scanner.beginArray()
      while try scanner.nextElement() {
        elements.append(try JSONValue(&scanner, depth: depth + 1))
      }
      self = .array(elements)
    case 0x22: self = .string(try scanner.string())
    case 0x74, 0x66: self = .bool(try scanner.bool())
    case 0x6E:
      _ = try scanner.null()
      self = .null
    default:
      let number = try scanner.double()
      if let whole = Int(exactly: number), whole.magnitude < 1 << 53 {
        self = .integer(whole)
      } else {
        self = .double(number)
      }
    }
  }

  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  package var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  package var integer: Int? {
    guard case .integer(let number) = self else { return nil }
    return number
  }

  package var array: [JSONValue]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  /// One line of the stream, without its line feed.
  package var line: [UInt8] {
    var writer = JSONWriter()
    writer.value(self)
    return writer.bytes
  }
}
