package import Programme

/// What was understood of one calendar within a term, for somebody who looks whether it is right.
package struct CalendarSummary: Sendable {
  /// What the file has: events and spans of busy time, however often they recur.
  package var entries = 0
  /// The first and the last day with an entry, busy or not; nil: there is none in the term.
  package var first: LocalDate?
  package var last: LocalDate?
  package var busy = BusyTime.none
  /// Days on which a stretch without any entry begins and ends that is longer than a calendar mostly has.
  package var gaps: [(from: LocalDate, through: LocalDate)] = []

  /// Stretches that are longer, in days, are worth a question.
  static let longestGap = 28

  /// What speaks for a calendar that was exported too short, or of somebody who does not keep one.
  ///
  /// - Parameter term: its first and last day.
  package func doubts(in term: ClosedRange<LocalDate>) -> [String] {
    guard let last else { return ["it has no entry in the term: is it the right calendar?"] }
    var doubts = gaps.filter { $0.through < last }.map {
      "it has no entry from \($0.from) to \($0.through)"
    }
    let missing = term.upperBound.days(since: last)
    if missing > CalendarSummary.longestGap {
      doubts.append(
        "its last entry is on \(last), \(missing / 7) weeks before the term ends: later times count as free")
    }
    return doubts
  }

  /// Minutes that are busy within a span.
  package func minutes(in span: MinuteInterval) -> Int {
    busy.intervals.reduce(0) { $0 + max(0, min($1.end, span.end) - max($1.start, span.start)) }
  }
}

extension CalendarFile {
  /// - Parameters:
  ///   - zone: the owner's.
  ///   - owners: the owner's addresses in lower case.
  /// - Complexity: as `busyTime`.
  package func summary(
    in window: MinuteInterval, zone: ZoneTable, owners: Set<String> = []
  ) -> CalendarSummary {
    var summary = CalendarSummary()
    summary.entries = events.count + busyPeriods.count
    summary.busy = busyTime(in: window, zone: zone, owners: owners)
    var whole = self
    // Of whatever takes no time, too: who keeps a calendar is seen by all that is in it.
    for index in whole.events.indices {
      whole.events[index].isTransparent = false
      whole.events[index].busyStatus = nil
      whole.events[index].status = .confirmed
      whole.events[index].declined = []
    }
    whole.availabilities = []
    let days = whole.busyTime(in: window, zone: zone).intervals.map {
      zone.local(minute: $0.start).date...zone.local(minute: max($0.start, $0.end - 1)).date
    }
    summary.first = days.first?.lowerBound
    summary.last = days.map(\.upperBound).max()
    var before = zone.local(minute: window.start).date
    for day in days {
      if day.lowerBound.days(since: before) > CalendarSummary.longestGap {
        summary.gaps.append((before.adding(days: 1), day.lowerBound.adding(days: -1)))
      }
      before = max(before, day.upperBound)
    }
    return summary
  }
}
