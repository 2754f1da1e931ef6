import Foundation

/// A store in a PostgreSQL database that several clerks share.
///
/// One writer works at a time: a transaction that writes first takes a lock of the server's
/// (`pg_advisory_xact_lock`), which ends with it. Readers wait for nobody. `AccessRules` says who sees what.
package final class PostgresDatabase: Database {
  package let dialect = Dialect.postgresql
  package var name: String { address.name }
  /// The schema that holds the tables.
  package var schema: String { address.schema }

  private let address: PostgresAddress
  private let patience: Double
  private var connection: PostgresConnection
  /// The first half of the lock's number, "TNDM"; the second is the schema's.
  private static let lockClass = Schema.applicationID
  private var lockNumber: Int32 = 0
  private var isInTransaction = false

  /// How long `reconnect` tries, in seconds: a server needs that long to restart.
  private static let restartTime = 30.0

  /// How long a statement of a writer may take, and how long a writer may leave its transaction idle: a suspended computer
  /// must not keep the others waiting.
  private static let writerLimit = "120s"

  /// Connects to the programme in a database.
  ///
  /// - Parameters:
  ///   - address: see `PostgresAddress`.
  ///   - creates: makes the programme's schema where it is missing; the tables are made by whoever calls.
  ///   - patience: how long a writer waits for another, in seconds.
  /// - Throws: `StoreError.cannotOpen`; `.notAStore` where the schema is another program's.
  package init(_ address: String, creates: Bool = false, patience: Double = 20) throws(StoreError) {
    self.address = try PostgresAddress(address)
    self.patience = patience
    do throws(PostgresFailure) {
      connection = try PostgresConnection(self.address.parameters)
    } catch {
      throw error.whileOpening
    }
    if creates { try create() }
    try prepareSession()
  }

  package func read<Value>(_ body: (any DatabaseSession) throws -> Value) throws -> Value {
    try transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", body) {
      (connection) throws(StoreError) in
      // The value is there: a connection that is lost at the end takes nothing away.
      do throws(PostgresFailure) { try connection.run(script: "COMMIT") } catch {}
    }
  }

  package func write<Value>(_ body: (any DatabaseSession) throws -> Value) throws -> Value {
    let begin = """
      BEGIN ISOLATION LEVEL READ COMMITTED;
      SELECT pg_advisory_xact_lock(\(PostgresDatabase.lockClass), \(lockNumber));
      SET LOCAL statement_timeout = '\(PostgresDatabase.writerLimit)';
      SET LOCAL idle_in_transaction_session_timeout = '\(PostgresDatabase.writerLimit)'
      """
    return try transaction(begin, body) { (connection) throws(StoreError) in
      do throws(PostgresFailure) {
        try connection.run(script: "COMMIT")
      } catch {
        throw error.isLost ? .uncertain(error.message) : error.withinTransaction
      }
    }
  }

  /// Opens the connection anew, also where the server is about to restart: it tries again for half a minute.
  package func reconnect() throws(StoreError) {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(PostgresDatabase.restartTime)
    var pause = 0.05
    var isServing = false
    while true {
      do throws(PostgresFailure) {
        connection = try PostgresConnection(address.parameters)
        break
      } catch {
        // A server that takes connections, but not this one, will not take it later either. It may have begun to serve
        // after it refused this one: the next one counts.
        guard !isServing, clock.now + .seconds(pause) < end else { throw error.whileOpening }
        isServing = PostgresConnection.isServing(address.parameters)
      }
      Thread.sleep(forTimeInterval: pause)
      pause = min(pause * 2, 1)
    }
    try prepareSession()
  }

  /// Rewrites the tables, so that nothing of what was erased is left in them. The server's log of changes (WAL) and its
  /// backups keep it for as long as the server's administrator says.
  ///
  /// - Throws: `StoreError.refused` where this role did not make the programme; `.busy` where a transaction that began before
  ///   does not end: what it may still read is kept.
  package func compact() throws(StoreError) {
    let isOwner = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'change'::regclass"
    guard try value(isOwner) == 1 else {
      throw .refused("only the role that made the programme can rewrite its tables")
    }
    try waitForOlderTransactions()
    do throws(PostgresFailure) {
      for table in ["change", "act", "pair"] { try connection.run(script: "VACUUM (FULL) \(table)") }
    } catch {
      throw error.withinTransaction
    }
  }

  /// Waits until no transaction is left that may see what was erased: PostgreSQL keeps deleted rows for those.
  private func waitForOlderTransactions() throws(StoreError) {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(patience)
    func wait(while isRunning: () throws(StoreError) -> Bool) throws(StoreError) {
      while try isRunning() {
        guard clock.now < end else { throw .busy("a transaction that began before what was erased") }
        Thread.sleep(forTimeInterval: 0.05)
      }
    }
    // Those that write, be it in another database of the server: a later snapshot still counts them as running.
    let next = try value("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint") ?? 0
    try wait { () throws(StoreError) in
      try value("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint") ?? next < next
    }
    // Those of this database that read. Each transaction holds a lock on a number of its own.
    let running = """
      SELECT l.virtualxid FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'virtualxid' AND l.pid <> pg_backend_pid() AND a.datname = current_database()
      """
    var older = Set(try texts(running))
    try wait { () throws(StoreError) in
      if !older.isEmpty { older.formIntersection(try texts(running)) }
      return !older.isEmpty
    }
  }

  // MARK: - Transactions

  private func transaction<Value>(
    _ begin: String, _ body: (any DatabaseSession) throws -> Value,
    commit: (PostgresConnection) throws(StoreError) -> Void
  ) throws -> Value {
    guard !isInTransaction else { throw StoreError.refused("another transaction is open") }
    isInTransaction = true
    defer { isInTransaction = false }
    do throws(PostgresFailure) {
      try connection.run(script: begin)
    } catch {
      rollBack()
      throw busy(error) ?? error.withinTransaction
    }
    let value: Value
    do {
      value = try body(PostgresSession(connection))
    } catch {
      rollBack()
      throw error
    }
    // Nothing was sent that could commit.
    guard !connection.isLost else { throw StoreError.disconnected("before the end of the transaction") }
    // COMMIT would roll it back without an error.
    guard !connection.hasFailed else {
      rollBack()
      throw StoreError.refused("a statement failed, so that nothing was written")
    }
    do {
      try commit(connection)
    } catch {
      rollBack()
      throw error
    }
    return value
  }

  private func rollBack() {
    // Where it fails, the connection is lost, and the server rolls back by itself.
    guard !connection.isLost, connection.isInTransaction else { return }
    do throws(PostgresFailure) { try connection.run(script: "ROLLBACK") } catch {}
  }

  /// Who keeps the lock, where waiting for it took too long.
  private func busy(_ failure: PostgresFailure) -> StoreError? {
    guard failure.state == "55P03" else { return nil }
    var holder: String?
    do {
      try connection.rows(
        """
        SELECT a.usename FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.granted AND l.classid = $1 AND l.objid = $2
        """,
        try PostgresParameters([
          .integer(PostgresDatabase.lockClass), .integer(Int(UInt32(bitPattern: lockNumber))),
        ])
      ) { holder = $0.text(0) }
    } catch {}
    let time = patience.rounded() == patience ? String(Int(patience)) : String(patience)
    return .busy("a command of \(holder ?? "another role") for more than \(time) s")
  }

  // MARK: - Opening

  private func create() throws(StoreError) {
    guard try value("SELECT 1 FROM pg_namespace WHERE nspname = '\(schema)'") == nil else { return }
    do throws(PostgresFailure) {
      try connection.run(script: "CREATE SCHEMA \(schema)")
    } catch {
      switch error.state {
      // Somebody else made it meanwhile: whoever makes the tables first makes the programme. The second code is given
      // where both made it in the same moment.
      case "42P06", "23505": break
      case "42501":
        throw .cannotOpen(
          "\(error.message); the owner of the database allows it by GRANT CREATE ON DATABASE … TO …")
      default: throw error.whileOpening
      }
    }
  }

  /// Settings of the session, and whether the store can be used at all.
  private func prepareSession() throws(StoreError) {
    guard address.isLocal || connection.isEncrypted else {
      throw .cannotOpen("the connection to another machine is not encrypted")
    }
    guard connection.report("server_encoding") == "UTF8" else {
      throw .cannotOpen(
        "the database's encoding is \(connection.report("server_encoding") ?? "unknown"); it must be UTF8")
    }
    do throws(PostgresFailure) {
      // Temporary tables last, so that none stands for a table of the store. All records of a kind are sorted in memory.
      try connection.run(
        script: """
          SET search_path = \(schema), pg_temp;
          SET work_mem = '64MB';
          SET lock_timeout = \(Int((patience * 1000).rounded(.up)));
          SET tcp_keepalives_idle = 30;
          SET tcp_keepalives_interval = 10;
          SET tcp_keepalives_count = 3
          """)
    } catch {
      throw error.whileOpening
    }
    guard let number = try value("SELECT oid::bigint FROM pg_namespace WHERE nspname = '\(schema)'") else {
      throw .cannotOpen("the database holds no such programme; `tandem init` makes it")
    }
    lockNumber = Int32(truncatingIfNeeded: number)
    guard try value("SELECT has_schema_privilege('\(schema)', 'USAGE')") == 1 else {
      throw .cannotOpen("this role has no access to the programme; whoever made it can give it access")
    }
    let tables = try value("SELECT count(*) FROM pg_class WHERE relnamespace = \(number)")
    let ours = try value(
      """
      SELECT count(*) FROM pg_class WHERE relnamespace = \(number) AND relname IN ('setting', 'revision', 'change')
      """)
    guard tables == 0 || ours == 3 else {
      throw .notAStore("the schema \(schema) holds tables of another program")
    }
  }

  /// The number that a query gives; nil where it gives no row.
  private func value(_ sql: String) throws(StoreError) -> Int? {
    var number: Int?
    try rows(sql) { number = $0.integer(0) }
    return number
  }

  private func texts(_ sql: String) throws(StoreError) -> [String] {
    var texts: [String] = []
    try rows(sql) { texts.append($0.text(0) ?? "") }
    return texts
  }

  /// The rows of a query outside any transaction.
  private func rows(_ sql: String, _ body: (PostgresRows) -> Void) throws(StoreError) {
    do {
      try connection.rows(sql, try PostgresParameters([]), body)
    } catch let error as PostgresFailure {
      throw error.isLost ? error.withinTransaction : error.whileOpening
    } catch {
      throw .cannotOpen("\(error)")
    }
  }
}

