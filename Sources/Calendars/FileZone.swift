import Synchronization

/// One VTIMEZONE of a file (RFC 5545, section 3.6.5), before it is made into a table.
struct FileZone: Hashable, Sendable {
  /// A STANDARD or DAYLIGHT.
  struct Observance: Hashable, Sendable {
    /// Wall seconds, on the clock as it was before the onset.
    var start: Int?
    var from: Int?
    var to: Int?
    var rules: [RecurrenceRule] = []
    var dates: [CalendarTime] = []
  }

  var name = ""
  var observances: [Observance] = []

  /// Onsets of a hostile zone must fill neither memory nor time; a century of two a year is far below.
  private static let mostOnsets = 4000
  /// Rules are followed for one cycle of the calendar from here; later times are looked up a cycle earlier.
  private static let lastYear = 2437

  /// The zone as a table, each distinct VTIMEZONE once: the calendars of one programme say the same few.
  /// - Throws: `CalendarError.brokenZone`.
  func table() throws(CalendarError) -> ZoneTable {
    if let known = FileZone.known.withLock({ $0[self] }) { return known }
    let made = try build()
    FileZone.known.withLock { if $0.count < 512 { $0[self] = made } }
    return made
  }

  private static let known = Mutex<[FileZone: ZoneTable]>([:])

  private func build() throws(CalendarError) -> ZoneTable {
    guard !observances.isEmpty else { throw .brokenZone(name, "has neither STANDARD nor DAYLIGHT") }
    var changes: [(instant: Int, from: Int, to: Int)] = []
    for observance in observances {
      guard let start = observance.start else { throw .brokenZone(name, "lacks a DTSTART") }
      guard let to = observance.to else { throw .brokenZone(name, "lacks a TZOFFSETTO") }
      let from = observance.from ?? to
      var walls = [start]
      let end = WallClock.firstDay(year: FileZone.lastYear + 1) * WallClock.day
      for rule in observance.rules {
        // UNTIL of an onset is UTC; on the clock before the onset that is `from` later.
        var last = Int.max
        if let until = rule.until {
          last = until.frame == .utc ? until.wall + from : until.wall + (until.isDate ? WallClock.day - 1 : 0)
        }
        let expansion = RecurrenceExpansion(rule: rule, start: start, isDate: false, last: last)
        // The zones that Exchange writes begin in 1601; no meeting was held then.
        let first = max(start, WallClock.firstDay(year: 1900) * WallClock.day)
        expansion.forEach(from: first, to: end) { wall in
          walls.append(wall)
          return walls.count <= FileZone.mostOnsets
        }
      }
      for date in observance.dates { walls.append(date.frame == .utc ? date.wall + from : date.wall) }
      guard walls.count <= FileZone.mostOnsets else { throw .brokenZone(name, "changes its clock too often") }
      changes += walls.map { ($0 - from, from, to) }
    }
    changes.sort { ($0.instant, $0.to, $0.from) < ($1.instant, $1.to, $1.from) }
    guard let earliest = changes.first else { throw .brokenZone(name, "never begins") }
    return ZoneTable(
      name: name, first: earliest.from, changes: changes.map { ($0.instant, $0.to) },
      end: observances.contains { !$0.rules.isEmpty }
        ? WallClock.firstDay(year: FileZone.lastYear) * WallClock.day : .max)
  }

  /// `+0100`, `-043000` in seconds; nil otherwise.
  static func offset(_ text: Octets) -> Int? {
    guard text.count == 5 || text.count == 7, text[0] == 0x2B || text[0] == 0x2D,
      let hours = text.digits(1, 3),
      let minutes = text.digits(3, 5), hours < 24, minutes < 60
    else { return nil }
    var seconds = 0
    if text.count == 7 {
      guard let given = text.digits(5, 7), given < 60 else { return nil }
      seconds = given
    }
    return (hours * 3600 + minutes * 60 + seconds) * (text[0] == 0x2D ? -1 : 1)
  }
}

/// The zone that a TZID means, in the order of design/invitations.md: the IANA zone of that name, the file's own
/// VTIMEZONE, the Windows name; never UTC in silence.
struct ZoneNames {
  /// The VTIMEZONEs of the calendar object at hand.
  var own: [String: FileZone] = [:]
  /// Two capital letters; chooses among the IANA zones of one Windows name.
  var territory: String?

  /// - Throws: `CalendarError.unknownZone`, `.brokenZone`, `.brokenZoneFile`.
  func zone(_ name: String) throws(CalendarError) -> ZoneTable {
    if ZoneDatabase.contains(name) { return try ZoneDatabase.zone(name) }
    // "/Europe/Berlin", "/mozilla.org/20050126_1/Europe/Berlin": a globally unique name that ends in an IANA name.
    var rest = name[...]
    while rest.hasPrefix("/") || rest.count < name.count, let slash = rest.firstIndex(of: "/") {
      rest = rest[rest.index(after: slash)...]
      if ZoneDatabase.contains(String(rest)) { return try ZoneDatabase.zone(String(rest)) }
    }
    var own: CalendarError?
    do throws(CalendarError) {
      if let zone = self.own[name] { return try zone.table() }
    } catch {
      own = error
    }
    if let iana = WindowsZones.ianaName(for: name, territory: territory) ?? ZoneLabel.ianaName(for: name) {
      return try ZoneDatabase.zone(iana)
    }
    if let offset = ZoneLabel.offset(name) { return ZoneTable(name: name, first: offset, changes: []) }
    throw own ?? .unknownZone(name)
  }
}
