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
      try? console.output.write(finder.overview)
      try? console.output.flush()
      exit((arguments.isEmpty ? ToolStatus.usage : .done).rawValue)
    }
    if name == "--version" {
      try? console.output.write(Version.text + "\n")
      try? console.output.flush()
      exit(ToolStatus.done.rawValue)
    }
    guard let path = finder.path(of: name) else {
      console.report(Diagnostic(.error, finder.complaint(about: name)))
      exit(ToolStatus.usage.rawValue)
    }
    // The tool takes this process's place: its exit code, signals and terminal are its own.
    let words = [path] + arguments.dropFirst()
    let pointers = words.map { strdup($0) } + [nil]
    execv(path, pointers)
    console.report(Diagnostic(.error, "cannot be run: \(String(cString: strerror(errno)))", file: path))
    exit(ToolStatus.noInput.rawValue)
  }

  /// Where this program lies, so that its tools are found beside it wherever it was installed.
  private static var executable: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  }
}
