import Basics

/// The yearly rule at the end of a TZif file (RFC 8536, section 3.3.1; POSIX.1 `TZ`), as in
/// `CET-1CEST,M3.5.0,M10.5.0/3`.
struct PosixZoneRule: Hashable, Sendable {
  /// One yearly change: the day, and seconds after that day's midnight (may be negative or beyond 24 h).
  struct Change: Hashable, Sendable {
    enum Day: Hashable, Sendable {
      /// 1…365, February 29 is never counted.
      case julian(Int)
      /// 0…365, February 29 is counted.
      case ordinal(Int)
      /// Month 1…12, week 1…5 (5 is the last), weekday 0 for Monday.
      case weekday(month: Int, week: Int, weekday: Int)
    }

    var day: Day
    var second: Int

    /// Wall seconds of the change in a year.
    func wall(year: Int) -> Int {
      let newYear = WallClock.firstDay(year: year)
      let number: Int
      switch day {
      case .julian(let n):
        let isLeap = WallClock.firstDay(year: year + 1) - newYear == 366
        number = newYear + n - (isLeap && n >= 60 ? 0 : 1)
      case .ordinal(let n):
        number = newYear + n
      case .weekday(let month, let week, let weekday):
        let first = WallClock.firstDay(year: year, month: month)
        let next = WallClock.firstDay(year: year, month: month + 1)
        let days = first + floorModulo(weekday - WallClock.weekday(first), 7) + (week - 1) * 7
        number = days < next ? days : days - 7
      }
      return number * WallClock.day + second
    }
  }

  /// Seconds east of UTC.
  var standard: Int
  /// The other half of the year; nil where the clock never changes.
  var daylight: (offset: Int, begins: Change, ends: Change)?

  static func == (a: PosixZoneRule, b: PosixZoneRule) -> Bool {
    a.standard == b.standard && a.daylight?.offset == b.daylight?.offset
      && a.daylight?.begins == b.daylight?.begins && a.daylight?.ends == b.daylight?.ends
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(standard)
    hasher.combine(daylight?.offset)
  }

  /// The changes of one year, sorted.
  func changes(year: Int) -> [(instant: Int, offset: Int)] {
    guard let daylight else { return [] }
    let forth = (instant: daylight.begins.wall(year: year) - standard, offset: daylight.offset)
    let back = (instant: daylight.ends.wall(year: year) - daylight.offset, offset: standard)
    return forth.instant < back.instant ? [forth, back] : [back, forth]
  }

  /// nil for a text that is no such rule.
  init?(_ text: some Sequence<UInt8>) {
    var scanner = Scanner(bytes: Array(text))
    guard scanner.name(), let standard = scanner.offset() else { return nil }
    self.standard = -standard
    guard !scanner.isAtEnd else { return }
    guard scanner.name() else { return nil }
    var offset = self.standard + 3600
    if !scanner.isNext(UInt8(ascii: ",")) {
      guard let given = scanner.offset() else { return nil }
      offset = -given
    }
    guard let begins = scanner.change(), let ends = scanner.change(), scanner.isAtEnd else { return nil }
    daylight = (offset, begins, ends)
  }

  private struct Scanner {
    let bytes: [UInt8]
    var index = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { index >= bytes.count }
    func isNext(_ byte: UInt8) -> Bool { index < bytes.count && bytes[index] == byte }

    mutating func take(_ byte: UInt8) -> Bool {
      guard isNext(byte) else { return false }
      index += 1
      return true
    }

    /// `CET` or `<+01>`
    mutating func name() -> Bool {
      if take(UInt8(ascii: "<")) {
        while index < bytes.count, bytes[index] != UInt8(ascii: ">") { index += 1 }
        return take(UInt8(ascii: ">"))
      }
      let first = index
      while index < bytes.count, bytes[index] | 0x20 >= UInt8(ascii: "a"),
        bytes[index] | 0x20 <= UInt8(ascii: "z")
      {
        index += 1
      }
      return index - first >= 3
    }

    mutating func number() -> Int? {
      var value = 0
      let first = index
      while index < bytes.count, bytes[index].isASCIIDigit, index - first < 4 {
        value = value * 10 + Int(bytes[index] - 0x30)
        index += 1
      }
      return index > first ? value : nil
    }

    /// `[+-]hh[:mm[:ss]]` in seconds
    mutating func offset() -> Int? {
      var sign = 1
      if take(UInt8(ascii: "-")) { sign = -1 } else { _ = take(UInt8(ascii: "+")) }
      guard let hours = number(), hours <= 167 else { return nil }
      var seconds = hours * 3600
      for unit in [60, 1] where take(UInt8(ascii: ":")) {
        guard let value = number(), value < 60 else { return nil }
        seconds += value * unit
      }
      return sign * seconds
    }

    mutating func change() -> Change? {
      guard take(UInt8(ascii: ",")) else { return nil }
      let day: Change.Day
      if take(UInt8(ascii: "M")) {
        guard let month = number(), (1...12).contains(month), take(UInt8(ascii: ".")),
          let week = number(), (1...5).contains(week), take(UInt8(ascii: ".")),
          let weekday = number(), weekday <= 6
        else { return nil }
        day = .weekday(month: month, week: week, weekday: (weekday + 6) % 7)
      } else if take(UInt8(ascii: "J")) {
        guard let n = number(), (1...365).contains(n) else { return nil }
        day = .julian(n)
      } else {
        guard let n = number(), n <= 365 else { return nil }
        day = .ordinal(n)
      }
      var second = 7200
      if take(UInt8(ascii: "/")) {
        guard let given = offset() else { return nil }
        second = given
      }
      return Change(day: day, second: second)
    }
  }
}
