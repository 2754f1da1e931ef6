import Foundation
import Programme
import Testing

@testable import Calendars

/// Busy time of a file whose VCALENDAR holds `body`, within a window of whole UTC days, as text.
func busy(
  _ body: String, zone: String = "UTC", from: String = "2026-10-01", days: Int = 31, owners: Set<String> = []
) throws -> [String] {
  let text = "BEGIN:VCALENDAR\nVERSION:2.0\n\(body)\nEND:VCALENDAR\n"
  let file = CalendarFile.read(Array(text.utf8))
  #expect(file.diagnostics.map(\.description) == [])
  let first = try #require(LocalDate(iso8601: from)).daysSinceEpoch * 1440
  let time = file.busyTime(
    in: MinuteInterval(start: first, end: first + days * 1440), zone: try ZoneDatabase.zone(zone),
    owners: owners)
  return time.intervals.map {
    "\(Timestamp(minute: $0.start, offset: 0))/\(Timestamp(minute: $0.end, offset: 0))"
  }
}

@Suite struct CalendarBusyTimeTests {
  @Test func wholeProgrammeIsAsTheTruthSays() throws {
    let shared = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let roots = [shared.appending(path: "shared"), URL(filePath: "/work/shared")]
      .map { $0.appending(path: "fixtures/programme") }
    guard let root = roots.first(where: { FileManager.default.fileExists(atPath: $0.path) }) else {
      print("skipped: ../shared/fixtures/programme is absent")
      return
    }
    var truth: [String: [String]] = [:]
    let table = try String(contentsOf: root.appending(path: "truth/busy.csv"), encoding: .utf8)
    for line in table.split(whereSeparator: \.isNewline).dropFirst() {
      let cells = line.split(separator: ",")
      truth[String(cells[0]), default: []].append("\(cells[1])/\(cells[2])")
    }
    let first = try #require(LocalDate(iso8601: "2026-10-05"))
    let last = try #require(LocalDate(iso8601: "2027-04-05"))
    var files = 0
    for (region, name) in [
      ("pl", "Europe/Warsaw"), ("de", "Europe/Berlin"), ("us", "America/New_York"), ("cn", "Asia/Shanghai"),
      ("hu", "Europe/Budapest"),
    ] {
      let zone = try ZoneDatabase.zone(name)
      let folder = root.appending(path: "\(region)/busy")
      for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
        let bytes = [UInt8](try Data(contentsOf: folder.appending(path: file)))
        let calendar = CalendarFile.read(bytes, fileName: file)
        #expect(calendar.diagnostics == [])
        let busy = calendar.busyTime(
          in: MinuteInterval(start: zone.minute(of: first), end: zone.minute(of: last)), zone: zone)
        let found = busy.intervals.map {
          "\(Timestamp(minute: $0.start, offset: 0))/\(Timestamp(minute: $0.end, offset: 0))"
        }
        let owner = try #require(calendar.ownerCandidates.first)
        #expect(found == truth[owner, default: []], "\(file)")
        files += 1
      }
    }
    #expect(files == 600)
  }

  @Test func exchangeStatusWinsOverTransparency() throws {
    func event(_ lines: String) -> String {
      "BEGIN:VEVENT\nUID:1\nDTSTART:20261005T100000Z\nDTEND:20261005T110000Z\n\(lines)\nEND:VEVENT"
    }
    let span = ["2026-10-05T10:00:00Z/2026-10-05T11:00:00Z"]
    #expect(try busy(event("TRANSP:OPAQUE\nX-MICROSOFT-CDO-BUSYSTATUS:FREE")) == [])
    #expect(try busy(event("TRANSP:TRANSPARENT\nX-MICROSOFT-CDO-BUSYSTATUS:OOF")) == span)
    #expect(try busy(event("TRANSP:TRANSPARENT\nX-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE")) == span)
    #expect(try busy(event("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE")) == [])
    #expect(try busy(event("X-MICROSOFT-CDO-BUSYSTATUS:SOMETHING\nTRANSP:TRANSPARENT")) == [])
    #expect(try busy(event("TRANSP:OPAQUE")) == span)
    #expect(try busy(event("STATUS:CANCELLED")) == [])
    let declined = "ATTENDEE;PARTSTAT=DECLINED;CN=\"Doe, Ann\":MAILTO:Ann@Example.com"
    #expect(try busy(event(declined), owners: ["ann@example.com"]) == [])
    #expect(try busy(event(declined), owners: ["bob@example.com"]) == span)
  }
}
