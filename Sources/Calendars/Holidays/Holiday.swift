package import Programme

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
