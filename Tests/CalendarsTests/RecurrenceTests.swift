import Basics
import Foundation
import Programme
import Testing

@testable import Calendars

/// The occurrences of a file with one event, within a window in seconds, floating times as UTC.
func occurrences(_ lines: [String], from: Int, to: Int, uid: String = "UID:1") throws -> [[Int]] {
  let text = (["BEGIN:VCALENDAR", "BEGIN:VEVENT", uid] + lines + ["END:VEVENT", "END:VCALENDAR"])
    .joined(separator: "\r\n")
  let file = CalendarFile.read(Array(text.utf8))
  #expect(file.diagnostics.map(\.description) == [])
  let frames = EventSeries.Frames(zones: file.zones, owner: .utc)
  var found: Set<[Int]> = []
  for series in file.series(frames: frames, where: { _ in true }) {
    series.forEach(from: from, to: to) { found.insert([$0.start, $0.end]) }
  }
  return found.sorted { $0[0] != $1[0] ? $0[0] < $1[0] : $0[1] < $1[1] }
}

func fixture(_ name: String) -> URL {
  URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
}

/// The window of a rule, as wall times of its zone.
private func walls(_ rule: String, start: String, exdate: String? = nil, count: Int) throws -> [String] {
  let zone = try ZoneDatabase.zone("America/New_York")
  var lines = ["DTSTART;TZID=America/New_York:\(start)", "RRULE:\(rule)"]
  if let exdate { lines.append("EXDATE;TZID=America/New_York:\(exdate)") }
  let from = WallClock.firstDay(year: 1996) * WallClock.day
  let to = WallClock.firstDay(year: 2010) * WallClock.day
  return try occurrences(lines, from: from, to: to).prefix(count)
    .map { String(decoding: WallClock.basicFormat(zone.wall(at: $0[0])), as: UTF8.self) }
}

/// `1997 9 2 3 4, 10 1-3; 1998 1 2` at nine o'clock as `19970902T090000` …
private func nine(_ text: String) -> [String] {
  var times: [String] = []
  for year in text.split(separator: ";") {
    let words = year.split(separator: " ", maxSplits: 1)
    for month in words[1].split(separator: ",") {
      let numbers = month.split(separator: " ")
      for days in numbers.dropFirst() {
        let ends = days.split(separator: "-").compactMap { Int($0) }
        for day in ends[0]...ends[ends.count - 1] {
          let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
          times.append("\(words[0])\(two(Int(numbers[0]) ?? 0))\(two(day))T090000")
        }
      }
    }
  }
  return times
}

@Suite struct RecurrenceTests {
  struct Vector: Sendable, CustomTestStringConvertible {
    var rule: String
    var start = "19970902T090000"
    var exdate: String?
    /// All occurrences, or the first ones where `isEndless`.
    var expected: String
    var isEndless = false
    var testDescription: String { rule }
  }

