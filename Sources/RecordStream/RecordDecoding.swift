import Programme

/// Reading the text form of each record kind (design: stream). Keys that we do not know are passed over: a stream
/// saved by a later version reads today.
extension Record {
  init(kind: Kind, _ scanner: inout JSONScanner) throws {
    self =
      switch kind {
      case .person: .person(try Person(&scanner))
      case .tandem: .tandem(try Tandem(&scanner))
      case .unmatched: .unmatched(try Unmatched(&scanner))
      case .session: .session(try Session(&scanner))
      case .workshop: .workshop(try Workshop(&scanner))
      case .response: .response(try Response(&scanner))
      case .summary: .summary(try Summary(&scanner))
      }
  }
}

/// A key that the record cannot do without.
func required<Value>(_ value: Value?, _ key: String, of kind: Record.Kind) throws(RecordError)
  -> Value
{
  guard let value else { throw RecordError("the \(kind.rawValue) has no \"\(key)\"") }
  return value
}

extension JSONScanner {
  mutating func strings() throws(JSONError) -> [String] {
    var values: [String] = []
    try beginArray()
    while try nextElement() { values.append(try string()) }
    return values
  }

  mutating func people() throws(JSONError) -> [PersonID] {
    try strings().map { PersonID($0) }
  }

  mutating func map() throws(JSONError) -> [String: String] {
    var values: [String: String] = [:]
    try beginObject()
    while let key = try nextKey() { values[key] = try string() }
    return values
  }

  mutating func integers() throws(JSONError) -> [String: Int] {
    var values: [String: Int] = [:]
    try beginObject()
    while let key = try nextKey() { values[key] = try integer() }
    return values
  }

  /// One of an enumeration's words.
  mutating func word<Word: RawRepresentable & CaseIterable>(
    _: Word.Type
  ) throws(JSONError) -> Word where Word.RawValue == String {
    _ = peek()
    let place = offset
    let text = try string()
    if let word = Word(rawValue: text) { return word }
    let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
    throw JSONError(offset: place, message: "\"\(text)\" is none of \(known)")
  }

  mutating func timestamp() throws(JSONError) -> Timestamp {
    _ = peek()
    let place = offset
    let text = try string()
    if let time = Timestamp(rfc3339: text) { return time }
    throw JSONError(
      offset: place,
      message: "\"\(text)\" is no time with an offset; write it as 2026-10-05T10:00:00+02:00")
  }
}

extension Tandem {
  init(_ scanner: inout JSONScanner) throws {
    var id: String?
    var cohort: String?
    var region: String?
    var mentor: PersonID?
    var mentee: PersonID?
    var score = TandemScore(total: 0, taught: 0, returned: 0, shared: 0, distance: 0)
    var status = Status.proposed
    var locked = false
    var topics: [String] = []
    try scanner.beginObject()
    while let key = try scanner.nextKey() {
      if try scanner.null() { continue }
      switch key {
      case "id": id = try scanner.string()
      case "cohort": cohort = try scanner.string()
      case "region": region = try scanner.string()
      case "mentor": mentor = PersonID(try scanner.string())
      case "mentee": mentee = PersonID(try scanner.string())
      case "score":
        let parts = try scanner.integers()
        score = TandemScore(
          total: parts["total"] ?? 0, taught: parts["taught"] ?? 0, returned: parts["returned"] ?? 0,
          shared: parts["shared"] ?? 0, distance: parts["distance"] ?? 0)
      case "status": status = try scanner.word(Status.self)
      case "locked": locked = try scanner.bool()
      case "topics": topics = try scanner.strings()
      default: try scanner.skipValue()
      }
    }
    self.init(
      cohort: try required(cohort, "cohort", of: .tandem),
      region: try required(region, "region", of: .tandem),
      mentor: try required(mentor, "mentor", of: .tandem),
      mentee: try required(mentee, "mentee", of: .tandem),
      score: score, status: status, locked: locked, topics: topics)
    self.id = try required(id, "id", of: .tandem)
  }
}

extension Unmatched {
  init(_ scanner: inout JSONScanner) throws {
    var person: PersonID?
    var cohort: String?
    var reasons: [Reason] = []
    var nearest: PersonID?
    try scanner.beginObject()
    while let key = try scanner.nextKey() {
      if try scanner.null() { continue }
      switch key {
      case "person": person = PersonID(try scanner.string())
      case "cohort": cohort = try scanner.string()
      case "nearest": nearest = PersonID(try scanner.string())
      case "reasons":
        try scanner.beginArray()
        while try scanner.nextElement() {
          var reason = Reason(rule: "", ruledOut: 0)
          try scanner.beginObject()
          while let part = try scanner.nextKey() {
            switch part {
            case "rule": reason.rule = try scanner.string()
            case "ruledOut": reason.ruledOut = try scanner.integer()
            default: try scanner.skipValue()
            }
          }
          reasons.append(reason)
        }
      default: try scanner.skipValue()
      }
    }
    self.init(
      person: try required(person, "person", of: .unmatched),
      cohort: try required(cohort, "cohort", of: .unmatched), reasons: reasons, nearest: nearest)
  }
}

