import ArgumentParser
import Basics
import Foundation
import Intake
import Programme
import RecordStream
import Regions
import Surveys
import ToolSupport

/// Tabulates the answers to a survey: only what can be shown, and not be used to find out who said what.
struct SurveyCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem-survey",
    abstract:
      "Tabulate the answers to a survey, without revealing anything about fewer people than the region allows.",
    usage: """
      tandem-survey [FILE…] --survey NAME [--by DIMENSION…] [--format table|csv|ndjson|html]
      tandem-survey [FILE…] --survey NAME --partial [--key FILE]
      tandem-survey merge FILE…
      tandem-survey missing FILE… --survey NAME --cohort ID [--names FILE]
      """,
    discussion: """
      Files are exports of answers (CSV or XML, read by the region's forms), streams with response records, and with \
      them master data and streams with tandems, which say who belongs together. Of two responses of one person the later \
      counts. Cells of few people are hidden, with as many others as it takes that they cannot be computed.
      """,
    version: Version.text)

  @OptionGroup var shared: SharedOptions
  @Argument(
    help: ArgumentHelp(
      "Exports of answers and of master data, and streams; none, or -: standard input.",
      discussion: """
        What is true of one file alone follows its name: midterm.csv@form=midterm,encoding=cp1250 (form, encoding, \
        delimiter, heading-rows, sheet).
        """),
    completion: .file())
  var files: [String] = []
  @Option(help: "The survey, as the region declares it.", completion: .settings(.surveys))
  var survey: String
  @Option(
    help: ArgumentHelp(
      "What to tabulate by, up to three: region, or one of the survey's dimensions; `none` for the whole.",
      valueName: "dimension"))
  var by: [String] = ["region"]
  @OptionGroup var exports: AnswerOptions
  @Option(
    help: ArgumentHelp(
      "With --partial: a secret of 16 bytes or more, by which merging finds people who are counted twice.",
      valueName: "file"), completion: .file())
  var key: String?
  @OptionGroup var publication: PublicationOptions

  func validate() throws {
    if key != nil, !publication.partial { throw ValidationError("--key belongs to --partial") }
  }

  /// `--by site,role` is the same as `--by site --by role`.
  private var dimensions: [String] {
    let names = by.flatMap { $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
    return names == ["none"] ? [] : names
  }

  func run(on console: Console) throws -> ToolStatus {
    let regions = try shared.regions(on: console)
    let key = try self.key.map { try SurveyKey.read($0, on: console) }
    let plan: SurveyPlan
    do throws(SurveyError) {
      plan = try SurveyPlan(
        survey: survey, by: dimensions, regions: regions, minimumGroup: publication.minimumGroup)
    } catch {
      throw ToolFailure(error)
    }
    var answers = SurveyAnswers(
      plan: plan, regions: regions, wishes: exports.wishes, folder: shared.configuration(on: console),
      console: console)
    do {
      try answers.read(files)
      try plan.check(answers.stores)
    } catch let error as SurveyError {
      throw ToolFailure(error)
    }
    var tally = Tally(survey: plan.survey, dimensions: plan.dimensions)
    tally.tandems = answers.tandems
    tally.key = key
    let (aggregate, repeats) = tally.aggregate(
      answers.stores, earlier: answers.earlierStores, earlierSurvey: plan.earlier)
    answers.report(repeats)
    try answers.checkDisk()
    guard publication.partial else {
      return try publication.write(
        aggregate, minimumGroup: plan.minimumGroup, regions: regions,
        config: shared.configuration(on: console).path, on: console)
    }
    let partial = PartialAggregate(
      aggregate, stores: answers.stores, regions: Set(regions.map(\.id)), minimumGroup: plan.minimumGroup,
      key: key)
    try answers.checkDisk()
    return try publication.write(partial, on: console)
  }
}

extension ToolFailure {
  init(_ error: SurveyError) {
    let status: ToolStatus =
      switch error {
      case .unknownSurvey, .unknownDimension, .tooManyDimensions, .repeatedDimension, .groupTooSmall: .usage
      case .differentDeclarations: .configuration
      case .dimensionTooWide, .noAnswers, .unlike, .counted, .withoutKey: .badInput
      }
    self.init(status, error.message)
  }
}

/// The secret that fingerprints are made with.
enum SurveyKey {
  static func read(_ path: String, on console: Console) throws -> PartialAggregate.Key {
    let bytes = try console.open([path])[0].readAll(limit: 1 << 20)
    guard let key = PartialAggregate.Key(bytes) else {
      throw ToolFailure(
        .badInput, "fewer than 16 bytes are no secret: make one with `head -c 32 /dev/urandom`", file: path)
    }
    return key
  }
}
