package import Programme

extension CalendarFile {
  /// The whole days that a file of public holidays names, with their summaries: events of several days day by day,
  /// those that recur once for each year. Sorted by date, then by summary.
  ///
  /// The file must have been read with `depth: .texts`.
  package func wholeDays(from first: LocalDate, through last: LocalDate) -> [(
    date: LocalDate, summary: String
  )] {
    let frames = EventSeries.Frames(zones: zones, owner: .utc)
    let from = first.daysSinceEpoch
    let to = last.daysSinceEpoch + 1
    var days: Set<WholeDay> = []
    guard from < to else { return [] }
    let isWanted = { (event: CalendarEvent) in event.status != .cancelled }
    for series in series(frames: frames, where: isWanted) {
      series.forEach(from: from * WallClock.day, to: to * WallClock.day) { instance in
        let event = series.events[instance.event]
        guard event.start.isDate, isWanted(event) else { return }
        let begins = max(from, WallClock.dayNumber(instance.start))
        let ends = min(to, ceilDivide(instance.end, WallClock.day))
        guard begins < ends else { return }
        for day in begins..<ends { days.insert(WholeDay(day: day, summary: event.summary)) }
      }
    }
    return days.sorted { ($0.day, $0.summary) < ($1.day, $1.summary) }
      .map { (LocalDate(daysSinceEpoch: $0.day), $0.summary) }
  }

  private struct WholeDay: Hashable {
    let day: Int
    let summary: String
  }
}
