import Basics
internal import Calendars
internal import Programme
internal import Regions

/// A date, an hour and a venue.
struct MeetingSlot {
  var interval: MinuteInterval
  var start: Timestamp
  var end: Timestamp
  /// Of the venue's site, else of the host.
  var zone: String
  var venue: WorkshopSettings.Venue

  /// `2026-12-29 09:00 Aula`
  var text: String { "\(start.clockText) \(venue.name)" }

  /// The most people that so many groups at once take.
  func capacity(groups: Int, sizes: ClosedRange<Int>) -> Int {
    let inRooms = roomSizes(sizes).prefix(groups).reduce(0, +)
    return min(venue.capacity ?? .max, venue.rooms.isEmpty ? groups * sizes.upperBound : inRooms)
  }

  /// The most members of each of so many groups at once.
  func limits(groups: Int, sizes: ClosedRange<Int>) -> [Int] {
    let limits = roomSizes(sizes)
    return (0..<groups).map { $0 < limits.count ? limits[$0] : sizes.upperBound }
  }

  /// The smallest group grows first, while its room takes more.
  static func evenly(_ people: Int, from sizes: [Int], upTo most: [Int]) -> [Int] {
    var sizes = sizes
    for _ in 0..<max(0, people) {
      guard
        let next = sizes.indices.filter({ sizes[$0] < most[$0] }).min(by: {
          (sizes[$0], $0) < (sizes[$1], $1)
        })
      else { break }
      sizes[next] += 1
    }
    return sizes
  }

  /// What each room takes of a group, the largest first; rooms too small for any group are left aside.
  func roomSizes(_ sizes: ClosedRange<Int>) -> [Int] {
    rooms(sizes).map { min($0.capacity, sizes.upperBound) }
  }

  func rooms(_ sizes: ClosedRange<Int>) -> [WorkshopSettings.Venue.Room] {
    venue.rooms.filter { $0.capacity >= sizes.lowerBound }
      .sorted { ($1.capacity, $0.name) < ($0.capacity, $1.name) }
  }
}

/// The window of days and the slots in it.
struct SlotSearch {
  let first: LocalDate
  let last: LocalDate
  private(set) var slots: [MeetingSlot] = []

  /// - Parameter zones: the clocks of those who would come.
  init(_ input: WorkshopInput, zones: Set<String>) throws(WorkshopError) {
    let settings = input.host.at(cohort: input.cohort).workshop
    guard let cohort = input.host.cohort(input.cohort) else {
      throw .unknownCohort(UnknownCohort(input.cohort, of: input.regions))
    }
    guard !settings.venues.isEmpty else { throw .noVenue(region: input.host.id) }
    let middle = cohort.start.adding(days: (settings.week - 1) * 7)
    var days = input.only.sorted()
    if let earliest = days.first, let latest = days.last {
      (first, last) = (earliest, latest)
    } else {
      let start = max(cohort.start, middle.adding(days: -7 * settings.spread))
      let end = min(cohort.end.adding(days: -1), middle.adding(days: 7 * settings.spread + 6))
      (first, last) = (start, end)
      days = (0..<max(0, end.days(since: start) + 1)).map { start.adding(days: $0) }
        .filter { day in
          !settings.avoid.contains { $0.contains(day) } || input.previous.contains { $0.start.date == day }
        }
    }
    days.removeAll { input.excluded.contains($0) }
    guard let own = try? ZoneDatabase.zone(input.host.timeZone) else {
      throw .unknownZone(input.host.timeZone, of: input.host.id)
    }
    for venue in settings.venues {
      let site = venue.site.flatMap(input.host.site(named:))
      let zoneName = site?.timeZone ?? input.host.timeZone
      guard let zone = try? ZoneDatabase.zone(zoneName) else { throw .unknownZone(zoneName, of: venue.name) }
      let closed = site.flatMap { input.holidays[SiteKey(region: input.host.id, site: $0.name)] } ?? []
      let clock = venue.isOnline ? own : zone
      var starts = settings.starts
      if venue.isOnline, zones.count > 1 { starts = Set(starts + (0..<24).map { $0 * 60 }).sorted() }
      for date in days where !closed.contains(date) {
        for minute in starts where clock.occurrence(of: date, minute: minute) == .once {
          let start = clock.timestamp(of: date, minute: minute)
          if let now = input.now, start.secondsSinceEpoch <= now.secondsSinceEpoch { continue }
          let interval = MinuteInterval(start: start.minute, end: start.minute + settings.length)
          slots.append(
            MeetingSlot(
              interval: interval, start: start, end: clock.timestamp(minute: interval.end),
              zone: venue.isOnline ? input.host.timeZone : zoneName, venue: venue))
        }
      }
    }
    slots.sort { ($0.interval, $0.venue.name) < ($1.interval, $1.venue.name) }
    if let now = input.now, slots.isEmpty, now.date > last {
      throw .windowIsPast(region: input.host.id, last: last)
    }
    if days.isEmpty, first <= last {
      throw .everyDayExcluded(region: input.host.id, first: first, last: last)
    }
  }
}
