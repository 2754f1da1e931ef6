import Foundation
import Subprocess
import SystemPackage

/// A tool as it was built, run as a user runs it: its own process, its own standard streams.
struct BuiltTool {
  struct Run {
    var status: Int32
    var output: [UInt8]
    var errors: String

    var text: String { String(decoding: output, as: UTF8.self) }
    var lines: [Substring] { text.split(separator: "\n") }
  }

  /// A tool that ends before it has read its input must not end the tests.
  private static let ignoresClosedPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

  let name: String

  init(_ name: String) { self.name = name }

  /// The folder of the built products: the test bundle lies in it.
  static let folder = Bundle.main.bundleURL.path

  /// The repository's own folder.
  static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// The founders' shared folder beside a checkout; nil on another machine.
  static var shared: String? {
    for path in ["\(repository)/../shared", "/work/shared"]
    where FileManager.default.fileExists(atPath: path + "/checks/plan.py") {
      return path
    }
    return nil
  }

  func run(
    _ arguments: [String], input: [UInt8] = [], in folder: String = BuiltTool.repository,
    environment: [String: String] = [:]
  ) async throws -> Run {
    try await BuiltTool.run(
      "\(BuiltTool.folder)/\(name)", arguments, input: input, in: folder, environment: environment)
  }

  /// Any program; its output and its messages are read while it runs, so that no full pipe stops it. The input is a
  /// file: Subprocess 1.0.2 ends this process where a program stops before it has read what is written to it.
  static func run(
    _ program: String, _ arguments: [String], input: [UInt8] = [], in folder: String = repository,
    environment: [String: String] = [:]
  ) async throws -> Run {
    ignoresClosedPipes
    var variables: [Environment.Key: String?] = ["TANDEM_CONFIG": "\(repository)/Config"]
    for (name, value) in environment { variables[Environment.Key(stringLiteral: name)] = value }
    let spool = try WorkFolder()
    let given = try FileDescriptor.open(try spool.file("input", input), .readOnly)
    let result = try await Subprocess.run(
      program.contains("/") ? .path(FilePath(program)) : .name(program), arguments: Arguments(arguments),
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
}

/// A fresh folder for one test, gone when the test is.
final class WorkFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "tandem-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file into the folder and gives its path.
  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = "\(path)/\(name)"
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }
}
