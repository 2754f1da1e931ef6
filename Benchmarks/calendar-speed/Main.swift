import Calendars
import Foundation
import Programme

/// What reading and writing calendars cost by themselves, in processor time:
///
///     calendar-speed read FILE…      parses each file
///     calendar-speed busy FILE…      parses each, and expands half a year of busy time
///     calendar-speed write COUNT     writes as many REQUESTs, then as many PUBLISHed events in one bundle
@main struct CalendarSpeed {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch (arguments.first, arguments.dropFirst().first) {
    case ("read", .some), ("busy", .some):
      try read(Array(arguments.dropFirst()), isBusy: arguments[0] == "busy")
    case ("write", .some(let count)):
      guard let count = Int(count), count > 0 else { fallthrough }
      try write(count)
    default:
      print("usage: calendar-speed read|busy FILE… | write COUNT")
      exit(64)
    }
  }

  private static func read(_ paths: [String], isBusy: Bool) throws {
    let files = try paths.map { [UInt8](try Data(contentsOf: URL(filePath: $0))) }
    let zone = try ZoneDatabase.zone("Europe/Warsaw")
    let window = MinuteInterval(start: 29_853_360, end: 30_115_440)
    var events = 0
    var intervals = 0
    let seconds = processorSeconds {
      for bytes in files {
        let file = CalendarFile.read(bytes)
        events += file.events.count
        if isBusy { intervals += file.busyTime(in: window, zone: zone).intervals.count }
      }
    }
    print("\(events) events, \(intervals) intervals, \(rate(events, seconds))")
  }

  private static func write(_ count: Int) throws {
    let invitations = (0..<count).map(invitation)
    var bytes = 0
    let single = try processorSeconds {
      for invitation in invitations { bytes += try CalendarWriter.bytes(of: invitation).count }
    }
    print("\(count) requests, \(bytes) bytes, \(rate(count, single))")
    let bundled = try processorSeconds { bytes = try CalendarWriter.bundle(invitations).count }
    print("\(count) published, \(bytes) bytes, \(rate(count, bundled))")
  }

  private static func invitation(_ index: Int) -> Invitation {
    let start = 1_791_187_200 + index * 61_200
    func time(_ seconds: Int) -> Timestamp { Timestamp(secondsSinceEpoch: seconds, offset: 0) }
    return Invitation(
      uid: "tandem-\(index)@example.com", sequence: index % 3, stamp: time(1_788_000_000), start: time(start),
      end: time(start + 5400), timeZone: "Europe/Warsaw",
      organizer: .init(name: "Biuro programu", email: "office@example.com"),
      attendees: [
        .init(name: "Łukasz O'Dea", email: "p100003@pl.example.com"),
        .init(name: "Zażółć Gęślą", email: "p100004@pl.example.com"),
      ],
      summary: "Sesja \(index): media społecznościowe, sieć; wewnętrzna",
      description: "Zasady programu:\n- mentor nigdy nie bierze myszy\n- spisać listę haseł, znaleźć terminy",
      location: "Warszawa, pokój 3.14", categories: ["Reverse mentoring"],
      url: "https://example.com/programme",
      alarm: 15, language: "pl")
  }

  private static func processorSeconds(_ body: () throws -> Void) rethrows -> Double {
    let before = clock()
    try body()
    return Double(clock() - before) / Double(CLOCKS_PER_SEC)
  }

  private static func rate(_ count: Int, _ seconds: Double) -> String {
    "\(Int(seconds * 1000)) ms, \(Int(Double(count) / max(seconds, 0.000_001))) events/s"
  }
}
