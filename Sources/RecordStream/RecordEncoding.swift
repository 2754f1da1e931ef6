import Basics
package import Programme

/// Writing the text form of each record kind: keys in byte order, absent facts left out, so that the same value always
/// gives the same line.
extension Record {
  /// One line of the stream, without its line feed.
  package var line: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    switch self {
    case .person(let person): person.write(to: &writer)
    case .tandem(let tandem): tandem.write(to: &writer)
    case .unmatched(let unmatched): unmatched.write(to: &writer)
    case .session(let session): session.write(to: &writer)
    case .workshop(let workshop): workshop.write(to: &writer)
    case .response(let response): response.write(to: &writer)
    case .summary(let summary): summary.write(to: &writer)
    }
    writer.endObject()
    return writer.bytes
  }
}

extension JSONWriter {
  fileprivate mutating func member(_ key: String, _ value: String?) {
    guard let value else { return }
    self.key(key)
    string(value)
  }

  fileprivate mutating func member(_ key: String, _ value: Int?) {
    guard let value else { return }
    self.key(key)
    integer(value)
  }

  fileprivate mutating func member(_ key: String, _ value: Bool?) {
    guard let value else { return }
    self.key(key)
    bool(value)
  }

  fileprivate mutating func member(_ key: String, _ values: [String]) {
    self.key(key)
    strings(values)
  }

  fileprivate mutating func member(_ key: String, _ values: [PersonID]) {
    member(key, values.map(\.text))
  }

  fileprivate mutating func member(_ key: String, _ time: Timestamp) {
    member(key, time.description)
  }

  fileprivate mutating func member(_ key: String, _ figures: KeyValuePairs<String, Int>) {
    self.key(key)
    beginObject()
    for (name, value) in figures { member(name, value) }
    endObject()
  }

  /// A dictionary's members in byte order of their keys.
  fileprivate mutating func members<Value>(
    _ dictionary: [String: Value], _ write: (inout JSONWriter, Value) -> Void
  ) {
    for name in dictionary.keys.sorted(by: { $0.precedesByBytes($1) }) {
      guard let value = dictionary[name] else { continue }
      key(name)
      write(&self, value)
    }
  }

  fileprivate mutating func object<Value>(
    _ key: String, _ dictionary: [String: Value], _ write: (inout JSONWriter, Value) -> Void
  ) {
    self.key(key)
    beginObject()
    members(dictionary, write)
    endObject()
  }
}

extension Person {
  fileprivate func write(to writer: inout JSONWriter) {
    if !acquainted.isEmpty { writer.member("acquainted", acquainted) }
    if !attributes.isEmpty { writer.object("attributes", attributes) { $0.string($1) } }
    writer.member("capacity", capacity)
    writer.member("consent", consent)
    writer.member("department", department)
    writer.member("email", email)
    writer.member("findable", findable)
    writer.member("id", id.text)
    writer.member("interests", interests)
    writer.member("languages", languages)
    writer.member("learn", learn)
    writer.member("level", level)
    writer.member("manager", manager?.text)
    writer.member("name", name)
    writer.member("record", Record.Kind.person.rawValue)
    writer.member("region", region)
    writer.member("role", role.rawValue)
    if !said.isEmpty { writer.object("said", said) { $0.strings($1) } }
    writer.member("site", site)
    if let source {
      writer.key("source")
      writer.beginObject()
      writer.member("file", source.file)
      writer.member("line", source.line)
      writer.endObject()
    }
    writer.member("teach", teach)
    writer.member("timeZone", timeZone)
    if let workingHours {
      let spans = Dictionary(uniqueKeysWithValues: workingHours.spans.map { ($0.rawValue, $1) })
      writer.object("workingHours", spans) { writer, spans in
        writer.strings(spans.map(WorkingHours.text))
      }
    }
  }
}

