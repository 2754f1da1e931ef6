/// What can be wrong with a calendar file, a zone or an invitation.
package enum CalendarError: Error, Hashable, Sendable {
  /// No zone of that name: not in the tz database, not in the file, not a Windows name.
  case unknownZone(String)
  /// The tz database holds a file of that name that is no zone.
  case brokenZoneFile(String)
  /// A VTIMEZONE that describes no clock, and why.
  case brokenZone(String, String)
  /// A date, time, period, duration or UTC offset that cannot be read.
  case badValue(property: String, value: String)
  /// A recurrence rule that cannot be read: the part, and what is wrong with it.
  case badRule(part: String, reason: String)
  /// Bytes that are no UTF-8.
  case badBytes(property: String)
  /// A component lacks what it must have.
  case missing(property: String, component: String)
  /// A component ends before it starts.
  case endsBeforeStart(component: String)
  /// DTEND and DURATION, of which a component may have one, say two lengths.
  case twoLengths(component: String)
  /// A component may have an end that is on an unreadable line.
  case mayEndLater(component: String)
  /// A component was begun and not ended.
  case notEnded(component: String)
  /// An END that pairs with no BEGIN.
  case notBegun(component: String)
  /// A line that is neither `NAME:value` nor the continuation of one.
  case noContentLine(String)
  /// The bytes are no iCalendar file at all, and why.
  case noCalendar(String)
  /// An invitation that no calendar would take, and why.
  case badInvitation(uid: String, reason: String)

  /// Lower case: what is wrong, and what to do.
  package var message: String {
    switch self {
    case .unknownZone(let name):
      "unknown time zone '\(name)': give its IANA name, or a VTIMEZONE in the same file"
    case .brokenZoneFile(let name):
      "the tz database has no readable zone '\(name)': install tzdata"
    case .brokenZone(let name, let reason):
      "the VTIMEZONE '\(name)' \(reason)"
    case .badValue(let property, let value):
      "\(property) has the value '\(value)', which cannot be read"
    case .badRule(let part, let reason):
      "RRULE: \(part) \(reason)"
    case .badBytes(let property):
      "\(property) holds bytes that are not UTF-8: export the calendar as UTF-8"
    case .missing(let property, let component):
      "the \(component) has no \(property)"
    case .endsBeforeStart(let component):
      "the \(component) ends before it starts"
    case .twoLengths(let component):
      "DTEND and DURATION of the \(component) contradict each other"
    case .mayEndLater(let component):
      "the \(component) has neither DTEND nor DURATION, and a line that cannot be read"
    case .notEnded(let component):
      "the \(component) is not ended: the file is cut off, export it again"
    case .notBegun(let component):
      "END:\(component) has no BEGIN"
    case .noContentLine(let text):
      "'\(text)' is neither 'NAME:value' nor the continuation of a line"
    case .noCalendar(let reason):
      reason
    case .badInvitation(let uid, let reason):
      "the invitation '\(uid)' \(reason)"
    }
  }

  /// What two mistakes have in common that one correction ends: they are reported once, with a count.
  var cause: String {
    switch self {
    case .badValue(let property, _): "\(code) \(property)"
    case .badRule(_, let reason): "\(code) \(reason)"
    case .noContentLine: code
    default: message
    }
  }

  /// A stable short name, for filters.
  package var code: String {
    switch self {
    case .unknownZone: "unknown-zone"
    case .brokenZoneFile: "broken-zone-file"
    case .brokenZone: "broken-zone"
    case .badValue: "bad-value"
    case .badRule: "bad-rule"
    case .badBytes: "bad-bytes"
    case .missing: "missing-property"
    case .endsBeforeStart: "ends-before-start"
    case .twoLengths: "two-lengths"
    case .mayEndLater: "may-end-later"
    case .notEnded: "not-ended"
    case .notBegun: "not-begun"
    case .noContentLine: "no-content-line"
    case .noCalendar: "no-calendar"
    case .badInvitation: "bad-invitation"
    }
  }
}
