import ArgumentParser
import Basics
import Programme
import RecordStream
import Regions
import ToolSupport

/// Names the regions.
struct ListCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Name the regions with their sites and cohorts.")

  @OptionGroup var shared: SharedOptions
  @Option(
    help: "table, csv, xlsx or ndjson; else a table on a terminal and ndjson in a pipe.",
    completion: .formats(.ndjson, .table, .csv, .xlsx))
  var format: OutputFormat?

  func validate() throws {
    try OutputFormat.check(format, among: .table, .csv, .xlsx, .ndjson)
  }

  func run(on console: Console) throws -> ToolStatus {
    let regions = try shared.regions(on: console)
    let headings = ["id", "name", "country", "language", "time zone", "sites", "cohorts", "forms"]
    var table = TextTable(headings.map { TextTable.Column($0) })
    for region in regions {
      table.add([
        region.id, region.name, region.country, region.language, region.timeZone,
        region.sites.map(\.name).joined(separator: ", "), region.cohorts.map(\.id).joined(separator: ", "),
        region.forms.map(\.name).joined(separator: ", "),
      ])
    }
    let format = OutputFormat.resolve(format, on: console)
    switch format {
    case .csv, .xlsx: try table.data.write(format, to: console.output)
    case .table: try console.output.write(table)
    default:
      for region in regions { try console.output.writeLine(Region.fields.line(region)) }
    }
    return .done
  }
}
