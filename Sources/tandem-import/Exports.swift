import Intake
import Programme
import ToolSupport

/// The inputs of a call, opened before any work.
struct Exports {
  private(set) var sources: [ByteSource] = []
  /// Inputs that were opened and are nothing that can be read.
  private(set) var broken = 0

  /// - Throws: `ToolFailure` with exit code 66 after every input that cannot be opened was named.
  static func open(_ paths: [String], on console: Console) throws(ToolFailure) -> Exports {
    var exports = Exports()
    var isComplete = true
    var seen: Set<String> = []
    for path in paths.isEmpty ? ["-"] : paths where seen.insert(path).inserted {
      do throws(SourceProblem) {
        exports.sources.append(
          path == "-" ? try ByteSource(descriptor: 0, name: "standard input") : try ByteSource(path: path))
      } catch {
        console.report(Rejection(error).diagnostic)
        switch error.fault {
        case .cannotOpen, .readFailed: isComplete = false
        default: exports.broken += 1
        }
      }
    }
    guard isComplete else { throw ToolFailure(.noInput) }
    return exports
  }
}
