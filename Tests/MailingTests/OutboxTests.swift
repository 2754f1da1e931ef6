import Basics
import Foundation
import Programme
import Testing

@testable import Mailing

@Suite struct OutboxTests {
  /// A run of the tool, in short.
  @discardableResult
  private func run(
    _ sample: SamplePlan, at time: String, in folder: ScratchFolder, dies: Bool = false
  ) throws -> NoticePlan {
    let now = try SamplePlan.time(time)
    let outbox = try Outbox(folder.path)
    let plan = try NoticePlan.make(sample.state, notified: outbox.book, wording: SamplePlan.wording, now: now)
    let mails = try plan.notices.map { notice in
      let bytes = try InvitationMail.bytes(
        of: notice.invitation, method: notice.method, to: notice.recipient, key: notice.key)
      return (notice: notice, bytes: bytes)
    }
    try outbox.add(mails, baselines: plan.baselines, at: now)
    return plan
  }

  @Test func aSecondRunSendsNothing() throws {
    let folder = try ScratchFolder()
    let sample = try SamplePlan()
    #expect(try run(sample, at: "2026-10-01T08:00:00Z", in: folder).notices.count == 12)
    let files = try folder.files("new")
    #expect(files.count == 12)
    #expect(try run(sample, at: "2026-10-01T08:00:00Z", in: folder).notices.isEmpty)
    #expect(try run(sample, at: "2026-10-02T08:00:00Z", in: folder).notices.isEmpty)
    #expect(try folder.files("new") == files)
    let mode = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/new/\(files[0])")[
      .posixPermissions]
    #expect(mode as? Int == 0o600)
    #expect(try Outbox.peek(folder.path) == Outbox(folder.path).book)
  }

  /// Whatever of the journal a crash left: either the whole batch counts as notified, or none of it, and the next run makes up for it.
  @Test func aCrashAnywhereLosesNothingAndDoublesNothing() throws {
    let folder = try ScratchFolder()
    var sample = try SamplePlan()
    try run(sample, at: "2026-10-01T08:00:00Z", in: folder)
    let journal = URL(filePath: "\(folder.path)/journal.ndjson")
    let first = try Data(contentsOf: journal)
    sample.move(1, hours: 1, sequence: 1)
    try run(sample, at: "2026-10-10T08:00:00Z", in: folder)
    let whole = try Data(contentsOf: journal)
    let files = try folder.files("new")
    #expect(files.count == 14)
    for length in stride(from: first.count, through: whole.count, by: 41) {
      try whole.prefix(length).write(to: journal)
      try Data("half a m".utf8).write(to: URL(filePath: "\(folder.path)/new/x_0123456789abcdef.eml.77.part"))
      let plan = try run(sample, at: "2026-10-10T08:00:00Z", in: folder)
      #expect(plan.notices.count == (length == whole.count ? 0 : 2))
      #expect(try folder.files("new") == files)
      #expect(try Data(contentsOf: journal) == whole)
    }
  }

  @Test func aBrokenJournalIsNotGuessed() throws {
    let folder = try ScratchFolder()
    try run(SamplePlan(), at: "2026-10-01T08:00:00Z", in: folder)
    let journal = URL(filePath: "\(folder.path)/journal.ndjson")
    let whole = try String(contentsOf: journal, encoding: .utf8)
    func message(_ text: String) throws -> String? {
      try text.write(to: journal, atomically: true, encoding: .utf8)
      do throws(MailingError) {
        _ = try Outbox(folder.path)
        return nil
      } catch {
        return error.message
      }
    }
    #expect(
      try message("rubbish\n" + whole)
        == "line 1 is not an entry of a journal: restore the journal from a backup")
    let lines = whole.split(separator: "\n").map { $0 + "\n" }
    #expect(
      try message(lines.dropFirst().joined())
        == "line 12 ends a batch of 12 notices, but 11 come before it: restore the journal from a backup")
    #expect(try message(whole) == nil)
  }

  @Test func twoRunsAtOnceTakeTurns() async throws {
    let folder = try ScratchFolder()
    let sample = try SamplePlan()
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask { try run(sample, at: "2026-10-01T08:00:00Z", in: folder).notices.count }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts.sorted() == [0, 0, 0, 12])
    #expect(try folder.files("new").count == 12)
  }

  @Test func theBudgetKeepsBackAndMerges() throws {
    let folder = try ScratchFolder()
    var sample = try SamplePlan()
    try run(sample, at: "2026-10-01T08:00:00Z", in: folder)
    // In the same week: what is far away waits, for both of the tandem.
    sample.move(3, hours: 1, sequence: 1)
    var plan = try run(sample, at: "2026-10-03T08:00:00Z", in: folder)
    #expect(plan.notices.isEmpty)
    #expect(SamplePlan.lines(plan.kept) == ["p1@de.example.com moved 3 1", "p2@de.example.com moved 3 1"])
    // Another change of it waits, too, and what is on within seven days goes at once.
    sample.move(3, hours: 1, sequence: 2)
    sample.move(1, hours: 1, sequence: 1)
    plan = try run(sample, at: "2026-10-07T08:00:00Z", in: folder)
    #expect(SamplePlan.lines(plan.notices) == ["p1@de.example.com moved 1 1", "p2@de.example.com moved 1 1"])
    #expect(SamplePlan.lines(plan.kept) == ["p1@de.example.com moved 3 2", "p2@de.example.com moved 3 2"])
    // After the week: one notice for both changes.
    plan = try run(sample, at: "2026-10-14T07:59:59Z", in: folder)
    #expect(plan.kept.count == 2)
    plan = try run(sample, at: "2026-10-14T08:00:00Z", in: folder)
    #expect(SamplePlan.lines(plan.notices) == ["p1@de.example.com moved 3 2", "p2@de.example.com moved 3 2"])
    #expect(plan.kept.isEmpty)
  }

  @Test func whatIsTakenBackBeforeItWasSentIsNeverSent() throws {
    let folder = try ScratchFolder()
    var sample = try SamplePlan()
    try run(sample, at: "2026-10-01T08:00:00Z", in: folder)
    sample.move(3, hours: 1, sequence: 1)
    try run(sample, at: "2026-10-03T08:00:00Z", in: folder)
    sample.move(3, hours: -1, sequence: 2)
    #expect(try run(sample, at: "2026-10-20T08:00:00Z", in: folder).notices.isEmpty)
  }

  /// What is kept back in a run with --previous must be found in the next, whose --previous has the change already.
  @Test func keptBackNewsSurvivesThePreviousStream() throws {
    let folder = try ScratchFolder()
    let before = try SamplePlan()
    var after = before
    let now = try SamplePlan.time("2026-10-02T08:00:00Z")
    after.move(1, hours: 300, sequence: 1)
    let outbox = try Outbox(folder.path)
    func plan(_ current: SamplePlan, _ previous: SamplePlan, _ now: Timestamp) throws -> NoticePlan {
      try NoticePlan.make(
        current.state, previous: previous.state, notified: outbox.book, wording: SamplePlan.wording, now: now)
    }
    let first = try plan(after, before, now)
    try outbox.add(first.notices.map { ($0, []) }, baselines: first.baselines, at: now)
    var last = after
    last.move(3, hours: 1, sequence: 1)
    let second = try plan(last, after, try SamplePlan.time("2026-10-03T08:00:00Z"))
    #expect(second.notices.isEmpty)
    #expect(second.kept.count == 2)
    try outbox.add([], baselines: second.baselines, at: try SamplePlan.time("2026-10-03T08:00:00Z"))
    let third = try plan(last, last, try SamplePlan.time("2026-10-10T08:00:00Z"))
    #expect(
      SamplePlan.lines(third.notices) == ["p1@de.example.com moved 3 1", "p2@de.example.com moved 3 1"])
  }

  @Test func oneWhoComesBackIsInvitedWithAHigherSequence() throws {
    let folder = try ScratchFolder()
    var sample = try SamplePlan()
    try run(sample, at: "2026-10-01T08:00:00Z", in: folder)
    sample.change(3) { $0.status = .cancelled }
    #expect(
      SamplePlan.lines(try run(sample, at: "2026-10-09T08:00:00Z", in: folder).notices) == [
        "p1@de.example.com cancelled 3 1", "p2@de.example.com cancelled 3 1",
      ])
    sample.change(3) { $0.status = .planned }
    #expect(
      SamplePlan.lines(try run(sample, at: "2026-10-17T08:00:00Z", in: folder).notices) == [
        "p1@de.example.com invited 3 2", "p2@de.example.com invited 3 2",
      ])
  }
}
