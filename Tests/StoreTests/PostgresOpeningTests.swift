import Foundation
import TestSupport
import Testing

@testable import Store

/// Certificates, passwords and what else keeps one from opening a store on PostgreSQL.
@Suite struct PostgresOpeningTests {
  private let server: PostgresServer
  private let database: String
  private let folder: WorkFolder

  init() throws {
    server = try PostgresServer.shared()
    database = try server.makeDatabase()
    folder = try WorkFolder()
  }

  private func refusal(_ address: String, creates: Bool = true) -> String? {
    do {
      _ = try PostgresDatabase(address, creates: creates)
      return nil
    } catch {
      guard case .cannotOpen(let reason) = error else { return "not expected: \(error)" }
      return reason
    }
  }

  @Test("a certificate that is verified encrypts the connection")
  func encrypted() throws {
    let store = try PostgresDatabase(
      server.address(database, "sslmode=verify-full", "sslrootcert=\(server.folder)/server.crt"),
      creates: true)
    let isEncrypted = try store.read { session in
      try session.first("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()") { $0.integer(0) }
    }
    #expect(isEncrypted == .some(1))
  }

  @Test("another certificate is refused")
  func wrongCertificate() throws {
    try PostgresServer.makeCertificate(in: folder.path, "other")
    let reason = try #require(
      refusal(server.address(database, "sslmode=verify-full", "sslrootcert=\(folder.path)/other.crt")))
    #expect(reason.contains("certificate verify failed"))
  }

  @Test("a password comes from a file that only its owner may read")
  func passwordFile() throws {
    let role = try server.makeRole("wanda", "PASSWORD 'hunter2' IN ROLE \(PostgresServer.passwordGroup)")
    try server.administer("GRANT CREATE ON DATABASE \(database) TO \(role)")
    let file = try folder.file("passwords", "*:*:*:\(role):hunter2\n")
    let address = server.address(database, as: role, "passfile=\(file)")
    let store = try PostgresDatabase(address, creates: true)
    #expect(!store.name.contains("hunter2"))
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
    #expect(refusal(address)?.contains("chmod 600") == true)
    try folder.file("passwords", "*:*:*:\(role):wrong\n")
    let wrong = try #require(refusal(address))
    #expect(wrong.contains("password authentication failed") && !wrong.contains("wrong"))
    try folder.file("passwords", "*:*:*:somebody:hunter2\n")
    #expect(refusal(address)?.contains("$PGPASSWORD") == true)
  }

  @Test("what keeps one from opening is said in plain words")
  func reasons() throws {
    let stranger = try server.makeRole("stranger")
    #expect(refusal(server.address(database, as: stranger))?.contains("GRANT CREATE ON DATABASE") == true)
    #expect(refusal(server.address(database), creates: false)?.contains("tandem init") == true)
    #expect(refusal(server.address("nowhere"))?.contains("does not exist") == true)
    #expect(refusal(server.address(database, as: "nobody_at_all"))?.contains("nobody_at_all") == true)
    #expect(refusal("postgresql://127.0.0.1:1/hr")?.contains("refused") == true)
    _ = try PostgresDatabase(server.address(database), creates: true)
    #expect(refusal(server.address(database, as: stranger), creates: false)?.contains("no access") == true)
  }

  @Test("a schema of another program and a database in another encoding are left alone")
  func notOurs() throws {
    try server.administer("CREATE SCHEMA tandem; CREATE TABLE tandem.bicycle (wheels int)", in: database)
    for creates in [false, true] {
      #expect(throws: StoreError.notAStore("the schema tandem holds tables of another program")) {
        try PostgresDatabase(server.address(database), creates: creates)
      }
    }
    let latin = database + "_latin"
    try server.administer(
      "CREATE DATABASE \(latin) TEMPLATE template0 ENCODING LATIN1 LOCALE 'C' LOCALE_PROVIDER libc")
    #expect(refusal(server.address(latin))?.contains("LATIN1") == true)
  }

  @Test("programmes of one database do not meet")
  func programmes() throws {
    for name in ["autumn", "spring"] {
      let store = try PostgresDatabase(server.address(database, "programme=\(name)"), creates: true)
      #expect(store.schema == "tandem_\(name)")
      try store.write { session in
        try session.run("CREATE TABLE setting (key TEXT, value TEXT)")
        try session.run("CREATE TABLE revision (number BIGINT)")
        try session.run("CREATE TABLE change (revision BIGINT)")
        try session.run("INSERT INTO setting VALUES ('name', $1)", [.text(name)])
      }
    }
    let spring = try PostgresDatabase(server.address(database, "programme=spring"))
    let name = try spring.read { try $0.first("SELECT value FROM setting") { $0.text(0) } }
    #expect(name == .some("spring"))
  }
}
