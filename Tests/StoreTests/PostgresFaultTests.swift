import Foundation
import TestSupport
import Testing

@testable import Store

/// Servers and networks that fail at the worst moment.
@Suite struct PostgresFaultTests {
  private let server: PostgresServer
  private let database: String

  init() throws {
    server = try PostgresServer.shared()
    database = try server.makeDatabase()
  }

  /// A store with an empty table.
  private func sample(_ server: PostgresServer, _ database: String) throws -> PostgresDatabase {
    let store = try PostgresDatabase(server.address(database), creates: true)
    try store.write { session in
      for table in ["setting", "revision", "change", "sample"] {
        try session.run("CREATE TABLE \(table) (number BIGINT)")
      }
    }
    return store
  }

  private func count(_ store: PostgresDatabase) throws -> Int? {
    try store.read { try $0.first("SELECT count(*) FROM sample") { $0.integer(0) } ?? nil }
  }

  /// Ends the store's connections, as an administrator does.
  private func terminate(_ condition: String = "true") throws {
    let run = try server.psql(
      """
      SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
      WHERE datname = '\(database)' AND application_name = 'tandem' AND \(condition)
      """)
    try #require(run.text == "1\n")
  }

  private func isDisconnected(_ error: (any Error)?) -> Bool {
    if case .disconnected? = error as? StoreError { true } else { false }
  }

  private func isUncertain(_ error: (any Error)?) -> Bool {
    if case .uncertain? = error as? StoreError { true } else { false }
  }

