import Basics

/// A time of day as a wall clock shows it.
package struct ClockTime: Hashable, Comparable, Sendable {
  /// Minutes since midnight, 0…1440: 24:00 ends a day.
  package let minute: Int

  /// nil where no clock shows it.
  package init?(hour: Int, minute: Int) {
    guard (0...24).contains(hour), (0..<60).contains(minute), hour < 24 || minute == 0 else { return nil }
    self.minute = hour * 60 + minute
  }

  /// Reads `08:00` or `8:00`; nil for any other text.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8.suffix(6))
    let digits = bytes.map { Int($0) - 0x30 }
    guard (4...5).contains(bytes.count), bytes[bytes.count - 3] == UInt8(ascii: ":") else { return nil }
    let (hours, minutes) = (digits.dropLast(3), digits.suffix(2))
    guard (hours + minutes).allSatisfy({ (0...9).contains($0) }) else { return nil }
    self.init(hour: hours.reduce(0) { $0 * 10 + $1 }, minute: minutes.reduce(0) { $0 * 10 + $1 })
  }

  /// - Parameter minuteOfDay: brought to the day where it lies outside.
  package init(minuteOfDay: Int) { minute = min(max(minuteOfDay, 0), 1440) }

  package static func < (a: ClockTime, b: ClockTime) -> Bool { a.minute < b.minute }
}

extension ClockTime: CustomStringConvertible {
  /// `08:00`
  package var description: String {
    "\((minute / 60).digits(2)):\((minute % 60).digits(2))"
  }
}

/// A part of a day on a wall clock.
package struct ClockSpan: Hashable, Sendable {
  /// Minutes since midnight, 0…1440; `end` is not before `start`.
  package let start: Int
  package let end: Int

  /// nil where the end is not after the start.
  package init?(_ start: ClockTime, _ end: ClockTime) {
    guard start < end else { return nil }
    (self.start, self.end) = (start.minute, end.minute)
  }

  /// Reads `08:00-17:30`; nil for any other text.
  package init?(_ text: some StringProtocol) {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { ClockTime($0) }
    guard ends.count == 2, let start = ends[0], let end = ends[1] else { return nil }
    self.init(start, end)
  }

  /// - Parameter minutes: since midnight; what lies outside of the day is cut off.
  package init(_ minutes: Range<Int>) {
    start = ClockTime(minuteOfDay: minutes.lowerBound).minute
    end = ClockTime(minuteOfDay: minutes.upperBound).minute
  }

  /// Whether they have a minute in common.
  package func overlaps(_ other: ClockSpan) -> Bool { start < other.end && other.start < end }
}

extension ClockSpan: CustomStringConvertible {
  /// `08:00-17:30`
  package var description: String {
    "\(ClockTime(minuteOfDay: start))-\(ClockTime(minuteOfDay: end))"
  }
}

extension ClockSpan: TextValue {
  package static var shape: FieldShape { .span }
  package static let form = "a span of hours; write it as 08:00-17:30"
  package static func parse(_ text: String) -> ClockSpan? { ClockSpan(text) }
}
