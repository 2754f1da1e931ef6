import Foundation
import Testing

/// The programme of 600 people in five regions, where it lies beside the repository.
struct ProgrammeFixtureTests {
  static let shared = ["../shared", "/work/shared"].map {
    URL(filePath: $0, relativeTo: Desk.repository).absoluteURL
  }.first { FileManager.default.fileExists(atPath: $0.appending(path: "fixtures/programme").path) }

  private func files(_ names: [String]) -> [String] {
    guard let shared = ProgrammeFixtureTests.shared else { return [] }
    return ["pl", "de", "us", "cn", "hu"].flatMap { region in
      names.map { shared.appending(path: "fixtures/programme/\(region)/\($0)").path }
    }.filter { FileManager.default.fileExists(atPath: $0) }
  }

  @Test(.enabled(if: shared != nil, "../shared is absent"))
  func thePeopleAreThoseOfTheTruth() throws {
    let shared = try #require(ProgrammeFixtureTests.shared)
    let desk = try Desk()
    let exports = files(["staff.csv", "staff.xml", "answers.csv", "answers.xml", "answers.txt"])
    #expect(exports.count == 10)
    let run = desk.run(["--region", "pl,de,us,cn,hu", "--quiet"] + exports)
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    let stream = try desk.write(run.output, "people.ndjson")
    let judge = Process()
    judge.executableURL = URL(filePath: "/usr/bin/env")
    judge.arguments = [
      "python3", shared.appending(path: "checks/people.py").path,
      shared.appending(path: "fixtures/programme/truth").path, stream,
    ]
    let pipe = Pipe()
    judge.standardOutput = pipe
    try judge.run()
    let verdict = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    judge.waitUntilExit()
    #expect(verdict == "600 people of 5 regions, 0 differences\n")
    #expect(judge.terminationStatus == 0)
    #expect(desk.run(["--region", "hu,cn,us,de,pl", "--quiet"] + exports.reversed()).output == run.output)
  }

  @Test(.enabled(if: shared != nil, "../shared is absent"))
  func everyMidTermSheetBecomesAResponse() throws {
    let desk = try Desk()
    let staff = files(["staff.csv", "staff.xml"])
    let run = desk.run(["--region", "pl,de,us,cn,hu", "--quiet"] + staff + files(["midterm.csv"]))
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.lines.count == 404)
    #expect(run.lines.count { $0.contains("\"region\":\"hu\"") } == 71)
    #expect(!run.output.contains("employee") && !run.output.contains("\"email\""))
  }
}