extension WorkingHours {
  /// `08:00-17:30`
  static func text(_ span: Range<Int>) -> String {
    func clock(_ minute: Int) -> String {
      func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
      return "\(two(minute / 60)):\(two(minute % 60))"
    }
    return "\(clock(span.lowerBound))-\(clock(span.upperBound))"
  }
}

extension Tandem {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.member("cohort", cohort)
    writer.member("id", id)
    writer.member("locked", locked)
    writer.member("mentee", mentee.text)
    writer.member("mentor", mentor.text)
    writer.member("record", Record.Kind.tandem.rawValue)
    writer.member("region", region)
    writer.member(
      "score",
      [
        "distance": score.distance, "returned": score.returned, "shared": score.shared,
        "taught": score.taught,
        "total": score.total,
      ])
    writer.member("status", status.rawValue)
    writer.member("topics", topics)
  }
}

extension Unmatched {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.member("cohort", cohort)
    writer.member("nearest", nearest?.text)
    writer.member("person", person.text)
    writer.key("reasons")
    writer.beginArray()
    for reason in reasons {
      writer.beginObject()
      writer.member("rule", reason.rule)
      writer.member("ruledOut", reason.ruledOut)
      writer.endObject()
    }
    writer.endArray()
    writer.member("record", Record.Kind.unmatched.rawValue)
  }
}

extension Session {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.member(
      "cost",
      [
        "day": cost.day, "half": cost.half, "late": cost.late, "lunch": cost.lunch, "room": cost.room,
        "total": cost.total,
      ])
    writer.member("end", end)
    writer.member("id", id)
    writer.member("number", number)
    writer.member("place", place)
    writer.member("record", Record.Kind.session.rawValue)
    writer.member("sequence", sequence)
    writer.member("start", start)
    writer.member("status", status.rawValue)
    writer.member("tandem", tandem)
    writer.member("timeZone", timeZone)
    writer.member("topics", topics)
    writer.member("uid", uid)
  }
}

extension Workshop {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.member("attendees", attendees)
    writer.member("cohort", cohort)
    writer.member("end", end)
    writer.key("groups")
    writer.beginArray()
    for group in groups {
      writer.beginObject()
      writer.member("members", group.members)
      writer.member("moderator", group.moderator?.text)
      writer.member("name", group.name)
      writer.endObject()
    }
    writer.endArray()
    writer.member("id", id)
    writer.key("missing")
    writer.beginArray()
    for who in missing {
      writer.beginObject()
      writer.member("person", who.person.text)
      writer.member("reason", who.reason)
      writer.endObject()
    }
    writer.endArray()
    writer.member("record", Record.Kind.workshop.rawValue)
    writer.member("sequence", sequence)
    writer.member("start", start)
    writer.member("timeZone", timeZone)
    writer.member("uid", uid)
    writer.member("venue", venue)
  }
}

extension Response {
  /// Dimensions stand beside the fixed keys, so all keys are gathered before they are written in order.
  fileprivate func write(to writer: inout JSONWriter) {
    var texts = dimensions
    texts["cohort"] = cohort
    texts["id"] = id
    texts["record"] = Record.Kind.response.rawValue
    texts["region"] = region
    texts["survey"] = survey
    texts["answers"] = nil
    let before = texts.filter { $0.key.precedesByBytes("answers") }
    writer.members(before) { $0.string($1) }
    writer.object("answers", answers) { writer, answer in
      switch answer {
      case .notAnswered: writer.null()
      case .number(let number): writer.double(number)
      case .text(let text): writer.string(text)
      case .choices(let choices): writer.strings(choices)
      }
    }
    writer.members(texts.filter { before[$0.key] == nil }) { $0.string($1) }
  }
}

extension Summary {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object("figures", figures) { $0.double($1) }
    writer.member("question", question)
    writer.member("record", Record.Kind.summary.rawValue)
    writer.object("slice", slice) { $0.string($1) }
    writer.member("suppressed", suppressed)
    writer.member("survey", survey)
  }
}
