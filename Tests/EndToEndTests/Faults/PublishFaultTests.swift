import Foundation
import TestSupport
import Testing

/// `tandem-invite publish`, killed at any moment: each event on the server is whole, and the next run brings the calendar to where
/// an undisturbed one brings it.
@Suite struct PublishFaultTests {
  private final class CalendarServer {
    let folder: WorkFolder
    private let server: StandInServer
    var port: Int { server.port }

    init() throws {
      folder = try WorkFolder()
      server = try StandInServer(.caldav, folder: folder.path)
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

  @Test(Steps.possible) func killedAtEachStep() throws {
    let whole = try undisturbed()
    try desk.run(call("count"), input: "before")
    let file = desk.path + ".steps"
    let counted = try Steps.environment("count", counting: file)
    _ = try Child.run(call("count"), in: desk.path, input: "stream", environment: counted)
    let count = Int(try String(contentsOfFile: file, encoding: .utf8).dropLast()) ?? 0
    #expect(count > 3, "the steps were counted")
    var draws = Draws("publish steps")
    for step in Steps.chosen(of: count, &draws) {
      try desk.run(call("s\(step)"), input: "before")
      let how = Bool.random(using: &draws) ? "kill" : "half"
      let ending = try Child.run(
        call("s\(step)"), in: desk.path, input: "stream", environment: try Steps.environment("\(how):\(step)")
      )
      #expect(ending.status == -SIGKILL, "step \(step) of \(count)")
      try check("s\(step)", whole, "\(how):\(step) of \(count) (seed \(Draws.seed))")
    }
    if Draws.kills > 10 { print("faults: invite publish: \(count) steps") }
  }
}
