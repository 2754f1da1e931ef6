import Foundation
import TestSupport
import Testing

/// The scripts of Examples as a clerk runs them; what they print is kept in Examples/output.
@Suite struct ExamplePipelinesTests {
  private static let examples = Repository.examples

  private func run(
    _ script: String, to folder: String, tools: String = Repository.tools, _ more: [String] = [],
    _ environment: [String: String] = [:]
  ) async throws -> BuiltTool.Run {
    try await BuiltTool.run(
      "\(Self.examples)/\(script).sh", [tools, folder] + more, environment: environment)
  }

  /// Nothing else than the kept file, the folder aside. TANDEM_RECORD=1 writes it anew.
  private func expectKept(_ run: BuiltTool.Run, _ name: String, in folder: String) throws {
    #expect(run.status == 0, "\(run.errors)")
    let file = "\(Self.examples)/output/\(name).txt"
    let shown = run.text.replacing(folder, with: "OUT")
    if ProcessInfo.processInfo.environment["TANDEM_RECORD"] != nil {
      try Data(shown.utf8).write(to: URL(fileURLWithPath: file))
    }
    #expect(try String(contentsOfFile: file, encoding: .utf8) == shown)
  }

  private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

  private func files(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test func theWeekIsPlannedAgainAndTwiceChangesNothing() async throws {
    let work = try WorkFolder()
    let office = work.path + "/the office"
    try expectKept(try await run("weekly-plan", to: office), "weekly-plan", in: office)
    let plan = try bytes(office + "/plan.ndjson")
    let mails = try files(office + "/outbox/new")
    #expect(mails.count == 8)

    // Bartosz is away from the 16th to the 27th, and Henryk travels from the 17th to the 20th.
    let sessions = String(decoding: plan, as: UTF8.self).split(separator: "\n")
      .filter { $0.contains("\"record\":\"session\"") }
    // One was missed, and is made up for.
    #expect(sessions.count == 171)
    for (person, days) in [("pl:710001", 16...27), ("pl:710007", 17...20)] {
      let own = sessions.filter { $0.contains(person) }
      #expect(own.count == 10)
      for day in days { #expect(!own.contains { $0.contains("\"start\":\"2026-11-\(day)") }) }
    }

    let again = try await run("weekly-plan", to: office)
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.text.contains("held         0 sessions recorded"))
    #expect(again.text.contains("Nothing moved."))
    #expect(try bytes(office + "/plan.ndjson") == plan)
    #expect(try files(office + "/outbox/new") == mails)
    let before = try files(office + "/before")
    #expect(before == ["plan-2026-11-09.ndjson"])

    // A run that meets another leaves at once.
    let met = try await BuiltTool.run(
      "flock", ["\(office)/lock", "\(Self.examples)/weekly-plan.sh", Repository.tools, office])
    #expect(met.status == 75)
    #expect(met.errors.contains("another run is at work"))

    // What a clerk mistypes stops the run, and the plan is as it was.
    try Data("pl:710001 16.11.2026 2026-11-27\n".utf8).write(to: URL(fileURLWithPath: office + "/absent.txt"))
    let stopped = try await run("weekly-plan", to: office)
    #expect(stopped.status == 64)
    #expect(stopped.text.contains("nothing was changed; the plan is that of the last run"))
    #expect(stopped.text.contains("16.11.2026"))
    #expect(try bytes(office + "/plan.ndjson") == plan)
    #expect(try files(office).filter { $0.hasPrefix("run.") } == [])
  }

  @Test func threeRegionsAreMergedToTheBytesOfOneRun() async throws {
    let work = try WorkFolder()
    let out = work.path + "/merged here"
    try expectKept(try await run("three-regions", to: out), "three-regions", in: out)
    let merged = try bytes(out + "/merged.csv")
    #expect(merged == (try bytes(out + "/single.csv")))
    #expect(merged.count > 2000)
    for region in ["pl", "de", "hu"] {
      let partial = String(decoding: try bytes("\(out)/\(region).partial.ndjson"), as: UTF8.self)
      let staff = try bytes("\(Self.examples)/programme/\(region)/staff.csv")
      let numbers = String(decoding: staff, as: UTF8.self).split(separator: "\r\n").dropFirst().map {
        $0.prefix(6)
      }
      #expect(numbers.count >= 16)
      for number in numbers { #expect(!partial.contains(number)) }
    }
  }

  /// The proof in the script can fail: here a tool writes an employee's number into its aggregate.
  @Test func anAggregateThatRevealsAPersonIsNotMerged() async throws {
    let work = try WorkFolder()
    let tools = work.path + "/tools"
    try FileManager.default.createDirectory(atPath: tools, withIntermediateDirectories: true)
    let script = """
      #!/bin/bash
      \(Repository.tools)/tandem-survey "$@"
      case "$*" in *--partial*) echo '{"person":"730003"}' ;; esac
      """
    let leaking = try work.file("tools/tandem-survey", Array((script + "\n").utf8))
    try Program.makeExecutable(leaking)
    let run = try await run("three-regions", to: work.path + "/out", tools: tools)
    #expect(run.status == 1)
    #expect(run.errors.contains("personal data in an aggregate; nothing is merged"))
    #expect(!FileManager.default.fileExists(atPath: work.path + "/out/merged.csv"))
  }

  @Test func peopleAreFoundAndNobodyIsAskedTooOften() async throws {
    let work = try WorkFolder()
    let out = work.path + "/found"
    try expectKept(try await run("find-people", to: out), "find-people", in: out)
    let first = try bytes(out + "/campaign.csv")
    // The same day again is the same asking.
    _ = try await run("find-people", to: out)
    #expect(try bytes(out + "/campaign.csv") == first)
    // A region allows three within thirty days.
    for day in ["2026-11-10", "2026-11-11", "2026-11-12"] {
      let later = try await run("find-people", to: out, [], ["TODAY": day])
      #expect(later.status == 0, "\(later.errors)")
    }
    let asked = String(decoding: try bytes(out + "/asked.csv"), as: UTF8.self).split(separator: "\n")
      .dropFirst()
    let times = Dictionary(grouping: asked) { $0.prefix { $0 != "," } }.mapValues(\.count)
    #expect(times.values.max() == 3)
    #expect(times.count > 9, "others are asked when the first ones were asked often enough")
  }

  @Test func theYearEndsWithCertificatesAndATable() async throws {
    let work = try WorkFolder()
    let out = work.path + "/the year"
    try expectKept(try await run("year-end", to: out), "year-end", in: out)
    // All but two of the seventeen tandems held ten sessions.
    #expect(try files(out + "/certificates").count == 30)
    let page = String(decoding: try bytes(out + "/index.html"), as: UTF8.self)
    #expect(page.contains("<p>17 tandems; 166 of 170 sessions held.</p>"))
    #expect(page.contains("<td class=n>+0.30"))
    #expect(String(decoding: try bytes(out + "/final.html"), as: UTF8.self).contains("</html>"))
  }

  @Test(
    arguments: [
      ("weekly-plan", "jq is not here: apt-get install jq"),
      ("find-people", "jq is not here: apt-get install jq miller"),
      ("year-end", "jq is not here: apt-get install jq miller"),
      ("three-regions", "parallel is not here: apt-get install parallel miller"),
    ])
  func whatIsMissingIsNamed(_ script: String, _ message: String) async throws {
    let work = try WorkFolder()
    let tools = work.path + "/bare"
    try FileManager.default.createDirectory(atPath: tools, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: tools + "/dirname", withDestinationPath: "/usr/bin/dirname")
    let run = try await BuiltTool.run(
      "/bin/bash", ["\(Self.examples)/\(script).sh", tools, work.path + "/out"], environment: ["PATH": tools])
    #expect(run.status == 69)
    #expect(run.errors == message + "\n")
    #expect(try files(work.path).filter { $0 == "out" } == [])
  }

  /// The data are what their maker makes.
  @Test func theDataAreMadeAgainTheSame() async throws {
    let work = try WorkFolder()
    let maker = try bytes("\(Self.examples)/programme/make.py")
    _ = try work.file("make.py", Array(maker))
    let made = try await BuiltTool.python([work.path + "/make.py"])
    #expect(made.status == 0, "\(made.errors)")
    let names = FileManager.default.enumerator(atPath: work.path)?.compactMap { $0 as? String } ?? []
    let data = names.filter { $0.contains(".") && !$0.hasSuffix(".py") }
    #expect(data.count > 50)
    for name in data {
      #expect(try bytes("\(work.path)/\(name)") == bytes("\(Self.examples)/programme/\(name)"), "\(name)")
    }
  }

  @Test func theScriptsAreClean() async throws {
    let scripts = try files(Self.examples).filter { $0.hasSuffix(".sh") }.map { "\(Self.examples)/\($0)" }
    #expect(scripts.count >= 5)
    let run = try await BuiltTool.run("shellcheck", scripts + ["\(Self.examples)/parallel/run.sh"])
    #expect(run.status == 0, "\(run.text)")
  }
}
