import Testing

@testable import Scheduling

@Suite struct RhythmTests {
  private func rhythm(_ number: Int, days: Range<Int> = 0..<182, sessions: Int = 10) -> Rhythm {
    Rhythm(id: "2026-autumn/pl:\(number)+pl:\(number + 9000)", days: days, sessions: sessions, gap: 7...35)
  }

  /// First sessions fall on each day of three weeks and a half, and no day of the term is the ideal of many more than another.
  @Test func idealsSpreadOverTheTerm() {
    var firsts = Array(repeating: 0, count: 182)
    var all = firsts
    for number in 0..<3000 {
      let rhythm = rhythm(number)
      firsts[rhythm.ideal(0)] += 1
      for k in 0..<10 { all[rhythm.ideal(k)] += 1 }
    }
    #expect(firsts[..<24].allSatisfy { $0 > 30 })
    #expect(firsts[24...].allSatisfy { $0 == 0 })
    let mean = 30_000 / 182
    #expect(all.allSatisfy { $0 < mean * 13 / 10 })
    #expect(all[24..<158].allSatisfy { $0 > mean * 8 / 10 })
  }

  @Test func idealsAreEvenAndInsideTheTime() {
    for number in 0..<200 {
      for (days, sessions) in [(0..<182, 10), (40..<182, 10), (0..<70, 10), (3..<40, 2), (0..<400, 10)] {
        let rhythm = rhythm(number, days: days, sessions: sessions)
        let ideals = (0..<sessions).map { rhythm.ideal($0) }
        #expect(ideals.allSatisfy { days.contains($0) })
        let steps = Set(zip(ideals, ideals.dropFirst()).map { $1 - $0 })
        #expect((steps.max() ?? 0) - (steps.min() ?? 0) <= 1)
        #expect(steps.allSatisfy { 7...35 ~= $0 })
      }
    }
  }

  @Test func oneSessionIsAnywhere() {
    let days = Set((0..<2000).map { rhythm($0, sessions: 1).ideal(0) })
    #expect(days.count > 170)
    #expect(days.allSatisfy { (0..<182).contains($0) })
  }

  @Test func theSameNameHasTheSameRhythm() {
    #expect((0..<10).map(rhythm(5).ideal) == (0..<10).map(rhythm(5).ideal))
    #expect(rhythm(5).ideal(0) != rhythm(6).ideal(0) || rhythm(6).ideal(0) != rhythm(7).ideal(0))
  }

  /// More sessions than the gap leaves room for: what cannot be even is as near as it gets.
  @Test func tooShortATimeIsNoTrouble() {
    let rhythm = rhythm(1, days: 0..<30)
    #expect((0..<10).map { rhythm.ideal($0) }.allSatisfy { (0..<30).contains($0) })
  }
}
