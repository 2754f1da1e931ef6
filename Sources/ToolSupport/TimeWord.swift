import ArgumentParser
package import Calendars
import Programme

/// A time as a clerk writes it: `2026-11-05 14:00` on the clock of the place, or as RFC 3339 with an offset.
package struct TimeWord: Hashable, Sendable, ExpressibleByArgument {
  private enum Meaning: Hashable, Sendable {
    case instant(Timestamp)
    case local(LocalDate, minute: Int)
  }

  private let meaning: Meaning
  package let text: String

  package init?(argument: String) {
    text = argument
    if let time = Timestamp(rfc3339: argument) {
      meaning = .instant(time)
      return
    }
    let parts = argument.split(maxSplits: 1, whereSeparator: { $0 == " " || $0 == "T" })
    guard parts.count == 2, let date = LocalDate(iso8601: String(parts[0])),
      let clock = ClockTime(String(parts[1])), clock.minute < 1440
    else { return nil }
    meaning = .local(date, minute: clock.minute)
  }

  /// In the solver's minutes.
  package func minute(in zone: ZoneTable) -> Int {
    switch meaning {
    case .instant(let time): time.minute
    case .local(let date, let minute): zone.minute(of: date, minute: minute)
    }
  }
}
