import Foundation
import TestSupport
import Testing

/// The programme of 600 people in five regions.
struct ProgrammeFixtureTests {
  private func files(_ names: [String]) -> [String] {
    ["pl", "de", "us", "cn", "hu"].flatMap { region in
      names.map { "\(Repository.programme)/\(region)/\($0)" }
    }.filter { FileManager.default.fileExists(atPath: $0) }
  }

  @Test func thePeopleAreThoseOfTheTruth() throws {
    let desk = try Desk()
    let exports = files(["staff.csv", "staff.xml", "answers.csv", "answers.xml", "answers.txt"])
    #expect(exports.count == 10)
    let run = desk.run(["--region", "pl,de,us,cn,hu", "--quiet"] + exports)
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    let stream = try desk.write(run.output, "people.ndjson")
    let judged = try Program.run(
      try Python.path(), [Repository.judges + "/people.py", Repository.programme + "/truth", stream])
    #expect(judged.text == "600 people of 5 regions, 0 differences\n")
    #expect(judged.status == 0)
    #expect(desk.run(["--region", "hu,cn,us,de,pl", "--quiet"] + exports.reversed()).output == run.output)
  }

  @Test func everyMidTermSheetBecomesAResponse() throws {
    let desk = try Desk()
    let staff = files(["staff.csv", "staff.xml"])
    let run = desk.run(["--region", "pl,de,us,cn,hu", "--quiet"] + staff + files(["midterm.csv"]))
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.lines.count == 404)
    #expect(run.lines.count { $0.contains("\"region\":\"hu\"") } == 71)
    #expect(!run.output.contains("employee") && !run.output.contains("\"email\""))
  }
}
