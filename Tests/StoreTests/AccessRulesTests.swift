import Foundation
import TestSupport
import Testing

@testable import Store

/// Row-level security by the programme's regions, tried through the store and with psql under the clerks' roles.
@Suite struct AccessRulesTests {
  private let server: PostgresServer
  private let database: String
  private let owner: String
  private let polish: String
  private let german: String
  private let central: String
  private let store: RecordStore

  /// A person of each region and one of none, each with a secret.
  init() throws {
    server = try PostgresServer.shared()
    database = try server.makeDatabase()
    owner = try server.makeRole("owner")
    polish = try server.makeRole("polish")
    german = try server.makeRole("german")
    central = try server.makeRole("central")
    try server.administer("GRANT CREATE ON DATABASE \(database) TO \(owner)")
    store = try RecordStore.create(in: PostgresDatabase(server.address(database, as: owner), creates: true))
    for (number, region) in ["pl", "de", ""].enumerated() {
      try AccessRulesTests.add("person-\(number)", of: region, to: store)
    }
    let roles = [polish: ["pl"], german: ["de"], central: ["*"]]
    try store.database.write { session in
      try session.insert(
        into: "pair", [SQLColumn("id", .text), SQLColumn("region", .text)],
        ["pl", "de", ""].map { [.text("pair of \($0)"), .text($0)] })
      for (role, regions) in roles { try AccessRules.grant(role, regions: Set(regions), in: session) }
    }
  }

