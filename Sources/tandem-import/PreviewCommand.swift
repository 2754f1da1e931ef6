import ArgumentParser
import Basics
import Intake
import Programme
import RecordStream
import Regions
import ToolSupport

/// Shows what an import would make of files, and imports nothing.
struct PreviewCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract:
      "Show how each file would be read and what its first ten rows would become; write nothing else.",
    discussion: """
      For each file: its form, encoding and heading row; each field with its column and first values; fields without a \
      column; columns that no field uses; how dates are read; the first ten rows. Name the same files, and the same options \
      about them, as for the import: the preview is the import itself, without its output.
      """)

  @OptionGroup var shared: SharedOptions
  @Argument(help: "Exports, as for the import; none, or -: standard input.", completion: .file())
  var files: [String] = []
  @OptionGroup var options: FileOptions
  @Option(
    help: "table, for a terminal of 80 columns, or html; else a table.", completion: .formats(.table, .html))
  var format: OutputFormat?

  func validate() throws { try OutputFormat.check(format, among: .table, .html) }

  func run(on console: Console) throws -> ToolStatus {
    let regions = try shared.regions(on: console)
    let opened = try options.open(files, regions: regions, on: console)
    let wishes = try options.wishes(opened, regions)
    let folder = shared.configuration(on: console)
    let preview = try ImportPreview(
      opened.sources, regions: regions, wishes: wishes.all, ownWishes: wishes.own,
      shipped: { folder.shippedForms },
      diagnostic: { diagnostic in
        // The screen has the notes.
        if diagnostic.severity != .note { console.report(diagnostic) }
      })
    if format == .html {
      try console.output.write(PreviewPage(preview.files).html)
    } else {
      let screens = preview.files.map { PreviewScreen(file: $0).text }
      try console.output.write(screens.joined(separator: "\n"))
    }
    for stream in opened.streams {
      console.report(
        Diagnostic(.note, "a stream of records, which an import passes through", file: stream.name))
    }
    let isGood =
      preview.outcome.rejected == 0 && preview.outcome.brokenFiles + opened.broken == 0
      && preview.outcome.unreadColumns == 0
    return isGood ? .done : .badInput
  }
}
