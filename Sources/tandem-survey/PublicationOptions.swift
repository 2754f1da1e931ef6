import ArgumentParser
import Basics
import Foundation
import Programme
import RecordStream
import Regions
import Surveys
import ToolSupport

/// How a run's aggregates are written: as a published table, or as a partial aggregate. The same for tabulating and merging.
struct PublicationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Fewest people of a figure; the region's number can only be raised.", valueName: "n"))
  var minimumGroup: Int?
  @Option(
    help: ArgumentHelp(
      "What went out before, as --format ndjson wrote it: no cell may be had by subtraction from it.",
      valueName: "file"), completion: .file())
  var published: [String] = []
  @Flag(
    help: "Write aggregates that can be merged, in place of a table: only for those who may see counts.")
  var partial = false
  @Option(
    help: ArgumentHelp(
      "The language of a table or page, as en; else that of the regions, and of several that of the programme.",
      valueName: "tag"))
  var language: String?
  @Option(
    help: "table, csv, xlsx, ndjson or html; else a table on a terminal and records in a pipe.",
    completion: .formats(.ndjson, .table, .csv, .xlsx, .html))
  var format: OutputFormat?

  func validate() throws {
    let groups = PrivacySettings.groups
    if let minimumGroup, !groups.contains(minimumGroup) {
      throw ValidationError(
        "--minimum-group \(minimumGroup): write the fewest people of a figure, from \(groups.lowerBound) to "
          + "\(groups.upperBound)")
    }
    try OutputFormat.check(format, among: .table, .csv, .xlsx, .ndjson, .html)
    if partial, let format, format != .ndjson {
      throw ValidationError("--partial writes records: leave --format \(format.rawValue) out")
    }
    if partial, !published.isEmpty {
      throw ValidationError(
        "--published belongs to a table, which --partial does not make: give it when merging")
    }
  }

  /// Writes the part of an aggregate's table that may be published.
  func write(
    _ aggregate: SurveyAggregate, minimumGroup least: MinimumGroup, regions: [Region], config: String,
    on console: Console
  ) throws -> ToolStatus {
    let minimumGroup: MinimumGroup
    do throws(SurveyError) {
      minimumGroup = try least.raised(to: self.minimumGroup)
    } catch {
      throw ToolFailure(.usage, error.message)
    }
    let survey = aggregate.survey
    let earlier = try published.map { try Earlier($0, of: survey, minimumGroup: minimumGroup, on: console) }
    let before = survey.pairedWith.flatMap { name in regions.lazy.compactMap { $0.survey(name) }.first }
    let table = aggregate.table
    let decisions = Suppression.decide(
      table: table, published: earlier.compactMap { $0.table(of: survey) },
      paired: before.map { before in earlier.compactMap { $0.table(of: before) } } ?? [],
      minimumGroup: minimumGroup)
    report(decisions, on: console)
    let out = PublishedTable(table, decisions, minimumGroup: minimumGroup)
    func wording(_ out: PublishedTable) throws -> SurveyWording {
      let wording = SurveyWording(out, asked: language, regions: regions, config: config)
      if let language, wording.language != language {
        throw ToolFailure(
          .usage, "--language \(language): no texts/\(language).yaml has all the words of a survey")
      }
      return wording
    }
    let format = OutputFormat.resolve(format, on: console)
    switch format {
    case .csv, .xlsx: try TableData.table(out).write(format, to: console.output)
    case .table: try console.output.write(TableText(out, wording(out), width: console.output.lineWidth).text)
    case .html: try console.output.write(SurveyPage(out, wording(out)).html)
    default: for summary in out.summaries { try console.output.writeLine(Record.summary(summary).line) }
    }
    return console.log.errors == 0 ? .done : .badInput
  }

  /// Reports to those who publish whether the hidden figures are enough, and whether fewer would do.
  private func report(_ decisions: Decisions, on console: Console) {
    let all = (decisions.questions + decisions.scales + decisions.changes).joined()
    guard all.contains(where: { $0 != .published }) else { return }
    let (severity, text, code): (Diagnostic.Severity, String, String) =
      switch (decisions.isProved, decisions.isMinimal) {
      case (false, _):
        (
          .warning,
          "what went out before leaves some figures that hiding cannot protect: do not publish this table",
          "suppression-not-proved"
        )
      case (true, false):
        (
          .note, "what is hidden is proved to protect; some of it may be hidden without need",
          "suppression-safe"
        )
      case (true, true):
        (
          .note, "what is hidden is proved to protect, table by table, and none of it can be shown alone",
          "suppression-minimal"
        )
      }
    console.report(Diagnostic(severity, text, code: code))
  }

  func write(_ partial: PartialAggregate, on console: Console) throws -> ToolStatus {
    var partial = partial
    do throws(SurveyError) {
      partial.minimumGroup = try partial.minimumGroup.raised(to: minimumGroup)
    } catch {
      throw ToolFailure(.usage, error.message)
    }
    for line in partial.lines { try console.output.writeLine(line) }
    return console.log.errors == 0 ? .done : .badInput
  }
}

/// What an earlier run published.
struct Earlier {
  private var summaries: [Summary] = []
  private let minimumGroup: MinimumGroup

  /// Throws where it has no figures of the survey, nor of the survey that it is paired with.
  init(_ path: String, of survey: SurveyDefinition, minimumGroup: MinimumGroup, on console: Console) throws {
    self.minimumGroup = minimumGroup
    let input = try console.open([path])[0]
    var summaries: [Summary] = []
    let errors = console.log.errors
    try RecordReader(input, log: console.report).forEachLine { line in
      guard case .summary(let summary) = try line.decode() else { return }
      if summary.survey == survey.name || summary.survey == survey.pairedWith { summaries.append(summary) }
    }
    // What cannot be read may be what gives a cell away.
    guard console.log.errors == errors else { throw ToolFailure(.badInput) }
    if summaries.isEmpty {
      throw ToolFailure(
        .badInput, "holds no figures of `\(survey.name)`: give what `--format ndjson` wrote before",
        file: path)
    }
    self.summaries = summaries
  }

  /// nil where nothing of the survey was published.
  func table(of survey: SurveyDefinition) -> PublishedTable? {
    let own = summaries.filter { $0.survey == survey.name }
    guard !own.isEmpty else { return nil }
    var dimensions: [String] = []
    for summary in own {
      for name in summary.slice.keys.sorted(by: { $0.precedesByBytes($1) }) where !dimensions.contains(name) {
        dimensions.append(name)
      }
    }
    return PublishedTable(own, survey: survey, dimensions: dimensions, minimumGroup: minimumGroup)
  }
}
