import Basics
import Programme

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

  /// `19970714`, `19970714T123000` or `19970714T123000Z` (RFC 5545, sections 3.3.4 and 3.3.5), or what other programs
  /// read as one of them: `1997-07-14T12:30:00`, `19970714T1230`, blanks, small letters. nil otherwise.
  init?(_ text: Octets) {
    if let time = CalendarTime(exactly: text) {
      self = time
      return
    }
    var bytes = CalendarTime.digitsAndLetters(text)
    if bytes.count == 13 || bytes.count == 14 && bytes[13] == UInt8(ascii: "Z") {
      bytes.insert(contentsOf: "00".utf8, at: 13)
    }
    guard let time = CalendarTime(exactly: bytes.span) else { return nil }
    self = time
  }

  /// The day that a value names whose time cannot be read: its midnight, on the clock that the value names.
  static func day(in text: Octets) -> CalendarTime? {
    let bytes = digitsAndLetters(text)
    guard bytes.count >= 8 else { return nil }
    return CalendarTime(exactly: bytes.span[0..<8]).map {
      CalendarTime(wall: $0.wall, frame: bytes.last == UInt8(ascii: "Z") ? .utc : .floating)
    }
  }

  private static func digitsAndLetters(_ text: Octets) -> [UInt8] {
    // Longer than any time, even with the marks that ISO 8601 allows.
    Array(copying: text.extracting(first: 40)).compactMap { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A: byte
      case 0x61...0x7A: byte & 0xDF
      case UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: " "), 0x09: nil
      // Something that is no part of a time: kept, so that it is refused.
      default: UInt8(ascii: "?")
      }
    }
  }

  private init?(exactly text: Octets) {
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

  /// `2026-10-05 07:00`: what its clock shows.
  var clock: String {
    Timestamp(secondsSinceEpoch: wall, offset: 0).clockText
  }

  fileprivate func stands(in zones: Set<Int>) -> Bool {
    if case .zone(let index) = frame { return zones.contains(index) }
    return false
  }

  /// Takes the time out of zones that are not known.
  mutating func putOnOwnersClock(_ unknown: Set<Int>) { if stands(in: unknown) { frame = .floating } }
}

extension CalendarEvent.Period {
  mutating func putOnOwnersClock(_ unknown: Set<Int>) {
    start.putOnOwnersClock(unknown)
    end?.putOnOwnersClock(unknown)
  }
}

extension CalendarEvent {
  /// Whether any of its times is in one of these zones.
  func stands(in zones: Set<Int>) -> Bool {
    start.stands(in: zones) || end?.stands(in: zones) == true || exceptions.contains { $0.stands(in: zones) }
      || extraDates.contains { $0.start.stands(in: zones) || $0.end?.stands(in: zones) == true }
  }

  mutating func putOnOwnersClock(_ unknown: Set<Int>) {
    // On another clock than the series they may free what they do not mean.
    let own = start.frame
    exceptions.removeAll { $0.stands(in: unknown) && $0.frame != own }
    if let replaced = recurrenceID, replaced.stands(in: unknown), replaced.frame != own {
      recurrenceID = nil
      standsAlone = true
    }
    start.putOnOwnersClock(unknown)
    end?.putOnOwnersClock(unknown)
    recurrenceID?.putOnOwnersClock(unknown)
    for index in exceptions.indices { exceptions[index].putOnOwnersClock(unknown) }
    for index in extraDates.indices { extraDates[index].putOnOwnersClock(unknown) }
  }
}

extension CalendarEvent {
  /// Puts times without a zone on a clock.
  mutating func putFloatingTimes(in frame: CalendarTime.Frame) {
    func put(_ time: inout CalendarTime) { if time.frame == .floating { time.frame = frame } }
    put(&start)
    if var time = end {
      put(&time)
      end = time
    }
    if var time = recurrenceID {
      put(&time)
      recurrenceID = time
    }
    for index in exceptions.indices { put(&exceptions[index]) }
    for index in extraDates.indices {
      put(&extraDates[index].start)
      if var time = extraDates[index].end {
        put(&time)
        extraDates[index].end = time
      }
    }
  }
}

/// A duration (RFC 5545, section 3.3.6): days are days of the clock, the rest is exact.
struct CalendarDuration: Hashable, Sendable {
  var days = 0
  var seconds = 0

  /// How long something counts whose length is not known.
  static let day = CalendarDuration(days: 1)

  private init(days: Int) { self.days = days }

  /// `P15DT5H0M20S`, `P7W`, `-PT15M`; nil otherwise.
  init?(_ text: Octets) {
    var index = 0
    var sign = 1
    if !text.isEmpty, text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") {
      sign = text[0] == UInt8(ascii: "-") ? -1 : 1
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
