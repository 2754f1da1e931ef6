package import Basics
package import Calendars
import Programme

/// The answers in one file: an .ics, or a mail that brings them.
package struct ReplyFile: Sendable {
  package var replies: [CalendarReply] = []
  package var diagnostics: [Diagnostic] = []

  /// Never fails: what cannot be read is told.
  package init(_ bytes: [UInt8], fileName: String) {
    func tell(_ severity: Diagnostic.Severity, _ message: String, _ code: String) {
      diagnostics.append(Diagnostic(severity, message, file: fileName, code: code))
    }
    if ReplyFile.isCalendar(bytes) {
      add(bytes, fileName)
    } else {
      do throws(MailingError) {
        let parts = try MailParts.read(bytes)
        let calendars = parts.filter(\.isCalendar)
        for part in calendars { add(part.text, fileName) }
        if calendars.isEmpty {
          if parts.contains(where: {
            $0.type == "application/ms-tnef" || $0.fileName.lowercased() == "winmail.dat"
          }) {
            tell(
              .error,
              "the answer is in Outlook's own form (winmail.dat): have the sender's Exchange send plain MIME",
              "winmail")
          } else {
            tell(.warning, "there is no calendar answer in this mail; read it yourself", "no-answer")
          }
          return
        }
      } catch {
        tell(.error, error.message, error.code)
        return
      }
    }
    if replies.isEmpty, !diagnostics.contains(where: { $0.severity == .error }) {
      tell(.warning, "the calendar in it answers nothing (METHOD is neither REPLY nor COUNTER)", "no-answer")
    }
  }

  private mutating func add(_ calendar: [UInt8], _ fileName: String) {
    let file = CalendarFile.read(calendar, fileName: fileName, depth: .texts)
    // The same object often comes twice, as text/calendar and as an attachment.
    for reply in file.replies(zone: .utc) where !replies.contains(reply) { replies.append(reply) }
    diagnostics += file.diagnostics
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
