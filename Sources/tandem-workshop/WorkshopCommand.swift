import ArgumentParser
import Basics
import Calendars
import Foundation
import Programme
import RecordStream
import Regions
import ToolSupport
import Workshops

/// `tandem-workshop`: when, where and in which groups the active mentors of a cohort meet.
struct WorkshopCommand: PlanRewriting {
  static let configuration = CommandConfiguration(
    commandName: "tandem-workshop",
    abstract: "Plan the mid-term workshop of each region's active mentors: dates, venues and mixed groups.",
    discussion: """
      Reads person, tandem, session and workshop records, passes them on, and adds workshop records. No date before the present is taken. Who cannot come is \
      named with the reason. Options have different days and are listed by cost; without --options, the cheapest of them is planned. Exit code 69 says that some region has no workshop; its message says why.
      """,
    version: Version.text)

  @Argument(
    help: ArgumentHelp("Streams of records; - or none: standard input.", valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Option(help: "The cohort whose mentors meet, as the regions declare it.", completion: .settings(.cohorts))
  var cohort: String

  @OptionGroup var absences: BusyOptions

  @Option(
    help: ArgumentHelp(
      "An earlier output of this tool: dates and groups stay, and the fewest people move.", valueName: "file"),
    completion: .file())
  var previous: String?

  @OptionGroup var time: NowOption

  @Option(
    help: ArgumentHelp("List this many best choices of dates, and plan none of them.", valueName: "n"))
  var options: Int?

  @Option(help: ArgumentHelp("Plan the option of this number, as --options lists them.", valueName: "n"))
  var choose: Int?

  @Option(
    name: .customLong("on"),
    help: ArgumentHelp(
      "Only on this day, or these (FROM..TO), within the region's window or not. May be repeated.",
      valueName: "date"))
  var on: [DayRange] = []

  @Option(
    name: .customLong("not"),
    help: ArgumentHelp("Not on this day, or these (FROM..TO). May be repeated.", valueName: "date"))
  var excluded: [DayRange] = []

  @Flag(help: "One workshop for all regions at work, by the settings of the first.")
  var together = false

  @Option(
    help: ArgumentHelp("Where the agenda and roster of each group go, as HTML and CSV.", valueName: "dir"),
    completion: .directory)
  var rosters: String?

  @Option(
    help: ArgumentHelp(
      "Where invitations go: a file for each workshop that is new or changed.", valueName: "dir"),
    completion: .directory)
  var invitations: String?

  @Option(help: "How the workshops are written: ndjson, table, csv, xlsx, ics or html.")
  var format: OutputFormat?

  @OptionGroup var planFile: PlanOption
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if let options, !(1...100).contains(options) {
      throw ValidationError("--options is 1 to 100, not \(options)")
    }
    if let choose, !(1...100).contains(choose) {
      throw ValidationError("--choose is 1 to 100, not \(choose)")
    }
    if let options, let choose, choose > options {
      throw ValidationError("--choose \(choose) is none of --options \(options)")
    }
    guard options != nil, choose == nil else { return }
    if format == .ics || format == .html {
      throw ValidationError(
        "options are written as ndjson, table, csv or xlsx; add --choose to plan one of them")
    }
    if rosters != nil || invitations != nil {
      throw ValidationError(
        "--rosters and --invitations need a plan; add --choose to plan one of the options")
    }
  }

  func run(on console: Console) throws -> ToolStatus {
    let format = OutputFormat.resolve(format, on: console)
    let inputs = try console.open(planFile.inputs(files))
    let earlier = try previous.map { try console.open([$0]) } ?? []
    let calendars = try CalendarFolder(absences.busy, on: console)
    let regions = try shared.regions(on: console)
    let sites = try SiteCalendars(regions, cohort: cohort, on: console)
    let isWorded = rosters != nil || invitations != nil || format == .ics || format == .html
    let wording = isWorded ? try shared.wording(of: regions, on: console) : nil
    let rosterFolder = try rosters.map { try PrivateFolder($0) }
    let invitationFolder = try invitations.map { try PrivateFolder($0) }

    if rosterFolder != nil || invitationFolder != nil { console.output.outlivesReader = true }
    var stream = try StreamEdit(inputs, on: console)
    let before = try StreamContents.read(earlier, passingTo: nil, on: console)
    var isClean = stream.contents.isClean && before.isClean && sites.isClean
    var planning = try CohortWorkshops(
      cohort: cohort, regions: regions, stream: stream, previous: previous == nil ? nil : before.workshops,
      sites: sites, now: time.time(on: console), together: together, on: console)
    let reading = try absences.read(
      calendars, of: planning.people, absent: stream.contents.absences, in: sites.window,
      regions: planning.regions, beside: planning.ownUIDs, on: console)
    planning.busy = reading.busy
    planning.only = Set(on.flatMap(\.days))
    planning.excluded = Set(excluded.flatMap(\.days))
    isClean = reading.isClean && isClean

    guard !stream.contents.tandems.isEmpty else {
      console.report(.absent(.tandem, in: planFile.path ?? files.first))
      if format == .ndjson { try stream.write(to: console.output) }
      return .badInput
    }

    let isListing = options != nil && choose == nil
    let outcome = try planning.run(
      options: max(options ?? 1, choose ?? 1), choosing: isListing ? nil : choose ?? 1, on: console)
    isClean = isClean && outcome.isClean
    for session in outcome.moved { stream.replace(session) }
    for id in outcome.superseded { stream.drop(workshop: id) }
    let output = WorkshopOutput(
      planning: planning, outcome: outcome, wording: wording,
      folders: (rosters: rosterFolder, invitations: invitationFolder))
    do {
      if format == .ndjson { try stream.write(to: console.output) }
      try isListing
        ? output.writeOptions(format, to: console.output) : output.write(format, to: console.output)
      for refused in try output.writeFiles() {
        isClean = false
        console.report(refused)
      }
    } catch let error as ConfigurationError {
      throw ToolFailure(.configuration, error.diagnostics)
    } catch let error as CalendarError {
      throw ToolFailure(.badInput, error.message)
    }
    for line in output.summary { console.report(Diagnostic(.note, line)) }
    guard isClean else { return .badInput }
    return outcome.isComplete ? .done : .unavailable
  }
}
