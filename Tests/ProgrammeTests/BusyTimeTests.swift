import Basics
import Programme
import Testing

@Suite struct BusyTimeTests {
  @Test func mergesWhatOverlapsOrTouches() {
    let busy = BusyTime([
      MinuteInterval(start: 30, end: 40), MinuteInterval(start: 0, end: 10),
      MinuteInterval(start: 10, end: 12),
      MinuteInterval(start: 5, end: 8), MinuteInterval(start: 20, end: 20),
    ])
    #expect(busy.intervals == [MinuteInterval(start: 0, end: 12), MinuteInterval(start: 30, end: 40)])
  }

  /// The binary search against a look at every minute.
  @Test func overlapsAgreesWithLookingAtEveryMinute() {
    var generator = SplitMix(seed: 7)
    for _ in 0..<200 {
      let intervals = (0..<6).map { _ -> MinuteInterval in
        let start = Int(generator.next() % 60)
        return MinuteInterval(start: start, end: start + Int(generator.next() % 8))
      }
      let busy = BusyTime(intervals)
      let minutes = Set(intervals.flatMap { Array($0.start..<$0.end) })
      for start in 0..<64 {
        for length in [0, 1, 3] {
          let wanted = !minutes.isDisjoint(with: start..<(start + length))
          #expect(busy.overlaps(MinuteInterval(start: start, end: start + length)) == wanted)
        }
      }
    }
  }
}
