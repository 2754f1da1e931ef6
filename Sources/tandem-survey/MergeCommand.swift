import ArgumentParser
import Basics
import Programme
import RecordStream
import Regions
import Surveys
import ToolSupport

/// Makes one table of the partial aggregates of many: exact, in any order.
struct MergeCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem-survey merge",
    abstract: "Make one table of partial aggregates, as `tandem-survey --partial` wrote them.",
    discussion: """
      The result is that of one run over all answers, byte for byte. Partials of different regions are merged as they \
      are; of one region they must have been made with one --key, so that nobody is counted twice.
      """,
    version: Version.text)

  @OptionGroup var shared: SharedOptions
  @Argument(
    help: "Files of partial aggregates, each with one or more; none, or -: standard input.",
    completion: .file())
  var files: [String] = []
  @OptionGroup var publication: PublicationOptions

  func run(on console: Console) throws -> ToolStatus {
    let inputs = try console.open(files)
    var merged: PartialAggregate?
    for input in inputs {
      var reader = PartialReader()
      var strange: String?
      try RecordReader(input, log: console.report).forEachLine { line in
        if try !reader.take(line), strange == nil { strange = line.kind }
      }
      if let strange {
        console.report(
          Diagnostic(
            .error,
            "a `\(strange)` record is not a partial aggregate: make those with `tandem-survey --partial`",
            file: input.name))
      }
      if reader.partials.isEmpty, strange == nil {
        console.report(Diagnostic(.error, "no partial aggregate in it", file: input.name))
      }
      for partial in reader.partials {
        do throws(SurveyError) {
          if merged == nil { merged = partial } else { try merged?.merge(partial) }
        } catch {
          throw ToolFailure(.badInput, error.message, file: input.name)
        }
      }
    }
    // Half of the answers is another table, from which the whole gives the other half away.
    guard console.log.errors == 0, let merged else { throw ToolFailure(.badInput) }
    if publication.partial { return try publication.write(merged, on: console) }
    let (regions, _) = shared.configuration(on: console).read(try shared.regionIDs(on: console))
    return try publication.write(
      merged.aggregate, minimumGroup: merged.minimumGroup, regions: regions.compactMap(\.region),
      config: shared.configuration(on: console).path, on: console)
  }
}
