import Foundation
import TestSupport
import Testing

/// The workshop at the end of the pipeline, with the built tools: every active mentor is invited, or named with the reason.
@Suite struct WorkshopTests {
  private static let folder = Repository.path + "/Examples/programme"

  /// The mentors of the stream's tandems, those in groups, and those who are named as missing.
  private func people(of stream: BuiltTool.Run) throws -> (
    mentors: Set<String>, members: [String], missing: [String]
  ) {
    var mentors: Set<String> = []
    var members: [String] = []
    var missing: [String] = []
    for line in stream.lines {
      let record = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      switch record["record"] as? String {
      case "tandem": mentors.insert(record["mentor"] as? String ?? "")
      case "workshop":
        for group in record["groups"] as? [[String: Any]] ?? [] {
          members += group["members"] as? [String] ?? []
        }
        for who in record["missing"] as? [[String: Any]] ?? [] {
          #expect((who["reason"] as? String)?.isEmpty == false)
          missing.append(who["person"] as? String ?? "")
        }
      default: break
      }
    }
    return (mentors, members, missing)
  }

  @Test func fromExportsToAWorkshopOfEachRegion() async throws {
    let out = try WorkFolder()
    let environment = ["TANDEM_REGION": "pl,de"]
    let exports = ["pl/staff.csv", "pl/answers.xml", "de/staff.csv", "de/answers.csv"]
    var stream = try await BuiltTool("tandem-import").run(exports, in: Self.folder, environment: environment)
    for call in [
      ("tandem-match", ["--cohort", "2026-autumn"]),
      (
        "tandem-schedule",
        ["--cohort", "2026-autumn", "--busy", "pl/busy", "de/busy"] + BuiltTool.beforeAutumn
      ),
    ] {
      stream = try await BuiltTool(call.0).run(
        call.1, input: stream.output, in: Self.folder, environment: environment)
      #expect(stream.status == 0, "\(stream.errors)")
    }
    let workshop = try await BuiltTool("tandem-workshop").run(
      [
        "--cohort", "2026-autumn", "--busy", "pl/busy", "de/busy", "--rosters", out.path + "/rosters",
        "--invitations", out.path + "/invitations",
      ] + BuiltTool.beforeAutumn, input: stream.output, in: Self.folder, environment: environment)
    #expect(workshop.status == 0, "\(workshop.errors)")
    let found = try people(of: workshop)
    #expect(found.mentors.count > 10)
    #expect(Set(found.members + found.missing) == found.mentors)
    #expect(found.members.count + found.missing.count == found.mentors.count, "each once")
    for region in ["pl", "de"] {
      #expect(workshop.text.contains("\"id\":\"2026-autumn/\(region)/workshop-1\""))
    }
    let again = try await BuiltTool("tandem-workshop").run(
      ["--cohort", "2026-autumn", "--busy", "pl/busy", "de/busy"] + BuiltTool.beforeAutumn,
      input: Array(stream.lines.reversed().joined(separator: "\n").utf8), in: Self.folder,
      environment: environment)
    #expect(
      workshop.lines.filter { $0.contains("\"record\":\"workshop\"") }
        == again.lines.filter { $0.contains("\"record\":\"workshop\"") })
    let invited = try await BuiltTool("tandem-invite").run(
      ["--to", out.path + "/invited", "--as", "ics"] + BuiltTool.beforeAutumn, input: workshop.output,
      in: Self.folder,
      environment: environment)
    #expect(invited.status == 0, "\(invited.errors)")
    let judge = try await BuiltTool.python(
      ["\(Repository.judges)/invitations.py", out.path + "/invitations", out.path + "/invited"])
    #expect(judge.status == 0, "\(judge.text)")
  }
}
