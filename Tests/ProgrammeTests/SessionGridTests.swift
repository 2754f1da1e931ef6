import Testing

@testable import Programme

@Suite struct SessionGridTests {
  @Test func coarseGridsBeginAtMidnightAndFineOnesWithTheFirstHour() throws {
    let day = [ClockSpan(485..<1080)]
    #expect(try SessionGrid(every: 30, length: 90, within: day).origin == 0)
    #expect(try SessionGrid(every: 10, length: 90, within: day).origin == 480)
    #expect(throws: SessionGrid.TooFine(step: 5, least: 10)) {
      try SessionGrid(every: 5, length: 90, within: day)
    }
    #expect(try SessionGrid(every: 5, length: 90, within: [ClockSpan(480..<880)]).step == 5)
    // Around the clock, with nothing finer than half an hour but what midnight allows.
    #expect(throws: SessionGrid.TooFine(step: 20, least: 30)) {
      try SessionGrid(every: 20, length: 60, within: [ClockSpan(0..<1440)])
    }
    #expect(throws: SessionGrid.TooFine.self) { try SessionGrid(every: 0, length: 60, within: []) }
  }

  /// Whatever is allowed has room for the last session of the day.
  @Test func everyStartWithinTheHoursIsOffered() {
    for step in SessionGrid.steps {
      for start in stride(from: 0, to: 700, by: 35) {
        for end in stride(from: start + 120, through: 1440, by: 95) {
          guard let grid = try? SessionGrid(every: step, length: 90, within: [ClockSpan(start..<end)]) else {
            continue
          }
          #expect(grid.origin <= start && grid.origin % step == 0)
          #expect(grid.origin + (SessionGrid.most - 1) * step >= min(end, 1440) - 90)
        }
      }
    }
  }
}
