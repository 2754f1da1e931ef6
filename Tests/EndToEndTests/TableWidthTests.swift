import Foundation
import TestSupport
import Testing
import ToolSupport

/// Tables for people, in a line of 80 columns: none is longer, and no word is broken.
@Suite struct TableWidthTests {
  private static let folder = Repository.path + "/Examples/programme"
  private static let cohort = ["--cohort", "2026-autumn"] + BuiltTool.beforeAutumn

  private func run(_ call: [String], _ input: [UInt8], columns: Int?) async throws -> BuiltTool.Run {
    let run = try await BuiltTool(call[0]).run(
      Array(call.dropFirst()), input: input, in: Self.folder,
      environment: ["TANDEM_REGION": "pl,de"].merging(columns.map { ["COLUMNS": String($0)] } ?? [:]) { $1 })
    #expect(run.status == 0, "\(call): \(run.errors)")
    return run
  }

  /// What may end a line ends a word.
  private func words(_ text: String) -> Set<Substring> {
    Set(text.split { $0 == " " || $0 == "\n" || $0 == "/" || $0 == "─" })
  }

  @Test func eightyColumnsHoldEveryTable() async throws {
    let exports = ["pl/staff.csv", "pl/answers.xml", "de/staff.csv", "de/answers.csv"]
    let people = try await run(["tandem-import"] + exports, [], columns: nil).output
    let tandems = try await run(["tandem-match", "--cohort", "2026-autumn"], people, columns: nil).output
    let plan = try await run(["tandem-schedule"] + Self.cohort, tandems, columns: nil).output
    let calls: [([String], [UInt8])] = [
      (["tandem-match", "--cohort", "2026-autumn"], people),
      (["tandem-match", "--cohort", "2026-autumn", "--explain", "710000"], people),
      (["tandem-schedule"] + Self.cohort, tandems),
      (["tandem-schedule", "progress"] + Self.cohort, plan),
      (["tandem-schedule", "move", "2026-autumn/pl:710008+pl:710005#2"] + BuiltTool.beforeAutumn, plan),
      (["tandem-invite", "make", "--dry-run"] + BuiltTool.beforeAutumn, plan),
      (["tandem-workshop", "--options", "3"] + Self.cohort, plan),
      (["tandem-region", "list"], []),
    ]
    for (call, input) in calls {
      let table = call + ["--format", "table"]
      let narrow = try await run(table, input, columns: 80).text
      #expect(narrow.split(separator: "\n").allSatisfy { TerminalText.width(String($0)) <= 80 }, "\(call)")
      let shown = narrow.split(separator: "\n").filter { !$0.hasPrefix("no room for ") }
      let wide = try await run(table, input, columns: nil).text
      let broken = words(shown.joined(separator: "\n")).subtracting(words(wide))
      #expect(broken.isEmpty, "\(call)")
      // A pipe has lines of any length.
      #expect(wide.split(separator: "\n").contains { TerminalText.width(String($0)) > 80 }, "\(call)")
    }
  }
}
