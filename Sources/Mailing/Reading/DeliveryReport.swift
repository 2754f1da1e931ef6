import Basics

/// A mail that says that another one did not arrive (RFC 3464), or what servers that do not follow it write instead.
package struct DeliveryReport: Hashable, Sendable {
  package struct Recipient: Hashable, Sendable {
    /// In lower case: as it was sent to, then as the server rewrote it.
    package var addresses: [String]
    /// `5.1.1` (RFC 3463); empty where none is said.
    package var status: String
    /// The server's words, in one line.
    package var reason: String
    /// Whether another try would fail too.
    package var isPermanent: Bool
  }

  package var recipients: [Recipient] = []
  /// Of the mail that did not arrive, without angle brackets.
  package var messageIDs: [String] = []
  /// Of the events that it held.
  package var uids: [String] = []
  /// When it was written, in seconds since the epoch; nil: it does not say.
  package var stamp: Int?
  /// Whether it reports a delay, an arrival or a reading, and no failure.
  package var isHarmless = false

  /// nil: it reports no delivery.
  init?(_ message: MailParts.Message) {
    let facts = message.parts.filter {
      $0.type == "message/delivery-status" || $0.type == "message/global-delivery-status"
    }
    let isReceipt = message.parts.contains { $0.type.hasSuffix("disposition-notification") }
    var hasStatus = false
    for part in facts {
      var rest = part.bytes[...]
      while !rest.isEmpty {
        let blank = rest.prefix { $0 == 10 || $0 == 13 }
        rest = rest.dropFirst(blank.count)
        guard let (fields, body) = MailParts.header(of: rest) else { break }
        rest = body
        guard let action = fields["action"]?.trimmed.lowercased() else { continue }
        hasStatus = true
        guard action.hasPrefix("failed") else { continue }
        add(fields)
      }
    }
    let words =
      message.parts.first { $0.type == "text/plain" && !$0.isReturned }
      .map { String(decoding: $0.text, as: UTF8.self) } ?? ""
    if !hasStatus { addUnstructured(message, words) }
    guard hasStatus || isReceipt || !recipients.isEmpty else { return nil }
    isHarmless = recipients.isEmpty
    stamp = message.fields["date"].flatMap(MailDate.seconds)
    for part in message.parts where part.isReturned && part.type.hasSuffix("rfc822-headers") {
      add(id: MailParts.header(of: part.bytes[...])?.fields["message-id"])
    }
    for part in message.parts where part.isReturned && part.isCalendar { add(calendar: part.text) }
    // What servers return as plain text.
    if messageIDs.isEmpty {
      for line in message.parts.flatMap({ $0.bytes.split(separator: 10) }) {
        let text = String(decoding: line.prefix(400), as: UTF8.self).trimmed
        if text.lowercased().hasPrefix("message-id:") { add(id: String(text.dropFirst(11))) }
      }
    }
    if messageIDs.isEmpty { add(id: message.fields["in-reply-to"]) }
    if uids.isEmpty { for part in message.parts where !part.isCalendar { add(calendar: part.bytes) } }
  }

  init(recipients: [Recipient], messageIDs: [String], uids: [String]) {
    (self.recipients, self.messageIDs, self.uids) = (recipients, messageIDs, uids)
  }

  private mutating func add(_ fields: [String: String]) {
    let addresses = ["original-recipient", "final-recipient"].compactMap { name -> String? in
      guard let value = fields[name] else { return nil }
      let parts = value.split(separator: ";", maxSplits: 1)
      return MailParts.addresses(String(parts.last ?? "")).first
    }
    guard !addresses.isEmpty else { return }
    let reason = fields["diagnostic-code"].map { value in
      let parts = value.split(separator: ";", maxSplits: 1)
      return MailHeader.oneLine(String(parts.last ?? "")).trimmed
    }
    let status =
      DeliveryReport.status(in: fields["status"] ?? "") ?? DeliveryReport.status(in: reason ?? "") ?? ""
    recipients.append(
      Recipient(
        addresses: addresses.reduced, status: status, reason: reason ?? "",
        isPermanent: !status.hasPrefix("4")))
  }

  /// Exim names the addresses in a field, qmail and others in their words, each before the reason.
  private mutating func addUnstructured(_ message: MailParts.Message, _ words: String) {
    let failed = MailParts.addresses(message.fields["x-failed-recipients"] ?? "")
    var named = failed.map { [$0] }
    let isServer =
      message.senders.contains { sender in
        let name = sender.prefix { $0 != "@" }
        return name == "mailer-daemon" || name == "postmaster" || name.hasPrefix("microsoftexchange")
          || name == "mail-daemon" || name == "mailerdaemon"
      }
    if named.isEmpty, isServer, DeliveryReport.says(words) {
      for line in words.split(whereSeparator: \.isNewline) {
        // What follows is the mail that came back.
        if line.hasPrefix("---") || line.hasPrefix("Return-Path:") || line.hasPrefix("Received:") { break }
        let found = MailParts.addresses(
          String(line.map { $0 == ":" || $0 == "'" || $0 == "\"" || $0 == " " ? "," : $0 }))
        named += found.filter { !message.senders.contains($0) }.map { [$0] }
      }
    }
    let status = DeliveryReport.status(in: words) ?? ""
    let reason =
      words.split(whereSeparator: \.isNewline).map { MailHeader.oneLine(String($0)).trimmed }.first {
        DeliveryReport.status(in: $0) != nil
      } ?? ""
    for addresses in Set(named).sorted(by: { $0[0] < $1[0] }) {
      recipients.append(
        Recipient(
          addresses: addresses, status: status, reason: reason, isPermanent: !status.hasPrefix("4")))
    }
  }

  private static func says(_ words: String) -> Bool {
    let words = words.lowercased()
    return [
      "could not be delivered", "couldn't be delivered", "wasn't able to deliver", "was not delivered",
      "undeliver", "delivery failed", "delivery has failed", "failed permanently", "permanent error",
      "did not reach", "nicht zugestellt", "unzustellbar", "nie można dostarczyć", "nie dostarczono",
      "nem kézbesíthető", "address not found", "user unknown", "no such user", "returned to sender",
      "returned mail", "permanent fatal errors", "n'a pas pu être", "无法投递", "退信",
    ].contains { words.contains($0) }
  }

  /// `5.1.1` of a text.
  private static func status(in text: String) -> String? {
    for word in text.split(whereSeparator: { !$0.isNumber && $0 != "." }) {
      let parts = word.split(separator: ".", omittingEmptySubsequences: false)
      if parts.count == 3, parts[0] == "4" || parts[0] == "5",
        parts[1...].allSatisfy({ (1...3).contains($0.count) })
      {
        return String(word)
      }
    }
    return nil
  }

  private mutating func add(id: String?) {
    guard let id else { return }
    let text = id.filter { $0 != "<" && $0 != ">" }.trimmed
    if text.contains("@"), !messageIDs.contains(text) { messageIDs.append(text) }
  }

  /// The UIDs of a calendar's events: whatever else it says does not matter.
  private mutating func add(calendar bytes: [UInt8]) {
    var text: [String] = []
    for line in bytes.split(separator: 10) {
      let line = line.last == 13 ? line.dropLast() : line
      if let first = line.first, first == 0x20 || first == 0x09, !text.isEmpty {
        text[text.count - 1] += String(decoding: line.dropFirst(), as: UTF8.self)
      } else {
        text.append(String(decoding: line, as: UTF8.self))
      }
    }
    guard text.contains(where: { $0.uppercased().hasPrefix("BEGIN:VEVENT") }) else { return }
    for line in text where line.uppercased().hasPrefix("UID:") {
      let uid = String(line.dropFirst(4)).trimmed
      if !uids.contains(uid) { uids.append(uid) }
    }
  }
}

