import Basics
import Foundation
import Programme
import Testing

@testable import Calendars

/// Calendars that are damaged in one place: nothing that cannot be read is free.
@Suite struct BusyTimeIsSafeTests {
  /// From September 2026 on: all that the events below give, and a month of those that never end.
  private static let window = MinuteInterval(start: 20_690 * 1440, end: 20_830 * 1440)

  private func read(_ events: [[String]]) -> (file: CalendarFile, busy: BusyTime) {
    let text =
      "BEGIN:VCALENDAR\r\n"
      + events.enumerated().map { index, lines in
        "BEGIN:VEVENT\r\nUID:\(index)\r\n" + lines.map { "\($0)\r\n" }.joined() + "END:VEVENT\r\n"
      }.joined() + "END:VCALENDAR\r\n"
    let file = CalendarFile.read(Array(text.utf8), fileName: "a.ics")
    return (file, file.busyTime(in: Self.window, zone: .utc))
  }

  private func holds(_ whole: BusyTime, _ part: BusyTime) -> Bool { whole.union(part) == whole }

  private static func stamp(_ day: Int, _ hour: Int, _ zone: String) -> String {
    let date = "\(LocalDate(daysSinceEpoch: 20_700 + day))".replacing("-", with: "")
    return "\(date)T\(hour < 10 ? "0" : "")\(hour)0000\(zone)"
  }

  /// The lines of an event: DTSTART, DTEND or DURATION, and mostly a rule with what goes with it.
  private static func event(_ chance: inout SplitMix) -> [String] {
    let zone = chance.one(of: ["", "Z"])
    let (day, hour) = (chance.below(60), 7 + chance.below(10))
    var lines = ["DTSTART:\(stamp(day, hour, zone))"]
    lines.append(
      chance.below(2) == 0
        ? "DTEND:\(stamp(day, hour + 1 + chance.below(3), zone))" : "DURATION:PT\(30 + chance.below(90))M")
    guard chance.below(4) > 0 else { return lines }
    let rule = chance.one(of: [
      "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=MO,TU,FR", "FREQ=DAILY;BYDAY=WE,TH",
      "FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY;BYMONTHDAY=3,17,-1",
    ])
    let end = chance.one(of: ["", ";COUNT=\(2 + chance.below(20))", ";UNTIL=\(stamp(day + 40, 23, "Z"))"])
    lines.append("RRULE:\(rule)\(end)")
    let dates = (0..<3).map { _ in stamp(day + chance.below(30), hour, zone) }.joined(separator: ",")
    lines.append("EXDATE:\(dates)")
    lines.append(
      "RDATE:\(stamp(day + chance.below(30), hour, zone)),\(stamp(day + chance.below(30), 5, zone))")
    return lines
  }

  /// A rule that is damaged, and EXDATE, keep all that the whole event takes; the others at least all but that one line.
  @Test func whatIsDamagedIsNotFree() throws {
    var chance = SplitMix(seed: 4)
    var damages: Set<String> = []
    for round in 0..<250 {
      let events = (0..<3).map { _ in Self.event(&chance) }
      let (good, whole) = read(events)
      #expect(good.diagnostics == [] && good.isUnderstood)
      let (at, line) = (chance.below(3), chance.below(6))
      guard line < events[at].count, let colon = events[at][line].firstIndex(of: ":") else { continue }
      let name = String(events[at][line][..<colon])
      var damaged = events
      var expected = whole
      let rubbish = chance.one(of: ["", "x", "2026", "99999999", "20261399T000000", "T", "÷", "1e5", "-"])
      switch name {
      case "EXDATE":
        damaged[at][line] = chance.below(2) == 0 ? "EXDATE:\(rubbish)" : events[at][line] + ",\(rubbish)x"
      case "RRULE":
        // What bounds or thins a rule; FREQ and lists that add occurrences leave less to be known.
        let parts = events[at][line].dropFirst(6).split(separator: ";")
        let part = chance.below(parts.count)
        let key = String(parts[part].prefix { $0 != "=" })
        if key == "FREQ" || key == "BYMONTHDAY" || key == "BYDAY" && parts[0] == "FREQ=WEEKLY" {
          var once = events
          once[at].remove(at: line)
          once[at].removeAll { $0.hasPrefix("EXDATE") }
          expected = read(once).busy
          // Occurrences that are excepted may be those that are still known.
          damaged[at].removeAll { $0.hasPrefix("EXDATE") }
        }
        let bad = "\(key)=\(rubbish)x"
        damaged[at][line] =
          "RRULE:" + (parts[..<part] + [Substring(bad)] + parts[(part + 1)...]).joined(separator: ";")
      case "RDATE", "DTEND", "DURATION":
        var without = events
        without[at].remove(at: line)
        expected = read(without).busy
        damaged[at][line] = "\(name):\(rubbish)x"
      default:
        // Without DTSTART the event may have nothing to go by: the others keep their time.
        expected = read(events.enumerated().filter { $0.offset != at }.map(\.element)).busy
        damaged[at][line] = "DTSTART:\(rubbish)x"
      }
      damages.insert(name)
      let (file, busy) = read(damaged)
      #expect(holds(busy, expected), "round \(round): \(events[at]) became \(damaged[at])")
      if name != "EXDATE" || damaged[at][line] != "EXDATE:" {
        #expect(!file.isUnderstood && !file.diagnostics.isEmpty, "round \(round): \(damaged[at][line])")
      }
    }
    #expect(damages == ["DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RDATE"])
  }

