/// The mid-term workshop of a cohort: one date, one venue, its groups.
package struct Workshop: ScheduledMeeting, Hashable {
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

  package var id: WorkshopID
  package var cohort: String
  package var uid: String
  package var sequence: Int
  package var start: Timestamp
  package var end: Timestamp
  package var timeZone: String
  package var venue: String
  package var groups: [Group]
  package var attendees: [PersonID]
  /// Of them, those who join a meeting at a venue on line.
  package var online: [PersonID]
  package var missing: [Missing]

  package init(
    id: WorkshopID, cohort: String, uid: String, sequence: Int = 0, start: Timestamp, end: Timestamp,
    timeZone: String, venue: String, groups: [Group] = [], attendees: [PersonID] = [],
    online: [PersonID] = [], missing: [Missing] = []
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
    self.online = online
    self.missing = missing
  }

  /// Derived from what it names, as a session's.
  package static func uid(id: WorkshopID, domain: String) -> String { "\(id.text.asUIDPart)@\(domain)" }
}

extension Workshop: FieldObject {
  package static let fields = FieldTable(
    "workshop", "A mid-term workshop: one date, one venue, its groups.", place: "`tandem-workshop`",
    blank: Workshop(
      id: WorkshopID(""), cohort: "", uid: "", start: .epoch, end: .epoch, timeZone: "", venue: ""),
    [
      .required("id", \.id, "`COHORT/REGION/workshop-NUMBER`"),
      .required("cohort", \.cohort, "the cohort's id"),
      .required("uid", \.uid, "of the calendar event"),
      .required("start", \.start, "when it begins"),
      .required("end", \.end, "when it ends"),
      .required("timeZone", \.timeZone, "IANA name"),
      .count("sequence", \.sequence, "of the calendar event"),
      .defaulted("venue", \.venue, "the venue's name"),
      .defaulted("groups", \.groups, "who meets in which room"),
      .defaulted("attendees", \.attendees, "ids of all who come"),
      .sparse("online", \.online, "ids of those who join on line, where others meet in a room"),
      .defaulted("missing", \.missing, "mentors who cannot come"),
    ])
}

extension Workshop.Group: FieldObject {
  package static let fields = FieldTable(
    blank: Workshop.Group(name: "", members: []),
    [
      .defaulted("name", \.name, "the room's name"),
      .optional("moderator", \.moderator, "the moderator's id"),
      .defaulted("members", \.members, "ids of people"),
    ])
}

extension Workshop.Missing: FieldObject {
  package static let fields = FieldTable(
    blank: Workshop.Missing(person: PersonID(""), reason: ""),
    [
      .defaulted("person", \.person, "the person's id"),
      .defaulted("reason", \.reason, "in words"),
    ])
}
