import Basics
import Programme
import Testing

@testable import Calendars

@Suite struct EventSeriesTests {
  /// Starts and ends of the occurrences of all events given, on Warsaw's clock, as `MM-DD HH:MM-HH:MM`.
  private func spans(_ events: String, from: String = "2026-10-01", days: Int = 120) throws -> [String] {
    let file = CalendarFile.read(Array("BEGIN:VCALENDAR\n\(events)\nEND:VCALENDAR\n".utf8))
    #expect(file.diagnostics.map(\.description) == [])
    let zone = try ZoneDatabase.zone("Europe/Warsaw")
    let frames = EventSeries.Frames(zones: file.zones, owner: zone)
    let first = try #require(LocalDate(iso8601: from)).daysSinceEpoch * WallClock.day
    var found: Set<[Int]> = []
    for series in file.series(frames: frames, where: { _ in true }) {
      series.forEach(from: first, to: first + days * WallClock.day) { found.insert([$0.start, $0.end]) }
    }
    return found.sorted { $0[0] < $1[0] }.map { span in
      let start = Timestamp(secondsSinceEpoch: span[0], offset: zone.offset(at: span[0])).description
      let end = Timestamp(secondsSinceEpoch: span[1], offset: zone.offset(at: span[1])).description
      return "\(start.dropFirst(5).prefix(5)) \(start.dropFirst(11).prefix(5))-\(end.dropFirst(11).prefix(5))"
    }
  }

  private let weekly = """
    BEGIN:VEVENT
    UID:1
    DTSTART;TZID=Europe/Warsaw:20261005T100000
    DTEND;TZID=Europe/Warsaw:20261005T110000
    RRULE:FREQ=WEEKLY;COUNT=5

    """

