import Foundation
import ToolSupport

@main struct Main {
  static func main() {
    // Writing to a closed pipe must be an error that ends the tool quietly, not a signal.
    signal(SIGPIPE, SIG_IGN)
    exit(SurveyTool.run(Array(CommandLine.arguments.dropFirst()), on: .ofProcess()).rawValue)
  }
}
