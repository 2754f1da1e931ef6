import ArgumentParser
import Basics
import Calendars
import Foundation
import Mailing
import Programme
import RecordStream
import Regions
import Scheduling
import ToolSupport

/// `tandem-schedule plan`: plans the sessions of a cohort's tandems.
struct PlanCommand: PlanRewriting {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Plan the sessions of each tandem of a cohort: both free, at the mentee's convenience.",
    discussion: """
      Reads person and tandem records, passes them on, and adds session records. Exit code 69 says that some tandem \
      has fewer sessions than the programme asks for; each is named with its reason.

      With --previous FILE, which may be the stream itself, answers to invitations are taken into account (the output of `tandem-invite replies`): a declined session is planned \
      at another time, a proposed time is taken where every rule allows it, and an accepted session moves last of all. A \
      person's attributes `preferredHalf` (morning, afternoon) and `place` (office, room) say what a mentee wishes, where it \
      differs from the region's settings.
      """)

  @Argument(
    help: ArgumentHelp("Streams of records; - or none: standard input.", valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Option(help: "The cohort to plan, as the regions declare it.", completion: .settings(.cohorts))
  var cohort: String

  @Option(
    help: ArgumentHelp(
      "An earlier output of this tool: what still holds stays, and the fewest sessions move.",
      valueName: "file"), completion: .file())
  var previous: String?

  @Option(
    help: ArgumentHelp(
      "Where invitations go: a file a session, and one with all sessions of each tandem.", valueName: "dir"),
    completion: .directory)
  var invitations: String?

  @Option(
    help: ArgumentHelp(
      """
      The folder in which tandem-invite remembers who was notified of what: a mentee gets at most the region's number of notices a \
      week, and changes that can wait come merged with later ones.
      """, valueName: "dir"), completion: .directory)
  var outbox: String?

  @Flag(
    help:
      "Write neither records nor invitations: list who would be notified of what, as a table, csv or xlsx.")
  var dryRun = false

  @Option(
    help:
      "0: insertion alone; 1: under two seconds for 600 tandems, their gap under 2%; 2: some seconds; 3: about a minute. The processor time is reported from one second on."
  )
  var effort = 1

  @Option(
    help: "How the sessions are written: ndjson, table, csv, xlsx, ics, or html (a calendar to look at).")
  var format: OutputFormat?

  @OptionGroup(title: "When people can") var availability: Availability
  @OptionGroup var planFile: PlanOption
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard PlanEffort.levels.indices.contains(effort) else {
      throw ValidationError("--effort is 0, 1, 2 or 3, not \(effort)")
    }
    if outbox != nil, invitations == nil, !dryRun {
      throw ValidationError("--outbox needs --invitations DIR or --dry-run: otherwise nobody is notified")
    }
    if dryRun, let format, ![.table, .csv, .xlsx].contains(format) {
      throw ValidationError("--dry-run writes a table, csv or xlsx")
    }
  }

  func run(on console: Console) throws -> ToolStatus {
    let format = dryRun ? format ?? .table : OutputFormat.resolve(format, on: console)
    let inputs = try console.open(planFile.inputs(files))
    let earlier = try (previous ?? planFile.path).map { try console.open([$0]) } ?? []
    let calendars = try CalendarFolder(availability.absences.busy, on: console)
    let regions = try shared.regions(on: console)
    let sites = try SiteCalendars(regions, cohort: cohort, on: console)

    let wording =
      invitations != nil || dryRun || format == .ics || format == .html
      ? try shared.wording(of: regions, on: console) : nil
    let folder = try (dryRun ? nil : invitations).flatMap { path in
      try wording.map { try InvitationFolder(path, wording: $0) }
    }

    if folder != nil { console.output.outlivesReader = true }
    let before = try StreamContents.read(earlier, passingTo: nil, on: console)
    // A plan may be given on both sides: its sessions are then the earlier plan's, and the new ones take their place.
    let contents = try StreamContents.read(
      inputs, passingTo: format == .ndjson ? console.output : nil,
      superseding: Set(before.sessions.map(\.id)), on: console)
    var isClean = contents.isClean && before.isClean && sites.isClean
    let now = availability.time.time(on: console)
    UnrecordedSessions(before.sessions, of: contents.tandems, cohort: cohort, now: now).diagnostic
      .map(console.report)
    var input = CohortInput(
      cohort: cohort, regions: regions, people: contents.people, tandems: contents.tandems,
      holidays: sites.holidays, roomBookings: sites.bookings, now: now,
      effort: PlanEffort.levels[effort])
    if contents.tandems.isEmpty {
      isClean = false
      console.report(.absent(.tandem, in: files.first))
    }
    contents.sort(into: &input, previous: before.sessions, on: console)
    input.replies = before.replies + contents.replies
    isClean =
      try availability.read(
        calendars, absences: before.absences + contents.absences, in: sites.window, into: &input, on: console)
      && isClean

    let plan: CohortPlan
    do throws(SchedulingError) {
      // POSIX counts a million a second. What takes less than one is not worth a word, and outputs stay the same.
      let begin = clock()
      plan = try CohortPlanner.plan(input)
      let seconds = Int(clock() - begin) / 1_000_000
      if seconds > 0 {
        console.report(
          Diagnostic(
            .note, "planned in \(counted(seconds, "second")) of processor time (effort \(effort))"))
      }
    } catch {
      try console.output.flush()
      throw ToolFailure(error.isUsage ? .usage : .configuration, error.message)
    }
    isClean = report(plan, on: console) && isClean
    let output = SessionOutput(plan: plan, input: input, contents: contents, before: before, at: now)
    do {
      let faults: [Diagnostic]
      if dryRun || outbox != nil, let wording {
        let notification = try PlanNotification(
          output, wording: wording, outbox: outbox, isDryRun: dryRun, isWhole: contents.isClean)
        faults = try notify(by: notification, plan, output, format, wording, folder, on: console)
      } else {
        try output.write(format, wording: wording, to: console.output)
        faults = try folder?.write(output.changed, of: plan, output: output) ?? []
        for fault in faults { console.report(fault) }
      }
      isClean = faults.isEmpty && isClean
    } catch let error as ConfigurationError {
      throw ToolFailure(.configuration, error.diagnostics)
    } catch let error as CalendarError {
      throw ToolFailure(.badInput, error.message)
    }
    for line in output.summary { console.report(Diagnostic(.note, line)) }
    guard isClean else { return .badInput }
    return plan.shortfalls.isEmpty ? .done : .unavailable
  }

  /// Reports what could not be planned, and what a change leaves; false where a record was bad.
  private func report(_ plan: CohortPlan, on console: Console) -> Bool {
    for problem in plan.problems { console.report(problem) }
    for shortfall in plan.shortfalls {
      console.report(
        Diagnostic(
          .error,
          "\(shortfall.planned) of \(counted(shortfall.wanted, "session")) of tandem \(shortfall.tandem) "
            + "\(shortfall.planned == 1 ? "is" : "are") planned: "
            + shortfall.reason, code: "unplanned"))
    }
    for squeeze in plan.words.squeezes {
      console.report(
        Diagnostic(.warning, "tandem \(squeeze.tandem) is squeezed: \(squeeze.text)", code: "squeezed"))
    }
    for slack in plan.slack {
      console.report(
        Diagnostic(
          .note, "tandem \(slack.tandem): \(slack.left) left, \(counted(slack.usableWeeks, "usable week"))",
          code: "slack"))
    }
    return !plan.problems.contains { $0.severity == .error }
  }

  /// Writes the plan and the notices that are sent now; in a dry run, lists the notices.
  ///
  /// - Returns: what was wrong, each of it reported.
  private func notify(
    by notification: PlanNotification, _ plan: CohortPlan, _ output: SessionOutput, _ format: OutputFormat,
    _ wording: RegionWording, _ folder: InvitationFolder?, on console: Console
  ) throws -> [Diagnostic] {
    let notices = notification.notices
    var faults = notices.problems + (notices.doubt.map { [Diagnostic(.error, $0, code: "vanished")] } ?? [])
    for fault in faults { console.report(fault) }
    if dryRun {
      try notification.write(format, to: console.output)
    } else if let folder {
      try output.write(format, wording: wording, to: console.output)
      let (sent, refused) = try folder.write(notices.notices, of: plan, output: output)
      for fault in refused { console.report(fault) }
      faults += refused
      try notification.remember(sent, at: output.stamp)
      for line in notices.summary { console.report(Diagnostic(.note, line)) }
    }
    return faults
  }
}

extension SchedulingError {
  /// Whether another call would do, rather than another configuration.
  var isUsage: Bool {
    if case .unknownCohort = self { return true }
    return false
  }
}
