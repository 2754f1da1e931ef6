import Foundation
import TestSupport
import Testing

@testable import Store

@Suite struct PostgresAddressTests {
  private func address(
    _ text: String, _ defaults: [String: String] = [:], home: String = "/nowhere"
  ) throws -> PostgresAddress {
    try PostgresAddress(text, defaults: defaults, home: home)
  }

  private func refusal(_ text: String, _ defaults: [String: String] = [:], home: String = "/nowhere")
    -> String?
  {
    do {
      _ = try address(text, defaults, home: home)
      return nil
    } catch StoreError.cannotOpen(let reason) {
      return reason
    } catch {
      return "\(error)"
    }
  }

  @Test("the programme names the schema, and is no part of what libpq gets")
  func programme() throws {
    let named = try address("postgresql://wanda@localhost:5433/hr?programme=autumn_26&connect_timeout=3")
    #expect(named.schema == "tandem_autumn_26")
    #expect(named.name == "postgresql://wanda@localhost:5433/hr?programme=autumn_26")
    #expect(named.parameters["dbname"] == "hr")
    #expect(named.parameters["user"] == "wanda")
    #expect(named.parameters["port"] == "5433")
    #expect(named.parameters["connect_timeout"] == "3")
    #expect(named.parameters["programme"] == nil)
    #expect(named.parameters["application_name"] == "tandem")
    let unnamed = try address("postgres:///hr")
    #expect(unnamed.schema == "tandem")
    #expect(unnamed.name == "postgresql:///hr")
    let longest = String(repeating: "a", count: 40)
    #expect(try address("postgresql:///hr?programme=\(longest)").schema == "tandem_\(longest)")
    for wrong in ["", "Autumn", "1st", "a-b", "a\"b", "a%20b", "é", longest + "a"] {
      #expect(refusal("postgresql:///hr?programme=\(wrong)")?.contains("a-z") == true, "\(wrong)")
    }
  }

  @Test(
    "a password in the address is refused, and not repeated",
    arguments: [
      "postgresql://wanda:hunter2@db/hr", "postgresql://:hunter2@db/hr", "postgres://wanda:hunter2@/hr",
      "postgresql://wanda@db/hr?password=hunter2", "postgresql://wanda@db/hr?p%61ssword=hunter2",
      "postgresql://wanda@db/hr?sslmode=require&sslpassword=hunter2", "postgresql://wanda:hunt/er2@db/hr",
      "postgresql://wanda:hunt?er2@db/hr", "postgresql://wanda:hunter2", "postgresql://db:hunter2/hr",
      "postgresql://wanda:hun#ter2@db/hr", "postgresql://wanda:hunter2@db/hr?sslmode",
    ])
  func password(_ text: String) throws {
    let reason = try #require(refusal(text))
    for part in ["hunter2", "hunt", "er2"] { #expect(!reason.contains(part), "\(reason)") }
  }

  @Test("other addresses are refused with the reason")
  func refused() {
    #expect(refusal("mysql://db/hr")?.contains("postgresql://") == true)
    #expect(refusal("postgresql://db/hr?nonsense=1")?.contains("programme=autumn") == true)
    #expect(refusal("postgresql://[::1/hr") != nil)
    #expect(refusal("postgresql://db/hr?service=main")?.contains("service") == true)
    #expect(refusal("postgresql:///hr?user=a@b&host=c:d@e")?.contains("%40") == true)
    #expect(refusal("postgresql://wanda%40example.org@localhost/hr") == nil)
  }

  static let localAddresses = [
    "postgresql:///hr", "postgresql://localhost/hr", "postgresql://127.0.0.1/hr", "postgresql://127.8.0.1/hr",
    "postgresql://[::1]/hr", "postgresql://%2Fvar%2Frun%2Fpostgresql/hr", "postgresql:///hr?host=/tmp",
    "postgresql://db.example.org/hr?hostaddr=127.0.0.1", "postgresql://localhost,127.0.0.1/hr",
  ]

  @Test("a server of this machine needs no encryption", arguments: localAddresses)
  func local(_ text: String) throws {
    let found = try address(text)
    #expect(found.isLocal)
    #expect(found.parameters["sslmode"] == nil)
    let separator = text.contains("?") ? "&" : "?"
    #expect(try address(text + separator + "sslmode=disable").parameters["sslmode"] == "disable")
  }

  static let remoteAddresses = [
    "postgresql://db.example.org/hr", "postgresql://10.0.0.1/hr", "postgresql://127.0.0.1.example.org/hr",
    "postgresql://localhost.example.org/hr", "postgresql://[2001:db8::1]/hr", "postgresql://127.1/hr",
    "postgresql://localhost,db.example.org/hr", "postgresql://localhost/hr?hostaddr=10.0.0.1",
    "postgresql:///hr?host=db.example.org",
  ]

  @Test("another machine's certificate is verified, and nothing goes unencrypted", arguments: remoteAddresses)
  func remote(_ text: String) throws {
    let found = try address(text)
    #expect(!found.isLocal)
    #expect(found.parameters["sslmode"] == "verify-full")
    #expect(found.parameters["gssencmode"] == "disable")
    let separator = text.contains("?") ? "&" : "?"
    for mode in ["disable", "allow", "prefer", "nonsense"] {
      #expect(refusal(text + separator + "sslmode=" + mode)?.contains("not encrypted") == true, "\(mode)")
      #expect(refusal(text, ["sslmode": mode])?.contains("not encrypted") == true, "\(mode)")
    }
    for mode in ["require", "verify-ca"] {
      #expect(try address(text + separator + "sslmode=" + mode).parameters["sslmode"] == mode)
    }
    #expect(
      try address(text + separator + "sslmode=verify-full", ["sslmode": "require"]).parameters["sslmode"]
        == "verify-full")
  }

