import Basics
import Foundation
import Programme
import RecordStream
import TestSupport
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

  static let fixtures = Repository.path + "/Tests/InviteToolTests/Fixtures"
  static let environment = ["TANDEM_CONFIG": Repository.config, "TANDEM_REGION": "de,pl"]

  static func run(
    _ arguments: [String], input: String = "", environment: [String: String] = InviteTool.environment
  ) -> Run {
    let output = Output.memory()
    let errors = Output.memory()
    let console = Console(
      output: output, errors: errors, environment: environment, standardInput: Array(input.utf8),
      // Weeks before the cohort's start.
      clock: { Timestamp(secondsSinceEpoch: 1_789_369_200, offset: 7200) })
    let status = ToolRun.run(InviteCommand.self, arguments, on: console)
    return Run(status: status.rawValue, output: output.written, errors: errors.text)
  }

  /// Starts the built tool; its streams are files, so that no full pipe stops it.
  static func start(
    _ arguments: [String], input: String = "", environment more: [String: String] = [:], in folder: WorkFolder
  ) throws -> Process {
    let process = Process()
    process.executableURL = Bundle.main.bundleURL.appending(path: "tandem-invite")
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      .merging(more) { $1 }
    process.standardInput = try FileHandle(
      forReadingFrom: URL(fileURLWithPath: try folder.file("input", input)))
    for name in ["output", "errors"] { _ = try folder.file(name, "") }
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path + "/output"))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path + "/errors"))
    try process.run()
    return process
  }

  static func runBuilt(
    _ arguments: [String], input: String = "", environment: [String: String] = [:]
  ) throws -> Run {
    let folder = try WorkFolder()
    let process = try start(arguments, input: input, environment: environment, in: folder)
    process.waitUntilExit()
    return Run(
      status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: Array(try folder.text("output").utf8), errors: try folder.text("errors"))
  }
}
