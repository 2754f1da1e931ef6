import Basics
import Foundation
import Programme
import RecordStream
import TestSupport
import Testing

/// A cohort from its first plan to its end, with the built tools as a programme office calls them: each week answers are read,
/// sessions are recorded as held, the plan is made anew, and who must be told is told.
@Suite struct LifeTests {
  /// One who runs the tools, and remembers what came of it.
  private final class Office {
    var cohort: LifeCohort
    var plan: [UInt8] = []
    var sessions: [SessionID: Session] = [:]
    var held: [SessionID: Session] = [:]
    var absences: [String] = []
    /// Changes that the tools told of.
    var changes = 0
    /// What the judge is given: the truth and the plan of each week.
    var plans: [String] = []
    var statuses: Set<Int32> = []
    var refused = 0
    /// Runs in which news was kept back.

    init(_ cohort: LifeCohort) { self.cohort = cohort }

    var path: String { cohort.folder.path }

    func run(_ tool: String, _ arguments: [String], _ input: [UInt8]) async throws -> BuiltTool.Run {
      let run = try await BuiltTool(tool).run(
        arguments, input: input, in: path, environment: LifeCohort.environment)
      #expect([0, 69].contains(run.status), "\(tool) \(arguments): \(run.status) \(run.errors.prefix(2000))")
      return run
    }

    /// The sessions of a plan, and that no held one changed.
    func take(_ output: [UInt8]) throws {
      plan = output
      var found: [SessionID: Session] = [:]
      for case .session(let session) in try LifeCohort.records(output) { found[session.id] = session }
      for (id, session) in held { #expect(found[id] == session, "a held session changed") }
      sessions = found
    }

    /// Records what is past, plans anew, tells.
    func week(_ number: Int, at now: Timestamp) async throws {
      var previous = plan
      if FileManager.default.fileExists(atPath: path + "/mails") {
        previous = try await run("tandem-invite", ["replies", "mails"], previous).output
      }
      let past = sessions.values.filter {
        $0.end <= now && $0.isOpen
      }.map(\.id).sorted().map(\.text)
      if !past.isEmpty {
        previous = try await run(
          "tandem-schedule", ["held"] + past + ["--now", "\(now)"], previous
        ).output
        for case .session(let session) in try LifeCohort.records(previous) where session.status == .held {
          held[session.id] = session
        }
      }
      _ = try cohort.folder.file("previous.ndjson", previous)
      var arguments = ["--cohort", "2026-autumn", "--now", "\(now)", "--busy", "busy", "--format", "ndjson"]
      if number > 0 { arguments += ["--previous", "previous.ndjson"] }
      if !absences.isEmpty { arguments += ["--absent"] + absences }
      let stream = number == 0 ? previous : try cohort.stream(of: previous)
      let made = try await run("tandem-schedule", arguments, stream)
      statuses.insert(made.status)
      try take(made.output)
      #expect(cohort.broken(Array(sessions.values)) == [], "week \(number)")
      plans += [try cohort.writeTruth(number), try cohort.folder.file("plan-\(number).ndjson", plan)]
      if let line = made.errors.split(separator: "\n").first(where: {
        $0.contains("against the earlier plan")
      }) {
        let counts = line.split { !$0.isNumber }.compactMap { Int($0) }
        changes += counts[1] + counts[2]
      }
      refused += made.errors.split(separator: "\n").count { $0.contains("proposes for session") }
      try await tell(at: now)
    }

    func tell(at now: Timestamp) async throws {
      _ = try await run(
        "tandem-invite", ["make", "--outbox", "box", "--now", "\(now)", "--format", "ndjson"], plan)
    }

    /// A session that is planned for so many days after a time, of a tandem that goes on.
    func session(after now: Timestamp, days: Range<Int>) -> Session? {
      let running = Set(cohort.tandems.filter { $0.status != .ended }.map(\.id))
      let coming = sessions.values.filter { session in
        running.contains(session.tandem) && session.isOpen
          && days.contains(session.start.date.days(since: now.date))
      }.sorted { $0.id < $1.id }
      guard !coming.isEmpty else { return nil }
      return coming[cohort.below(coming.count)]
    }
  }

  private static func now(_ week: Int, days: Int = 0) -> Timestamp {
    let minute = (LifeCohort.start.daysSinceEpoch + 7 * (week - 1) + days) * 1440 + 300
    return Timestamp(minute: minute, offset: 0)
  }

