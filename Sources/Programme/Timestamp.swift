import Basics

/// An instant as a record carries it: to the second, with the offset that its zone had then.
///
/// The text form is RFC 3339 (`2026-10-05T10:00:00+02:00`). The offset is kept beside the instant, so that writing
/// a record back needs no zone table and gives the same bytes.
package struct Timestamp: Hashable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z.
  package let secondsSinceEpoch: Int
  /// Seconds east of UTC.
  package let offset: Int

  package init(secondsSinceEpoch: Int, offset: Int) {
    self.secondsSinceEpoch = secondsSinceEpoch
    self.offset = offset
  }

  package static let epoch = Timestamp(secondsSinceEpoch: 0, offset: 0)

  /// The same instant on the clock of UTC.
  package var inUTC: Timestamp { Timestamp(secondsSinceEpoch: secondsSinceEpoch, offset: 0) }

  package init(minute: Int, offset: Int) {
    self.init(secondsSinceEpoch: minute * 60, offset: offset)
  }

  /// Whole minutes since the epoch, rounded down: the solver's unit.
  package var minute: Int {
    secondsSinceEpoch >= 0 ? secondsSinceEpoch / 60 : (secondsSinceEpoch - 59) / 60
  }

  private var localSeconds: Int { secondsSinceEpoch + offset }

  /// The civil date that a clock at this offset shows.
  package var date: LocalDate {
    let local = localSeconds
    return LocalDate(daysSinceEpoch: local >= 0 ? local / 86_400 : (local - 86_399) / 86_400)
  }

  /// Minutes since midnight that a clock at this offset shows, 0…1439.
  package var minuteOfDay: Int {
    (localSeconds - date.daysSinceEpoch * 86_400) / 60
  }
}

extension Timestamp {
  /// `2026-10-08 13:30`, as a clock on the spot shows it: for a person's eyes.
  package var clockText: String { "\(date) \(time)" }

  /// The time of day that a clock at this offset shows.
  package var time: ClockTime { ClockTime(minuteOfDay: minuteOfDay) }
}

extension Timestamp: CustomStringConvertible {
  package var description: String {
    let second = localSeconds - date.daysSinceEpoch * 86_400
    let clock = "\(time):\((second % 60).digits(2))"
    if offset == 0 { return "\(date)T\(clock)Z" }
    let east = ClockTime(minuteOfDay: abs(offset) / 60)
    return "\(date)T\(clock)\(offset < 0 ? "-" : "+")\(east)"
  }
}

extension Timestamp {
  /// An RFC 3339 date-time with `Z` or a numeric offset; seconds may be left out, fractions are cut off.
  /// nil for any other text: a time without an offset names no instant.
  package init?(rfc3339 text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 17, bytes.count <= 40, let date = LocalDate(iso8601: text.prefix(10)),
      bytes[10] == 0x54 || bytes[10] == 0x74 || bytes[10] == 0x20, bytes[13] == 0x3A
    else { return nil }
    func two(_ index: Int) -> Int? {
      guard index + 1 < bytes.count, bytes[index].isASCIIDigit, bytes[index + 1].isASCIIDigit else {
        return nil
      }
      return Int(bytes[index] - 0x30) * 10 + Int(bytes[index + 1] - 0x30)
    }
    guard let hour = two(11), hour < 24, let minute = two(14), minute < 60 else { return nil }
    var index = 16
    var second = 0
    if bytes[index] == 0x3A {
      guard let value = two(index + 1), value < 61 else { return nil }
      second = min(value, 59)
      index += 3
      if index < bytes.count, bytes[index] == 0x2E {
        index += 1
        let first = index
        while index < bytes.count, bytes[index].isASCIIDigit { index += 1 }
        guard index > first else { return nil }
      }
    }
    guard index < bytes.count else { return nil }
    var offset = 0
    switch bytes[index] {
    case 0x5A, 0x7A:
      guard index + 1 == bytes.count else { return nil }
    case 0x2B, 0x2D:
      guard index + 6 == bytes.count, bytes[index + 3] == 0x3A, let hours = two(index + 1), hours < 24,
        let minutes = two(index + 4), minutes < 60
      else { return nil }
      offset = (hours * 60 + minutes) * 60 * (bytes[index] == 0x2D ? -1 : 1)
    default: return nil
    }
    let local = date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second
    self.init(secondsSinceEpoch: local - offset, offset: offset)
  }
}

extension Timestamp: Comparable {
  /// By instant, then by offset, so that the order is total.
  package static func < (a: Timestamp, b: Timestamp) -> Bool {
    (a.secondsSinceEpoch, a.offset) < (b.secondsSinceEpoch, b.offset)
  }
}
