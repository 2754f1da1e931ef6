import Basics
import Foundation
import Programme
import TestSupport
import Testing

@testable import Calendars

/// Calendars that were damaged at random, always the same way: whatever comes in, nothing crashes or hangs, and what is
/// said keeps within the window. Tests/Fuzz/CalendarFuzz.swift does the same without end.
@Suite struct CalendarMutationTests {
  private static let pieces = [
    "RRULE:FREQ=SECONDLY", ";INTERVAL=1000000000000", ";COUNT=1000000000000", ";BYSETPOS=-366,366",
    ";BYDAY=-53SU,53MO",
    ";BYYEARDAY=-366,366", ";BYWEEKNO=-53,53", ";BYMONTHDAY=-31,31", ";BYHOUR=0,23;BYMINUTE=0,59;BYSECOND=60",
    ";WKST=SU",
    "99991231T235959Z", "00010101T000000", "00010101", "99991231", "PT999999999S", "P3000000D", "-P1D", "P1W",
    "+2359",
    "-235959", ";TZID=Pacific/Apia", ";RANGE=THISANDFUTURE", "UNTIL=00010101",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "\r\n ", "\u{FEFF}", "\"", "^", "\\", ",", ";", ":", "/", "\u{0}", "BEGIN:VCALENDAR\r\n",
    "END:VCALENDAR\r\n",
  ]

  private static func seeds() throws -> [[UInt8]] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fuzz/Seeds/Calendar")
    var seeds: [[UInt8]] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      seeds.append([UInt8](try Data(contentsOf: folder.appending(path: name))))
    }
    let rules = try String(contentsOf: fixture("recurrences.txt"), encoding: .utf8).split(separator: "\n")
    for line in rules.prefix(200) {
      let event = line.prefix { $0 != "\t" }.replacing("|", with: "\r\n")
      seeds.append(
        Array("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n\(event)\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".utf8))
    }
    // What fuzzing found too slow: a COUNT through eight centuries.
    let slow = folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "CalendarsTests/Fixtures/crashes")
    for name in try FileManager.default.contentsOfDirectory(atPath: slow.path).sorted() {
      seeds.append([UInt8](try Data(contentsOf: slow.appending(path: name))))
    }
    return seeds
  }

  private static func mutated(_ seed: [UInt8], _ chance: inout SplitMix) -> [UInt8] {
    var bytes = seed
    for _ in 0...chance.below(3) {
      let at = chance.below(bytes.count + 1)
      switch chance.below(7) {
      case 0: bytes.insert(contentsOf: pieces[chance.below(pieces.count)].utf8, at: at)
      case 1 where at < bytes.count: bytes[at] = UInt8(chance.below(256))
      case 2 where at < bytes.count: bytes[at] = UInt8(0x30 + chance.below(10))
      case 3: bytes.removeSubrange(at..<min(bytes.count, at + chance.below(40)))
      case 4: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + chance.below(200))], at: at)
      case 5 where chance.below(8) == 0: bytes.removeSubrange(at...)
      default:
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        let (one, other) = (lines[chance.below(lines.count)], lines[chance.below(lines.count)])
        bytes.replaceSubrange(one.startIndex..<one.endIndex, with: Array(other))
      }
    }
    return bytes
  }

  @Test func damagedCalendarsAreSurvived() throws {
    let rounds = ProcessInfo.processInfo.environment["TANDEM_MUTATIONS"].flatMap { Int($0) } ?? 1500
    let seeds = try CalendarMutationTests.seeds()
    #expect(seeds.count > 200)
    var chance = SplitMix(seed: 2026)
    let zone = try ZoneDatabase.zone("Europe/Warsaw")
    let first = LocalDate(daysSinceEpoch: 20_732)
    let window = MinuteInterval(start: zone.minute(of: first), end: zone.minute(of: first.adding(days: 7)))
    var read = 0
    for round in 0..<rounds {
      let bytes = CalendarMutationTests.mutated(seeds[chance.below(seeds.count)], &chance)
      let time = ThreadTime.measure {
        let file = CalendarFile.read(bytes, fileName: "m.ics", depth: .texts)
        let busy = file.busyTime(in: window, zone: zone, owners: ["ann@example.com"])
        #expect(busy.intervals.allSatisfy { $0.start >= window.start && $0.end <= window.end && !$0.isEmpty })
        _ = file.wholeDays(from: first, through: first.adding(days: 7))
        _ = file.replies(zone: zone)
        read += file.events.count
      }
      if time > .seconds(10) {
        Issue.record("round \(round) took \(time): \(String(decoding: bytes, as: UTF8.self))")
      }
    }
    #expect(read > rounds / 5)
  }
}