  @Test func twentySixWeeks() async throws {
    let exports = ["pl/staff.csv", "pl/answers.xml"]
    let examples = Repository.path + "/Examples/programme"
    let people = try await BuiltTool("tandem-import").run(
      exports, in: examples, environment: LifeCohort.environment)
    let matched = try await BuiltTool("tandem-match").run(
      ["--cohort", "2026-autumn"], input: people.output, in: examples, environment: LifeCohort.environment)
    let office = try Office(LifeCohort(matched.output))
    office.plan = Array((office.cohort.base.joined(separator: "\n") + "\n").utf8)
    try await office.week(0, at: Self.now(0))
    #expect(office.sessions.count == 90)

    var answers = 0
    var accepted: [Session] = []
    var declined: [(session: Session, by: PersonID)] = []
    var proposed: [(session: Session, start: Int)] = []
    var ended: Set<TandemID> = []
    var taken = 0
    let mails = office.path + "/mails"
    for week in 1...26 {
      let now = Self.now(week)
      // What came in since last week: twenty answers, five of which decline and four of which propose another time.
      if week <= 20, let session = office.session(after: now, days: 5..<30),
        let tandem = office.cohort.tandems.first(where: { $0.id == session.tandem })
      {
        try FileManager.default.createDirectory(atPath: mails, withIntermediateDirectories: true)
        let who = week % 2 == 0 ? tandem.mentor : tandem.mentee
        let bytes: [UInt8]
        switch week % 4 {
        case 1:
          declined.append((session, who))
          bytes = office.cohort.reply("DECLINED", to: session, by: who, at: now.minute - 60)
        case 2 where week != 2:
          let start = session.start.minute + 1440
          proposed.append((session, start))
          bytes = office.cohort.reply(
            "NEEDS-ACTION", to: session, by: who, at: now.minute - 60, proposing: start)
        default:
          accepted.append(session)
          bytes = office.cohort.reply("ACCEPTED", to: session, by: who, at: now.minute - 60)
        }
        try Data(bytes).write(to: URL(fileURLWithPath: "\(mails)/\(100 + week).ics"))
        answers += 1
      }
      // Ten are away for a week or two, and three tandems end.
      if week % 2 == 0, week <= 20 {
        let running = office.cohort.tandems.filter { $0.status != .ended }
        let tandem = running[office.cohort.below(running.count)]
        let person = week % 4 == 0 ? tandem.mentor : tandem.mentee
        let first = now.date.adding(days: 1 + office.cohort.below(5))
        let last = first.adding(days: 5 + office.cohort.below(8))
        office.absences += [person.text, first.description, last.description]
        office.cohort.add(absence: first, through: last, of: person)
      }
      if [6, 11, 17].contains(week) {
        let running = office.cohort.tandems.filter { $0.status != .ended }
        let tandem = running[office.cohort.below(running.count)].id
        office.cohort.end(tandem)
        ended.insert(tandem)
      }
      let before = office.sessions
      if week == 9 { try await rehearse(office, at: now) }
      try await office.week(week, at: now)
      for tandem in ended {
        #expect(
          office.sessions.values.allSatisfy {
            $0.tandem != tandem || $0.status == .cancelled || $0.start <= now
          })
      }
      if let last = declined.last, week % 4 == 1, week <= 20, let again = office.sessions[last.session.id],
        !ended.contains(last.session.tandem)
      {
        #expect(again.status == .cancelled || again.sequence == last.session.sequence + 1)
        #expect(
          again.status == .cancelled || again.end <= last.session.start || again.start >= last.session.end)
      }
      // Who accepted has the time kept, but where somebody of the two fell ill or the tandem ended.
      for session in accepted where before[session.id] == session && !ended.contains(session.tandem) {
        let isHit = office.cohort.broken([session]).contains { $0.hasSuffix("is busy") }
        #expect(isHit || office.sessions[session.id]?.start == session.start, "\(session.id) was accepted")
      }
      // On short notice, in the middle of the week, far ahead.
      if [3, 10, 15].contains(week), let session = office.session(after: now, days: 25..<60) {
        let thursday = Self.now(week, days: 3)
        let moved = try await office.run(
          "tandem-schedule",
          ["move", session.id.text, "--take", "1", "--now", "\(thursday)", "--busy", "busy", "--quiet"]
            + (office.absences.isEmpty ? [] : ["--absent"] + office.absences), office.plan)
        try office.take(moved.output)
        #expect(office.sessions[session.id]?.start != session.start)
        #expect(office.cohort.broken(Array(office.sessions.values)) == [])
        office.changes += 1
        taken += 1
        try await office.tell(at: thursday)
      }
    }
    #expect(answers == 20)
    #expect(declined.count == 5)
    #expect(proposed.count == 4)
    #expect(office.absences.count == 30)
    #expect(ended.count == 3)
    #expect(taken == 3)
    #expect(office.changes >= 10)
    let last = proposed.count { office.sessions[$0.session.id]?.start.minute == $0.start }
    #expect(last + office.refused >= 1, "proposals are taken, or refused with a reason")

