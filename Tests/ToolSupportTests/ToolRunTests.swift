import ArgumentParser
import Basics
import Foundation
import Programme
import RecordStream
import Testing
import ToolSupport

/// A small tool, so that what all tools share is tested once.
private struct Echo: ToolCommand {
  static let configuration = CommandConfiguration(commandName: "echo", version: Version.text)
  @OptionGroup var shared: SharedOptions
  @Argument var files: [String] = []

  func run(on console: Console) throws -> ToolStatus {
    for input in try console.open(files) {
      try RecordReader(input, log: console.report).forEachLine { try console.output.writeLine($0.bytes) }
    }
    return console.log.errors == 0 ? .done : .badInput
  }
}

private struct Failing: ToolCommand {
  static let configuration = CommandConfiguration(commandName: "failing")
  @OptionGroup var shared: SharedOptions
  @Option var how: String

  func run(on console: Console) throws -> ToolStatus {
    switch how {
    case "configuration": throw ToolFailure(.configuration, "wrong", file: "a.yaml")
    case "create": throw FileError.cannotCreate(path: "p", errno: EACCES)
    case "write": throw OutputError.failed(errno: ENOSPC)
    case "closed": throw OutputError.readerClosed
    default: throw ValidationError("no such way")
    }
  }
}

private struct Both: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "both", subcommands: [Echo.self, Failing.self], defaultSubcommand: Echo.self)
}

@Suite struct ToolRunTests {
  private func run(
    _ tool: any ParsableCommand.Type, _ arguments: [String], input: String = ""
  ) -> (status: ToolStatus, output: String, errors: String) {
    let console = Console(
      output: .memory(), errors: .memory(), environment: [:], standardInput: Array(input.utf8))
    let status = ToolRun.run(tool, arguments, on: console)
    return (status, console.output.text, console.errors.text)
  }

  @Test func goodRowsGoThroughAndTheCodeShowsIt() {
    let result = run(Echo.self, [], input: "{\"record\":\"x\"}\nnonsense\n{\"record\":\"y\"}\n")
    #expect(result.status == .badInput)
    #expect(result.output == "{\"record\":\"x\"}\n{\"record\":\"y\"}\n")
    #expect(result.errors == "standard input:2:1: error: expected an object\n")
  }

  @Test func everyInputThatCannotBeOpenedIsNamed() {
    let result = run(Echo.self, ["/nowhere/a", "/tmp", "/nowhere/b"])
    #expect(result.status == .noInput)
    #expect(
      result.errors == """
        /nowhere/a: error: cannot be opened: No such file or directory; check the path and the rights
        /tmp: error: is a folder; name the files in it
        /nowhere/b: error: cannot be opened: No such file or directory; check the path and the rights

        """)
  }

  @Test(arguments: [
    ("configuration", ToolStatus.configuration, "a.yaml: error: wrong\n"),
    (
      "create", .cannotCreate,
      "p: error: cannot be created: Permission denied; check the folder and the rights\n"
    ),
    (
      "write", .ioError,
      "standard output: error: writing failed: No space left on device; make room and run it again\n"
    ),
    ("closed", .done, ""),
    ("else", .usage, "error: no such way\n"),
  ])
  func eachErrorHasItsCode(_ how: String, _ status: ToolStatus, _ message: String) {
    let result = run(Failing.self, ["--how", how])
    #expect(result.status == status)
    #expect(result.errors == message)
  }

  @Test func aWrongCallIsUsage() {
    let result = run(Echo.self, ["--diagnostics", "xml"])
    #expect(result.status == .usage)
    #expect(result.errors.contains("--diagnostics"))
    #expect(result.output.isEmpty)
  }

  @Test func helpAndVersionGoToStandardOutput() {
    #expect(run(Echo.self, ["--help"]).output.contains("USAGE: echo"))
    #expect(run(Echo.self, ["--version"]).output == Version.text + "\n")
    #expect(run(Echo.self, ["--help"]).status == .done)
  }

  /// The options of what is done without a subcommand's name stand where its user looks for them.
  @Test(arguments: [["--help"], ["-h"], ["help"]])
  func helpOfAToolWithCommandsShowsTheUsualOne(_ call: [String]) {
    let help = run(Both.self, call)
    #expect(help.status == .done)
    #expect(help.output.contains("SUBCOMMANDS:"))
    #expect(help.output.contains("Without a subcommand:\n\nUSAGE: both echo "))
    #expect(help.output.contains("--config"))
    #expect(!run(Both.self, ["failing", "--help"]).output.contains("Without a subcommand"))
  }

  @Test func diagnosticsAsObjects() {
    let result = run(Echo.self, ["--diagnostics", "json"], input: "x\n")
    #expect(
      result.errors
        == "{\"code\":\"bad-record\",\"column\":1,\"file\":\"standard input\",\"line\":1,\"message\":\"expected an object\",\"severity\":\"error\"}\n"
    )
  }
}
