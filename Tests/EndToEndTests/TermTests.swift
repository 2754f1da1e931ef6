import Foundation
import TestSupport
import Testing

/// A term on a programme that remembers, by two clerks, beside the same term on files: nothing is lost, and the last plan is the
/// same.
@Suite struct TermTests {
  enum Kept: String, Sendable, CaseIterable { case file, server }

  /// The weeks of the term at which the clerks work: all 26 with $TANDEM_WEEKS=26.
  private static let weeks: [Int] = {
    let all = ProcessInfo.processInfo.environment["TANDEM_WEEKS"].flatMap { Int($0) } ?? 4
    return (1...all).map { $0 * 26 / all }
  }()

  private static let examples = Repository.path + "/Examples/programme/pl"
  private static let start = "2026-09-14T07:00:00Z"

  private static func moment(_ week: Int) -> String {
    let day = Date(timeIntervalSince1970: 1_791_180_000 + Double(week) * 7 * 86_400)
    return ISO8601DateFormatter().string(from: day)
  }

  /// Five days of November and December, others in each round.
  private static func absence(_ round: Int) -> [String] {
    [10 + round, 14 + round].map { day in
      day <= 30 ? "2026-11-\(day)" : "2026-12-\(day < 40 ? "0" : "")\(day - 30)"
    }
  }

  /// One clerk's folder of the programme.
  struct Clerk: Sendable {
    let name: String
    let folder: String
    let environment: [String: String]

