import Foundation
import TestSupport
import Testing

@Suite struct PostgresServerTests {
  @Test("a server that is released leaves neither process nor file") func released() throws {
    var server: PostgresServer? = try PostgresServer()
    let folder = try #require(server?.folder)
    #expect(try server?.psql("SELECT 1").text == "1\n")
    let state = try String(contentsOfFile: folder + "/data/postmaster.pid", encoding: .utf8)
    let process = try #require(state.split(separator: "\n").first.flatMap { pid_t($0) })
    #expect(kill(process, 0) == 0)
    server = nil
    #expect(kill(process, 0) != 0)
    #expect(!FileManager.default.fileExists(atPath: folder))
  }

  @Test("a server that crashed starts again with what it had") func restarted() throws {
    let server = try PostgresServer()
    let database = try server.makeDatabase()
    server.stop("QUIT")
    #expect(try server.psql("SELECT 1", in: database).status != 0)
    try server.start()
    #expect(try server.psql("SELECT 1", in: database).text == "1\n")
  }
}
