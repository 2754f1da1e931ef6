package import Programme

// Ids and dates as tests write them.

extension TandemID: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self.init(text) }
}

extension SessionID: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self.init(text) }
}

extension WorkshopID: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self.init(text) }
}

extension LocalDate {
  /// A date that a test writes.
  package static func of(_ text: String) -> LocalDate {
    LocalDate(iso8601: text) ?? LocalDate(daysSinceEpoch: 0)
  }
}
