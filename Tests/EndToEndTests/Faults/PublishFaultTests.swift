import Foundation
import Testing

enum CalendarPeer {
  /// A Python that has Radicale: $TANDEM_PYTHON, else the founders' environment, else the system's.
  static let python: String? = {
    let asked = ProcessInfo.processInfo.environment["TANDEM_PYTHON"].map { [$0] } ?? []
    return (asked + ["/tmp/venv-bench/bin/python", "/usr/bin/python3"]).first { python in
      FileManager.default.isExecutableFile(atPath: python)
        && Child.succeeds([python, "-c", "import radicale"])
    }
  }()
}

/// `tandem-invite publish`, killed at any moment: each event on the server is whole, and the next run brings the calendar to where
/// an undisturbed one brings it.
@Suite(
  .enabled(
    if: CalendarPeer.python != nil,
    "Radicale (PyPI) is absent: there is no calendar server to publish to")
)
struct PublishFaultTests {
  /// The server of the tests of `publish`: it prints its port, and lives as long as its standard input is open.
  private final class CalendarServer {
    let folder: WorkFolder
    let port: Int
    private let process = Process()
    private let input = Pipe()

    init() throws {
      folder = try WorkFolder()
      process.executableURL = URL(fileURLWithPath: CalendarPeer.python ?? "")
      process.arguments = [
        BuiltTool.repository + "/Tests/InviteToolTests/Fixtures/caldav_server.py", folder.path,
      ]
      let output = Pipe()
      process.standardInput = input
      process.standardOutput = output
      try process.run()
      var line: [UInt8] = []
      while line.last != 10, let byte = try output.fileHandleForReading.read(upToCount: 1)?.first {
        line.append(byte)
      }
      port = try #require(Int(String(decoding: line.dropLast(), as: UTF8.self)))
    }

    deinit {
      try? input.fileHandleForWriting.close()
      process.waitUntilExit()
    }

    /// The events of a calendar, by name.
    func events(_ calendar: String) -> [String: Data] {
      let path = "\(folder.path)/store/collection-root/\(calendar)"
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      return Dictionary(
        uniqueKeysWithValues: names.filter { $0.hasSuffix(".ics") }.map { name in
          (name, FileManager.default.contents(atPath: "\(path)/\(name)") ?? Data())
        })
    }
  }

  private let server: CalendarServer
  private let desk: Writer.Desk

  init() throws {
    server = try CalendarServer()
    desk = try Writer.Desk()
    let material = try Material.made.get()
    try desk.file("before", material.sessions)
    try desk.file("stream", material.moved)
  }

  private func call(_ calendar: String) -> [String] {
    [
      "tandem-invite", "publish", "--caldav", "http://127.0.0.1:\(server.port)/\(calendar)/", "--now",
      "2026-10-01T08:00:00Z",
    ]
  }

  /// What stands there before, what then, and how long it took.
  private func undisturbed() throws -> (before: [String: Data], after: [String: Data], seconds: Double) {
    try desk.run(call("whole"), input: "before")
    let before = server.events("whole")
    let time = try ContinuousClock().measure { try desk.run(call("whole"), input: "stream") }
    let after = server.events("whole")
    #expect(before.count == 20 && before != after)
    return (before, after, time / .seconds(1))
  }

  private func check(
    _ calendar: String, _ whole: (before: [String: Data], after: [String: Data], seconds: Double),
    _ moment: String
  ) throws {
    for (name, event) in server.events(calendar) {
      #expect(event == whole.before[name] || event == whole.after[name], "\(moment): \(name) is half")
    }
    let again = try Child.run(call(calendar), in: desk.path, input: "stream")
    #expect(again.status == 0, "\(moment): \(again.errors)")
    #expect(server.events(calendar) == whole.after, "\(moment)")
    let third = try Child.run(call(calendar), in: desk.path, input: "stream")
    #expect(third.errors.contains("0 added, 0 changed, 0 removed"), "\(moment): \(third.errors)")
  }

  @Test func killedAtRandom() throws {
    let whole = try undisturbed()
    var draws = Draws("publish")
    var hit = 0
    for kill in 1...Draws.kills {
      try desk.run(call("k\(kill)"), input: "before")
      let wait = Double.random(in: 0...whole.seconds, using: &draws)
      let child = try Child(call("k\(kill)"), in: desk.path, input: "stream")
      usleep(UInt32(wait * 1e6))
      child.kill()
      if try child.ending().status == -SIGKILL { hit += 1 }
      try check("k\(kill)", whole, "kill \(kill) after \(wait) s (seed \(Draws.seed))")
    }
    if Draws.kills > 10 { print("faults: invite publish: \(Draws.kills) kills, \(hit) of them in its midst") }
  }

  @Test(.enabled(if: Steps.library != nil, Steps.whyNot)) func killedAtEachStep() throws {
    let whole = try undisturbed()
    try desk.run(call("count"), input: "before")
    let file = desk.path + ".steps"
    let counted = Steps.environment("count", counting: file)
    _ = try Child.run(call("count"), in: desk.path, input: "stream", environment: counted)
    let count = Int(try String(contentsOfFile: file, encoding: .utf8).dropLast()) ?? 0
    #expect(count > 3, "the steps were counted")
    var draws = Draws("publish steps")
    for step in Steps.chosen(of: count, &draws) {
      try desk.run(call("s\(step)"), input: "before")
      let how = Bool.random(using: &draws) ? "kill" : "half"
      let ending = try Child.run(
        call("s\(step)"), in: desk.path, input: "stream", environment: Steps.environment("\(how):\(step)"))
      #expect(ending.status == -SIGKILL, "step \(step) of \(count)")
      try check("s\(step)", whole, "\(how):\(step) of \(count) (seed \(Draws.seed))")
    }
    if Draws.kills > 10 { print("faults: invite publish: \(count) steps") }
  }
}
