import Basics
import Foundation

/// How an access token is had of a login server (RFC 6749): what an administrator registered for us.
package struct OAuthSettings: Hashable, Sendable {
  package enum Grant: String, CaseIterable, Sendable {
    /// A person confirms once, on any device (RFC 8628); a refresh token remembers it.
    case device
    /// The programme's own account, with a secret (RFC 6749, section 4.4).
    case client
  }

  /// What a token is for: each has scopes of its own.
  package enum Purpose: String, CaseIterable, Sendable {
    case mail, calendars
  }

  /// Why the settings cannot be used: lower case, with the remedy.
  package struct Fault: Error, Hashable, Sendable {
    package var message: String
    package var line: Int?
  }

  package var user: String
  package var client: String
  package var secret: String?
  package var grant: Grant
  package var tokenAddress: String
  package var deviceAddress: String
  package var scopes: [Purpose: String]
  /// A refresh token that was had elsewhere.
  package var refresh: String?

  private static let keys = [
    "provider", "tenant", "user", "client", "secret", "grant", "token-url", "device-url", "mail-scope",
    "calendar-scope", "refresh-token",
  ]

  /// - Parameters:
  ///   - text: lines `name: value`; blank ones, and those that begin with `#`, are skipped.
  ///   - secret: of the environment, where the file has none.
  /// - Throws: `Fault`.
  package init(_ text: String, secret: String?) throws(Fault) {
    var values: [String: String] = [:]
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let line = line.trimmingCharacters(in: .whitespaces)
      if line.isEmpty || line.hasPrefix("#") { continue }
      guard let colon = line.firstIndex(of: ":") else {
        throw Fault(message: "is not `name: value`", line: number + 1)
      }
      let key = line[..<colon].trimmingCharacters(in: .whitespaces)
      guard OAuthSettings.keys.contains(key) else {
        throw Fault(
          message: "'\(key)' is not a setting; known are \(OAuthSettings.keys.joined(separator: ", "))",
          line: number + 1)
      }
      guard values[key] == nil else { throw Fault(message: "\(key) is given twice", line: number + 1) }
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      guard !value.isEmpty, HTTPConnection.isFieldValue(value) else {
        throw Fault(message: "\(key) has no value", line: number + 1)
      }
      values[key] = value
    }
    func required(_ key: String) throws(Fault) -> String {
      guard let value = values[key] else { throw Fault(message: "\(key) is missing") }
      return value
    }
    user = try required("user")
    client = try required("client")
    self.secret = values["secret"] ?? secret
    refresh = values["refresh-token"]
    let wish = values["grant"] ?? (self.secret == nil || refresh != nil ? "device" : "client")
    guard let grant = Grant(rawValue: wish) else {
      throw Fault(message: "grant is device or client, not \(wish)")
    }
    guard grant == .device || self.secret != nil else {
      throw Fault(message: "grant client needs a secret: in this file, or in $TANDEM_OAUTH2_SECRET")
    }
    self.grant = grant
    var known: (token: String, device: String, mail: String, calendars: String)?
    switch values["provider"] {
    case "microsoft":
      let tenant = try required("tenant")
      guard tenant.utf8.allSatisfy({ $0.isASCIILetterOrDigit || $0 == 0x2D || $0 == 0x2E }) else {
        throw Fault(message: "tenant is a domain or an id, not '\(tenant)'")
      }
      let base = "https://login.microsoftonline.com/\(tenant)/oauth2/v2.0"
      let outlook = "https://outlook.office.com/"
      known =
        grant == .client
        ? (
          "\(base)/token", "", "https://outlook.office365.com/.default",
          "https://graph.microsoft.com/.default"
        )
        : (
          "\(base)/token", "\(base)/devicecode",
          "\(outlook)SMTP.Send \(outlook)IMAP.AccessAsUser.All offline_access",
          "https://graph.microsoft.com/Calendars.Read.Shared offline_access"
        )
    case "google":
      known = (
        "https://oauth2.googleapis.com/token", "https://oauth2.googleapis.com/device/code",
        "https://mail.google.com/", "https://www.googleapis.com/auth/calendar.readonly"
      )
    case nil, "other": break
    case let other?:
      throw Fault(message: "provider is microsoft, google or other, not \(other)")
    }
    func address(_ key: String, _ known: String?) throws(Fault) -> String {
      guard let text = values[key] ?? known else { throw Fault(message: "\(key) is missing") }
      guard text.isEmpty || WebAddress(text)?.isPrivate == true else {
        throw Fault(message: "\(key) must be https://…: secrets go there")
      }
      return text
    }
    tokenAddress = try address("token-url", known?.token)
    deviceAddress = try address("device-url", known?.device ?? "")
    scopes = [
      .mail: values["mail-scope"] ?? known?.mail ?? "",
      .calendars: values["calendar-scope"] ?? known?.calendars ?? "",
    ]
  }
}
