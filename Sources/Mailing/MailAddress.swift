package import Programme

/// Somebody in a mail's header: a display name and one address in ASCII (RFC 5322, section 3.4.1, dot-atom form).
package struct MailAddress: Hashable, Sendable {
  /// Whatever people are called; the header encodes it.
  package let name: String
  package let address: String

  /// - Throws: `MailingError.badAddress` for more than one address, for anything that could end a header or begin another
  ///   recipient, and for addresses beyond ASCII: they need SMTPUTF8 (RFC 6531) all the way, which few servers have.
  package init(name: String = "", address: String) throws(MailingError) {
    func bad(_ reason: String) -> MailingError { .badAddress(address, reason: reason) }
    guard address.utf8.allSatisfy({ $0 < 0x80 }) else {
      throw bad(
        "it has letters beyond ASCII; give the address in ASCII, a domain in its xn-- form (RFC 5891)")
    }
    let parts = address.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw bad("it must hold one @") }
    let extra = Set("!#$%&'*+-/=?^_`{|}~".utf8)
    guard parts[0].count <= 64,
      MailAddress.isDotted(parts[0], { MailAddress.isLetter($0) || extra.contains($0) })
    else {
      throw bad(
        "before the @, letters, digits and !#$%&'*+-/=?^_`{|}~ may stand, and single dots between them")
    }
    guard parts[1].count <= 253, MailAddress.isDotted(parts[1], { MailAddress.isLetter($0) || $0 == 0x2D }),
      parts[1].split(separator: UInt8(ascii: ".")).allSatisfy({
        $0.first != 0x2D && $0.last != 0x2D && $0.count <= 63
      })
    else { throw bad("after the @, a domain must stand (RFC 1035)") }
    self.name = name
    self.address = address
  }

  package init(_ party: Invitation.Party) throws(MailingError) {
    try self.init(name: party.name, address: party.email)
  }

  /// What stands after the @.
  package var domain: String { String(address.drop { $0 != "@" }.dropFirst()) }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  private static func isDotted(_ text: Substring.UTF8View, _ isGood: (UInt8) -> Bool) -> Bool {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isGood) }
  }
}