  @Test("the certificate that is asked for, else the user's, else those that the system trusts")
  func certificates() throws {
    let remote = "postgresql://db.example.org/hr"
    #expect(try address(remote + "?sslrootcert=/etc/own.crt").parameters["sslrootcert"] == "/etc/own.crt")
    #expect(try address(remote, ["sslrootcert": "/etc/env.crt"]).parameters["sslrootcert"] == "/etc/env.crt")
    let folder = try WorkFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/.postgresql", withIntermediateDirectories: true)
    try folder.file(".postgresql/root.crt", "")
    #expect(try address(remote, home: folder.path).parameters["sslrootcert"] == nil)
    let trusted = try address(remote).parameters["sslrootcert"]
    #expect(trusted == "system" || trusted.map { FileManager.default.fileExists(atPath: $0) } ?? true)
  }

  @Test(
    "the address counts before the environment, and a host of the environment is judged like one of the address"
  )
  func environment() throws {
    let found = try address("postgresql:///hr", ["host": "db.example.org", "user": "wanda", "port": "5555"])
    #expect(!found.isLocal)
    #expect(found.name == "postgresql://wanda@db.example.org:5555/hr")
    let own = try address(
      "postgresql://anna@localhost:5432/hr", ["host": "db", "user": "wanda", "port": "5555"])
    #expect(own.isLocal)
    #expect(own.name == "postgresql://anna@localhost:5432/hr")
    #expect(try address("postgresql:///hr", ["password": "hunter2"]).name == "postgresql:///hr")
  }

  @Test("a password file must be there, and its owner's alone")
  func passwordFile() throws {
    let folder = try WorkFolder()
    let good = try folder.file("good", "")
    let open = try folder.file("open", "", mode: 0o644)
    let group = try folder.file("group", "", mode: 0o640)
    #expect(refusal("postgresql:///hr?passfile=\(good)") == nil)
    #expect(refusal("postgresql:///hr?passfile=\(open)")?.contains("chmod 600 \(open)") == true)
    #expect(refusal("postgresql:///hr", ["passfile": group])?.contains("chmod 600 \(group)") == true)
    #expect(refusal("postgresql:///hr?passfile=\(folder.path)/none")?.contains("cannot be read") == true)
    #expect(refusal("postgresql:///hr?passfile=\(folder.path)")?.contains("not a file") == true)
    try folder.file(".pgpass", "", mode: 0o604)
    #expect(refusal("postgresql:///hr", home: folder.path)?.contains("chmod 600") == true)
    // Where there is a password already, no file is read.
    #expect(refusal("postgresql:///hr", ["password": "x"], home: folder.path) == nil)
  }
}
