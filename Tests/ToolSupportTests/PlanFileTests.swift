import ArgumentParser
import Basics
import Foundation
import Programme
import RecordStream
import Testing
import ToolSupport

/// Writes so many lines of the plan through, and ends as it is told.
private struct Passing: PlanRewriting {
  static let configuration = CommandConfiguration(commandName: "passing")
  @OptionGroup var planFile: PlanOption
  @OptionGroup var shared: SharedOptions
  @Option var lines = 9
  @Option var ends: Int32 = 0
  @Flag var fails = false

  func run(on console: Console) throws -> ToolStatus {
    var left = lines
    for input in try console.open(planFile.inputs([])) {
      try RecordReader(input, log: console.report).forEachLine { line in
        if left > 0 { try console.output.writeLine(line.bytes) }
        left -= 1
      }
    }
    try console.output.writeLine(#"{"record":"added"}"#.utf8)
    if fails { throw ToolFailure(.badInput, "half way") }
    return ToolStatus(rawValue: ends) ?? .ioError
  }
}

@Suite struct PlanFileTests {
  private static let old = [#"{"record":"person"}"#, #"{"record":"tandem"}"#, #"{"record":"session"}"#, ""]
    .joined(separator: "\n")
  private static let new = old + #"{"record":"added"}"# + "\n"
  private let path = NSTemporaryDirectory() + "plan-\(UUID().uuidString)"

  private func run(_ arguments: [String], old: String = PlanFileTests.old) throws -> (
    status: Int32, plan: String, before: String?, errors: String
  ) {
    defer { for ending in ["", ".before"] { unlink(path + ending) } }
    try Data(old.utf8).write(to: URL(fileURLWithPath: path))
    let errors = Output.memory()
    let console = Console(output: .memory(), errors: errors, environment: [:], standardInput: [])
    let status = ToolRun.run(Passing.self, ["--plan", path] + arguments, on: console)
    #expect(console.output.text.isEmpty)
    let names = try FolderListing.names(in: NSTemporaryDirectory()).filter {
      path.hasSuffix("/" + $0) || $0.contains(".tandem-part") && path.hasSuffix("/" + $0.dropLast(12))
    }
    #expect(names.count == 1)
    return (
      status.rawValue, try text(path),
      FileManager.default.fileExists(atPath: path + ".before") ? try text(path + ".before") : nil,
      errors.text.replacing(path, with: "PLAN")
    )
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try OpenedFile.bytes(path, limit: 1 << 20), as: UTF8.self)
  }

  @Test(arguments: [0, 65, 69]) func whatCameToItsEndReplacesThePlan(status: Int32) throws {
    let run = try run(["--ends", "\(status)"])
    #expect(run.status == status)
    #expect(run.plan == Self.new)
    #expect(run.before == Self.old)
  }

  @Test(arguments: [["--ends", "66"], ["--ends", "78"], ["--fails"], ["--lines", "none"]])
  func whatFailedLeavesThePlan(arguments: [String]) throws {
    let run = try run(arguments)
    #expect(run.status != 0)
    #expect(run.plan == Self.old)
    #expect(run.before == nil)
  }

  @Test func aPlanIsNotReplacedByOneThatLostAKind() throws {
    let run = try run(["--lines", "2"])
    #expect(run.status == 65)
    #expect(run.plan == Self.old)
    #expect(
      run.errors
        == "PLAN: error: the plan stays as it is: it has 1 record of the kind `session`, and the new one has none\n"
    )
  }

  @Test func aPlanWithAnUnreadableLineIsNotRewrittenWithoutIt() throws {
    let broken = Self.old + "{\"record\":\n"
    let run = try run([], old: broken)
    #expect(run.status == 65)
    #expect(run.plan == broken)
    #expect(run.errors.contains("PLAN: error: the plan stays as it is"))
  }

  @Test func aPlanThatIsMissingIsNamed() throws {
    let errors = Output.memory()
    let console = Console(output: .memory(), errors: errors, environment: [:], standardInput: [])
    #expect(ToolRun.run(Passing.self, ["--plan", path], on: console) == .noInput)
    #expect(!FileManager.default.fileExists(atPath: path))
  }
}
