import Foundation
import TestSupport
import Testing

/// `tandem-calendar`, as built, and the servers that it asks.
enum CalendarTool {
  static func run(
    _ arguments: [String], environment: [String: String] = [:]
  ) async throws -> BuiltTool.Run {
    try await BuiltTool("tandem-calendar").run(arguments, environment: environment)
  }

  /// A calendar of one event each day at eight, UTC, from 5 October 2026 on.
  static func calendar(_ uid: String, days: Int = 1, zone: Bool = false) -> String {
    """
    BEGIN:VCALENDAR\r
    VERSION:2.0\r
    PRODID:-//x//y//EN\r
    BEGIN:VEVENT\r
    UID:\(uid)@example.com\r
    DTSTAMP:20260901T000000Z\r
    DTSTART:20261005T080000Z\r
    DTEND:20261005T090000Z\r
    RRULE:FREQ=DAILY;COUNT=\(days)\r
    SUMMARY:\(uid)\r
    END:VEVENT\r
    END:VCALENDAR\r

    """
  }
}
