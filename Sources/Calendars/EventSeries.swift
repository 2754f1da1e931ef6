import Basics

/// All that a file says under one UID: the event, its recurrences, and what was changed in single ones.
///
/// Times are seconds since the epoch. Of several versions of the same thing the highest SEQUENCE holds, then the
/// latest DTSTAMP, then the later in the file.
struct EventSeries {
  /// One occurrence, and which of the series' events describes it.
  struct Instance {
    var start: Int
    var end: Int
    var event: Int
  }

  /// How long an occurrence lasts: days on the clock, then exact seconds.
  private struct Length: Comparable {
    var days = 0
    var seconds = 0

    static func < (a: Length, b: Length) -> Bool {
      a.days * WallClock.day + a.seconds < b.days * WallClock.day + b.seconds
    }
  }

  /// As given.
  let events: [CalendarEvent]
  private let frames: Frames
  private let lengths: [Length]
  private var master: Int?
  /// Changed occurrences by the instant they replace; those that replace a whole day are in `changedDays`.
  private var changed: [Int: Int] = [:]
  private var changedDays: [Int: Int] = [:]
  /// THISANDFUTURE, by the instant from which they hold, sorted.
  private var onwards: [(from: Int, event: Int)] = []
  private var exceptions: Set<Int> = []
  private var exceptedDays: Set<Int> = []
  private var hasChanges = false

  /// The clocks of a file, and its owner's.
  struct Frames {
    let zones: [ZoneTable]
    let owner: ZoneTable

    func zone(_ frame: CalendarTime.Frame) -> ZoneTable {
      switch frame {
      case .utc: .utc
      case .zone(let index) where zones.indices.contains(index): zones[index]
      case .zone, .floating, .date: owner
      }
    }

    func instant(_ time: CalendarTime) -> Int { zone(time.frame).instant(ofWall: time.wall) }

    /// The instant of a time that belongs to an event: one without a zone is on the event's own clock.
    func instant(_ time: CalendarTime, within event: CalendarTime) -> Int {
      switch time.frame {
      case .floating, .date: zone(event.frame).instant(ofWall: time.wall)
      case .utc, .zone: instant(time)
      }
    }
  }

  init(_ events: [CalendarEvent], frames: Frames) {
    self.events = events
    self.frames = frames
    lengths = events.map { EventSeries.length($0, frames) }
    func isNewer(_ event: Int, than known: Int?) -> Bool {
      guard let known else { return true }
      return (events[event].sequence, events[event].stamp) >= (events[known].sequence, events[known].stamp)
    }
    for (index, event) in events.enumerated() where event.recurrenceID == nil && isNewer(index, than: master)
    {
      master = index
    }
    for (index, event) in events.enumerated() {
      guard let replaced = event.recurrenceID else { continue }
      let clock = master.map { events[$0].start } ?? event.start
      if replaced.isDate, !clock.isDate {
        let day = WallClock.dayNumber(replaced.wall)
        if isNewer(index, than: changedDays[day]) { changedDays[day] = index }
      } else {
        let instant = frames.instant(replaced, within: clock)
        if isNewer(index, than: changed[instant]) { changed[instant] = index }
      }
    }
    onwards =
      changed.filter { events[$0.value].isThisAndFuture }.map { (from: $0.key, event: $0.value) }
      .sorted { $0.from < $1.from }
    guard let master else { return }
    let start = events[master].start
    for time in events[master].exceptions {
      if time.isDate, !start.isDate {
        exceptedDays.insert(WallClock.dayNumber(time.wall))
      } else {
        exceptions.insert(frames.instant(time, within: start))
      }
    }
    hasChanges = !(exceptions.isEmpty && exceptedDays.isEmpty && changed.isEmpty && changedDays.isEmpty)
  }

