import Foundation
import Subprocess
import SystemPackage

/// A tool as it was built, run as a user runs it: its own process, its own standard streams.
public struct BuiltTool: Sendable {
  public struct Run: Sendable {
    public var status: Int32
    public var output: [UInt8]
    public var errors: String

    public var text: String { String(decoding: output, as: UTF8.self) }
    public var lines: [Substring] { text.split(separator: "\n") }
  }

  /// A present weeks before the start of the cohort of the tests, so that no result depends on the date.
  public static let beforeAutumn = ["--now", "2026-09-14T09:00:00+02:00"]

  /// A tool that ends before it has read its input must not end the tests.
  private static let ignoresClosedPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

  public let name: String

  public init(_ name: String) { self.name = name }

  public func run(
    _ arguments: [String], input: [UInt8] = [], in folder: String = Repository.path,
    environment: [String: String] = [:]
  ) async throws -> Run {
    try await BuiltTool.run(
      "\(Repository.tools)/\(name)", arguments, input: input, in: folder, environment: environment)
  }

  /// Runs any program; `python3` on its search path is the tests' own.
  ///
  /// Output and messages are read while the program runs, so that no full pipe stops it. The input is a file: Subprocess
  /// 1.0.2 ends this process where a program stops before it has read what is written to it.
  public static func run(
    _ program: String, _ arguments: [String], input: [UInt8] = [], in folder: String = Repository.path,
    environment: [String: String] = [:]
  ) async throws -> Run {
    ignoresClosedPipes
    var variables: [Environment.Key: String?] = [
      "TANDEM_CONFIG": Repository.config, "PATH": try Program.searchPath(),
    ]
    for (name, value) in environment { variables[Environment.Key(stringLiteral: name)] = value }
    let spool = try WorkFolder()
    let given = try FileDescriptor.open(try spool.file("input", input), .readOnly)
    let result = try await Subprocess.run(
      .path(FilePath(try Program.path(program))), arguments: Arguments(arguments),
      environment: .inherit.updating(variables), workingDirectory: FilePath(folder),
      input: .fileDescriptor(given, closeAfterSpawningProcess: true),
      output: .bytes(limit: 1 << 28), error: .bytes(limit: 1 << 24))
    let status: Int32 =
      switch result.terminationStatus {
      case .exited(let code): code
      case .signaled(let signal): -signal
      }
    return Run(
      status: status, output: result.standardOutput,
      errors: String(decoding: result.standardError, as: UTF8.self))
  }

  /// Runs a script of Tests/Judges or another one under the tests' Python.
  public static func python(_ arguments: [String]) async throws -> Run {
    try await run(try Python.path(), arguments)
  }
}
