import TestSupport
import Testing

/// What all tools share, tested once, over all tools.
@Suite struct SharedBehaviourTests {
  static let tools = [
    "tandem-import", "tandem-match", "tandem-schedule", "tandem-region", "tandem-find", "tandem-invite",
    "tandem-survey", "tandem-workshop", "tandem-calendar",
  ]
  /// The tools that read records, with a call that is right but for what a test adds.
  static let readers: [(String, [String])] = [
    ("tandem-match", ["--cohort", "2026-autumn"]),
    ("tandem-schedule", ["--cohort", "2026-autumn"] + BuiltTool.beforeAutumn),
    ("tandem-find", ["--for", "pl:1", "--topic", "video"] + BuiltTool.beforeAutumn),
    ("tandem-invite", ["--dry-run"] + BuiltTool.beforeAutumn),
    ("tandem-workshop", ["--cohort", "2026-autumn"] + BuiltTool.beforeAutumn),
  ]

  @Test(arguments: tools) func helpSaysHowItIsCalled(_ name: String) async throws {
    let run = try await BuiltTool(name).run(["--help"])
    #expect(run.status == 0)
    #expect(run.text.contains("USAGE: \(name)"))
    #expect(run.errors.isEmpty)
  }

  @Test(arguments: tools + ["tandem"]) func versionIsOneLineWithTheCommit(_ name: String) async throws {
    let run = try await BuiltTool(name).run(["--version"])
    #expect(run.status == 0)
    let form =
      /tandem [0-9]+\.[0-9]+\.[0-9]+ \(([0-9a-f]{7,40}(, modified)?|built without git|development build, .*)\)\n/
    #expect(run.text.wholeMatch(of: form) != nil, "\(run.text)")
    #expect(
      run.text == (try await BuiltTool("tandem-region").run(["--version"]).text), "one suite, one version")
  }

  @Test(arguments: readers + [("tandem-import", []), ("tandem-region", ["check"])])
  func anUnknownOptionIsUsage(_ name: String, _ call: [String]) async throws {
    let run = try await BuiltTool(name).run(call + ["--no-such-option"])
    #expect(run.status == 64)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("--no-such-option"))
  }

  @Test(arguments: readers) func aFileThatIsNotThereIsNamed(_ name: String, _ call: [String]) async throws {
    let run = try await BuiltTool(name).run(call + ["/nowhere/stream.ndjson"])
    #expect(run.status == 66)
    #expect(run.errors.contains("/nowhere/stream.ndjson: error: cannot be opened: No such file or directory"))
  }

  @Test func aFolderIsNoExport() async throws {
    let run = try await BuiltTool("tandem-import").run(["--region", "pl", "/tmp"])
    #expect(run.status == 66)
    #expect(run.errors.contains("/tmp: error: is a folder: name the files in it"))
  }

  @Test(arguments: readers) func aRegionThatIsNotThereIsNamed(
    _ name: String, _ call: [String]
  ) async throws {
    let run = try await BuiltTool(name).run(call + ["--region", "atlantis"])
    #expect(run.status == 78)
    #expect(run.errors.contains("error: no region `atlantis`: `tandem-region list` names those there are"))
  }

  @Test(arguments: readers) func aConfigurationThatIsNotThereIsNamed(_ name: String, _ call: [String])
    async throws
  {
    let run = try await BuiltTool(name).run(call + ["--config", "/nowhere"])
    #expect(run.status == 78)
    #expect(run.errors.contains("/nowhere"))
  }

  @Test(arguments: readers) func aBrokenLineIsNamedAndUnknownRecordsPass(
    _ name: String, _ call: [String]
  ) async throws {
    guard name != "tandem-find" else { return }
    let good = "{\"record\":\"badge\",\"z\":1.50,\"a\":\"x\"}\n"
    let run = try await BuiltTool(name).run(
      call + ["--format", "ndjson"], input: Array("\(good){\"record\":\n\(good)".utf8))
    #expect(run.status == 65)
    #expect(run.errors.contains("standard input:2:11: error: "))
    #expect(run.text.hasPrefix(good + good))
  }

  @Test(arguments: readers) func aReaderThatClosesEarlyEndsTheToolQuietly(
    _ name: String, _ call: [String]
  ) async throws {
    let line = "{\"record\":\"badge\",\"text\":\"\(String(repeating: "x", count: 1000))\"}"
    let folder = try WorkFolder()
    let file = try folder.file("many.ndjson", Array(String(repeating: line + "\n", count: 5000).utf8))
    let command = ([Repository.tools + "/" + name] + call + ["--format", "ndjson", file])
      .map { "'\($0)'" }.joined(separator: " ")
    let run = try await BuiltTool.run(
      "bash", ["-c", "\(command) | head -n 1 >/dev/null; echo ${PIPESTATUS[0]}"])
    if name != "tandem-find" { #expect(run.text == "0\n") }
    #expect(!run.errors.contains("Broken pipe"))
  }
}