  /// DTEND gives every occurrence the same exact length, DURATION the same days and times on the clock (RFC 5545,
  /// section 3.8.5.3); a DATE without either lasts a day, a time no time at all.
  ///
  /// Where they contradict each other, the longest reading counts: nothing unreadable is free.
  private static func length(_ event: CalendarEvent, _ frames: Frames) -> Length {
    var length = Length()
    func atLeast(_ other: Length) { if length < other { length = other } }
    if let duration = event.duration { atLeast(Length(days: duration.days, seconds: duration.seconds)) }
    if event.start.isDate, event.end?.isDate ?? true {
      let end = event.end?.wall ?? event.start.wall
      atLeast(Length(days: max(1, WallClock.dayNumber(end) - WallClock.dayNumber(event.start.wall))))
    } else if let end = event.end {
      let seconds = frames.instant(end, within: event.start) - frames.instant(event.start)
      atLeast(seconds < 0 ? Length(days: 1) : Length(seconds: seconds))
    }
    if event.hasUnknownLength { atLeast(Length(days: 1)) }
    return length
  }

  /// Calls `body` with the occurrences that overlap `[from, to)`, or lie in it without length, in no set order.
  ///
  /// - Parameter isUnion: only the union of all occurrences matters: of those that began long before the window, the
  ///   latest will do. So an event of years that recurs each second costs no more than a short one.
  func forEach(from: Int, to: Int, isUnion: Bool = false, _ body: (Instance) -> Void) {
    func emit(_ start: Int, _ end: Int, _ event: Int) {
      if start < to, end > from || start == end && start >= from {
        body(Instance(start: start, end: end, event: event))
      }
    }
    func emit(own event: Int) {
      let span = ownSpan(event)
      emit(span.lowerBound, span.upperBound, event)
    }
    if let master { forEachRegular(of: master, from: from, to: to, isUnion: isUnion, emit) }
    for (instant, event) in changed.sorted(by: { $0.key < $1.key }) where !exceptions.contains(instant) {
      emit(own: event)
    }
    for (day, event) in changedDays.sorted(by: { $0.key < $1.key }) where !exceptedDays.contains(day) {
      emit(own: event)
    }
  }

  /// What an event says of itself, without its rules.
  func ownSpan(_ event: Int) -> Range<Int> {
    let (start, zone) = (events[event].start, frames.zone(events[event].start.frame))
    let instant = zone.instant(ofWall: start.wall)
    return instant..<end(lengths[event], start: instant, wall: start.wall, zone)
  }

  @inline(__always)
  private func end(_ length: Length, start: Int, wall: Int, _ zone: ZoneTable) -> Int {
    if length.days == 0 { return start + length.seconds }
    return max(start, zone.instant(ofWall: wall + length.days * WallClock.day) + length.seconds)
  }

  // MARK: What recurs

