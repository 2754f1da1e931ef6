package import Basics

/// A field of a record that is only written: its key, what it means, and how its value is found.
package struct WrittenField<Root>: Sendable {
  package let description: FieldDescription
  let write: Writer

  typealias Writer = @Sendable (Root, inout JSONWriter, QuotedKey) -> Void

  init(_ description: FieldDescription, write: @escaping Writer) {
    self.description = description
    self.write = write
  }

  /// Always written.
  ///
  /// - Parameter shape: where it is narrower than the value's own.
  package static func required<Value: WrittenValue>(
    _ key: String, _ value: @escaping @Sendable (Root) -> Value, _ meaning: String,
    shape: FieldShape = Value.shape
  ) -> WrittenField {
    WrittenField(FieldDescription(key, shape, meaning, .required)) { root, writer, key in
      writer.key(key)
      value(root).write(to: &writer)
    }
  }

  /// Left out where there is no value.
  package static func optional<Value: WrittenValue>(
    _ key: String, _ value: @escaping @Sendable (Root) -> Value?, _ meaning: String,
    shape: FieldShape = Value.shape
  ) -> WrittenField {
    WrittenField(FieldDescription(key, shape, meaning, .optionalValue)) { root, writer, key in
      guard let value = value(root) else { return }
      writer.key(key)
      value.write(to: &writer)
    }
  }

  /// A whole number from 0, always written.
  package static func count(
    _ key: String, _ value: @escaping @Sendable (Root) -> Int, _ meaning: String
  ) -> WrittenField {
    required(key, value, meaning, shape: .count)
  }

  /// The key that names the kind.
  static func kind(_ kind: String) -> WrittenField {
    WrittenField(FieldDescription("record", .words([kind]), "the kind of record", .required)) {
      _, writer, key in
      writer.key(key)
      writer.string(kind)
    }
  }
}

/// The fields of a record that is only written: one declaration, from which its lines, its JSON Schema and its page of
/// reference are made.
package struct WrittenTable<Root>: Sendable {
  package let description: RecordDescription
  /// In byte order of their keys, so that the same value always gives the same line.
  let keys: [QuotedKey]
  let writers: [WrittenField<Root>.Writer]

  /// A kind of record.
  package init(_ kind: String, _ meaning: String, place: String, _ fields: [WrittenField<Root>]) {
    self.init(
      RecordDescription(kind, meaning, place: place, fields.map(\.description)), fields + [.kind(kind)])
  }

  /// An object without the key that names its kind: a message on standard error.
  package init(
    unnamed kind: String, _ meaning: String, place: String, _ fields: [WrittenField<Root>]
  ) {
    self.init(
      RecordDescription(kind, isNamed: false, meaning, place: place, fields.map(\.description)), fields)
  }

  /// An object inside a record.
  package init(_ fields: [WrittenField<Root>]) {
    self.init(RecordDescription("", "", place: "", fields.map(\.description)), fields)
  }

  init(_ description: RecordDescription, _ fields: [WrittenField<Root>]) {
    self.description = description
    let sorted = fields.sorted { $0.description.key.precedesByBytes($1.description.key) }
    keys = sorted.map { QuotedKey($0.description.key) }
    writers = sorted.map(\.write)
  }

  package func write(_ root: Root, to writer: inout JSONWriter) {
    writer.beginObject()
    for place in keys.indices { writers[place](root, &writer, keys[place]) }
    writer.endObject()
  }

  /// One line of the stream, without its line feed.
  package func line(_ root: Root) -> [UInt8] {
    var writer = JSONWriter()
    write(root, to: &writer)
    return writer.bytes
  }
}

/// A part of a record that is only written.
package protocol WrittenObject: WrittenValue {
  static var fields: WrittenTable<Self> { get }
}

extension WrittenObject {
  package static var shape: FieldShape { .object(fields.description.fields) }
  package func write(to writer: inout JSONWriter) { Self.fields.write(self, to: &writer) }
}
