import Basics
import Foundation
import Programme
import RecordStream
import TestSupport
import Testing

/// `tandem-invite send`, as built, against a real mail server on loopback.
@Suite struct SendTests {
  private let desk: WorkFolder
  private let server: WorkFolder

  init() throws {
    desk = try WorkFolder()
    server = try WorkFolder()
  }

  /// Twelve mails to four people.
  private func fillOutbox() throws -> String {
    let outbox = desk.path + "/outbox"
    let run = InviteTool.run(
      ["--outbox", outbox, "--now", "2026-10-01T08:00:00Z", "--format", "table"],
      input: try SampleStream().text)
    #expect(run.status == 0, "\(run.errors)")
    #expect(desk.names("outbox/new").count == 12)
    return outbox
  }

  private func start(_ ways: [String] = [], rules: String = "") throws -> StandInServer {
    try server.file("rules", rules)
    return try StandInServer(.smtp, folder: server.path, ways)
  }

  private func send(
    _ peer: StandInServer, _ outbox: String, _ more: [String] = ["--plain"], host: String = "127.0.0.1",
    environment: [String: String] = [:]
  ) throws -> InviteTool.Run {
    try InviteTool.runBuilt(
      ["send", "--smtp", "\(host):\(peer.port)", "--outbox", outbox] + more, environment: environment)
  }

  private func recipients() throws -> [String] {
    try server.text("envelopes").split(separator: "\n").map { String($0.split(separator: " ")[2]) }.sorted()
  }

  private func deliveries(_ status: String) throws -> [JSONValue] {
    try desk.bytes("outbox/deliveries.ndjson").split(separator: 10).map { try JSONValue(parsing: $0) }
      .filter { $0["status"]?.string == status }
  }

