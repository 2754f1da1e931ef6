package import Basics

/// A field of a record: its key, the property that holds it, what it means, and whether it may be absent.
package struct Field<Root: Sendable>: Sendable {
  let written: WrittenField<Root>
  let read: @Sendable (inout JSONScanner, inout Root) throws(JSONError) -> Void
  /// Whether two values agree in it.
  package let isSame: @Sendable (Root, Root) -> Bool
  /// How a person reads it; nil: too long to be shown.
  package let shown: @Sendable (Root) -> String?
  /// The property of a yes or no, which forms fill without more being said about it.
  package private(set) var flag: (any WritableKeyPath<Root, Bool?> & Sendable)?
  /// What people call it: the words of its key.
  package private(set) var label: String
  /// Whether a form can ask for it.
  package private(set) var isAsked = true
  /// Whether another value is a change of the record.
  package private(set) var isCompared = true

  package var description: FieldDescription { written.description }
  package var key: String { description.key }

  private init(
    _ key: String, _ meaning: String, _ shape: FieldShape, _ presence: FieldDescription.Presence,
    isSame: @escaping @Sendable (Root, Root) -> Bool, shown: @escaping @Sendable (Root) -> String?,
    read: @escaping @Sendable (inout JSONScanner, inout Root) throws(JSONError) -> Void,
    write: @escaping @Sendable (Root, inout JSONWriter, QuotedKey) -> Void
  ) {
    written = WrittenField(FieldDescription(key, shape, meaning, presence), write: write)
    self.read = read
    self.isSame = isSame
    self.shown = shown
    label = key.reduce(into: "") { $0 += $1.isUppercase ? " " + $1.lowercased() : String($1) }
  }

  /// Must be there.
  package static func required<Value: FieldValue>(
    _ key: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ meaning: String,
    shown: @escaping @Sendable (Value) -> String? = { $0.shown }
  ) -> Field {
    always(key, path, meaning, .required, shown: shown)
  }

  /// Always written; where a line lacks it, the value of the table's blank holds.
  package static func defaulted<Value: FieldValue>(
    _ key: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ meaning: String
  ) -> Field {
    always(key, path, meaning, .optional, shown: { $0.shown })
  }

  private static func always<Value: FieldValue>(
    _ key: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ meaning: String,
    _ presence: FieldDescription.Presence, shown: @escaping @Sendable (Value) -> String?
  ) -> Field {
    Field(
      key, meaning, Value.shape, presence, isSame: { $0[keyPath: path] == $1[keyPath: path] },
      shown: { shown($0[keyPath: path]) },
      read: { scanner, root throws(JSONError) in root[keyPath: path] = try Value(reading: &scanner) },
      write: { root, writer, key in
        writer.key(key)
        root[keyPath: path].write(to: &writer)
      })
  }

  /// Left out where it is empty.
  package static func sparse<Value: SparseValue>(
    _ key: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ meaning: String
  ) -> Field {
    Field(
      key, meaning, Value.shape, .optional, isSame: { $0[keyPath: path] == $1[keyPath: path] },
      shown: { $0[keyPath: path].shown },
      read: { scanner, root throws(JSONError) in root[keyPath: path] = try Value(reading: &scanner) },
      write: { root, writer, key in
        let value = root[keyPath: path]
        guard !value.isEmpty else { return }
        writer.key(key)
        value.write(to: &writer)
      })
  }

  /// Left out where it is nil.
  package static func optional<Value: FieldValue>(
    _ key: String, _ path: any WritableKeyPath<Root, Value?> & Sendable, _ meaning: String
  ) -> Field {
    Field(
      key, meaning, Value.shape, .optional, isSame: { $0[keyPath: path] == $1[keyPath: path] },
      shown: { root in
        guard let value = root[keyPath: path] else { return "" }
        return value.shown
      },
      read: { scanner, root throws(JSONError) in root[keyPath: path] = try Value(reading: &scanner) },
      write: { root, writer, key in
        guard let value = root[keyPath: path] else { return }
        writer.key(key)
        value.write(to: &writer)
      })
  }

  /// Yes or no; left out where it is not known.
  package static func flag(
    _ key: String, _ path: any WritableKeyPath<Root, Bool?> & Sendable, _ meaning: String
  ) -> Field {
    var field = optional(key, path, meaning)
    field.flag = path
    return field
  }

  /// A whole number from 0, left out where it is nil.
  package static func count(
    _ key: String, _ path: any WritableKeyPath<Root, Int?> & Sendable, _ meaning: String
  ) -> Field {
    Field(
      key, meaning, .count, .optional, isSame: { $0[keyPath: path] == $1[keyPath: path] },
      shown: { $0[keyPath: path].map { String($0) } ?? "" },
      read: { scanner, root throws(JSONError) in root[keyPath: path] = try Count(reading: &scanner).number },
      write: { root, writer, key in
        guard let value = root[keyPath: path] else { return }
        writer.key(key)
        writer.integer(value)
      })
  }

  /// A whole number from 0, always written.
  package static func count(
    _ key: String, _ path: any WritableKeyPath<Root, Int> & Sendable, _ meaning: String,
    isRequired: Bool = false
  ) -> Field {
    Field(
      key, meaning, .count, isRequired ? .required : .optional,
      isSame: { $0[keyPath: path] == $1[keyPath: path] }, shown: { String($0[keyPath: path]) },
      read: { scanner, root throws(JSONError) in root[keyPath: path] = try Count(reading: &scanner).number },
      write: { root, writer, key in
        writer.key(key)
        writer.integer(root[keyPath: path])
      })
  }

  /// Follows from the other fields: read only to see that it is such a value.
  package static func computed<Value: FieldValue>(
    _ key: String, _ path: any KeyPath<Root, Value> & Sendable, _ meaning: String
  ) -> Field {
    Field(
      key, meaning, Value.shape, .optional, isSame: { _, _ in true }, shown: { $0[keyPath: path].shown },
      read: { scanner, _ throws(JSONError) in _ = try Value(reading: &scanner) },
      write: { root, writer, key in
        writer.key(key)
        root[keyPath: path].write(to: &writer)
      })
  }

  /// What people call it, where it is not the words of its key.
  package func labelled(_ label: String) -> Field {
    var field = self
    field.label = label
    return field
  }

  /// No form asks for it: it follows from something else.
  package func derived(isCompared: Bool = true) -> Field {
    var field = self
    field.isAsked = false
    field.isCompared = isCompared
    return field
  }
}