private struct PostgresSession: DatabaseSession {
  let dialect = Dialect.postgresql
  private let connection: PostgresConnection

  /// Rows of one insertion: no longer message than a few megabytes is built.
  private static let batchRows = 5000
  private static let batchBytes = 4 << 20

  init(_ connection: PostgresConnection) { self.connection = connection }

  func run(_ sql: String, _ values: [SQLValue]) throws(StoreError) {
    let parameters = try PostgresParameters(values)
    try translated { () throws(PostgresFailure) in try connection.run(sql, parameters) }
  }

  func rows(_ sql: String, _ values: [SQLValue], _ body: (any SQLRow) throws -> Void) throws {
    do {
      try connection.rows(sql, try PostgresParameters(values), body)
    } catch let error as PostgresFailure {
      throw error.withinTransaction
    }
  }

  /// By arrays, since the server refuses COPY to a table with row-level security.
  func insert(into table: String, _ columns: [SQLColumn], _ rows: [[SQLValue]]) throws(StoreError) {
    let names = columns.map(\.name).joined(separator: ", ")
    let arrays = columns.enumerated().map { place, column in
      "$\(place + 1)::\(column.kind == .text ? "text" : "bigint")[]"
    }
    let sql = "INSERT INTO \(table) (\(names)) SELECT * FROM unnest(\(arrays.joined(separator: ", ")))"
    var start = 0
    while start < rows.count {
      var end = start
      var bytes = 0
      while end < rows.count, end - start < PostgresSession.batchRows, bytes < PostgresSession.batchBytes {
        for case .text(let text) in rows[end] { bytes += text.utf8.count }
        end += 1
      }
      let parameters = try PostgresParameters(columns, rows[start..<end])
      try translated { () throws(PostgresFailure) in try connection.run(sql, parameters) }
      start = end
    }
  }

  private func translated(_ body: () throws(PostgresFailure) -> Void) throws(StoreError) {
    do throws(PostgresFailure) {
      try body()
    } catch {
      throw error.withinTransaction
    }
  }
}
