import Testing

@testable import Calendars

@Suite struct YearDaysTests {
  private static let rules = [
    "FREQ=MONTHLY;BYDAY=1MO,-1FR;BYWEEKNO=20;COUNT=9", "FREQ=YEARLY;BYWEEKNO=1,-1,53;WKST=SU",
    "FREQ=YEARLY;BYDAY=-53SU,53MO,1TU", "FREQ=YEARLY;BYYEARDAY=1,366,-366",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1,29",
    "FREQ=DAILY;BYMONTH=1,12;BYDAY=WE",
  ]

  private func rule(_ text: String) throws(CalendarError) -> RecurrenceRule {
    try RecurrenceRule(text.utf8.span)
  }

  private func days(_ year: Int, _ rule: RecurrenceRule) -> YearDays {
    YearDays(year: year, rule: rule, months: rule.months, monthDays: rule.monthDays, weekdays: rule.weekdays)
  }

  private func all(_ year: YearDays, from: Int = 0, to: Int = 400) -> [Int] {
    var days: [Int] = []
    year.days(from: year.first + from, to: year.first + to, into: &days)
    return days
  }

  /// Years of one shape have the same days: what counting through centuries rests on.
  @Test(arguments: rules) func aYearOfTheSameShapeHasTheSameDays(_ text: String) throws {
    let rule = try rule(text)
    var shapes: [YearDays.Shape: YearDays] = [:]
    for year in 1583...2400 {
      let own = days(year, rule)
      let shape = YearDays.Shape(year: year)
      if let known = shapes[shape] {
        let moved = known.moved(to: year)
        #expect(moved.first == own.first && moved.length == own.length && moved.year == year)
        #expect(all(moved) == all(own), "\(year)")
      } else {
        shapes[shape] = own
      }
    }
    #expect(shapes.count < 40)
  }

  @Test(arguments: rules) func theDaysOfAStretchAreThoseThatItContains(_ text: String) throws {
    let year = days(2026, try rule(text))
    for from in stride(from: -3, to: 370, by: 7) {
      for to in [from - 1, from, from + 1, from + 31, from + 64, from + 400] {
        let expected = from < to ? (year.first + from..<year.first + to).filter(year.contains) : []
        #expect(all(year, from: from, to: to) == expected)
      }
    }
  }
}