  private static func add(_ id: String, of region: String, to store: RecordStore)
    throws
  {
    let line = Array(
      #"{"id":"\#(id)","record":"note","region":"\#(region)","text":"secret of \#(region)"}"#.utf8)
    _ = try store.commit(
      act("add \(region)"), onto: store.head(),
      [Change(key: RecordKey(kind: "note", id: id), before: nil, after: line)])
  }

  private func open(_ role: String) throws -> RecordStore {
    try RecordStore(PostgresDatabase(server.address(database, as: role)))
  }

  private func psql(_ sql: String, as role: String) throws -> Program.Run {
    try server.psql("SET search_path = tandem, pg_temp; " + sql, in: database, as: role)
  }

  /// All rows, by the administrator, who is exempt.
  private func everything() throws -> String {
    try psql(
      ["setting", "revision", "act", "change", "pair", "access"].map { "TABLE \($0)" }.joined(
        separator: "; "),
      as: PostgresServer.administrator
    ).text
  }

  private func refusal(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch StoreError.refused(let reason) {
      return reason
    } catch {
      return "not expected: \(error)"
    }
  }

  @Test("each clerk reads the records of its regions, and no others")
  func reading() throws {
    func regions(_ role: String) throws -> [String] {
      try open(role).state().values.map { String(decoding: $0, as: UTF8.self) }
        .map { $0.components(separatedBy: "secret of ")[1].filter(\.isLetter) }.sorted()
    }
    #expect(try regions(polish) == ["pl"])
    #expect(try regions(german) == ["de"])
    #expect(try regions(central) == ["", "de", "pl"])
    #expect(try regions(owner) == ["", "de", "pl"])
    try store.database.write { try AccessRules.grant(polish, regions: ["pl", "de"], in: $0) }
    #expect(try regions(polish) == ["de", "pl"])
  }

  @Test(
    "psql shows no clerk what is of another region",
    arguments: [
      "TABLE change", "TABLE act", "TABLE pair", "TABLE present", "TABLE access", "COPY change TO STDOUT",
      "SELECT * FROM change WHERE region = 'de'", "SELECT max(content), string_agg(content, ',') FROM change",
      "SELECT number FROM change FOR UPDATE", "SELECT * FROM change FOR UPDATE",
      // A function that costs nothing is called before the other conditions, unless these are a barrier.
      """
      CREATE FUNCTION pg_temp.leak(t text) RETURNS boolean LANGUAGE plpgsql COST 0.0000000001
        AS 'BEGIN RAISE WARNING ''%'', t; RETURN true; END';
      SELECT count(*) FROM change WHERE pg_temp.leak(content); SELECT count(*) FROM present WHERE pg_temp.leak(content)
      """,
      "SELECT count(*) FROM change WHERE content LIKE '%secret of de%' AND 1 / (position('de' in content) - 1) > 0",
      "SELECT most_common_vals FROM pg_stats WHERE tablename = 'change'",
      "UPDATE change SET content = content RETURNING *", "TABLE revision", "TABLE setting",
    ])
  func psqlReading(_ sql: String) throws {
    try store.database.write { try $0.run("ANALYZE change") }
    let shown = try psql(sql, as: polish).text
    for other in ["secret of de", "secret of \"", "person-1", "person-2", german, "add de", "pair of de"] {
      #expect(!shown.contains(other), "\(shown)")
    }
  }

  @Test("counting gives a clerk the numbers of its regions")
  func counting() throws {
    for table in ["change", "act", "pair", "present"] {
      let sql = "SELECT count(*), count(*) FILTER (WHERE region <> 'pl') FROM \(table)"
      #expect(try psql(sql, as: polish).text == "1|0\n")
      #expect(try psql(sql, as: central).text == "3|2\n")
    }
    #expect(try open(polish).counts().map(\.count) == [1])
  }

  static let forbidden = [
    "INSERT INTO change SELECT 1, 99, kind, 'x', 'de', status, moment, salt, hash, content, removed FROM change",
    "INSERT INTO change SELECT 1, 99, kind, 'x', '', status, moment, salt, hash, content, removed FROM change",
    "INSERT INTO act SELECT 99, 'de', clerk, command, tools, configuration, counts, undoes, salt FROM act",
    "INSERT INTO pair (id, region) VALUES ('x', 'de')", "UPDATE change SET region = 'de'",
    "UPDATE change SET hash = ''", "UPDATE act SET clerk = 'x'", "UPDATE revision SET hash = 'x'",
    "DELETE FROM change", "DELETE FROM act", "DELETE FROM pair", "DELETE FROM revision",
    "DELETE FROM present",
    "TRUNCATE change", "DROP TABLE change", "DROP SCHEMA tandem CASCADE",
    "ALTER TABLE change DISABLE ROW LEVEL SECURITY", "ALTER TABLE change NO FORCE ROW LEVEL SECURITY",
    "SET row_security = off; TABLE change", "DROP POLICY regions ON change",
    "CREATE POLICY mine ON change USING (true)", "INSERT INTO access VALUES (current_user, '*')",
    "UPDATE access SET region = '*'", "DELETE FROM access", "INSERT INTO setting VALUES ('x', 'y')",
    "UPDATE setting SET value = '0'", "CREATE TABLE tandem.own (x int)", "SELECT counts()",
    "SELECT nextval('pair_number_seq')",
    "CREATE TRIGGER t BEFORE INSERT ON change EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "ALTER ROLE CURRENT_USER BYPASSRLS", "SET SESSION AUTHORIZATION postgres",
  ]

  @Test("a clerk writes nothing of another region, deletes nothing and changes no rule")
  func forbidden() throws {
    let before = try everything()
    for sql in AccessRulesTests.forbidden + ["SET ROLE \(owner)", "SET ROLE \(german)"] {
      let run = try psql(sql, as: polish)
      #expect(run.status != 0, "\(sql)")
      let refusals = [
        "permission denied", "violates row-level security", "must be owner",
        "would be affected by row-level security",
        "must be superuser",
      ]
      #expect(refusals.contains { run.text.contains($0) }, "\(sql): \(run.text)")
    }
    // What is allowed touches the rows of the region alone.
    #expect(try psql("UPDATE change SET content = content", as: polish).status == 0)
    #expect(
      try psql("GRANT SELECT ON change TO PUBLIC", as: polish).text.contains("no privileges were granted"))
    #expect(try psql("UPDATE change SET content = NULL WHERE region = 'de'", as: polish).status == 0)
    #expect(try psql("UPDATE act SET command = NULL WHERE region <> 'pl'", as: polish).status == 0)
    let lines: (String) -> [String] = { $0.split(separator: "\n").map(String.init).sorted() }
    #expect(try lines(everything()) == lines(before))
  }

