import Basics
import Foundation
import Programme
import RecordStream
import ToolSupport

/// `tandem NAME …` becomes `tandem-NAME …`: ours, a region's, or any on the PATH.
@main struct Main {
  static func main() {
    let console = Console.ofProcess()
    let arguments = Array(CommandLine.arguments.dropFirst())
    let finder = ToolFinder(
      executable: Main.executable, arguments: arguments, environment: console.environment)
    guard let name = arguments.first, !["-h", "--help", "help"].contains(name) else {
      tell(finder.overview, arguments.isEmpty ? .usage : .done, on: console)
    }
    if name == "--version" {
      tell(Version.text + "\n", .done, on: console)
    }
    guard let path = finder.path(of: name) else {
      console.report(Diagnostic(.error, finder.complaint(about: name)))
      exit(ToolStatus.usage.rawValue)
    }
    // The tool takes this process's place: its exit code, signals and terminal are its own.
    let words = [path] + arguments.dropFirst()
    SystemCall.execute(path, words)
    console.report(Diagnostic(.error, "cannot be run: \(SystemCall.reason(errno))", file: path))
    exit(ToolStatus.noInput.rawValue)
  }

  private static func tell(_ text: String, _ status: ToolStatus, on console: Console) -> Never {
    // Of this program alone: one that it becomes decides for itself.
    signal(SIGPIPE, SIG_IGN)
    do throws(OutputError) {
      try console.output.write(text)
      try console.output.flush()
    } catch {
      if error != .readerClosed {
        console.report(Diagnostic(.error, error.message, file: "standard output"))
        exit(ToolStatus.ioError.rawValue)
      }
    }
    exit(status.rawValue)
  }

  /// Where this program lies, so that its tools are found beside it wherever it was installed.
  private static var executable: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  }
}
