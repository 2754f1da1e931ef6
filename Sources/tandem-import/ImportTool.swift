import ArgumentParser
import ToolSupport

/// The tool's commands: importing, which needs no name, and forgetting.
struct ImportTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem-import",
    abstract: "Make person and response records of what HR departments export.",
    version: Version.text, subcommands: [ImportCommand.self], defaultSubcommand: ImportCommand.self)
}
