import Basics
import Programme
import TestSupport
import Testing

@testable import Calendars

@Suite struct WorkingTimeTests {
  private func warsaw() throws -> ZoneTable { try ZoneDatabase.zone("Europe/Warsaw") }
  private let week = WorkingHours(days: Weekday.allCases.prefix(5), span: ClockSpan(480..<1080))

  @Test func isTheHoursOnTheOwnClockLessHolidaysAndMeetings() throws {
    let zone = try warsaw()
    // Friday 23 October to Tuesday 27 October 2026: the clock goes back on Sunday the 25th.
    let friday = LocalDate.of("2026-10-23")
    let monday = LocalDate.of("2026-10-26")
    let time = WorkingTime(hours: week, holidays: [LocalDate.of("2026-10-27")], zone: zone)
    let meeting = MinuteInterval(
      start: zone.minute(of: monday, minute: 600), end: zone.minute(of: monday, minute: 660))
    let night = MinuteInterval(
      start: zone.minute(of: friday, minute: 1000), end: zone.minute(of: monday, minute: 500))
    let free = time.free(from: friday, days: 5, beside: BusyTime([meeting, night]))
    // The day before the first is there too, for those who live on another clock.
    let thursday = friday.adding(days: -1)
    let expected = [
      (thursday, 480, 1080), (friday, 480, 1000), (monday, 500, 600), (monday, 660, 1080),
      (LocalDate.of("2026-10-28"), 480, 1080),
    ].map {
      MinuteInterval(start: zone.minute(of: $0.0, minute: $0.1), end: zone.minute(of: $0.0, minute: $0.2))
    }
    #expect(free == expected)
    // 8:00 is 06:00Z in summer and 07:00Z in winter.
    #expect(free[1].start % 1440 == 360)
    #expect(free[3].end % 1440 == 1020)
  }

  @Test func ownHoursHoldOnTheDaysThatTheSiteWorks() {
    let own = WorkingHours(spans: [
      .monday: [ClockSpan(540..<720)], .saturday: [ClockSpan(540..<720)], .friday: [],
    ])
    #expect(WorkingTime.hours(own: own, site: week).spans == [.monday: [ClockSpan(540..<720)], .friday: []])
    #expect(WorkingTime.hours(own: nil, site: week) == week)
  }

  @Test func busyTimeOfAnyShapeLeavesWhatIsLeft() throws {
    let zone = try warsaw()
    let first = LocalDate.of("2026-10-05")
    let time = WorkingTime(hours: week, holidays: [], zone: zone)
    var random = SplitMix(seed: 3)
    for _ in 0..<50 {
      let base = zone.minute(of: first) - 1440
      let busy = BusyTime(
        (0..<30).map { _ in
          let start = base + random.below(12 * 1440)
          return MinuteInterval(start: start, end: start + 1 + random.below(2000))
        })
      let free = time.free(from: first, days: 9, beside: busy)
      #expect(zip(free, free.dropFirst()).allSatisfy { $0.end <= $1.start })
      for minute in stride(from: base, to: base + 11 * 1440, by: 7) {
        let local = zone.local(minute: minute)
        let works = local.date.weekday.index < 5 && (480..<1080).contains(local.minute)
        let isFree = works && !busy.overlaps(MinuteInterval(start: minute, end: minute + 1))
        #expect(free.contains { $0.start <= minute && minute < $0.end } == isFree)
      }
    }
  }
}
