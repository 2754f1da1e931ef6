import ToolSupport

/// The tool's commands: tabulating, which needs no name, and those that do.
///
/// Each is a root of its own, so that `tandem-survey --help` shows the options of tabulating and not a list of names.
enum SurveyTool {
  static func run(_ words: [String], on console: Console) -> ToolStatus {
    let rest = Array(words.dropFirst())
    return switch words.first {
    case "merge": ToolRun.run(MergeCommand.self, rest, on: console)
    case "missing": ToolRun.run(MissingCommand.self, rest, on: console)
    default: ToolRun.run(SurveyCommand.self, words, on: console)
    }
  }
}
