import Foundation
import Programme
import RecordStream
import TestSupport
import Testing

/// `tandem-invite make`: who is told what, and that it is told once.
@Suite struct MakeTests {
  private func make(_ sample: SampleStream, _ arguments: [String], now: String = "2026-10-01T08:00:00Z")
    -> InviteTool
    .Run
  {
    InviteTool.run(["--now", now] + arguments, input: sample.text)
  }

  @Test func aDryRunSaysWhoGetsWhatAndWritesNothing() throws {
    let desk = try WorkFolder()
    let run = make(
      try SampleStream(), ["--outbox", desk.path + "/outbox", "--to", desk.path + "/out", "--dry-run"])
    #expect(run.status == 0)
    try #require(run.lines.count == 14)
    #expect(run.lines[0].split(separator: " ") == ["To", "News", "When", "Method", "Seq", "What"])
    #expect(run.lines[2].hasPrefix("p1@de.example.com  invited  2026-10-14 08:00  REQUEST    0  "))
    #expect(run.errors == "note: 12 notices to 4 people: 12 invited\n")
    #expect(desk.names("").isEmpty)
  }

  @Test func withoutAPlaceToWriteToItIsAWrongCall() throws {
    #expect(make(try SampleStream(), []).status == 64)
    #expect(make(try SampleStream(), ["--dry-run", "--format", "csv"]).status == 64)
    #expect(make(try SampleStream(), ["--to", "/proc/nowhere"]).status == 73)
  }

  /// One notice a week to a mentee: changes that can wait come as one, what is near goes at once.
  @Test func theBudgetHoldsFromRunToRun() throws {
    let desk = try WorkFolder()
    let outbox = ["--outbox", desk.path + "/outbox", "--format", "table"]
    func mails() -> Int { desk.names("outbox/new").count }
    var sample = try SampleStream()
    #expect(make(sample, outbox).status == 0)
    #expect(mails() == 12)
    sample.change(3) { $0.move(hours: 2) }
    let kept = make(sample, outbox, now: "2026-10-02T08:00:00Z")
    #expect(
      kept.errors
        == "note: nobody to notify\nnote: 2 notices to 2 people are deferred: the mentee had this week's notices; run "
        + "again after the week\n")
    #expect(kept.text.contains("moved (deferred)"))
    #expect(mails() == 12)
    // A dry run knows of the budget, too, and a second change of the kept one is one notice with the first.
    sample.change(3) { $0.move(hours: 1) }
    #expect(make(sample, outbox + ["--dry-run"], now: "2026-10-03T08:00:00Z").errors == kept.errors)
    sample.change(1) { $0.move(hours: 1) }
    #expect(
      make(sample, outbox, now: "2026-10-07T09:00:00Z").errors.hasPrefix(
        "note: 2 notices to 2 people: 2 moved\n"))
    #expect(mails() == 14)
    let after = make(sample, outbox, now: "2026-10-14T09:00:00Z")
    #expect(after.errors == "note: 2 notices to 2 people: 2 moved\n")
    #expect(after.text.contains("2026-12-14 11:00"))
    #expect(mails() == 16)
    #expect(make(sample, outbox, now: "2026-10-15T09:00:00Z").errors == "note: nobody to notify\n")
  }

  /// Killed at any time, and run again: everybody is told everything, once.
  @Test func aKilledRunNotifiesEverybodyOnce() throws {
    var sample = try SampleStream()
    for copy in 0..<20 {
      let region = "de"
      var people = sample.people.prefix(2).map { $0 }
      for index in people.indices {
        people[index] = Person(
          id: PersonID("\(region):\(copy)0\(index)"), region: region, site: people[index].site,
          name: people[index].name, email: "c\(copy)p\(index)@\(region).example.com", role: .either,
          department: ["Engineering"], timeZone: people[index].timeZone)
      }
      let tandem = Tandem(
        cohort: "2026-autumn", region: region, mentor: people[0].id, mentee: people[1].id,
        score: sample.tandems[0].score, status: .active, topics: ["video"])
      for session in sample.sessions.prefix(3) {
        sample.sessions.append(
          Session(
            tandem: tandem.id, number: session.number,
            uid: Session.uid(tandem: tandem.id, number: session.number, domain: "de.example.com"),
            start: session.start, end: session.end, timeZone: session.timeZone, place: "office"))
      }
      sample.people += people
      sample.tandems.append(tandem)
    }
    let whole = try WorkFolder()
    let arguments = ["--now", "2026-10-01T08:00:00Z", "--format", "table", "--outbox"]
    #expect(InviteTool.run(arguments + [whole.path + "/outbox"], input: sample.text).status == 0)
    let mails = whole.names("outbox/new")
    #expect(mails.count == 132)
    var killed = 0
    for trial in 0..<8 {
      let desk = try WorkFolder()
      let process = try InviteTool.start(
        arguments + [desk.path + "/outbox"], input: sample.text, in: desk)
      // From the first file on, ever later.
      while process.isRunning, desk.names("outbox/new").count < trial * 18 + 1 { usleep(200) }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      if process.terminationReason == .uncaughtSignal { killed += 1 }
      let again = InviteTool.run(arguments + [desk.path + "/outbox"], input: sample.text)
      #expect(again.status == 0, "\(again.errors)")
      #expect(desk.names("outbox/new") == mails)
      #expect(try desk.bytes("outbox/journal.ndjson") == whole.bytes("outbox/journal.ndjson"))
      #expect(
        InviteTool.run(arguments + [desk.path + "/outbox"], input: sample.text).errors
          == "note: nobody to notify\n")
    }
    #expect(killed > 0)
  }

  @Test func anEmptyStreamCallsNothingOff() throws {
    let desk = try WorkFolder()
    var sample = try SampleStream()
    let before = try desk.file("before.ndjson", sample.text)
    sample.sessions = []
    let run = make(sample, ["--previous", before, "--to", desk.path + "/out"])
    #expect(run.status == 65)
    #expect(
      run.errors.contains("no session is on the stream, but 6 are in the one before: did the tool before"))
    #expect(desk.names("out").isEmpty)
  }
}
