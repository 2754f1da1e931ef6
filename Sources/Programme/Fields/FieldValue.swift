package import Basics

/// A value that a record can hold: what it looks like in JSON, and how it is written.
package protocol WrittenValue: SendableMetatype {
  static var shape: FieldShape { get }
  func write(to writer: inout JSONWriter)
}

/// A value that is written and read again.
package protocol FieldValue: WrittenValue, Equatable, Sendable {
  init(reading scanner: inout JSONScanner) throws(JSONError)
  /// How a person reads it in a list of changes; nil for a value too long to be shown.
  var shown: String? { get }
}

extension FieldValue {
  package var shown: String? { nil }
}

extension String: FieldValue {
  package static var shape: FieldShape { .text }
  package init(reading scanner: inout JSONScanner) throws(JSONError) { self = try scanner.string() }
  package func write(to writer: inout JSONWriter) { writer.string(self) }
  package var shown: String? { self }
}

extension Int: FieldValue {
  package static var shape: FieldShape { .integer }
  package init(reading scanner: inout JSONScanner) throws(JSONError) { self = try scanner.integer() }
  package func write(to writer: inout JSONWriter) { writer.integer(self) }
  package var shown: String? { String(self) }
}

extension Double: FieldValue {
  package static var shape: FieldShape { .number }
  package init(reading scanner: inout JSONScanner) throws(JSONError) { self = try scanner.double() }
  package func write(to writer: inout JSONWriter) { writer.double(self) }
  package var shown: String? { description }
}

extension Bool: FieldValue {
  package static var shape: FieldShape { .flag }
  package init(reading scanner: inout JSONScanner) throws(JSONError) { self = try scanner.bool() }
  package func write(to writer: inout JSONWriter) { writer.bool(self) }
  package var shown: String? { String(self) }
}

/// A value that a record leaves out where it is empty.
package protocol SparseValue: FieldValue {
  var isEmpty: Bool { get }
}

/// A whole number from 0, small enough to be added to.
package struct Count: FieldValue {
  /// The greatest INTEGER of a calendar (RFC 5545, section 3.3.8).
  package static let most = 2_147_483_647

  package var number: Int

  init(_ number: Int) { self.number = number }

  package static var shape: FieldShape { .count }
  package init(reading scanner: inout JSONScanner) throws(JSONError) {
    _ = scanner.peek()
    let place = scanner.offset
    number = try scanner.integer()
    if number < 0 {
      throw JSONError(offset: place, message: "\(number) is negative; write a whole number from 0")
    }
    if number > Count.most {
      throw JSONError(offset: place, message: "\(number) is too large; write at most \(Count.most)")
    }
  }
  package func write(to writer: inout JSONWriter) { writer.integer(number) }
  package var shown: String? { String(number) }
}

extension Int {
  /// The number as a field that is never negative.
  package var asCount: Count {
    get { Count(self) }
    set { self = newValue.number }
  }
}

extension [Int] {
  /// The numbers as a field in which none is negative.
  package var asCounts: [Count] {
    get { map { Count($0) } }
    set { self = newValue.map(\.number) }
  }
}

/// One of an enumeration's words.
extension FieldValue where Self: RawRepresentable & CaseIterable, RawValue == String {
  package static var shape: FieldShape { .words(allCases.map(\.rawValue)) }
  package init(reading scanner: inout JSONScanner) throws(JSONError) {
    try self.init(reading: &scanner, formerly: [:])
  }
  /// - Parameter formerly: words of earlier versions, and what they mean: they are read, and never written.
  init(reading scanner: inout JSONScanner, formerly: [String: Self]) throws(JSONError) {
    func word(_ text: String) -> Self? { Self(rawValue: text) ?? formerly[text] }
    self = try scanner.value(word) {
      "is none of \(Self.allCases.map(\.rawValue).joined(separator: ", "))"
    }
  }
  package func write(to writer: inout JSONWriter) { writer.string(rawValue) }
  package var shown: String? { rawValue }
}

extension Optional: WrittenValue where Wrapped: WrittenValue {
  package static var shape: FieldShape { .orNull(Wrapped.shape) }
  package func write(to writer: inout JSONWriter) {
    if let self { self.write(to: &writer) } else { writer.null() }
  }
}

extension Optional: FieldValue where Wrapped: FieldValue {
  package init(reading scanner: inout JSONScanner) throws(JSONError) {
    self = try scanner.null() ? nil : Wrapped(reading: &scanner)
  }
  package var shown: String? { self?.shown }
}

extension Array: WrittenValue where Element: WrittenValue {
  package static var shape: FieldShape { .list(Element.shape) }
  package func write(to writer: inout JSONWriter) {
    writer.beginArray()
    for element in self { element.write(to: &writer) }
    writer.endArray()
  }
}

extension Array: FieldValue where Element: FieldValue {
  package init(reading scanner: inout JSONScanner) throws(JSONError) {
    self = []
    try scanner.beginArray()
    while try scanner.nextElement() { append(try Element(reading: &scanner)) }
  }
  package var shown: String? {
    let texts = compactMap(\.shown)
    return texts.count == count ? texts.joined(separator: ", ") : nil
  }
}

extension Array: SparseValue where Element: FieldValue {}

/// By names of one's own choosing, written in byte order.
extension Dictionary: WrittenValue where Key == String, Value: WrittenValue {
  package static var shape: FieldShape { .map(Value.shape) }
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    for name in keys.sorted(by: { $0.precedesByBytes($1) }) {
      writer.key(name)
      self[name]?.write(to: &writer)
    }
    writer.endObject()
  }
}

extension Dictionary: FieldValue where Key == String, Value: FieldValue {
  package init(reading scanner: inout JSONScanner) throws(JSONError) {
    self = [:]
    try scanner.beginObject()
    while let key = try scanner.nextKey() { self[key] = try Value(reading: &scanner) }
  }
}

extension Dictionary: SparseValue where Key == String, Value: FieldValue {}

/// A value that a record holds as text of one form.
package protocol TextValue: FieldValue, CustomStringConvertible {
  /// What the text is and how to write it: the end of a sentence that begins with "is not".
  static var form: String { get }
  /// nil for text of another form.
  static func parse(_ text: String) -> Self?
}

extension TextValue {
  package init(reading scanner: inout JSONScanner) throws(JSONError) {
    self = try scanner.value(Self.parse) { "is not \(Self.form)" }
  }
  package func write(to writer: inout JSONWriter) { writer.string(description) }
  package var shown: String? { description }
}

extension JSONScanner {
  /// Reads text that `parse` understands; `fault` says what is wrong with other text.
  @_lifetime(self: copy self)
  fileprivate mutating func value<Value>(
    _ parse: (String) -> Value?, fault: () -> String
  ) throws(JSONError) -> Value {
    _ = peek()
    let place = offset
    let text = try string()
    guard let value = parse(text) else {
      throw JSONError(offset: place, message: "\"\(text)\" \(fault())")
    }
    return value
  }
}

extension Timestamp: TextValue {
  package static var shape: FieldShape { .time }
  package static let form = "a time with an offset; write it as 2026-10-05T10:00:00+02:00"
  package static func parse(_ text: String) -> Timestamp? { Timestamp(rfc3339: text) }
}

extension LocalDate: TextValue {
  package static var shape: FieldShape { .date }
  package static let form = "a date; write it as 2026-10-05"
  package static func parse(_ text: String) -> LocalDate? { LocalDate(iso8601: text) }
}
