import Basics
import Foundation
import Programme
import RecordStream
import Testing

/// `tandem-invite send`, killed at any moment: nothing is lost, nothing is sent twice, and what nobody can know is told.
@Suite struct SendFaultTests {
  private let base: Writer.Desk

  init() throws {
    base = try Writer.Desk()
    try base.file("stream", Material.made.get().sessions)
    try base.run(
      ["tandem-invite", "make", "--outbox", "box", "--now", "2026-10-01T08:00:00Z"], input: "stream")
  }

  private func call(_ server: MailServer, _ more: String...) -> [String] {
    ["tandem-invite", "send", "--smtp", "127.0.0.1:\(server.port)", "--outbox", "box", "--plain"] + more
  }

  private func names(_ folder: String, of desk: Writer.Desk) -> Set<String> {
    let names = try? FileManager.default.contentsOfDirectory(atPath: "\(desk.path)/box/\(folder)")
    return Set(names ?? [])
  }

  private func mails(_ names: Set<String>, in folder: String, of desk: Writer.Desk) -> Set<[UInt8]> {
    Set(
      names.compactMap { name in
        FileManager.default.contents(atPath: "\(desk.path)/box/\(folder)/\(name)").map {
          $0.filter { $0 != 13 }
        }
      })
  }

  /// What must hold after a run that was stopped, and the next one.
  private func check(_ desk: Writer.Desk, _ server: MailServer, _ moment: Comment) throws {
    let all = names("new", of: base)
    let again = try Child.run(call(server), in: desk.path)
    let (sent, sending) = (names("sent", of: desk), names("sending", of: desk))
    #expect(names("new", of: desk).isEmpty, moment)
    #expect(names("failed", of: desk).isEmpty, moment)
    #expect(sent.union(sending) == all && sent.isDisjoint(with: sending), moment)
    #expect(sending.count <= 1, moment)
    #expect(again.status == (sending.isEmpty ? 0 : 65), "\(moment): \(again.errors)")
    for name in sending {
      #expect(again.errors.contains("sending/\(name): warning: may have been sent already"), moment)
    }
    let taken = server.mails.map(\.text)
    #expect(Set(taken).count == taken.count, "\(moment): sent twice")
    #expect(mails(sent, in: "sent", of: desk).isSubset(of: Set(taken)), "\(moment): lost")
    let lines = (FileManager.default.contents(atPath: desk.path + "/box/deliveries.ndjson") ?? Data()).split(
      separator: 10)
    let told = try lines.map { try JSONValue(parsing: Array($0)) }.filter { $0["status"]?.string == "sent" }
      .compactMap { $0["file"]?.string }
    #expect(told.sorted() == sent.sorted(), "\(moment): each has its line")
    // Asked for, it goes, and it alone.
    #expect(try Child.run(call(server, "--again"), in: desk.path).status == 0)
    #expect(names("sent", of: desk) == all, moment)
    let arrived = server.mails.map(\.text)
    #expect(Set(arrived) == mails(all, in: "sent", of: desk), moment)
    #expect(arrived.count <= all.count + sending.count, moment)
  }

  @Test func killedAtRandom() throws {
    let seconds = try ContinuousClock().measure {
      let (desk, server) = (try Writer.Desk(copying: base), try MailServer())
      defer { server.stop() }
      #expect(try Child.run(call(server), in: desk.path).status == 0)
      #expect(server.mails.count == names("new", of: base).count)
    }
    var draws = Draws("send")
    var hit = 0
    for kill in 1...Draws.kills {
      let (desk, server) = (try Writer.Desk(copying: base), try MailServer())
      defer { server.stop() }
      let wait = Double.random(in: 0...1, using: &draws) * (seconds / .seconds(1))
      let child = try Child(call(server), in: desk.path)
      usleep(UInt32(wait * 1e6))
      child.kill()
      if try child.ending().status == -SIGKILL { hit += 1 }
      try check(desk, server, "kill \(kill) after \(wait) s (seed \(Draws.seed))")
    }
    if Draws.kills > 10 { print("faults: invite send: \(Draws.kills) kills, \(hit) of them in its midst") }
  }

  /// Before and within each call, those to the server too: among them the moment when it has the mail and has not said so.
  @Test(Steps.possible) func killedAtEachStep() throws {
    let counting = (desk: try Writer.Desk(copying: base), server: try MailServer(pause: 0))
    defer { counting.server.stop() }
    let file = counting.desk.path + ".steps"
    _ = try Child.run(
      call(counting.server), in: counting.desk.path,
      environment: try Steps.environment("count", counting: file))
    let count = Int(try String(contentsOfFile: file, encoding: .utf8).dropLast()) ?? 0
    #expect(count > 40 * 8, "the steps were counted")
    var draws = Draws("send steps")
    for step in Steps.chosen(of: count, &draws) {
      let (desk, server) = (try Writer.Desk(copying: base), try MailServer(pause: 0))
      defer { server.stop() }
      let how = Bool.random(using: &draws) ? "kill" : "half"
      let ending = try Child.run(
        call(server), in: desk.path, environment: try Steps.environment("\(how):\(step)"))
      #expect(ending.status == -SIGKILL, "step \(step) of \(count)")
      try check(desk, server, "\(how):\(step) of \(count) (seed \(Draws.seed))")
    }
    if Draws.kills > 10 { print("faults: invite send: \(count) steps") }
  }

  /// Several at once, and one that fills the outbox meanwhile: they take turns.
  @Test func manyAtOnceSendEachOnce() throws {
    var draws = Draws("send at once")
    for _ in 1...max(1, Draws.kills / 3) {
      let (desk, server) = (try Writer.Desk(), try MailServer())
      defer { server.stop() }
      try desk.file("stream", Material.made.get().sessions)
      let make = ["tandem-invite", "make", "--outbox", "box", "--now", "2026-10-01T08:00:00Z"]
      try desk.run(make, input: "stream")
      try desk.file("moved", Material.made.get().moved)
      let more = ["tandem-invite", "make", "--outbox", "box", "--now", "2026-10-20T08:00:00Z"]
      var children: [(Child, Writer.Desk)] = []
      for call in [call(server), more, call(server), more, call(server)] {
        // Streams of its own.
        let aside = try Writer.Desk()
        try aside.file("moved", Material.made.get().moved)
        try FileManager.default.createSymbolicLink(
          atPath: aside.path + "/box", withDestinationPath: desk.path + "/box")
        children.append((try Child(call, in: aside.path, input: "moved"), aside))
        usleep(UInt32.random(in: 0...50_000, using: &draws))
      }
      for (child, _) in children {
        let ending = try child.ending()
        #expect(ending.status == 0, "\(ending.errors)")
      }
      #expect(try Child.run(call(server), in: desk.path).status == 0)
      let taken = server.mails.map(\.text)
      #expect(Set(taken).count == taken.count, "sent twice (seed \(Draws.seed))")
      #expect(mails(names("sent", of: desk), in: "sent", of: desk) == Set(taken))
      #expect(names("new", of: desk).union(names("sending", of: desk)).isEmpty)
      #expect(taken.count > 40)
      let journal = FileManager.default.contents(atPath: desk.path + "/box/journal.ndjson") ?? Data()
      let notices = journal.split(separator: 10).filter {
        String(decoding: $0, as: UTF8.self).contains(#""file""#)
      }
      #expect(notices.count == taken.count, "each is remembered once")
    }
  }
}
