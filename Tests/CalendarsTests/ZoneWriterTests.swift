import Foundation
import Programme
import Testing

@testable import Calendars

@Suite struct ZoneWriterTests {
  /// Every name of the tz database.
  static let names: [String] = {
    guard let folder = ZoneDatabase.folders.first(where: { FileManager.default.fileExists(atPath: $0) }),
      let paths = FileManager.default.enumerator(atPath: folder)
    else { return [] }
    return paths.compactMap { $0 as? String }.filter { ZoneDatabase.contains($0) }.sorted()
  }()

  /// Out and back, 2020 to 2035, at every clock change and a second before and after: through the VTIMEZONE alone,
  /// or in UTC.
  @Test func everyZoneGoesOutAndComesBack() throws {
    #expect(ZoneWriterTests.names.count > 300)
    var seen: Set<[Int]> = []
    var inUTC = 0
    var checked = 0
    for name in ZoneWriterTests.names {
      let zone = try ZoneDatabase.zone(name)
      // Most names are other names of one zone.
      guard seen.insert(zone.starts + zone.offsets).inserted else { continue }
      let from = WallClock.firstDay(year: 2020) * WallClock.day
      let to = WallClock.firstDay(year: 2036) * WallClock.day
      let changes = zone.changes(from: from, to: to).map(\.instant)
      for instant in (changes + [from, to - 1]).flatMap({ [$0 - 1, $0, $0 + 1] }) {
        let start = Timestamp(secondsSinceEpoch: instant, offset: zone.offset(at: instant))
        let end = Timestamp(secondsSinceEpoch: instant + 86_400, offset: zone.offset(at: instant + 86_400))
        let invitation = Invitation(
          uid: "1@example.com", sequence: 0, stamp: start, start: start, end: end, timeZone: name,
          organizer: .init(name: "", email: "o@example.com"),
          attendees: [.init(name: "", email: "a@example.com")], summary: "s", description: "", location: "",
          language: "en")
        let bytes = try CalendarWriter.bytes(of: invitation)
        // Under a name that is no IANA name, the reader has nothing but the VTIMEZONE.
        let renamed = String(decoding: bytes, as: UTF8.self)
          .replacing("TZID:\(name)\r\n", with: "TZID:Own Zone\r\n").replacing(
            "TZID=\(name):", with: "TZID=Own Zone:")
        let file = CalendarFile.read(Array(renamed.utf8))
        #expect(file.diagnostics == [], "\(name)")
        let event = try #require(file.events.first)
        let frames = EventSeries.Frames(zones: file.zones, owner: .utc)
        #expect(frames.instant(event.start) == instant, "\(name)")
        #expect(event.end.map { frames.instant($0) } == instant + 86_400, "\(name)")
        if event.start.frame == .utc, !zone.showsTwice(instant), !zone.showsTwice(instant + 86_400) {
          inUTC += 1
        }
        checked += 1
      }
    }
    #expect(inUTC < checked / 2)
  }

  @Test func irelandsSummerIsDaylight() throws {
    let zone = try ZoneDatabase.zone("Europe/Dublin")
    var writer = ContentLineWriter()
    try #require(ZoneShape(zone, years: 2026...2026)).write(to: &writer)
    #expect(
      String(decoding: writer.bytes, as: UTF8.self).split(separator: "\r\n") == [
        "BEGIN:VTIMEZONE", "TZID:Europe/Dublin", "BEGIN:STANDARD", "DTSTART:19701025T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD", "BEGIN:DAYLIGHT",
        "DTSTART:19700329T010000", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT", "END:VTIMEZONE",
      ])
  }
}
