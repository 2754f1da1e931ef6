import Basics
import Calendars
import Programme
import TestSupport
import Testing

@testable import Scheduling

@Suite struct StartGridTests {
  private func grid(
    _ zone: String, _ first: String, days: Int, length: Int = 90, step: Int = 30, origin: Int = 0
  ) throws -> StartGrid {
    StartGrid(
      zone: try ZoneDatabase.zone(zone), first: .of(first), days: days, step: step, origin: origin,
      length: length)
  }

  /// Every start that is offered fits, and every start that fits is offered.
  @Test(arguments: [
    "Europe/Warsaw", "America/New_York", "Asia/Shanghai", "Asia/Kolkata", "Australia/Lord_Howe",
  ])
  func offersExactlyWhatFits(_ zone: String) throws {
    let grid = try grid(zone, "2026-10-23", days: 16)
    var random = SplitMix(seed: 9)
    for _ in 0..<10 {
      let base = grid.zone.minute(of: grid.first) - 500
      let free = BusyTime(
        (0..<40).map { _ in
          let start = base + random.below(17 * 1440)
          return MinuteInterval(start: start, end: start + random.below(500))
        }
      ).intervals
      let masks = grid.starts(in: free)
      for day in 0..<16 {
        for tick in 0..<64 {
          var fits = false
          if let start = grid.minute(day: day, tick: tick) {
            fits = free.contains { $0.start <= start && start + 90 <= $0.end }
          }
          #expect((masks[day] >> UInt64(tick) & 1 == 1) == fits, "\(zone) day \(day) tick \(tick)")
        }
      }
    }
  }

  /// 25 October 2026, Warsaw: 02:00–03:00 is there twice; 28 March 2027: it is not there.
  @Test(arguments: ["2026-10-25", "2027-03-28"]) func timesThatAClockChangeRepeatsOrRemovesAreNotOffered(
    _ date: String
  ) throws {
    let grid = try grid("Europe/Warsaw", date, days: 2)
    let offered = (0..<48).filter { grid.minute(day: 0, tick: $0) != nil }
    // From 00:30 to 01:30 a session would run into the change; 00:00 ends with 01:30, 00:30 at 02:00.
    #expect(offered.first == 0)
    #expect(offered.contains(1))
    #expect(!offered.contains { (2...5).contains($0) })
    #expect(offered.contains(6))
    #expect(offered.count == 44)
    #expect((0..<48).allSatisfy { grid.minute(day: 1, tick: $0) != nil })
    for tick in offered {
      let local = grid.zone.local(minute: try #require(grid.minute(day: 0, tick: tick)))
      #expect(local.date == .of(date))
      #expect(local.minute == tick * 30)
    }
  }

  @Test func aPlaceIsFoundAgain() throws {
    let grid = try grid("America/New_York", "2026-10-30", days: 5, step: 15, origin: 420)
    for day in 0..<5 {
      for tick in 0..<64 {
        guard let minute = grid.minute(day: day, tick: tick) else { continue }
        let place = grid.place(of: minute)
        #expect(place?.day == day)
        #expect(place?.tick == tick)
        #expect(grid.place(of: minute + 7) == nil)
      }
    }
    #expect(grid.place(of: 0) == nil)
  }

  /// Friday 18:00 in Detroit is Saturday 06:00 in Shanghai, Monday 06:00 in Shanghai is Sunday in Detroit.
  @Test func knowsWhoseDayIsAnother() throws {
    let detroit = try grid("America/Detroit", "2026-10-05", days: 1)
    let shanghai = try ZoneDatabase.zone("Asia/Shanghai")
    let shift = detroit.shifted(to: shanghai)
    #expect(shift.before == [0])
    #expect(shift.after == [Occupancy.ticks(from: 24, count: 24)])
    let back = try grid("Asia/Shanghai", "2026-10-05", days: 1).shifted(to: detroit.zone)
    #expect(back.before == [Occupancy.ticks(from: 0, count: 24)])
    #expect(back.after == [0])
  }
}
