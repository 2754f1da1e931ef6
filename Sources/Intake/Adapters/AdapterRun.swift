package import Basics
import Foundation
import Programme
package import Regions
import Subprocess
import SystemPackage

/// One run of a region's own program over an export: no shell, no way out of the region's folder, a bounded time and
/// a bounded output. Called only where the user said `--allow-adapters`.
package struct AdapterRun: Sendable {
  /// The program without links.
  package let program: String
  package let arguments: [String]
  /// The region's folder without links, where the program runs.
  package let folder: String
  package let timeLimit: Int
  package let sizeLimit: Int

  /// What an adapter wrote.
  package struct Output: Hashable, Sendable {
    /// Rows in CSV, or records where the first byte is a brace.
    package let bytes: [UInt8]
    /// Its standard error, a diagnostic a line.
    package let diagnostics: [Diagnostic]

    package var isRecords: Bool {
      bytes.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D } == UInt8(ascii: "{")
    }
  }

  /// - Parameters:
  ///   - adapter: as the region declares it.
  ///   - folder: the region's folder.
  ///   - export: the file that `{file}` stands for; passed as a full path, so that no name can pass for an option.
  package init(_ adapter: Adapter, in folder: String, over export: String) throws(IntakeError) {
    let named = adapter.command.first ?? ""
    guard let home = SystemCall.realPath(folder) else {
      throw .notRunnable(program: folder + "/" + named)
    }
    let path = named.hasPrefix("/") ? named : home + "/" + named
    guard let real = SystemCall.realPath(path) else { throw .notRunnable(program: path) }
    guard ConfigurationBytes.isInside(real, home), real != home else { throw .outsideFolder(program: path) }
    guard !ConfigurationBytes.isFolder(real), SystemCall.access(real, X_OK) == 0 else {
      throw .notRunnable(program: path)
    }
    guard let file = SystemCall.realPath(export) else { throw .noExport(path: export) }
    program = real
    arguments = adapter.command.dropFirst().map { $0.replacingOccurrences(of: "{file}", with: file) }
    self.folder = home
    timeLimit = adapter.timeLimit
    sizeLimit = adapter.sizeLimit
  }

  /// Runs it and waits. Holds the thread of its caller: for a tool's own, not for a task's.
  package func output() throws(IntakeError) -> Output {
    try waiting { await finished() }.get()
  }

  private enum Race: Sendable {
    case ended(Result<Output, IntakeError>)
    case late
  }

  /// Runs it without holding a thread.
  func finished() async -> Result<Output, IntakeError> {
    await withTaskGroup(of: Race.self) { group in
      group.addTask { .ended(await run()) }
      group.addTask {
        try? await Task.sleep(for: .seconds(timeLimit))
        return .late
      }
      let first = await group.next()
      group.cancelAll()
      // The program is torn down with its whole session before this returns.
      await group.waitForAll()
      guard case .ended(let result) = first else {
        return .failure(.tooSlow(program: program, seconds: timeLimit))
      }
      return result
    }
  }

  private func run() async -> Result<Output, IntakeError> {
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [
      .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .milliseconds(200)),
      .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .milliseconds(200)),
    ]
    do {
      let result = try await Subprocess.run(
        .path(FilePath(program)), arguments: Arguments(arguments), environment: environment,
        workingDirectory: FilePath(folder), platformOptions: options, input: .none,
        output: .bytes(limit: sizeLimit), error: .bytes(limit: AdapterRun.messageLimit))
      let code: Int32
      switch result.terminationStatus {
      case .exited(let status): code = status
      case .signaled(let signal): code = 128 + signal
      }
      let said = AdapterRun.diagnostics(result.standardError, program: program, failed: code != 0)
      guard code == 0 else { return .failure(.failed(program: program, code: code, said: said)) }
      return .success(Output(bytes: result.standardOutput, diagnostics: said))
    } catch let error as SubprocessError where error.code == .outputLimitExceeded {
      return .failure(.tooLarge(program: program, bytes: sizeLimit))
    } catch {
      return .failure(.notRun(program: program, reason: String(describing: error)))
    }
  }

  private static let messageLimit = 1 << 20

  /// What a program needs to run, and nothing that is secret.
  private var environment: Environment {
    let inherited = ProcessInfo.processInfo.environment
    var own: [Environment.Key: String] = [:]
    for name in ["PATH", "LANG", "LC_ALL", "TMPDIR"] {
      if let value = inherited[name], let key = Environment.Key(rawValue: name) { own[key] = value }
    }
    return .custom(own)
  }

  /// A line of standard error as a diagnostic: `file:line:column: error: …` as it is, anything else as a warning,
  /// or as an error where the program failed.
  static func diagnostics(_ bytes: [UInt8], program: String, failed: Bool) -> [Diagnostic] {
    let text = String(decoding: bytes, as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }.map { line in
      for severity in Diagnostic.Severity.allCases {
        let mark = "\(severity.rawValue): "
        guard let range = line.range(of: mark) else { continue }
        var place = line[..<range.lowerBound]
        guard place.isEmpty || place.hasSuffix(": ") else { continue }
        place = place.dropLast(2)
        var parts = place.split(separator: ":", omittingEmptySubsequences: false)
        var numbers: [Int] = []
        while parts.count > 1, numbers.count < 2, let number = parts.last.flatMap({ Int($0) }) {
          numbers.insert(number, at: 0)
          parts.removeLast()
        }
        let file = parts.joined(separator: ":")
        return Diagnostic(
          severity, String(line[range.upperBound...]), file: file.isEmpty ? program : file,
          line: numbers.first,
          column: numbers.dropFirst().first, code: "adapter")
      }
      return Diagnostic(failed ? .error : .warning, String(line), file: program, code: "adapter")
    }
  }
}
