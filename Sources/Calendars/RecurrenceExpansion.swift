import Programme

/// The wall times that one rule gives from one start on, for any window, without walking there from the start.
///
/// Periods before the window are skipped by division. Where a COUNT must be kept, whole days before the window are
/// counted at once: a day has as many occurrences as its days-and-times product, or, for frequencies below a day,
/// as its phase gives, and there are no more phases than steps in a day. So the work is
/// O(days before the window, only with COUNT + periods and occurrences in the window).
struct RecurrenceExpansion {
  let rule: RecurrenceRule
  /// Wall seconds of DTSTART.
  let start: Int
  /// The last wall second that may occur.
  let last: Int
  private let startDay: Int
  private let months: [Int]
  private let monthDays: [Int]
  private let weekdays: [RecurrenceRule.OrdinalWeekday]
  /// Bits of the weekdays, where the weekdays are all that chooses a day; nil where a year's days are needed.
  private let weekdayBits: Int?
  /// Seconds after the period's first second (of the day, hour, minute or second) at which it occurs.
  private let times: [Int]

  /// - Parameters:
  ///   - isDate: a whole-day start; its rule knows no times.
  ///   - last: the last wall second that may occur, of UNTIL.
  init(rule: RecurrenceRule, start: Int, isDate: Bool, last: Int = .max) {
    self.rule = rule
    self.start = start
    self.last = min(last, WallClock.last)
    startDay = WallClock.dayNumber(start)
    var months = rule.months
    var monthDays = rule.monthDays
    var weekdays = rule.weekdays
    if rule.weekNumbers.isEmpty, rule.yearDays.isEmpty, monthDays.isEmpty, weekdays.isEmpty {
      let date = LocalDate(daysSinceEpoch: startDay).components
      switch rule.frequency {
      case .yearly:
        if months.isEmpty { months = [date.month] }
        monthDays = [date.day]
      case .monthly: monthDays = [date.day]
      case .weekly: weekdays = [.init(ordinal: 0, weekday: WallClock.weekday(startDay))]
      default: break
      }
    }
    self.months = months
    self.monthDays = monthDays
    self.weekdays = weekdays
    if rule.frequency < .monthly, months.isEmpty, monthDays.isEmpty, rule.yearDays.isEmpty,
      rule.weekNumbers.isEmpty
    {
      weekdayBits = weekdays.isEmpty ? 0x7F : weekdays.reduce(0) { $0 | 1 << $1.weekday }
    } else {
      weekdayBits = nil
    }
    times = RecurrenceExpansion.times(rule, second: WallClock.secondOfDay(start), isDate: isDate)
  }

  private static func times(_ rule: RecurrenceRule, second: Int, isDate: Bool) -> [Int] {
    if isDate || rule.frequency == .secondly { return [0] }
    let seconds = rule.seconds.isEmpty ? [second % 60] : rule.seconds
    if rule.frequency == .minutely { return seconds }
    let minutes = rule.minutes.isEmpty ? [second / 60 % 60] : rule.minutes
    let inHour = minutes.flatMap { minute in seconds.map { minute * 60 + $0 } }
    if rule.frequency == .hourly { return inHour }
    let hours = rule.hours.isEmpty ? [second / 3600] : rule.hours
    return hours.flatMap { hour in inHour.map { hour * 3600 + $0 } }
  }

  /// Seconds from each occurrence to the next, where they are always as many and less than a day.
  var steadyStep: Int? {
    guard let unit = rule.frequency.seconds, rule.seconds.isEmpty, rule.minutes.isEmpty, rule.hours.isEmpty,
      weekdayBits == 0x7F, rule.positions.isEmpty
    else { return nil }
    return unit * rule.interval
  }

  /// The last start of a steady rule, or the last second that may be one.
  var lastSteadyStart: Int {
    guard let count = rule.count, let step = steadyStep else { return last }
    let (span, overflow) = (count - 1).multipliedReportingOverflow(by: step)
    return overflow || span > last - start ? last : start + span
  }

  /// Calls `body` with each occurrence in `[from, to)`, in order, until it returns false.
  func forEach(from: Int, to: Int, _ body: (Int) -> Bool) {
    let from = max(from, start)
    let end = min(to, last + 1)
    guard from < end else { return }
    if let unit = rule.frequency.seconds {
      forEachByClock(unit: unit, from: from, end: end, body)
    } else {
      forEachByDay(from: from, end: end, body)
    }
  }

  // MARK: A day and longer

