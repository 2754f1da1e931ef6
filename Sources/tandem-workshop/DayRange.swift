import ArgumentParser
import Foundation
import Programme

/// A day on the command line, or the days from one through another: `2027-01-12`, `2027-01-11..2027-01-15`.
struct DayRange: Hashable, ExpressibleByArgument {
  let first: LocalDate
  let last: LocalDate

  /// nil where it is neither, ends before it begins, or is longer than a year.
  init?(argument: String) {
    let parts = argument.components(separatedBy: "..")
    guard parts.count <= 2, let first = parts.first.flatMap({ LocalDate(iso8601: $0) }),
      let last = parts.last.flatMap({ LocalDate(iso8601: $0) }), (0...366).contains(last.days(since: first))
    else { return nil }
    self.first = first
    self.last = last
  }

  var days: [LocalDate] { (0...last.days(since: first)).map { first.adding(days: $0) } }
}
