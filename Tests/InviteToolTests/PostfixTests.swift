import Foundation
import TestSupport
import Testing

/// `tandem-invite send` against Postfix, the mail server of most machines, with Dovecot for the logins.
@Suite(.optIn(.servers)) struct PostfixTests {
  private let desk: WorkFolder
  private let server: WorkFolder

  init() throws {
    desk = try WorkFolder()
    server = try WorkFolder()
  }

  private func fillOutbox() throws -> String {
    let outbox = desk.path + "/outbox"
    let run = InviteTool.run(
      ["--outbox", outbox, "--now", "2026-10-01T08:00:00Z", "--format", "table"],
      input: try SampleStream().text)
    #expect(run.status == 0, "\(run.errors)")
    return outbox
  }

  private func send(_ peer: StandInServer, _ outbox: String, _ more: [String]) throws -> InviteTool.Run {
    try InviteTool.runBuilt(
      ["send", "--smtp", "127.0.0.1:\(peer.port)", "--outbox", outbox, "--roots", server.path + "/cert.pem"]
        + more)
  }

  /// What arrived, when the queue is empty.
  private func arrived(_ count: Int) -> [String] {
    func mails() -> [String] { server.names("mails").filter { $0.hasSuffix(".eml") } }
    for _ in 0..<300 where mails().count < count { usleep(100_000) }
    return mails()
  }

  @Test(arguments: ["starttls", "implicit"]) func withAPassword(_ security: String) throws {
    let outbox = try fillOutbox()
    let peer = try StandInServer(.postfix, folder: server.path, security == "implicit" ? ["implicit"] : [])
    let wrong = try desk.file("wrong", "hr\nfalsch\n")
    let refused = try send(peer, outbox, ["--tls", security, "--credentials", wrong])
    #expect(refused.status == 69)
    #expect(
      refused.errors.hasPrefix("error: the mail server rejects the login: it answered 535 5.7.8 "),
      "\(refused.errors)")
    #expect(desk.names("outbox/new").count == 12)
    let login = try desk.file("login", "hr\ngeheim:ß€\n")
    let run = try send(peer, outbox, ["--tls", security, "--credentials", login])
    #expect(run.errors == "note: 12 sent, 0 failed, 0 waiting, 0 uncertain\n")
    let mails = try arrived(12).map { try server.text("mails/" + $0) }
    #expect(mails.count == 12)
    #expect(mails.allSatisfy { $0.contains("Auto-Submitted: auto-generated") })
  }

  @Test func withAToken() throws {
    let outbox = try fillOutbox()
    let web = try WorkFolder()
    let login = try StandInServer(.web, folder: web.path)
    try server.file("token", "access-1")
    let peer = try StandInServer(.postfix, folder: server.path)
    let account = try desk.file(
      "account",
      "user: hr@example.com\nclient: app\nsecret: s3cret\nmail-scope: x\n"
        + "token-url: http://127.0.0.1:\(login.port)/token\n")
    let run = try send(peer, outbox, ["--oauth2", account])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors == "note: 12 sent, 0 failed, 0 waiting, 0 uncertain\n")
    #expect(arrived(12).count == 12)
  }
}
