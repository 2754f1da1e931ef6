/// One meeting of a tandem.
package struct Session: Hashable, Sendable {
  package enum Status: String, CaseIterable, Hashable, Sendable {
    case planned, held, moved, cancelled
  }

  package var id: String
  package var tandem: String
  /// 1…10, as the programme counts.
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

  package init(
    tandem: String, number: Int, uid: String, sequence: Int = 0, start: Timestamp, end: Timestamp,
    timeZone: String, place: String, topics: [String] = [], status: Status = .planned,
    cost: SessionCost = SessionCost()
  ) {
    id = Session.id(tandem: tandem, number: number)
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

  package static func id(tandem: String, number: Int) -> String { "\(tandem)#\(number)" }

  /// Globally unique and derived from what it names (RFC 7986, section 5.3, asks for no more): the tandem, the number, and
  /// the organizer's mail domain.
  package static func uid(tandem: String, number: Int, domain: String) -> String {
    "\(tandem.asUIDPart)-\(number)@\(domain)"
  }
}

/// What a session costs, in its parts: the weights are the region's.
package struct SessionCost: Hashable, Sendable {
  /// (calendar days from the ideal day)².
  package var day: Int
  /// Outside the mentee's preferred half of the day.
  package var half: Int
  /// Over lunch.
  package var lunch: Int
  /// Ending late.
  package var late: Int
  /// Another room than the session before.
  package var room: Int

  package init(day: Int = 0, half: Int = 0, lunch: Int = 0, late: Int = 0, room: Int = 0) {
    self.day = day
    self.half = half
    self.lunch = lunch
    self.late = late
    self.room = room
  }

  package var total: Int { day + half + lunch + late + room }
}

/// The mid-term workshop of a cohort: one date, one venue, its groups.
package struct Workshop: Hashable, Sendable {
  package struct Group: Hashable, Sendable {
    package var name: String
    package var moderator: PersonID?
    package var members: [PersonID]

    package init(name: String, moderator: PersonID? = nil, members: [PersonID]) {
      self.name = name
      self.moderator = moderator
      self.members = members
    }
  }

  /// A mentor who cannot come, and why.
  package struct Missing: Hashable, Sendable {
    package var person: PersonID
    package var reason: String

    package init(person: PersonID, reason: String) {
      self.person = person
      self.reason = reason
    }
  }

  package var id: String
  package var cohort: String
  package var uid: String
  package var sequence: Int
  package var start: Timestamp
  package var end: Timestamp
  package var timeZone: String
  package var venue: String
  package var groups: [Group]
  package var attendees: [PersonID]
  package var missing: [Missing]

  package init(
    id: String, cohort: String, uid: String, sequence: Int = 0, start: Timestamp, end: Timestamp,
    timeZone: String, venue: String, groups: [Group] = [], attendees: [PersonID] = [],
    missing: [Missing] = []
  ) {
    self.id = id
    self.cohort = cohort
    self.uid = uid
    self.sequence = sequence
    self.start = start
    self.end = end
    self.timeZone = timeZone
    self.venue = venue
    self.groups = groups
    self.attendees = attendees
    self.missing = missing
  }

  /// `2026-autumn/pl/workshop-1`: by cohort, host and number.
  package static func id(cohort: String, region: String, number: Int) -> String {
    "\(cohort)/\(region)/workshop-\(number)"
  }

  /// Derived from what it names, as a session's.
  package static func uid(id: String, domain: String) -> String { "\(id.asUIDPart)@\(domain)" }
}
