/// What one VEVENT, or one AVAILABLE of a VAVAILABILITY, says of time.
package struct CalendarEvent: Sendable {
  package enum Status: Hashable, Sendable { case tentative, confirmed, cancelled }
  package enum BusyStatus: Hashable, Sendable { case free, tentative, busy, outOfOffice, workingElsewhere }

  /// Empty where the file says none.
  package var uid = ""
  package var sequence = 0
  /// DTSTAMP in seconds since the epoch; 0 where there is none.
  package var stamp = 0
  /// Physical line of its BEGIN.
  package var line = 0
  package var start = CalendarTime(wall: 0, frame: .utc)
  /// Whether `start` is what the file says: a REPLY need not say it.
  var hasStart = false
  /// RFC 5545 allows one of `end` and `duration`; where a file has both, the longer counts.
  package var end: CalendarTime?
  var duration: CalendarDuration?
  /// Whether what says how long it lasts cannot be read: it then lasts a day, or longer where that is known.
  var hasUnknownLength = false
  /// Whether it cannot be said which event of its UID it changes: it then counts beside them.
  var standsAlone = false
  package var summary = ""
  package var status = Status.confirmed
  package var isTransparent = false
  package var busyStatus: BusyStatus?
  /// Addresses, in lower case, of the attendees who declined.
  package var declined: [String] = []
  /// Every attendee; read with `depth: .texts` alone.
  package var attendees: [Attendee] = []
  package var comment = ""
  /// DESCRIPTION and LOCATION; read with `depth: .texts` alone.
  var details = ""
  var location = ""
  /// What this programme wrote into an event that it keeps on a server.
  var mark = CalendarMark(source: "", digest: "")
  /// METHOD of the calendar object that it is in, in capitals.
  package var method: String?
  /// The organizer's address in lower case.
  package var organizer: String?

  var rules: [RecurrenceRule] = []
  /// RDATE; an end or a duration where it is a period.
  var extraDates: [Period] = []
  /// EXDATE.
  var exceptions: [CalendarTime] = []
  var recurrenceID: CalendarTime?
  var isThisAndFuture = false

  /// An ATTENDEE, as far as its answer goes.
  package struct Attendee: Hashable, Sendable {
    /// In lower case, without `mailto:`.
    package var address: String
    package var name: String
    /// PARTSTAT in capitals; `NEEDS-ACTION` where none is given.
    package var participation: String
    /// Addresses in lower case.
    package var delegatedTo: [String]
    /// Addresses, in lower case, that speak for it: SENT-BY, and EMAIL of RFC 7986.
    package var spokenForBy: [String] = []
    /// X-RESPONSE-COMMENT, as Google and Zimbra write it.
    package var comment = ""
  }

  /// A period of RDATE or FREEBUSY; neither end nor duration: as long as its event.
  struct Period: Hashable, Sendable {
    var start: CalendarTime
    var end: CalendarTime?
    var duration: CalendarDuration?
  }

  /// Whether it takes its owner's time: the status that Exchange writes wins over TRANSP.
  func isBusy(for owners: Set<String>) -> Bool {
    if status == .cancelled { return false }
    if !owners.isEmpty, declined.contains(where: owners.contains) { return false }
    switch busyStatus {
    case .free, .workingElsewhere: return false
    case .tentative, .busy, .outOfOffice: return true
    case nil: return !isTransparent
    }
  }
}

/// One VAVAILABILITY (RFC 7953): within its bounds, whatever no AVAILABLE covers is busy.
struct Availability: Sendable {
  /// 1 is the highest, 9 the lowest, 0 below all.
  var priority = 0
  var line = 0
  /// nil: since ever.
  var start: CalendarTime?
  /// nil: for ever, unless there is a duration.
  var end: CalendarTime?
  var duration: CalendarDuration?
  var available: [CalendarEvent] = []
}
