import Basics
import Foundation
import Programme
import RecordStream
import TestSupport
import Testing

/// A cohort that takes life as it comes: missed sessions, illness, late starters, replacements, a late holiday. Every pair whose
/// calendars allow it ends with ten held sessions and a certificate.
@Suite struct LedgerLifeTests {
  private static let weeks = 26
  private static let missUntil = 20

  /// Polish public holidays of the term that fall on a working day.
  private static let holidays = Set(
    ["2026-11-11", "2026-12-24", "2026-12-25", "2027-01-01", "2027-01-06", "2027-03-29"].compactMap {
      LocalDate(iso8601: $0)
    })

  private static func now(_ week: Int) -> Timestamp {
    Timestamp(minute: (LifeCohort.start.daysSinceEpoch + 7 * (week - 1)) * 1440 + 300, offset: 0)
  }

  /// Runs the tools as a programme office does each week.
  private final class Office {
    var cohort: LifeCohort
    var plan: [UInt8]
    var sessions: [SessionID: Session] = [:]
    var absences: [String] = []
    var missed = 0
    /// Pairs whose calendars had no room for all sessions in some week.
    var cramped: Set<TandemID> = []

    init(_ cohort: LifeCohort) {
      self.cohort = cohort
      plan = Array((cohort.base.joined(separator: "\n") + "\n").utf8)
    }

    func run(_ tool: String, _ arguments: [String], _ input: [UInt8]) async throws -> BuiltTool.Run {
      let run = try await BuiltTool(tool).run(
        arguments, input: input, in: cohort.folder.path, environment: LifeCohort.environment)
      #expect([0, 69].contains(run.status), "\(tool) \(arguments): \(run.status) \(run.errors.prefix(2000))")
      return run
    }

    func take(_ output: [UInt8]) throws {
      plan = output
      sessions = [:]
      cohort.tandems = []
      for record in try LifeCohort.records(output) {
        if case .session(let session) = record { sessions[session.id] = session }
        if case .tandem(let tandem) = record { cohort.tandems.append(tandem) }
      }
    }

    /// What is past is recorded: one session in ten was missed, the others were held.
    func record(_ week: Int, at now: Timestamp) async throws {
      var outcomes: [String: [String]] = [:]
      for session in sessions.values.sorted(by: Session.precedes) where session.isOpen && session.end <= now {
        let isMissed = week <= LedgerLifeTests.missUntil && cohort.below(10) == 0
        outcomes[isMissed ? "missed" : "held", default: []].append(session.id.text)
      }
      missed += outcomes["missed"]?.count ?? 0
      for (outcome, ids) in outcomes.sorted(by: { $0.key < $1.key }) {
        try take(
          try await run("tandem-schedule", [outcome] + ids + ["--now", "\(now)", "--quiet"], plan).output)
      }
    }

    func replan(_ week: Int, at now: Timestamp) async throws {
      var arguments = ["--cohort", "2026-autumn", "--now", "\(now)", "--busy", "busy", "--format", "ndjson"]
      let input: [UInt8]
      if week > 0 {
        _ = try cohort.folder.file("previous.ndjson", plan)
        arguments += ["--previous", "previous.ndjson"]
        input = try cohort.stream(of: plan)
      } else {
        input = plan
      }
      if !absences.isEmpty { arguments += ["--absent"] + absences }
      try take(try await run("tandem-schedule", arguments, input).output)
      #expect(cohort.broken(Array(sessions.values)) == [], "week \(week)")
      _ = try await run("tandem-invite", ["make", "--outbox", "box", "--now", "\(now)", "--quiet"], plan)
    }

