import Basics

/// Reads a mail (RFC 5322, 2045–2049) as far as its parts: what came by mail from any program, damaged ones too.
package enum MailParts {
  /// One part that is no multipart, decoded.
  package struct Part: Hashable, Sendable {
    /// In lower case, `text/calendar`; `text/plain` where none is said.
    package var type: String
    /// In lower case.
    package var charset: String
    /// The file name that is said, for .ics files of another type.
    package var fileName: String
    /// Addresses of From and Sender, in lower case, of the mail that it is in: of a forwarded one, its own.
    package var senders: [String]
    /// The parameter `method` of a calendar, in capitals.
    var method = ""
    /// Whether it is in a mail that came back: it says nothing to us.
    var isReturned = false
    package var bytes: [UInt8]

    /// The text in UTF-8: by its charset, else, where it is not UTF-8, as Windows writes the West.
    var text: [UInt8] {
      let isUTF8 = String(validating: bytes, as: UTF8.self) != nil && !bytes.contains(0)
      let isUnsaid = charset.isEmpty || charset == "us-ascii"
      if !isUnsaid, let text = TextEncoding.utf8(bytes, from: charset) {
        // Many programs write UTF-8 under another name.
        if !isUTF8 || !charset.hasPrefix("iso-8859-") && !charset.hasPrefix("windows-") { return text }
        return bytes
      }
      if let marked = TextEncoding(markOf: bytes) {
        return TextEncoding.utf8(bytes, from: marked.rawValue) ?? bytes
      }
      return isUTF8 ? bytes : TextEncoding.windows1252.utf8(bytes)
    }
  }

  /// One mail of a file.
  struct Message {
    /// Physical line on which it begins.
    var line: Int
    /// The fields of its header, by name in lower case.
    var fields: [String: String] = [:]
    var senders: [String] = []
    var parts: [Part]
  }

  static let greatestDepth = 20
  static let mostParts = 1000

  /// The mails of a file: one, or those of an mbox (RFC 4155), each behind a line `From `; with the parts in their order, those
  /// of nested multiparts and of forwarded mails (message/rfc822) too. O(bytes × depth), and the depth is bounded.
  ///
  /// - Throws: `MailingError.badMail` where the bytes do not begin as a mail does.
  static func read(_ bytes: [UInt8]) throws(MailingError) -> [Message] {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var messages: [Message] = []
    for (line, mail) in mails(of: bytes[start...]) {
      guard let fields = header(of: mail)?.fields, !fields.isEmpty else {
        // Of several, the others are mails.
        guard messages.isEmpty else { continue }
        throw .badMail("this is not a mail: it does not begin with a header field; save it as .eml or .ics")
      }
      var parts: [Part] = []
      let senders = senders(of: mail)
      collect(mail, senders: senders, depth: 0, into: &parts)
      messages.append(Message(line: line, fields: fields, senders: senders, parts: parts))
    }
    return messages
  }

  /// What is behind each `From ` line that begins the file or, before a header field, a mail; without one, the whole.
  private static func mails(of bytes: ArraySlice<UInt8>) -> [(line: Int, bytes: ArraySlice<UInt8>)] {
    guard bytes.starts(with: "From ".utf8) else { return [(1, bytes)] }
    var mails: [(line: Int, bytes: ArraySlice<UInt8>)] = []
    var (open, openLine) = (bytes.startIndex, 1)
    var (start, line) = (bytes.startIndex, 1)
    var isAfterEmpty = true
    while start < bytes.endIndex {
      let end = (bytes[start...].firstIndex(of: 10) ?? bytes.endIndex - 1) + 1
      let text = bytes[start..<end]
      // "From now on" in a text begins no mail.
      if text.starts(with: "From ".utf8), isAfterEmpty || isEnvelope(text), beginsField(bytes[end...]) {
        if start > open { mails.append((openLine, bytes[open..<start])) }
        (open, openLine) = (end, line)
      }
      isAfterEmpty = text.allSatisfy { $0 == 10 || $0 == 13 }
      start = end
      line += 1
    }
    if open == bytes.startIndex, let feed = bytes.firstIndex(of: 10) { open = feed + 1 }
    mails.append((openLine, bytes[open...]))
    return mails
  }

  /// `From ann@example.com Thu Oct  1 08:00:00 2026`.
  private static func isEnvelope(_ line: ArraySlice<UInt8>) -> Bool {
    let words = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    return words.count >= 6
      && ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].contains { words.contains($0) }
      && words.contains { $0.count == 8 && $0.contains(":") }
  }

  /// Whether the bytes begin as a field of a header does.
  private static func beginsField(_ bytes: ArraySlice<UInt8>) -> Bool {
    let line = bytes.prefix(100).prefix { $0 != 10 }
    guard let colon = line.firstIndex(of: 0x3A), colon > line.startIndex else { return false }
    return line[..<colon].allSatisfy { $0.isASCIILetterOrDigit || $0 == 0x2D || $0 == 0x5F }
  }

  private static func senders(of mail: ArraySlice<UInt8>) -> [String] {
    header(of: mail).map { senders(in: $0.fields) } ?? []
  }

  static func senders(in fields: [String: String]) -> [String] {
    var senders: [String] = []
    for address in ["from", "sender"].flatMap({ addresses(fields[$0] ?? "") })
    where !senders.contains(address) {
      senders.append(address)
    }
    return senders
  }

  /// The addresses of a field (RFC 5322, section 3.4), in lower case: in angle brackets, else what is between commas; text
  /// in quotes and comments is none.
  static func addresses(_ field: String) -> [String] {
    var addresses: [String] = []
    var (bare, angled) = ("", String?.none)
    var (isQuoted, isEscaped, comments, isAngled) = (false, false, 0, false)
    func end() {
      let address = (angled ?? bare).filter { !$0.isWhitespace }.lowercased()
      if address.contains("@"), !addresses.contains(address) { addresses.append(address) }
      (bare, angled) = ("", nil)
    }
    for scalar in field.unicodeScalars {
      if isEscaped {
        isEscaped = false
      } else if scalar == "\\", isQuoted || comments > 0 {
        isEscaped = true
      } else if scalar == "\"", comments == 0 {
        isQuoted.toggle()
      } else if isQuoted {
        continue
      } else if scalar == "(" {
        comments += 1
      } else if comments > 0 {
        if scalar == ")" { comments -= 1 }
      } else if scalar == "<" {
        (isAngled, angled) = (true, "")
      } else if scalar == ">" {
        isAngled = false
      } else if isAngled {
        angled?.unicodeScalars.append(scalar)
      } else if scalar == "," || scalar == ";" || scalar == ":" {
        // A group, `name: a@b, c@d;`, has its name before the colon.
        if scalar == ":" { bare = "" } else { end() }
      } else {
        bare.unicodeScalars.append(scalar)
      }
    }
    end()
    return addresses
  }

  /// The one address of a field of our own mails: in angle brackets, else the whole value.
  ///
  /// - Throws: `MailingError.badMail` where the field is missing, `.badAddress`.
  package static func address(_ field: String, of bytes: [UInt8]) throws(MailingError) -> MailAddress {
    guard let value = header(of: bytes[...])?.fields[field] else {
      throw .badMail("the mail has no field \(field): make it again")
    }
    var address = Substring(value)
    if let open = value.lastIndex(of: "<"), let close = value.lastIndex(of: ">"), open < close {
      address = value[value.index(after: open)..<close]
    }
    return try MailAddress(address: address.filter { !$0.isWhitespace })
  }

  private static func collect(
    _ bytes: ArraySlice<UInt8>, senders: [String], depth: Int, isReturned: Bool = false,
    into parts: inout [Part]
  ) {
    guard depth < greatestDepth, parts.count < mostParts, let (fields, body) = header(of: bytes) else {
      return
    }
    let type = MailField(fields["content-type"] ?? "text/plain")
    let encoding = MailField(fields["content-transfer-encoding"] ?? "7bit").value
    if type.value.hasPrefix("multipart/"), let boundary = type.parameters["boundary"], !boundary.isEmpty {
      let isReport = type.value == "multipart/report"
      for (index, piece) in pieces(of: body, boundary: Array("--\(boundary)".utf8)).enumerated() {
        // Of a report, what follows its words and its facts is the mail that it reports on.
        collect(
          piece, senders: senders, depth: depth + 1, isReturned: isReturned || isReport && index > 0,
          into: &parts)
      }
      return
    }
    let decoded: [UInt8] =
      switch encoding {
      case "base64": Base64.decode(body)
      case "quoted-printable": QuotedPrintable.decode(body)
      case "x-uuencode", "uuencode", "x-uue": UUEncoding.decode(body)
      default: Array(body)
      }
    let disposition = MailField(fields["content-disposition"] ?? "")
    let fileName = disposition.parameters["filename"] ?? type.parameters["name"] ?? ""
    if type.value == "message/rfc822" || type.value == "message/global"
      || fileName.lowercased().hasSuffix(".eml") && beginsField(decoded[...])
    {
      if isReturned, let fields = header(of: decoded[...])?.fields {
        parts.append(
          Part(
            type: "text/rfc822-headers", charset: "", fileName: "", senders: [], isReturned: true,
            bytes: Array("message-id: \(fields["message-id"] ?? "")\n".utf8)))
      }
      collect(
        decoded[...], senders: self.senders(of: decoded[...]), depth: depth + 1, isReturned: isReturned,
        into: &parts)
      return
    }
    if type.value.hasSuffix("/pkcs7-mime") || type.value.hasSuffix("/x-pkcs7-mime")
      || fileName.lowercased().hasSuffix(".p7m"), let content = SignedContent.read(decoded)
    {
      collect(content[...], senders: senders, depth: depth + 1, isReturned: isReturned, into: &parts)
      return
    }
    parts.append(
      Part(
        type: type.value, charset: type.parameters["charset"]?.trimmed.lowercased() ?? "", fileName: fileName,
        senders: senders, method: type.parameters["method"]?.trimmed.uppercased() ?? "",
        isReturned: isReturned, bytes: decoded))
  }

  /// The fields by name in lower case, unfolded, the first of each; and what follows the empty line. nil for bytes without
  /// a field in their first line.
  static func header(
    of bytes: ArraySlice<UInt8>
  ) -> (fields: [String: String], body: ArraySlice<UInt8>)? {
    var fields: [String: String] = [:]
    var name: String?
    var value: [UInt8] = []
    func end() {
      if let name, fields[name] == nil { fields[name] = String(decoding: value, as: UTF8.self) }
    }
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let feed = bytes[start...].firstIndex(of: 10) ?? bytes.endIndex
      var line = bytes[start..<feed]
      start = min(feed + 1, bytes.endIndex)
      if line.last == 13 { line = line.dropLast() }
      if line.isEmpty { break }
      if let first = line.first, first == 0x20 || first == 0x09 {
        value.append(0x20)
        value += line
        continue
      }
      guard let colon = line.firstIndex(of: 0x3A), colon > line.startIndex,
        line[..<colon].allSatisfy({ $0 > 0x20 && $0 < 0x7F })
      else {
        // The header of a part may be missing; a line that is no field ends one that has begun.
        if name == nil { return nil }
        continue
      }
      end()
      name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
      value = Array(line[(colon + 1)...])
    }
    end()
    return (fields, bytes[start...])
  }

  /// What is between the boundary's lines (RFC 2046, section 5.1.1); the last one may not be ended.
  private static func pieces(of body: ArraySlice<UInt8>, boundary: [UInt8]) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    var open: Int?
    var start = body.startIndex
    while start < body.endIndex, pieces.count < mostParts {
      let feed = body[start...].firstIndex(of: 10) ?? body.endIndex
      let line = body[start..<feed]
      if line.starts(with: boundary) {
        var rest = line.dropFirst(boundary.count)
        let isLast = rest.starts(with: "--".utf8)
        if isLast { rest = rest.dropFirst(2) }
        if rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 13 }) {
          if let open, open <= start { pieces.append(body[open..<start]) }
          open = min(feed + 1, body.endIndex)
          if isLast { return pieces }
        }
      }
      start = feed + 1
    }
    if let open, open < body.endIndex { pieces.append(body[open...]) }
    return pieces
  }
}

