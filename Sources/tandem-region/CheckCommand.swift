import ArgumentParser
import Basics
import Calendars
import Programme
import RecordStream
import Regions
import ToolSupport

/// Names everything that is wrong with the configuration.
struct CheckCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Report every mistake in the configuration that can be found without data.",
    discussion: "Exit code 78 when there is an error; warnings alone leave it 0.")

  @OptionGroup var shared: SharedOptions
  @Argument(help: "The regions; none: those of --region, else all.", completion: .settings(.regions))
  var ids: [String] = []
  @Option(
    help: ArgumentHelp("Where nothing is wrong, write this file: for build systems.", visibility: .hidden),
    completion: .file())
  var stamp: String?

  func run(on console: Console) throws -> ToolStatus {
    let folder = shared.configuration(on: console)
    let ids = ids.isEmpty ? try shared.regionIDs(on: console) : ids
    guard !ids.isEmpty else {
      throw ToolFailure(
        .configuration,
        "no region here: name the folder with --config or $TANDEM_CONFIG, or begin one with `tandem-region new`",
        file: folder.path)
    }
    let diagnostics = folder.check(ids, holidays: HolidayFiles.read)
    for diagnostic in diagnostics { console.report(diagnostic) }
    let errors = diagnostics.count { $0.severity == .error }
    let warnings = diagnostics.count { $0.severity == .warning }
    console.report(
      Diagnostic(
        .note,
        "\(counted(ids.count, "region")) checked: \(counted(errors, "error")), \(counted(warnings, "warning"))"
      ))
    guard errors == 0 else { return .configuration }
    if let stamp {
      try AtomicFile.write(Array("// \(counted(ids.count, "region")) checked\n".utf8), to: stamp, mode: 0o644)
    }
    return .done
  }
}

/// Holiday calendars, read for the check.
enum HolidayFiles {
  static func read(
    _ path: String, _ bytes: [UInt8], _ first: LocalDate, _ last: LocalDate
  ) -> (dates: [LocalDate], diagnostics: [Diagnostic]) {
    let file = CalendarFile.read(bytes, fileName: path, depth: .texts)
    return (file.wholeDays(from: first, through: last).map(\.date), file.diagnostics)
  }
}
