/// What an SMTP server answers: a code and its lines (RFC 5321, section 4.2).
package struct SMTPReply: Hashable, Sendable {
  package var code: Int
  package var lines: [String]

  package var isGood: Bool { (200..<400).contains(code) }
  /// The server may take it later.
  package var isTransient: Bool { (400..<500).contains(code) }

  /// The enhanced status code (RFC 3463) of its first line: `5.7.1`.
  package var enhanced: String? {
    guard let word = lines.first?.split(separator: " ").first,
      word.split(separator: ".", omittingEmptySubsequences: false).count == 3,
      word.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") })
    else { return nil }
    return String(word)
  }

  /// A rule of the server's owner forbids it to this sender or this kind of login, so that every further mail would be refused
  /// as well: SMTP AUTH is turned off for the tenant or the mailbox (5.7.139), an app password or a consent is missing
  /// (5.7.9, 5.7.14), the user may not send as this sender (5.7.60, SendAsDenied), unencrypted mail is not taken (5.7.10).
  var isPolicy: Bool {
    guard code >= 500 else { return false }
    let named: Set = ["5.7.139", "5.7.9", "5.7.10", "5.7.14", "5.7.60", "5.7.708"]
    return enhanced.map(named.contains) == true || lines.contains { $0.contains("SendAsDenied") }
  }

  /// `550 no such user`.
  package var text: String { "\(code) \(lines.joined(separator: " "))" }

  /// Longer ones are no SMTP.
  static let longest = 1 << 16

  /// Takes one whole reply from the front of the bytes; nil where it has not all come yet.
  ///
  /// - Throws: `SMTPError.noSMTP` for bytes that are no reply.
  static func take(from bytes: inout [UInt8]) throws(SMTPError) -> SMTPReply? {
    var lines: [String] = []
    var start = 0
    while let feed = bytes[start...].firstIndex(of: 10) {
      var line = bytes[start..<feed]
      if line.last == 13 { line = line.dropLast() }
      start = feed + 1
      guard let code = Int(String(decoding: line.prefix(3), as: UTF8.self)), (200..<600).contains(code)
      else {
        throw .noSMTP(String(decoding: line.prefix(80), as: UTF8.self))
      }
      lines.append(String(decoding: line.dropFirst(4), as: UTF8.self))
      if line.dropFirst(3).first != UInt8(ascii: "-") {
        bytes.removeFirst(start)
        return SMTPReply(code: code, lines: lines)
      }
    }
    if bytes.count > longest { throw .noSMTP("an endless reply") }
    return nil
  }
}

/// Why mails could not be handed over.
package enum SMTPError: Error, Hashable, Sendable {
  /// There was no session, or it was cut off.
  case connection(ConnectionError)
  /// What listens there does not speak SMTP.
  case noSMTP(String)
  /// It offers no STARTTLS.
  case noTLS
  /// The user and password are refused, or there is no way to give them.
  case noLogin(String)
  /// A rule of its owner forbids what we ask for.
  case policy(SMTPReply)
  /// It answered so to a command.
  case refused(SMTPReply)

  /// Lower case: what is wrong, and what to do.
  package var message: String {
    switch self {
    case .connection(let error): error.message(of: "mail server")
    case .noSMTP(let text): "the server there does not speak SMTP ('\(text)'); check host and port"
    case .noTLS:
      "the mail server offers no STARTTLS; nothing is sent unencrypted without --plain"
    case .noLogin(let reason): "the mail server rejects the login: \(reason)"
    case .policy(let reply):
      "the mail server's policy forbids it: \(reply.text); log in with --oauth2, or ask its administrator"
    case .refused(let reply): "the mail server answered \(reply.text)"
    }
  }

  /// Whether trying again may help.
  package var isTransient: Bool {
    switch self {
    case .connection(.unreachable): true
    case .refused(let reply): reply.isTransient
    case .connection, .noSMTP, .noTLS, .noLogin, .policy: false
    }
  }
}
