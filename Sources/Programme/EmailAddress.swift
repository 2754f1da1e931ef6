import Basics

/// The one rule of what an e-mail address is: what any server can deliver to.
///
/// `Mailbox` of RFC 5321 (sections 4.1.2 and 4.5.3.1) in ASCII, without quoted local parts and address literals, which no HR
/// system holds. Letters beyond ASCII need SMTPUTF8 (RFC 6531) on every server of the way, which few have.
package enum EmailAddress {
  private static let marks = Set("!#$%&'*+-/=?^_`{|}~".utf8)

  /// What is wrong with an address, as the end of a sentence; nil where mail can be sent to it.
  package static func fault(of text: String) -> String? {
    let bytes = text.utf8
    let parts = bytes.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2 else { return parts.count < 2 ? "has no @" : "has more than one @" }
    if bytes.contains(UInt8(ascii: " ")) { return "holds a space" }
    if bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return "holds a control character" }
    guard bytes.allSatisfy({ $0 < 0x80 }) else {
      return "has letters beyond ASCII, which few mail servers take; a domain has an xn-- form (RFC 5891)"
    }
    let (local, domain) = (parts[0], parts[1])
    if bytes.count > 254 || local.count > 64 { return "is too long" }
    if local.isEmpty { return "has nothing before the @" }
    let words = local.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    if words.contains(where: \.isEmpty) { return "has a dot out of place" }
    if !words.allSatisfy({ $0.allSatisfy { $0.isASCIILetterOrDigit || marks.contains($0) } }) {
      return "holds a character that no address has"
    }
    let labels = domain.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    if labels.count < 2 { return "has no domain" }
    let isDomain = labels.allSatisfy { label in
      !label.isEmpty && label.count <= 63 && label.first != UInt8(ascii: "-")
        && label.last != UInt8(ascii: "-")
        && label.allSatisfy { $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-") }
    }
    return isDomain ? nil : "has no valid domain"
  }
}
