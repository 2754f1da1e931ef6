import ToolSupport

/// The tool's two commands: importing, which needs no name, and forgetting.
///
/// Each is a root of its own, so that `tandem-import --help` shows the options of importing and not a list of names.
enum ImportTool {
  static func run(_ words: [String], on console: Console) -> ToolStatus {
    if words.first == "forget" {
      return ToolRun.run(ForgetCommand.self, Array(words.dropFirst()), on: console)
    }
    return ToolRun.run(ImportCommand.self, arguments(words), on: console)
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
