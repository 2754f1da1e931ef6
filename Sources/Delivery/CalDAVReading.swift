import Basics

/// What is asked of a calendar that is somebody else's.
extension CalDAVCollection {
  /// What changes with anything in the collection; nil: the server does not say.
  func version() throws(CalDAVError) -> String? {
    let body = """
      <?xml version="1.0" encoding="utf-8"?>
      <propfind xmlns="DAV:" xmlns:S="http://calendarserver.org/ns/"><prop><S:getctag/><sync-token/></prop></propfind>
      """
    var version: String?
    let response = try report("PROPFIND", depth: 0, body) { version = version ?? $0.version }
    guard response.status == 207 else { throw failure("PROPFIND", response) }
    return version
  }

  /// The busy times of the collection (RFC 4791, section 7.10), as a calendar.
  func freeBusy(in window: FetchWindow) throws(CalDAVError) -> [UInt8] {
    let body = """
      <?xml version="1.0" encoding="utf-8"?>
      <C:free-busy-query xmlns:C="urn:ietf:params:xml:ns:caldav">
      <C:time-range start="\(window.startText)" end="\(window.endText)"/></C:free-busy-query>
      """
    let response = try request("REPORT", path, fields: xml(depth: 1), body: Array(body.utf8))
    guard response.status == 200 else { throw failure("REPORT", response) }
    return response.body
  }

  /// The busy times of somebody whom the server knows, asked through our scheduling outbox (RFC 6638, section 5), as a calendar.
  ///
  /// - Parameters:
  ///   - attendee: an address.
  ///   - organizer: our own.
  /// - Throws: `CalDAVError.refused` where the server does not know whom we ask about, or may not say.
  func freeBusy(
    of attendee: String, askedBy organizer: String, in window: FetchWindow
  ) throws(CalDAVError) -> [UInt8] {
    for address in [attendee, organizer] {
      guard address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x3B && $0 != 0x3A })
      else {
        throw .badAddress(address, reason: "it is not a mail address")
      }
    }
    let uid = String(StableHash("\(attendee) \(window.startText) \(window.endText)".utf8).fnv, radix: 16)
    let lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tandem//Tandem//EN", "METHOD:REQUEST", "BEGIN:VFREEBUSY",
      "UID:\(uid)", "DTSTAMP:\(window.startText)", "DTSTART:\(window.startText)", "DTEND:\(window.endText)",
      "ORGANIZER:mailto:\(organizer)", "ATTENDEE:mailto:\(attendee)", "END:VFREEBUSY", "END:VCALENDAR", "",
    ]
    var answers: [MultiStatus.Response] = []
    let fields = ["Content-Type": "text/calendar; charset=utf-8"]
    let response = try report("POST", fields, lines.joined(separator: "\r\n"), root: "C:schedule-response") {
      answers.append($0)
    }
    guard response.status == 200 else { throw failure("POST", response) }
    guard let answer = answers.first, let calendar = answer.calendar else {
      throw .noCalendar(
        "the calendar server says nothing about \(attendee): it knows nobody of that address, or may not")
    }
    return calendar
  }
}
