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

  /// `TANDEM_SPARK_PYTHON`, or the first Python that has pyspark: of a virtual environment, or on the PATH.
  private static let python: String? = {
    let environment = ProcessInfo.processInfo.environment
    if let named = environment["TANDEM_SPARK_PYTHON"] { return named }
    let folders =
      [environment["VIRTUAL_ENV"].map { $0 + "/bin" }, "/tmp/venv-bench/bin"].compactMap { $0 }
      + (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return folders.lazy.flatMap { ["\($0)/python", "\($0)/python3"] }.first { path in
      FileManager.default.isExecutableFile(atPath: path) && hasSpark(path)
    }
  }()

  /// Looks for the package without loading it, which takes seconds.
  private static func hasSpark(_ python: String) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [
      "-c", "import importlib.util, sys; sys.exit(importlib.util.find_spec('pyspark') is None)",
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  @Test(
    .enabled(if: python != nil && isThere("java"), "no Python with pyspark, or no Java: Spark did not run"))
  func underSpark() throws {
    let desk = try SurveyDesk()
    let answers = try desk.file("midterm.csv", SurveyDesk.midterm(0..<60))
    let single = desk.run(["--survey", "midterm", "--by", "region,role", "--format", "csv", answers])
    let words =
      [Self.python ?? "python3", examples + "/spark/tabulate.py", answers, "--parts", "4", "--"] + options
    #expect(try output(words, desk) == single.output)
  }
}
