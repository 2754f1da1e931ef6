import Foundation
import TestSupport

/// What the faults strike: a small programme of its own, made once with the built tools.
struct Material: Sendable {
  static let examples = Repository.path + "/Examples/programme/pl"
  static let cohort = "2026-autumn"
  /// A present before the cohort's first session.
  static let now = ["--now", "2026-10-01T08:00:00Z"]

  var people: String
  var tandems: String
  /// Of all tandems.
  var all: String
  /// Of two of them.
  var sessions: String
  /// The same with three sessions moved.
  var moved: String
  /// All sessions held.
  var held: String

  static let made = Result { try Material() }

  private init() throws {
    let work = try WorkFolder()
    func run(_ call: [String], _ input: String? = nil) throws -> String {
      let ending = try Child.run(call, in: work.path, input: input)
      guard ending.status == 0 else { throw Failed(call: call, status: ending.status, errors: ending.errors) }
      return String(decoding: ending.output, as: UTF8.self)
    }
    people = try run(["tandem-import", Self.examples + "/staff.csv", Self.examples + "/answers.xml"])
    _ = try work.file("people", Array(people.utf8))
    let matched = try run(["tandem-match", "--cohort", Self.cohort, "people"])
    _ = try work.file("matched", Array(matched.utf8))
    let lines = matched.split(separator: "\n")
    let isTandem = { (line: Substring) in line.contains(#""record":"tandem""#) }
    tandems = (lines.filter { !isTandem($0) } + lines.filter(isTandem).prefix(2)).map { $0 + "\n" }.joined()
    _ = try work.file("tandems", Array(tandems.utf8))
    let plan = [
      "tandem-schedule", "--cohort", Self.cohort, "--format", "ndjson", "--busy", Self.examples + "/busy",
    ]
    all = try run(plan + BuiltTool.beforeAutumn, "matched")
    sessions = try run(plan + BuiltTool.beforeAutumn, "tandems")
    _ = try work.file("sessions", Array(sessions.utf8))
    let ids = sessions.split(separator: "\n").filter { $0.contains(#""record":"session""#) }
      .compactMap { line in line.firstMatch(of: /"id":"([^"]+)"/).map { String($0.1) } }
    let person = ids.first.map { $0.split(separator: "/")[1].prefix { $0 != "+" } }.map(String.init) ?? ""
    moved = try run(
      plan + [
        "--previous", "sessions", "--now", "2026-10-02T08:00:00Z", "--absent", person, "2026-10-12",
        "2026-11-08",
      ], "tandems")
    held = try run(["tandem-schedule", "held"] + ids + ["--now", "2027-04-05"], "sessions")
  }

  struct Failed: Error {
    var call: [String]
    var status: Int32
    var errors: String
  }
}
