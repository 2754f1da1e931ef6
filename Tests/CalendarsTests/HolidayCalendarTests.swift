import Programme
import Testing

@testable import Calendars

@Suite struct HolidayCalendarTests {
  @Test func daysAreExpandedAndRecur() throws {
    let text = """
      BEGIN:VCALENDAR
      BEGIN:VEVENT
      UID:1
      SUMMARY:Boże Narodzenie
      DTSTART;VALUE=DATE:20001225
      DTEND;VALUE=DATE:20001227
      RRULE:FREQ=YEARLY
      END:VEVENT
      BEGIN:VEVENT
      UID:2
      SUMMARY:春节
      DTSTART;VALUE=DATE:20270206
      DURATION:P2D
      END:VEVENT
      BEGIN:VEVENT
      UID:3
      SUMMARY:not a whole day
      DTSTART:20261224T120000
      DURATION:PT2H
      END:VEVENT
      BEGIN:VEVENT
      UID:4
      SUMMARY:called off
      STATUS:CANCELLED
      DTSTART:20261223
      END:VEVENT
      END:VCALENDAR
      """
    let file = CalendarFile.read(Array(text.utf8), depth: .texts)
    let first = try #require(LocalDate(iso8601: "2026-12-26"))
    let last = try #require(LocalDate(iso8601: "2027-12-25"))
    #expect(
      file.wholeDays(from: first, through: last).map { "\($0.date) \($0.summary)" } == [
        "2026-12-26 Boże Narodzenie", "2027-02-06 春节", "2027-02-07 春节", "2027-12-25 Boże Narodzenie",
      ])
    #expect(file.wholeDays(from: last, through: first).isEmpty)
  }
}
