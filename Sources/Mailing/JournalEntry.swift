import Basics
package import Programme
import RecordStream

/// One line of the outbox's journal: what a recipient was notified of, by a mail or (without `file`) a file sent by hand, or
/// (without `at` too) knows from elsewhere.
package struct JournalEntry: Sendable {
  var at: Timestamp?
  /// Of the mail, without its ending.
  var file: String?
  var uid: String
  /// In lower case.
  var recipient: String
  var notified: NotifiedState
  /// Why it came back: the recipient does not know of it.
  var undelivered: String?
  /// Whether another try would come back too.
  var isUnreachable: Bool?

  init(_ notice: Notice, file: String?, at now: Timestamp) {
    self.init(
      at: now, file: file, uid: notice.invitation.uid, recipient: notice.recipient.email.lowercased(),
      notified: notice.notified)
  }

  init(at: Timestamp?, file: String?, uid: String, recipient: String, notified: NotifiedState) {
    self.at = at
    self.file = file
    self.uid = uid
    self.recipient = recipient
    self.notified = notified
  }

  enum Line {
    case entry(JournalEntry)
    /// Ends a batch of so many entries.
    case end(Int)
    case bad
  }

  static func read(_ line: ArraySlice<UInt8>) -> Line {
    if let entry = try? fields.value(of: line) { return .entry(entry) }
    if let end = try? BatchEnd.fields.value(of: line) { return .end(end.entries) }
    return .bad
  }
}

extension JournalEntry {
  package static let fields = FieldTable(
    "notice", "What a recipient was notified of.", place: "an outbox's `journal.ndjson`",
    blank: JournalEntry(
      at: nil, file: nil, uid: "", recipient: "",
      notified: NotifiedState(
        name: "", isOn: false, sequence: 0, start: .epoch, end: .epoch, timeZone: "", place: "", topics: [])),
    [
      .required("uid", \.uid, "of the calendar event"),
      .required("recipient", \.recipient, "the address in lower case"),
      .required("on", \.notified.isOn, "whether the meeting takes place"),
      .required("sequence", \.notified.sequence, "of the calendar event"),
      .required("start", \.notified.start, "when it begins"),
      .required("end", \.notified.end, "when it ends"),
      .required("timeZone", \.notified.timeZone, "IANA name"),
      .defaulted("name", \.notified.name, "the recipient's name"),
      .defaulted("place", \.notified.place, "where"),
      .defaulted("topics", \.notified.topics, "topics by id"),
      .optional("at", \.at, "when it was sent; absent: known from elsewhere"),
      .optional("file", \.file, "the mail, without its ending; absent: a file sent by hand"),
      .optional("undelivered", \.undelivered, "why it came back; the recipient does not know of it"),
      .flag("unreachable", \.isUnreachable, "whether another try would come back too"),
    ])
}

/// Ends a batch of the journal.
package struct BatchEnd: Sendable {
  var entries: Int

  /// The line that ends so many notices.
  package static func line(of entries: Int) -> [UInt8] { fields.line(BatchEnd(entries: entries)) }

  package static let fields = FieldTable(
    "batch", "Ends the notices of one run: what comes after the last one was never sent.",
    place: "an outbox's `journal.ndjson`", blank: BatchEnd(entries: 0),
    [.required("entries", \.entries, "how many notices come before it")])
}

/// A line of the outbox's deliveries.
package struct DeliveryEntry: Sendable {
  var at = Timestamp.epoch
  var file = ""
  var recipient = ""
  var status = ""
  var reply = ""

  package static let fields = FieldTable(
    "delivery", "What became of a mail.", place: "an outbox's `deliveries.ndjson`", blank: DeliveryEntry(),
    [
      .required("at", \.at, "when"),
      .required("file", \.file, "the mail"),
      .required("recipient", \.recipient, "its address"),
      .required("status", \.status, "`sent`, `failed`, `waiting` or `uncertain`"),
      .required("reply", \.reply, "the server's words"),
    ])
}

extension NotificationHistory {
  init(_ entries: [JournalEntry]) {
    self.init()
    for entry in entries { add(entry) }
  }

  mutating func add(_ entry: JournalEntry) {
    if let reason = entry.undelivered {
      states[entry.uid]?[entry.recipient] = nil
      if entry.isUnreachable == true { unreachable[entry.recipient] = reason }
      return
    }
    unreachable[entry.recipient] = nil
    states[entry.uid, default: [:]][entry.recipient] = entry.notified
    moments[entry.uid, default: [:]][entry.recipient] = entry.at?.secondsSinceEpoch
    if let key = entry.file?.suffix(16) {
      notices[String(key)] = NoticeName(uid: entry.uid, recipient: entry.recipient)
    }
    if let at = entry.at { occasions[entry.recipient, default: []].insert(at.secondsSinceEpoch) }
  }
}