/// The fields of a record: one declaration, from which its reader, its writer, its JSON Schema, its page of reference, the
/// list of its changes and the fields of forms are made.
///
/// Lines have their keys in byte order, and the reader walks the table in step with the line: a key costs one comparison of
/// bytes. A line in another order is read too, more slowly.
package struct FieldTable<Root: Sendable>: Sendable {
  /// As declared: what people read is in this order.
  package let fields: [Field<Root>]
  let written: WrittenTable<Root>
  /// What a line is read into: the values of all that it lacks.
  private let blank: Root
  /// In the order of the line.
  private let keys: [QuotedKey]
  private let readers: [Reader]
  private let places: [String: Int]
  /// By the bits of their places.
  private let required: UInt64
  private let others: (any WritableKeyPath<Root, [String: String]> & Sendable)?
  private let fault: @Sendable (Root) -> String?

  private struct Reader: Sendable {
    var read: @Sendable (inout JSONScanner, inout Root) throws(JSONError) -> Void
  }

  package var description: RecordDescription { written.description }

  /// A kind of record.
  ///
  /// - Parameters:
  ///   - others: what texts of other keys mean, and where they go.
  ///   - fault: what is wrong with a value whose fields are each right.
  package init(
    _ kind: String, _ meaning: String, place: String, blank: Root,
    others: (meaning: String, path: any WritableKeyPath<Root, [String: String]> & Sendable)? = nil,
    fault: @escaping @Sendable (Root) -> String? = { _ in nil }, _ fields: [Field<Root>]
  ) {
    let description = RecordDescription(
      kind, meaning, place: place,
      others: others.map {
        (.either([.text, .number, .flag, .list(.text), .map(.text), .orNull(.text)]), $0.meaning)
      }, fields.map(\.description))
    self.init(
      fields, WrittenTable(description, fields.map(\.written) + [.kind(kind)]), blank, others?.path, fault)
  }

  /// An object inside a record.
  package init(
    blank: Root, fault: @escaping @Sendable (Root) -> String? = { _ in nil }, _ fields: [Field<Root>]
  ) {
    self.init(fields, WrittenTable(fields.map(\.written)), blank, nil, fault)
  }

  private init(
    _ fields: [Field<Root>], _ written: WrittenTable<Root>, _ blank: Root,
    _ others: (any WritableKeyPath<Root, [String: String]> & Sendable)?,
    _ fault: @escaping @Sendable (Root) -> String?
  ) {
    self.fields = fields
    self.written = written
    self.blank = blank
    self.others = others
    self.fault = fault
    let places = Dictionary(uniqueKeysWithValues: zip(written.keys.map(\.text), 0...))
    precondition(places.count <= 64, "more fields than bits")
    // The key that names the kind is no field.
    let skip = Reader { scanner, _ throws(JSONError) in try scanner.skipValue() }
    var readers = [Reader](repeating: skip, count: places.count)
    var required: UInt64 = 0
    for field in fields {
      guard let place = places[field.key] else { continue }
      readers[place].read = field.read
      if field.description.presence == .required { required |= 1 << UInt64(place) }
    }
    self.places = places
    self.readers = readers
    self.required = required
    keys = written.keys
  }

  /// Reads one object. O(bytes), and O(fields) more for each key that is out of order or unknown.
  package func read(_ scanner: inout JSONScanner) throws(JSONError) -> Root {
    var root = blank
    var missing = required
    var next = 0
    _ = scanner.peek()
    let start = scanner.offset
    try scanner.beginObject()
    while try scanner.nextMember() {
      var place = next
      while place < keys.count, !scanner.pass(keys[place]) { place += 1 }
      if place == keys.count {
        let key = try scanner.key()
        guard let known = places[key] else {
          try readOther(key, &scanner, &root)
          continue
        }
        place = known
      }
      next = place + 1
      if try scanner.null() { continue }
      try readers[place].read(&scanner, &root)
      missing &= ~(1 << UInt64(place))
    }
    if missing != 0, let field = fields.first(where: { missing & 1 << UInt64(places[$0.key] ?? 0) != 0 }) {
      let name = description.kind.isEmpty ? "object" : description.kind
      throw JSONError(offset: start, message: "the \(name) has no \"\(field.key)\"")
    }
    if let fault = fault(root) { throw JSONError(offset: start, message: fault) }
    return root
  }

  private func readOther(
    _ key: String, _ scanner: inout JSONScanner, _ root: inout Root
  ) throws(JSONError) {
    if let others, scanner.peek() == UInt8(ascii: "\"") {
      root[keyPath: others][key] = try scanner.string()
    } else {
      try scanner.skipValue()
    }
  }

  package func write(_ root: Root, to writer: inout JSONWriter) {
    guard let others else { return written.write(root, to: &writer) }
    let values = root[keyPath: others]
    var keys = values.keys.filter { places[$0] == nil }.sorted { $1.precedesByBytes($0) }
    writer.beginObject()
    func writeOthers(before limit: String?) {
      while let key = keys.last, limit.map(key.precedesByBytes) ?? true {
        writer.key(key)
        writer.string(values[key] ?? "")
        keys.removeLast()
      }
    }
    for place in written.keys.indices {
      writeOthers(before: written.keys[place].text)
      written.writers[place](root, &writer, written.keys[place])
    }
    writeOthers(before: nil)
    writer.endObject()
  }

  /// One line of the stream, without its line feed.
  package func line(_ root: Root) -> [UInt8] {
    var writer = JSONWriter()
    write(root, to: &writer)
    return writer.bytes
  }

  /// The fields in which a value differs from an earlier one.
  package func changes(from earlier: Root, to later: Root) -> [Field<Root>] {
    fields.filter { $0.isCompared && !$0.isSame(earlier, later) }
  }
}

/// A value that is an object with fields: a record, or a part of one.
package protocol FieldObject: FieldValue {
  static var fields: FieldTable<Self> { get }
}

extension FieldObject {
  package static var shape: FieldShape { .object(fields.description.fields) }
  package init(reading scanner: inout JSONScanner) throws(JSONError) { self = try Self.fields.read(&scanner) }
  package func write(to writer: inout JSONWriter) { Self.fields.write(self, to: &writer) }
}
