import Foundation
import Testing
import ToolSupport

/// Calendars that other programs write or that are damaged: their time stays busy, and the exit code says whether something
/// could not be read.
@Suite struct DamagedCalendarTests {
  /// The mentor is away from 5 to 16 October, 07:00 to 19:00, as each of these says in its own way.
  @Test(arguments: [
    // One blank behind EXDATE, and behind other values.
    (
      [
        "DTSTART;TZID=Europe/Warsaw:20261005T070000", "DTEND;TZID=Europe/Warsaw:20261005T190000",
        "RRULE:FREQ=DAILY;COUNT=12", "EXDATE;TZID=Europe/Warsaw:20261010T070000 ",
      ], "", 0
    ),
    (
      [
        "DTSTART;TZID=Europe/Warsaw:20261005T070000 ", "DTEND;TZID=Europe/Warsaw: 20261005T190000",
        "RRULE:FREQ=WEEKLY;BYDAY=MO, TU, WE, TH, FR ;COUNT= 10",
      ], "", 0
    ),
    // One EXDATE that cannot be read.
    (
      [
        "DTSTART;TZID=Europe/Warsaw:20261005T070000", "DTEND;TZID=Europe/Warsaw:20261005T190000",
        "RRULE:FREQ=DAILY;COUNT=12", "EXDATE:20261010T0700xx",
      ],
      "6: warning: EXDATE has the value '20261010T0700xx', which cannot be read: that occurrence stays busy",
      65
    ),
    // DTEND and DURATION.
    (
      [
        "DTSTART;TZID=Europe/Warsaw:20261005T070000", "DTEND;TZID=Europe/Warsaw:20261016T190000",
        "DURATION:PT0S",
      ], "2: warning: DTEND and DURATION of the VEVENT contradict each other: the longer counts", 0
    ),
    // Zones.
    (
      ["DTSTART;TZID=/Europe/Warsaw:20261005T070000", "DTEND;TZID=/Europe/Warsaw:20261016T190000"], "", 0
    ),
    (
      [
        "DTSTART;TZID=\"(UTC+01:00) Sarajevo, Skopje, Warsaw, Zagreb\":20261005T070000",
        "DTEND;TZID=\"(UTC+01:00) Sarajevo, Skopje, Warsaw, Zagreb\":20261016T190000",
      ], "", 0
    ),
    (
      ["DTSTART;TZID=Mitteleuropa:20261005T070000", "DTEND;TZID=Mitteleuropa:20261016T190000"],
      "3: warning: unknown time zone 'Mitteleuropa': give its IANA name, or a VTIMEZONE in the same file; its times are "
        + "read on the owner's clock, 1 event at 2026-10-05 07:00", 65
    ),
  ])
  func nothingIsPlannedOnIt(_ lines: [String], _ warning: String, _ code: Int32) throws {
    let folder = try TestFolder()
    let file = try folder.write(
      (["BEGIN:VCALENDAR", "BEGIN:VEVENT"] + lines + ["END:VEVENT", "END:VCALENDAR", ""]).joined(
        separator: "\n"),
      to: "10.ics")
    let other = try folder.write("BEGIN:VCALENDAR\nEND:VCALENDAR\n", to: "20.ics")
    let run = ScheduleRun(
      ["--cohort", "2026-autumn", "--busy", file, other], input: ScheduleRun.stream(1))
    #expect(run.status.rawValue == code, "\(run.errors)")
    let complaint = run.errors.split(separator: "\n").filter { $0.contains("10.ics") }
    #expect(complaint == (warning.isEmpty ? [] : ["\(file):\(warning)"]))
    let starts = run.lines.filter { $0.contains(#""record":"session""#) }
      .compactMap { $0.firstMatch(of: #/"start":"(\d{4}-\d\d-\d\d)/#)?.output.1 }
    #expect(starts.count == 10)
    #expect(starts.allSatisfy { $0 > "2026-10-16" })
  }
}
