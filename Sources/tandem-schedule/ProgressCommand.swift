import ArgumentParser
import Basics
import Programme
import RecordStream
import Regions
import Scheduling
import ToolSupport

/// `tandem-schedule progress`: how far the tandems have come.
struct ProgressCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "progress",
    abstract:
      "Report how many sessions were held or missed, are due, and are at risk, and who falls behind since when.",
    discussion: """
      Reads a stream with the plan. Due is what is past and not recorded (see `tandem-schedule held` and `missed`); at risk is what \
      is missing from the plan, or what the days left until the cohort's end have no room for. A tandem is behind since the \
      day of its first session that is due, or was missed or called off without another. Site and department are the mentee's, the \
      department by its broadest step. Topics are counted of pairs whose list has come back, or of which somebody said what was \
      covered. As records:

      {"atRisk":N,"behind":N,"by":"tandem|site|department","coming":N,"covered":N,"due":N,"held":N,"missed":N,"name":TEXT,"record":"progress",\
      "since":DATE,"tandems":N,"topics":N,"wanted":N}
      """)

  @Argument(
    help: ArgumentHelp("Streams with the plan; - or none: standard input.", valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Option(help: "The cohort, as the regions declare it.", completion: .settings(.cohorts))
  var cohort: String

  @OptionGroup var time: NowOption

  @Option(help: "What the rows are: tandem, site or department.")
  var by: CohortProgress.Group = .tandem

  @Flag(help: "Only those that are behind, or at risk.")
  var behind = false

  @Option(
    help: "How the rows are written: table, csv, xlsx or ndjson.",
    completion: .formats(.ndjson, .table, .csv, .xlsx))
  var format: OutputFormat?

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    try OutputFormat.check(format, among: .table, .csv, .xlsx, .ndjson)
  }

  func run(on console: Console) throws -> ToolStatus {
    let format = OutputFormat.resolve(format, on: console)
    let regions = try shared.regions(on: console)
    guard regions.contains(where: { $0.cohort(cohort) != nil }) else {
      throw ToolFailure(.usage, UnknownCohort(cohort, of: regions).message)
    }
    let contents = try StreamContents.read(console.open(files), passingTo: nil, on: console)
    guard !contents.tandems.isEmpty else {
      throw ToolFailure(.badInput, [.absent(.tandem, in: files.first)])
    }
    let progress = CohortProgress(
      cohort: cohort, regions: regions, people: contents.people, tandems: contents.tandems,
      sessions: Array(contents.sessions.latest(by: \.id).values), now: time.time(on: console))
    let output = ProgressOutput(progress: progress, people: contents.people, by: by, isBehindOnly: behind)
    try output.write(format, to: console.output)
    console.report(Diagnostic(.note, output.summary))
    return contents.isClean ? .done : .badInput
  }
}

extension CohortProgress.Group: ExpressibleByArgument {}

/// The rows as they are written.
private struct ProgressOutput {
  let progress: CohortProgress
  let people: [PersonID: Person]
  let by: CohortProgress.Group
  let isBehindOnly: Bool

  private struct Line {
    /// What a person reads, and a program.
    var name: [String]
    var key: String
    var counts: CohortProgress.Counts
    var next: Timestamp?
  }

  private var lines: [Line] {
    let lines: [Line]
    switch by {
    case .tandem:
      lines = progress.rows.map { row in
        Line(
          name: [
            people[row.tandem.mentor]?.name ?? row.tandem.mentor.text,
            people[row.tandem.mentee]?.name ?? row.tandem.mentee.text, row.site, row.department,
            row.tandem.status.rawValue,
          ], key: row.tandem.id.text, counts: row.counts, next: row.next)
      }
    case .site, .department:
      lines = progress.sums(by: by).map { Line(name: [$0.name], key: $0.name, counts: $0.counts) }
    }
    return isBehindOnly ? lines.filter { $0.counts.behind > 0 || $0.counts.atRisk > 0 } : lines
  }

  /// Who, then figures, then since when they are behind.
  ///
  /// - Parameter topics: whether there are any to be shown.
  private func headings(topics: Bool) -> (names: [String], figures: [String], since: String) {
    let counted =
      ["wanted", "held", "missed", "due", "coming", "at risk"] + (topics ? ["topics covered"] : [])
    return by == .tandem
      ? (["mentor", "mentee", "site", "department", "status"], counted, "behind since")
      : ([by.rawValue], ["tandems", "behind"] + counted, "behind since")
  }

  private func cells(_ line: Line, topics hasTopics: Bool) -> [String] {
    let counts = line.counts
    let sums = by == .tandem ? [] : [counts.tandems, counts.behind]
    let figures =
      sums + [counts.wanted, counts.held, counts.missed, counts.due, counts.coming, counts.atRisk]
    let topics = counts.topics > 0 ? "\(counts.covered) of \(counts.topics)" : ""
    return line.name + figures.map(String.init) + (hasTopics ? [topics] : []) + [
      counts.since?.description ?? ""
    ]
  }

  func write(_ format: OutputFormat, to output: Output) throws {
    let lines = self.lines
    let isData = [.csv, .xlsx].contains(format)
    let topics = isData || lines.contains { $0.counts.topics > 0 }
    let (names, figures, since) = headings(topics: topics)
    let isTandem = by == .tandem
    switch format {
    case .ndjson:
      for line in lines {
        let record = ProgressRecord(by: by, name: line.key, counts: line.counts, next: line.next)
        try output.writeLine(ProgressRecord.fields.line(record))
      }
    case .csv, .xlsx:
      let headings = names + figures + [since]
      var table = DataTable(isTandem ? ["tandem"] + headings + ["next"] : headings)
      for line in lines {
        table.add(
          isTandem
            ? [line.key] + cells(line, topics: topics) + [line.next?.description ?? ""]
            : cells(line, topics: topics))
      }
      try table.write(format, to: output)
    case .table, .ics, .html:
      let spare = ["department": 1, "topics covered": 2, "site": 3, "coming": 4, "wanted": 5, "status": 6]
      func column(_ text: String, _ alignment: TextTable.Alignment) -> TextTable.Column {
        .init(text.prefix(1).uppercased() + text.dropFirst(), alignment, spare: isTandem ? spare[text] : nil)
      }
      var table = TextTable(
        names.map { column($0, .left) } + figures.map { column($0, .right) } + [column(since, .left)]
          + (isTandem ? [.init("Next")] : []))
      for line in lines {
        table.add(cells(line, topics: topics) + (isTandem ? [line.next?.clockText ?? ""] : []))
      }
      try output.write(table)
      try output.write(prose: ["", summary])
    }
  }

  var summary: String {
    let total = progress.total
    return
      "\(counted(total.tandems, "tandem")), \(total.held) of \(total.wanted) sessions held, \(total.missed) missed, \(total.due) due, "
      + "\(total.coming) to come, \(total.atRisk) at risk; \(counted(total.behind, "tandem")) behind"
      + (total.since.map { ", the first since \($0)" } ?? "")
  }
}
