import ArgumentParser
import Basics
import Foundation
import Intake
import Programme
import RecordStream
import Regions
import ToolSupport

/// Reads HR master data, questionnaires and survey answers, and writes person and response records.
struct ImportCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "read",
    abstract: "Make person and response records from the exports of HR departments.",
    discussion: """
      The form, encoding, delimiter and headings of each file are detected and reported; options override them. Files \
      about one person make one record, whatever their order. A bad row never stops the good ones: it is reported, and \
      kept for --rejects.
      """)

  @OptionGroup var shared: SharedOptions
  @Argument(
    help: ArgumentHelp(
      "Exports, and streams, which pass through; none, or -: standard input.",
      discussion: """
        Exports are CSV, XML, triple-s, or workbooks: .xlsx, .xlsm, .ods, XML Spreadsheet 2003, and HTML tables saved \
        as .xls. Contents decide, not names. What is true of one file alone follows its name: \
        staff.csv@form=staff,encoding=cp1250 (form, encoding, delimiter, heading-rows, sheet).
        """),
    completion: .file())
  var files: [String] = []
  @OptionGroup var options: FileOptions
  @Option(
    help: ArgumentHelp("Keep rejected rows here, word for word.", valueName: "file"), completion: .file())
  var rejects: String?
  @Option(
    help: ArgumentHelp("Accept this many rejected rows, or this share of all.", valueName: "n|p%"))
  var allowRejects: String?
  @Flag(
    help:
      "Make every warning an error, and write nothing where one is or more rows are rejected than allowed.")
  var strict = false
  @Option(
    help: ArgumentHelp("An earlier output: report who is new, changed and gone.", valueName: "stream"),
    completion: .file())
  var previous: String?
  @Option(
    help: ArgumentHelp(
      "With --previous: so many people, or such a share of the earlier ones, may be new and as many gone (50% where there "
        + "were ten or more); beyond that nothing is written.",
      valueName: "n|p%"))
  var allowTurnover: String?
  @Option(
    help: ArgumentHelp(
      "Count the phrases that are no topic's name, as CSV: in =FILE, else on standard error.",
      valueName: "file"),
    completion: .file())
  var topicsReport: String?
  @Option(
    help: ArgumentHelp(
      "Write pseudonyms for names, addresses, ids and free words, and keep the key to them here.",
      valueName: "file"), completion: .file())
  var pseudonyms: String?
  @Option(
    help: ArgumentHelp(
      "Put names and words back by the key that --pseudonyms kept; the files are streams.", valueName: "file"),
    completion: .file())
  var reveal: String?
  @Option(
    help: "ndjson, table, csv or xlsx; else a table on a terminal and records in a pipe.",
    completion: .formats(.ndjson, .table, .csv, .xlsx))
  var format: OutputFormat?

  func validate() throws {
    if let allowRejects, Allowance(allowRejects) == nil {
      throw ValidationError(
        "--allow-rejects \(allowRejects): write a number such as 5, or a share such as 2%")
    }
    if let allowTurnover {
      if previous == nil { throw ValidationError("--allow-turnover needs --previous") }
      if Allowance(allowTurnover) == nil {
        throw ValidationError(
          "--allow-turnover \(allowTurnover): write a number such as 5, or a share such as 20%")
      }
    }
    try OutputFormat.check(format, among: .ndjson, .table, .csv, .xlsx)
    if reveal != nil, pseudonyms != nil {
      throw ValidationError("--reveal and --pseudonyms exclude each other")
    }
    // What is wrong with the options of a file is reported when it is opened.
    let inputs = ((try? ExportArgument.all(files)) ?? []).map(\.path) + [previous].compactMap(\.self)
    try OutputFiles.check(
      ["--pseudonyms": pseudonyms, "--topics-report": topicsReport, "--rejects": rejects], inputs: inputs)
  }

  func run(on console: Console) throws -> ToolStatus {
    if let reveal {
      try Pseudonyms.reveal(files, key: reveal, on: console)
      return console.log.errors == 0 ? .done : .badInput
    }
    let regions = try shared.regions(on: console)
    let opened = try options.open(files, regions: regions, on: console)
    let wishes = try options.wishes(opened, regions)
    let earlier = try previous.map { try PreviousStream(path: $0, on: console) }
    let format = OutputFormat.resolve(format, on: console)
    let rejects = rejects.map { RejectsFiles(path: $0, inputs: opened.sources.map(\.name)) }
    let pseudonyms = try pseudonyms.map { try Pseudonyms(path: $0, regions: regions, on: console) }
    if rejects != nil || topicsReport != nil { console.output.outlivesReader = true }
    let delivery = try ImportOutput(
      console: console, format: format, isHeldBack: strict || earlier != nil, pseudonyms: pseudonyms,
      streams: opened.streams)
    let progress = Progress("rows read", on: console)
    var changes: Changes?
    var strictErrors = 0

    var run = ImportRun(
      regions: regions,
      wishes: wishes.all, ownWishes: wishes.own,
      earlier: earlier.map { Array($0.people.values) } ?? [],
      sinks: ImportRun.Sinks(
        diagnostic: { diagnostic in
          var diagnostic = diagnostic
          if strict, diagnostic.severity == .warning {
            diagnostic.severity = .error
            strictErrors += 1
          }
          console.report(diagnostic)
        },
        people: { people in
          // Where the files name nobody and the records pass through, nobody is gone.
          if !people.isEmpty || opened.streams.isEmpty {
            changes = earlier.map { Changes(from: $0.people, to: people) }
          }
          try delivery.write(people)
        },
        response: { try delivery.write(response: $0) },
        rejection: { try rejects?.add($0, frame: $1) },
        progress: { progress.update(done: $0) },
        keywords: { try delivery.take($0) }))
    let folder = shared.configuration(on: console)
    run.shipped = { folder.shippedForms }
    var outcome = try run.run(opened.sources)
    progress.finish()
    outcome.brokenFiles += opened.broken

    for file in try rejects?.finish() ?? [] {
      let rows = counted(file.rows, "row")
      console.report(Diagnostic(.note, "\(rows) of \(file.input) kept to be corrected", file: file.path))
    }
    if let topicsReport {
      let text = Reports.topics(outcome.words)
      if topicsReport == "-" {
        try console.errors.write(text)
      } else {
        try AtomicFile.write(text.utf8, to: topicsReport)
      }
    }
    for note in changes?.notes ?? [] { console.report(note) }
    console.report(Diagnostic(.note, Reports.summary(outcome)))

    if let counts = changes?.counts, counts.before >= 10 || allowTurnover != nil,
      !(allowTurnover.flatMap(Allowance.init) ?? Allowance.half)
        .covers(min(counts.new, counts.gone), of: counts.before)
    {
      console.report(
        Diagnostic(
          .error,
          "\(counts.gone) of \(counts.before) people are gone and \(counts.new) are new, so that nothing is written: "
            + "compare the employee numbers of the two exports, or allow it with --allow-turnover",
          code: "turnover"))
      return .badInput
    }
    let read = Reports.total(outcome)
    let isMasterDataAlone = read.staff > 0 && read.answers == 0 && read.responses == 0
    if isMasterDataAlone {
      console.report(
        Diagnostic(
          // An earlier import is to be brought up to date, and is not.
          earlier == nil ? .note : .error,
          "only master data was read, \(counted(read.staff, "row")), and it belongs to nobody who applied: give the answers in "
            + "the same call, as in `tandem import staff.csv answers.xlsx`",
          code: "no-answers"))
    }
    let allowance = allowRejects.flatMap(Allowance.init) ?? Allowance(0)
    let isGood =
      (earlier == nil || !isMasterDataAlone) && outcome.brokenFiles == 0 && outcome.unreadColumns == 0
      && strictErrors == 0
      && allowance.covers(outcome.rejected, of: outcome.rows)
    if strict, !isGood {
      console.report(
        Diagnostic(.error, "nothing is written, because of --strict: fix what is named above"))
      return .badInput
    }
    // The key first: a stream that nobody can reveal is worse than none.
    try pseudonyms?.save()
    try delivery.finish(outcome)
    return isGood && delivery.badLines == 0 ? .done : .badInput
  }
}

/// How many rows may be rejected without a failure: a number, or a share of all rows.
struct Allowance {
  private var number: Int?
  private var percent: Double?

  static let half = Allowance(percent: 50)

  private init(percent: Double) { self.percent = percent }

  init(_ number: Int) { self.number = number }

  init?(_ text: String) {
    if text.hasSuffix("%") {
      guard let share = Double(text.dropLast()), (0...100).contains(share) else { return nil }
      percent = share
    } else {
      guard let count = Int(text), count >= 0 else { return nil }
      number = count
    }
  }

  func covers(_ rejected: Int, of rows: Int) -> Bool {
    if let number { return rejected <= number }
    return Double(rejected) * 100 <= (percent ?? 0) * Double(rows)
  }
}
