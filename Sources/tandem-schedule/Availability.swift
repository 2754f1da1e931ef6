import ArgumentParser
import Basics
import Calendars
import Programme
import RecordStream
import Regions
import Scheduling
import ToolSupport

/// The options that say when people can, and what time it is: of every command that looks for times. What is past stays,
/// and notice counts from the present.
struct Availability: ParsableArguments {
  @OptionGroup(title: "When people can") var absences: BusyOptions

  @OptionGroup var time: NowOption

  /// Reads the calendars of those who are in the tandems of `input`, and adds the absences, those of the stream too; false where some file was bad.
  ///
  /// - Throws: exit code 64 where an absence is of nobody on the stream.
  func read(
    _ calendars: CalendarFolder, absences recorded: [Absence], in window: MinuteInterval?,
    into input: inout CohortInput, on console: Console
  ) throws -> Bool {
    try Availability.read(calendars, absences, recorded: recorded, in: window, into: &input, on: console)
  }

  /// The same of the options of a command that has its own time.
  static func read(
    _ calendars: CalendarFolder, _ absences: BusyOptions, recorded: [Absence], in window: MinuteInterval?,
    into input: inout CohortInput, on console: Console
  ) throws -> Bool {
    let reading = try absences.read(
      calendars, of: input.people, absent: recorded, in: window, regions: input.regions,
      beside: Set(input.previous.map(\.uid)), on: console)
    input.busy = reading.busy
    input.absences = reading.absences
    if window != nil {
      let ours = input.tandems.filter { $0.cohort == input.cohort }
      let planned = Set(ours.flatMap { [$0.mentor, $0.mentee] }).filter { input.people[$0] != nil }
      Diagnostic.withoutCalendar(planned.subtracting(reading.hasCalendar), of: planned, "people")
        .map(console.report)
    }
    return reading.isClean
  }
}
