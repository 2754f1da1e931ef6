import Basics
import Foundation
import Programme
import RecordStream
import Testing
import ToolSupport

@testable import tandem_invite

/// The tool, in the test's own process and as it was built.
enum InviteTool {
  struct Run {
    var status: Int32
    var output: [UInt8]
    var errors: String
    var text: String { String(decoding: output, as: UTF8.self) }
    var lines: [Substring] { text.split(separator: "\n") }
  }

  static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
  static let fixtures = repository + "/Tests/InviteToolTests/Fixtures"
  static let environment = ["TANDEM_CONFIG": repository + "/Config", "TANDEM_REGION": "de,pl"]

  static func run(
    _ arguments: [String], input: String = "", environment: [String: String] = InviteTool.environment
  ) -> Run {
    let output = Output.memory()
    let errors = Output.memory()
    let console = Console(
      output: output, errors: errors, environment: environment, standardInput: Array(input.utf8))
    let status = ToolRun.run(InviteCommand.self, arguments, on: console)
    return Run(status: status.rawValue, output: output.written, errors: errors.text)
  }

  /// Starts the built tool; its streams are files, so that no full pipe stops it.
  static func start(
    _ arguments: [String], input: String = "", environment more: [String: String] = [:], in folder: Folder
  ) throws -> Process {
    let process = Process()
    process.executableURL = Bundle.main.bundleURL.appending(path: "tandem-invite")
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      .merging(more) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: folder.url(try folder.file("input", input)))
    for name in ["output", "errors"] { _ = try folder.file(name, "") }
    process.standardOutput = try FileHandle(forWritingTo: folder.url(folder.path + "/output"))
    process.standardError = try FileHandle(forWritingTo: folder.url(folder.path + "/errors"))
    try process.run()
    return process
  }

  static func runBuilt(
    _ arguments: [String], input: String = "", environment: [String: String] = [:]
  ) throws -> Run {
    let folder = try Folder()
    let process = try start(arguments, input: input, environment: environment, in: folder)
    process.waitUntilExit()
    return Run(
      status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: Array(try folder.text("output").utf8), errors: try folder.text("errors"))
  }

  /// A folder of the test's own, gone when the test is.
  final class Folder: Sendable {
    let path = NSTemporaryDirectory() + "tandem-invite-\(UUID().uuidString)"

    init() throws {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func url(_ path: String) -> URL { URL(fileURLWithPath: path) }

    @discardableResult func file(_ name: String, _ text: String, mode: Int = 0o600) throws -> String {
      let file = path + "/" + name
      try Data(text.utf8).write(to: url(file))
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
      return file
    }

    func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: url(path + "/" + name))) }
    func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    /// Sorted; none where the folder is not there.
    func names(_ folder: String) -> [String] {
      ((try? FileManager.default.contentsOfDirectory(atPath: path + "/" + folder)) ?? []).sorted()
    }
  }
}

/// Programs of others that judge ours or stand for a server; a test without one is skipped.
enum Peer {
  /// A Python that has a module: $TANDEM_PYTHON, else the founders' environment, else the system's.
  static func python(with module: String) -> String? {
    let asked = ProcessInfo.processInfo.environment["TANDEM_PYTHON"].map { [$0] } ?? []
    return (asked + ["/tmp/venv-bench/bin/python", "/usr/bin/python3"]).first { python in
      FileManager.default.isExecutableFile(atPath: python)
        && (try? run(python, ["-c", "import \(module)"]).status) == 0
    }
  }

  static let aiosmtpd = python(with: "aiosmtpd")
  static let radicale = python(with: "radicale")
  static let icalendar = python(with: "icalendar")

  static func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let text = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }

  /// A server that prints its port and lives as long as its standard input is open.
  final class Server {
    let port: Int
    private let process = Process()
    private let input = Pipe()

    init(_ python: String, _ script: String, _ arguments: [String]) throws {
      process.executableURL = URL(fileURLWithPath: python)
      process.arguments = ["\(InviteTool.fixtures)/\(script)"] + arguments
      let output = Pipe()
      process.standardInput = input
      process.standardOutput = output
      try process.run()
      var line: [UInt8] = []
      while line.last != 10, let byte = try output.fileHandleForReading.read(upToCount: 1)?.first {
        line.append(byte)
      }
      port = try #require(Int(String(decoding: line.dropLast(), as: UTF8.self)))
    }

    deinit {
      try? input.fileHandleForWriting.close()
      process.waitUntilExit()
    }
  }
}