  @Test("a server that crashes and starts again is found again, with all that was committed")
  func restart() throws {
    let own = try PostgresServer()
    let store = try sample(own, own.makeDatabase())
    try store.write { try $0.run("INSERT INTO sample VALUES ($1)", [.integer(1)]) }
    let lost = #expect(throws: StoreError.self) {
      try store.write { session in
        try session.run("INSERT INTO sample VALUES ($1)", [.integer(2)])
        own.stop("QUIT")
        try session.run("INSERT INTO sample VALUES ($1)", [.integer(3)])
      }
    }
    #expect(isDisconnected(lost))
    #expect(isDisconnected(#expect(throws: StoreError.self) { try count(store) }))
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 0.7)
      try? own.start()
    }
    try store.reconnect()
    #expect(try count(store) == 1)
    // What was prepared on the lost connection is prepared again.
    try store.write { try $0.run("INSERT INTO sample VALUES ($1)", [.integer(2)]) }
    #expect(try count(store) == 2)
  }

  @Test("a connection that is cut within a transaction writes nothing")
  func cutWithin() throws {
    let store = try sample(server, database)
    let error = #expect(throws: StoreError.self) {
      try store.write { session in
        try session.run("INSERT INTO sample VALUES (1)")
        try terminate()
        try session.run("INSERT INTO sample VALUES (2)")
      }
    }
    #expect(isDisconnected(error))
    try store.reconnect()
    #expect(try count(store) == 0)
  }

  @Test("a connection that is cut while rows arrive is an error, not the end of the rows")
  func cutWhileReading() throws {
    let store = try sample(server, database)
    var seen = 0
    let error = #expect(throws: StoreError.self) {
      try store.read { session in
        // In this form the server makes each row when it is asked for it.
        try session.rows("SELECT generate_series(1, 100000000)") { _ in
          if seen == 0 { try terminate() }
          seen += 1
        }
      }
    }
    #expect(isDisconnected(error))
    #expect(seen > 0 && seen < 100_000_000)
    try store.reconnect()
    #expect(try count(store) == 0)
  }

  @Test("a connection that is cut while the server commits leaves it open whether it did")
  func cutCommitting() throws {
    let store = try sample(server, database)
    try server.administer(
      """
      CREATE FUNCTION tandem.wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NULL; END';
      CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON tandem.sample DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION tandem.wait()
      """, in: database)
    let committing = "state = 'active' AND query = 'COMMIT'"
    Thread.detachNewThread { [server, database] in
      for _ in 0..<2000 {
        let run = try? server.psql(
          """
          SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
          WHERE datname = '\(database)' AND \(committing)
          """)
        if run?.text == "1\n" { return }
        usleep(10_000)
      }
    }
    let error = #expect(throws: StoreError.self) {
      try store.write { try $0.run("INSERT INTO sample VALUES (1)") }
    }
    #expect(isUncertain(error))
    try store.reconnect()
    #expect(try count(store) == 0)
  }

  @Test(
    "a network that fails at the commit leaves it open, whichever way it went",
    arguments: CuttingProxy.Moment.allCases)
  func cutNetwork(_ moment: CuttingProxy.Moment) throws {
    let direct = try sample(server, database)
    let proxy = try CuttingProxy(to: server.port, at: "COMMIT\0", moment)
    defer { withExtendedLifetime(proxy) {} }
    let store = try PostgresDatabase(server.address(database, port: proxy.port, "sslmode=disable"))
    let error = #expect(throws: StoreError.self) {
      try store.write { try $0.run("INSERT INTO sample VALUES (1)") }
    }
    #expect(isUncertain(error))
    // Within `write`, which waits for the lock that the lost transaction keeps until the server has ended it.
    let seen = try direct.write { try $0.first("SELECT count(*) FROM sample") { $0.integer(0) } }
    #expect(seen == .some(moment == .beforeDelivery ? 0 : 1))
  }

  @Test("a statement that failed is not committed, though its error was ignored")
  func ignored() throws {
    let store = try sample(server, database)
    let error = #expect(throws: StoreError.self) {
      try store.write { session in
        try session.run("INSERT INTO sample VALUES (1)")
        try? session.run("INSERT INTO nowhere VALUES (1)")
      }
    }
    guard case .refused? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try count(store) == 0)
  }

  @Test("a text with U+0000 is refused, not cut")
  func zero() throws {
    let store = try sample(server, database)
    try store.write { try $0.run("CREATE TABLE words (word TEXT)") }
    for isMany in [false, true] {
      let error = #expect(throws: StoreError.self) {
        try store.write { session in
          if isMany {
            try session.insert(into: "words", [SQLColumn("word", .text)], [[.text("a\0b")]])
          } else {
            try session.run("INSERT INTO words VALUES ($1)", [.text("a\0b")])
          }
        }
      }
      #expect(error == .refused("PostgreSQL cannot store the character U+0000"))
    }
  }

  @Test("who keeps a writer waiting is named")
  func holder() throws {
    let store = try sample(server, database)
    let impatient = try PostgresDatabase(server.address(database), patience: 0.1)
    let error = try store.write { _ in #expect(throws: StoreError.self) { try impatient.write { _ in } } }
    #expect(error == .busy("a command of postgres for more than 0.1 s"))
  }

  @Test("more statements than the server should remember are no error")
  func manyStatements() throws {
    let store = try sample(server, database)
    try store.read { session in
      for number in 0..<600 {
        let read = try session.first("SELECT $1 + \(number)", [.integer(number)]) { $0.integer(0) }
        #expect(read == .some(2 * number))
      }
    }
  }

  @Test("a transaction within another is refused")
  func nested() throws {
    let store = try sample(server, database)
    try store.write { session in
      #expect(throws: StoreError.refused("another transaction is open")) { try store.read { _ in } }
      try session.run("INSERT INTO sample VALUES (1)")
    }
    #expect(try count(store) == 1)
  }

  @Test(
    "a failing transaction of the server's says so in plain words",
    arguments: [
      ("SELECT 1 / 0", "division by zero"),
      ("SET TRANSACTION READ ONLY; ", "may only read"),
    ])
  func reasons(_ sql: String, _ words: String) throws {
    let store = try sample(server, database)
    let error = #expect(throws: StoreError.self) {
      try store.write { session in
        try session.run(sql.replacing("; ", with: ""))
        try session.run("INSERT INTO sample VALUES (1)")
      }
    }
    #expect(error?.message.contains(words) == true)
  }

  @Test("tables are rewritten by their owner alone")
  func compact() throws {
    let store = try sample(server, database)
    try store.write { session in
      try session.run("CREATE TABLE act (number BIGINT)")
      try session.run("CREATE TABLE pair (number BIGINT)")
    }
    try store.compact()
    // Who began before may still read what was erased.
    let reader = try PostgresDatabase(server.address(database))
    let impatient = try PostgresDatabase(server.address(database), patience: 0.2)
    let error = try reader.read { session in
      _ = try session.first("SELECT number FROM sample") { $0.integer(0) }
      return #expect(throws: StoreError.self) { try impatient.compact() }
    }
    #expect(error == .busy("a transaction that began before what was erased"))
    // So may one that writes in another database: the server has one count of transactions.
    let elsewhere = try PostgresDatabase(server.address(server.makeDatabase()), creates: true)
    let other = try elsewhere.write { session in
      try session.run("CREATE TABLE sample (number BIGINT)")
      try store.write { try $0.run("INSERT INTO sample VALUES (1)") }
      return #expect(throws: StoreError.self) { try impatient.compact() }
    }
    #expect(other == .busy("a transaction that began before what was erased"))
    try store.compact()
    let role = try server.makeRole("wanda")
    try server.administer(
      "GRANT USAGE ON SCHEMA tandem TO \(role); GRANT SELECT ON tandem.change TO \(role)", in: database)
    #expect(throws: StoreError.refused("only the role that made the programme can rewrite its tables")) {
      try PostgresDatabase(server.address(database, as: role)).compact()
    }
  }
}
