package import Basics

/// When somebody works, where it differs from the site: minutes since midnight for each weekday.
package struct WorkingHours: Hashable, Sendable {
  /// A weekday that is absent is not worked.
  package var spans: [Weekday: [Range<Int>]]

  package init(spans: [Weekday: [Range<Int>]]) { self.spans = spans }

  /// The same span on each of the days.
  package init(days: some Sequence<Weekday>, span: Range<Int>) {
    spans = Dictionary(uniqueKeysWithValues: Set(days).map { ($0, [span]) })
  }
}

/// `{"monday":["08:00-12:00","13:00-17:00"]}`
extension WorkingHours: FieldValue {
  package static var shape: FieldShape { .named(Weekday.allCases.map(\.rawValue), .list(.span)) }

  package init(reading scanner: inout JSONScanner) throws(JSONError) {
    self.init(spans: [:])
    try scanner.beginObject()
    while try scanner.nextMember() {
      let place = scanner.offset
      let key = try scanner.key()
      guard let weekday = Weekday(rawValue: key) else {
        throw JSONError(offset: place, message: "\"\(key)\" is not a weekday; write monday … sunday")
      }
      var day: [Range<Int>] = []
      try scanner.beginArray()
      while try scanner.nextElement() {
        _ = scanner.peek()
        let place = scanner.offset
        let text = try scanner.string()
        guard let span = WorkingHours.span(text) else {
          throw JSONError(offset: place, message: "\"\(text)\" is no span of hours; write it as 08:00-17:30")
        }
        day.append(span)
      }
      spans[weekday] = day
    }
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    for weekday in spans.keys.sorted(by: { $0.rawValue.precedesByBytes($1.rawValue) }) {
      writer.key(weekday.rawValue)
      writer.strings((spans[weekday] ?? []).map(WorkingHours.text))
    }
    writer.endObject()
  }

  /// Minutes since midnight of `08:00-17:30`; nil for any other text.
  package static func span(_ text: String) -> Range<Int>? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { clock -> Int? in
      let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, parts[1].utf8.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]),
        (0...24).contains(hour), (0..<60).contains(minute), hour * 60 + minute <= 1440
      else { return nil }
      return hour * 60 + minute
    }
    guard ends.count == 2, let start = ends[0], let end = ends[1], start < end else { return nil }
    return start..<end
  }

  /// `08:00-17:30`
  static func text(_ span: Range<Int>) -> String {
    func clock(_ minute: Int) -> String { "\((minute / 60).digits(2)):\((minute % 60).digits(2))" }
    return "\(clock(span.lowerBound))-\(clock(span.upperBound))"
  }
}