  @Test("the store says which rule was broken")
  func words() throws {
    let clerk = try open(polish)
    let foreign = try #require(refusal { try AccessRulesTests.add("other", of: "de", to: clerk) })
    #expect(foreign.contains("may not write records of that region"))
    let denied = try #require(
      refusal { try clerk.database.write { try AccessRules.grant(polish, regions: ["*"], in: $0) } })
    #expect(denied.contains("no right"))
  }

  @Test("clerks of different regions write one history, which holds for each of them")
  func history() throws {
    for round in 0..<3 {
      try AccessRulesTests.add("pl-\(round)", of: "pl", to: open(polish))
      try AccessRulesTests.add("de-\(round)", of: "de", to: open(german))
    }
    for (role, unseen) in [(polish, 5), (german, 5), (central, 0), (owner, 0)] {
      let check = try open(role).verify()
      #expect(check.faults == [])
      #expect(check.revisions == 9)
      #expect(check.unseen == unseen)
      #expect(try open(role).log().filter { $0.act != nil }.count == 9 - unseen)
    }
    // A record is superseded and erased under the clerk's rights.
    let clerk = try open(polish)
    let key = RecordKey(kind: "note", id: "pl-0")
    let line = try #require(clerk.state()[key])
    _ = try clerk.commit(act("remove"), onto: clerk.head(), [Change(key: key, before: line, after: nil)])
    #expect(
      try clerk.erase { String(decoding: $0, as: UTF8.self).contains("pl-0") }.contents == ["note": 2])
    #expect(try store.verify().faults == [])
    #expect(
      try store.database.read {
        try $0.first("SELECT count(*) FROM change WHERE id = 'pl-0'") { $0.integer(0) }
      } == .some(0))
  }

  @Test("a clerk of two regions may change both at once")
  func twoRegions() throws {
    try store.database.write { try AccessRules.grant(polish, regions: ["pl", "de"], in: $0) }
    let clerk = try open(polish)
    #expect(try clerk.database.read { try AccessRules.regions(in: $0) } == ["de", "pl"])
    let lines = ["pl", "de"].map { region in
      Change(
        key: RecordKey(kind: "note", id: region), before: nil,
        after: Array(#"{"id":"\#(region)","record":"note","region":"\#(region)"}"#.utf8))
    }
    #expect(try clerk.commit(act("both"), onto: clerk.head(), lines) == 4)
    #expect(try clerk.state().count == 4)
    #expect(try open(central).log().first?.act?.command == "both")
    #expect(try open(central).database.read { try AccessRules.regions(in: $0) } == nil)
    #expect(try store.verify().faults == [])
  }

  @Test("the owner is subject to the rules too")
  func ownerToo() throws {
    try server.administer("DELETE FROM tandem.access WHERE role = '\(owner)'", in: database)
    #expect(try store.state().isEmpty)
    #expect(try psql("SELECT count(*) FROM act", as: owner).text == "0\n")
  }

  @Test("headquarters sees numbers, and nothing else")
  func headquarters() throws {
    let role = try server.makeRole("headquarters")
    try store.database.write { try AccessRules.grantHeadquarters(role, in: $0) }
    let seen = try PostgresDatabase(server.address(database, as: role)).read {
      try AccessRules.counts(in: $0)
    }
    #expect(
      seen == ["", "de", "pl"].map { RegionCount(region: $0, kind: "note", status: nil, number: 1) })
    #expect(try psql("SELECT * FROM counts()", as: role).text == "|note||1\nde|note||1\npl|note||1\n")
    for table in ["change", "act", "pair", "present", "revision", "setting", "access"] {
      #expect(try psql("TABLE \(table)", as: role).text.contains("permission denied"), "\(table)")
    }
    #expect(try psql("INSERT INTO revision VALUES (9, '', '', '', 0, '', 'x')", as: role).status != 0)
    // A table of the caller's own does not stand in for the store's.
    let shadow =
      "SET search_path = pg_temp, tandem; CREATE TEMP TABLE present (region text, kind text, status text)"
    #expect(try psql(shadow + "; SELECT count(*) FROM counts()", as: role).text == "3\n")
  }

  @Test("access is given to a login role that exists, and taken")
  func granting() throws {
    let clerk = try server.makeRole("Ana \"Maria\" O'Hara".filter(\.isLetter).lowercased())
    let group = "group_\(clerk)"
    try server.administer("CREATE ROLE \(group); CREATE ROLE \"Ew'a \"\"Z\"\"\" LOGIN")
    func grant(_ role: String, _ regions: Set<String> = ["pl"]) -> String? {
      refusal { try store.database.write { try AccessRules.grant(role, regions: regions, in: $0) } }
    }
    #expect(grant("nobody")?.contains("CREATE ROLE \"nobody\" LOGIN") == true)
    #expect(grant(group)?.contains("cannot log in") == true)
    #expect(grant(PostgresServer.administrator)?.contains("exempt") == true)
    #expect(grant(clerk, []) != nil)
    #expect(grant(clerk, ["#"]) != nil)
    #expect(grant("Ew'a \"Z\"") == nil)
    #expect(grant(clerk) == nil)
    #expect(grant(clerk, ["pl", "de"]) == nil)
    try store.database.write { try AccessRules.grantHeadquarters(clerk, in: $0) }
    let list = try store.database.read { try AccessRules.list(in: $0) }
    #expect(list.contains(RoleAccess(role: clerk, regions: ["de", "pl"], seesCounts: true)))
    #expect(list.contains(RoleAccess(role: owner, regions: ["*"])))
    #expect(try open(clerk).state().count == 2)

    #expect(refusal { try store.database.write { try AccessRules.revoke(owner, in: $0) } } != nil)
    try store.database.write { session in
      try AccessRules.revoke(clerk, in: session)
      try AccessRules.revoke("nobody", in: session)
    }
    let error = #expect(throws: StoreError.self) { try open(clerk) }
    #expect(error?.message.contains("no access") == true)
    #expect(try !store.database.read { try AccessRules.list(in: $0) }.contains { $0.role == clerk })
    // Nothing is left that would keep the administrator from removing the role.
    try server.administer("DROP ROLE \(clerk)", in: database)
  }

  @Test("what was erased is in no table, index or statistic of the database")
  func erased() throws {
    let secrets = ["unmistakable-1", "unmistakable-2"]
    for secret in secrets { try AccessRulesTests.add(secret, of: "pl", to: store) }
    let number = try psql("SELECT oid FROM pg_database WHERE datname = '\(database)'", as: owner).text
    let folder = "\(server.folder)/data/base/\(number.filter(\.isNumber))"
    func isThere() throws -> [Bool] {
      try store.database.write { try $0.run("ANALYZE") }
      try server.administer("CHECKPOINT")
      return try secrets.map { try Program.run("grep", ["-rqa", $0, folder]).status == 0 }
    }
    #expect(try isThere() == [true, true])
    let secret = secrets[0]
    let key = RecordKey(kind: "note", id: secret)
    _ = try store.commit(
      act("remove"), onto: store.head(), [Change(key: key, before: store.state()[key], after: nil)])
    let erasure = try store.erase { String(decoding: $0, as: UTF8.self).contains(secret) }
    #expect(erasure.contents == ["note": 2])
    #expect(erasure.remains == nil)
    #expect(try isThere() == [false, true])
    // A clerk may erase, but not rewrite the tables, and is told so.
    #expect(
      try open(polish).erase { _ in false }.remains?.contains("the role that made the programme") == true)
  }

  @Test("a dump is a store again, with its rules", arguments: [true, false])
  func dump(asOwner: Bool) throws {
    let folder = try WorkFolder()
    let file = folder.path + "/dump.sql"
    // The owner is subject to the rules too, and pg_dump wants to be told that this is meant.
    let dumped = try Program.run(
      PostgresServer.program("pg_dump"),
      ["-h", server.folder, "-p", "\(server.port)", "-d", database, "-f", file]
        + (asOwner ? ["-U", owner, "--enable-row-security"] : ["-U", PostgresServer.administrator]))
    #expect(dumped.status == 0, "\(dumped.text)")
    let copy = try server.makeDatabase()
    let restored = try Program.run(
      PostgresServer.program("psql"),
      [
        "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", server.folder, "-p", "\(server.port)", "-U",
        PostgresServer.administrator,
      ]
        + ["-d", copy, "-f", file])
    #expect(restored.status == 0, "\(restored.text)")
    for role in [owner, polish, central] {
      let again = try RecordStore(PostgresDatabase(server.address(copy, as: role)))
      #expect(try again.state() == open(role).state())
      #expect(try again.verify() == open(role).verify())
    }
    let clerk = try RecordStore(PostgresDatabase(server.address(copy, as: polish)))
    try AccessRulesTests.add("new", of: "pl", to: clerk)
    #expect(refusal { try AccessRulesTests.add("other", of: "de", to: clerk) } != nil)
  }
}
