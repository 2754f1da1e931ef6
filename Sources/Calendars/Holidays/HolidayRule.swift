import Basics
import Programme

/// When a holiday comes, for as long as its law holds.
struct HolidayRule: Sendable {
  enum Day: Sendable {
    /// Month and day.
    case fixed(Int, Int)
    /// Days after Western Easter Sunday; negative before.
    case easter(Int)
    /// The same after Orthodox Easter Sunday.
    case orthodoxEaster(Int)
    /// The nth weekday of a month (-1: the last), and days after it.
    case nth(Int, Weekday, Int, plus: Int = 0)
    /// The last such weekday before a month's day.
    case before(Weekday, Int, Int)
    /// Month and day where it falls on one of these weekdays, moved by so many days; none in other years.
    case standIn(Int, Int, [Weekday: Int])
    /// Month and day by year, where law or moon decide; none in other years.
    case listed([Int: [(Int, Int)]])
    /// Anything else.
    case computed(@Sendable (Int) -> LocalDate?)
  }

  var name: String
  var english: String
  var day: Day
  /// Subdivisions that keep it; empty: all; one of no letters: the answer for the country as a whole.
  var places: [String] = []
  var years: ClosedRange<Int> = 1...9999
  /// It is kept on these weekdays alone; nil: on each.
  var weekdays: Set<Weekday>?

  init(
    _ name: String, _ english: String, _ day: Day, _ places: [String] = [],
    years: ClosedRange<Int> = 1...9999,
    weekdays: Set<Weekday>? = nil
  ) {
    self.name = name
    self.english = english
    self.day = day
    self.places = places
    self.years = years
    self.weekdays = weekdays
  }

  /// The days of a year, in a subdivision or, without one, where the whole country keeps it.
  func holidays(_ year: Int, _ place: String?) -> [Holiday] {
    guard years.contains(year), places.isEmpty || places.contains(place ?? "") else { return [] }
    return dates(year).compactMap { date in
      guard weekdays?.contains(date.weekday) ?? true else { return nil }
      return Holiday(date: date, name: name, english: english)
    }
  }

  private func dates(_ year: Int) -> [LocalDate] {
    switch day {
    case .fixed(let month, let day): [LocalDate(year: year, month: month, day: day)].compactMap { $0 }
    case .easter(let days): [Easter.western(year)?.adding(days: days)].compactMap { $0 }
    case .orthodoxEaster(let days): [Easter.orthodox(year)?.adding(days: days)].compactMap { $0 }
    case .nth(let count, let weekday, let month, let plus):
      [HolidayRule.nth(count, weekday, month, year)?.adding(days: plus)].compactMap { $0 }
    case .before(let weekday, let month, let day):
      [LocalDate(year: year, month: month, day: day)].compactMap { $0 }.map { limit in
        limit.adding(days: -((limit.weekday.index - weekday.index + 6) % 7 + 1))
      }
    case .standIn(let month, let day, let moves):
      [LocalDate(year: year, month: month, day: day)].compactMap { $0 }.compactMap { date in
        moves[date.weekday].map(date.adding(days:))
      }
    case .listed(let days):
      (days[year] ?? []).compactMap { LocalDate(year: year, month: $0.0, day: $0.1) }
    case .computed(let rule): [rule(year)].compactMap { $0 }
    }
  }

  /// The nth such weekday of a month, from its end where `count` is negative.
  static func nth(_ count: Int, _ weekday: Weekday, _ month: Int, _ year: Int) -> LocalDate? {
    let last = LocalDate.daysInMonth(month, year: year)
    if count < 0 {
      guard let end = LocalDate(year: year, month: month, day: last) else { return nil }
      return end.adding(days: -((end.weekday.index - weekday.index + 7) % 7) + 7 * (count + 1))
    }
    guard let first = LocalDate(year: year, month: month, day: 1) else { return nil }
    return first.adding(days: (weekday.index - first.weekday.index + 7) % 7 + 7 * (count - 1))
  }
}

/// One country's holidays: its rules, and what happens when one falls on a weekend.
struct HolidayCountry: Sendable {
  enum Compensation: Sendable {
    case none
    /// A Sunday's holiday is not kept at all.
    case droppedOnSunday
    /// Saturday: the Friday before, too; Sunday: the Monday after, too.
    case nearestWeekday
    /// Saturday or Sunday: the next working day that is no holiday, too.
    case nextWorkingDay
    /// Sunday: the next day that is no holiday, too; a day between two holidays is one itself.
    case japanese
  }

  /// ISO 3166-1 alpha-2.
  var code: String
  /// BCP 47 tag of the names.
  var language: String
  /// The parts after the hyphen of ISO 3166-2, where the rules tell them apart.
  var subdivisions: [String] = []
  var years: ClosedRange<Int> = 2020...2040
  var rules: [HolidayRule]
  var compensation = Compensation.none
  /// How a day that stands in for a holiday is named, with the holiday's name at `%`.
  var substitute = (name: "%", english: "% (observed)")

  /// By date, then by name; a date that two rules name stands once for each.
  func holidays(_ year: Int, _ place: String?) -> [Holiday] {
    let kept = rules.flatMap { $0.holidays(year, place) }
    // A New Year's Day on a Saturday is kept on the Friday of the year before.
    let next = compensation == .nearestWeekday ? rules.flatMap { $0.holidays(year + 1, place) } : []
    return (compensated(kept.sorted(), next: next)).filter { $0.date.year == year }.sorted()
  }

  private func compensated(_ kept: [Holiday], next: [Holiday]) -> [Holiday] {
    var taken = Set(kept.map(\.date))
    var all = kept
    func add(_ holiday: Holiday, on date: LocalDate) {
      guard taken.insert(date).inserted else { return }
      all.append(
        Holiday(
          date: date, name: substitute.name.replacingMark(with: holiday.name),
          english: substitute.english.replacingMark(with: holiday.english)))
    }
    switch compensation {
    case .none: break
    case .droppedOnSunday: all.removeAll { $0.date.weekday == .sunday }
    case .nearestWeekday:
      for holiday in kept + next {
        if holiday.date.weekday == .saturday { add(holiday, on: holiday.date.adding(days: -1)) }
        if holiday.date.weekday == .sunday { add(holiday, on: holiday.date.adding(days: 1)) }
      }
    case .nextWorkingDay:
      var seen: Set<LocalDate> = []
      for holiday in kept where holiday.date.weekday.isWeekend && seen.insert(holiday.date).inserted {
        var date = holiday.date
        while date.weekday.isWeekend || taken.contains(date) { date = date.adding(days: 1) }
        add(holiday, on: date)
      }
    case .japanese:
      for holiday in kept where holiday.date.weekday == .sunday {
        var date = holiday.date
        while taken.contains(date) { date = date.adding(days: 1) }
        add(holiday, on: date)
      }
      for holiday in kept {
        let middle = holiday.date.adding(days: 1)
        guard !taken.contains(middle), kept.contains(where: { $0.date == middle.adding(days: 1) }) else {
          continue
        }
        taken.insert(middle)
        all.append(Holiday(date: middle, name: "国民の休日", english: "National Holiday"))
      }
    }
    return all
  }
}

extension Weekday {
  fileprivate var isWeekend: Bool { self == .saturday || self == .sunday }
}

extension Holiday: Comparable {
  package static func < (a: Holiday, b: Holiday) -> Bool {
    a.date == b.date ? a.name.precedesByBytes(b.name) : a.date < b.date
  }
}

extension String {
  fileprivate func replacingMark(with name: String) -> String {
    split(separator: "%", omittingEmptySubsequences: false).joined(separator: name)
  }
}
