package import Basics

/// When somebody works, where it differs from the site: the spans of each weekday.
package struct WorkingHours: Hashable, Sendable {
  /// A weekday that is absent is not worked.
  package var spans: [Weekday: [ClockSpan]]

  package init(spans: [Weekday: [ClockSpan]]) { self.spans = spans }

  /// The same span on each of the days.
  package init(days: some Sequence<Weekday>, span: ClockSpan) {
    spans = Dictionary(uniqueKeysWithValues: Set(days).map { ($0, [span]) })
  }
}

/// `{"monday":["08:00-12:00","13:00-17:00"]}`
extension WorkingHours: FieldValue {
  package static var shape: FieldShape { .named(Weekday.allCases.map(\.rawValue), .list(ClockSpan.shape)) }

  package init(reading scanner: inout JSONScanner) throws(JSONError) {
    self.init(spans: [:])
    try scanner.beginObject()
    while try scanner.nextMember() {
      let place = scanner.offset
      let key = try scanner.key()
      guard let weekday = Weekday(rawValue: key) else {
        throw JSONError(offset: place, message: "\"\(key)\" is not a weekday; write monday … sunday")
      }
      spans[weekday] = try [ClockSpan](reading: &scanner)
    }
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    for weekday in spans.keys.sorted(by: { $0.rawValue.precedesByBytes($1.rawValue) }) {
      writer.key(weekday.rawValue)
      spans[weekday]?.write(to: &writer)
    }
    writer.endObject()
  }
}
