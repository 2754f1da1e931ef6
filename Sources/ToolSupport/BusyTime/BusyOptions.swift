package import ArgumentParser
import Basics
package import Programme
import RecordStream
package import Regions

/// The options that say when people cannot: of every command that looks for times.
package struct BusyOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Busy calendars: .ics files, or folders of them; named by employee number or e-mail address.",
      valueName: "path"), completion: .file())
  package var busy: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      """
      Somebody is away, both days included: PERSON FROM TO, as in pl:100087 2026-12-01 2026-12-14; several follow. A person is \
      an id, an employee number, an address or a whole name. The absences on the stream count too.
      """, valueName: "absence"))
  package var absent: [String] = []

  package init() {}

  package func validate() throws { _ = try Absence.read(absent) }

  /// The busy time of people on the stream by calendars, `--absent`, and the absences on the stream; each bad file is
  /// reported.
  ///
  /// - Parameters:
  ///   - calendars: the files of `--busy`; nothing is read of them without a window.
  ///   - recorded: the absences on the stream; one of nobody there is reported.
  ///   - ours: UIDs of the plan's own meetings, which are in nobody's way.
  /// - Returns: the busy time of those who have a calendar or an absence, who is away, who has a calendar, and whether every
  ///   file was good.
  /// - Throws: exit code 64 where an absence is of nobody on the stream.
  package func read(
    _ calendars: CalendarFolder, of people: [PersonID: Person], absent recorded: [Absence],
    in window: MinuteInterval?, regions: [Region], beside ours: Set<String>, on console: Console
  ) throws -> (
    busy: [PersonID: BusyTime], absences: [Absence], hasCalendar: Set<PersonID>, isClean: Bool
  ) {
    var busy: [PersonID: BusyTime] = [:]
    var isClean = true
    if let window {
      let reading = calendars.read(
        for: CalendarOwners(people.values), in: window, regions: regions, beside: ours, on: console)
      for diagnostic in reading.diagnostics { console.report(diagnostic) }
      busy = reading.busy
      isClean = reading.isClean
    }
    let hasCalendar = Set(busy.keys)
    var absences: [Absence] = []
    for absence in recorded.latest(by: \.id).values.sorted(by: { $0.id.precedesByBytes($1.id) }) {
      guard let away = absence.busyTime(of: people) else {
        console.report(
          Diagnostic(
            .warning,
            "the absence of \(absence.person) from \(absence.from) to \(absence.to) keeps nobody's time free: the person is "
              + "not on the stream", code: "nobody's-absence"))
        continue
      }
      busy[absence.person] = (busy[absence.person] ?? .none).union(away)
      absences.append(absence)
    }
    let named = try Absence.read(absent)
    let words = named.isEmpty ? nil : PersonWord(people.values)
    for var absence in named {
      do throws(ToolFailure) {
        if let words { absence.person = try words.person(absence.person.text).id }
      } catch {
        throw ToolFailure(.usage, error.diagnostics.map { Diagnostic(.error, "--absent: \($0.message)") })
      }
      guard let away = absence.busyTime(of: people) else {
        throw ToolFailure(.usage, "--absent: the time zone of \(absence.person) is unknown")
      }
      busy[absence.person] = (busy[absence.person] ?? .none).union(away)
      absences.append(absence)
    }
    return (busy, absences, hasCalendar, isClean)
  }
}