    /// No pair lacks a session for which its calendars have a day.
    func checkThatNobodyLacksASession(_ week: Int, at now: Timestamp) {
      let planned = Dictionary(grouping: sessions.values.filter(\.counts), by: \.tandem)
      for tandem in cohort.tandems where tandem.status != .ended {
        let own = planned[tandem.id] ?? []
        guard own.count < 10 else { continue }
        let held = own.filter { $0.status == .held }
        let others = sessions.values.filter { session in
          session.counts && session.tandem != tandem.id
            && cohort.tandems.contains {
              $0.id == session.tandem
                && ![$0.mentor, $0.mentee].filter { $0 == tandem.mentor || $0 == tandem.mentee }.isEmpty
            }
        }.map(\.start.date)
        let last = held.map(\.start.date).max() ?? LifeCohort.start.adding(days: -7)
        let first = max(now.date.adding(days: 7), last.adding(days: 7))
        let possible = cohort.sessionsPossible(
          for: tandem, from: first, without: LedgerLifeTests.holidays.union(others))
        #expect(
          own.count >= min(10, held.count + possible),
          "week \(week): \(tandem.id) has \(own.count) sessions, \(possible) more are possible after \(held.count)"
        )
        cramped.insert(tandem.id)
      }
    }
  }

  @Test func everyPairEndsWithTenHeldSessions() async throws {
    let exports = ["pl/staff.csv", "pl/answers.xml"].map { Repository.programme + "/" + $0 }
    let people = try await BuiltTool("tandem-import").run(exports, environment: LifeCohort.environment)
    let matched = try await BuiltTool("tandem-match").run(
      ["--cohort", "2026-autumn"], input: people.output, environment: LifeCohort.environment)
    var cohort = try LifeCohort(matched.output)
    #expect(cohort.tandems.count > 40)
    // Five start late: they are not on the stream before.
    let late = Array(cohort.tandems.suffix(5))
    cohort.hold(back: late.map(\.id))
    let office = Office(cohort)
    try await office.replan(0, at: Self.now(0))

    var replaced = 0
    for week in 1...(Self.weeks + 1) {
      let now = Self.now(week)
      try await office.record(week, at: now)
      if (3...7).contains(week) {
        office.plan += Record.tandem(late[week - 3]).line + [10]
        office.cohort.tandems.append(late[week - 3])
      }
      if week % 2 == 0, week <= 20 {
        let running = office.cohort.tandems.filter { $0.status != .ended }
        let tandem = running[office.cohort.below(running.count)]
        let person = week % 4 == 0 ? tandem.mentor : tandem.mentee
        let first = now.date.adding(days: 1 + office.cohort.below(5))
        let last = first.adding(days: 4 + office.cohort.below(10))
        office.absences += [person.text, first.description, last.description]
        office.cohort.add(absence: first, through: last, of: person)
      }
      if week == 4 || week == 6 {
        let tandem = office.cohort.tandems.filter { $0.status != .ended }[week]
        let run = try await office.run(
          "tandem-match", ["replace", tandem.id.text, "--for", tandem.mentee.text, "--format", "ndjson"],
          office.plan)
        let before = office.cohort.tandems.count
        try office.take(run.output)
        replaced += office.cohort.tandems.count - before
      }
      try await office.replan(week, at: now)
      office.checkThatNobodyLacksASession(week, at: now)
    }
    #expect(office.missed >= 20)
    #expect(replaced == 2)

    let held = Dictionary(grouping: office.sessions.values.filter { $0.status == .held }, by: \.tandem)
    let running = office.cohort.tandems.filter { $0.status != .ended }
    #expect(office.cramped.count * 20 <= running.count, "few calendars were full: \(office.cramped)")
    for tandem in running where !office.cramped.contains(tandem.id) {
      #expect(held[tandem.id]?.count == 10, "\(tandem.id)")
    }
    let certificates = try await office.run(
      "tandem-schedule", ["certificate", "--to", "certificates"], office.plan)
    let complete = running.count { held[$0.id]?.count == 10 }
    #expect(office.cohort.folder.names("certificates").count == 2 * complete, "\(certificates.errors)")
    try checkThatNobodyHearsTooOften(office)
  }

  /// A mentee's notices that could have waited: no two in one week.
  private func checkThatNobodyHearsTooOften(_ office: Office) throws {
    let journal = try NoticeJournal(office.cohort.folder.bytes("box/journal.ndjson"))
    for mentee in Set(office.cohort.tandems.map(\.mentee)) {
      let email = office.cohort.people[mentee]?.email.lowercased() ?? ""
      #expect(journal.tooSoon(for: email) == [])
    }
  }

  /// A public holiday that is announced late moves the sessions of that day, and no others.
  @Test func aLateHolidayMovesOnlyTheSessionsOfThatDay() async throws {
    let work = try WorkFolder()
    let regions = ["pl", "de", "us", "cn", "hu"]
    var exports: [String] = []
    var calendars: [String] = []
    for region in regions {
      let folder = "\(Repository.programme)/\(region)"
      exports += try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        .filter { $0.hasPrefix("staff.") || $0.hasPrefix("answers.") }.map { "\(folder)/\($0)" }
      calendars.append("\(folder)/busy")
    }
    let environment = ["TANDEM_REGION": regions.joined(separator: ",")]
    func run(_ tool: String, _ arguments: [String], _ input: [UInt8], config: String? = nil) async throws
      -> [UInt8]
    {
      let run = try await BuiltTool(tool).run(
        arguments, input: input,
        environment: config.map { environment.merging(["TANDEM_CONFIG": $0]) { $1 } } ?? environment)
      #expect([0, 69].contains(run.status), "\(run.errors.prefix(2000))")
      return run.output
    }
    let people = try await run("tandem-import", exports, [])
    let pairs = try await run("tandem-match", ["--cohort", "2026-autumn"], people)
    let schedule = ["--cohort", "2026-autumn", "--format", "ndjson", "--busy"] + calendars
    let plan = try await run("tandem-schedule", schedule + BuiltTool.beforeAutumn, pairs)

    let config = work.path + "/Config"
    try FileManager.default.copyItem(atPath: Repository.config, toPath: config)
    let file = config + "/regions/pl/holidays/pl.ics"
    let holiday = "2026-12-01"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let event =
      "BEGIN:VEVENT\r\nUID:late@holidays\r\nDTSTAMP:20261101T000000Z\r\nDTSTART;VALUE=DATE:20261201\r\n"
      + "DTEND;VALUE=DATE:20261202\r\nSUMMARY:Late\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR"
    try text.replacing("END:VCALENDAR", with: event).write(toFile: file, atomically: true, encoding: .utf8)
    let again = try await run(
      "tandem-schedule",
      schedule + [
        "--now", "2026-09-21T09:00:00+02:00", "--previous", try work.file("plan.ndjson", plan), "--",
      ],
      pairs, config: config)

    let before = try Self.sessions(plan)
    let after = try Self.sessions(again)
    let moved = before.values.filter { after[$0.id]?.start != $0.start }
    let hit = before.values.filter {
      $0.start.description.hasPrefix(holiday) && $0.tandem.text.contains("/pl:")
    }
    #expect(hit.count >= 2)
    #expect(
      after.values.allSatisfy {
        !hit.map(\.tandem).contains($0.tandem) || !$0.start.description.hasPrefix(holiday)
      })
    // A session of that day may push its pair's neighbours; no other pair is touched.
    #expect(Set(moved.map(\.tandem)).isSubset(of: Set(hit.map(\.tandem))))
    #expect(moved.count <= 2 * hit.count, "\(moved.count) moved of \(hit.count)")
    let all = Set(before.values.map(\.tandem)).count
    #expect(Set(moved.map(\.tandem)).count * 100 < 8 * all)
    #expect(after.count == before.count)
  }

  private static func sessions(_ plan: [UInt8]) throws -> [SessionID: Session] {
    var sessions: [SessionID: Session] = [:]
    for case .session(let session) in try LifeCohort.records(plan) { sessions[session.id] = session }
    return sessions
  }
}