    @discardableResult
    func run(_ words: String..., expecting statuses: Set<Int32> = [0], now: String) async throws
      -> BuiltTool.Run
    {
      let run = try await BuiltTool("tandem").run(
        words + (["log", "show", "diff", "export", "verify"].contains(words[0]) ? [] : ["--now", now]),
        in: folder,
        environment: environment)
      #expect(
        statuses.contains(run.status),
        "\(name): tandem \(words.joined(separator: " ")): \(run.status) \(run.errors)")
      return run
    }
  }

  /// The same acts by the tools on files.
  struct Office: Sendable {
    let folder: String

    @discardableResult
    func run(_ tool: String, _ words: [String], expecting statuses: Set<Int32> = [0]) async throws
      -> BuiltTool.Run
    {
      let run = try await BuiltTool("tandem-" + tool).run(
        words, in: folder, environment: ["TANDEM_REGION": "pl"])
      #expect(
        statuses.contains(run.status),
        "tandem-\(tool) \(words.joined(separator: " ")): \(run.status) \(run.errors)")
      return run
    }
  }

  private static func clerks(_ kept: Kept, in work: WorkFolder) async throws -> (Clerk, Clerk) {
    switch kept {
    case .file:
      let anna = Clerk(
        name: "anna", folder: work.path + "/term", environment: ["TANDEM_CLERK": "anna"])
      let made = try await BuiltTool("tandem").run(
        ["init", "term", "--region", "pl", "--cohort", "2026-autumn"], in: work.path)
      #expect(made.status == 0, "\(made.errors)")
      return (anna, Clerk(name: "berta", folder: anna.folder, environment: ["TANDEM_CLERK": "berta"]))
    case .server:
      let server = try PostgresServer.shared()
      let database = try server.makeDatabase()
      let roles = try ["anna", "berta"].map { try server.makeRole($0) }
      try server.administer("GRANT CREATE ON DATABASE \(database) TO \(roles[0])")
      var clerks: [Clerk] = []
      for role in roles {
        let folder = work.path + "/" + role
        let made = try await BuiltTool("tandem").run(
          [
            "init", role, "--region", "pl", "--cohort", "2026-autumn", "--store",
            server.address(database, as: role),
          ], in: work.path)
        #expect(made.status == 0, "\(made.errors)")
        clerks.append(Clerk(name: role, folder: folder, environment: [:]))
        if clerks.count == 1 {
          let granted = try await BuiltTool("tandem-store").run(["grant", roles[1], "pl"], in: folder)
          #expect(granted.status == 0, "\(granted.errors)")
        }
      }
      return (clerks[0], clerks[1])
    }
  }

  private static func records(_ bytes: [UInt8], _ kinds: String...) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init).filter { line in
      kinds.contains { line.contains("\"record\":\"\($0)\"") }
    }.sorted()
  }

  @Test("two clerks lose nothing in a term, and end with the plan of the files", arguments: Kept.allCases)
  func term(_ kept: Kept) async throws {
    let work = try WorkFolder()
    let (anna, berta) = try await Self.clerks(kept, in: work)
    let files = try WorkFolder()
    let office = Office(folder: files.path)
    for name in try FileManager.default.contentsOfDirectory(atPath: Self.examples + "/busy") {
      for folder in Set([anna.folder, berta.folder]) {
        try FileManager.default.copyItem(
          atPath: "\(Self.examples)/busy/\(name)", toPath: "\(folder)/inbox/calendars/\(name)")
      }
    }
    let exports = [Self.examples + "/staff.csv", Self.examples + "/answers.xml"]
    let busy = ["--busy", Self.examples + "/busy"]
    let cohort = ["--cohort", "2026-autumn"]

    try await anna.run("import", exports[0], exports[1], now: Self.start)
    try await berta.run("match", now: Self.start)
    try await anna.run("schedule", now: Self.start)
    try await berta.run("invite", now: Self.start)
    try files.file("people", try await office.run("import", exports).output)
    try files.file("pairs", try await office.run("match", ["people"] + cohort).output)
    try files.file(
      "plan",
      try await office.run(
        "schedule", ["pairs"] + cohort + busy + ["--now", Self.start, "--format", "ndjson"]
      ).output)
    try await office.run("invite", ["make", "plan", "--outbox", "box", "--now", Self.start])

    var absences: [String] = []
    for (round, week) in Self.weeks.enumerated() {
      let now = Self.moment(week)
      let clerk = round % 2 == 0 ? anna : berta
      let other = round % 2 == 0 ? berta : anna
      // A wrong import is taken back.
      if round == 1 {
        let staff = try String(contentsOfFile: exports[0], encoding: .utf8)
        let wrong = try work.file("wrong.csv", staff.replacing("Warszawa", with: "Wrocław"))
        try await other.run("import", wrong, exports[1], now: now)
        try await other.run("undo", now: now)
      }
      // What is past took place, but for one session: two clerks record at the same time.
      let past = Self.records(try files.bytes("plan"), "session").filter { line in
        guard line.contains("\"status\":\"planned\""),
          let end = line.firstMatch(of: /"end":"([^"]+)"/).flatMap({
            try? Date(String($0.1), strategy: .iso8601)
          }),
          let present = try? Date(now, strategy: .iso8601)
        else { return false }
        return end <= present
      }.compactMap { $0.firstMatch(of: /"id":"([^"]+)"/).map { String($0.1) } }
      if let missed = past.first, past.count > 1 {
        async let first = clerk.run("missed", missed, now: now)
        let days = Self.absence(round)
        async let second = other.run("away", "710005", days[0], days[1], now: now)
        _ = try await (first, second)
        absences += ["pl:710005"] + days
        try await clerk.run("held", "--due", now: now)
        try await office.run("schedule", ["missed", missed, "--plan", "plan", "--now", now])
        try await office.run("schedule", ["held"] + past.dropFirst() + ["--plan", "plan", "--now", now])
      }
      if round == 2 {
        let tandem = "2026-autumn/pl:710006+pl:710015"
        try await other.run("end", tandem, "--for", "710015", now: now)
        try await office.run("match", ["replace", tandem, "--for", "710015", "--plan", "plan"])
      }
      try await clerk.run("schedule", "--yes", expecting: [0, 69], now: now)
      try await office.run(
        "schedule",
        ["--plan", "plan", "--now", now, "--format", "ndjson"] + cohort + busy
          + (absences.isEmpty ? [] : ["--absent"] + absences), expecting: [0, 69])
      try await other.run("invite", now: now)
      try await office.run("invite", ["make", "plan", "--outbox", "box", "--now", now])
      let exported = try await clerk.run("export", now: now).output
      for kind in ["person", "tandem", "session"] {
        #expect(
          Self.records(exported, kind) == Self.records(try files.bytes("plan"), kind), "week \(week): \(kind)"
        )
      }
    }
    let told = try await anna.run("export", "--kind", "notice", now: Self.start).output
    #expect(Self.records(told, "notice") == Self.records(try files.bytes("box/journal.ndjson"), "notice"))
    let check = try await berta.run("verify", now: Self.start)
    #expect(check.text.contains("all holds"), "\(check.text)")
    // What was true after the first week can still be read.
    let first = try await anna.run("export", "--as-of", "3", now: Self.start).output
    #expect(Self.records(first, "session").count == 90)
    let log = try await anna.run("log", "--limit", "1000", now: Self.start).text
    #expect(log.contains("undo") && log.contains("anna") && log.contains("berta"), "\(log)")
  }
}
