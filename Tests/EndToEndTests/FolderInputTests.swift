import Foundation
import TestSupport
import Testing

/// Folders and files that are given as inputs: all is read, or named.
@Suite struct FolderInputTests {
  private let folder: WorkFolder
  private let plan: String

  init() async throws {
    folder = try WorkFolder()
    let person = { (number: Int, role: String) in
      #"{"consent":true,"department":["Sales"],"email":"p\#(number)@pl.example.com","id":"pl:\#(number)","#
        + #""languages":["en","pl"],"level":\#(role == "mentor" ? 1 : 7),"name":"Person \#(number)","record":"person","#
        + #""region":"pl","role":"\#(role)","site":"Warszawa","source":{"file":"s.csv","line":2},"#
        + #""timeZone":"Europe/Warsaw"}"# + "\n"
    }
    plan = try folder.file("plan.ndjson", Array((person(1, "mentor") + person(2, "mentee")).utf8))
  }

  /// As somebody who may not read everything: root may, unless it gives that up.
  private func run(_ tool: String, _ arguments: [String]) async throws -> BuiltTool.Run {
    let program = "\(Repository.tools)/\(tool)"
    let environment = ["TANDEM_REGION": "pl"]
    guard geteuid() == 0 else {
      return try await BuiltTool.run(program, arguments, in: folder.path, environment: environment)
    }
    return try await BuiltTool.run(
      "setpriv", ["--bounding-set=-dac_override,-dac_read_search", program] + arguments, in: folder.path,
      environment: environment)
  }

  private func make(_ name: String, files: [String] = [], mode: mode_t = 0o700) throws {
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
    for file in files { _ = try folder.file("\(name)/\(file)", []) }
    chmod("\(folder.path)/\(name)", mode)
  }

  @Test func aFolderThatCannotBeListedIsNoEmptyOne() async throws {
    try make("busy", files: ["1.ics"], mode: 0)
    try make("mails/inner", files: ["a.eml"], mode: 0)
    let denied = "error: cannot be opened: Permission denied; check the path and the rights\n"
    var run = try await run("tandem-schedule", [plan, "--cohort", "2026-autumn", "--busy", "busy"])
    #expect(run.status == 66)
    #expect(run.errors == "busy: \(denied)")
    run = try await self.run("tandem-invite", ["replies", "mails", "--sessions", plan])
    #expect(run.status == 66)
    #expect(run.errors == "mails/inner: \(denied)")
    chmod(folder.path + "/busy", 0o700)
    chmod(folder.path + "/mails/inner", 0o700)
  }

  @Test(arguments: ["forms", "texts", ""]) func aFolderOfTheConfigurationIsListedOrAnError(
    _ name: String
  ) async throws {
    let config = folder.path + "/Config"
    try FileManager.default.copyItem(atPath: Repository.config, toPath: config)
    let closed = name.isEmpty ? "\(config)/regions" : "\(config)/regions/pl/\(name)"
    try FileManager.default.createDirectory(atPath: closed, withIntermediateDirectories: true)
    chmod(closed, 0)
    let run = try await run("tandem-region", ["check", "--config", config] + (name.isEmpty ? [] : ["pl"]))
    chmod(closed, 0o700)
    #expect(run.status == 78)
    #expect(run.errors.contains("Permission denied") || run.errors.contains("may not be read"))
    #expect(!run.errors.contains("write this file"))
  }

  @Test func whatIsNotReadIsCounted() async throws {
    try make("busy")
    for number in 1...10_000 {
      _ = try folder.file("busy/\(number).msg", [])
    }
    mkfifo(folder.path + "/busy/1.ics", 0o600)
    let run = try await run("tandem-schedule", [plan, "--cohort", "2026-autumn", "--busy", "busy"])
    #expect(run.status == 65)
    let lines = run.errors.split(separator: "\n")
    #expect(lines.contains("busy/1.ics: error: is not a file but a named pipe; put a file in its place"))
    let count =
      "busy: error: 10001 files: 0 read, 10000 not calendars (1.msg, 10.msg, 100.msg, …), 1 unreadable (1.ics)"
    #expect(lines.contains(count[...]))
    #expect(lines.count < 8)
  }

  /// An option that takes several paths swallows the stream behind it: the remedies that it names work.
  @Test(arguments: [("tandem-schedule", "plan"), ("tandem-workshop", nil), ("tandem-schedule", "move")])
  func aStreamBehindBusyIsNamed(_ tool: String, _ command: String?) async throws {
    try make("busy")
    let call =
      (command.map { [$0] } ?? []) + (command == "move" ? ["pl:1"] : ["--cohort", "2026-autumn"])
      + BuiltTool.beforeAutumn
    var run = try await run(tool, call + ["--busy", "busy", plan])
    #expect(run.status == 64)
    #expect(
      run.errors.contains(
        "plan.ndjson: error: holds records, not calendars: put it before --busy, or end the calendars with `--`, as in "
          + "--busy calendars -- plan.ndjson\n"))
    run = try await self.run(tool, call + ["--busy", "busy", "none.ics"])
    #expect(run.status == 66)
    #expect(run.errors.contains("none.ics: error: cannot be opened: No such file or directory"))
    for arguments in [["--busy", "busy", "--", plan], [plan, "--busy", "busy"]] {
      run = try await self.run(tool, call + arguments)
      #expect(!run.errors.contains("holds records"))
      #expect(command == "move" || run.text.hasPrefix(#"{"consent":true"#))
    }
  }
}
