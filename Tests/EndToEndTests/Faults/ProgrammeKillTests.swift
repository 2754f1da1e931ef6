import Foundation
import TestSupport
import Testing

/// Killed at any moment, a command on a programme is committed whole or not at all: the history holds, and the same command
/// run again brings all to where an undisturbed one does.
@Suite struct ProgrammeKillTests {
  /// A command that writes, and those that must have run before it.
  struct Command: Sendable, CustomTestStringConvertible {
    var name: String
    var words: [String]
    var stage: Stage
    /// Whether a second run does more: then one that had committed is not repeated.
    var isOnce = false
    var testDescription: String { name }
  }

  enum Stage: Int, Sendable, CaseIterable { case empty, people, pairs, plan, told }

  private static let start = ["--now", "2026-09-14T07:00:00Z"]
  private static let autumn = ["--now", "2026-11-05T08:00:00Z"]
  private static let examples = Material.examples

  private static let commands: [Command] = [
    Command(
      name: "import", words: ["import", examples + "/staff.csv", examples + "/answers.xml"] + start,
      stage: .empty),
    Command(name: "match", words: ["match"] + start, stage: .people),
    Command(name: "schedule", words: ["schedule"] + start, stage: .pairs),
    Command(name: "invite", words: ["invite"] + start, stage: .plan),
    Command(name: "held", words: ["held", "--due"] + autumn, stage: .told),
    Command(name: "missed", words: ["missed", "1.1"] + autumn, stage: .told),
    Command(name: "away", words: ["away", "710001", "2026-11-09", "2026-11-20"] + autumn, stage: .plan),
    Command(name: "move", words: ["move", "2.3", "--take", "1"] + autumn, stage: .told, isOnce: true),
    Command(name: "end", words: ["end", "4", "--for", "710015"] + autumn, stage: .told, isOnce: true),
    Command(name: "undo", words: ["undo"] + autumn, stage: .plan, isOnce: true),
    Command(name: "workshop", words: ["workshop", "--choose", "1"] + autumn, stage: .plan),
    Command(
      name: "survey",
      words: [
        "survey", Repository.path + "/Examples/office/midterm.csv", "--survey", "midterm", "--by", "role",
      ]
        + autumn, stage: .plan),
    Command(
      name: "find", words: ["find", "--for", "710001", "--topic", "logistics", "--invite"] + autumn,
      stage: .people,
      isOnce: true),
    Command(name: "forget", words: ["forget", "710006", "--yes"] + autumn, stage: .told),
  ]

  enum Kept: String, Sendable, CaseIterable { case file, server }

  /// A programme's folder, in `p`, with its database.
  final class Programme: Sendable {
    let desk: Writer.Desk
    private let database: String?
    var path: String { desk.path + "/p" }

    /// Of a new programme.
    init(_ kept: Kept) throws {
      desk = try Writer.Desk()
      var words = ["tandem", "init", "p", "--region", "pl", "--cohort", Material.cohort]
      switch kept {
      case .file: database = nil
      case .server:
        let name = try PostgresServer.shared().makeDatabase()
        words += ["--store", try PostgresServer.shared().address(name)]
        database = name
      }
      try desk.run(words)
    }

    init(copying other: Programme) throws {
      desk = try Writer.Desk(copying: other.desk)
      guard let original = other.database else {
        database = nil
        return
      }
      let server = try PostgresServer.shared()
      let name = try server.makeDatabase(copying: original)
      database = name
      let settings = desk.path + "/p/programme.json"
      let text = try String(contentsOfFile: settings, encoding: .utf8)
      try Data(text.replacing("/\(original)\"", with: "/\(name)\"").utf8).write(
        to: URL(fileURLWithPath: settings))
    }

    deinit {
      if let database { try? PostgresServer.shared().dropDatabase(database) }
    }
  }

  private static func run(_ words: [String], in folder: String) throws -> Child.Ending {
    try Child.run(["tandem"] + words, in: folder)
  }

  /// Programmes that are so far, made once.
  private static let bases = Dictionary(
    uniqueKeysWithValues: Kept.allCases.map { kept in
      (
        kept,
        Result {
          var bases: [Stage: Programme] = [:]
          let programme = try Programme(kept)
          for name in try FileManager.default.contentsOfDirectory(atPath: examples + "/busy") {
            try FileManager.default.copyItem(
              atPath: "\(examples)/busy/\(name)", toPath: "\(programme.path)/inbox/calendars/\(name)")
          }
          for stage in Stage.allCases {
            if stage != .empty {
              try programme.desk.run(["tandem", "--programme", "p"] + commands[stage.rawValue - 1].words)
            }
            bases[stage] = try Programme(copying: programme)
          }
          return bases
        }
      )
    })

