package import Basics

/// One meeting of a tandem.
package struct Session: ScheduledMeeting, Hashable {
  package enum Status: String, CaseIterable, FieldValue {
    case planned, held, missed, cancelled

    /// Streams of the first version have `moved` for a session that was rescheduled; its sequence tells that.
    package init(reading scanner: inout JSONScanner) throws(JSONError) {
      try self.init(reading: &scanner, formerly: ["moved": .planned])
    }
  }

  /// Why a session did not or will not take place: the kind of reason; what it was in words is nobody's concern.
  package enum Reason: String, CaseIterable, FieldValue {
    case illness, leave, work
    case noShow = "no-show"
    case other
  }

  /// That people agreed on the time of a session: the plan leaves it there, whatever the rules say.
  package enum Agreement: String, CaseIterable, FieldValue {
    case yes
    /// One of them is recorded as away on that day, and comes all the same.
    case whileAway = "while-away"
  }

  package var id: SessionID
  package var tandem: TandemID
  /// The session's own number among those of the tandem, which its id ends with: it never changes and is never given to
  /// another. In which order sessions take place is told by their times, how many count by their states.
  package var number: Int
  /// Of the calendar event; kept for the session's life.
  package var uid: String
  /// Of the calendar event: grows when start, end or status change.
  package var sequence: Int
  package var start: Timestamp
  package var end: Timestamp
  /// The zone in which it was planned: the mentee's.
  package var timeZone: String
  package var place: String
  package var topics: [String]
  package var status: Status
  package var cost: SessionCost
  /// The day that suits the tandem's rhythm best, on its clock; kept for the session's life. nil: earlier plans had none.
  package var ideal: LocalDate?
  /// Why it was missed, or dropped; of a session that the plan itself called off nil.
  package var reason: Reason?
  /// nil: the plan may move it.
  package var agreed: Agreement?
  /// Of a held session the topics that were covered; nil: nobody said.
  package var covered: [String]?

  package init(
    tandem: TandemID, number: Int, uid: String, sequence: Int = 0, start: Timestamp, end: Timestamp,
    timeZone: String, place: String, topics: [String] = [], status: Status = .planned,
    cost: SessionCost = SessionCost()
  ) {
    id = SessionID(tandem: tandem, number: number)
    self.tandem = tandem
    self.number = number
    self.uid = uid
    self.sequence = sequence
    self.start = start
    self.end = end
    self.timeZone = timeZone
    self.place = place
    self.topics = topics
    self.status = status
    self.cost = cost
  }

  /// Whether it takes place, or took place: it was neither missed nor called off.
  package var counts: Bool { status == .planned || status == .held }

  /// Whether it is known if it took place: no later plan changes it.
  package var isRecorded: Bool { status == .held || status == .missed }

  /// Whether it is planned, and neither recorded nor called off.
  package var isOpen: Bool { status == .planned }

  /// Whether somebody called it off for good: the plan makes up for it by another session, never by this one again.
  package var isDropped: Bool { status == .cancelled && reason != nil }

  /// Whether it is planned at another time than at first.
  package var isRescheduled: Bool { isOpen && sequence > 0 }

  /// Calls it off.
  package mutating func cancel() {
    status = .cancelled
    sequence += 1
  }

  /// By tandem, then by number.
  package static func precedes(_ a: Session, _ b: Session) -> Bool {
    (a.tandem, a.number) < (b.tandem, b.number)
  }

  /// In the order in which sessions take place; of two at one time, by tandem and number.
  package static func isEarlier(_ a: Session, than b: Session) -> Bool {
    a.start.secondsSinceEpoch == b.start.secondsSinceEpoch ? precedes(a, b) : a.start < b.start
  }

  /// Globally unique and derived from what it names (RFC 7986, section 5.3, asks for no more): the tandem, the number, and
  /// the organizer's mail domain.
  package static func uid(tandem: TandemID, number: Int, domain: String) -> String {
    "\(tandem.text.asUIDPart)-\(number)@\(domain)"
  }
}

