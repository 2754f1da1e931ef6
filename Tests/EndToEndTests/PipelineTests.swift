import Foundation
import TestSupport
import Testing

/// The whole way, with the built tools in a pipeline, on the programme under Examples.
@Suite struct PipelineTests {
  private static let exports = ["pl/staff.csv", "pl/answers.xml", "de/staff.csv", "de/answers.csv"]
  private static let folder = Repository.path + "/Examples/programme"
  private static let regions = ["TANDEM_REGION": "pl,de"]

  private func people(_ exports: [String] = exports) async throws -> BuiltTool.Run {
    try await BuiltTool("tandem-import").run(exports, in: Self.folder, environment: Self.regions)
  }

  private func tandems(of people: [UInt8]) async throws -> BuiltTool.Run {
    try await BuiltTool("tandem-match").run(
      ["--cohort", "2026-autumn"], input: people, in: Self.folder, environment: Self.regions)
  }

  private func sessions(of tandems: [UInt8], _ more: [String] = []) async throws -> BuiltTool.Run {
    try await BuiltTool("tandem-schedule").run(
      ["--cohort", "2026-autumn"] + BuiltTool.beforeAutumn + ["--busy", "pl/busy", "de/busy"] + more,
      input: tandems, in: Self.folder,
      environment: Self.regions)
  }

  private func records(_ kind: String, of run: BuiltTool.Run) -> [Substring] {
    run.lines.filter { $0.contains("\"record\":\"\(kind)\"") }
  }

  @Test func fromExportsToTenInvitationsATandem() async throws {
    let out = try WorkFolder()
    let people = try await people()
    #expect(people.status == 0, "\(people.errors)")
    #expect(records("person", of: people).count == 36)
    let tandems = try await tandems(of: people.output)
    #expect(tandems.status == 0, "\(tandems.errors)")
    let sessions = try await sessions(of: tandems.output, ["--invitations", out.path + "/invitations"])
    #expect(sessions.status == 0, "\(sessions.errors)")
    let count = records("tandem", of: tandems).count
    #expect(count > 10)
    #expect(records("session", of: sessions).count == count * 10)
    // Every line of the step before is there, in order, byte for byte.
    #expect(tandems.text.hasPrefix(people.text))
    #expect(sessions.text.hasPrefix(tandems.text))
    let files = FileManager.default.enumerator(atPath: out.path)?.compactMap { $0 as? String } ?? []
    #expect(files.filter { $0.hasSuffix(".ics") }.count == count * 11)
    for file in files where file.hasSuffix(".ics") {
      let mode = try FileManager.default.attributesOfItem(atPath: out.path + "/" + file)[.posixPermissions]
      #expect(mode as? Int == 0o600)
    }
  }

  @Test func theSameBytesWhateverTheOrderOfFilesAndLines() async throws {
    let people = try await people()
    let again = try await self.people(Self.exports.reversed())
    #expect(people.lines.sorted() == again.lines.sorted())
    let shuffled = people.lines.sorted { $0.hashValue < $1.hashValue }.joined(separator: "\n") + "\n"
    let tandems = try await tandems(of: people.output)
    let other = try await self.tandems(of: Array(shuffled.utf8))
    #expect(records("tandem", of: tandems) == records("tandem", of: other))
    #expect(records("unmatched", of: tandems) == records("unmatched", of: other))
    let sessions = try await sessions(of: tandems.output)
    let moved = try await self.sessions(of: Array(other.lines.reversed().joined(separator: "\n").utf8))
    #expect(records("session", of: sessions) == records("session", of: moved))
  }

  @Test func theExampleOfANewCohortRuns() async throws {
    let out = try WorkFolder()
    let run = try await BuiltTool.run("Examples/new-cohort.sh", [Repository.tools, out.path])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text.contains("people       36"))
  }
}
