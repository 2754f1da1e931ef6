import Foundation

/// An http or https address in its parts (RFC 3986).
package struct WebAddress: Hashable, Sendable {
  /// `https://calendar.example.com:8443`: in lower case, without a port that goes without saying.
  package let origin: String
  /// Percent-encoded, from `/` on.
  package let path: String
  package let query: String?
  /// A user or a password is in it.
  package let holdsLogin: Bool
  package let hasFragment: Bool
  /// Others cannot read what is sent there: https, or a server on this machine.
  package let isPrivate: Bool
  package let isEncrypted: Bool

  /// nil for what is none, or not percent-encoded.
  package init?(_ text: String) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let parts = URLComponents(string: text),
      let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme),
      let host = parts.percentEncodedHost?.lowercased(), !host.isEmpty
    else { return nil }
    let usual = scheme == "https" ? 443 : 80
    origin = "\(scheme)://\(host)" + (parts.port.flatMap { $0 == usual ? nil : ":\($0)" } ?? "")
    path = parts.percentEncodedPath.hasPrefix("/") ? parts.percentEncodedPath : "/"
    query = parts.percentEncodedQuery
    holdsLogin = parts.user != nil || parts.password != nil
    hasFragment = parts.fragment != nil
    isEncrypted = scheme == "https"
    isPrivate = isEncrypted || ["localhost", "127.0.0.1", "[::1]", "::1"].contains(host)
  }

  /// What a request asks for: the path and the query.
  var target: String { path + (query.map { "?" + $0 } ?? "") }
}
