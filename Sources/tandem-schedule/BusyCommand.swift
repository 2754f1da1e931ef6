import ArgumentParser
import Basics
import Calendars
import Programme
import RecordStream
import Regions
import Scheduling
import ToolSupport

/// `tandem-schedule busy`: what was understood of people's calendars.
struct BusyCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "busy",
    abstract: "Show what was understood of each calendar: owner, zone, days covered, hours busy, doubts.",
    discussion: """
      Reads the people from --people or standard input, and the calendars from --busy. Look here before you plan: a calendar \
      that ends before the term, or has no entry for four weeks, is a doubt, and so is each warning about what could not be \
      read. With people named, or as csv, xlsx or html, the hours of each week are shown too. Where the stream has tandems of the \
      cohort, their people without a calendar are listed as well.
      """)

  @Argument(
    help: ArgumentHelp(
      "People: ids, employee numbers, addresses or whole names; none: everybody.", valueName: "who"))
  var who: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Busy calendars: .ics files, or folders of them; named by employee number or e-mail address.",
      valueName: "path"), completion: .file())
  var busy: [String] = []

  @Option(
    help: ArgumentHelp("The stream with the people; else standard input.", valueName: "file"),
    completion: .file())
  var people: String?

  @Option(
    help: "The cohort whose term is looked at, as the regions declare it.", completion: .settings(.cohorts))
  var cohort: String

  @Option(
    help: "How it is written: table, csv, xlsx or html (a page).",
    completion: .formats(.table, .csv, .xlsx, .html))
  var format: OutputFormat?

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    try OutputFormat.check(format, among: .table, .csv, .xlsx, .html)
    guard !busy.isEmpty else { throw ValidationError("name the calendars with --busy") }
  }

  func run(on console: Console) throws -> ToolStatus {
    let input = try console.open(people.map { [$0] } ?? [])
    let calendars = try CalendarFolder(busy, on: console)
    let regions = try shared.regions(on: console)
    let terms = regions.compactMap { $0.cohort(cohort) }
    guard let first = terms.map(\.start).min(), let last = terms.map(\.end).max() else {
      throw ToolFailure(.usage, UnknownCohort(cohort, of: regions).message)
    }
    let contents = try StreamContents.read(input, passingTo: nil, on: console)
    guard !contents.people.isEmpty else {
      throw ToolFailure(.badInput, [.absent(.person, in: people)])
    }
    let words = PersonWord(contents.people.values)
    var named: Set<PersonID> = []
    for word in who { named.insert(try words.person(word).id) }
    let reading = calendars.summaries(
      for: CalendarOwners(contents.people.values), term: first...last, regions: regions, on: console)
    let listed = reading.calendars.filter { named.isEmpty || named.contains($0.owner.id) }
    for diagnostic in reading.diagnostics
    where named.isEmpty || listed.contains(where: { $0.path == diagnostic.file }) {
      console.report(diagnostic)
    }
    var wanted = named
    if named.isEmpty {
      for tandem in contents.tandems where tandem.cohort == cohort {
        wanted.formUnion([tandem.mentor, tandem.mentee])
      }
    }
    let missing = wanted.subtracting(reading.calendars.map(\.owner.id)).sorted()
      .compactMap { contents.people[$0] }
    let overview = BusyOverview(
      calendars: listed.map {
        BusyOverview.Calendar(
          owner: $0.owner, file: $0.path.fileName, summary: $0.summary, doubts: $0.doubts,
          warnings: $0.warnings)
      }, missing: missing, term: first...last)
    let format = format ?? .table
    switch format {
    case .html: try console.output.write(overview.html(title: "Busy time, \(cohort)"))
    case .csv, .xlsx:
      try DataTable(overview.headings(weeks: true), overview.rows(weeks: true)).write(
        format, to: console.output)
    case .table, .ndjson, .ics:
      var table = TextTable(
        overview.headings(weeks: false).map { .init($0, $0.hasPrefix("Hours") ? .right : .left) })
      for row in overview.rows(weeks: false) { table.add(row) }
      try console.output.write(table)
      if !named.isEmpty {
        try console.output.write("\n")
        var weeks = TextTable([.init("Who"), .init("Week of"), .init("Hours busy", .right)])
        for row in overview.weekRows { weeks.add(row) }
        try console.output.write(weeks)
      }
    }
    let isClean = named.isEmpty ? reading.isClean : listed.allSatisfy(\.isUnderstood)
    return contents.isClean && isClean ? .done : .badInput
  }
}