  @Test func overTLSWithALoginEachMailArrivesOnceAsItIs() throws {
    let outbox = try fillOutbox()
    let mails = desk.names("outbox/new")
    let peer = try start(["tls", "auth"])
    let login = try desk.file("login", "hr\ngeheim:ß€\n")
    for round in 0..<2 {
      let run = try send(peer, outbox, ["--roots", server.path + "/cert.pem", "--credentials", login])
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.errors == "note: \(round == 0 ? 12 : 0) sent, 0 failed, 0 waiting, 0 uncertain\n")
      #expect(server.names("mails").count == 12)
    }
    #expect(desk.names("outbox/sent") == mails)
    let arrived = try Set(server.names("mails").map { try server.text("mails/" + $0) })
    #expect(try arrived == Set(mails.map { try desk.text("outbox/sent/" + $0) }))
    for line in try server.text("envelopes").split(separator: "\n") {
      let fields = line.split(separator: " ")
      #expect(fields[1].hasPrefix("tandem@"))
      #expect(fields[3...] == ["True", "True"])
    }
    let told = try deliveries("sent")
    #expect(Set(told.compactMap { $0["file"]?.string }) == Set(mails))
    #expect(told.allSatisfy { $0["reply"]?.string?.hasPrefix("250 2.0.0 queued as ") == true })
    #expect(told.count { $0["recipient"]?.string == "p1@de.example.com" } == 3)
  }

  @Test func aLoginFromTheEnvironmentAndAWrongOne() throws {
    let outbox = try fillOutbox()
    let peer = try start(["tls", "auth"])
    let roots = ["--roots", server.path + "/cert.pem"]
    let wrong = try send(
      peer, outbox, roots, environment: ["TANDEM_SMTP_USER": "hr", "TANDEM_SMTP_PASSWORD": "x"])
    #expect(wrong.status == 69)
    #expect(
      wrong.errors.hasPrefix(
        "error: the mail server rejects the login: it answered 535 5.7.8 Authentication credentials invalid; check user "
          + "and password; 12 mails wait\n"), "\(wrong.errors)")
    #expect(!wrong.errors.contains("\"x\""))
    let half = try send(peer, outbox, roots, environment: ["TANDEM_SMTP_USER": "hr"])
    #expect(half.status == 64)
    let open = try desk.file("open", "hr\ngeheim:ß€\n", mode: 0o644)
    let readable = try send(peer, outbox, roots + ["--credentials", open])
    #expect(readable.status == 66)
    #expect(
      readable.errors
        == "\(open): error: others may read it: change its mode with chmod 600, and the password, too\n")
    let plain = try send(
      peer, outbox, ["--plain"], environment: ["TANDEM_SMTP_USER": "hr", "TANDEM_SMTP_PASSWORD": "geheim:ß€"])
    #expect(plain.status == 64)
    #expect(server.names("mails").isEmpty)
    let right = try send(
      peer, outbox, roots, host: "localhost",
      environment: ["TANDEM_SMTP_USER": "hr", "TANDEM_SMTP_PASSWORD": "geheim:ß€"])
    #expect(right.status == 0, "\(right.errors)")
    #expect(server.names("mails").count == 12)
  }

  /// RFC 8314: TLS from the first byte.
  @Test func implicitTLS() throws {
    let outbox = try fillOutbox()
    let peer = try start(["implicit", "auth"])
    let login = try desk.file("login", "hr\ngeheim:ß€\n")
    let secure = ["--roots", server.path + "/cert.pem", "--credentials", login]
    let run = try send(peer, outbox, secure + ["--tls", "implicit"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(server.names("mails").count == 12)
    for line in try server.text("envelopes").split(separator: "\n") {
      #expect(line.split(separator: " ")[3...] == ["True", "True"])
    }
  }

  /// What Microsoft 365 and Google take: SASL XOAUTH2, with a token that the login server gave.
  @Test func withATokenOfOAuth2() throws {
    let outbox = try fillOutbox()
    let web = try WorkFolder()
    let login = try StandInServer(.web, folder: web.path)
    let peer = try start(["tls", "token"])
    try server.file("token", "access-1")
    let account = try desk.file(
      "account",
      "user: hr@example.com\nclient: app\nmail-scope: https://outlook.office365.com/.default\n"
        + "token-url: http://127.0.0.1:\(login.port)/token\n")
    let secure = ["--roots", server.path + "/cert.pem", "--oauth2", account]
    let run = try send(peer, outbox, secure, environment: ["TANDEM_OAUTH2_SECRET": "s3cret"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(server.names("mails").count == 12)
    #expect(try web.text("requests") == "POST /token\n")
    for line in try server.text("envelopes").split(separator: "\n") {
      #expect(line.split(separator: " ")[3...] == ["True", "True"])
    }
    // A token that the mail server does not take.
    try FileManager.default.removeItem(atPath: outbox)
    _ = try fillOutbox()
    try server.file("token", "another")
    let refused = try send(peer, outbox, secure, environment: ["TANDEM_OAUTH2_SECRET": "s3cret"])
    #expect(refused.status == 69)
    #expect(
      refused.errors.hasPrefix(
        "error: the mail server rejects the login: it refuses the token ({\"status\":\"401\","),
      "\(refused.errors)")
    #expect(desk.names("outbox/new").count == 12)
    // Never in the clear.
    #expect(
      try send(peer, outbox, ["--plain"] + secure, environment: ["TANDEM_OAUTH2_SECRET": "s3cret"]).status
        == 64)
  }

  /// Handshake, trust, login and policy are different messages, since different people can help.
  @Test func aHandshakeThatFailsIsNotAQuestionOfTrust() throws {
    let outbox = try fillOutbox()
    let peer = try start(["tls"])
    let run = try send(peer, outbox, ["--tls", "implicit"])
    #expect(run.status == 69)
    #expect(run.errors.hasPrefix("error: no encrypted connection to the mail server: "), "\(run.errors)")
    #expect(run.errors.contains("check the port, and whether it begins with TLS"))
    #expect(desk.names("outbox/new").count == 12)
  }

  @Test func whatThePolicyForbidsIsNoQuestionOfThePassword() throws {
    let outbox = try fillOutbox()
    let disabled = try start(["tls", "auth", "disabled"])
    let login = try desk.file("login", "hr\ngeheim:ß€\n")
    let secure = ["--roots", server.path + "/cert.pem", "--credentials", login]
    let run = try send(disabled, outbox, secure)
    #expect(run.status == 69)
    #expect(
      run.errors.hasPrefix(
        "error: the mail server's policy forbids it: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is "
          + "disabled for the Tenant.; log in with --oauth2, or ask its administrator; 12 mails wait\n"),
      "\(run.errors)")
    // Not twelve failures: none of these mails is at fault.
    let denied = try send(try start(["sender"]), outbox)
    #expect(denied.status == 69)
    #expect(denied.errors.contains("policy forbids it: 554 5.2.252 SendAsDenied"), "\(denied.errors)")
    #expect(desk.names("outbox/new").count == 12)
    #expect(desk.names("outbox/failed").isEmpty)
  }

  @Test func whoMustLogInIsTold() throws {
    let outbox = try fillOutbox()
    let peer = try start(["tls", "auth"])
    let run = try send(peer, outbox, ["--roots", server.path + "/cert.pem"])
    #expect(run.status == 69)
    #expect(
      run.errors.hasPrefix("error: the mail server rejects the login: it answered 530 "), "\(run.errors)")
    #expect(desk.names("outbox/new").count == 12)
  }

  @Test func aCertificateThatNobodyVouchesForIsRefused() throws {
    let outbox = try fillOutbox()
    let peer = try start(["tls"])
    let run = try send(peer, outbox, [])
    #expect(run.status == 69)
    #expect(run.errors.hasPrefix("error: the mail server is not trusted: "), "\(run.errors)")
    #expect(server.names("mails").isEmpty)
    #expect(desk.names("outbox/new").count == 12)
  }

  @Test func withoutTLSNothingIsSentUnasked() throws {
    let outbox = try fillOutbox()
    let peer = try start()
    let run = try send(peer, outbox, [])
    #expect(run.status == 69)
    #expect(
      run.errors.hasPrefix(
        "error: the mail server offers no STARTTLS; nothing is sent unencrypted without --plain; 12 mails wait\n"
      ), "\(run.errors)")
    #expect(server.names("mails").isEmpty)
    #expect(try send(peer, outbox).status == 0)
    #expect(server.names("mails").count == 12)
  }

  @Test func whatIsRefusedForATimeGoesLaterAndWhatIsRefusedForGoodIsNamed() throws {
    let outbox = try fillOutbox()
    let peer = try start(rules: "p1@de.example.com later\np2@pl.example.com refuse\n")
    let run = try send(peer, outbox)
    #expect(run.status == 65)
    #expect(run.errors.hasSuffix("note: 9 sent, 3 failed, 0 waiting, 0 uncertain\n"), "\(run.errors)")
    #expect(
      run.errors.split(separator: "\n").count {
        $0.contains("/outbox/failed/p2-pl-example-com_")
          && $0.hasSuffix(
            ".eml: error: to p2@pl.example.com was rejected permanently: 550 5.1.1 no such user here")
      } == 3)
    #expect(try recipients().count { $0 == "p1@de.example.com" } == 3)
    #expect(try deliveries("waiting").count == 1)
    #expect(try deliveries("failed").count == 3)
    #expect(desk.names("outbox/failed").count == 6)
    let again = try send(peer, outbox)
    #expect(again.status == 0)
    #expect(server.names("mails").count == 9)
  }

  @Test func whatTheServerWillNotTakeNowWaitsForAnotherRun() throws {
    let outbox = try fillOutbox()
    let peer = try start(rules: "p1@de.example.com later\n")
    let run = try send(peer, outbox, ["--plain", "--attempts", "1"])
    #expect(run.status == 69)
    #expect(
      run.errors.contains("to p1@de.example.com waits for another run: 451 4.7.1 greylisted, try again\n"))
    #expect(desk.names("outbox/new").count == 1)
    #expect(try send(peer, outbox).status == 0)
    #expect(server.names("mails").count == 12)
  }

  @Test func aServerThatDiesInTheMidstOfAMailGetsNothingTwice() throws {
    let outbox = try fillOutbox()
    let peer = try start(rules: "p1@pl.example.com die\n")
    let run = try send(peer, outbox)
    let uncertain = desk.names("outbox/sending")
    #expect(uncertain.count + server.names("mails").count == 12)
    #expect(run.status == (uncertain.isEmpty ? 0 : 65), "\(run.errors)")
    let second = try send(peer, outbox)
    #expect(desk.names("outbox/sending") == uncertain)
    #expect(second.errors.contains("0 sent, 0 failed, 0 waiting, \(uncertain.count) uncertain"))
    // Asked for, they go.
    #expect(try send(peer, outbox, ["--plain", "--again"]).status == 0)
    #expect(server.names("mails").count == 12)
    #expect(Set(try recipients()).count == 4)
  }

  @Test func nobodyListensThere() throws {
    let outbox = try fillOutbox()
    let run = try InviteTool.runBuilt(
      ["send", "--smtp", "127.0.0.1:1", "--outbox", outbox, "--attempts", "2", "--plain"])
    #expect(run.status == 69)
    #expect(run.errors.hasPrefix("error: the mail server cannot be reached: "), "\(run.errors)")
    #expect(desk.names("outbox/new").count == 12)
    for bad in ["x", "x:0", "x:70000", ":25", "a b:25", "a/b:25"] {
      #expect(try InviteTool.runBuilt(["send", "--smtp", bad, "--outbox", outbox]).status == 64, "\(bad)")
    }
  }

  /// Killed at any time: what may have arrived is in `sending` and stays there, all else is sent once.
  @Test(arguments: [0, 3, 7]) func aKilledRunSendsNothingTwice(mails: Int) throws {
    let outbox = try fillOutbox()
    let peer = try start(["slow"])
    let process = try InviteTool.start(
      ["send", "--smtp", "127.0.0.1:\(peer.port)", "--outbox", outbox, "--plain"], in: desk)
    while process.isRunning, server.names("mails").count < mails { usleep(5000) }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let run = try send(peer, outbox)
    let uncertain = desk.names("outbox/sending")
    #expect(uncertain.count <= 1)
    #expect(run.errors.contains("\(uncertain.count) uncertain"))
    #expect(desk.names("outbox/sent").count == 12 - uncertain.count)
    let arrived = try server.names("mails").map { try server.text("mails/" + $0) }
    #expect(Set(arrived).count == arrived.count)
    #expect((12 - uncertain.count...12).contains(arrived.count))
  }
}
