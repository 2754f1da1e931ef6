import Basics
import Programme

/// One line of the outbox's journal: what a recipient was notified of, by a mail or (without `file`) a file sent by hand, or
/// (without `at` too) knows from elsewhere.
struct JournalEntry {
  /// Seconds since the epoch.
  var at: Int?
  /// Of the mail, without its ending.
  var file: String?
  var uid: String
  /// In lower case.
  var recipient: String
  var told: Told

  init(_ notice: Notice, file: String?, at now: Timestamp) {
    self.init(
      at: now.secondsSinceEpoch, file: file, uid: notice.invitation.uid,
      recipient: notice.recipient.email.lowercased(), told: notice.told)
  }

  init(at: Int?, file: String?, uid: String, recipient: String, told: Told) {
    self.at = at
    self.file = file
    self.uid = uid
    self.recipient = recipient
    self.told = told
  }

  enum Line {
    case entry(JournalEntry)
    /// Ends a batch of so many entries.
    case end(Int)
    case bad
  }

  static func end(of count: Int) -> [UInt8] {
    JSONValue.object(["entries": .integer(count), "record": .string("batch")]).line
  }

  var line: [UInt8] {
    var members: [String: JSONValue] = [
      "record": .string("notice"), "uid": .string(uid), "recipient": .string(recipient),
      "name": .string(told.name), "on": .bool(told.isOn), "sequence": .integer(told.sequence),
      "start": .string(told.start.description), "end": .string(told.end.description),
      "timeZone": .string(told.timeZone), "place": .string(told.place),
      "topics": .array(told.topics.map { .string($0) }),
    ]
    members["at"] = at.map { .string(Timestamp(secondsSinceEpoch: $0, offset: 0).description) }
    members["file"] = file.map { .string($0) }
    return JSONValue.object(members).line
  }

  static func read(_ line: ArraySlice<UInt8>) -> Line {
    guard let value = try? JSONValue(parsing: line) else { return .bad }
    func time(_ key: String) -> Timestamp? { value[key]?.string.flatMap { Timestamp(rfc3339: $0) } }
    if value["record"]?.string == "batch" { return value["entries"]?.integer.map { .end($0) } ?? .bad }
    guard value["record"]?.string == "notice", let uid = value["uid"]?.string,
      let recipient = value["recipient"]?.string, case .bool(let isOn) = value["on"],
      let sequence = value["sequence"]?.integer, let start = time("start"), let end = time("end"),
      let zone = value["timeZone"]?.string
    else { return .bad }
    let told = Told(
      name: value["name"]?.string ?? "", isOn: isOn, sequence: sequence, start: start, end: end,
      timeZone: zone,
      place: value["place"]?.string ?? "", topics: (value["topics"]?.array ?? []).compactMap(\.string))
    return .entry(
      JournalEntry(
        at: time("at")?.secondsSinceEpoch, file: value["file"]?.string, uid: uid, recipient: recipient,
        told: told))
  }
}

extension ToldBook {
  init(_ entries: [JournalEntry]) {
    self.init()
    for entry in entries { add(entry) }
  }

  mutating func add(_ entry: JournalEntry) {
    states[entry.uid, default: [:]][entry.recipient] = entry.told
    if let at = entry.at { occasions[entry.recipient, default: []].insert(at) }
  }
}
