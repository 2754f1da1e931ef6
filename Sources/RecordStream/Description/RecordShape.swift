/// What may stand as a value in a record. One description, from which the JSON Schemas and the reference pages are made;
/// tests hold it against what is read and written.
package indirect enum RecordShape: Sendable {
  case text
  /// RFC 3339 with an offset.
  case time
  /// `2026-10-05`
  case date
  case integer
  /// A whole number that is not negative.
  case count
  case number
  case flag
  case words([String])
  /// `08:00-17:30`
  case span
  case list(RecordShape)
  /// Names of one's own choosing.
  case map(RecordShape)
  /// Known names, each with such a value; any may be left out, and unknown ones are refused.
  case named([String], RecordShape)
  case object([RecordKey])
  case orNull(RecordShape)
  case either([RecordShape])
  /// A list of exactly these.
  case tuple([RecordShape])
}

/// One key of a record.
package struct RecordKey: Sendable {
  package enum Presence: Sendable {
    /// Without it, or with null in its place, the record is refused.
    case required
    /// May be left out; null says the same.
    case optional
    /// May be left out; null is refused.
    case optionalValue
  }

  package let name: String
  package let shape: RecordShape
  /// What it means: one phrase without a full stop.
  package let meaning: String
  package let presence: Presence

  init(_ name: String, _ shape: RecordShape, _ meaning: String, _ presence: Presence = .optional) {
    self.name = name
    self.shape = shape
    self.meaning = meaning
    self.presence = presence
  }
}

/// A kind of record: who writes it, and what stands in it.
package struct RecordDescription: Sendable {
  /// The value of `record`; `diagnostic` for messages, which carry none.
  package let kind: String
  package let meaning: String
  /// Where it is found.
  package let place: String
  package let keys: [RecordKey]
  /// What else may stand in it; nil: keys of later versions, which are passed over.
  package let others: (shape: RecordShape, meaning: String)?

  init(
    _ kind: String, _ meaning: String, place: String, others: (RecordShape, String)? = nil,
    _ keys: [RecordKey]
  ) {
    self.kind = kind
    self.meaning = meaning
    self.place = place
    self.keys = keys
    self.others = others
  }

  /// Whether it has a `record` key.
  package var isRecord: Bool { kind != RecordDescription.diagnostic.kind }
}
