import Basics
import Foundation
import Programme
import Testing

@testable import Calendars

@Suite struct ZoneTableTests {
  @Test func changesRemoveAndRepeatTimes() throws {
    let zone = try ZoneDatabase.zone("Europe/Warsaw")
    let spring = try #require(LocalDate(iso8601: "2026-03-29"))
    let autumn = try #require(LocalDate(iso8601: "2026-10-25"))
    #expect(zone.changedMinutes(on: spring) == [120..<180])
    #expect(zone.changedMinutes(on: autumn) == [120..<180])
    #expect(zone.changedMinutes(on: spring.adding(days: 1)) == [])
    #expect(zone.occurrence(of: spring, minute: 150) == .removed)
    #expect(zone.occurrence(of: autumn, minute: 150) == .repeated)
    #expect(zone.occurrence(of: spring, minute: 180) == .once)
    #expect(zone.occurrence(of: spring, minute: 119) == .once)
    #expect(zone.occurrence(of: autumn, minute: 180) == .once)
    // A removed time is read with the offset before the change, a repeated one is its first.
    #expect(zone.timestamp(of: spring, minute: 150).description == "2026-03-29T03:30:00+02:00")
    #expect(zone.timestamp(of: autumn, minute: 150).description == "2026-10-25T02:30:00+02:00")
    // The year 2426 is as the year 2026, one cycle of the calendar later.
    let later = try #require(LocalDate(iso8601: "2826-03-29"))
    #expect(zone.changedMinutes(on: later) == [120..<180])
    #expect(zone.occurrence(of: later, minute: 150) == .removed)
    #expect(zone.timestamp(of: later, minute: 100).description == "2826-03-29T01:40:00+01:00")
  }

  @Test func aDayMayBeMissing() throws {
    let zone = try ZoneDatabase.zone("Pacific/Apia")
    let gone = try #require(LocalDate(iso8601: "2011-12-30"))
    #expect(zone.changedMinutes(on: gone) == [0..<1440])
    #expect(zone.occurrence(of: gone, minute: 0) == .removed)
    #expect(zone.occurrence(of: gone.adding(days: 1), minute: 0) == .once)
  }

  /// Every zone's table agrees with Foundation's on the years that are planned in.
  @Test func tablesAgreeWithFoundation() throws {
    var instants: [Int] = []
    let first = WallClock.firstDay(year: 2020) * WallClock.day
    for step in 0..<(16 * 73) { instants.append(first + step * 5 * WallClock.day + 3600) }
    var compared = 0
    for name in [
      "Europe/Warsaw", "Europe/Berlin", "Europe/Budapest", "America/New_York", "Asia/Shanghai",
      "Australia/Lord_Howe", "Europe/Dublin", "America/Sao_Paulo", "Asia/Kolkata", "Pacific/Chatham",
    ] {
      let zone = try ZoneDatabase.zone(name)
      let other = try #require(TimeZone(identifier: name))
      for instant in instants {
        let expected = other.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant)))
        #expect(zone.offset(at: instant) == expected, "\(name) at \(instant)")
        compared += 1
      }
      let fallback = try #require(ZoneDatabase.foundationZone(name))
      #expect(instants.allSatisfy { fallback.offset(at: $0) == zone.offset(at: $0) }, "\(name)")
    }
    #expect(compared > 10_000)
  }

  @Test func minutesGoOutAndComeBack() throws {
    let zone = try ZoneDatabase.zone("America/New_York")
    let date = try #require(LocalDate(iso8601: "2026-11-01"))
    for minute in stride(from: 0, to: 1440, by: 7) where zone.occurrence(of: date, minute: minute) == .once {
      let local = zone.local(minute: zone.minute(of: date, minute: minute))
      #expect(local.date == date)
      #expect(local.minute == minute)
    }
  }

  @Test func hostileNamesAreNoZones() {
    for name in [
      "", "../../etc/passwd", "Europe/../../../etc/passwd", "/etc/passwd", "Europe", "right/Europe/Berlin",
      "Factory",
      "posixrules", "Europe/Berlin\u{0}", "Europe/Atlantis", "zone.tab", "Europe/Berlin ", "tzdata.zi",
      String(repeating: "A", count: 500),
    ] {
      #expect(throws: CalendarError.unknownZone(name)) { try ZoneDatabase.zone(name) }
    }
  }

  @Test func cursorsAgreeWithTables() throws {
    for name in ["Europe/Warsaw", "UTC", "Pacific/Apia"] {
      let zone = try ZoneDatabase.zone(name)
      var cursor = WallCursor(zone)
      for wall in stride(from: -4_000_000_000, to: 30_000_000_000, by: 1_234_567) {
        #expect(cursor.instant(ofWall: wall) == zone.instant(ofWall: wall))
      }
    }
  }
}

