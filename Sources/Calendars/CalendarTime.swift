/// A date or time as a calendar file says it: what the clock shows, and whose clock.
package struct CalendarTime: Hashable, Sendable {
  package enum Frame: Hashable, Sendable {
    /// A whole day; no clock.
    case date
    case utc
    /// The clock of whoever looks.
    case floating
    /// A zone, by its index among the zones of the file.
    case zone(Int)
  }

  /// Seconds since 1970-01-01T00:00 of the same clock.
  package var wall: Int
  package var frame: Frame

  init(wall: Int, frame: Frame) {
    self.wall = wall
    self.frame = frame
  }

  /// `19970714`, `19970714T123000` or `19970714T123000Z` (RFC 5545, sections 3.3.4 and 3.3.5); nil otherwise.
  init?(_ text: Octets) {
    guard let year = text.digits(0, 4), let month = text.digits(4, 6), let day = text.digits(6, 8),
      (1...9999).contains(year), (1...12).contains(month), day >= 1
    else { return nil }
    let first = WallClock.firstDay(year: year, month: month)
    guard day <= 28 || first + day <= WallClock.firstDay(year: year, month: month + 1) else { return nil }
    let midnight = (first + day - 1) * WallClock.day
    if text.count == 8 {
      self.init(wall: midnight, frame: .date)
      return
    }
    guard text.count == 15 || text.count == 16, text[8] == UInt8(ascii: "T"), let hour = text.digits(9, 11),
      let minute = text.digits(11, 13), let second = text.digits(13, 15), hour < 24, minute < 60,
      second <= 60,
      text.count == 15 || text[15] == UInt8(ascii: "Z")
    else { return nil }
    self.init(
      wall: midnight + hour * 3600 + minute * 60 + min(second, 59),
      frame: text.count == 16 ? .utc : .floating)
  }

  package var isDate: Bool { frame == .date }
}

/// A duration (RFC 5545, section 3.3.6): days are days of the clock, the rest is exact.
struct CalendarDuration: Hashable, Sendable {
  var days = 0
  var seconds = 0

  /// `P15DT5H0M20S`, `P7W`, `-PT15M`; nil otherwise.
  init?(_ text: Octets) {
    var index = 0
    var sign = 1
    if let first = text.buffer.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      sign = first == UInt8(ascii: "-") ? -1 : 1
      index = 1
    }
    guard index < text.count, text[index] | 0x20 == UInt8(ascii: "p") else { return nil }
    index += 1
    var isTime = false
    var hasPart = false
    while index < text.count {
      if !isTime, text[index] | 0x20 == UInt8(ascii: "t") {
        isTime = true
        index += 1
        continue
      }
      let first = index
      while index < text.count, text[index] >= 0x30, text[index] <= 0x39 { index += 1 }
      // Twelve digits of any unit cannot overflow.
      guard index < text.count, index - first <= 9, let number = text.digits(first, index) else { return nil }
      switch (text[index] & 0xDF, isTime) {
      case (UInt8(ascii: "W"), false): days += number * 7
      case (UInt8(ascii: "D"), false): days += number
      case (UInt8(ascii: "H"), true): seconds += number * 3600
      case (UInt8(ascii: "M"), true): seconds += number * 60
      case (UInt8(ascii: "S"), true): seconds += number
      default: return nil
      }
      hasPart = true
      index += 1
      // Longer than all of time, or written with endless parts.
      guard days < 4_000_000, seconds < 4_000_000 * WallClock.day else { return nil }
    }
    guard hasPart else { return nil }
    days *= sign
    seconds *= sign
  }
}
