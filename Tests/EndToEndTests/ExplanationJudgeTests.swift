import Basics
import Foundation
import Programme
import RecordStream
import TestSupport
import Testing

/// On the programme of 600 people: every explanation adds up, and every reason given to somebody who was left out is true.
@Suite struct ExplanationJudgeTests {
  private static let regions = ["pl", "de", "us", "cn", "hu"]

  private func people() async throws -> [UInt8] {
    let files = try Self.regions.flatMap { region in
      try FileManager.default.contentsOfDirectory(atPath: "\(Repository.programme)/\(region)")
        .filter { $0.hasPrefix("staff.") || $0.hasPrefix("answers.") }.map {
          "\(Repository.programme)/\(region)/\($0)"
        }
    }
    let run = try await BuiltTool("tandem-import").run(files.sorted(), environment: environment())
    #expect(run.status == 0)
    return run.output
  }

  private func environment(config: String? = nil) -> [String: String] {
    var variables = ["TANDEM_REGION": Self.regions.joined(separator: ",")]
    variables["TANDEM_CONFIG"] = config
    return variables
  }

  private func records(_ kind: String, of run: BuiltTool.Run) throws -> [JSONValue] {
    try run.lines.map { try JSONValue(parsing: Array($0.utf8)) }.filter { $0["record"]?.string == kind }
  }

  @Test func explanationsAddUpAndReasonsAreTrue() async throws {
    let people = try await people()
    let explained = try await BuiltTool("tandem-match").run(
      ["--cohort", "2026-autumn", "--explain"], input: people, environment: environment())
    let explanations = try records("explanation", of: explained)
    #expect(explanations.count == 600)
    // A rule of the region that would place somebody: region and rule, and whom.
    var promised: [String: Set<String>] = [:]
    for explanation in explanations {
      for tandem in explanation["tandems"]?.array ?? [] {
        let points = (tandem["parts"]?.array ?? []).compactMap { $0["points"]?.integer }
        #expect(points.count == 4)
        #expect(points.reduce(0, +) == tandem["total"]?.integer)
      }
      let person = try #require(explanation["person"]?.string)
      for relaxation in explanation["relaxations"]?.array ?? [] where relaxation["scope"]?.string == "region"
      {
        let rule = try #require(relaxation["rule"]?.string)
        promised["\(person.prefix { $0 != ":" }) \(rule)", default: []].insert(person)
      }
    }
    let setting = ["site": "remote: true", "department": "department-depth: 0"]
    var tried = 0
    for (place, promisedPeople) in promised.sorted(by: { $0.key < $1.key }) {
      let words = place.split(separator: " ").map(String.init)
      guard let relaxed = setting[words[1]] else { continue }
      let folder = try WorkFolder()
      try FileManager.default.copyItem(
        atPath: Repository.path + "/Config", toPath: folder.path + "/Config")
      let file = folder.path + "/Config/regions/\(words[0])/region.yaml"
      let yaml = try String(contentsOfFile: file, encoding: .utf8) + "\nmatching: {\(relaxed)}\n"
      try yaml.write(toFile: file, atomically: true, encoding: .utf8)
      let run = try await BuiltTool("tandem-match").run(
        ["--cohort", "2026-autumn"], input: people, environment: environment(config: folder.path + "/Config"))
      #expect(run.status == 0, "\(run.errors)")
      let placed = Set(
        try records("tandem", of: run).flatMap { [$0["mentor"]?.string, $0["mentee"]?.string] }.compactMap {
          $0
        })
      #expect(promisedPeople.isSubset(of: placed), "\(place): \(promisedPeople.subtracting(placed))")
      tried += promisedPeople.count
    }
    #expect(tried > 20)
  }
}
