import Foundation
import Programme
import Testing

@testable import Calendars

@Suite struct HolidayFileTests {
  private static let config = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Config/regions")
  private static let stamp =
    Timestamp(rfc3339: "2026-11-23T00:00:00Z") ?? Timestamp(secondsSinceEpoch: 0, offset: 0)

  /// The calendars that our own regions ship, and what they are made of.
  private static let shipped: [(file: String, country: String, subdivision: String?, title: String)] = [
    ("pl/holidays/pl.ics", "PL", nil, "Dni ustawowo wolne od pracy"),
    ("de/holidays/de-bw.ics", "DE", "BW", "Feiertage in Baden-Württemberg"),
    ("us/holidays/us.ics", "US", nil, "US federal holidays"),
    ("cn/holidays/cn.ics", "CN", nil, "中国法定节假日"),
    ("hu/holidays/hu.ics", "HU", nil, "Munkaszüneti napok"),
  ]

  private func made(_ country: String, _ subdivision: String?, _ title: String) -> [UInt8] {
    let holidays = (2026...2030).flatMap {
      HolidayRules.dates(country: country, subdivision: subdivision, year: $0) ?? []
    }
    return HolidayFile.bytes(
      of: holidays, language: HolidayRules.language(of: country), country: country, subdivision: subdivision,
      title: title, stamp: Self.stamp)
  }

  /// With TANDEM_RECORD set, the files are written anew.
  @Test(arguments: 0..<5)
  func ourRegionsShipWhatTheRulesSay(index: Int) throws {
    let (name, country, subdivision, title) = Self.shipped[index]
    let file = Self.config.appending(path: name)
    let bytes = made(country, subdivision, title)
    if ProcessInfo.processInfo.environment["TANDEM_RECORD"] != nil {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
    #expect([UInt8](try Data(contentsOf: file)) == bytes, "\(name)")
  }

  @Test func isReadBackDayByDay() throws {
    let first = try #require(LocalDate(year: 2026, month: 1, day: 1))
    let last = try #require(LocalDate(year: 2030, month: 12, day: 31))
    for (_, country, subdivision, title) in Self.shipped {
      let read = CalendarFile.read(made(country, subdivision, title), depth: .texts)
      #expect(read.diagnostics.isEmpty)
      let holidays = (2026...2030).flatMap {
        HolidayRules.dates(country: country, subdivision: subdivision, year: $0) ?? []
      }
      let days = read.wholeDays(from: first, through: last)
      #expect(days.map(\.date) == holidays.map(\.date))
      #expect(Set(days.map(\.summary)) == Set(holidays.map(\.name)))
    }
  }

  @Test func linesAreFoldedEndedByCRLFAndIdentifiersAreUnique() {
    for (_, country, subdivision, title) in Self.shipped {
      let text = String(decoding: made(country, subdivision, title), as: UTF8.self)
      let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
      #expect(lines.dropLast().allSatisfy { $0.last == 0x0D && $0.count <= 76 })
      let uids = text.split(separator: "\r\n").filter { $0.hasPrefix("UID:") }
      #expect(Set(uids).count == uids.count)
      #expect(uids.allSatisfy { $0.hasSuffix("@holidays.tandem.invalid") })
    }
  }

  @Test func aPlaceCannotEndItsLine() {
    let holiday = Holiday(date: LocalDate(daysSinceEpoch: 20_000), name: "A\r\nMETHOD:CANCEL", english: "A")
    let bytes = HolidayFile.bytes(
      of: [holiday, holiday], language: nil, country: "PL\r\nX", subdivision: "a:b",
      title: "t\nMETHOD:CANCEL",
      stamp: Self.stamp)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(!text.contains("\nMETHOD"))
    #expect(text.contains("UID:2024-10-04-plx-ab@holidays.tandem.invalid\r\n"))
    #expect(text.contains("UID:2024-10-04-plx-ab-2@holidays.tandem.invalid\r\n"))
  }
}