  private func forEachByDay(from: Int, end: Int, _ body: (Int) -> Bool) {
    var remaining = rule.count ?? .max
    var years = Years(expansion: self)
    var days: [Int] = []
    var chosen: [Int] = []
    var period = rule.count == nil ? periodIndex(of: WallClock.dayNumber(from)) : 0
    let lastDay = WallClock.dayNumber(end - 1)
    while true {
      let bounds = bounds(ofPeriod: period)
      period += 1
      guard bounds.lowerBound <= lastDay else { return }
      days.removeAll(keepingCapacity: true)
      collectDays(bounds, &years, into: &days)
      if rule.positions.isEmpty {
        for day in days where day >= startDay {
          let midnight = day * WallClock.day
          if day > startDay, midnight + WallClock.day <= from {
            remaining -= times.count
            guard remaining > 0 else { return }
            continue
          }
          for time in times where midnight + time >= start {
            guard remaining > 0, midnight + time < end else { return }
            remaining -= 1
            if midnight + time >= from, !body(midnight + time) { return }
          }
        }
      } else {
        RecurrenceExpansion.choose(rule.positions, of: days.count * times.count, into: &chosen)
        for index in chosen {
          let wall = days[index / times.count] * WallClock.day + times[index % times.count]
          guard wall >= start else { continue }
          guard remaining > 0, wall < end else { return }
          remaining -= 1
          if wall >= from, !body(wall) { return }
        }
      }
    }
  }

  /// The index of the period that holds a day, or the last before it; 0 for days before the start.
  private func periodIndex(of day: Int) -> Int {
    let from = LocalDate(daysSinceEpoch: day).components
    let begin = LocalDate(daysSinceEpoch: startDay).components
    let behind =
      switch rule.frequency {
      case .yearly: from.year - begin.year
      case .monthly: (from.year - begin.year) * 12 + from.month - begin.month
      case .weekly: floorDivide(day - firstWeek, 7)
      default: day - startDay
      }
    return max(0, behind / rule.interval)
  }

  private var firstWeek: Int { startDay - floorModulo(WallClock.weekday(startDay) - rule.weekStart, 7) }

  /// The days of the period, in days since the epoch. A period beyond the last year begins at `Int.max`.
  private func bounds(ofPeriod index: Int) -> Range<Int> {
    let (steps, overflow) = index.multipliedReportingOverflow(by: rule.interval)
    // More days than any calendar holds.
    guard !overflow, steps < 4_000_000 else { return Int.max - 1..<Int.max }
    let begin = LocalDate(daysSinceEpoch: startDay).components
    switch rule.frequency {
    case .yearly:
      let year = begin.year + steps
      guard year <= 9999 else { return Int.max - 1..<Int.max }
      return WallClock.firstDay(year: year)..<WallClock.firstDay(year: year + 1)
    case .monthly:
      let month = begin.month + steps
      guard begin.year + month / 12 <= 9999 else { return Int.max - 1..<Int.max }
      return WallClock.firstDay(
        year: begin.year, month: month)..<WallClock.firstDay(year: begin.year, month: month + 1)
    case .weekly:
      return firstWeek + steps * 7..<firstWeek + steps * 7 + 7
    default:
      return startDay + steps..<startDay + steps + 1
    }
  }

  private func collectDays(_ bounds: Range<Int>, _ years: inout Years, into days: inout [Int]) {
    if let weekdayBits {
      for day in bounds where weekdayBits >> WallClock.weekday(day) & 1 == 1 { days.append(day) }
    } else {
      var day = bounds.lowerBound
      while day < bounds.upperBound {
        let year = years.year(of: day)
        year.days(from: day, to: bounds.upperBound, into: &days)
        day = year.first + year.length
      }
    }
  }

  /// The members of a set of `count` that BYSETPOS chooses, as sorted indices.
  private static func choose(_ positions: [Int], of count: Int, into chosen: inout [Int]) {
    chosen.removeAll(keepingCapacity: true)
    for position in positions where abs(position) <= count {
      chosen.append(position > 0 ? position - 1 : count + position)
    }
    chosen.sort()
    var kept = 0
    for index in chosen.indices where index == 0 || chosen[index] != chosen[index - 1] {
      chosen[kept] = chosen[index]
      kept += 1
    }
    chosen.removeLast(chosen.count - kept)
  }

  // MARK: Shorter than a day

