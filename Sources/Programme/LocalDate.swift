import Basics

/// A civil date of the proleptic Gregorian calendar, without a time and without a zone.
///
/// Stored as days since 1970-01-01, so that comparing, adding and taking the weekday are integer arithmetic.
/// The conversions are Howard Hinnant's `days_from_civil` and `civil_from_days`; O(1).
package struct LocalDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01; negative before.
  package let daysSinceEpoch: Int

  package init(daysSinceEpoch: Int) {
    self.daysSinceEpoch = daysSinceEpoch
  }

  /// The years that ISO 8601 writes with four digits.
  package static let years = 1...9999

  /// The date of one of the `years`, month 1…12 and day of that month; nil where there is no such day.
  package init?(year: Int, month: Int, day: Int) {
    guard LocalDate.years.contains(year), (1...12).contains(month),
      day >= 1, day <= LocalDate.daysInMonth(month, year: year)
    else { return nil }
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    daysSinceEpoch = era * 146_097 + dayOfEra - 719_468
  }

  /// The date written as `2026-10-05`; nil for any other text.
  package init?(iso8601 text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in bytes[range] {
        guard byte >= 0x30, byte <= 0x39 else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
    self.init(year: year, month: month, day: day)
  }

  package static func daysInMonth(_ month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  package static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  package var components: (year: Int, month: Int, day: Int) {
    let z = daysSinceEpoch + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  package var year: Int { components.year }
  package var month: Int { components.month }
  package var day: Int { components.day }

  package var weekday: Weekday {
    let index = (daysSinceEpoch + 3) % 7
    return Weekday.allCases[index < 0 ? index + 7 : index]
  }

  package static func < (a: LocalDate, b: LocalDate) -> Bool { a.daysSinceEpoch < b.daysSinceEpoch }

  package func adding(days: Int) -> LocalDate { LocalDate(daysSinceEpoch: daysSinceEpoch + days) }

  /// Days from `other` to this date; negative where this date is earlier.
  package func days(since other: LocalDate) -> Int { daysSinceEpoch - other.daysSinceEpoch }
}

extension LocalDate: CustomStringConvertible {
  /// `2026-10-05`
  package var description: String {
    let (year, month, day) = components
    return "\(year.digits(4))-\(month.digits(2))-\(day.digits(2))"
  }
}

/// A day of the week, in the order of ISO 8601.
package enum Weekday: String, CaseIterable, Hashable, Sendable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday

  /// 0 for Monday … 6 for Sunday.
  package var index: Int { Weekday.allCases.firstIndex(of: self) ?? 0 }
}
