package import Programme

/// The clock of one zone as a sorted table of its changes: offset of an instant and instant of a wall time, by
/// binary search, without a `Calendar`.
///
/// A wall time that a change repeats is its first occurrence; one that a change removes is read with the offset
/// before the change (RFC 5545, section 3.3.5). Beyond the table's end the Gregorian cycle of 400 years repeats.
package final class ZoneTable: Sendable {
  /// What a clock change does to a wall time.
  package enum WallTime: Hashable, Sendable {
    case once, removed, repeated
  }

  /// The IANA name, or the TZID of the file that the zone belongs to.
  package let name: String
  /// The yearly rule that holds from the last change on; nil where there is none.
  let rule: PosixZoneRule?
  /// Instants (seconds since the epoch) from which `offsets` hold; the first is `Int.min`.
  let starts: [Int]
  /// Wall times from which `offsets` hold: for each change the later of its two wall times.
  let wallStarts: [Int]
  /// Seconds east of UTC.
  let offsets: [Int]
  /// From here on, times are looked up 400 years (a whole number of weeks) earlier.
  private let end: Int

  private static let cycle = 146_097 * WallClock.day

  package static let utc = ZoneTable(name: "UTC", first: 0, changes: [])

  /// - Parameters:
  ///   - first: the offset before all changes.
  ///   - changes: sorted by instant; the table must reach 400 years beyond the last irregular change, or `end` be
  ///     left out.
  init(
    name: String, first: Int, changes: [(instant: Int, offset: Int)], rule: PosixZoneRule? = nil,
    end: Int = .max
  ) {
    var starts = [Int.min]
    var wallStarts = [Int.min]
    var offsets = [first]
    for change in changes {
      let before = offsets[offsets.count - 1]
      guard change.offset != before, change.instant > starts[starts.count - 1] else { continue }
      starts.append(change.instant)
      wallStarts.append(max(wallStarts[wallStarts.count - 1], change.instant + max(before, change.offset)))
      offsets.append(change.offset)
    }
    self.name = name
    self.rule = rule
    self.starts = starts
    self.wallStarts = wallStarts
    self.offsets = offsets
    self.end = end
  }

  /// Seconds east of UTC at an instant given in seconds since the epoch. O(log changes).
  package func offset(at instant: Int) -> Int {
    offsets[index(of: folded(instant), in: starts)]
  }

  /// The instant, in seconds since the epoch, at which the clock shows `wall`. O(log changes).
  package func instant(ofWall wall: Int) -> Int {
    wall - offsets[index(of: folded(wall), in: wallStarts)]
  }

  /// What the clock shows at an instant.
  package func wall(at instant: Int) -> Int { instant + offset(at: instant) }

  /// Whether a wall time occurs once, never (removed) or twice (repeated). O(log changes).
  package func occurrence(ofWall wall: Int) -> WallTime {
    let wall = folded(wall)
    let next = index(of: wall, in: wallStarts) + 1
    guard next < starts.count else { return .once }
    let (before, after) = (offsets[next - 1], offsets[next])
    guard wall >= starts[next] + min(before, after) else { return .once }
    return after > before ? .removed : .repeated
  }

  private func folded(_ time: Int) -> Int {
    guard time >= end else { return time }
    return time - ((time - end) / ZoneTable.cycle + 1) * ZoneTable.cycle
  }

  /// The last index whose start is at or before `time`; `sorted` begins with `Int.min`.
  func index(of time: Int, in sorted: [Int]) -> Int {
    var low = 0
    var high = sorted.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if sorted[middle] <= time { low = middle } else { high = middle }
    }
    return low
  }
}

// In the solver's units: dates, minutes of the day, minutes since the epoch.
extension ZoneTable {
  /// Minutes since the epoch at which the clock shows `minute` (0…1440 and beyond) of `date`, rounded down.
  package func minute(of date: LocalDate, minute: Int = 0) -> Int {
    floorDivide(instant(ofWall: date.daysSinceEpoch * WallClock.day + minute * 60), 60)
  }

  /// The date and the minute of the day, 0…1439, that the clock shows at a minute since the epoch.
  package func local(minute: Int) -> (date: LocalDate, minute: Int) {
    let wall = wall(at: minute * 60)
    return (LocalDate(daysSinceEpoch: WallClock.dayNumber(wall)), WallClock.secondOfDay(wall) / 60)
  }

  /// The instant, with its offset, that the clock shows as `minute` of `date`.
  package func timestamp(of date: LocalDate, minute: Int) -> Timestamp {
    let instant = instant(ofWall: date.daysSinceEpoch * WallClock.day + minute * 60)
    return Timestamp(secondsSinceEpoch: instant, offset: offset(at: instant))
  }

  /// The instant of a minute since the epoch, with this zone's offset.
  package func timestamp(minute: Int) -> Timestamp {
    Timestamp(minute: minute, offset: offset(at: minute * 60))
  }

  package func occurrence(of date: LocalDate, minute: Int) -> WallTime {
    occurrence(ofWall: date.daysSinceEpoch * WallClock.day + minute * 60)
  }

  /// The wall minutes of `date` that a clock change removes or repeats; empty on nearly every day.
  package func changedMinutes(on date: LocalDate) -> [Range<Int>] {
    let midnight = date.daysSinceEpoch * WallClock.day
    var ranges: [Range<Int>] = []
    // A change is at most a day away from its own wall times.
    var next = index(of: folded(midnight - 2 * WallClock.day), in: starts) + 1
    let shift = midnight - folded(midnight)
    while next < starts.count, starts[next] + shift < midnight + 3 * WallClock.day {
      let lower = starts[next] + shift + min(offsets[next - 1], offsets[next])
      let upper = starts[next] + shift + max(offsets[next - 1], offsets[next])
      let first = max(0, floorDivide(lower - midnight, 60))
      let last = min(1440, ceilDivide(upper - midnight, 60))
      if first < last { ranges.append(first..<last) }
      next += 1
    }
    return ranges
  }
}

/// Turns wall times into instants, fast for times that come in order: it remembers the stretch it is in.
struct WallCursor {
  let zone: ZoneTable
  private var from = Int.max
  private var until = Int.min
  private var offset = 0

  init(_ zone: ZoneTable) { self.zone = zone }

  mutating func instant(ofWall wall: Int) -> Int {
    if wall >= from, wall < until { return wall - offset }
    let instant = zone.instant(ofWall: wall)
    offset = wall - instant
    let index = zone.index(of: wall, in: zone.wallStarts)
    // The last stretch may be followed by the 400-year cycle: never remembered.
    if index + 1 < zone.wallStarts.count {
      from = zone.wallStarts[index]
      until = zone.wallStarts[index + 1]
    } else if zone.wallStarts.count == 1 {
      from = .min
      until = .max
    }
    return instant
  }
}
