import Basics
import Foundation
import Programme
import Testing
import ToolSupport

@testable import tandem_match

/// What the review sheet and `replace` promise is what locking gives, on small cohorts by chance.
@Suite struct ReviewCostTests {
  private let cohort = ["--cohort", "2026-autumn"]

  private static func people(_ seed: Int) -> String {
    var chance = SplitMix(seed: UInt64(seed))
    let topics = ["video", "e-bike", "leadership", "logistics", "social-media"]
    func some() -> [String] { topics.filter { _ in Int.random(in: 0..<3, using: &chance) == 0 } }
    return MatchTool.stream(
      (1...11).map { number in
        MatchTool.person(
          number, number % 2 == 0 ? .mentor : .mentee,
          department: ["IT", "Sales", "Finance", "Quality"].randomElement(using: &chance) ?? "IT",
          learn: some(),
          teach: some(), interests: some())
      })
  }

  /// Of each alternative on the sheet: the pair that the lock box of its row locks, and the cost that is promised.
  private static func alternatives(_ page: String) throws -> [(mentor: String, mentee: String, cost: String)]
  {
    let row =
      /<td class="n">-?\d+<\/td><td>([^<]*)<\/td><td><span class="choices" data-mentor="([^"]*)" data-mentee="([^"]*)"/
    return page.matches(of: row).map { (String($0.2), String($0.3), String($0.1)) }
  }

  private static func scores(_ run: MatchTool.Run) -> [Int] {
    run.records("tandem").compactMap { $0["score"]?["total"]?.integer }
  }

  @Test(arguments: 0..<4, ["fair", "total"]) func theSheetPromisesWhatALockGives(
    _ seed: Int, _ objective: String
  ) throws {
    let folder = try MatchTool.Folder()
    let people = Self.people(seed)
    let call = cohort + ["--objective", objective]
    let before = Self.scores(MatchTool.run(call + ["--format", "ndjson"], input: people))
    let found = try Self.alternatives(MatchTool.run(call + ["--format", "html"], input: people).text)
    #expect(!found.isEmpty)
    for (number, other) in found.enumerated() {
      let lock = try folder.file("lock\(number).csv", "\(other.mentor),\(other.mentee)\n")
      let run = MatchTool.run(call + ["--format", "ndjson", "--lock", lock], input: people)
      #expect(run.tandems.contains("2026-autumn/\(other.mentor)+\(other.mentee)"))
      let after = Self.scores(run)
      func signed(_ change: Int, _ word: String) -> String? {
        change == 0
          ? nil : "\(change > 0 ? "+" : "−")\(change.magnitude) \(word)\(change.magnitude == 1 ? "" : "s")"
      }
      var parts = [signed(after.count - before.count, "tandem")]
      if objective == "fair", let old = before.min(), let new = after.min(), old != new {
        parts.append("the worst tandem \(old < new ? "rises" : "falls") from \(old) to \(new)")
      }
      parts.append(signed(after.reduce(0, +) - before.reduce(0, +), "point"))
      let cost = parts.compactMap { $0 }.joined(separator: ", ")
      #expect(other.cost == (cost.isEmpty ? "nothing" : cost), "\(other), seed \(seed)")
    }
  }

  /// The partner that `replace` proposes scores what the lock of that pair scores, and no free partner scores more.
  @Test(arguments: 0..<6) func replaceProposesTheBestLock(_ seed: Int) throws {
    let folder = try MatchTool.Folder()
    let plan = MatchTool.run(cohort + ["--format", "ndjson"], input: Self.people(seed))
    for ended in plan.records("tandem") {
      let id = try #require(ended["id"]?.string)
      let mentor = try #require(ended["mentor"]?.string)
      let run = MatchTool.run(["replace", id, "--for", mentor, "--format", "ndjson"], input: plan.text)
      let proposed = run.records("tandem").filter { !plan.tandems.contains($0["id"]?.string ?? "") }
      let taken = plan.records("tandem").flatMap { [$0["mentor"], $0["mentee"]] }.compactMap { $0?.string }
      let free: [String] = stride(from: 1, through: 11, by: 2).map { "pl:\($0)" }
        .filter { !taken.contains($0) }
      // Everything else of the plan stands; of the one who is left, each free partner in turn.
      let others = plan.records("tandem").filter { $0["id"] != ended["id"] }
        .map { "\($0["mentor"]?.string ?? ""),\($0["mentee"]?.string ?? "")\n" }.joined()
      var best: Int?
      for partner in free {
        let lock = try folder.file("lock.csv", others + "\(mentor),\(partner)\n")
        let locked = MatchTool.run(cohort + ["--format", "ndjson", "--lock", lock], input: Self.people(seed))
        // A lock may break a rule; a proposal does not.
        guard !locked.errors.contains("error"), !locked.errors.contains("warning") else { continue }
        let score = locked.records("tandem").first { $0["id"]?.string == "2026-autumn/\(mentor)+\(partner)" }
        let total = try #require(score?["score"]?["total"]?.integer)
        if proposed.first?["mentee"]?.string == partner {
          #expect(proposed.first?["score"] == score?["score"], "\(id), seed \(seed)")
        }
        best = max(best ?? total, total)
      }
      if let proposal = proposed.first?["score"]?["total"]?.integer {
        #expect(proposal == best, "\(id), seed \(seed)")
      }
    }
  }
}
