import Basics
import Foundation
import RecordStream
import ToolSupport

@testable import tandem_survey

/// The tool in the test's own process, over files of a folder of its own and the shipped configuration.
final class SurveyDesk {
  struct Run {
    var status: ToolStatus
    var output: String
    var errors: String
    var rows: [Substring] { output.split(separator: "\r\n") }
  }

  let path: String
  static let config =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path + "/Config"

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/tandem-survey-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  @discardableResult
  func file(_ name: String, _ text: String) throws -> String {
    let file = path + "/" + name
    try FileManager.default.createDirectory(
      at: URL(fileURLWithPath: file).deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    return file
  }

  func run(_ words: [String], region: String = "pl") -> Run {
    let output = Output.memory()
    let errors = Output.memory()
    let console = Console(output: output, errors: errors, environment: [:], standardInput: [])
    let own = words.prefix { ["merge", "missing"].contains($0) }
    let status = SurveyTool.run(
      Array(own) + ["--config", SurveyDesk.config, "--region", region] + words.dropFirst(own.count),
      on: console)
    return Run(
      status: status, output: output.text,
      errors: errors.text.replacing(path + "/", with: ""))
  }

  static let heading = "response,employee,cohort,role,sessions_held,q1_useful,q2_recommend,q3_comment\n"

  /// Answers of so many people, as the fixture's export has them.
  static func midterm(_ people: Range<Int>, role: (Int) -> String = { $0 % 2 == 0 ? "mentor" : "mentee" })
    -> String
  {
    heading
      + people.map { number in
        "\(number),\(100_000 + number),2026-autumn,\(role(number)),4,\(1 + number * 7 % 5),\(number * 3 % 11),"
          + "\(number % 3 == 0 ? "" : "fine")\n"
      }.joined()
  }
}
