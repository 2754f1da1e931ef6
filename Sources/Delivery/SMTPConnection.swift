import CLibCurl
import Foundation
package import Mailing

/// One session with a mail server (RFC 5321) through libcurl: greeting, TLS from the first byte (RFC 8314) or by STARTTLS
/// (RFC 3207), AUTH (RFC 4954) with a password or XOAUTH2, and mails one by one over the same connection.
package final class SMTPConnection {
  package struct Server: Sendable {
    package var host: String
    package var port: Int
    /// Where the server wants one.
    package var login: Login?
    package var security: TransportSecurity
    /// A PEM file with the certificates to trust instead of the system's.
    package var roots: String?
    /// Seconds for each answer (RFC 5321, section 4.5.3.2, asks for five minutes).
    package var patience: Int

    package init(
      host: String, port: Int, login: Login? = nil, security: TransportSecurity? = nil,
      roots: String? = nil, patience: Int = 300
    ) {
      self.host = host
      self.port = port
      self.login = login
      self.security = security ?? (port == 465 ? .implicit : .startTLS)
      self.roots = roots
      self.patience = patience
    }
  }

  /// How far a mail got.
  package enum Outcome: Hashable, Sendable {
    case accepted(SMTPReply)
    case refused(SMTPReply)
    /// It was handed over, and no answer came: the server may have it or not.
    case uncertain(String)
  }

  private let server: Server
  private let transfer: Transfer

  /// Connects with the first mail.
  ///
  /// - Throws: `SMTPError.noLogin` for a password that would go in the clear.
  package init(_ server: Server) throws(SMTPError) {
    guard server.login == nil || server.security != .none else {
      throw .noLogin("a password is never sent unencrypted; leave out --plain or the password")
    }
    let settings = Transfer.Settings(
      schemes: "smtp,smtps", login: server.login, roots: server.roots, patience: server.patience)
    guard let transfer = Transfer(settings) else {
      throw .connection(.unreachable("libcurl is out of memory"))
    }
    self.server = server
    self.transfer = transfer
  }

  /// Hands one mail over.
  ///
  /// - Parameter bytes: with CRLF.
  /// - Throws: `SMTPError` where the server went away before the mail's end was sent, or takes no mail at all.
  package func send(
    _ bytes: [UInt8], from sender: MailAddress, to recipient: MailAddress
  ) throws(SMTPError) -> Outcome {
    let host = server.host.contains(":") ? "[\(server.host)]" : server.host
    // An address literal needs no name of this machine that the server could look up.
    let scheme = server.security == .implicit ? "smtps" : "smtp"
    transfer.begin("\(scheme)://\(host):\(server.port)/%5B127.0.0.1%5D")
    transfer.set(CURLOPT_NOPROXY, "*")
    transfer.set(CURLOPT_USE_SSL, server.security.wish)
    if server.login?.isToken == true { transfer.set(CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2") }
    transfer.set(CURLOPT_MAIL_FROM, "<\(sender.address)>")
    transfer.set(CURLOPT_MAIL_RCPT, list: ["<\(recipient.address)>"])
    return try SMTPConnection.outcome(of: transfer.perform(upload: bytes), of: bytes.count)
  }

  /// What is known of the mail after a transfer.
  static func outcome(of result: Transfer.Result, of size: Int) throws(SMTPError) -> Outcome {
    var lines = result.lines
    var last: SMTPReply?
    while let reply = try SMTPReply.take(from: &lines) { last = reply }
    // 354 asks for the mail: where it is the last answer, none came to the mail itself.
    if result.taken > 0, let last, last.code != 354 {
      if last.isPolicy { throw .policy(last) }
      return last.isGood ? .accepted(last) : .refused(last)
    }
    // What could not be written did not arrive whole, whatever became of the rest.
    if result.taken >= size, size > 0, result.code != CURLE_SEND_ERROR {
      return .uncertain("the answer was cut off (\(result.reason))")
    }
    if let last, !last.isGood {
      // What is wrong with the sender or the session is no fault of this mail.
      if last.isPolicy { throw .policy(last) }
      if ["RCPT", "DATA"].contains(result.command), last.code != 421 { return .refused(last) }
      if last.isTransient { throw .refused(last) }
      switch result.command {
      case "AUTH": throw .noLogin("it answered \(last.text); check user and password")
      case "STARTTLS": throw .noTLS
      case _ where last.code == 530:
        throw .noLogin("it answered \(last.text); give --credentials or --oauth2")
      default: throw .refused(last)
      }
    }
    switch result.code {
    case CURLE_LOGIN_DENIED where last?.code == 334:
      // What is wrong with a token is a challenge in base64 (XOAUTH2), which libcurl answers with a goodbye.
      let words = last.flatMap { Data(base64Encoded: $0.lines.joined()) }.map {
        String(decoding: $0, as: UTF8.self)
      }
      throw .noLogin(
        "it refuses the token" + (words.map { " (\($0.prefix(200)))" } ?? "")
          + "; may the account send by SMTP, and does the scope fit?")
    case CURLE_LOGIN_DENIED: throw .noLogin("it offers no supported way to log in")
    case CURLE_USE_SSL_FAILED: throw .noTLS
    case CURLE_WEIRD_SERVER_REPLY: throw .noSMTP(result.reason)
    default: throw .connection(ConnectionError(result) ?? .unreachable(result.reason))
    }
  }
}

/// How a connection is encrypted.
package enum TransportSecurity: String, Hashable, Sendable, CaseIterable {
  /// TLS from the first byte (RFC 8314).
  case implicit
  /// It begins in the clear, and goes on only with TLS.
  case startTLS = "starttls"
  /// Never; then without login, too.
  case none

  /// For libcurl's USE_SSL.
  var wish: Int { Int((self == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL).rawValue) }
}
