import Foundation
import TestSupport
import Testing

@Suite struct DispatchTests {
  private let tandem = BuiltTool("tandem")

  @Test func namesOfOursAreRunWithTheirArgumentsAndExitCode() async throws {
    let run = try await tandem.run(["import", "--help"])
    #expect(run.status == 0)
    #expect(run.text.contains("USAGE: tandem-import"))
    #expect(try await tandem.run(["import", "--no-such-option"]).status == 64)
  }

  @Test func anythingOnThePathOrInTheRegionsToolsIsATool() async throws {
    let folder = try WorkFolder()
    let script = Array("#!/bin/sh\necho \"badge $1\"\nexit 7\n".utf8)
    try FileManager.default.createDirectory(
      atPath: folder.path + "/Config/regions/xx/tools", withIntermediateDirectories: true)
    for name in ["tandem-badge", "Config/regions/xx/tools/tandem-visit"] {
      try Program.makeExecutable(try folder.file(name, script))
    }
    let path = folder.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    let badge = try await tandem.run(["badge", "x y"], environment: ["PATH": path])
    #expect((badge.status, badge.text) == (7, "badge x y\n"))
    let visit = try await tandem.run(
      ["visit", "z"], environment: ["TANDEM_CONFIG": folder.path + "/Config", "TANDEM_REGION": "xx"])
    #expect((visit.status, visit.text) == (7, "badge z\n"))
  }

  @Test(arguments: ["nope", "../tandem-import", "-x", ""]) func whatIsNoToolIsSaid(_ name: String)
    async throws
  {
    let run = try await tandem.run([name])
    #expect(run.status == 64)
    #expect(run.errors.hasPrefix("error: there is no command \(name); "))
  }

  @Test func withoutANameTheToolsAreListed() async throws {
    let run = try await tandem.run([])
    #expect(run.status == 64)
    for name in ["import", "match", "schedule", "region", "find"] { #expect(run.text.contains(name)) }
  }
}
