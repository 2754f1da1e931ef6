/// All that a calendar file says of one meeting, in the words of the region: made by Regions from a session or a
/// workshop, written by Calendars.
package struct Invitation: Hashable, Sendable {
  /// Somebody in the calendar file: a display name and a bare address.
  package struct Party: Hashable, Sendable {
    package var name: String
    package var email: String
    /// RSVP and ROLE: a required participant, or a room (CUTYPE=ROOM).
    package var isRoom: Bool

    package init(name: String, email: String, isRoom: Bool = false) {
      self.name = name
      self.email = email
      self.isRoom = isRoom
    }
  }

  package var uid: String
  package var sequence: Int
  /// When this wording was made (DTSTAMP): given from outside, so that the same input gives the same bytes.
  package var stamp: Timestamp
  package var start: Timestamp
  package var end: Timestamp
  /// An IANA name.
  package var timeZone: String
  package var organizer: Party
  package var attendees: [Party]
  package var summary: String
  package var description: String
  package var location: String
  package var categories: [String]
  package var url: String?
  /// Minutes before the start; nil: no alarm.
  package var alarm: Int?
  /// BCP 47 tag of the texts.
  package var language: String
  package var isCancelled: Bool

  package init(
    uid: String, sequence: Int, stamp: Timestamp, start: Timestamp, end: Timestamp, timeZone: String,
    organizer: Party, attendees: [Party], summary: String, description: String, location: String,
    categories: [String] = [], url: String? = nil, alarm: Int? = nil, language: String,
    isCancelled: Bool = false
  ) {
    self.uid = uid
    self.sequence = sequence
    self.stamp = stamp
    self.start = start
    self.end = end
    self.timeZone = timeZone
    self.organizer = organizer
    self.attendees = attendees
    self.summary = summary
    self.description = description
    self.location = location
    self.categories = categories
    self.url = url
    self.alarm = alarm
    self.language = language
    self.isCancelled = isCancelled
  }
}
