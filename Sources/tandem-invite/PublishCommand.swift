import ArgumentParser
import Basics
import Delivery
import Mailing
import Programme
import RecordStream
import Regions
import ServerOptions
import ToolSupport

/// `tandem-invite publish`: the office's calendar on a server, in step with the stream.
struct PublishCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Keep a calendar on a CalDAV server in step with the sessions and workshops.",
    discussion: """
      Reads person, tandem, session and workshop records, and passes them on. Each meeting is an event without attendees: to \
      look at, nobody is invited by it. A missing calendar is created; new meetings are added, moved ones are changed, and \
      those that were cancelled or are gone from the stream are removed, only of the regions and cohorts on the stream. A \
      second run changes nothing.

      An event that somebody changed on the server is left alone and reported (exit code 65), unless --overwrite is given. \
      Events that were not made here are never touched.

      User and password come from $TANDEM_CALDAV_USER and $TANDEM_CALDAV_PASSWORD, or from --credentials, and are sent \
      over https only (over http to this machine). What the server cannot do now (429, 5xx, a broken connection) is tried again \
      after 1, 2, 4 … seconds.
      """)

  @Argument(
    help: ArgumentHelp("Streams of records; - or none: standard input.", valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Option(help: ArgumentHelp("The calendar's address; made where nothing is yet.", valueName: "url"))
  var caldav: String

  @OptionGroup var access: ServerAccess

  @OptionGroup var time: NowOption

  @Flag(help: "Undo what others changed in these events.")
  var overwrite = false

  @Flag(help: "Write nothing: show what would change.")
  var dryRun = false

  @Option(help: "What is written to standard output: ndjson or table.", completion: .formats(.ndjson, .table))
  var format: OutputFormat?

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    try OutputFormat.check(format, among: .ndjson, .table)
  }

  func run(on console: Console) throws -> ToolStatus {
    let format = format ?? (dryRun ? .table : OutputFormat.resolve(nil, on: console))
    let regions = try shared.regions(on: console)
    let login = try access.login(variables: "TANDEM_CALDAV", for: .calendars, on: console)
    let inputs = try console.open(files)
    let wording = try shared.wording(of: regions, on: console)
    let place: CalDAVCollection.Place
    let collection: CalDAVCollection
    do throws(CalDAVError) {
      place = try CalDAVCollection.Place(
        caldav, login: login, roots: access.roots, attempts: access.attempts)
      collection = try CalDAVCollection(place)
    } catch {
      throw ToolFailure(.usage, error.message)
    }

    if !dryRun { console.output.outlivesReader = true }
    let (state, isClean) = try ProgrammeState.read(
      inputs, passingTo: format == .ndjson ? console.output : nil, on: console)
    let programme: PublishedProgramme
    do throws(ConfigurationError) {
      programme = try PublishedProgramme(
        state, wording: wording, now: time.time(on: console).inUTC)
    } catch {
      throw ToolFailure(.configuration, error.diagnostics)
    }
    for problem in programme.problems { console.report(problem) }
    if !isClean {
      console.report(
        Diagnostic(
          .warning, "part of the stream could not be read: what is missing from it is not removed",
          code: "incomplete"))
    }
    do throws(CalDAVError) {
      let exists = try collection.exists()
      let plan = PublishPlan(
        programme, over: exists ? try collection.objects() : [], isWhole: isClean, overwrites: overwrite)
      let removals = plan.steps.count { if case .remove = $0 { true } else { false } }
      guard programme.hasMeetings else {
        console.report(
          removals == 0
            ? .absent(.session, in: files.first)
            : Diagnostic(
              .error,
              "no session is on the stream, but \(counted(removals, "is", "are")) in the calendar: did the tool before this one fail? to "
                + "remove all of them, give their tandems with the status `ended`", code: "no-sessions"))
        return .badInput
      }
      if !exists, !dryRun { try collection.make(name: regions.map(\.name).joined(separator: ", ")) }
      for conflict in plan.conflicts { console.report(conflict) }
      if format == .table { try? console.output.write(PublishTable.table(plan)) }
      var summary = PublishRun.Summary()
      if !dryRun {
        let progress = Progress("publishing", on: console)
        defer { progress.finish() }
        summary = try PublishRun(place).run(
          plan, report: console.report, progress: { progress.update(done: $0, of: plan.steps.count) })
      }
      console.report(
        Diagnostic(
          .note,
          dryRun
            ? "\(plan.steps.count) of \(counted(plan.steps.count + plan.unchanged, "event")) would change"
            : "\(summary.added) added, \(summary.changed) changed, \(summary.removed) removed, \(plan.unchanged) as they "
              + "were, \(plan.conflicts.count) changed by others, \(summary.failed) failed"))
      let isGood = isClean && programme.problems.isEmpty && plan.conflicts.isEmpty && summary.failed == 0
      return isGood ? .done : .badInput
    } catch {
      let status: ToolStatus = if case .noCalendar = error { .noInput } else { .unavailable }
      throw ToolFailure(status, error.message)
    }
  }
}

/// What a run changes, for a person's eyes.
enum PublishTable {
  static func table(_ plan: PublishPlan) -> TextTable {
    var table = TextTable([.init("Change"), .init("When"), .init("What")])
    for step in plan.steps {
      switch step {
      case .add(let event): table.add(["add", event.start.clockText, event.summary])
      case .change(let event, _): table.add(["change", event.start.clockText, event.summary])
      case .remove(_, let summary, _): table.add(["remove", "", summary])
      }
    }
    return table
  }
}
