import CLibCurl
import Foundation

/// A session with a mail server that only reads (RFC 9051, and RFC 3501 before it): libcurl connects, encrypts and logs in,
/// the commands are ours. A mailbox is opened with EXAMINE and read with BODY.PEEK, so that nothing in it changes.
package final class IMAPConnection {
  package struct Server: Hashable, Sendable {
    package var host: String
    package var port: Int
    package var login: Login
    package var security: TransportSecurity
    /// A PEM file with the certificates to trust instead of the system's.
    package var roots: String?
    /// Seconds for each answer.
    package var patience: Int

    package init(
      host: String, port: Int, login: Login, security: TransportSecurity? = nil, roots: String? = nil,
      patience: Int = 60
    ) {
      self.host = host
      self.port = port
      self.login = login
      self.security = security ?? (port == 993 ? .implicit : .startTLS)
      self.roots = roots
      self.patience = patience
    }
  }

  /// What a server says to one command, without the tagged line at its end.
  struct Answer {
    /// Untagged responses: the line, with each literal in its place as `{n}`, and the literals.
    var responses: [(line: String, literals: [[UInt8]])] = []
    /// Behind OK, NO or BAD.
    var words = ""
    var isGood = false
  }

  private let transfer: Transfer
  private var reader: IMAPReader
  private var count = 0

  /// Connects and logs in.
  ///
  /// - Throws: `IMAPError`.
  package init(_ server: Server) throws(IMAPError) {
    guard server.security != .none else { throw .noLogin("a password is never sent unencrypted") }
    let settings = Transfer.Settings(
      schemes: "imap,imaps", login: server.login, roots: server.roots, patience: server.patience, longest: nil
    )
    guard let transfer = Transfer(settings) else {
      throw .connection(.unreachable("libcurl is out of memory"))
    }
    let host = server.host.contains(":") ? "[\(server.host)]" : server.host
    transfer.begin("\(server.security == .implicit ? "imaps" : "imap")://\(host):\(server.port)/")
    transfer.set(CURLOPT_NOPROXY, "*")
    transfer.set(CURLOPT_USE_SSL, server.security.wish)
    if server.login.isToken { transfer.set(CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2") }
    let result = transfer.open()
    switch result.code {
    case CURLE_OK: break
    case CURLE_LOGIN_DENIED:
      let last = result.lines.split(separator: 10).last.map { String(decoding: $0, as: UTF8.self) } ?? ""
      let words = last.split(separator: " ").dropFirst(2).joined(separator: " ")
        .trimmingCharacters(in: .whitespacesAndNewlines)
      throw .noLogin(words.isEmpty ? result.reason : "it answered \(words.prefix(300))")
    case CURLE_USE_SSL_FAILED: throw .noTLS
    case CURLE_WEIRD_SERVER_REPLY: throw .badAnswer("it does not speak IMAP (\(result.reason))")
    default: throw .connection(ConnectionError(result) ?? .unreachable(result.reason))
    }
    self.transfer = transfer
    reader = IMAPReader()
  }

  /// Carries out one command.
  ///
  /// - Parameters:
  ///   - command: without its tag; nothing of it from outside but through `quoted`.
  ///   - each: gets each response at once, instead of the answer's.
  /// - Throws: `IMAPError.connection`, `.badAnswer`.
  func run(
    _ command: String, each: ((_ line: String, _ literals: [[UInt8]]) throws -> Void)? = nil
  ) throws -> Answer {
    count += 1
    let tag = "T\(count)"
    guard transfer.send(Array("\(tag) \(command)\r\n".utf8)) else { throw gone }
    var answer = Answer()
    while true {
      guard let (line, literals) = try reader.next() else {
        guard let bytes = transfer.receive() else { throw gone }
        reader.add(bytes)
        continue
      }
      if line.hasPrefix(tag + " ") {
        let words = line.dropFirst(tag.count + 1)
        answer.isGood = words.uppercased().hasPrefix("OK")
        answer.words = String(words)
        return answer
      }
      if line.uppercased().hasPrefix("* BYE") {
        throw IMAPError.connection(.unreachable(String(line.dropFirst(2))))
      }
      if let each { try each(line, literals) } else { answer.responses.append((line, literals)) }
    }
  }

  private var gone: IMAPError { .connection(.unreachable("it went away, or said nothing more")) }

  func leave() { _ = try? run("LOGOUT") }

  /// A quoted string (RFC 9051, section 4.3) of a mailbox's name, in modified UTF-7 (RFC 3501, section 5.1.3).
  static func quoted(_ name: String) -> String {
    var result = ""
    var open: [UInt16] = []
    func close() {
      guard !open.isEmpty else { return }
      let bytes = open.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
      let text = Data(bytes).base64EncodedString().replacing("=", with: "").replacing("/", with: ",")
      result += "&\(text)-"
      open = []
    }
    for unit in name.utf16 {
      guard (0x20...0x7E).contains(unit), let scalar = Unicode.Scalar(unit) else {
        open.append(unit)
        continue
      }
      close()
      switch scalar {
      case "&": result += "&-"
      case "\"", "\\": result += "\\\(scalar)"
      default: result.unicodeScalars.append(scalar)
      }
    }
    close()
    return "\"\(result)\""
  }
}

/// Takes whole responses from the bytes of a session; a literal may be in the midst of one (RFC 9051, section 4.3).
struct IMAPReader {
  private var bytes: [UInt8] = []
  private var position = 0
  /// A response that is not whole yet.
  private var line: [UInt8] = []
  private var literals: [[UInt8]] = []
  /// Bytes of a literal that is being read.
  private var wanted: Int?

  /// Of a line; longer ones are no IMAP.
  static let longestLine = 1 << 20
  /// Of one mail.
  static let longestLiteral = 1 << 26

  mutating func add(_ more: [UInt8]) {
    if position > 0 {
      bytes.removeFirst(position)
      position = 0
    }
    bytes += more
  }

  /// nil where more is to come.
  ///
  /// - Throws: `IMAPError.badAnswer`.
  mutating func next() throws(IMAPError) -> (line: String, literals: [[UInt8]])? {
    while true {
      if let count = wanted {
        guard bytes.count - position >= count else { return nil }
        literals.append(Array(bytes[position..<(position + count)]))
        position += count
        wanted = nil
      }
      guard let feed = bytes[position...].firstIndex(of: 10) else {
        guard bytes.count - position <= IMAPReader.longestLine else { throw .badAnswer("an endless line") }
        return nil
      }
      var piece = bytes[position..<feed]
      position = feed + 1
      if piece.last == 13 { piece = piece.dropLast() }
      line += piece
      if let count = IMAPReader.literal(at: line) {
        guard count <= IMAPReader.longestLiteral, literals.count < 1000 else {
          throw .badAnswer("a text of \(count) bytes")
        }
        wanted = count
        continue
      }
      defer { (line, literals) = ([], []) }
      return (String(decoding: line, as: UTF8.self), literals)
    }
  }

  /// `{123}` or `{123+}` at the end of a line announces so many bytes.
  private static func literal(at line: [UInt8]) -> Int? {
    guard line.last == UInt8(ascii: "}"), let brace = line.lastIndex(of: UInt8(ascii: "{")) else {
      return nil
    }
    var digits = line[(brace + 1)...].dropLast()
    if digits.last == UInt8(ascii: "+") { digits = digits.dropLast() }
    guard !digits.isEmpty, digits.count <= 12, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(String(decoding: digits, as: UTF8.self))
  }
}

/// Why mails cannot be picked up.
package enum IMAPError: Error, Hashable, Sendable {
  case connection(ConnectionError)
  /// It offers no STARTTLS.
  case noTLS
  case noLogin(String)
  /// There is no such mailbox, or it may not be read; in the server's words.
  case noMailbox(String, reason: String)
  case badAnswer(String)
  /// The folder for the mails cannot be used.
  case folder(path: String, reason: String)

  /// Lower case: what is wrong, and what to do.
  package var message: String {
    switch self {
    case .connection(let error): error.message(of: "mail server")
    case .noTLS: "the mail server offers no STARTTLS, and nothing is read unencrypted: use port 993"
    case .noLogin(let reason): "the mail server rejects the login: \(reason)"
    case .noMailbox(let name, let reason): "the mailbox '\(name)' cannot be read: \(reason)"
    case .badAnswer(let reason): "the mail server's answer cannot be read: \(reason)"
    case .folder(_, let reason): reason
    }
  }
}
