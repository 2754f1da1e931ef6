package import Basics
import Foundation
package import Programme
package import RecordStream

/// Where a tool reads, writes and complains: passed in, so that a test can run the tool in its own process.
package final class Console {
  package let output: Output
  package let errors: Output
  package let log: DiagnosticLog
  package let environment: [String: String]
  /// The present, where the call does not name it.
  let clock: () -> Timestamp
  /// What `-`, or no file at all, stands for; nil: the process's standard input.
  private let standardInput: [UInt8]?

  package init(
    output: Output, errors: Output, environment: [String: String] = ProcessInfo.processInfo.environment,
    standardInput: [UInt8]? = nil, clock: @escaping () -> Timestamp = Timestamp.ofClock
  ) {
    self.output = output
    self.errors = errors
    self.environment = environment
    self.standardInput = standardInput
    self.clock = clock
    log = DiagnosticLog(errors)
    if environment["TANDEM_PROGRAMME"].map({ !$0.isEmpty }) ?? false { log.names = .programme }
    output.lineWidth = Console.lineWidth(of: output, environment)
  }

  private init(_ other: Console, output: Output) {
    self.output = output
    errors = other.errors
    environment = other.environment
    standardInput = other.standardInput
    clock = other.clock
    log = other.log
  }

  /// The same console, with its output elsewhere.
  func writing(to output: Output) -> Console { Console(self, output: output) }

  /// What a table may take of a line: all of the terminal; elsewhere what `$COLUMNS` states, where it is exported.
  private static func lineWidth(of output: Output, _ environment: [String: String]) -> Int? {
    let stated = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    guard output.isTerminal else { return stated }
    return output.terminalWidth ?? stated ?? 80
  }

  package static func ofProcess() -> Console {
    Console(output: Output(descriptor: 1), errors: Output(descriptor: 2))
  }

  package func report(_ diagnostic: Diagnostic) { log.report(diagnostic) }

  /// The inputs in the order of the call; standard input where none is named. All are opened before any work, so that
  /// a misspelt name costs nothing.
  ///
  /// - Throws: `ToolFailure` with exit code 66, after every input that cannot be opened was named.
  package func open(_ paths: [String]) throws(ToolFailure) -> [Input] {
    var inputs: [Input] = []
    var isComplete = true
    for path in paths.isEmpty ? ["-"] : paths {
      if path == "-", let standardInput {
        inputs.append(Input(name: "standard input", bytes: standardInput))
        continue
      }
      do throws(InputError) {
        inputs.append(try Input(path: path))
      } catch {
        isComplete = false
        report(Diagnostic(.error, error.message, file: error.path, code: "no-input"))
      }
    }
    guard isComplete else { throw ToolFailure(.noInput) }
    return inputs
  }

  /// Whether colours and progress may be drawn on standard error.
  package var drawsOnTerminal: Bool {
    errors.isTerminal && environment["NO_COLOR"] == nil && environment["TERM"] != "dumb"
  }
}

/// Ends a tool with an exit code; what was wrong is in `diagnostics`, or has been reported already.
package struct ToolFailure: Error {
  package var status: ToolStatus
  package var diagnostics: [Diagnostic]

  package init(_ status: ToolStatus, _ diagnostics: [Diagnostic] = []) {
    self.status = status
    self.diagnostics = diagnostics
  }

  package init(_ status: ToolStatus, _ message: String, file: String? = nil) {
    self.init(status, [Diagnostic(.error, message, file: file)])
  }
}
