import Foundation
import TestSupport
import Testing

/// The programme of 600 people, judged by programs that know the rules and none of our code.
@Suite struct JudgeTests {
  private static let regions = ["TANDEM_REGION": "pl,de,us,cn,hu"]

  private func files(_ suffixes: [String]) throws -> [String] {
    try ["pl", "de", "us", "cn", "hu"].flatMap { region in
      try FileManager.default.contentsOfDirectory(atPath: "\(Repository.programme)/\(region)").sorted()
        .filter { name in suffixes.contains { name.hasPrefix($0) } }
        .map { "\(Repository.programme)/\(region)/\($0)" }
    }
  }

  private func judge(_ name: String, _ arguments: [String]) async throws -> BuiltTool.Run {
    try await BuiltTool.python(["\(Repository.judges)/\(name)"] + arguments)
  }

  @Test func theProgrammeOfSixHundred() async throws {
    let out = try WorkFolder()
    let truth = Repository.programme + "/truth"
    let people = try await BuiltTool("tandem-import").run(
      try files(["staff.", "answers."]), environment: Self.regions)
    #expect(people.status == 0, "\(people.errors.suffix(2000))")
    let agreed = try await judge("people.py", [truth, try out.file("people.ndjson", people.output)])
    #expect(agreed.status == 0, "\(agreed.text)")
    #expect(agreed.lines.last == "600 people of 5 regions, 0 differences")

    let tandems = try await BuiltTool("tandem-match").run(
      ["--cohort", "2026-autumn"], input: people.output, environment: Self.regions)
    #expect(tandems.status == 0, "\(tandems.errors.suffix(2000))")
    let sessions = try await BuiltTool("tandem-schedule").run(
      ["--cohort", "2026-autumn"] + BuiltTool.beforeAutumn + [
        "--invitations", out.path + "/invitations", "--busy",
      ]
        + files(["busy"]),
      input: tandems.output, environment: Self.regions)
    #expect([0, 69].contains(sessions.status), "\(sessions.errors.suffix(2000))")
    let stream = try out.file("sessions.ndjson", sessions.output)
    let plan = try await judge("plan.py", [truth, stream, "--soft-gap"])
    #expect(plan.status == 0, "\(plan.text)")
    let counts = try #require(plan.lines.last).split(separator: " ").compactMap { Int($0) }
    let (tandemCount, brokenRules, short) = (counts[0], counts[2], counts[3])
    #expect(tandemCount > 200)
    #expect(brokenRules == 0)
    #expect(short * 50 <= tandemCount, "at most 2% without ten sessions: \(plan.text)")
    // Each tandem without ten sessions is named.
    #expect(
      sessions.errors.split(separator: "\n").filter { $0.contains(": error: ") || $0.hasPrefix("error: ") }
        .count >= short)

    // What people want of it: spread over days, weeks and hours, regular, nobody between the years.
    let rhythm = try await judge("rhythm.py", [truth, stream])
    #expect(rhythm.status == 0, "\(rhythm.text)")

    let faults = try await judge("invitations.py", [out.path + "/invitations"])
    #expect(faults.status == 0, "\(faults.text)")
  }
}
