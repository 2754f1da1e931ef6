package import Basics
package import Calendars
import Programme

/// The answers in one file: an .ics; a mail that brings them (.eml, Outlook's .msg, winmail.dat, Apple's .emlx); or an mbox of
/// several mails.
package struct ReplyFile: Sendable {
  /// How many of its mails are what: every mail is one of these.
  package struct Count: Hashable, Sendable {
    /// With an answer to an invitation.
    package var answers = 0
    /// That report that an invitation did not arrive.
    package var bounces = 0
    /// That a program sent by itself: out of office, delayed, read.
    package var automatic = 0
    /// Each of which a diagnostic names.
    package var others = 0

    package var all: Int { answers + bounces + automatic + others }

    package init() {}

    package static func += (total: inout Count, more: Count) {
      total.answers += more.answers
      total.bounces += more.bounces
      total.automatic += more.automatic
      total.others += more.others
    }
  }

  package var replies: [CalendarReply] = []
  package var reports: [DeliveryReport] = []
  package var diagnostics: [Diagnostic] = []
  package private(set) var count = Count()
  /// Whether everything in it could be read.
  package var isClean = true
  private let name: String
  private let aliases: [String: String]

  /// Never fails: what cannot be read is named.
  ///
  /// - Parameter aliases: other addresses of attendees, in lower case, each with the one that is invited.
  package init(_ bytes: [UInt8], fileName: String, aliases: [String: String] = [:]) {
    (name, self.aliases) = (fileName, aliases)
    if ReplyFile.isCalendar(bytes) {
      let plain = TextEncoding(markOf: bytes).flatMap { TextEncoding.utf8(bytes, from: $0.rawValue) } ?? bytes
      add(Found(calendars: [Found.Calendar(bytes: plain, senders: nil)]), line: nil)
    } else if bytes.starts(with: CompoundFile.signature) {
      guard let message = OutlookFile.read(bytes) else {
        fail("is Outlook's .msg, and damaged: save the mail again", "bad-mail")
        return
      }
      add(message, line: nil)
    } else if bytes.starts(with: TNEFFile.signature) {
      guard let message = TNEFFile.read(bytes) else {
        fail("is Outlook's winmail.dat, and damaged: save the mail again", "bad-mail")
        return
      }
      add(message, line: nil)
    } else {
      do throws(MailingError) {
        let messages = try MailParts.read(ReplyFile.withoutLength(bytes))
        for message in messages { add(message, line: messages.count > 1 ? message.line : nil) }
      } catch {
        fail(error.message, error.code)
      }
    }
  }

  private mutating func fail(_ message: String, _ code: String) {
    report(.error, message, code, line: nil)
    count.others += 1
  }

  /// Apple Mail's .emlx begins with a line that gives the length of the mail; its own property list follows the mail.
  private static func withoutLength(_ bytes: [UInt8]) -> [UInt8] {
    guard let feed = bytes.prefix(20).firstIndex(of: 10), feed > 0,
      let length = Int(String(decoding: bytes[..<feed], as: UTF8.self).trimmed), length > 0
    else { return bytes }
    return Array(bytes[(feed + 1)...].prefix(length))
  }

  /// What may be an answer in one mail.
  private struct Found {
    struct Calendar {
      var bytes: [UInt8]
      /// nil: no mail brought it.
      var senders: [String]?
      /// What the mail says of the calendar.
      var method = ""
    }

    var calendars: [Calendar] = []
    var replies: [CalendarReply] = []
    /// What people wrote beside it.
    var text = ""
    var isEncrypted = false
    /// Why the mail was sent by a program.
    var automatic: String?
    var report: DeliveryReport?
    /// Parts that nothing here reads, by name.
    var unread: [String] = []
  }

  private mutating func add(_ message: MailParts.Message, line: Int?) {
    var found = Found(automatic: message.automatic, report: DeliveryReport(message))
    for part in message.parts where !part.isReturned { collect(part, into: &found) }
    add(found, line: line)
  }

  private func collect(_ part: MailParts.Part, into found: inout Found) {
    let name = part.fileName.lowercased()
    if part.isCalendar || ReplyFile.isCalendar(part.bytes) {
      found.calendars.append(Found.Calendar(bytes: part.text, senders: part.senders, method: part.method))
    } else if part.bytes.starts(with: TNEFFile.signature), let message = TNEFFile.read(part.bytes) {
      collect(message, senders: part.senders, into: &found)
    } else if part.bytes.starts(with: CompoundFile.signature), let message = OutlookFile.read(part.bytes) {
      collect(message, senders: message.senders, into: &found)
    } else if part.type == "application/ms-tnef" || name == "winmail.dat" {
      found.unread.append("winmail.dat (damaged)")
    } else if part.type.hasSuffix("pkcs7-mime") || name.hasSuffix(".p7m")
      || part.type == "application/pgp-encrypted"
    {
      found.isEncrypted = true
    } else if part.type == "message/partial" || part.type == "message/external-body" {
      found.unread.append(part.type)
    } else if part.type == "text/plain", found.text.isEmpty, name.isEmpty {
      found.text = String(decoding: part.text, as: UTF8.self).trimmed
    }
  }

  private mutating func add(_ message: MAPIMessage, line: Int?) {
    var found = Found()
    let fields = MailParts.header(of: message.headers[...])?.fields ?? [:]
    let mail = MailParts.Message(line: 1, fields: fields, parts: [])
    found.automatic = mail.automatic
    if message.kind.hasPrefix("ipm.note.rules.") { found.automatic = message.kind }
    found.report = message.report
    let senders = MailParts.senders(in: fields)
    collect(message, senders: senders.isEmpty ? message.senders : senders, into: &found)
    if found.replies.isEmpty, found.calendars.isEmpty, !message.senders.isEmpty || !message.kind.isEmpty,
      message.kind.hasPrefix("ipm.schedule.meeting.resp")
    {
      found.unread.append("an answer that does not say to which invitation")
    }
    add(found, line: line)
  }

  private func collect(_ message: MAPIMessage, senders: [String], into found: inout Found, depth: Int = 0) {
    if let reply = message.reply(from: senders, aliases: aliases) { found.replies.append(reply) }
    if found.text.isEmpty { found.text = message.text.trimmed }
    guard depth < MAPIMessage.greatestDepth else { return }
    for attachment in message.attachments {
      for inner in attachment.message {
        let fields = MailParts.header(of: inner.headers[...])?.fields ?? [:]
        let own = MailParts.senders(in: fields)
        collect(inner, senders: own.isEmpty ? inner.senders : own, into: &found, depth: depth + 1)
      }
      let name = attachment.name.lowercased()
      if ReplyFile.isCalendar(attachment.bytes) || name.hasSuffix(".ics")
        || attachment.type == "text/calendar"
      {
        let part = MailParts.Part(
          type: "text/calendar", charset: "", fileName: name, senders: senders, bytes: attachment.bytes)
        collect(part, into: &found)
      } else if let mail = try? MailParts.read(attachment.bytes),
        name.hasSuffix(".eml") || name.hasSuffix(".p7m") || attachment.type.hasPrefix("multipart/signed")
      {
        for part in mail.flatMap(\.parts) {
          var part = part
          if part.senders.isEmpty { part.senders = senders }
          collect(part, into: &found)
        }
      }
    }
  }

  private mutating func add(_ found: Found, line: Int?) {
    var isAnswer = false
    var hasErrors = false
    var methods: [String] = []
    for calendar in found.calendars {
      var file = CalendarFile.read(calendar.bytes, fileName: name, depth: .texts)
      if file.method == nil, !calendar.method.isEmpty {
        // RFC 6047, section 2.4: both say it; of one that forgot, the other counts.
        file = CalendarFile.read(calendar.bytes, fileName: name, depth: .texts, method: calendar.method)
      }
      var answers = file.replies(from: ReplySource(senders: calendar.senders, aliases: aliases), zone: .utc)
      for index in answers.indices where answers[index].comment.isEmpty && !file.isFromTalkativeProgram {
        // A lone full stop is what some programs put where nothing was written.
        if found.text.contains(where: \.isLetter) { answers[index].comment = found.text }
      }
      add(answers)
      diagnostics += file.diagnostics
      if !file.isUnderstood { isClean = false }
      if !answers.isEmpty { isAnswer = true }
      if file.diagnostics.contains(where: { $0.severity == .error }) { hasErrors = true }
      if let method = file.method { methods.append(method) }
    }
    add(found.replies)
    if isAnswer || !found.replies.isEmpty {
      count.answers += 1
    } else if let report = found.report, !report.isHarmless {
      count.bounces += 1
      reports.append(report)
    } else if found.report != nil || found.calendars.isEmpty && found.automatic != nil {
      count.automatic += 1
    } else {
      count.others += 1
      // Of a calendar that cannot be read, that is said already.
      if !hasErrors { reportOther(found, methods, line) }
    }
  }

  /// Says of a mail that is no answer what it is instead.
  private mutating func reportOther(_ found: Found, _ methods: [String], _ line: Int?) {
    if found.isEncrypted {
      report(
        .error, "this mail is encrypted: save it decrypted, or ask the sender to answer without encryption",
        "encrypted", line: line)
    } else if let unread = found.unread.first {
      report(.error, "this mail holds \(unread): read it yourself", "unread-part", line: line)
    } else if found.calendars.isEmpty {
      report(.warning, "this mail holds no calendar answer; read it yourself", "no-answer", line: line)
    } else {
      report(
        .warning,
        "the calendar in it is not an answer (METHOD is \(methods.first ?? "missing"), neither REPLY nor COUNTER)",
        "no-answer", line: line)
    }
  }

  /// The same object often comes twice, as text/calendar and as an attachment.
  private mutating func add(_ found: [CalendarReply]) {
    for reply in found where !replies.contains(reply) { replies.append(reply) }
  }

  private mutating func report(
    _ severity: Diagnostic.Severity, _ message: String, _ code: String, line: Int?
  ) {
    if severity == .error { isClean = false }
    diagnostics.append(Diagnostic(severity, message, file: name, line: line, code: code))
  }

  private static func isCalendar(_ bytes: [UInt8]) -> Bool {
    var head = Array(bytes.prefix(200))
    if let marked = TextEncoding(markOf: head), marked != .utf8 {
      head = TextEncoding.utf8(head, from: marked.rawValue) ?? head
    }
    let start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let text = head[start...].drop { $0 <= 0x20 }.prefix(15)
    return String(decoding: text, as: UTF8.self).uppercased() == "BEGIN:VCALENDAR"
  }
}

