import Basics
import Foundation
import Programme
import RecordStream
import Regions
import TestSupport
import ToolSupport

@testable import tandem_workshop

/// Runs the tool in this process on the repository's own configuration.
struct WorkshopRun {
  static let repository = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

  let status: ToolStatus
  let text: String
  let errors: String

  /// - Parameters:
  ///   - region: nil: the call names its own.
  ///   - folder: whose configuration is used, kept while the tool runs; nil: the repository's.
  init(
    _ arguments: [String], input: String = "", region: String? = "pl", in folder: TestFolder? = nil
  ) {
    let output = Output.memory()
    let complaints = Output.memory()
    let console = Console(
      output: output, errors: complaints, environment: [:], standardInput: Array(input.utf8),
      // Weeks before the cohort's start.
      clock: { Timestamp(secondsSinceEpoch: 1_789_369_200, offset: 7200) })
    defer { withExtendedLifetime(folder) {} }
    let config = folder?.config ?? WorkshopRun.repository + "/Config"
    status = ToolRun.run(
      WorkshopCommand.self,
      ["--config", config, "--cohort", "2026-autumn"] + (region.map { ["--region", $0] } ?? []) + arguments,
      on: console)
    text = output.text
    errors = complaints.text
  }

  var lines: [Substring] { text.split(separator: "\n") }

  func workshops() throws -> [Workshop] {
    var found: [Workshop] = []
    for input in [Input(name: "output", bytes: Array(text.utf8))] {
      try RecordReader(input) { _ in }.forEachLine { line in
        if case .workshop(let workshop)? = try line.knownKind.map({ _ in try line.decode() }) {
          found.append(workshop)
        }
      }
    }
    return found
  }

  /// Person and tandem records of `count` pairs at one site.
  static func stream(
    _ count: Int, region: String = "pl", site: String = "Warszawa", zone: String = "Europe/Warsaw"
  ) -> String {
    var lines: [String] = []
    let departments = [["Sprzedaż"], ["Engineering", "Software"], ["Finance"]]
    for number in 0..<count {
      let id = 100 + number
      for (person, role) in [("\(id)", Role.mentor), ("\(id + 500)", .mentee)] {
        var person = Person(
          id: PersonID("\(region):\(person)"), region: region, site: site, name: "Zażółć \(person) <b>",
          email: "p\(person)@\(region).example.com", role: role, department: departments[number % 3],
          timeZone: zone)
        if role == .mentor { person.teach = ["video", "e-bike"] }
        lines.append(text(.person(person)))
      }
      lines.append(
        text(
          .tandem(
            Tandem(
              cohort: "2026-autumn", region: region, mentor: PersonID("\(region):\(id)"),
              mentee: PersonID("\(region):\(id + 500)"),
              score: TandemScore(total: 1, taught: 1, returned: 1, shared: 1, distance: 1), status: .active)))
      )
    }
    return lines.map { $0 + "\n" }.joined()
  }

  static func text(_ record: Record) -> String { String(decoding: record.line, as: UTF8.self) }
}

/// A folder of this test alone, gone with it; with `configuration`, a copy of the repository's configuration in it.
final class TestFolder {
  let path: String

  init(configuration: Bool = false) throws {
    path = FileManager.default.temporaryDirectory.path + "/workshop-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    if configuration {
      // A link would be copied as one, and its target written to.
      let shipped = URL(fileURLWithPath: WorkshopRun.repository + "/Config").resolvingSymlinksInPath().path
      try FileManager.default.copyItem(atPath: shipped, toPath: config)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var config: String { path + "/Config" }

  func write(_ text: String, to name: String) throws -> String {
    let file = path + "/" + name
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    return file
  }

  func read(_ name: String) throws -> String {
    try String(contentsOfFile: path + "/" + name, encoding: .utf8)
  }

  /// Puts a region's workshop section in place of the shipped one: a window of one week and what `more` says.
  func setWorkshop(_ region: String, _ more: String) throws {
    let name = "Config/regions/\(region)/region.yaml"
    let text = try read(name)
    let head = text.components(separatedBy: "\nworkshop:\n")[0]
    _ = try write(head + "\nworkshop:\n" + more, to: name)
  }

  /// The names of all files below, sorted.
  var names: [String] {
    (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []).sorted()
  }
}