extension Session {
  init(_ scanner: inout JSONScanner) throws {
    var id: String?
    var tandem: String?
    var uid: String?
    var timeZone: String?
    var number: Int?
    var start: Timestamp?
    var end: Timestamp?
    var sequence = 0
    var place = ""
    var topics: [String] = []
    var status = Status.planned
    var cost = SessionCost()
    try scanner.beginObject()
    while let key = try scanner.nextKey() {
      if try scanner.null() { continue }
      switch key {
      case "id": id = try scanner.string()
      case "tandem": tandem = try scanner.string()
      case "number": number = try scanner.integer()
      case "uid": uid = try scanner.string()
      case "sequence": sequence = try scanner.integer()
      case "start": start = try scanner.timestamp()
      case "end": end = try scanner.timestamp()
      case "timeZone": timeZone = try scanner.string()
      case "place": place = try scanner.string()
      case "topics": topics = try scanner.strings()
      case "status": status = try scanner.word(Status.self)
      case "cost":
        let parts = try scanner.integers()
        cost = SessionCost(
          day: parts["day"] ?? 0, half: parts["half"] ?? 0, lunch: parts["lunch"] ?? 0,
          late: parts["late"] ?? 0,
          room: parts["room"] ?? 0)
      default: try scanner.skipValue()
      }
    }
    self.init(
      tandem: try required(tandem, "tandem", of: .session),
      number: try required(number, "number", of: .session),
      uid: try required(uid, "uid", of: .session), sequence: sequence,
      start: try required(start, "start", of: .session), end: try required(end, "end", of: .session),
      timeZone: try required(timeZone, "timeZone", of: .session), place: place, topics: topics,
      status: status,
      cost: cost)
    self.id = try required(id, "id", of: .session)
    guard self.end > self.start else { throw RecordError("the session ends before it begins") }
  }
}

extension Workshop {
  init(_ scanner: inout JSONScanner) throws {
    var id: String?
    var cohort: String?
    var uid: String?
    var timeZone: String?
    var start: Timestamp?
    var end: Timestamp?
    var sequence = 0
    var venue = ""
    var groups: [Group] = []
    var attendees: [PersonID] = []
    var missing: [Missing] = []
    try scanner.beginObject()
    while let key = try scanner.nextKey() {
      if try scanner.null() { continue }
      switch key {
      case "id": id = try scanner.string()
      case "cohort": cohort = try scanner.string()
      case "uid": uid = try scanner.string()
      case "sequence": sequence = try scanner.integer()
      case "start": start = try scanner.timestamp()
      case "end": end = try scanner.timestamp()
      case "timeZone": timeZone = try scanner.string()
      case "venue": venue = try scanner.string()
      case "attendees": attendees = try scanner.people()
      case "groups":
        try scanner.beginArray()
        while try scanner.nextElement() {
          var group = Group(name: "", members: [])
          try scanner.beginObject()
          while let part = try scanner.nextKey() {
            if try scanner.null() { continue }
            switch part {
            case "name": group.name = try scanner.string()
            case "moderator": group.moderator = PersonID(try scanner.string())
            case "members": group.members = try scanner.people()
            default: try scanner.skipValue()
            }
          }
          groups.append(group)
        }
      case "missing":
        try scanner.beginArray()
        while try scanner.nextElement() {
          var who = Missing(person: PersonID(""), reason: "")
          try scanner.beginObject()
          while let part = try scanner.nextKey() {
            switch part {
            case "person": who.person = PersonID(try scanner.string())
            case "reason": who.reason = try scanner.string()
            default: try scanner.skipValue()
            }
          }
          missing.append(who)
        }
      default: try scanner.skipValue()
      }
    }
    self.init(
      id: try required(id, "id", of: .workshop), cohort: try required(cohort, "cohort", of: .workshop),
      uid: try required(uid, "uid", of: .workshop), sequence: sequence,
      start: try required(start, "start", of: .workshop), end: try required(end, "end", of: .workshop),
      timeZone: try required(timeZone, "timeZone", of: .workshop), venue: venue, groups: groups,
      attendees: attendees, missing: missing)
  }
}
