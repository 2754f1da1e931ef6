import ArgumentParser
import Basics
import Foundation
import Intake
import Mailing
import Programme
import RecordStream
import Regions
import Surveys
import ToolSupport

/// Who was asked and has not answered yet: for the programme office alone.
struct MissingCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem-survey missing",
    abstract: "Show who has not answered yet, and remind them.",
    discussion: """
      Reads streams with people and tandems, which define who is asked, and the answers with them. Counts are shown only \
      for groups of enough people; names go to a file that only its owner can read. With --outbox, those people get a \
      reminder, unless they had all the notices that the region allows for a week.
      """,
    version: Version.text)

  @OptionGroup var shared: SharedOptions
  @Argument(help: "Streams with person and tandem records, and exports of answers.", completion: .file())
  var files: [String] = []
  @Option(help: "The survey, as the region declares it.", completion: .settings(.surveys))
  var survey: String
  @Option(help: "The cohort that is asked.", completion: .settings(.cohorts))
  var cohort: String
  @Option(
    help: ArgumentHelp(
      "The groups: region, site, department, role or a fact of the people.", valueName: "dimension"))
  var by: [String] = ["region"]
  @OptionGroup var exports: AnswerOptions
  @Option(
    help: ArgumentHelp("Write names and addresses here, as CSV for its owner alone.", valueName: "file"),
    completion: .file())
  var names: String?
  @Option(
    help: ArgumentHelp("The outbox of tandem-invite: reminders wait in its folder `new`.", valueName: "dir"),
    completion: .directory)
  var outbox: String?
  @Option(help: "Where the survey is answered (https://…): for the reminder.")
  var link: String?
  @Option(help: "The last day to answer, as 2027-01-31: for the reminder.")
  var closes: String?
  @Option(help: ArgumentHelp("How long answering takes: for the reminder.", valueName: "minutes"))
  var minutes = 5
  @OptionGroup var time: NowOption
  @Option(
    help: "table, csv or xlsx; else a table on a terminal and CSV in a pipe.",
    completion: .formats(.table, .csv, .xlsx))
  var format: OutputFormat?

  func validate() throws {
    try OutputFormat.check(format, among: .table, .csv, .xlsx)
    if outbox != nil, link == nil || closes == nil {
      throw ValidationError(
        "--outbox needs --link and --closes: a reminder says where to answer, and until when")
    }
    if let closes, LocalDate(iso8601: closes) == nil {
      throw ValidationError("--closes \(closes): write the day as 2027-01-31")
    }
    // What is wrong with the options of a file is reported when it is opened.
    try OutputFiles.check(["--names": names], inputs: ((try? ExportArgument.all(files)) ?? []).map(\.path))
  }

  private var dimensions: [String] {
    by.flatMap { $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
  }

  func run(on console: Console) throws -> ToolStatus {
    let regions = try shared.regions(on: console)
    let plan: SurveyPlan
    do throws(SurveyError) {
      plan = try SurveyPlan(survey: survey, by: [], regions: regions)
    } catch {
      throw ToolFailure(error)
    }
    var answers = SurveyAnswers(
      plan: plan, regions: regions, wishes: exports.wishes, folder: shared.configuration(on: console),
      console: console)
    try answers.read(files)
    let asked = answers.asked(cohort: cohort, audience: plan.survey.audience)
    guard !asked.isEmpty else {
      throw ToolFailure(
        .badInput, "nobody is in a tandem of `\(cohort)`: give the stream with its people and tandems too")
    }
    var answered: Set<UInt64> = []
    for store in answers.stores { store.forEach(in: 0..<store.count) { answered.insert($1.respondent) } }
    try answers.checkDisk()
    let followUp = FollowUp(
      asked, answered: answered, by: dimensions, minimumGroup: plan.minimumGroup.figures)
    if let names { try AtomicFile.write(nameList(followUp).utf8, to: names) }
    let table = table(followUp)
    let format = format ?? (console.output.isTerminal ? .table : .csv)
    if format == .table {
      try console.output.write(table)
    } else {
      try table.data.write(format, to: console.output)
    }
    if let outbox { try remind(followUp, outbox, regions, on: console) }
    return console.log.errors == 0 ? .done : .badInput
  }

  private func cells(_ group: FollowUp.Group) -> [String] {
    (group.values ?? dimensions.map { _ in "(smaller groups)" }) + [
      String(group.asked), String(group.missing.count),
    ]
  }

  private func table(_ followUp: FollowUp) -> TextTable {
    var table = TextTable(
      dimensions.map { TextTable.Column($0) } + [
        TextTable.Column("asked", .right), TextTable.Column("missing", .right),
      ])
    for group in followUp.groups { table.add(cells(group)) }
    return table
  }

  private func nameList(_ followUp: FollowUp) -> String {
    CSVText.rows(
      [["person", "name", "email", "region", "site", "department", "role"]]
        + followUp.groups.flatMap(\.missing).map { one in
          [
            one.person.id.text, one.person.name, one.person.email, one.person.region, one.person.site,
            one.person.department.joined(separator: "/"), one.role,
          ]
        })
  }

  private func remind(_ followUp: FollowUp, _ path: String, _ regions: [Region], on console: Console) throws {
    let stamp = time.time(on: console)
    let wording = try shared.wording(of: regions, on: console)
    do {
      let box = try Outbox(path)
      let reminders = SurveyReminders(
        survey: survey, cohort: cohort, link: link ?? "", closes: closes.flatMap { LocalDate(iso8601: $0) },
        minutes: minutes, stamp: stamp)
      let (mails, kept) = try reminders.mails(
        to: followUp.groups.flatMap(\.missing).map(\.person), wording: wording, book: box.book)
      try box.add(mails, at: stamp)
      console.report(
        Diagnostic(
          .note,
          "\(counted(mails.count, "reminder waits", "reminders wait")) to be sent; \(kept) deferred: these people "
            + "had their notices of the week", file: path))
    } catch let error as MailingError {
      throw ToolFailure(error.path == nil ? .badInput : .cannotCreate, error.message, file: error.path)
    } catch let error as ConfigurationError {
      throw ToolFailure(.configuration, error.diagnostics)
    }
  }
}
