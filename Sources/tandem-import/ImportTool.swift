import ArgumentParser
import ToolSupport

/// The tool's commands; importing needs no name.
struct ImportTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem-import",
    abstract: "Preview the exports of HR departments, and make person and response records from them.",
    usage: """
      tandem-import preview FILE… [--format html]
      tandem-import [FILE…] [--form NAME] [--rejects FILE] [--allow-rejects N|P%] [--strict]
      tandem-import [STREAM…] --reveal KEY
      tandem-import forget PERSON… FILE…
      """,
    discussion: """
      Begin with `preview`: it shows how a file would be read, and writes nothing. No form fits? \
      `tandem-region form FILE` drafts one.
      """,
    version: Version.text,
    subcommands: [PreviewCommand.self, ImportCommand.self, ForgetCommand.self],
    defaultSubcommand: ImportCommand.self)

  static func run(_ words: [String], on console: Console) -> ToolStatus {
    ToolRun.run(ImportTool.self, arguments(words), on: console)
  }

  /// `--topics-report` alone means standard error: its file is given as `--topics-report=FILE`, so that an input behind
  /// it is never taken for the report and written over.
  static func arguments(_ words: [String]) -> [String] {
    var isOption = true
    return words.map { word in
      if word == "--" { isOption = false }
      return isOption && word == "--topics-report" ? "--topics-report=-" : word
    }
  }
}
