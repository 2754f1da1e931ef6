import ArgumentParser
import Matching
import Programme
import RecordStream
import Regions
import ToolSupport

/// Matches the applicants of a cohort.
struct MatchCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem-match",
    abstract: "Find who meets whom: the best tandems that the rules allow, and why.",
    discussion: """
      Reads person records, and writes them through with the tandems and those left out behind them.
      """)

  @OptionGroup var shared: SharedOptions
  @Argument(help: "Streams of records; none, or -: standard input.")
  var files: [String] = []
  @Option(help: "The cohort, as the regions declare it: 2026-autumn.")
  var cohort: String
  @Option(help: "An earlier result: tandems that still hold stay, those left out before count first.")
  var previous: String?
  @Option(help: "fair or total; else what each region says.")
  var objective: MatchingSettings.Objective?
  @Option(help: "ndjson, table, csv or html; else a table on a terminal and records in a pipe.")
  var format: OutputFormat?

  func validate() throws {
    if let format, ![.ndjson, .table, .csv, .html].contains(format) {
      throw ValidationError("--format \(format.rawValue): write ndjson, table, csv or html")
    }
  }

  func run(on console: Console) throws -> ToolStatus {
    let regions = try shared.regions(on: console)
    let inputs = try console.open(files)
    let before = try previous.map { try console.open([$0]) }
    let format = OutputFormat.resolve(format, on: console)
    var stream = try CohortStream(
      inputs, cohort: cohort, passingTo: format == .ndjson ? console.output : nil, on: console)
    if let before {
      stream.add(previous: try CohortStream(before, cohort: cohort, passingTo: nil, on: console))
    }
    var request = MatchRequest(cohort: cohort, people: stream.people, regions: regions)
    request.tandems = stream.tandems
    request.waiting = stream.waiting
    request.objective = objective
    let match: CohortMatch
    do throws(MatchingError) {
      match = try CohortMatch(request)
    } catch {
      throw ToolFailure(.badInput, error.description)
    }
    for warning in match.warnings { console.report(warning) }
    for tandem in match.tandems { try console.output.writeLine(Record.tandem(tandem).line) }
    for unmatched in match.unmatched { try console.output.writeLine(Record.unmatched(unmatched).line) }
    return console.log.errors == 0 ? .done : .badInput
  }
}

extension MatchingSettings.Objective: ExpressibleByArgument {}
