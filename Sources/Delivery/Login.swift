/// How a server knows us.
package struct Login: Hashable, Sendable {
  package enum Secret: Hashable, Sendable {
    case password(String)
    /// An access token of OAuth 2.0: SASL XOAUTH2 for mail, `Authorization: Bearer` (RFC 6750) for HTTP.
    case token(String)
  }

  package var user: String
  package var secret: Secret

  package init(user: String, password: String) {
    self.user = user
    secret = .password(password)
  }

  package init(user: String, token: String) {
    self.user = user
    secret = .token(token)
  }

  var isToken: Bool { if case .token = secret { true } else { false } }
}