/// A structured field: `text/calendar; method=REPLY; charset="UTF-8"` (RFC 2045, section 5.1), with the continuations and
/// percent-encoding of RFC 2231.
struct MailField {
  /// In lower case.
  var value: String
  /// By name in lower case.
  var parameters: [String: String] = [:]

  init(_ text: String) {
    var parts: [String] = [""]
    var isQuoted = false
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if isEscaped {
        isEscaped = false
      } else if isQuoted, scalar == "\\" {
        isEscaped = true
        continue
      } else if scalar == "\"" {
        isQuoted.toggle()
        continue
      } else if scalar == ";", !isQuoted {
        parts.append("")
        continue
      }
      parts[parts.count - 1].unicodeScalars.append(scalar)
    }
    value = parts[0].trimmed.lowercased()
    var pieces: [String: [(Int, String)]] = [:]
    for part in parts.dropFirst() {
      guard let equals = part.firstIndex(of: "=") else { continue }
      var name = part[..<equals].trimmed.lowercased()
      var content = part[part.index(after: equals)...].trimmed
      let isEncoded = name.hasSuffix("*")
      if isEncoded { name.removeLast() }
      var number = 0
      if let star = name.firstIndex(of: "*") {
        number = Int(name[name.index(after: star)...]) ?? 0
        name = String(name[..<star])
      }
      if isEncoded {
        // `charset'language'text`, the first piece alone.
        let quotes = content.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        if number == 0, quotes.count == 3 { content = String(quotes[2]) }
        content = MailField.percentDecoded(content)
      }
      pieces[name, default: []].append((number, content))
    }
    for (name, list) in pieces {
      parameters[name] = list.sorted { $0.0 < $1.0 }.map(\.1).joined()
    }
  }

  private static func percentDecoded(_ text: String) -> String {
    // The same digits behind another sign.
    String(
      decoding: QuotedPrintable.decode(text.utf8.map { $0 == 0x25 ? 0x3D : $0 == 0x3D ? 0x20 : $0 }[...]),
      as: UTF8.self)
  }
}
