import Foundation
import TestSupport
import Testing

@Suite struct PasswordTests {
  @Test("a server's password comes from the environment and is written nowhere")
  func environment() async throws {
    let server = try PostgresServer.shared()
    let database = try server.makeDatabase()
    let role = try server.makeRole("wanda", "PASSWORD 'hunter2' IN ROLE \(PostgresServer.passwordGroup)")
    try server.administer("GRANT CREATE ON DATABASE \(database) TO \(role)")
    let work = try WorkFolder()
    let words = [
      "init", "term", "--region", "pl", "--cohort", "2026-autumn", "--store",
      server.address(database, as: role),
    ]
    let wrong = try await BuiltTool("tandem").run(
      words, in: work.path, environment: ["PGPASSWORD": "hunter1"])
    #expect(wrong.status != 0 && wrong.errors.contains("password authentication failed"), "\(wrong.errors)")
    let made = try await BuiltTool("tandem").run(words, in: work.path, environment: ["PGPASSWORD": "hunter2"])
    #expect(made.status == 0, "\(made.errors)")
    #expect(
      !(try String(contentsOfFile: work.path + "/term/programme.json", encoding: .utf8)).contains("hunter2"))
  }
}
