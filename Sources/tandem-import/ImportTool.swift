import ArgumentParser
import ToolSupport

/// The tool's commands: importing, which needs no name, and forgetting.
struct ImportTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem-import",
    abstract: "Make person and response records of what HR departments export.",
    version: Version.text, subcommands: [ImportCommand.self, ForgetCommand.self],
    defaultSubcommand: ImportCommand.self)

  /// `--topics-report` alone means standard error: its file is given as `--topics-report=FILE`, so that an input behind
  /// it is never taken for the report and written over.
  static func arguments(_ words: [String]) -> [String] {
    var isOption = true
    return words.map { word in
      if word == "--" { isOption = false }
      return isOption && word == "--topics-report" ? "--topics-report=-" : word
    }
  }

  static func run(_ words: [String], on console: Console) -> ToolStatus {
    ToolRun.run(ImportTool.self, arguments(words), on: console)
  }
}
