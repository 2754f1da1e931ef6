/// What can be wrong with a mail, a reply, or the outbox.
package enum MailingError: Error, Hashable, Sendable {
  /// Text that is no address a mail may go to, and why.
  case badAddress(String, reason: String)
  /// The folder of the outbox cannot be used, and why.
  case outbox(path: String, reason: String)
  /// A mail that cannot be read.
  case badMail(String)

  /// Lower case: what is wrong, and what to do.
  package var message: String {
    switch self {
    case .badAddress(let text, let reason): "'\(text)' is not an address that mail can be sent to: \(reason)"
    case .outbox(_, let reason): reason
    case .badMail(let reason): reason
    }
  }

  /// Where it is wrong; nil: in a mail or an address that has no file.
  package var path: String? {
    if case .outbox(let path, _) = self { return path }
    return nil
  }

  /// A stable short name, for filters.
  package var code: String {
    switch self {
    case .badAddress: "bad-address"
    case .outbox: "outbox"
    case .badMail: "bad-mail"
    }
  }
}
