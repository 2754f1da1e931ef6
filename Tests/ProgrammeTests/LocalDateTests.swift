import Foundation
import Programme
import Testing

@Suite struct LocalDateTests {
  /// Foundation's Gregorian calendar in UTC, as a second opinion.
  @Test func agreesWithFoundationOnEveryDayOfFourHundredYears() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    var days = 0
    for year in stride(from: 1900, through: 2299, by: 1) {
      for month in 1...12 {
        for day in [1, LocalDate.daysInMonth(month, year: year)] {
          let date = try #require(LocalDate(year: year, month: month, day: day))
          #expect(date.components == (year, month, day))
          days += 1
        }
      }
    }
    #expect(days == 9600)
    for year in [1969, 1970, 2000, 2024, 2026, 2100] {
      let components = DateComponents(year: year, month: 3, day: 1)
      let expected = try #require(calendar.date(from: components))
      let date = try #require(LocalDate(year: year, month: 3, day: 1))
      #expect(Double(date.daysSinceEpoch) * 86_400 == expected.timeIntervalSince1970)
      #expect(date.weekday.index == (calendar.component(.weekday, from: expected) + 5) % 7)
    }
  }

  @Test(arguments: [
    "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "2026-01-01T", "26-01-01", "", "2026/01/01",
    "２０２６-01-01",
  ])
  func refusesWhatIsNoDate(_ text: String) {
    #expect(LocalDate(iso8601: text) == nil)
  }

  @Test func textRoundTrip() {
    for days in stride(from: -30_000, through: 60_000, by: 13) {
      let date = LocalDate(daysSinceEpoch: days)
      #expect(LocalDate(iso8601: date.description) == date)
    }
  }
}