  /// The examples of RFC 5545, section 3.8.5.3, and of 3.3.10, in their order.
  static let vectors: [Vector] = [
    Vector(rule: "FREQ=DAILY;COUNT=10", expected: "1997 9 2-11"),
    Vector(rule: "FREQ=DAILY;UNTIL=19971224T000000Z", expected: "1997 9 2-30,10 1-31,11 1-30,12 1-23"),
    Vector(
      rule: "FREQ=DAILY;INTERVAL=2",
      expected: "1997 9 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30,10 2 4 6", isEndless: true),
    Vector(rule: "FREQ=DAILY;INTERVAL=10;COUNT=5", expected: "1997 9 2 12 22,10 2 12"),
    Vector(
      rule: "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
      start: "19980101T090000",
      expected: "1998 1 1-31;1999 1 1-31;2000 1 1-31"),
    Vector(
      rule: "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", start: "19980101T090000",
      expected: "1998 1 1-31;1999 1 1-31;2000 1 1-31"),
    Vector(rule: "FREQ=WEEKLY;COUNT=10", expected: "1997 9 2 9 16 23 30,10 7 14 21 28,11 4"),
    Vector(
      rule: "FREQ=WEEKLY;UNTIL=19971224T000000Z",
      expected: "1997 9 2 9 16 23 30,10 7 14 21 28,11 4 11 18 25,12 2 9 16 23"),
    Vector(
      rule: "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
      expected: "1997 9 2 16 30,10 14 28,11 11 25,12 9 23;1998 1 6 20,2 3 17", isEndless: true),
    Vector(
      rule: "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH",
      expected: "1997 9 2 4 9 11 16 18 23 25 30,10 2"),
    Vector(rule: "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", expected: "1997 9 2 4 9 11 16 18 23 25 30,10 2"),
    Vector(
      rule: "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR", start: "19970901T090000",
      expected: "1997 9 1 3 5 15 17 19 29,10 1 3 13 15 17 27 29 31,11 10 12 14 24 26 28,12 8 10 12 22"),
    Vector(
      rule: "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", expected: "1997 9 2 4 16 18 30,10 2 14 16"),
    Vector(
      rule: "FREQ=MONTHLY;COUNT=10;BYDAY=1FR", start: "19970905T090000",
      expected: "1997 9 5,10 3,11 7,12 5;1998 1 2,2 6,3 6,4 3,5 1,6 5"),
    Vector(
      rule: "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", start: "19970905T090000",
      expected: "1997 9 5,10 3,11 7,12 5"),
    Vector(
      rule: "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", start: "19970907T090000",
      expected: "1997 9 7 28,11 2 30;1998 1 4 25,3 1 29,5 3 31"),
    Vector(
      rule: "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", start: "19970922T090000",
      expected: "1997 9 22,10 20,11 17,12 22;1998 1 19,2 16"),
    Vector(
      rule: "FREQ=MONTHLY;BYMONTHDAY=-3", start: "19970928T090000",
      expected: "1997 9 28,10 29,11 28,12 29;1998 1 29,2 26", isEndless: true),
    Vector(
      rule: "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
      expected: "1997 9 2 15,10 2 15,11 2 15,12 2 15;1998 1 2 15"),
    Vector(
      rule: "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", start: "19970930T090000",
      expected: "1997 9 30,10 1 31,11 1 30,12 1 31;1998 1 1 31,2 1"),
    Vector(
      rule: "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15", start: "19970910T090000",
      expected: "1997 9 10-15;1999 3 10-13"),
    Vector(
      rule: "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
      expected: "1997 9 2 9 16 23 30,11 4 11 18 25;1998 1 6 13 20 27,3 3 10 17 24 31", isEndless: true),
    Vector(
      rule: "FREQ=YEARLY;COUNT=10;BYMONTH=6,7", start: "19970610T090000",
      expected: "1997 6 10,7 10;1998 6 10,7 10;1999 6 10,7 10;2000 6 10,7 10;2001 6 10,7 10"),
    Vector(
      rule: "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3", start: "19970310T090000",
      expected: "1997 3 10;1999 1 10,2 10,3 10;2001 1 10,2 10,3 10;2003 1 10,2 10,3 10"),
    Vector(
      rule: "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200", start: "19970101T090000",
      expected: "1997 1 1,4 10,7 19;2000 1 1,4 9,7 18;2003 1 1,4 10,7 19;2006 1 1"),
    Vector(
      rule: "FREQ=YEARLY;BYDAY=20MO", start: "19970519T090000", expected: "1997 5 19;1998 5 18;1999 5 17",
      isEndless: true),
    Vector(
      rule: "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", start: "19970512T090000",
      expected: "1997 5 12;1998 5 11;1999 5 17", isEndless: true),
    Vector(
      rule: "FREQ=YEARLY;BYMONTH=3;BYDAY=TH", start: "19970313T090000",
      expected: "1997 3 13 20 27;1998 3 5 12 19 26;1999 3 4 11 18 25", isEndless: true),
    Vector(
      rule: "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8", start: "19970605T090000",
      expected:
        "1997 6 5 12 19 26,7 3 10 17 24 31,8 7 14 21 28;1998 6 4 11 18 25,7 2 9 16 23 30,8 6 13 20 27;"
        + "1999 6 3 10 17 24,7 1 8 15 22 29,8 5 12 19 26", isEndless: true),
    Vector(
      rule: "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", exdate: "19970902T090000",
      expected: "1998 2 13,3 13,11 13;1999 8 13;2000 10 13", isEndless: true),
    Vector(
      rule: "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", start: "19970913T090000",
      expected: "1997 9 13,10 11,11 8,12 13;1998 1 10,2 7,3 7,4 11,5 9,6 13", isEndless: true),
    Vector(
      rule: "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", start: "19961105T090000",
      expected: "1996 11 5;2000 11 7;2004 11 2", isEndless: true),
    Vector(
      rule: "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", start: "19970904T090000",
      expected: "1997 9 4,10 7,11 6"),
    Vector(
      rule: "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", start: "19970929T090000",
      expected: "1997 9 29,10 30,11 27,12 30;1998 1 29,2 26,3 30", isEndless: true),
    Vector(
      rule: "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", start: "19970805T090000",
      expected: "1997 8 5 10 19 24"),
    Vector(
      rule: "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", start: "19970805T090000",
      expected: "1997 8 5 17 19 31"),
    Vector(
      rule: "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", start: "20070115T090000",
      expected: "2007 1 15 30,2 15,3 15 30"),
    Vector(
      rule: "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", start: "19970930T090000",
      expected: "1997 9 30,10 31,11 28,12 31;1998 1 30", isEndless: true),
    Vector(rule: "FREQ=DAILY;COUNT=10;INTERVAL=2", expected: "1997 9 2 4 6 8 10 12 14 16 18 20"),
  ]

