import Basics

/// When a holiday comes in a year, parsed from a phrase: `6 January`, `first monday of may`,
/// `monday before 3 June`, `easter + 39 days`.
package struct HolidayDay: Hashable, Sendable {
  /// The day from which the phrase counts.
  package enum Anchor: Hashable, Sendable {
    case date(month: Int, day: Int)
    /// The nth weekday of a month; -1: the last.
    case nth(Int, Weekday, month: Int)
    /// The last such weekday before a date.
    case before(Weekday, month: Int, day: Int)
    case computed(Computed)
    /// A festival whose dates the country's file lists.
    case listed(String)
  }

  /// Days that need a formula, as a phrase names them.
  package enum Computed: String, CaseIterable, Sendable {
    case easter
    case orthodoxEaster = "orthodox easter"
    case marchEquinox = "march equinox in japan"
    case septemberEquinox = "september equinox in japan"
    case qingming
  }

  package let anchor: Anchor
  /// Days after the anchor; negative before.
  package let offset: Int

  /// nil where the phrase is none of the forms above. Case and the number of blanks do not count.
  package init?(_ phrase: String) {
    var words = phrase.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    var offset = 0
    if words.count > 3, ["day", "days"].contains(words[words.count - 1]),
      let days = HolidayDay.number(words[words.count - 2], in: 1...366),
      let sign = ["+": 1, "-": -1][words[words.count - 3]]
    {
      offset = sign * days
      words.removeLast(3)
    }
    guard let anchor = HolidayDay.anchor(words) else { return nil }
    self.anchor = anchor
    self.offset = offset
  }

  private static func anchor(_ words: [String]) -> Anchor? {
    if let computed = Computed(rawValue: words.joined(separator: " ")) { return .computed(computed) }
    if let (month, day) = date(words) { return .date(month: month, day: day) }
    if words.count == 4, words[2] == "of", let count = counts[words[0]],
      let weekday = Weekday(rawValue: words[1]),
      let month = months[words[3]]
    {
      return .nth(count, weekday, month: month)
    }
    if words.count == 4, words[1] == "before", let weekday = Weekday(rawValue: words[0]),
      let (month, day) = date(Array(words[2...]))
    {
      return .before(weekday, month: month, day: day)
    }
    guard words.count == 1, let name = words.first,
      name.utf8.first.map({ (0x61...0x7A).contains($0) }) == true,
      name.utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0.isASCIIDigit || $0 == 0x2D })
    else { return nil }
    return .listed(name)
  }

  /// `6 january`
  private static func date(_ words: [String]) -> (month: Int, day: Int)? {
    guard words.count == 2, let month = months[words[1]],
      let day = number(words[0], in: 1...LocalDate.daysInMonth(month, year: 2000))
    else { return nil }
    return (month, day)
  }

  private static func number(_ word: String, in bounds: ClosedRange<Int>) -> Int? {
    guard word.utf8.count <= 3, let number = Int(word), bounds.contains(number) else { return nil }
    return number
  }

  private static let counts = ["first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1]
  private static let months = Dictionary(
    uniqueKeysWithValues: [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
      "november", "december",
    ].enumerated().map { ($1, $0 + 1) })

  /// The days that count from a year's anchor; none where the year has no such day.
  ///
  /// - Parameter festivals: the dates of listed festivals, by name.
  func dates(in year: Int, festivals: [String: [LocalDate]]) -> [LocalDate] {
    let anchors: [LocalDate] =
      switch anchor {
      case .date(let month, let day): [LocalDate(year: year, month: month, day: day)].compactMap(\.self)
      case .nth(let count, let weekday, let month):
        [HolidayDay.nth(count, weekday, month, year)].compactMap(\.self)
      case .before(let weekday, let month, let day):
        [LocalDate(year: year, month: month, day: day)?.previous(weekday)].compactMap(\.self)
      case .computed(let kind): [kind.date(in: year)].compactMap(\.self)
      case .listed(let name): (festivals[name] ?? []).filter { $0.year == year }
      }
    return anchors.map { $0.adding(days: offset) }
  }

  private static func nth(_ count: Int, _ weekday: Weekday, _ month: Int, _ year: Int) -> LocalDate? {
    let day = count < 0 ? LocalDate.daysInMonth(month, year: year) : 1
    guard let end = LocalDate(year: year, month: month, day: day) else { return nil }
    return count < 0
      ? end.adding(days: 1).previous(weekday).adding(days: 7 * (count + 1))
      : end.adding(days: -1).next(weekday).adding(days: 7 * (count - 1))
  }
}

extension HolidayDay.Computed {
  func date(in year: Int) -> LocalDate? {
    switch self {
    case .easter: Easter.western(year)
    case .orthodoxEaster: Easter.orthodox(year)
    case .marchEquinox: Self.equinox(year, month: 3, constant: 20.8431)
    case .septemberEquinox: Self.equinox(year, month: 9, constant: 23.2488)
    case .qingming: Self.qingming(year)
    }
  }

  /// The day of an equinox in Japan, 1980 to 2099 (the approximation of the Hydrographic Department's almanac,
  /// Shinkoyomi Benricho): `constant` is the moment in 1980 in days of the month.
  private static func equinox(_ year: Int, month: Int, constant: Double) -> LocalDate? {
    let years = year - 1980
    return LocalDate(
      year: year, month: month, day: Int(constant + 0.242194 * Double(years)) - years / 4)
  }

  /// The first day of the solar term Qingming, 2001 to 2099: 4 or 5 April.
  private static func qingming(_ year: Int) -> LocalDate? {
    let years = year % 100
    return LocalDate(year: year, month: 4, day: Int(4.81 + 0.2422 * Double(years)) - years / 4)
  }
}

extension LocalDate {
  /// The next such weekday after this day.
  func next(_ wanted: Weekday) -> LocalDate {
    adding(days: (wanted.index - weekday.index + 6) % 7 + 1)
  }

  /// The last such weekday before this day.
  func previous(_ wanted: Weekday) -> LocalDate {
    adding(days: -((weekday.index - wanted.index + 6) % 7 + 1))
  }
}
