package import ArgumentParser
import Foundation
package import Programme

/// The option of every command whose result depends on the time. Without it the clock's time counts, never a cohort's.
package struct NowOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The time of the call (RFC 3339, or a date: its first instant in UTC); else the clock's.",
      valueName: "time"),
    transform: { try Timestamp.ofOption($0) })
  package var now: Timestamp?

  package init() {}

  /// The present of this call.
  package func time(on console: Console) -> Timestamp { now ?? console.clock() }
}

extension Timestamp {
  /// - Throws: `ValidationError` for what is neither a time nor a date.
  package static func ofOption(_ text: String) throws -> Timestamp {
    guard let time = Timestamp(rfc3339: text) ?? Timestamp(rfc3339: text + "T00:00:00Z") else {
      throw ValidationError("\"\(text)\" is not a time; write it as 2026-12-01 or 2026-12-01T08:00:00Z")
    }
    return time
  }

  /// What the clock shows, in the zone that it is set to.
  package static func ofClock() -> Timestamp {
    let date = Date()
    return Timestamp(
      secondsSinceEpoch: Int(date.timeIntervalSince1970.rounded(.down)),
      offset: TimeZone.current.secondsFromGMT(for: date))
  }
}
