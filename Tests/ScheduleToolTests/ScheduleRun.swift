import Basics
import Foundation
import Programme
import RecordStream
import ToolSupport

@testable import tandem_schedule

/// Runs the tool in this process on the repository's own configuration.
struct ScheduleRun {
  static let repository = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

  let status: ToolStatus
  let text: String
  let errors: String

  /// Weeks before the cohort's start, and after its last session.
  static let before = Timestamp(secondsSinceEpoch: 1_789_369_200, offset: 7200)
  static let after = Timestamp(secondsSinceEpoch: 1_806_825_600, offset: 7200)

  /// - Parameters:
  ///   - now: what the clock shows.
  ///   - columns: of a line; nil: no bound.
  init(
    _ arguments: [String], input: String = "", config: String = repository + "/Config",
    at now: Timestamp = before,
    columns: Int? = nil
  ) {
    let output = Output.memory()
    let complaints = Output.memory()
    let console = Console(
      output: output, errors: complaints, environment: columns.map { ["COLUMNS": String($0)] } ?? [:],
      standardInput: Array(input.utf8),
      clock: { now })
    status = ToolRun.run(
      ScheduleCommand.self, arguments + ["--config", config, "--region", "pl,de"], on: console)
    text = output.text
    errors = complaints.text
  }

  var lines: [Substring] { text.split(separator: "\n") }
  /// Sessions that are planned at another time than at first.
  var moved: [Substring] {
    lines.filter {
      $0.contains("\"record\":\"session\"") && $0.contains("\"status\":\"planned\"")
        && !$0.contains("\"sequence\":0,")
    }
  }

  /// Person and tandem records of `count` pairs at one site.
  static func stream(_ count: Int) -> String {
    var lines: [String] = []
    for number in 0..<count {
      for (id, role) in [("1\(number)", Role.mentor), ("2\(number)", Role.mentee)] {
        lines.append(
          text(
            .person(
              Person(
                id: PersonID("pl:\(id)"), region: "pl", site: "Warszawa", name: "Zażółć \(id); \"X\"",
                email: "p\(id)@pl.example.com", role: role, department: ["Sales"], timeZone: "Europe/Warsaw"))
          ))
      }
    }
    for number in 0..<count {
      lines.append(
        text(
          .tandem(
            Tandem(
              cohort: "2026-autumn", region: "pl", mentor: PersonID("pl:1\(number)"),
              mentee: PersonID("pl:2\(number)"),
              score: TandemScore(total: 1, taught: 1, returned: 1, shared: 1, distance: 1), topics: ["video"])
          )))
    }
    return lines.map { $0 + "\n" }.joined()
  }

  static func text(_ record: Record) -> String { String(decoding: record.line, as: UTF8.self) }
}

/// A folder of this test alone, gone with it.
final class TestFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/schedule-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws -> String {
    let file = path + "/" + name
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// The names of all files below, sorted.
  var names: [String] {
    (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []).sorted()
  }
}