extension [String] {
  /// Each once, in their order.
  fileprivate var reduced: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}

extension MailParts.Message {
  /// Why it is a mail that a program wrote by itself (RFC 3834), such as an out-of-office reply; nil: it is not.
  var automatic: String? {
    func field(_ name: String) -> String { fields[name]?.trimmed.lowercased() ?? "" }
    let submitted = field("auto-submitted")
    if !submitted.isEmpty, !submitted.hasPrefix("no") { return "Auto-Submitted: \(submitted)" }
    for name in [
      "x-autoreply", "x-autorespond", "x-autoresponder", "x-autogenerated", "x-mail-autoreply",
      "x-auto-reply-from",
      "x-amazon-auto-reply", "x-fc-machinegenerated", "x-ms-exchange-generated-message-source",
    ] where !field(name).isEmpty && field(name) != "no" {
      return name
    }
    let suppressed = field("x-auto-response-suppress")
    if suppressed.contains("all") || suppressed.contains("oof") || suppressed.contains("autoreply") {
      return "X-Auto-Response-Suppress: \(suppressed)"
    }
    if ["auto_reply", "auto-reply", "autoreply"].contains(field("precedence")) {
      return "Precedence: auto_reply"
    }
    if field("preference") == "auto_reply" { return "Preference: auto_reply" }
    return nil
  }
}
