import Foundation
import TestSupport
import Testing

/// Examples/parallel and Examples/spark with the built tool: the bytes of the single run.
@Suite struct ExamplesTests {
  /// What the program writes to standard output; its words go to a file, so that no pipe fills.
  private func output(_ words: [String], _ desk: SurveyDesk) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: words[0])
    process.arguments = Array(words.dropFirst())
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["PATH": try Program.searchPath(Repository.tools)]) { $1 }
    let path = try desk.file("out-" + UUID().uuidString, "")
    process.standardOutput = FileHandle(forWritingAtPath: path)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  private let options = [
    "--config", SurveyDesk.config, "--region", "pl", "--survey", "midterm", "--by", "region,role",
  ]
  private let examples = Repository.examples

  @Test func underGNUParallel() throws {
    let desk = try SurveyDesk()
    let answers = try desk.file("midterm.csv", SurveyDesk.midterm(0..<60))
    let single = desk.run(["--survey", "midterm", "--by", "region,role", "--format", "csv", answers])
    #expect(try output([examples + "/parallel/run.sh", answers, "4"] + options, desk) == single.output)
  }

  @Test(.optIn(.spark)) func underSpark() throws {
    let desk = try SurveyDesk()
    let answers = try desk.file("midterm.csv", SurveyDesk.midterm(0..<60))
    let single = desk.run(["--survey", "midterm", "--by", "region,role", "--format", "csv", answers])
    let words =
      [try Python.sparkPath(), examples + "/spark/tabulate.py", answers, "--parts", "4", "--"] + options
    #expect(try output(words, desk) == single.output)
  }
}
