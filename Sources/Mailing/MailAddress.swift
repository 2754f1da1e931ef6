package import Programme

/// Somebody in a mail's header: a display name and one address in ASCII (RFC 5322, section 3.4.1, dot-atom form).
package struct MailAddress: Hashable, Sendable {
  /// Whatever people are called; the header encodes it.
  package let name: String
  package let address: String

  /// - Throws: `MailingError.badAddress` where `EmailAddress` finds a fault: so nothing can end a header or begin another
  ///   recipient.
  package init(name: String = "", address: String) throws(MailingError) {
    if let fault = EmailAddress.fault(of: address) { throw .badAddress(address, reason: "it " + fault) }
    self.name = name
    self.address = address
  }

  package init(_ party: Invitation.Party) throws(MailingError) {
    try self.init(name: party.name, address: party.email)
  }

  /// What is after the @.
  package var domain: String { String(address.drop { $0 != "@" }.dropFirst()) }
}
