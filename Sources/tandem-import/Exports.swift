import Intake
import Programme
import RecordStream
import ToolSupport

/// The inputs of a call, opened before any work.
struct Exports {
  private(set) var sources: [ByteSource] = []
  /// Inputs that are records already.
  private(set) var streams: [Input] = []
  /// Inputs that were opened and are nothing that can be read.
  private(set) var broken = 0

  /// - Throws: `ToolFailure` with exit code 66 after every input that cannot be opened was named.
  static func open(_ paths: [String], on console: Console) throws(ToolFailure) -> Exports {
    var exports = Exports()
    var isComplete = true
    var seen: Set<String> = []
    for path in paths.isEmpty ? ["-"] : paths where seen.insert(path).inserted {
      do throws(SourceProblem) {
        let source =
          path == "-" ? try ByteSource(descriptor: 0, name: "standard input") : try ByteSource(path: path)
        if Exports.isStream(source.firstPiece) {
          exports.streams.append(try Exports.stream(source, path: path))
        } else {
          exports.sources.append(source)
        }
      } catch {
        console.report(Rejection(error).diagnostic)
        switch error.fault {
        case .cannotOpen, .readFailed: isComplete = false
        default: exports.broken += 1
        }
      }
    }
    exports.streams.sort { $0.name.precedesByBytes($1.name) }
    guard isComplete else { throw ToolFailure(.noInput) }
    return exports
  }

  /// Records begin with a brace, which no heading does.
  private static func isStream(_ piece: [UInt8]) -> Bool {
    let text = piece.starts(with: [0xEF, 0xBB, 0xBF]) ? piece.dropFirst(3) : piece[...]
    return text.first { $0 > 0x20 } == UInt8(ascii: "{")
  }

  /// The source as an input of records: a file is opened again, a pipe is read to its end.
  private static func stream(_ source: ByteSource, path: String) throws(SourceProblem) -> Input {
    if path != "-", let input = try? Input(path: path) { return input }
    var bytes: [UInt8] = []
    do {
      try source.forEachPiece { bytes += $0 }
    } catch {
      throw (error as? SourceProblem) ?? SourceProblem(file: source.name, fault: .readFailed("\(error)"))
    }
    return Input(name: source.name, bytes: bytes)
  }
}
