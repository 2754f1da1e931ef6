/// A programme's run: those who begin together.
package struct Cohort: Hashable, Sendable {
  package var id: String
  /// The first day.
  package var start: LocalDate
  /// The first day after the last.
  package var end: LocalDate

  package init(id: String, start: LocalDate, end: LocalDate) {
    self.id = id
    self.start = start
    self.end = end
  }
}
