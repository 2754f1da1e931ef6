import Basics
import Foundation

extension Traces {
  /// Mails (RFC 5322; one, or a folder of them as mbox has it) without the person: a mail from or to the person goes, others
  /// lose the words; nil where nothing is left.
  package func forget(mail bytes: [UInt8], _ removal: inout Removal) -> [UInt8]? {
    let mails = Traces.mails(in: bytes)
    var kept: [UInt8] = []
    var gone = 0
    for mail in mails {
      if isCorrespondent(mail: mail) {
        gone += 1
      } else if let erased = spellings.erased(mail, mask: "...") {
        removal.add("mention")
        kept += erased
      } else {
        kept += mail
      }
    }
    if gone == mails.count {
      removal.isDeleted = true
      return nil
    }
    if gone > 0 { removal.add("mail", gone) }
    return kept
  }

  /// Whether nothing of the file stays.
  package func isPersons(mail bytes: [UInt8]) -> Bool { Traces.mails(in: bytes).allSatisfy(isCorrespondent) }

  /// Whether the person wrote the mail or got it.
  private func isCorrespondent(mail bytes: [UInt8]) -> Bool {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    // The first empty line ends the fields.
    let head = lines.prefix { !$0.isEmpty && $0 != [0x0D] }
    for line in Traces.unfolded(Array(head.joined(separator: [0x0A]))) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let name = line[..<colon].lowercased()
      let isAddress = [
        "from", "sender", "reply-to", "to", "cc", "bcc", "return-path", "delivered-to", "x-original-to",
        "resent-from", "resent-to", "resent-cc", "envelope-to",
      ].contains(name)
      if isAddress, spellings.occur(in: line) { return true }
    }
    return false
  }

  /// In mbox each begins with a line `From …` behind an empty one.
  private static func mails(in bytes: [UInt8]) -> [[UInt8]] {
    guard bytes.starts(with: "From ".utf8) else { return [bytes] }
    var mails: [[UInt8]] = []
    var begin = 0
    var start = 0
    var isBehindEmpty = false
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 10).map { $0 + 1 } ?? bytes.count
      let line = bytes[start..<end]
      if isBehindEmpty, line.starts(with: "From ".utf8) {
        mails.append(Array(bytes[begin..<start]))
        begin = start
      }
      isBehindEmpty = line.allSatisfy { $0 == 10 || $0 == 13 }
      start = end
    }
    mails.append(Array(bytes[begin...]))
    return mails
  }

  /// What of a mail cannot be searched: attachments that are no text, charsets that we do not know; nil: nothing.
  package static func unsearchablePart(ofMail bytes: [UInt8]) -> String? {
    var reason: String?
    Spellings.forEachBase64(in: bytes) { _, decoded, lineLength in
      guard reason == nil, lineLength > 0 || decoded.count > 40,
        case .unsearchable(let what) = ContentKind(of: decoded, named: "")
      else { return }
      reason = "it has an attachment that is \(what)"
    }
    if reason != nil { return reason }
    // An equals sign in quoted-printable is `=3D` (RFC 2045, section 6.7).
    let text = String(decoding: bytes, as: UTF8.self).lowercased().replacing("=3d", with: "=")
    for piece in text.components(separatedBy: "charset=").dropFirst() {
      let name = piece.drop { $0 == "\"" || $0 == "'" }.prefix {
        $0.isLetter || $0.isNumber || "-_.".contains($0)
      }
      if !name.isEmpty, TextEncoding(name: name) == nil { return "it is written in \(name)" }
    }
    if text.components(separatedBy: "\nbegin ").dropFirst().contains(where: {
      $0.prefix(3).allSatisfy(\.isNumber)
    }) {
      return "it has an attachment that is uuencoded"
    }
    return nil
  }
}
