import ArgumentParser
import Foundation
import Programme
import RecordStream
import Regions
import Surveys
import ToolSupport

/// What becomes of a run's aggregates: a published table, or a partial aggregate. The same for tabulating and merging.
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
    help: "Write aggregates that can be merged, in place of a table: they stay with whoever may see counts.")
  var partial = false
  @Option(
    help: "table, csv, ndjson or html; else a table on a terminal and records in a pipe.",
    completion: .formats(.ndjson, .table, .csv, .html))
  var format: OutputFormat?

  func validate() throws {
    if let minimumGroup, minimumGroup < 2 {
      throw ValidationError("--minimum-group \(minimumGroup): write the fewest people of a figure, such as 8")
    }
    if let format, ![.ndjson, .table, .csv, .html].contains(format) {
      throw ValidationError("--format \(format.rawValue): write table, csv, ndjson or html")
    }
    if partial, let format, format != .ndjson {
      throw ValidationError("--partial writes records: leave --format \(format.rawValue) out")
    }
    if partial, !published.isEmpty {
      throw ValidationError(
        "--published belongs to a table, which --partial does not make: say it when merging")
    }
  }

  /// Writes the table of an aggregate as far as it may go out.
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
    let earlier = try published.map { path in
      try Earlier.table(path, survey: aggregate.survey, minimumGroup: minimumGroup, on: console)
    }
    let table = aggregate.table
    let decisions = Suppression.decide(table: table, published: earlier, minimumGroup: minimumGroup)
    let out = PublishedTable(table, decisions, minimumGroup: minimumGroup)
    switch OutputFormat.resolve(format, on: console) {
    case .csv: try console.output.write(TableCSV.text(out))
    case .table:
      // Of several regions nobody knows the reader's language.
      try console.output.write(TableText(out, language: regions.count == 1 ? regions[0].language : "en").text)
    case .html: try console.output.write(TableHTML.text(out, regions: regions, config: config, on: console))
    default: for summary in out.summaries { try console.output.writeLine(Record.summary(summary).line) }
    }
    return console.log.errors == 0 ? .done : .badInput
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

/// A table that went out in an earlier run.
enum Earlier {
  static func table(
    _ path: String, survey: SurveyDefinition, minimumGroup: MinimumGroup, on console: Console
  ) throws -> PublishedTable {
    let input = try console.open([path])[0]
    var summaries: [Summary] = []
    var dimensions: [String] = []
    let errors = console.log.errors
    try RecordReader(input, log: console.report).forEachLine { line in
      guard case .summary(let summary) = try line.decode(), summary.survey == survey.name else { return }
      for name in summary.slice.keys.sorted(by: { $0.precedesByBytes($1) }) where !dimensions.contains(name) {
        dimensions.append(name)
      }
      summaries.append(summary)
    }
    // What cannot be read may be what gives a cell away.
    guard console.log.errors == errors else { throw ToolFailure(.badInput) }
    if summaries.isEmpty {
      throw ToolFailure(
        .badInput, "holds no figures of `\(survey.name)`: give what `--format ndjson` wrote before",
        file: path)
    }
    return PublishedTable(summaries, survey: survey, dimensions: dimensions, minimumGroup: minimumGroup)
  }
}