  /// All records, the logs too.
  private static func records(_ programme: Programme) throws -> [String] {
    let kinds = "person,absence,tandem,unmatched,session,workshop,reply,summary,notice,delivery,asked,read"
    let ending = try run(["export", "--kind", kinds, "--quiet"], in: programme.path)
    #expect(ending.status == 0, "\(ending.errors)")
    return String(decoding: ending.output, as: UTF8.self).split(separator: "\n").map(String.init).sorted()
  }

  /// The files of a programme that hold a text; the receipts name whom they are about.
  private static func traces(of text: String, in programme: Programme) throws -> [String] {
    let files = FileManager.default.enumerator(atPath: programme.path)?.compactMap { $0 as? String } ?? []
    return files.filter { name in
      guard let bytes = FileManager.default.contents(atPath: programme.path + "/" + name) else {
        return false
      }
      return name != "forgotten.ndjson" && bytes.firstRange(of: Data(text.utf8)) != nil
    }
  }

  /// All of them where kills are asked for; else those that differ most in what they write.
  private static let chosen =
    Draws.kills > 2
    ? commands : commands.filter { ["import", "schedule", "invite", "forget"].contains($0.name) }

  @Test("a kill at any moment loses nothing", arguments: chosen) func killsOnAFile(_ command: Command) throws
  {
    try Self.kill(command, .file)
  }

  @Test(
    "a kill at any moment loses nothing on a server",
    arguments: chosen.filter { $0.name != "forget" || Draws.kills > 2 })
  func killsOnAServer(_ command: Command) throws { try Self.kill(command, .server) }

  private static func kill(_ command: Command, _ kept: Kept) throws {
    let base = try #require(try bases[kept]?.get()[command.stage])
    let whole = try Programme(copying: base)
    let began = ContinuousClock.now
    let ending = try run(command.words, in: whole.path)
    let taken = ContinuousClock.now - began
    #expect([0, 65, 69].contains(ending.status), "\(command.name): \(ending.errors)")
    let (before, after) = (try records(base), try records(whole))
    #expect(before != after, "\(command.name) changes something")
    var draws = Draws("programme \(command.name) \(kept)")
    var hit = 0
    let kills = Draws.kills > 2 ? Draws.kills : 1
    for kill in 1...kills {
      let programme = try Programme(copying: base)
      let microseconds = Double(taken.components.seconds) * 1e6 + Double(taken.components.attoseconds) / 1e12
      let wait = Double.random(in: 0...microseconds, using: &draws)
      let child = try Child(["tandem"] + command.words, in: programme.path)
      usleep(UInt32(wait))
      child.kill()
      let moment = "\(command.name), kill \(kill) after \(wait) µs (seed \(Draws.seed))"
      if try child.ending().status == -SIGKILL { hit += 1 }
      // What the command had started goes on to its end.
      try waitForTools(of: programme.desk)
      let check = try run(["verify"], in: programme.path)
      #expect(check.status == 0, "\(moment): \(check.errors)")
      let left = try records(programme)
      let isCommitted = left == after
      #expect(isCommitted || left == before || command.name == "forget", "\(moment): half of it is committed")
      if isCommitted, command.isOnce { continue }
      let again = try run(command.words, in: programme.path)
      // Whoever is erased in full already is not found again.
      let isGone = command.name == "forget" && isCommitted && again.status == 65
      #expect(again.status == ending.status || isGone, "\(moment), again: \(again.errors)")
      #expect(try records(programme) == after, "\(moment), again")
      if command.name == "forget" {
        let left = try traces(of: "710006", in: programme)
        #expect(left.isEmpty, "\(moment), again: the erased person is in \(left)")
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: programme.path + "/.work")
      #expect(names.allSatisfy { Int($0) == nil }, "\(moment): working copies are left: \(names)")
    }
    if Draws.kills > 10 {
      print("faults: \(command.name), \(kept): \(kills) kills, \(hit) of them in its midst")
    }
  }

  /// Waits until no tool works on the desk's files any more.
  private static func waitForTools(of desk: Writer.Desk) throws {
    let folder = desk.path + "/"
    for _ in 0..<12_000 {
      let processes = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { Int($0) != nil }
      let isBusy = processes.contains { process in
        guard let bytes = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") else {
          return false
        }
        return String(decoding: bytes, as: UTF8.self).contains(folder)
      }
      if !isBusy { return }
      usleep(5_000)
    }
    Issue.record("a tool of \(folder) does not end")
  }
}
