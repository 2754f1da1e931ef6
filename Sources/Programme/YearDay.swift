/// A day of one year, or of every year.
package struct YearDay: Hashable, Sendable {
  /// nil: of every year.
  package let year: Int?
  package let month: Int
  package let day: Int

  /// Reads `12-24` and `2026-12-24`; nil for any other text.
  package init?(_ text: some StringProtocol) {
    let isWhole = text.utf8.count > 5
    // A leap year has every day there is.
    guard let date = LocalDate(iso8601: isWhole ? String(text) : "2000-" + text) else { return nil }
    let parts = date.components
    (year, month, day) = (isWhole ? parts.year : nil, parts.month, parts.day)
  }

  /// As a number that grows over the year, 29 February being a day of each.
  fileprivate var place: Int { month * 32 + day }
}

/// Days between two, both included; of every year, the first may be later in the year than the last.
package struct YearSpan: Hashable, Sendable {
  package var from: YearDay
  package var until: YearDay

  package init(from: YearDay, until: YearDay) {
    self.from = from
    self.until = until
  }

  package func contains(_ date: LocalDate) -> Bool {
    let parts = date.components
    let place = parts.month * 32 + parts.day
    func isAfter(_ day: YearDay) -> Bool {
      day.year.map { ($0, day.place) <= (parts.year, place) } ?? (day.place <= place)
    }
    func isBefore(_ day: YearDay) -> Bool {
      day.year.map { (parts.year, place) <= ($0, day.place) } ?? (place <= day.place)
    }
    let wraps = from.year == nil && until.year == nil && from.place > until.place
    return wraps ? isAfter(from) || isBefore(until) : isAfter(from) && isBefore(until)
  }
}