extension MailParts.Part {
  var isCalendar: Bool {
    type == "text/calendar" || type == "application/ics" || type == "text/x-vcalendar"
      || type == "application/calendar" || fileName.lowercased().hasSuffix(".ics")
  }
}

extension CalendarFile {
  /// Whether the program that wrote it fills the mail beside it with words of its own, which nobody said.
  fileprivate var isFromTalkativeProgram: Bool {
    let program = product?.lowercased() ?? ""
    return [
      "google", "mozilla", "apple", "zimbra", "nextcloud", "sabre", "inverse", "sogo", "roundcube", "horde",
    ]
    .contains { program.contains($0) }
  }
}

extension MAPIMessage {
  /// What a report of Exchange's says did not arrive; nil: it is none.
  fileprivate var report: DeliveryReport? {
    guard kind.hasPrefix("report.") else { return nil }
    guard kind.hasSuffix(".ndr") else {
      var harmless = DeliveryReport(recipients: [], messageIDs: [], uids: [])
      harmless.isHarmless = true
      return harmless
    }
    let failed = recipients.compactMap { recipient -> DeliveryReport.Recipient? in
      let addresses = [0x39FE, 0x3003].compactMap {
        recipient.text(.tag($0))?.trimmed.lowercased()
      }.filter { $0.contains("@") }
      guard !addresses.isEmpty else { return nil }
      let words = MailHeader.oneLine(recipient.text(.tag(0x0C1B)) ?? properties.text(.tag(0x0C1B)) ?? "")
        .trimmed
      let status = words.split(separator: " ").first { $0.split(separator: ".").count == 3 } ?? ""
      return DeliveryReport.Recipient(
        addresses: addresses, status: String(status), reason: words, isPermanent: !status.hasPrefix("4"))
    }
    let id = properties.text(.tag(0x1046)).map { $0.filter { $0 != "<" && $0 != ">" } }
    let uid = properties.bytes(.meeting(0x03)).flatMap(MAPIMessage.uid)
    return DeliveryReport(
      recipients: failed, messageIDs: [id].compactMap(\.self), uids: [uid].compactMap(\.self))
  }
}
