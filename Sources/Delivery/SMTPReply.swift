/// What an SMTP server answers: a code and its lines (RFC 5321, section 4.2).
package struct SMTPReply: Hashable, Sendable {
  package var code: Int
  package var lines: [String]

  package var isGood: Bool { (200..<400).contains(code) }
  /// The server may take it later.
  package var isTransient: Bool { (400..<500).contains(code) }

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
  /// The server cannot be reached, or went away.
  case connection(String)
  /// What listens there does not speak SMTP.
  case noSMTP(String)
  /// It offers no STARTTLS.
  case noTLS
  /// Its certificate is not to be trusted, or TLS cannot be begun.
  case certificate(String)
  /// The user and password are refused, or there is no way to give them.
  case noLogin(String)
  /// It answered so to a command.
  case refused(SMTPReply)

  /// Lower case: what is wrong, and what to do.
  package var message: String {
    switch self {
    case .connection(let reason): "the mail server cannot be reached: \(reason)"
    case .noSMTP(let text): "the server there does not speak SMTP ('\(text)'); check host and port"
    case .noTLS:
      "the mail server offers no STARTTLS; nothing is sent unencrypted without --plain"
    case .certificate(let reason):
      "the mail server is not trusted: \(reason); name its authority's certificate with --roots"
    case .noLogin(let reason): "the mail server rejects the login: \(reason)"
    case .refused(let reply): "the mail server answered \(reply.text)"
    }
  }

  /// Whether trying again may help.
  package var isTransient: Bool {
    switch self {
    case .connection: true
    case .refused(let reply): reply.isTransient
    case .noSMTP, .noTLS, .certificate, .noLogin: false
    }
  }
}
