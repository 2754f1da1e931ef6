import Basics

/// A zone in the one shape of VTIMEZONE that Exchange takes: one STANDARD, at most one DAYLIGHT, each with a yearly
/// rule of one nth weekday, begun in 1970.
struct ZoneShape {
  let name: String
  private let standard: Int
  private let daylight: (offset: Int, begins: Onset, ends: Onset)?

  private struct Onset {
    let wall: Int
    let rule: String
  }

  /// nil where the zone's clock in the years from `first` to `last` does not fit that shape: then its times are
  /// written in UTC.
  init?(_ zone: ZoneTable, years: ClosedRange<Int>) {
    name = zone.name
    guard ZoneDatabase.isPlausible(zone.name) else { return nil }
    let from = WallClock.firstDay(year: years.lowerBound) * WallClock.day - 2 * WallClock.day
    let to = WallClock.firstDay(year: years.upperBound + 1) * WallClock.day + 2 * WallClock.day
    let changes = zone.changes(from: from, to: to)
    guard let rule = zone.rule, let daylight = rule.daylight else {
      guard changes.isEmpty else { return nil }
      standard = zone.offset(at: from)
      self.daylight = nil
      return
    }
    let expected = (years.lowerBound - 1...years.upperBound + 1).flatMap(rule.changes(year:))
    guard changes.elementsEqual(expected.filter { $0.instant > from && $0.instant <= to }, by: { $0 == $1 }),
      expected.last(where: { $0.instant <= from })?.offset == zone.offset(at: from),
      let begins = ZoneShape.onset(daylight.begins), let ends = ZoneShape.onset(daylight.ends)
    else { return nil }
    // Ireland's standard time is that of summer; to every reader the later clock is daylight time.
    if daylight.offset > rule.standard {
      standard = rule.standard
      self.daylight = (daylight.offset, begins, ends)
    } else {
      standard = daylight.offset
      self.daylight = (rule.standard, ends, begins)
    }
  }

  private static func onset(_ change: PosixZoneRule.Change) -> Onset? {
    guard case .weekday(let month, let week, let weekday) = change.day,
      (0..<WallClock.day).contains(change.second)
    else { return nil }
    let day = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][weekday]
    return Onset(
      wall: change.wall(year: 1970),
      rule: "RRULE:FREQ=YEARLY;BYMONTH=\(month);BYDAY=\(week == 5 ? -1 : week)\(day)")
  }

  func write(to writer: inout ContentLineWriter) {
    writer.literal("BEGIN:VTIMEZONE")
    writer.literal("TZID:\(name)")
    let other = daylight?.offset ?? standard
    write("STANDARD", from: other, to: standard, daylight?.ends, &writer)
    if let daylight { write("DAYLIGHT", from: standard, to: daylight.offset, daylight.begins, &writer) }
    writer.literal("END:VTIMEZONE")
  }

  private func write(
    _ observance: String, from: Int, to: Int, _ onset: Onset?, _ writer: inout ContentLineWriter
  ) {
    writer.literal("BEGIN:\(observance)")
    writer.begin("DTSTART")
    writer.time(wall: onset?.wall ?? 0, isUTC: false)
    writer.literal("TZOFFSETFROM:\(ZoneShape.offset(from))")
    writer.literal("TZOFFSETTO:\(ZoneShape.offset(to))")
    if let onset { writer.literal(onset.rule) }
    writer.literal("END:\(observance)")
  }

  /// `+0200`, with seconds where there are some.
  private static func offset(_ seconds: Int) -> String {
    let size = abs(seconds)
    let clock = (size / 3600).digits(2) + (size / 60 % 60).digits(2)
    return (seconds < 0 ? "-" : "+") + clock + (size % 60 == 0 ? "" : (size % 60).digits(2))
  }
}

extension ZoneTable {
  /// The clock changes after `from` up to `to`, in seconds since the epoch.
  func changes(from: Int, to: Int) -> [(instant: Int, offset: Int)] {
    var changes: [(instant: Int, offset: Int)] = []
    var next = index(of: from, in: starts) + 1
    while next < starts.count, starts[next] <= to {
      changes.append((starts[next], offsets[next]))
      next += 1
    }
    return changes
  }

  /// Whether the clock shows the time of this instant at another one, too, since it was or will be put back.
  func showsTwice(_ instant: Int) -> Bool {
    let (from, to) = (instant - WallClock.day, instant + WallClock.day)
    var before = offset(at: from)
    for change in changes(from: from, to: to) {
      if change.offset < before,
        (change.instant + change.offset..<change.instant + before).contains(wall(at: instant))
      {
        return true
      }
      before = change.offset
    }
    return false
  }
}