  /// Cut off anywhere, a file loses no event that began before the cut and says when.
  @Test func aFileThatIsCutOffKeepsWhatItSays() {
    let text =
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261005T070000Z\nDTEND:20261005T090000Z\nEND:VEVENT\n"
      + "BEGIN:VEVENT\nUID:2\nDTSTART:20261006T070000Z\nDTEND:20261006T090000Z\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n"
    let bytes = Array(text.utf8)
    for (start, mark) in [(20_731, "DTSTART:20261005T070000Z\n"), (20_732, "DTSTART:20261006T070000Z\n")] {
      guard let from = text.firstRange(of: mark)?.upperBound.utf16Offset(in: text) else {
        Issue.record("\(mark) is not in the text")
        continue
      }
      for length in from..<bytes.count - 1 {
        let file = CalendarFile.read(Array(bytes[..<length]))
        #expect(!file.isUnderstood || length > bytes.count - 15)
        let hours = MinuteInterval(start: start * 1440 + 420, end: start * 1440 + 540)
        #expect(file.busyTime(in: hours, zone: .utc).intervals == [hours], "cut at \(length)")
      }
    }
  }

  @Test func oneBadPeriodCostsThatPeriodAlone() throws {
    let text =
      "BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\nFREEBUSY:20261005T100000Z/PT1H,rubbish,20261006T100000Z/20261006T110000Z\n"
      + "FREEBUSY:20261007T100000Z/soon\nEND:VFREEBUSY\nEND:VCALENDAR\n"
    let file = CalendarFile.read(Array(text.utf8), fileName: "a.ifb")
    let busy = file.busyTime(in: Self.window, zone: .utc)
    #expect(busy.intervals.map { $0.start % 1440 } == [600, 600, 600])
    #expect(busy.intervals.map(\.length) == [60, 60, 1440])
    #expect(
      file.diagnostics.map(\.description) == [
        "a.ifb:3: warning: FREEBUSY has the value 'rubbish', which cannot be read: the other periods count",
        "a.ifb:4: warning: FREEBUSY has the value '20261007T100000Z/soon', which cannot be read: the whole day counts "
          + "as busy",
      ])
  }

  /// Of what is free, only what is sure is free.
  @Test(arguments: [
    ("DTEND:20261005T160000Z", "DTEND:x", 1), ("DTEND:20261005T160000Z", "EXDATE:x", 1),
    ("DTSTART:20261005T080000Z", "DTSTART;TZID=No:20261005T080000", 1), ("PRIORITY:1", "PRIORITY:x", 2),
    ("DTEND:20261005T160000Z", "DTEND:20261005T160000Z", 2),
  ])
  func damagedAvailabilityIsNotFree(_ line: String, _ damaged: String, _ spans: Int) {
    let text =
      "BEGIN:VCALENDAR\nBEGIN:VAVAILABILITY\nPRIORITY:1\nDTSTART:20261005T000000Z\nDTEND:20261006T000000Z\n"
      + "BEGIN:AVAILABLE\nUID:2\nDTSTART:20261005T080000Z\nDTEND:20261005T160000Z\nEND:AVAILABLE\n"
      + "END:VAVAILABILITY\nEND:VCALENDAR\n"
    let file = CalendarFile.read(Array(text.replacing(line, with: damaged).utf8))
    #expect(file.busyTime(in: Self.window, zone: .utc).intervals.count == spans)
    #expect(file.isUnderstood == (line == damaged))
  }
}

extension SplitMix {
  fileprivate mutating func one<Element>(of list: [Element]) -> Element { list[below(list.count)] }
}
