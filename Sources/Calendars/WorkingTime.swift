package import Programme

/// When somebody could meet at all: working hours on their own clock, less holidays, less what the calendar holds.
package struct WorkingTime: Sendable {
  /// What prevents a meeting.
  package enum Obstacle: Hashable, Sendable {
    case holiday
    case dayOff
    /// When it would begin on the person's own clock.
    case outsideHours(ClockTime, zone: String)
    case busy

    /// In a few words.
    package var text: String {
      switch self {
      case .holiday: "holiday"
      case .dayOff: "no working day"
      case .outsideHours(let time, let zone): "outside working hours (\(time) in \(zone))"
      case .busy: "busy"
      }
    }
  }

  /// The hours of the week, on the clock of `zone`.
  package var hours: WorkingHours
  package var holidays: Set<LocalDate>
  package var zone: ZoneTable

  package init(hours: WorkingHours, holidays: Set<LocalDate>, zone: ZoneTable) {
    self.hours = hours
    self.holidays = holidays
    self.zone = zone
  }

  /// Somebody's own hours on the days that their site works: a day that the site does not work is a weekend.
  package static func hours(own: WorkingHours?, site: WorkingHours) -> WorkingHours {
    guard let own else { return site }
    return WorkingHours(spans: own.spans.filter { !(site.spans[$0.key] ?? []).isEmpty })
  }

  /// What keeps somebody from the whole of a meeting; nil: nothing does.
  package func obstacle(in interval: MinuteInterval, beside busy: BusyTime) -> Obstacle? {
    let (date, minute) = zone.local(minute: interval.start)
    let worked = work(from: date.adding(days: -1), days: 3)
    if !worked.contains(where: { $0.start <= interval.start && interval.end <= $0.end }) {
      if holidays.contains(date) { return .holiday }
      if hours.spans[date.weekday]?.isEmpty != false { return .dayOff }
      return .outsideHours(ClockTime(minuteOfDay: minute), zone: zone.name)
    }
    return busy.overlaps(interval) ? .busy : nil
  }

  /// The free spans from the day before `first` to the day after the last: sorted, disjoint.
  /// O(days + busy intervals), because both are walked once in order.
  package func free(from first: LocalDate, days: Int, beside busy: BusyTime) -> [MinuteInterval] {
    let spans = work(from: first.adding(days: -1), days: max(0, days) + 2)
    var free: [MinuteInterval] = []
    free.reserveCapacity(spans.count + busy.intervals.count)
    var next = 0
    for span in spans {
      var from = span.start
      while next < busy.intervals.count, busy.intervals[next].end <= from { next += 1 }
      var at = next
      while at < busy.intervals.count, busy.intervals[at].start < span.end {
        let taken = busy.intervals[at]
        if taken.start > from { free.append(MinuteInterval(start: from, end: taken.start)) }
        from = max(from, taken.end)
        at += 1
      }
      if from < span.end { free.append(MinuteInterval(start: from, end: span.end)) }
      next = max(next, at - 1)
    }
    return free
  }

  /// The spans that are worked, those that touch or overlap as one.
  private func work(from first: LocalDate, days: Int) -> [MinuteInterval] {
    var work: [MinuteInterval] = []
    for offset in 0..<days {
      let date = first.adding(days: offset)
      guard !holidays.contains(date), let spans = hours.spans[date.weekday] else { continue }
      for span in spans {
        work.append(
          MinuteInterval(
            start: zone.minute(of: date, minute: span.start), end: zone.minute(of: date, minute: span.end)))
      }
    }
    return BusyTime(work).intervals
  }
}
