import Foundation
import TestSupport
import Testing

/// `tandem-calendar mail`, as built, against Dovecot on loopback.
@Suite struct MailTests {
  private let desk: WorkFolder
  private let server: WorkFolder

  init() throws {
    desk = try WorkFolder()
    server = try WorkFolder()
  }

  private func mail(
    _ peer: StandInServer, _ more: [String] = ["--tls", "implicit"], password: String = "geheim:ß€"
  ) async throws -> BuiltTool.Run {
    try await CalendarTool.run(
      [
        "mail", "--imap", "127.0.0.1:\(peer.port)", "--to", desk.path + "/mails", "--roots",
        server.path + "/cert.pem",
      ] + more,
      environment: ["TANDEM_IMAP_USER": "hr", "TANDEM_IMAP_PASSWORD": password])
  }

  /// Another client: Python's.
  private func client(_ peer: StandInServer, _ more: [String]) throws -> String {
    let run = try Program.run(
      try Python.path(),
      [
        Repository.path + "/Tests/TestSupport/Servers/imap_client.py", "\(peer.port)",
        server.path + "/cert.pem",
      ] + more)
    #expect(run.status == 0, "\(run.text)")
    return run.text
  }

  private func message(_ number: Int, _ body: String = "Yes\r\n") throws -> String {
    try desk.file(
      "\(number).eml",
      "From: p\(number)@example.com\r\nTo: hr@example.com\r\nSubject: Re: \(number)\r\n\r\n\(body)")
  }

  @Test func eachMailIsCopiedOnceAndNothingChanges() async throws {
    let peer = try StandInServer(.imap, folder: server.path, ["implicit"])
    // What would end an answer, if its length were not counted.
    let tricky =
      "* 1 FETCH (UID 9 BODY[] {3}\r\nT4 OK done\r\n)\r\n{5}\r\nümlaut\r\n"
      + String(repeating: "x", count: 100_000) + "\r\n"
    let files = try [message(1), message(2, tricky), message(3)]
    _ = try client(peer, ["append"] + files)
    let run = try await mail(peer)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors == "note: 3 new mails copied from INBOX\n")
    let names = desk.names("mails").filter { $0.hasSuffix(".eml") }
    #expect(names.count == 3)
    #expect(
      try Set(names.map { try desk.bytes("mails/" + $0) })
        == Set(files.map { try Array(Data(contentsOf: URL(fileURLWithPath: $0))) }))
    let mode = try FileManager.default.attributesOfItem(atPath: desk.path + "/mails/" + names[0])[
      .posixPermissions]
    #expect(mode as? Int == 0o600)
    #expect(
      try client(peer, ["flags"]).split(separator: "\n").allSatisfy {
        !$0.contains("Seen") && !$0.contains("Deleted")
      })
    // Dovecot takes \Recent from a mail when somebody opens the mailbox to change it: nobody did.
    #expect(try client(peer, ["flags"]).components(separatedBy: "\\Recent").count == 4)
    #expect(try await mail(peer).errors == "note: 0 new mails copied from INBOX\n")
    _ = try client(peer, ["append", message(4)])
    // What was read and filed away stays known.
    try FileManager.default.removeItem(atPath: desk.path + "/mails/" + names[0])
    #expect(try await mail(peer).errors == "note: 1 new mail copied from INBOX\n")
    #expect(desk.names("mails").filter { $0.hasSuffix(".eml") }.count == 3)
  }

  @Test func aMailboxThatWasMadeAnewIsReadAgain() async throws {
    let peer = try StandInServer(.imap, folder: server.path, ["implicit"])
    _ = try client(peer, ["renew", message(1), message(2)])
    let box = ["--tls", "implicit", "--mailbox", "Box"]
    #expect(try await mail(peer, box).errors == "note: 2 new mails copied from Box\n")
    // UIDVALIDITY is a time in seconds.
    try await Task.sleep(for: .milliseconds(1100))
    _ = try client(peer, ["renew", message(3)])
    let run = try await mail(peer, box)
    #expect(run.status == 0)
    #expect(
      run.errors
        == "warning: the mailbox Box was made anew on the server: all its mails were copied again\nnote: 1 new mail copied from Box\n"
    )
    #expect(desk.names("mails").filter { $0.hasSuffix(".eml") }.count == 3)
  }

  @Test func overSTARTTLSAndWithAToken() async throws {
    try server.file("token", "access-1", mode: 0o644)
    let peer = try StandInServer(.imap, folder: server.path)
    let plain = try await mail(peer, [])
    #expect(plain.status == 0, "\(plain.errors)")
    let web = try WorkFolder()
    let login = try StandInServer(.web, folder: web.path)
    let account = try desk.file(
      "account",
      "user: hr@example.com\nclient: app\nsecret: s3cret\nmail-scope: x\ntoken-url: http://127.0.0.1:\(login.port)/token\n"
    )
    let run = try await CalendarTool.run([
      "mail", "--imap", "127.0.0.1:\(peer.port)", "--to", desk.path + "/mails", "--roots",
      server.path + "/cert.pem", "--oauth2", account,
    ])
    #expect(run.status == 0, "\(run.errors)")
    #expect(try web.text("access") == "access-1")
    // The next token is not the one that the mail server knows.
    try FileManager.default.removeItem(atPath: account + ".token")
    let refused = try await CalendarTool.run([
      "mail", "--imap", "127.0.0.1:\(peer.port)", "--to", desk.path + "/mails", "--roots",
      server.path + "/cert.pem", "--oauth2", account,
    ])
    #expect(refused.status == 69)
    #expect(refused.errors.hasPrefix("error: the mail server rejects the login"), "\(refused.errors)")
  }

  @Test func whatGoesWrongIsNamed() async throws {
    let peer = try StandInServer(.imap, folder: server.path, ["implicit"])
    let wrong = try await mail(peer, password: "falsch")
    #expect(wrong.status == 69)
    #expect(
      wrong.errors.hasPrefix("error: the mail server rejects the login: it answered "), "\(wrong.errors)")
    let nowhere = try await mail(peer, ["--tls", "implicit", "--mailbox", "Nirgends & \"ü\""])
    #expect(nowhere.status == 66)
    #expect(
      nowhere.errors.hasPrefix("error: the mailbox 'Nirgends & \"ü\"' cannot be read: "), "\(nowhere.errors)")
    let untrusted = try await CalendarTool.run(
      ["mail", "--imap", "127.0.0.1:\(peer.port)", "--to", desk.path + "/mails", "--tls", "implicit"],
      environment: ["TANDEM_IMAP_USER": "hr", "TANDEM_IMAP_PASSWORD": "geheim:ß€"])
    #expect(untrusted.status == 69)
    #expect(untrusted.errors.hasPrefix("error: the mail server is not trusted: "), "\(untrusted.errors)")
    #expect(
      try await CalendarTool.run(["mail", "--imap", "127.0.0.1:\(peer.port)", "--to", desk.path + "/m"])
        .status == 64)
  }
}