  @Test(arguments: vectors)
  func rfc5545Example(_ vector: Vector) throws {
    let expected = nine(vector.expected)
    let found = try walls(
      vector.rule, start: vector.start, exdate: vector.exdate,
      count: vector.isEndless ? expected.count : .max)
    #expect(found == expected)
  }

  @Test func rfc5545ExamplesWithinADay() throws {
    func day(_ times: [String]) -> [String] { times.map { "19970902T\($0)00" } }
    let start = "19970902T090000"
    // Errata 2016: UNTIL of this example is 21:00 UTC.
    #expect(
      try walls("FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z", start: start, count: 9)
        == day(["0900", "1200", "1500"]))
    #expect(
      try walls("FREQ=MINUTELY;INTERVAL=15;COUNT=6", start: start, count: 9)
        == day(["0900", "0915", "0930", "0945", "1000", "1015"]))
    #expect(
      try walls("FREQ=MINUTELY;INTERVAL=90;COUNT=4", start: start, count: 9)
        == day(["0900", "1030", "1200", "1330"]))
    let often = (0..<3).flatMap { day in
      (9...16).flatMap { hour in
        ["00", "20", "40"].map { "1997090\(2 + day)T\(hour < 10 ? "0" : "")\(hour)\($0)00" }
      }
    }
    #expect(
      try walls("FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40", start: start, count: 72) == often
    )
    #expect(
      try walls("FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16", start: start, count: 72) == often)
    #expect(
      try walls(
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=1;BYDAY=SU;BYHOUR=8,9;BYMINUTE=30", start: "19970105T083000",
        count: 10)
        == ["05", "12", "19", "26"].flatMap { ["199701\($0)T083000", "199701\($0)T093000"] }
        + ["19990103T083000", "19990103T093000"])
  }

  /// Random rules, against what recurring_ical_events makes of them (Fixtures/recurrences.py). Another such file may be
  /// named in TANDEM_RECURRENCES.
  @Test func randomRulesAreAsInPython() throws {
    let path = ProcessInfo.processInfo.environment["TANDEM_RECURRENCES"]
    let url = path.map { URL(filePath: $0) } ?? fixture("recurrences.txt")
    var rules = 0
    for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n") {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      func instant(_ text: String) -> Int {
        CalendarTime(text.utf8.span)?.wall ?? 0
      }
      var before = 0
      let expected = cells[3].split(separator: " ").map { pair in
        let numbers = pair.split(separator: ":").compactMap { Int($0) }
        before += numbers[0]
        return [before, before + numbers[1]]
      }
      let found = try occurrences(
        cells[0].split(separator: "|").map(String.init), from: instant(cells[1]), to: instant(cells[2]))
      #expect(found == expected, "\(cells[0]) from \(cells[1]) to \(cells[2])")
      rules += 1
    }
    #expect(rules >= 400)
  }
}
