/// What a value looks like in JSON: schemas, reference pages and checks are made of it.
package indirect enum FieldShape: Sendable {
  case text
  /// A text that is not empty.
  case id
  /// RFC 3339 with an offset.
  case time
  /// `2026-10-05`
  case date
  case integer
  /// A whole number, 0…`Count.most`.
  case count
  case number
  case flag
  case words([String])
  /// `08:00-17:30`
  case span
  case list(FieldShape)
  /// Names of one's own choosing.
  case map(FieldShape)
  /// Known names, each with such a value; any may be left out, and unknown ones are refused.
  case named([String], FieldShape)
  case object([FieldDescription])
  case orNull(FieldShape)
  case either([FieldShape])
  /// A list of exactly these.
  case tuple([FieldShape])
}

/// One field of a record, without the type that holds it.
package struct FieldDescription: Sendable {
  package enum Presence: Sendable {
    /// Without it, or with null in its place, the record is refused.
    case required
    /// May be left out; null says the same.
    case optional
    /// May be left out; never null. Only of records that no tool reads.
    case optionalValue
  }

  package let key: String
  package let shape: FieldShape
  /// What it means: one phrase without a full stop.
  package let meaning: String
  package let presence: Presence

  package init(_ key: String, _ shape: FieldShape, _ meaning: String, _ presence: Presence) {
    self.key = key
    self.shape = shape
    self.meaning = meaning
    self.presence = presence
  }
}

/// A kind of record: what writes it, and which fields it has.
package struct RecordDescription: Sendable {
  package let kind: String
  /// Whether a line has the key `record` with this kind; messages on standard error do not.
  package let isNamed: Bool
  package let meaning: String
  /// Where it is found.
  package let place: String
  package let fields: [FieldDescription]
  /// What else a record may hold; nil: fields of later versions, which are skipped.
  package let others: (shape: FieldShape, meaning: String)?

  package init(
    _ kind: String, isNamed: Bool = true, _ meaning: String, place: String,
    others: (FieldShape, String)? = nil, _ fields: [FieldDescription]
  ) {
    self.kind = kind
    self.isNamed = isNamed
    self.meaning = meaning
    self.place = place
    self.fields = fields
    self.others = others
  }
}
