import Basics
import Foundation
import Programme
import RecordStream
import ToolSupport

@testable import tandem_match

/// The tool in the test's own process.
enum MatchTool {
  struct Run {
    var status: ToolStatus
    var output: [UInt8]
    var errors: String
    var text: String { String(decoding: output, as: UTF8.self) }

    /// The records of a kind, as JSON.
    func records(_ kind: String) -> [JSONValue] {
      output.split(separator: 0x0A).compactMap { try? JSONValue(parsing: $0) }.filter {
        $0["record"]?.string == kind
      }
    }

    var tandems: [String] { records("tandem").compactMap { $0["id"]?.string } }
  }

  static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
  static let fixtures = repository + "/Tests/MatchToolTests/Fixtures"

  static func run(_ arguments: [String], input: String = "", region: String? = "pl") -> Run {
    let output = Output.memory()
    let errors = Output.memory()
    var environment = ["TANDEM_CONFIG": repository + "/Config"]
    environment["TANDEM_REGION"] = region
    let console = Console(
      output: output, errors: errors, environment: environment, standardInput: Array(input.utf8))
    let status = ToolRun.run(Main.self, arguments, on: console)
    return Run(status: status, output: output.written, errors: errors.text)
  }

  /// A folder of the test's own, gone when the test is.
  final class Folder {
    let path = NSTemporaryDirectory() + "tandem-match-\(UUID().uuidString)"

    init() throws {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String, _ text: String) throws -> String {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
      return path + "/" + name
    }

    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)), as: UTF8.self)
    }
  }

  static func person(
    _ number: Int, _ role: Role, department: String = "Sales", learn: [String] = [], teach: [String] = [],
    interests: [String] = [], said: [String: [String]] = [:], name: String? = nil, region: String = "pl",
    site: String = "Warszawa"
  ) -> Person {
    var person = Person(
      id: PersonID("\(region):\(number)"), region: region, site: site, name: name ?? "Person \(number)",
      email: "p\(number)@example.com", role: role, department: [department], timeZone: "Europe/Warsaw")
    person.languages = ["pl"]
    (person.learn, person.teach, person.interests) = (learn, teach, interests)
    person.said = said
    person.consent = true
    return person
  }

  static func stream(_ people: [Person]) -> String {
    people.map { String(decoding: Record.person($0).line, as: UTF8.self) + "\n" }.joined()
  }

  /// Two mentors, three mentees: 1-11 and 2-12 fit, 13 is left.
  static let five = [
    person(
      1, .mentor, department: "IT", learn: ["leadership"], teach: ["video"],
      said: ["teach": ["montaż filmów"]],
      name: "Łukasz Żak"),
    person(
      2, .mentor, department: "Quality", teach: ["e-bike"], interests: ["logistics"], name: "Anna Nowak"),
    person(
      11, .mentee, learn: ["video"], teach: ["leadership"], said: ["learn": ["montaż filmów na telefonie"]],
      name: "Zofia Łącka"),
    person(
      12, .mentee, department: "Finance", learn: ["e-bike", "video"], interests: ["logistics"],
      name: "Jan Kos"),
    person(13, .mentee, department: "IT", learn: ["video"], name: "Ewa Lis"),
  ]
}
