/// Who sees and writes what in a store on PostgreSQL: row-level security by region, enforced by the server.
///
/// | role | may |
/// | --- | --- |
/// | clerk | read and write the records of its regions; see every revision's digests, so that the hash chain goes on over all regions |
/// | headquarters | call `counts()`, which gives numbers by region, kind and status, and nothing else |
/// | owner | all of this for all regions, give access and take it |
///
/// The owner is the role that ran `tandem init`. Rights are given to login roles one by one, not by roles of groups: those
/// belong to the whole server, where another database may have a programme of the same name.
///
/// Two things stay visible to every clerk: the number of all revisions and of the records that each changed (`revision`), and
/// the server's estimate of a table's rows. That a record of another region has an id is found by writing the same id.
package enum AccessRules {
  /// The region that stands for all, those of no region among them.
  package static let allRegions = "*"

  /// What headquarters has in place of a region.
  private static let countsOnly = "#"

  /// What a clerk may do with each table. Only what superseding and erasure need can be changed, and nothing deleted.
  private static let clerkRights = [
    "SELECT ON setting, access, present",
    "SELECT, INSERT ON revision, act, change, pair",
    "UPDATE (superseded, content, salt, id) ON change",
    "UPDATE (command, salt) ON act",
    "UPDATE (id) ON pair",
  ]

  /// The tables that hold something of a region.
  private static let guarded = ["act", "change", "pair"]

  /// What may name a person. The server's statistics keep values of a column, also after these were erased.
  private static let personal = [("change", "id"), ("change", "content"), ("act", "command"), ("pair", "id")]

  /// The statements that make the rules, for the role that owns the tables. They are part of the first version of the tables.
  static var statements: [String] {
    // Each is computed once in a statement, not for each row.
    let mine = "SELECT a.region FROM access a WHERE a.role = current_user AND a.region <> '\(countsOnly)'"
    let sees = "region = ANY (ARRAY(\(mine))) OR '\(allRegions)' = ANY (ARRAY(\(mine)))"
    let tables = guarded.flatMap { table in
      [
        "ALTER TABLE \(table) ENABLE ROW LEVEL SECURITY",
        // For the owner too, who is otherwise exempt.
        "ALTER TABLE \(table) FORCE ROW LEVEL SECURITY",
        "CREATE POLICY regions ON \(table) USING (\(sees)) WITH CHECK (\(sees))",
      ]
    }
    return [
      """
      CREATE TABLE access (role TEXT COLLATE "C", region TEXT COLLATE "C", PRIMARY KEY (role, region))
      """,
      "ALTER TABLE access ENABLE ROW LEVEL SECURITY",
      "CREATE POLICY own ON access FOR SELECT USING (role = current_user)",
      "INSERT INTO access (role, region) VALUES (current_user, '\(allRegions)')",
    ] + tables + [
      // A command that changed several regions is logged under none: its clerk may write that, not read it.
      "CREATE POLICY several ON act FOR INSERT WITH CHECK (region = '' AND EXISTS (\(mine)))",
      """
      CREATE FUNCTION counts() RETURNS TABLE (region text, kind text, status text, number bigint)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT p.region, p.kind, p.status, count(*) FROM present p
        GROUP BY p.region, p.kind, p.status ORDER BY p.region, p.kind, p.status NULLS FIRST $$
      """,
      "REVOKE EXECUTE ON FUNCTION counts() FROM PUBLIC",
    ]
      + personal.map { table, column in "ALTER TABLE \(table) ALTER COLUMN \(column) SET STATISTICS 0" }
  }

  // MARK: - Giving access

  /// Gives a clerk these regions, in place of those that the role had.
  ///
  /// - Parameters:
  ///   - role: a login role of the server.
  ///   - regions: `allRegions` among them: all.
  /// - Throws: `StoreError.refused` where there is no such role, where it is exempt from row-level security, and where this
  ///   role does not own the tables.
  package static func grant(_ role: String, regions: Set<String>, in session: any DatabaseSession) throws {
    guard !regions.isEmpty, !regions.contains(countsOnly), !regions.contains("") else {
      throw StoreError.refused("a clerk needs a region at least, or \(allRegions) for all")
    }
    try check(role, in: session)
    let (name, schema) = try names(role, in: session)
    try session.run("DELETE FROM access WHERE role = $1 AND region <> '\(countsOnly)'", [.text(role)])
    try session.insert(
      into: "access", [SQLColumn("role", .text), SQLColumn("region", .text)],
      regions.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { [.text(role), .text($0)] })
    try session.run("GRANT USAGE ON SCHEMA \(schema) TO \(name)")
    for right in clerkRights { try session.run("GRANT \(right) TO \(name)") }
  }

  /// Lets a role see numbers by region, kind and status. A clerk of some regions keeps them.
  ///
  /// - Throws: as `grant(_:regions:in:)`.
  package static func grantHeadquarters(_ role: String, in session: any DatabaseSession) throws {
    try check(role, in: session)
    let (name, schema) = try names(role, in: session)
    try session.run(
      "INSERT INTO access (role, region) VALUES ($1, '\(countsOnly)') ON CONFLICT DO NOTHING", [.text(role)])
    try session.run("GRANT USAGE ON SCHEMA \(schema) TO \(name)")
    try session.run("GRANT EXECUTE ON FUNCTION counts() TO \(name)")
  }

  /// Takes all access from a role, also from one that the server no longer has.
  ///
  /// - Throws: `StoreError.refused` for the owner, without whom nobody could give access.
  package static func revoke(_ role: String, in session: any DatabaseSession) throws {
    guard try owner(in: session) != role else {
      throw StoreError.refused("\(role) made the programme: its access cannot be taken")
    }
    try session.run("DELETE FROM access WHERE role = $1", [.text(role)])
    guard try session.first("SELECT 1 FROM pg_roles WHERE rolname = $1", [.text(role)], { _ in true }) != nil
    else { return }
    let (name, schema) = try names(role, in: session)
    try session.run("REVOKE ALL ON ALL TABLES IN SCHEMA \(schema) FROM \(name)")
    try session.run("REVOKE ALL ON FUNCTION counts() FROM \(name)")
    try session.run("REVOKE ALL ON SCHEMA \(schema) FROM \(name)")
  }

  /// Who has access, by role in byte order. A clerk sees its own.
  package static func list(in session: any DatabaseSession) throws -> [RoleAccess] {
    var list: [RoleAccess] = []
    try session.rows("SELECT role, region FROM access ORDER BY role, region") { row in
      let role = row.text(0) ?? ""
      if list.last?.role != role { list.append(RoleAccess(role: role)) }
      let region = row.text(1) ?? ""
      if region == countsOnly {
        list[list.count - 1].seesCounts = true
      } else {
        list[list.count - 1].regions.append(region)
      }
    }
    return list
  }

  /// The regions that this session sees; nil: all.
  package static func regions(in session: any DatabaseSession) throws -> [String]? {
    guard session.dialect == .postgresql else { return nil }
    var regions: [String] = []
    try session.rows(
      "SELECT region FROM access WHERE role = current_user AND region <> '\(countsOnly)' ORDER BY region"
    ) {
      regions.append($0.text(0) ?? "")
    }
    return regions.contains(allRegions) ? nil : regions
  }

  /// How many present records each region has, by kind and status: all that headquarters sees.
  package static func counts(in session: any DatabaseSession) throws -> [RegionCount] {
    var counts: [RegionCount] = []
    try session.rows("SELECT region, kind, status, number FROM counts()") { row in
      counts.append(
        RegionCount(
          region: row.text(0) ?? "", kind: row.text(1) ?? "", status: row.text(2), number: row.integer(3) ?? 0
        ))
    }
    return counts
  }

  // MARK: - Roles

  private static func check(_ role: String, in session: any DatabaseSession) throws {
    let found = try session.first(
      "SELECT rolcanlogin, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = $1", [.text(role)]
    ) { (canLogIn: $0.integer(0) == 1, isExempt: $0.integer(1) == 1) }
    guard let found else {
      throw StoreError.refused(
        "the server has no role \(role); its administrator makes it: CREATE ROLE \(quoted(role)) LOGIN, then \\password \(quoted(role)) in psql"
      )
    }
    guard found.canLogIn else {
      throw StoreError.refused("the role \(role) cannot log in: access is given to the roles of people")
    }
    guard !found.isExempt else {
      throw StoreError.refused("the role \(role) is exempt from row-level security (SUPERUSER or BYPASSRLS)")
    }
  }

  private static func owner(in session: any DatabaseSession) throws -> String? {
    try session.first(
      "SELECT tableowner FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'change'"
    ) {
      $0.text(0)
    } ?? nil
  }

  /// As identifiers.
  private static func names(_ role: String, in session: any DatabaseSession) throws -> (
    role: String, schema: String
  ) {
    let schema = try session.first("SELECT current_schema()") { $0.text(0) } ?? nil
    return (quoted(role), quoted(schema ?? ""))
  }

  private static func quoted(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }
}

/// What a role may see.
package struct RoleAccess: Hashable, Sendable {
  package var role: String
  /// `AccessRules.allRegions`: all.
  package var regions: [String] = []
  /// Whether it may call `counts()`.
  package var seesCounts = false
}

/// How many present records there are of a kind and status in a region.
package struct RegionCount: Hashable, Sendable {
  package var region: String
  package var kind: String
  package var status: String?
  package var number: Int
}