  @Test func singleOccurrencesAreMovedExceptedAndAdded() throws {
    let changed = """
      BEGIN:VEVENT
      UID:1
      RECURRENCE-ID:20261012T080000Z
      DTSTART;TZID=Europe/Warsaw:20261013T150000
      DURATION:PT30M
      END:VEVENT

      """
    let all =
      changed + weekly + "EXDATE;TZID=Asia/Tokyo:20261019T170000\nRDATE;VALUE=PERIOD:20261020T070000Z/PT2H,"
      + "20261021T070000Z/20261021T073000Z\nEND:VEVENT\n"
    #expect(
      try spans(all) == [
        "10-05 10:00-11:00", "10-13 15:00-15:30", "10-20 09:00-11:00", "10-21 09:00-09:30",
        "10-26 10:00-11:00",
        "11-02 10:00-11:00",
      ])
  }

  @Test func thisAndFutureMovesAllThatFollow() throws {
    let onwards = """
      BEGIN:VEVENT
      UID:1
      RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Warsaw:20261019T100000
      DTSTART;TZID=Europe/Warsaw:20261020T140000
      DTEND;TZID=Europe/Warsaw:20261020T143000
      END:VEVENT
      BEGIN:VEVENT
      UID:1
      RECURRENCE-ID;TZID=Europe/Warsaw:20261026T100000
      DTSTART;TZID=Europe/Warsaw:20261026T080000
      END:VEVENT

      """
    #expect(
      try spans(weekly + "END:VEVENT\n" + onwards) == [
        "10-05 10:00-11:00", "10-12 10:00-11:00", "10-20 14:00-14:30", "10-26 08:00-08:00",
        "11-03 14:00-14:30",
      ])
  }

  @Test func theHighestSequenceHolds() throws {
    let newer = weekly.replacing("COUNT=5", with: "COUNT=1").replacing("UID:1", with: "UID:1\nSEQUENCE:2")
    #expect(try spans(newer + "END:VEVENT\n" + weekly + "END:VEVENT\n") == ["10-05 10:00-11:00"])
  }

  @Test func wholeDaysAreExceptedAndChangedByDate() throws {
    let byDate = """
      BEGIN:VEVENT
      UID:1
      RECURRENCE-ID;VALUE=DATE:20261012
      DTSTART:20261012T180000
      DURATION:PT1H
      END:VEVENT

      """
    #expect(
      try spans(weekly + "EXDATE;VALUE=DATE:20261019,20261026\nEND:VEVENT\n" + byDate) == [
        "10-05 10:00-11:00", "10-12 18:00-19:00", "11-02 10:00-11:00",
      ])
  }

  @Test func lengthsAreExactOrOnTheClock() throws {
    // Over the night of October 25, when the clock goes back: DTEND is exact, days of DURATION are the clock's.
    let exact =
      "BEGIN:VEVENT\nDTSTART;TZID=Europe/Warsaw:20261017T200000\n"
      + "DTEND;TZID=Europe/Warsaw:20261018T200000\nRRULE:FREQ=WEEKLY;COUNT=2\nEND:VEVENT\n"
    #expect(try spans(exact) == ["10-17 20:00-20:00", "10-24 20:00-19:00"])
    let nominal = exact.replacing("DTEND;TZID=Europe/Warsaw:20261018T200000", with: "DURATION:P1D")
    #expect(try spans(nominal) == ["10-17 20:00-20:00", "10-24 20:00-20:00"])
    #expect(try spans("BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261025\nEND:VEVENT\n") == ["10-25 00:00-00:00"])
    #expect(try spans("BEGIN:VEVENT\nDTSTART:20261025T100000\nEND:VEVENT\n") == ["10-25 10:00-10:00"])
  }

  @Test func timesInAGapAndInAFoldAreAsTheStandardSays() throws {
    let daily =
      "BEGIN:VEVENT\nDTSTART;TZID=Europe/Warsaw:20261024T023000\nDURATION:PT15M\n"
      + "RRULE:FREQ=DAILY;COUNT=3\nEND:VEVENT\n"
    let file = CalendarFile.read(Array("BEGIN:VCALENDAR\n\(daily)END:VCALENDAR\n".utf8))
    let frames = EventSeries.Frames(zones: file.zones, owner: .utc)
    var starts: [String] = []
    EventSeries(file.events, frames: frames).forEach(from: 0, to: WallClock.last) {
      starts.append(Timestamp(secondsSinceEpoch: $0.start, offset: 0).description)
    }
    // On October 25 half past two comes twice: the first.
    #expect(starts == ["2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"])
    let gap = daily.replacing("20261024", with: "20270327")
    #expect(
      try spans(gap, from: "2027-03-20") == ["03-27 02:30-02:45", "03-28 03:30-03:45", "03-29 02:30-02:45"])
  }

  @Test func untilIsAnInstantOrAWholeDay() throws {
    let until = { (text: String) in
      weekly.replacing("COUNT=5", with: "UNTIL=\(text)") + "END:VEVENT\n"
    }
    #expect(try spans(until("20261012T080000Z")).count == 2)
    #expect(try spans(until("20261012T075959Z")).count == 1)
    #expect(try spans(until("20261012")).count == 2)
    #expect(try spans(until("20261012T100000")).count == 2)
    #expect(try spans(until("20261001")).isEmpty)
  }

  /// What matters to a union is the same whether or not early occurrences are left out.
  @Test func whatBeganLongBeforeTheWindowIsFound() throws {
    let text =
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20200101T000000Z\nDURATION:P40D\n"
      + "RRULE:FREQ=YEARLY;BYMONTH=1,9\nEND:VEVENT\nEND:VCALENDAR\n"
    let file = CalendarFile.read(Array(text.utf8))
    let day = { (text: String) in try #require(LocalDate(iso8601: text)).daysSinceEpoch * 1440 }
    let busy = file.busyTime(
      in: MinuteInterval(start: try day("2026-10-05"), end: try day("2026-11-01")), zone: .utc)
    #expect(busy.intervals == [MinuteInterval(start: try day("2026-10-05"), end: try day("2026-10-11"))])
  }
}