@Suite struct ZoneNamesTests {
  static let berlin = """
    BEGIN:VTIMEZONE
    TZID:%
    BEGIN:STANDARD
    DTSTART:16010101T030000
    TZOFFSETFROM:+0200
    TZOFFSETTO:+0100
    RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
    END:STANDARD
    BEGIN:DAYLIGHT
    DTSTART:16010101T020000
    TZOFFSETFROM:+0100
    TZOFFSETTO:+0200
    RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
    END:DAYLIGHT
    END:VTIMEZONE

    """

  private func start(_ zone: String, own: String = "", territory: String? = nil) throws -> String {
    let text =
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=\(zone):20260705T100000\nEND:VEVENT\n"
      + own.replacing("%", with: zone) + "END:VCALENDAR\n"
    let file = CalendarFile.read(Array(text.utf8), territory: territory)
    guard let event = file.events.first, file.diagnostics.isEmpty else {
      return file.diagnostics.map(\.message).joined()
    }
    let instant = EventSeries.Frames(zones: file.zones, owner: .utc).instant(event.start)
    return "\(file.zones[0].name) \(Timestamp(secondsSinceEpoch: instant, offset: 0))"
  }

  @Test func namesAreTriedInOrder() throws {
    // An IANA name is that zone, whatever the file says of it.
    #expect(try start("Asia/Tokyo", own: Self.berlin) == "Asia/Tokyo 2026-07-05T01:00:00Z")
    #expect(try start("/freeassociation.sourceforge.net/Asia/Tokyo") == "Asia/Tokyo 2026-07-05T01:00:00Z")
    // The file's own zone comes before the Windows name.
    #expect(try start("Tokyo Standard Time", own: Self.berlin) == "Tokyo Standard Time 2026-07-05T08:00:00Z")
    #expect(
      try start("Customized Time Zone", own: Self.berlin) == "Customized Time Zone 2026-07-05T08:00:00Z")
    #expect(try start("Tokyo Standard Time") == "Asia/Tokyo 2026-07-05T01:00:00Z")
    #expect(try start("W. Europe Standard Time 1") == "Europe/Berlin 2026-07-05T08:00:00Z")
    #expect(try start("W. Europe Standard Time", territory: "at") == "Europe/Vienna 2026-07-05T08:00:00Z")
    #expect(
      try start("Customized Time Zone")
        == "unknown time zone 'Customized Time Zone': give its IANA name, or a VTIMEZONE in the same file; its times "
        + "are read on the owner's clock, 1 event at 2026-07-05 10:00")
  }

  @Test(arguments: [
    ("/Europe/Berlin", "Europe/Berlin", 8), ("europe/berlin", "Europe/Berlin", 8),
    ("tzone://Microsoft/Utc", "Etc/UTC", 10), ("w. europe standard time", "Europe/Berlin", 8),
    ("\"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna\"", "Europe/Amsterdam", 8),
    ("\"Amsterdam, Belgrade, Berlin, Brussels\"", "Europe/Amsterdam", 8),
    ("\"(UTC-05:00) Eastern Time (US & Canada)\"", "America/New_York", 14),
    ("\"(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi\"", "Asia/", 2),
    ("\"(UTC) Coordinated Universal Time\"", "Etc/UTC", 10), ("GMT+0100", "GMT+0100", 9),
    ("\"UTC-03:30\"", "UTC-03:30", 13),
  ])
  func otherNamesOfAZoneAreKnown(_ written: String, _ zone: String, _ hour: Int) throws {
    let start = try start(written)
    #expect(start.hasPrefix(zone))
    #expect(start.contains("2026-07-05T\(hour < 10 ? "0" : "")\(hour):"))
  }

  /// Busy on its owner's clock, with a warning.
  @Test(arguments: [
    "Mitteleuropäische Zeit", "Western/Central Europe", "\"(GMT +01:00)\"", "Customized Time Zone",
    "\"(UTC+09:00) Berlin\"", "GMT+99",
  ])
  func whatNamesNoZoneIsOnTheOwnersClock(_ name: String) throws {
    let text =
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=\(name):20261005T070000\nDTEND;TZID=\(name):20261005T190000\n"
      + "END:VEVENT\nEND:VCALENDAR\n"
    let file = CalendarFile.read(Array(text.utf8))
    #expect(file.diagnostics.map(\.severity) == [.warning])
    #expect(!file.isUnderstood)
    let day = MinuteInterval(start: 20_731 * 1440, end: 20_732 * 1440)
    let busy = file.busyTime(in: day, zone: try ZoneDatabase.zone("Europe/Warsaw"))
    #expect(busy.intervals == [MinuteInterval(start: day.start + 300, end: day.start + 1020)])
  }

  @Test func zonesOfOneNameInTwoFilesDiffer() throws {
    let other =
      "BEGIN:VTIMEZONE\nTZID:%\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0800\n"
      + "TZOFFSETTO:+0800\nEND:STANDARD\nEND:VTIMEZONE\n"
    #expect(try start("Customized Time Zone", own: other) == "Customized Time Zone 2026-07-05T02:00:00Z")
    #expect(
      try start("Customized Time Zone", own: Self.berlin) == "Customized Time Zone 2026-07-05T08:00:00Z")
  }

  private static let onOwnersClock = "; its times are read on the owner's clock, 1 event at 2026-07-05 10:00"

  @Test func brokenZonesAreReported() throws {
    #expect(
      try start("X Y", own: "BEGIN:VTIMEZONE\nTZID:%\nEND:VTIMEZONE\n")
        == "the VTIMEZONE 'X Y' has neither STANDARD nor DAYLIGHT\(Self.onOwnersClock)")
    let endless = Self.berlin.replacing("FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3", with: "FREQ=SECONDLY")
    #expect(
      try start("X Y", own: endless) == "the VTIMEZONE 'X Y' changes its clock too often\(Self.onOwnersClock)"
    )
  }

  @Test func windowsNamesAreAllKnown() throws {
    #expect(WindowsZones.names.count == 139)
    for name in WindowsZones.names {
      for territory in [nil, "PL", "HU", "CN", "US"] {
        let iana = try #require(WindowsZones.ianaName(for: name, territory: territory))
        #expect(ZoneDatabase.contains(iana), "\(iana)")
      }
    }
    #expect(WindowsZones.ianaName(for: "Central Europe Standard Time") == "Europe/Budapest")
    #expect(WindowsZones.ianaName(for: "Central Europe Standard Time", territory: "CZ") == "Europe/Prague")
    #expect(WindowsZones.ianaName(for: "UTC-11") == "Etc/GMT+11")
    #expect(WindowsZones.ianaName(for: "Nowhere Standard Time") == nil)
  }

  @Test func aOwnZoneIsTheIANAZoneInEveryYear() throws {
    let text =
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=X Y:20260705T100000\nEND:VEVENT\n"
      + Self.berlin.replacing("%", with: "X Y") + "END:VCALENDAR\n"
    let file = CalendarFile.read(Array(text.utf8))
    let own = try #require(file.zones.first)
    let zone = try ZoneDatabase.zone("Europe/Berlin")
    let from = WallClock.firstDay(year: 1997) * WallClock.day
    for instant in stride(from: from, to: from + 900 * 366 * WallClock.day, by: 86_400 * 5 + 3607) {
      #expect(own.offset(at: instant) == zone.offset(at: instant))
    }
  }
}