    try await judge(office)
    try await settle(office, ended: ended)
  }

  /// What --dry-run lists is what then goes out.
  private func rehearse(_ office: Office, at now: Timestamp) async throws {
    _ = try office.cohort.folder.file("previous.ndjson", office.plan)
    let arguments = [
      "--cohort", "2026-autumn", "--now", "\(now)", "--busy", "busy", "--previous", "previous.ndjson",
      "--quiet",
      "--absent",
    ]
    let stream = try office.cohort.stream(of: office.plan)
    let listed = try await office.run(
      "tandem-schedule", arguments + office.absences + ["--outbox", "box", "--dry-run"], stream)
    let planned = try await office.run(
      "tandem-schedule", arguments + office.absences + ["--format", "ndjson"], stream)
    let told = try await office.run(
      "tandem-invite", ["make", "--outbox", "box", "--now", "\(now)", "--dry-run", "--quiet"], planned.output)
    #expect(listed.text.hasPrefix(told.text))
    #expect(listed.lines.last.map { $0.contains("notices to") || $0 == "nobody to notify" } == true)
  }

  /// The judge over every week's plan, in one process.
  private func judge(_ office: Office) async throws {
    let script = """
      import runpy, sys
      judge, given = sys.argv[1], sys.argv[2:]
      for truth, plan in zip(given[::2], given[1::2]):
          sys.argv = [judge, truth, plan, "--soft-gap"]
          try:
              runpy.run_path(judge, run_name="__main__")
          except SystemExit as end:
              if end.code: sys.exit(plan + " does not hold")
      """
    let run = try await BuiltTool.python(
      ["-c", script, Repository.judges + "/plan.py"] + office.plans)
    #expect(run.status == 0, "\(run.text.suffix(1500)) \(run.errors.suffix(500))")
    #expect(run.lines.count == 27)
    #expect(run.lines.allSatisfy { $0.contains(" 0 broken rules") })
  }

  /// At the end: what everybody was told is the plan, each change is counted once, and nobody was told too often.
  private func settle(_ office: Office, ended: Set<TandemID>) async throws {
    let end = Self.now(28)
    try await office.week(27, at: end)
    #expect(office.sessions.values.allSatisfy { $0.status == .held || $0.status == .cancelled })
    let sequences = office.sessions.values.reduce(0) { $0 + $1.sequence }
    #expect(sequences == office.changes, "each change counts up one sequence by one")

    let journal = try NoticeJournal(office.cohort.folder.bytes("box/journal.ndjson"))
    for session in office.sessions.values {
      guard let tandem = office.cohort.tandems.first(where: { $0.id == session.tandem }) else { continue }
      for person in [tandem.mentor, tandem.mentee] {
        let email = office.cohort.people[person]?.email.lowercased() ?? ""
        let entry = try #require(journal.last[email]?[session.uid], "\(session.id) was told to \(email)")
        #expect(entry["on"] == .bool(session.status != .cancelled), "\(session.id) \(email)")
        guard session.status != .cancelled else { continue }
        #expect(entry["start"]?.string == session.start.description, "\(session.id) \(email)")
        #expect(entry["end"]?.string == session.end.description)
      }
    }
    // A mentee's notices that could have waited: no two in one week.
    for tandem in office.cohort.tandems {
      let email = office.cohort.people[tandem.mentee]?.email.lowercased() ?? ""
      #expect(journal.tooSoon(for: email) == [])
    }
  }
}
