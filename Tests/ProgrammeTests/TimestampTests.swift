import Programme
import Testing

@Suite struct TimestampTests {
  @Test func keepsTheOffsetItWasWrittenWith() throws {
    let text = "2026-10-05T10:00:00+02:00"
    let time = try #require(Timestamp(rfc3339: text))
    #expect(time.description == text)
    #expect(time.minuteOfDay == 600)
    #expect(time.date == LocalDate(year: 2026, month: 10, day: 5))
    #expect(Timestamp(rfc3339: "2026-10-05T08:00:00Z")?.minute == time.minute)
  }

  @Test(arguments: [
    ("2026-10-05T10:00+02:00", "2026-10-05T10:00:00+02:00"),
    ("2026-10-05 10:00:00.123Z", "2026-10-05T10:00:00Z"),
    ("1969-12-31T23:59:59-00:30", "1969-12-31T23:59:59-00:30"),
    ("2026-10-05t10:00:00z", "2026-10-05T10:00:00Z"),
  ])
  func reads(_ text: String, _ written: String) {
    #expect(Timestamp(rfc3339: text)?.description == written)
  }

  @Test(arguments: [
    "2026-10-05T10:00:00", "2026-10-05", "2026-10-05T24:00:00Z", "2026-10-05T10:60:00Z",
    "2026-10-05T10:00:00+2",
    "2026-10-05T10:00:00.Z", "2026-10-05T10:00:00Zx", "", "2026-02-30T10:00:00Z",
  ])
  func refusesWhatNamesNoInstant(_ text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test func minutesBeforeTheEpochRoundDown() {
    #expect(Timestamp(secondsSinceEpoch: -1, offset: 0).minute == -1)
    #expect(Timestamp(secondsSinceEpoch: -60, offset: 0).minute == -1)
    #expect(Timestamp(secondsSinceEpoch: -61, offset: 0).minute == -2)
  }
}
