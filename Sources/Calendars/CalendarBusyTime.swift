package import Programme

extension CalendarFile {
  /// When the file's owner cannot, within a window. Safe to call from any thread.
  ///
  /// - Parameters:
  ///   - zone: the owner's: whole days and times without a zone are on this clock.
  ///   - owners: the owner's addresses in lower case; events that one of them declined take no time.
  /// - Complexity: O(events + occurrences in the window), because rules jump to the window.
  package func busyTime(in window: MinuteInterval, zone: ZoneTable, owners: Set<String> = []) -> BusyTime {
    let frames = EventSeries.Frames(zones: zones, owner: zone)
    guard let from = seconds(window.start), let to = seconds(window.end), from < to else { return .none }
    var spans = Spans(from: from, to: to)
    for availability in availabilities.sorted(by: { rank($0) < rank($1) }) {
      apply(availability, frames: frames, to: &spans)
    }
    for series in series(frames: frames, where: { $0.isBusy(for: owners) }) {
      let isBusy = series.events.map { $0.isBusy(for: owners) }
      // Where some occurrences are free, the latest is not enough to know what lasts into the window.
      series.forEach(from: from, to: to, isUnion: !isBusy.contains(false)) { instance in
        if isBusy[instance.event] { spans.add(instance.start, instance.end) }
      }
    }
    for period in busyPeriods {
      let start = frames.instant(period.start)
      var end = period.end.map { frames.instant($0) } ?? start
      if let duration = period.duration { end = start + duration.days * WallClock.day + duration.seconds }
      spans.add(start, end)
    }
    return BusyTime(spans.minutes)
  }

  /// The events by UID, in the order of the file; without those UIDs none of whose events is wanted.
  func series(frames: EventSeries.Frames, where isWanted: (CalendarEvent) -> Bool) -> [EventSeries] {
    var place: [String: Int] = [:]
    place.reserveCapacity(events.count)
    var groups: [[Int]] = []
    for (index, event) in events.enumerated() {
      if event.uid.isEmpty || event.standsAlone {
        groups.append([index])
      } else if let known = place[event.uid] {
        groups[known].append(index)
      } else {
        place[event.uid] = groups.count
        groups.append([index])
      }
    }
    // Some programs give several events one UID: where no SEQUENCE says which is the newer, all count.
    for index in groups.indices where groups[index].count > 1 {
      let masters = groups[index].filter { events[$0].recurrenceID == nil }
      guard masters.count > 1, let newest = masters.map({ events[$0].sequence }).max() else { continue }
      let equals = masters.filter { events[$0].sequence == newest }
      guard let kept = equals.max(by: { events[$0].stamp < events[$1].stamp }) else { continue }
      for other in equals where other != kept {
        groups[index].removeAll { $0 == other }
        groups.append([other])
      }
    }
    return groups.compactMap { group in
      let members = group.map { events[$0] }
      return members.contains(where: isWanted) ? EventSeries(members, frames: frames) : nil
    }
  }

  /// In seconds; nil where the multiplication would overflow.
  private func seconds(_ minute: Int) -> Int? {
    let (seconds, overflow) = minute.multipliedReportingOverflow(by: 60)
    return overflow ? nil : min(max(seconds, WallClock.first), WallClock.last)
  }

  /// The order in which availabilities are laid over each other: the highest priority (1) last.
  private func rank(_ availability: Availability) -> (Int, Int) {
    (availability.priority == 0 ? -10 : -availability.priority, availability.line)
  }

  /// RFC 7953, section 4: between its bounds the time is busy, except where it is available.
  private func apply(_ availability: Availability, frames: EventSeries.Frames, to spans: inout Spans) {
    let start = availability.start.map { frames.instant($0) } ?? spans.from
    var end = availability.end.map { frames.instant($0) } ?? spans.to
    if let duration = availability.duration, availability.start != nil {
      end = start + duration.days * WallClock.day + duration.seconds
    }
    let from = max(start, spans.from)
    let to = min(end, spans.to)
    guard from < to else { return }
    spans.add(from, to)
    var free = Spans(from: from, to: to)
    let groups = Dictionary(grouping: availability.available) { $0.uid.isEmpty ? "line \($0.line)" : $0.uid }
    for (_, events) in groups.sorted(by: { $0.key < $1.key }) {
      EventSeries(events, frames: frames).forEach(from: from, to: to, isUnion: true) {
        free.add($0.start, $0.end)
      }
    }
    spans.subtract(free)
  }
}

/// Spans of seconds within a window; those that come in order are joined as they come, so that an event of each
/// second takes no memory.
private struct Spans {
  let from: Int
  let to: Int
  private var spans: [(start: Int, end: Int)] = []

  init(from: Int, to: Int) {
    self.from = from
    self.to = to
  }

  mutating func add(_ start: Int, _ end: Int) {
    let start = max(start, from)
    let end = min(end, to)
    guard start < end else { return }
    if let last = spans.last, start >= last.start, start <= last.end {
      spans[spans.count - 1].end = max(last.end, end)
    } else {
      spans.append((start, end))
    }
  }

  /// Sorted and disjoint.
  private var merged: [(start: Int, end: Int)] {
    var merged: [(start: Int, end: Int)] = []
    for span in spans.sorted(by: { $0 < $1 }) {
      if let last = merged.last, span.start <= last.end {
        merged[merged.count - 1].end = max(last.end, span.end)
      } else {
        merged.append(span)
      }
    }
    return merged
  }

  mutating func subtract(_ others: Spans) {
    let gaps = others.merged
    var rest: [(start: Int, end: Int)] = []
    var next = 0
    for var span in merged {
      while next < gaps.count, gaps[next].end <= span.start { next += 1 }
      var index = next
      while index < gaps.count, gaps[index].start < span.end {
        if gaps[index].start > span.start { rest.append((span.start, gaps[index].start)) }
        span.start = max(span.start, gaps[index].end)
        index += 1
      }
      if span.start < span.end { rest.append(span) }
    }
    spans = rest
  }

  /// In whole minutes that hold all of the seconds.
  var minutes: [MinuteInterval] {
    spans.map { MinuteInterval(start: floorDivide($0.start, 60), end: ceilDivide($0.end, 60)) }
  }
}
