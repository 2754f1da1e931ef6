import Basics

/// A tandem's own rhythm: the ideal day of each session, spread over the cohort's time by a hash of the tandem's name, so that no
/// day carries a programme.
///
/// First sessions spread over about a session's part of the time and a third; where two phases would fall on the same days, each is
/// half as likely, so that every day of the term has the same expectation.
package struct Rhythm: Sendable {
  private let first: Int
  private let sessions: Int
  /// Of the first ideal, and between two: in parts of a day, of which there are `parts`.
  private let phase: Int
  private let interval: Int
  private let parts: Int
  private let last: Int

  /// - Parameters:
  ///   - id: the tandem's.
  ///   - days: from its first day to the cohort's end.
  package init(id: String, days: Range<Int>, sessions: Int, gap: ClosedRange<Int>) {
    let span = max(1, days.count)
    let hash = StableHash(id.utf8).value
    let draw = Int(truncatingIfNeeded: hash >> 1)
    self.sessions = sessions
    first = days.lowerBound
    last = days.lowerBound + span - 1
    guard sessions > 1 else {
      (phase, interval, parts) = (draw % span, span, 1)
      return
    }
    let spread = max(1, min(4 * span / (3 * sessions), span - (sessions - 1) * gap.lowerBound, span))
    parts = sessions - 1
    interval = max(0, min(span - spread, gap.upperBound * parts))
    var phase = interval < 1 ? 0 : draw % interval
    if phase < spread * parts - interval, hash & 1 == 1 { phase += interval }
    self.phase = phase
  }

  /// The ideal day of session k = 0, 1, …: no later than the last day.
  package func ideal(_ k: Int) -> Int { min(last, first + (phase + k * interval) / parts) }

  /// Whole days from one ideal to the next.
  package var days: Int { interval / parts }
}