  private func forEachByClock(unit: Int, from: Int, end: Int, _ body: (Int) -> Bool) {
    var remaining = rule.count ?? .max
    var years = Years(expansion: self)
    var inner = times
    if !rule.positions.isEmpty {
      var chosen: [Int] = []
      RecurrenceExpansion.choose(rule.positions, of: times.count, into: &chosen)
      inner = chosen.map { times[$0] }
      guard !inner.isEmpty else { return }
    }
    let clock = ClockFilter(rule)
    let base = floorDivide(start, unit) * unit
    let step = rule.interval * unit
    var countOfPhase: [Int: Int] = [:]
    var index = rule.count == nil ? max(0, floorDivide(from - base, step)) : 0
    var allowedDay = Int.min
    while true {
      let (offset, overflow) = index.multipliedReportingOverflow(by: step)
      guard !overflow, offset < end - base else { return }
      let period = base + offset
      let day = WallClock.dayNumber(period)
      let midnight = day * WallClock.day
      if day != allowedDay {
        let next = years.nextAllowedDay(from: day, before: WallClock.dayNumber(end - 1) + 1)
        guard next == day else {
          guard let next else { return }
          index = ceilDivide(next * WallClock.day - base, step)
          continue
        }
        if rule.count != nil, day > startDay, midnight + WallClock.day <= from {
          let phase = period - midnight
          let count: Int
          if let known = countOfPhase[phase] {
            count = known
          } else {
            count = clock.count(from: phase, step: step) * inner.count
            countOfPhase[phase] = count
          }
          remaining -= count
          guard remaining > 0 else { return }
          index = ceilDivide(midnight + WallClock.day - base, step)
          continue
        }
        allowedDay = day
      }
      let second = period - midnight
      let next = clock.next(second)
      guard next == second else {
        index = ceilDivide(midnight + next - base, step)
        continue
      }
      for time in inner where period + time >= start {
        guard remaining > 0, period + time < end else { return }
        remaining -= 1
        if period + time >= from, !body(period + time) { return }
      }
      index += 1
    }
  }

  /// BYHOUR, BYMINUTE and BYSECOND as far as they limit, as bits; a part that expands is not among them.
  private struct ClockFilter {
    var hours = UInt64.max
    var minutes = UInt64.max
    var seconds = UInt64.max
    var isOpen = true

    init(_ rule: RecurrenceRule) {
      func bits(_ values: [Int]) -> UInt64 {
        guard !values.isEmpty else { return .max }
        isOpen = false
        return values.reduce(0) { $0 | 1 << UInt64($1) }
      }
      hours = bits(rule.hours)
      if rule.frequency <= .minutely { minutes = bits(rule.minutes) }
      if rule.frequency == .secondly { seconds = bits(rule.seconds) }
    }

    /// `second` of the day where it is allowed, else a later second before which none is.
    @inline(__always)
    func next(_ second: Int) -> Int {
      if isOpen { return second }
      if hours >> UInt64(second / 3600) & 1 == 0 { return (second / 3600 + 1) * 3600 }
      if minutes >> UInt64(second / 60 % 60) & 1 == 0 { return (second / 60 + 1) * 60 }
      if seconds >> UInt64(second % 60) & 1 == 0 { return second + 1 }
      return second
    }

    /// How many of `phase`, `phase + step`, … within a day are allowed.
    func count(from phase: Int, step: Int) -> Int {
      if isOpen { return (WallClock.day - 1 - phase) / step + 1 }
      var count = 0
      var second = phase
      while second < WallClock.day {
        let next = next(second)
        if next == second {
          count += 1
          second += step
        } else {
          second += ceilDivide(next - second, step) * step
        }
      }
      return count
    }
  }

  /// The last two years looked at, and one of each shape: a rule that is counted through centuries makes some thirty.
  private struct Years {
    let expansion: RecurrenceExpansion
    private var recent: [YearDays] = []
    private var shapes: [YearDays.Shape: YearDays] = [:]

    init(expansion: RecurrenceExpansion) { self.expansion = expansion }

    mutating func year(of day: Int) -> YearDays {
      for year in recent where day >= year.first && day < year.first + year.length { return year }
      let number = LocalDate(daysSinceEpoch: day).components.year
      let shape = YearDays.Shape(year: number)
      let made =
        shapes[shape]?.moved(to: number)
        ?? YearDays(
          year: number, rule: expansion.rule, months: expansion.months, monthDays: expansion.monthDays,
          weekdays: expansion.weekdays)
      shapes[shape] = made
      recent = [made] + recent.prefix(1)
      return made
    }

    /// nil where no day before `end` is allowed.
    mutating func nextAllowedDay(from: Int, before end: Int) -> Int? {
      var day = from
      while day < end {
        let isAllowed =
          expansion.weekdayBits.map { $0 >> WallClock.weekday(day) & 1 == 1 } ?? year(of: day).contains(day)
        if isAllowed { return day }
        day += 1
      }
      return nil
    }
  }
}
