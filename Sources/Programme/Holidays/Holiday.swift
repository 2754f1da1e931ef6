/// A public holiday: a day on which nobody is asked to work.
package struct Holiday: Hashable, Sendable {
  package var date: LocalDate
  /// In the country's own language.
  package var name: String
  package var english: String

  package init(date: LocalDate, name: String, english: String) {
    self.date = date
    self.name = name
    self.english = english
  }
}

extension Holiday: Comparable {
  /// By date, then by name.
  package static func < (a: Holiday, b: Holiday) -> Bool {
    a.date == b.date ? a.name.precedesByBytes(b.name) : a.date < b.date
  }
}