extension Session: FieldObject {
  package static let fields = FieldTable(
    "session", "One meeting of a tandem.", place: "`tandem-schedule`",
    blank: Session(
      tandem: TandemID(""), number: 0, uid: "", start: .epoch, end: .epoch, timeZone: "", place: ""),
    fault: { $0.end > $0.start ? nil : "the session ends before it begins" },
    [
      .required("id", \.id, "`TANDEM#NUMBER`"),
      .required("tandem", \.tandem, "the tandem's id"),
      .count(
        "number", \.number, "its own among those of the tandem, from 1; never given again", isRequired: true),
      .required("uid", \.uid, "of the calendar event"),
      .required("start", \.start, "when it begins"),
      .required("end", \.end, "when it ends: after its beginning"),
      .required("timeZone", \.timeZone, "IANA name of the mentee's zone"),
      .count("sequence", \.sequence, "of the calendar event: grows with each change"),
      .defaulted("place", \.place, "`office`, or the room's name"),
      .defaulted("topics", \.topics, "topics by id"),
      .defaulted("status", \.status, "its state"),
      .defaulted("cost", \.cost, "what it costs, in its parts"),
      .optional(
        "ideal", \.ideal, "the day that suits the tandem's rhythm best: it stays when the session moves"),
      .optional("reason", \.reason, "why it was missed, or dropped"),
      .optional("agreed", \.agreed, "people agreed on the time: the plan leaves it there"),
      .optional("covered", \.covered, "of a held one: the topics that were covered; absent: not said"),
    ])
}

/// What a session costs, in its parts: the weights are the region's.
package struct SessionCost: Hashable, Sendable {
  /// (calendar days from the ideal day)².
  package var day = 0
  /// Days beyond the most since the session before.
  package var gap = 0
  /// Another weekday than the tandem's own.
  package var weekday = 0
  /// Another time than the tandem's own.
  package var time = 0
  /// Outside the best hours.
  package var hours = 0
  /// Beginning early.
  package var early = 0
  /// Over lunch.
  package var lunch = 0
  /// Ending late.
  package var late = 0
  /// Ending late on a Friday.
  package var friday = 0
  /// Outside the mentee's preferred half of the day.
  package var half = 0
  /// Right before or after other meetings.
  package var buffer = 0
  /// On a day on which nobody should meet, or between two free ones.
  package var avoid = 0
  /// Beyond the cap of its site and day.
  package var load = 0
  /// Another room than the session before.
  package var room = 0

  package init(day: Int = 0, half: Int = 0, lunch: Int = 0, late: Int = 0, room: Int = 0) {
    self.day = day
    self.half = half
    self.lunch = lunch
    self.late = late
    self.room = room
  }

  /// Of all parts. A part counts for at most 10¹² either way: a record may state any number, and the sum over a plan must
  /// not overflow.
  package var total: Int {
    [day, gap, weekday, time, hours, early, lunch, late, friday, half, buffer, avoid, load, room]
      .reduce(0) { $0 + min(max($1, -1_000_000_000_000), 1_000_000_000_000) }
  }
}

extension SessionCost: FieldObject {
  package typealias Part = (
    name: String, path: any WritableKeyPath<SessionCost, Int> & Sendable, meaning: String
  )

  /// Each part by its name, and what it is for.
  package static let parts: [Part] = [
    ("day", \.day, "(calendar days from the ideal day)²"),
    ("gap", \.gap, "days beyond the most since the session before"),
    ("weekday", \.weekday, "another weekday than the tandem's own"),
    ("time", \.time, "another time of the day than the tandem's own"),
    ("hours", \.hours, "outside the best hours"),
    ("early", \.early, "beginning early"),
    ("lunch", \.lunch, "over lunch"),
    ("late", \.late, "ending late"),
    ("friday", \.friday, "ending late on a Friday"),
    ("half", \.half, "outside the mentee's preferred half of the day"),
    ("buffer", \.buffer, "right before or after other meetings"),
    ("avoid", \.avoid, "on a day on which nobody should meet, or between two free ones"),
    ("load", \.load, "beyond the cap of its site and day"),
    ("room", \.room, "another room than the session before"),
  ]

  package static let fields = FieldTable(
    blank: SessionCost(),
    [.computed("total", \.total, "of all parts")]
      + parts.map { .defaulted($0.name, $0.path, $0.meaning) })
}
