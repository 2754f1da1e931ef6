import ArgumentParser
import Calendars
import Programme
import RecordStream
import Regions
import Scheduling
import ToolSupport

/// The options that say when people can, and what time it is: of every command that looks for times.
struct Availability: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Busy calendars: .ics files, or folders of them; named by employee number or e-mail address.",
      valueName: "path"), completion: .file())
  var busy: [String] = []

  @Option(
    help: ArgumentHelp(
      "The time of planning (RFC 3339): what is past stands, and notice counts from here; else the cohort's start.",
      valueName: "time"))
  var now: Timestamp?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Somebody is away, both days included: PERSON FROM TO, as in pl:100087 2026-12-01 2026-12-14; several follow.",
      valueName: "absence"))
  var absent: [String] = []

  func validate() throws { _ = try Absence.read(absent) }

  /// Reads the calendars of those who are in the tandems of `input`, and adds the absences; false where some file was bad.
  ///
  /// - Throws: exit code 64 where an absence is of nobody on the stream.
  func read(
    _ calendars: CalendarFolder, in window: MinuteInterval?, into input: inout CohortInput,
    on console: Console
  ) throws -> Bool {
    var isClean = true
    if let window { isClean = read(calendars, for: &input, in: window, on: console) }
    for absence in try Absence.read(absent) {
      guard let away = absence.busyTime(of: input.people) else {
        throw ToolFailure(
          .usage, "--absent: \(absence.person) is not on the stream; give the id of a person record")
      }
      input.busy[absence.person] = (input.busy[absence.person] ?? .none).union(away)
    }
    return isClean
  }

  /// Reads the busy calendars of those who are in the cohort's tandems; false where some file was bad.
  private func read(
    _ calendars: CalendarFolder, for input: inout CohortInput, in window: MinuteInterval, on console: Console
  ) -> Bool {
    let reading = calendars.read(
      for: CalendarOwners(input.people.values), in: window, regions: input.regions,
      beside: Set(input.previous.map(\.uid)))
    for diagnostic in reading.diagnostics { console.report(diagnostic) }
    input.busy = reading.busy
    let ours = input.tandems.filter { $0.cohort == input.cohort }
    let wanted = Set(ours.flatMap { [$0.mentor, $0.mentee] }).filter { input.people[$0] != nil }
    let missing = wanted.filter { input.busy[$0] == nil }.sorted()
    if let first = missing.first {
      let example =
        missing.count == 1 ? "\(first) is" : "\(missing.count) of \(wanted.count) people (\(first) …) are"
      console.report(
        Diagnostic(
          .warning,
          "\(example) planned without a busy calendar; pass theirs with --busy", code: "no-calendar"))
    }
    return reading.isClean
  }
}
