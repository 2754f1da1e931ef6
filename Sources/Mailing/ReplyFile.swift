package import Basics
package import Calendars
import Programme

/// The answers in one file: an .ics, a mail that brings them, or an mbox of several.
package struct ReplyFile: Sendable {
  package var replies: [CalendarReply] = []
  package var diagnostics: [Diagnostic] = []
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
      add([(bytes, nil)], line: nil)
      return
    }
    do throws(MailingError) {
      let messages = try MailParts.read(bytes)
      for message in messages { add(message, line: messages.count > 1 ? message.line : nil) }
    } catch {
      report(.error, error.message, error.code, line: nil)
    }
  }

  private mutating func add(_ message: MailParts.Message, line: Int?) {
    let calendars = message.parts.filter(\.isCalendar)
    guard calendars.isEmpty else {
      add(calendars.map { ($0.text, $0.senders) }, line: line)
      return
    }
    if message.parts.contains(where: {
      $0.type == "application/ms-tnef" || $0.fileName.lowercased() == "winmail.dat"
    }) {
      report(
        .error,
        "the answer is in Outlook's own form (winmail.dat): have the sender's Exchange send plain MIME",
        "winmail", line: line)
    } else {
      report(.warning, "this mail holds no calendar answer; read it yourself", "no-answer", line: line)
    }
  }

  private mutating func add(_ calendars: [(bytes: [UInt8], senders: [String]?)], line: Int?) {
    var isAnswer = false
    for (bytes, senders) in calendars {
      let file = CalendarFile.read(bytes, fileName: name, depth: .texts)
      let found = file.replies(from: ReplySource(senders: senders, aliases: aliases), zone: .utc)
      // The same object often comes twice, as text/calendar and as an attachment.
      for reply in found where !replies.contains(reply) { replies.append(reply) }
      diagnostics += file.diagnostics
      if !file.isUnderstood { isClean = false }
      if !found.isEmpty || file.diagnostics.contains(where: { $0.severity == .error }) { isAnswer = true }
    }
    if !isAnswer {
      report(
        .warning, "the calendar in it is not an answer (METHOD is neither REPLY nor COUNTER)", "no-answer",
        line: line)
    }
  }

  private mutating func report(
    _ severity: Diagnostic.Severity, _ message: String, _ code: String, line: Int?
  ) {
    if severity == .error { isClean = false }
    diagnostics.append(Diagnostic(severity, message, file: name, line: line, code: code))
  }

  private static func isCalendar(_ bytes: [UInt8]) -> Bool {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let text = bytes[start...].drop { $0 <= 0x20 }.prefix(15)
    return String(decoding: text, as: UTF8.self).uppercased() == "BEGIN:VCALENDAR"
  }
}

extension MailParts.Part {
  fileprivate var isCalendar: Bool {
    type == "text/calendar" || type == "application/ics" || type == "text/x-vcalendar"
      || fileName.lowercased().hasSuffix(".ics")
  }

  /// In UTF-8: what is none, is taken for Latin-1, as old servers send it.
  fileprivate var text: [UInt8] {
    if String(validating: bytes, as: UTF8.self) != nil { return bytes }
    return bytes.flatMap { Array(String(Unicode.Scalar($0)).utf8) }
  }
}
