import Foundation
import RecordStream
import Testing

/// Two runs at once on one outbox, folder or file: one waits for the other or is refused; nothing is lost, nothing doubled.
@Suite struct AtOnceTests {
  /// Two of a call, the second a little later, with streams of their own.
  private func twice(
    _ calls: ([String], [String]), in desk: Writer.Desk, input: String?, _ draws: inout Draws
  ) throws -> [Child.Ending] {
    let second = try Writer.Desk()
    // The same folder by another name, so that its streams are elsewhere.
    try FileManager.default.removeItem(atPath: second.path)
    try FileManager.default.createSymbolicLink(atPath: second.path, withDestinationPath: desk.path)
    let first = try Child(calls.0, in: desk.path, input: input)
    usleep(UInt32.random(in: 0...100_000, using: &draws))
    let last = try Child(calls.1, in: second.path, input: input)
    return [try first.ending(), try last.ending()]
  }

  @Test(arguments: Writer.all.filter { !$0.isOnce }) func theSameTwice(_ writer: Writer) throws {
    let whole = try writer.undisturbed()
    var draws = Draws(writer.name + " at once")
    for _ in 1...max(1, Draws.kills / 3) {
      let desk = try Writer.Desk(copying: whole.base)
      let endings = try twice((writer.call, writer.call), in: desk, input: writer.input, &draws)
      for ending in endings {
        // What one is about to forget, the other has already removed.
        let allowed: [Int32] = [whole.ending.status, writer.whenDone ?? 0, writer.tellsItsOwn ? 66 : 0]
        #expect(allowed.contains(ending.status), "\(writer.name): \(ending.errors) (seed \(Draws.seed))")
      }
      #expect(endings.contains { $0.status == whole.ending.status }, "\(writer.name): one succeeds")
      let after = try Snapshot(desk.path)
      let differences = after.differences(from: whole.after) {
        writer.isOfTheMoment($0) || writer.lists.contains($0)
      }
      #expect(differences == [], "\(writer.name) (seed \(Draws.seed))")
    }
  }

  /// Two who look for people enter both what they asked for.
  @Test func theLedgerOfThoseAskedLosesNobody() throws {
    guard let writer = Writer.all.first(where: \.isOnce) else { return }
    let other = writer.call.map { $0 == "rehearsal" ? "campaign" : $0 }
    let whole = try writer.undisturbed()
    func entries(_ desk: Writer.Desk) throws -> [Substring] {
      try String(contentsOfFile: desk.path + "/asked.csv", encoding: .utf8).split(separator: "\n").sorted()
    }
    var orders: [[Substring]] = []
    for calls in [[writer.call, other], [other, writer.call]] {
      let desk = try Writer.Desk(copying: whole.base)
      for call in calls { try desk.run(call, input: writer.input) }
      orders.append(try entries(desk))
    }
    var draws = Draws("find at once")
    for _ in 1...max(3, Draws.kills / 3) {
      let desk = try Writer.Desk(copying: whole.base)
      let endings = try twice((writer.call, other), in: desk, input: writer.input, &draws)
      #expect(endings.allSatisfy { $0.status == 0 }, "\(endings.map(\.errors))")
      #expect(orders.contains(try entries(desk)), "seed \(Draws.seed)")
    }
  }

  /// Whichever of two runs began the key: the last file of it reveals what both wrote.
  @Test func oneKeyRevealsBothStreams() throws {
    let material = try Material.made.get()
    var draws = Draws("pseudonyms at once")
    for _ in 1...max(2, Draws.kills / 10) {
      let desk = try Writer.Desk()
      let lines = material.people.split(separator: "\n").map { $0 + "\n" }
      try desk.file("a", lines.prefix(9).joined())
      try desk.file("b", lines.dropFirst(9).joined())
      let calls = (
        ["tandem-import", "a", "--pseudonyms", "key"], ["tandem-import", "b", "--pseudonyms", "key"]
      )
      let endings = try twice(calls, in: desk, input: nil, &draws)
      for (ending, plain) in zip(endings, ["a", "b"]) {
        #expect(ending.status == 0, "\(ending.errors)")
        try desk.file("hidden", String(decoding: ending.output, as: UTF8.self))
        let revealed = try Child.run(["tandem-import", "--reveal", "key", "hidden"], in: desk.path)
        #expect(
          revealed.output == [UInt8](FileManager.default.contents(atPath: "\(desk.path)/\(plain)") ?? Data()))
      }
    }
  }
}
