import Basics
import Foundation

/// Access tokens of one account, had of its login server and kept beside its settings until they run out.
package final class OAuthTokens {
  /// What a person does to confirm a device (RFC 8628, section 3.2).
  package struct Confirmation: Hashable, Sendable {
    package var code: String
    package var address: String
    package var seconds: Int
  }

  /// What is kept between runs.
  struct Memory: Hashable, Sendable {
    struct Access: Hashable, Sendable {
      var token: String
      /// Seconds since the epoch.
      var ends: Int
    }

    var refresh: String?
    var access: [OAuthSettings.Purpose: Access] = [:]

    init() {}

    /// Nothing for what nobody can read: it is had again.
    init(_ bytes: [UInt8]) {
      guard let value = try? JSONValue(parsing: bytes) else { return }
      refresh = value["refresh"]?.string
      for purpose in OAuthSettings.Purpose.allCases {
        guard let token = value[purpose.rawValue]?["token"]?.string,
          case .integer(let ends)? = value[purpose.rawValue]?["ends"]
        else { continue }
        access[purpose] = Access(token: token, ends: ends)
      }
    }

    var bytes: [UInt8] {
      var members: [String: JSONValue] = [:]
      if let refresh { members["refresh"] = .string(refresh) }
      for (purpose, access) in access {
        members[purpose.rawValue] = .object(["token": .string(access.token), "ends": .integer(access.ends)])
      }
      var writer = JSONWriter()
      writer.value(.object(members))
      return writer.bytes + [10]
    }
  }

  private let settings: OAuthSettings
  /// Where the memory is, readable by its owner alone.
  private let file: String
  private let roots: String?
  private let now: () -> Int
  private let wait: @Sendable (Int) -> Void
  private var memory: Memory

  /// - Parameters:
  ///   - file: where tokens are kept between runs.
  ///   - now: seconds since the epoch.
  /// - Throws: `OAuthError.memory`.
  package init(
    _ settings: OAuthSettings, file: String, roots: String? = nil,
    now: @escaping () -> Int = { Int(Date().timeIntervalSince1970) },
    wait: @escaping @Sendable (Int) -> Void = { sleep(UInt32($0)) }
  ) throws(OAuthError) {
    self.settings = settings
    self.file = file
    self.roots = roots
    self.now = now
    self.wait = wait
    do throws(InputError) {
      memory = try FileKind.at(file) == nil ? Memory() : Memory(OpenedFile.bytes(file, limit: 1 << 20))
    } catch {
      throw .memory(path: file, reason: error.message)
    }
  }

  /// A login with a token that holds for some minutes yet.
  ///
  /// - Throws: `OAuthError`; `.noConsent` where a person must confirm first.
  package func login(for purpose: OAuthSettings.Purpose) throws(OAuthError) -> Login {
    if let access = memory.access[purpose], access.ends > now() + 300 {
      return Login(user: settings.user, token: access.token)
    }
    let scope = settings.scopes[purpose] ?? ""
    var fields = ["client_id": settings.client]
    if !scope.isEmpty { fields["scope"] = scope }
    fields["client_secret"] = settings.secret
    switch settings.grant {
    case .client: fields["grant_type"] = "client_credentials"
    case .device:
      guard let refresh = memory.refresh ?? settings.refresh else { throw .noConsent }
      fields["grant_type"] = "refresh_token"
      fields["refresh_token"] = refresh
    }
    let answer = try post(settings.tokenAddress, fields)
    if answer.error == "invalid_grant", settings.grant == .device { throw .noConsent }
    return Login(user: settings.user, token: try keep(answer, for: purpose))
  }

  /// Asks a person to confirm, and waits for it.
  ///
  /// - Parameter show: gets what the person must do.
  /// - Throws: `OAuthError`.
  package func confirm(
    for purpose: OAuthSettings.Purpose, show: (Confirmation) -> Void
  ) throws(OAuthError) {
    guard settings.grant == .device, !settings.deviceAddress.isEmpty else {
      throw .refused("the settings have a secret of the programme's own: nobody needs to confirm")
    }
    var fields = ["client_id": settings.client]
    fields["scope"] = settings.scopes[purpose]
    let answer = try post(settings.deviceAddress, fields)
    if let error = answer.failure { throw .refused(error) }
    guard let device = answer.value["device_code"]?.string, let code = answer.value["user_code"]?.string,
      // Google's name for it.
      let address = (answer.value["verification_uri"] ?? answer.value["verification_url"])?.string
    else { throw .badAnswer("it gives no code to confirm") }
    let seconds = min(answer.integer("expires_in") ?? 900, 1800)
    show(Confirmation(code: code, address: address, seconds: seconds))
    var pause = min(max(answer.integer("interval") ?? 5, 1), 60)
    var waited = 0
    while waited < seconds {
      wait(pause)
      waited += pause
      var fields = [
        "client_id": settings.client, "device_code": device,
        "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
      ]
      fields["client_secret"] = settings.secret
      let answer = try post(settings.tokenAddress, fields)
      switch answer.error {
      case "authorization_pending": continue
      case "slow_down": pause += 5
      case "expired_token", "access_denied", "authorization_declined":
        throw .refused("nobody confirmed it (\(answer.error ?? ""))")
      default:
        _ = try keep(answer, for: purpose)
        return
      }
    }
    throw .refused("nobody confirmed it in time")
  }

  private func keep(_ answer: Answer, for purpose: OAuthSettings.Purpose) throws(OAuthError) -> String {
    if let error = answer.failure { throw .refused(error) }
    guard let token = answer.value["access_token"]?.string, !token.isEmpty,
      token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { throw .badAnswer("it gives no access token") }
    // Some servers give a new one with each use, and the old one ends.
    if let refresh = answer.value["refresh_token"]?.string { memory.refresh = refresh }
    memory.access[purpose] = Memory.Access(
      token: token, ends: now() + min(max(answer.integer("expires_in") ?? 3600, 0), 86_400))
    do throws(FileError) {
      try AtomicFile.write(memory.bytes, to: file)
    } catch {
      throw .memory(path: file, reason: error.message)
    }
    return token
  }

  private struct Answer {
    var status: Int
    var value: JSONValue

    var error: String? { value["error"]?.string }
    /// What the server says of a failure (RFC 6749, section 5.2).
    var failure: String? {
      guard status != 200 || error != nil else { return nil }
      let words = value["error_description"]?.string?.split(whereSeparator: \.isNewline).first ?? ""
      return [error ?? "it answered \(status)", String(words.prefix(300))].filter { !$0.isEmpty }
        .joined(separator: ": ")
    }

    /// Some servers give numbers as texts.
    func integer(_ key: String) -> Int? {
      switch value[key] {
      case .integer(let number)?: number
      case .string(let text)?: Int(text)
      default: nil
      }
    }
  }

  private func post(_ address: String, _ fields: [String: String]) throws(OAuthError) -> Answer {
    guard let place = WebAddress(address),
      let connection = HTTPConnection(
        origin: place.origin, login: nil, roots: roots, patience: 30, longest: 60)
    else { throw .badAnswer("'\(address)' is not its address") }
    let form = fields.sorted { $0.key < $1.key }.map { "\($0.key)=\(OAuthTokens.encoded($0.value))" }
      .joined(separator: "&")
    let response: HTTPConnection.Response
    do {
      response = try Retrying(attempts: 4, wait: wait).run {
        try connection.request(
          "POST", place.target,
          fields: ["Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"],
          body: Array(form.utf8))
      }
    } catch {
      throw .connection(error as? ConnectionError ?? .hostile(String(describing: error)))
    }
    guard response.body.count <= 1 << 20, let value = try? JSONValue(parsing: response.body) else {
      throw .badAnswer("it answered \(response.status), and no JSON")
    }
    return Answer(status: response.status, value: value)
  }

  /// Of an HTML form: everything but letters, digits and a few signs.
  static func encoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      if byte.isASCIILetterOrDigit || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte) {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return result
  }
}

/// Why there is no access token.
package enum OAuthError: Error, Hashable, Sendable {
  case connection(ConnectionError)
  /// Nobody confirmed yet, or the confirmation ran out.
  case noConsent
  /// The login server refuses it, in its words.
  case refused(String)
  case badAnswer(String)
  /// The file with the tokens cannot be read or written.
  case memory(path: String, reason: String)

  /// Lower case: what is wrong, and what to do.
  package var message: String {
    switch self {
    case .connection(let error): error.message(of: "login server")
    case .noConsent:
      "nobody has confirmed this account, or it ran out: run `tandem-calendar login` with the same --oauth2"
    case .refused(let reason): "the login server refuses: \(reason)"
    case .badAnswer(let reason): "the login server's answer cannot be read: \(reason)"
    case .memory(let path, let reason): "\(path): \(reason)"
    }
  }

  /// Whether trying again may help.
  package var isTransient: Bool { if case .connection(.unreachable) = self { true } else { false } }
}
