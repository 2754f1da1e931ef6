/// The days of one year that a rule's BYMONTH, BYWEEKNO, BYYEARDAY, BYMONTHDAY and BYDAY allow together, as a set of
/// bits: each part is one intersection, whatever the frequency.
struct YearDays {
  private(set) var year: Int
  /// Days since the epoch of January 1.
  private(set) var first: Int
  let length: Int
  private var bits = Days()

  /// 384 bits, one a day of the year.
  private struct Days {
    var words: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0)

    /// The 64 days among which this one is.
    func word(of day: Int) -> UInt64 {
      switch day >> 6 {
      case 0: words.0
      case 1: words.1
      case 2: words.2
      case 3: words.3
      case 4: words.4
      default: words.5
      }
    }

    subscript(day: Int) -> Bool {
      get { day >= 0 && day < 384 && word(of: day) >> UInt64(day & 63) & 1 == 1 }
      set {
        guard newValue, day >= 0, day < 384 else { return }
        let bit = UInt64(1) << UInt64(day & 63)
        switch day >> 6 {
        case 0: words.0 |= bit
        case 1: words.1 |= bit
        case 2: words.2 |= bit
        case 3: words.3 |= bit
        case 4: words.4 |= bit
        default: words.5 |= bit
        }
      }
    }

    mutating func formIntersection(_ other: Days) {
      words.0 &= other.words.0
      words.1 &= other.words.1
      words.2 &= other.words.2
      words.3 &= other.words.3
      words.4 &= other.words.4
      words.5 &= other.words.5
    }

    static let all: Days = {
      var days = Days()
      let one = UInt64.max
      days.words = (one, one, one, one, one, one)
      return days
    }()
  }

  /// - Parameters:
  ///   - monthDays, weekdays, months: those of the rule, or what the start gives where the rule says nothing.
  init(
    year: Int, rule: RecurrenceRule, months: [Int], monthDays: [Int],
    weekdays: [RecurrenceRule.OrdinalWeekday]
  ) {
    self.year = year
    first = WallClock.firstDay(year: year)
    length = WallClock.firstDay(year: year + 1) - first
    let monthFirst = (1...13).map { WallClock.firstDay(year: year, month: $0) - first }
    bits = .all
    if !months.isEmpty || !monthDays.isEmpty {
      var allowed = Days()
      for month in months.isEmpty ? Array(1...12) : months {
        let (from, to) = (monthFirst[month - 1], monthFirst[month])
        if monthDays.isEmpty {
          for day in from..<to { allowed[day] = true }
        } else {
          for number in monthDays where abs(number) <= to - from {
            allowed[number > 0 ? from + number - 1 : to + number] = true
          }
        }
      }
      bits.formIntersection(allowed)
    }
    if !rule.yearDays.isEmpty {
      var allowed = Days()
      for number in rule.yearDays where abs(number) <= length {
        allowed[number > 0 ? number - 1 : length + number] = true
      }
      bits.formIntersection(allowed)
    }
    if !rule.weekNumbers.isEmpty { bits.formIntersection(days(ofWeeks: rule)) }
    if !weekdays.isEmpty {
      bits.formIntersection(days(weekdays, rule: rule, months: months, monthFirst: monthFirst))
    }
  }

  /// Whether the day, in days since the epoch, is allowed; false outside the year.
  func contains(_ day: Int) -> Bool {
    let index = day - first
    return index < length && bits[index]
  }

  /// Allowed days from `from` (inclusive) to `to` (exclusive), in days since the epoch.
  func days(from: Int, to: Int, into days: inout [Int]) {
    var day = max(from, first)
    let end = min(to, first + length)
    while day < end {
      let rest = bits.word(of: day - first) >> UInt64((day - first) & 63)
      if rest == 0 {
        // None in the rest of these 64.
        day += 64 - (day - first) & 63
        continue
      }
      day += rest.trailingZeroBitCount
      if day < end { days.append(day) }
      day += 1
    }
  }

  /// All that the days of a year depend on: on which weekday it begins, and which of it and its neighbours are leap years.
  struct Shape: Hashable {
    private let code: Int

    init(year: Int) {
      var code = WallClock.weekday(WallClock.firstDay(year: year))
      for near in year - 1...year + 1 {
        code = code * 2 + WallClock.firstDay(year: near + 1) - WallClock.firstDay(year: near) - 365
      }
      self.code = code
    }
  }

  /// The same days in another year of the same shape.
  func moved(to year: Int) -> YearDays {
    var moved = self
    moved.year = year
    moved.first = WallClock.firstDay(year: year)
    return moved
  }

  /// Week 1 is the first with at least four days in its year (RFC 5545, BYWEEKNO); a week that spans the turn of the
  /// year counts by its own number on both sides.
  private func days(ofWeeks rule: RecurrenceRule) -> Days {
    func firstWeek(_ year: Int) -> Int {
      let newYear = WallClock.firstDay(year: year)
      let behind = floorModulo(WallClock.weekday(newYear) - rule.weekStart, 7)
      return behind <= 3 ? newYear - behind : newYear + 7 - behind
    }
    var allowed = Days()
    for weekYear in (year - 1)...(year + 1) {
      let start = firstWeek(weekYear)
      let weeks = (firstWeek(weekYear + 1) - start) / 7
      for number in rule.weekNumbers where abs(number) <= weeks {
        let week = start + (number > 0 ? number - 1 : weeks + number) * 7
        for day in week..<week + 7 { allowed[day - first] = true }
      }
    }
    return allowed
  }

  /// Ordinals count within the month where the rule is monthly or names months, else within the year; for shorter
  /// frequencies, where RFC 5545 allows none, they are not regarded.
  private func days(
    _ weekdays: [RecurrenceRule.OrdinalWeekday], rule: RecurrenceRule, months: [Int], monthFirst: [Int]
  ) -> Days {
    var allowed = Days()
    func add(_ from: Int, _ to: Int, _ wanted: RecurrenceRule.OrdinalWeekday) {
      let ordinal = rule.frequency >= .monthly ? wanted.ordinal : 0
      let start = from + floorModulo(wanted.weekday - WallClock.weekday(first + from), 7)
      let last = start < to ? start + (to - 1 - start) / 7 * 7 : start - 7
      switch ordinal {
      case 0:
        var day = start
        while day < to {
          allowed[day] = true
          day += 7
        }
      case 1...: if start + (ordinal - 1) * 7 < to { allowed[start + (ordinal - 1) * 7] = true }
      default: if last + (ordinal + 1) * 7 >= from { allowed[last + (ordinal + 1) * 7] = true }
      }
    }
    let isByMonth = rule.frequency == .monthly || rule.frequency == .yearly && !rule.months.isEmpty
    for wanted in weekdays {
      if isByMonth, rule.frequency >= .monthly, wanted.ordinal != 0 {
        for month in months.isEmpty ? Array(1...12) : months {
          add(monthFirst[month - 1], monthFirst[month], wanted)
        }
      } else {
        add(0, length, wanted)
      }
    }
    return allowed
  }
}