  private func forEachRegular(
    of index: Int, from: Int, to: Int, isUnion: Bool, _ body: (Int, Int, Int) -> Void
  ) {
    let master = events[index]
    let zone = frames.zone(master.start.frame)
    let length = lengths[index]
    /// Gives one occurrence of the rules, unless it was excepted or changed; returns whether it was given.
    func give(_ wall: Int, _ instant: Int, _ length: Length) -> Bool {
      guard hasChanges else {
        body(instant, end(length, start: instant, wall: wall, zone), index)
        return true
      }
      return giveUnlessChanged(wall, instant, length, index, zone, body)
    }
    let startInstant = zone.instant(ofWall: master.start.wall)
    guard !master.rules.isEmpty || !master.extraDates.isEmpty else {
      _ = give(master.start.wall, startInstant, length)
      return
    }
    for period in master.extraDates {
      let instant = frames.instant(period.start, within: master.start)
      let isOwnClock =
        period.start.frame == master.start.frame || period.start.frame == .floating || period.start.isDate
      _ = give(
        isOwnClock ? period.start.wall : zone.wall(at: instant), instant, self.length(of: period, index))
    }
    let rules = master.rules.map { rule in
      (
        expansion: RecurrenceExpansion(
          rule: rule, start: master.start.wall, isDate: master.start.isDate,
          last: lastWall(rule, master.start)),
        until: rule.until.map { lastInstant($0, master.start) } ?? .max
      )
    }
    // DTSTART is the first occurrence even where its rule would not give it, unless the rule ended before.
    if rules.isEmpty || rules.contains(where: { startInstant <= $0.until }) {
      _ = give(master.start.wall, startInstant, length)
    }
    // What lasts no time adds nothing to a union.
    guard !rules.isEmpty, !(isUnion && onwards.isEmpty && length.days == 0 && length.seconds == 0) else {
      return
    }
    if isUnion, !hasChanges, length.days == 0, rules.count == 1, let step = rules[0].expansion.steadyStep,
      step <= length.seconds
    {
      // Each begins before the one before it has ended: one stretch of time.
      let last = min(zone.instant(ofWall: rules[0].expansion.lastSteadyStart), rules[0].until)
      if last >= startInstant { body(startInstant, last + length.seconds, index) }
      return
    }
    var cursor = WallCursor(zone)
    /// Returns whether any occurrence was given.
    func expand(_ lower: Int, _ upper: Int) -> Bool {
      var hasAny = false
      for (expansion, until) in rules {
        expansion.forEach(from: lower, to: upper) { wall in
          let instant = cursor.instant(ofWall: wall)
          if instant <= until, wall != master.start.wall, give(wall, instant, length) { hasAny = true }
          return true
        }
      }
      return hasAny
    }
    // Wall and instant differ by an offset, and an offset changes by less than a day and a half.
    var slack = 2 * WallClock.day
    var reach = length.days * WallClock.day + length.seconds
    for (replaced, event) in onwards {
      slack += abs(frames.instant(events[event].start) - replaced)
      reach = max(reach, lengths[event].days * WallClock.day + lengths[event].seconds)
    }
    var upper = from - slack
    _ = expand(upper, to + slack)
    // Looks back for what began before the window and still lasts.
    let earliest = max(upper - reach - slack, master.start.wall)
    var stretch = 3600
    while upper > earliest {
      let lower = max(earliest, upper - stretch)
      if expand(lower, upper), isUnion, onwards.isEmpty { return }
      upper = lower
      stretch *= 4
    }
  }

  private func giveUnlessChanged(
    _ wall: Int, _ instant: Int, _ length: Length, _ index: Int, _ zone: ZoneTable,
    _ body: (Int, Int, Int) -> Void
  ) -> Bool {
    if exceptions.contains(instant) || changed[instant] != nil { return false }
    if !exceptedDays.isEmpty || !changedDays.isEmpty {
      let day = WallClock.dayNumber(wall)
      if exceptedDays.contains(day) || changedDays[day] != nil { return false }
    }
    let count = onwards.partitionPoint { $0.from <= instant }
    guard count > 0 else {
      body(instant, end(length, start: instant, wall: wall, zone), index)
      return true
    }
    let later = onwards[count - 1]
    // The same move on the clock as the one that the changed occurrence made.
    let event = events[later.event]
    let clock = frames.zone(event.start.frame)
    let moved = clock.wall(at: instant) + event.start.wall - clock.wall(at: later.from)
    let start = clock.instant(ofWall: moved)
    body(start, end(lengths[later.event], start: start, wall: moved, clock), later.event)
    return true
  }

  private func length(of period: CalendarEvent.Period, _ index: Int) -> Length {
    if let duration = period.duration {
      return Length(days: max(0, duration.days), seconds: max(0, duration.seconds))
    }
    guard let end = period.end else { return lengths[index] }
    let start = events[index].start
    return Length(
      seconds: max(0, frames.instant(end, within: start) - frames.instant(period.start, within: start)))
  }

  /// The last instant that UNTIL allows; a date means the whole of that day.
  private func lastInstant(_ until: CalendarTime, _ start: CalendarTime) -> Int {
    if start.isDate {
      // A time given to whole days: the day counts that it falls on.
      return frames.owner.instant(ofWall: WallClock.dayNumber(until.wall) * WallClock.day)
    }
    guard until.isDate else { return frames.instant(until, within: start) }
    return frames.zone(start.frame).instant(ofWall: until.wall + WallClock.day - 1)
  }

  /// A wall time after which UNTIL allows no occurrence.
  private func lastWall(_ rule: RecurrenceRule, _ start: CalendarTime) -> Int {
    guard let until = rule.until else { return .max }
    return frames.zone(start.frame).wall(at: lastInstant(until, start)) + WallClock.day
  }
}
