package import Calendars
package import Programme

/// The starts that a plan offers: days and ticks on the clock of one zone. Times that a clock change removes or
/// repeats are none of them, nor starts whose session would run through a change.
package struct StartGrid: Sendable {
  package let zone: ZoneTable
  package let first: LocalDate
  package let days: Int
  /// Minutes between two ticks.
  package let step: Int
  /// Minutes since midnight of tick 0.
  package let origin: Int
  /// Minutes of a session.
  package let length: Int
  /// Minutes since the epoch of each day's tick 0; days of a clock change are in `changed` instead.
  private let base: [Int]
  /// By day, where a clock changes: the instants of its ticks, nil where none is offered.
  private let changed: [Int: [Int?]]

  package init(zone: ZoneTable, first: LocalDate, days: Int, step: Int, origin: Int, length: Int) {
    self.zone = zone
    self.first = first
    self.days = days
    self.step = max(1, step)
    self.origin = origin
    self.length = length
    var base: [Int] = []
    var changed: [Int: [Int?]] = [:]
    for day in 0..<days {
      let date = first.adding(days: day)
      base.append(zone.minute(of: date, minute: origin))
      // A change shows in the offset of a day, or in the wall times that it removes or repeats.
      let isPlain =
        zone.changedMinutes(on: date).isEmpty && zone.changedMinutes(on: date.adding(days: 1)).isEmpty
        && zone.minute(of: date) + 1440 == zone.minute(of: date.adding(days: 1))
      if isPlain { continue }
      changed[day] = (0..<SessionGrid.most).map { tick in
        StartGrid.start(on: date, wall: origin + tick * max(1, step), length: length, in: zone)
      }
    }
    self.base = base
    self.changed = changed
  }

  /// When a session begins that is to begin at a wall time; nil: a clock change removes or repeats some of it.
  private static func start(on date: LocalDate, wall: Int, length: Int, in zone: ZoneTable) -> Int? {
    let start = zone.minute(of: date, minute: wall)
    guard zone.minute(of: date, minute: wall + length) - start == length else { return nil }
    for (day, offset) in [(date, 0), (date.adding(days: 1), 1440)] {
      let isTouched = zone.changedMinutes(on: day).contains {
        wall < $0.upperBound + offset && $0.lowerBound + offset < wall + length
      }
      if isTouched { return nil }
    }
    return start
  }

  /// How many starts of a session's length: what it takes of a room.
  package var sessionTicks: Int { (length + step - 1) / step }

  /// How many ticks a day has before midnight.
  private var ticks: Int { min(SessionGrid.most, (1440 - origin + step - 1) / step) }

  /// What the grid says to a start.
  package enum Offer: Hashable, Sendable {
    case offered
    case offGrid
    /// A clock change removes or repeats some of it.
    case clockChange
  }

  /// Of any day, before and after the grid's, too.
  package func offer(at minute: Int) -> Offer {
    let local = zone.local(minute: minute)
    let (tick, rest) = (local.minute - origin).quotientAndRemainder(dividingBy: step)
    guard rest == 0, (0..<ticks).contains(tick) else { return .offGrid }
    let start = StartGrid.start(on: local.date, wall: local.minute, length: length, in: zone)
    return start == minute ? .offered : .clockChange
  }

  /// What the clock says to any time, on the grid or off it.
  package func offer(of interval: MinuteInterval) -> Offer {
    let local = zone.local(minute: interval.start)
    let start = StartGrid.start(on: local.date, wall: local.minute, length: interval.length, in: zone)
    return start == interval.start ? .offered : .clockChange
  }

  /// The whole steps that a time touches.
  package func rounded(_ interval: MinuteInterval) -> MinuteInterval {
    let past = (zone.local(minute: interval.start).minute - origin) % step
    let start = interval.start - (past < 0 ? past + step : past)
    let steps = (interval.end - start + step - 1) / step
    return MinuteInterval(start: start, end: start + steps * step)
  }

  /// The day of an instant, as the grid counts: negative before its first.
  package func day(of minute: Int) -> Int { zone.local(minute: minute).date.days(since: first) }

  /// Minutes since the epoch of a start; nil: it is not offered.
  package func minute(day: Int, tick: Int) -> Int? {
    guard base.indices.contains(day), (0..<ticks).contains(tick) else { return nil }
    if let instants = changed[day] { return instants[tick] }
    return base[day] + tick * step
  }

  /// Minutes since the epoch at which a tick begins, be it a start that is offered or not, after midnight too.
  func instant(day: Int, tick: Int) -> Int {
    let wall = origin + tick * step
    if wall < 1440, changed[day] == nil, base.indices.contains(day) { return base[day] + tick * step }
    return zone.minute(of: first.adding(days: day), minute: wall)
  }

  /// The day and the tick of an instant, where it is a start that the grid offers.
  package func place(of minute: Int) -> (day: Int, tick: Int)? {
    let local = zone.local(minute: minute)
    let day = local.date.days(since: first)
    let (tick, rest) = (local.minute - origin).quotientAndRemainder(dividingBy: step)
    guard rest == 0, self.minute(day: day, tick: tick) == minute else { return nil }
    return (day, tick)
  }

  /// By day, the starts from which a whole session fits into the free spans (sorted, disjoint).
  /// O(days × ticks + spans): both are walked once in order.
  package func starts(in free: [MinuteInterval]) -> [UInt64] {
    var masks = Array(repeating: UInt64(0), count: days)
    var next = 0
    for day in 0..<days {
      while next < free.count, free[next].end <= base[day] - 1440 { next += 1 }
      if let instants = changed[day] {
        for tick in 0..<ticks {
          guard let start = instants[tick] else { continue }
          if free.dropFirst(next).prefix(while: { $0.start <= start }).contains(where: {
            start + length <= $0.end
          }) {
            masks[day] |= 1 << UInt64(tick)
          }
        }
        continue
      }
      let last = base[day] + (ticks - 1) * step
      var at = next
      while at < free.count, free[at].start <= last {
        let span = free[at]
        at += 1
        guard span.length >= length, span.end > base[day] else { continue }
        let from = max(0, (span.start - base[day] + step - 1) / step)
        let until = min(ticks - 1, (span.end - length - base[day]) / step)
        guard span.end - length >= base[day], from <= until else { continue }
        masks[day] |= Occupancy.ticks(from: from, count: until - from + 1)
      }
    }
    return masks
  }

  /// Without the starts that fall, on somebody's own clock, on one of the dates.
  func removing(_ dates: Set<LocalDate>, on other: ZoneTable, from masks: [UInt64]) -> [UInt64] {
    var masks = masks
    for date in dates {
      let middle = date.days(since: first)
      for day in max(0, middle - 1)...max(0, middle + 1) where masks.indices.contains(day) {
        for tick in 0..<ticks where masks[day] >> UInt64(tick) & 1 == 1 {
          guard let start = minute(day: day, tick: tick), other.local(minute: start).date == date else {
            continue
          }
          masks[day] &= ~(1 << UInt64(tick))
        }
      }
    }
    return masks
  }

  /// For somebody on another clock: by day, the starts that fall on their day before, and on their day after.
  package func shifted(to other: ZoneTable) -> (before: [UInt64], after: [UInt64]) {
    var before = Array(repeating: UInt64(0), count: days)
    var after = before
    for day in 0..<days {
      let date = first.adding(days: day)
      for tick in 0..<ticks {
        guard let start = minute(day: day, tick: tick) else { continue }
        let theirs = other.local(minute: start).date
        if theirs < date { before[day] |= 1 << UInt64(tick) }
        if theirs > date { after[day] |= 1 << UInt64(tick) }
      }
    }
    return (before, after)
  }
}
