import Foundation
import Testing

/// Examples/parallel and Examples/spark with the built tool: the bytes of the single run.
@Suite struct ExamplesTests {
  private static func isThere(_ tool: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)")
    }
  }

  /// What the program writes to standard output; its words go to a file, so that no pipe fills.
  private func output(_ words: [String], _ desk: SurveyDesk) throws -> String {
    // The tool stands beside the test bundle, or beside what runs it.
    var folder = Bundle.main.bundleURL
    while folder.path != "/", !FileManager.default.isExecutableFile(atPath: folder.path + "/tandem-survey") {
      folder.deleteLastPathComponent()
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["PATH": folder.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")]) { $1 }
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
  private let examples = SurveyDesk.config.replacing("/Config", with: "/Examples")

  @Test(.enabled(if: isThere("parallel") && isThere("python3"), "GNU parallel and Python are needed"))
  func underGNUParallel() throws {
    let desk = try SurveyDesk()
    let answers = try desk.file("midterm.csv", SurveyDesk.midterm(0..<60))
    let single = desk.run(["--survey", "midterm", "--by", "region,role", "--format", "csv", answers])
    #expect(try output([examples + "/parallel/run.sh", answers, "4"] + options, desk) == single.output)
  }

  private static let python = ProcessInfo.processInfo.environment["TANDEM_SPARK_PYTHON"]

  @Test(.enabled(if: python != nil, "a minute's work: set TANDEM_SPARK_PYTHON to a Python with pyspark"))
  func underSpark() throws {
    let desk = try SurveyDesk()
    let answers = try desk.file("midterm.csv", SurveyDesk.midterm(0..<60))
    let single = desk.run(["--survey", "midterm", "--by", "region,role", "--format", "csv", answers])
    let words =
      [Self.python ?? "python3", examples + "/spark/tabulate.py", answers, "--parts", "4", "--"] + options
    #expect(try output(words, desk) == single.output)
  }
}
