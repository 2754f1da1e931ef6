import Programme
import Regions
import Testing

@testable import Intake

struct TimeTextTests {
  @Test(arguments: [
    ("2026-08-02 10:11:12", "2026-08-02T10:11:12Z"), ("2026-08-02T10:11:12Z", "2026-08-02T10:11:12Z"),
    ("2026-08-02T10:11:12.345+02:00", "2026-08-02T10:11:12+02:00"), ("2026-08-02", "2026-08-02T00:00:00Z"),
    ("2026/08/02 10:39:41 PM GMT+1", "2026-08-02T22:39:41+01:00"),
    ("2026/08/02 12:39:41 AM GMT-5", "2026-08-02T00:39:41-05:00"),
    ("2026/08/02 1:09:41 p.m. UTC+5:30", "2026-08-02T13:09:41+05:30"),
    ("2026/08/02 1:09:41 p. m. CEST", "2026-08-02T13:09:41+02:00"),
    ("2026/08/02 12:09:41 a.\u{202F}m. EST", "2026-08-02T00:09:41-05:00"),
    ("02.08.2026 10:11", "2026-08-02T10:11:00Z"), ("2. 8. 2026", "2026-08-02T00:00:00Z"),
    ("31/12/2026 11:00", "2026-12-31T11:00:00Z"), ("12/31/26", "2026-12-31T00:00:00Z"),
    ("2026. 08. 02. 10:11", "2026-08-02T10:11:00Z"), ("2026年8月2日 10:11", "2026-08-02T10:11:00Z"),
    ("46236.5", "2026-08-02T12:00:00Z"), ("46236,25", "2026-08-02T06:00:00Z"),
  ])
  func theKnownWays(text: String, time: String) {
    #expect(TimeText.parse(text)?.description == time)
  }

  @Test(arguments: [
    "", "yesterday", "2026-13-01", "2026-02-30", "2026-08-02 25:00", "2026-08-02 10:11 later", "1/2",
    "2026-08-02 10:11 a", "2026-08-02 10:11 a. ", "2026-08-02 10:11 CESTA", "2026-08-02 10:11 CET+",
  ])
  func noTimes(text: String) {
    #expect(TimeText.parse(text) == nil)
  }

  @Test(arguments: [
    ("7/2/26 11:00:22", "2026-07-02", "2026-02-07"), ("08-02-2026", "2026-08-02", "2026-02-08"),
  ])
  func theOrderOfTheColumnDecides(text: String, monthFirst: String, dayFirst: String) throws {
    #expect(TimeText.parse(text) == nil && TimeText.order(of: text) == .doubtful)
    #expect(try #require(TimeText.parse(text, order: .monthFirst)).description.hasPrefix(monthFirst))
    #expect(try #require(TimeText.parse(text, order: .dayFirst)).description.hasPrefix(dayFirst))
    #expect(TimeText.parse("31/12/2026", order: .monthFirst) == nil)
    #expect(TimeText.order(of: "31/12/2026") == .proved(.dayFirst))
    #expect(TimeText.order(of: "12/31/2026") == .proved(.monthFirst))
    for plain in ["2026-08-02", "02.08.2026", "3/3/2026", "no date"] {
      #expect(TimeText.order(of: plain) == .plain)
    }
  }

  @Test func byPattern() {
    #expect(
      TimeText.parse("02/08/26 10.11", pattern: "dd/MM/yy HH.mm")?.description == "2026-08-02T10:11:00Z")
    #expect(
      TimeText.parse("8/2/2026 1:05 PM", pattern: "M/d/yyyy h:mm a")?.description == "2026-08-02T13:05:00Z")
    #expect(TimeText.parse("2026-08-02 10:11", pattern: "dd/MM/yy") == nil)
    #expect(TimeText.parse("02/08/26 and more", pattern: "dd/MM/yy") == nil)
  }
}
