import Basics
package import Programme

/// Writes invitations as iCalendar files that Outlook, Exchange, Google, Apple and Thunderbird take
/// (RFC 5545, 5546, 6868).
package enum CalendarWriter {
  package enum Method: Hashable, Sendable {
    /// Invites, or moves what was invited to before.
    case request
    /// Calls the meeting off for all of its attendees.
    case cancel
    /// Takes the invitation of these attendees back; the meeting itself goes on.
    case uninvite

    /// As iTIP calls it (RFC 5546, section 1.4).
    package var name: String { self == .request ? "REQUEST" : "CANCEL" }
  }

  /// One invitation as a file of its own, to all of its attendees.
  /// - Parameter method: by default a CANCEL for a cancelled meeting, else a REQUEST.
  /// - Throws: `CalendarError.badInvitation` where no calendar would take it, `.unknownZone`.
  package static func bytes(
    of invitation: Invitation, method: Method? = nil
  ) throws(CalendarError) -> [UInt8] {
    let method = method ?? (invitation.isCancelled ? .cancel : .request)
    func bad(_ reason: String) -> CalendarError { .badInvitation(uid: invitation.uid, reason: reason) }
    if invitation.attendees.isEmpty { throw bad("has no attendees") }
    if method == .request, invitation.isCancelled { throw bad("is cancelled: write a CANCEL") }
    var writer = ContentLineWriter()
    let shapes = try shapes([invitation])
    begin(&writer, method: method.name, shapes)
    try write(invitation, method, shapes[invitation.timeZone] ?? nil, &writer)
    writer.literal("END:VCALENDAR")
    return writer.bytes
  }

  /// All the meetings of somebody in one file to look at or subscribe to: METHOD:PUBLISH, without attendees, in the
  /// order of their starts.
  /// - Throws: as `bytes(of:method:)`; also where there is no invitation at all.
  package static func bundle(
    _ invitations: [Invitation], title: String? = nil
  ) throws(CalendarError) -> [UInt8] {
    guard !invitations.isEmpty else {
      throw .badInvitation(uid: "", reason: "is missing: there is nothing to write")
    }
    var writer = ContentLineWriter()
    let shapes = try shapes(invitations)
    begin(&writer, method: "PUBLISH", shapes, title: title)
    for invitation in invitations.sorted(by: { ($0.start, $0.uid) < ($1.start, $1.uid) }) {
      try write(invitation, nil, shapes[invitation.timeZone] ?? nil, &writer)
    }
    writer.literal("END:VCALENDAR")
    return writer.bytes
  }

  /// One meeting as a calendar server keeps it (RFC 4791, section 4.1): without METHOD, and without organizer, attendees
  /// and alarm, so that no server that schedules (RFC 6638) invites anybody by itself.
  /// - Throws: as `bytes(of:method:)`.
  package static func stored(
    _ invitation: Invitation, mark: CalendarMark
  ) throws(CalendarError) -> [UInt8] {
    var writer = ContentLineWriter()
    let shapes = try shapes([invitation])
    begin(&writer, method: nil, shapes)
    try write(invitation, nil, shapes[invitation.timeZone] ?? nil, mark: mark, &writer)
    writer.literal("END:VCALENDAR")
    return writer.bytes
  }

  private static func begin(
    _ writer: inout ContentLineWriter, method: String?, _ shapes: [String: ZoneShape?], title: String? = nil
  ) {
    writer.literal("BEGIN:VCALENDAR")
    writer.literal("VERSION:2.0")
    writer.literal("PRODID:-//Tandem//Tandem//EN")
    writer.literal("CALSCALE:GREGORIAN")
    if let method { writer.literal("METHOD:\(method)") }
    if let title { writer.text("X-WR-CALNAME", title) }
    for (_, shape) in shapes.sorted(by: { $0.key < $1.key }) { shape?.write(to: &writer) }
  }

  /// The shape of each zone over all the years that are used of it; nil for one that is written in UTC.
  private static func shapes(_ invitations: [Invitation]) throws(CalendarError) -> [String: ZoneShape?] {
    var years: [String: ClosedRange<Int>] = [:]
    for invitation in invitations {
      let (first, last) = (invitation.start.secondsSinceEpoch, invitation.end.secondsSinceEpoch)
      guard first < last else {
        throw .badInvitation(uid: invitation.uid, reason: "does not end after it starts")
      }
      guard first >= 0, last <= WallClock.last - 2 * WallClock.day else {
        throw .badInvitation(uid: invitation.uid, reason: "is not between the years 1970 and 9999")
      }
      let from = WallClock.civil(WallClock.dayNumber(first)).year
      let to = WallClock.civil(WallClock.dayNumber(last)).year
      let known = years[invitation.timeZone] ?? from...to
      years[invitation.timeZone] = min(known.lowerBound, from)...max(known.upperBound, to)
    }
    var shapes: [String: ZoneShape?] = [:]
    for (name, range) in years {
      let zone = try ZoneDatabase.zone(name)
      let isFixed = zone.starts.count == 1 && zone.offsets[0] == 0
      // Where a meeting begins or ends in an hour that a clock shows twice, all of its zone is written in UTC: readers take
      // the first or, as libical, the second.
      let isPlain = invitations.allSatisfy { invitation in
        invitation.timeZone != name
          || [invitation.start, invitation.end].allSatisfy { !zone.showsTwice($0.secondsSinceEpoch) }
      }
      shapes[name] = .some(isFixed || !isPlain ? nil : ZoneShape(zone, years: range))
    }
    return shapes
  }

  /// - Parameters:
  ///   - method: nil to publish.
  ///   - mark: of an event that a server keeps.
  private static func write(
    _ invitation: Invitation, _ method: Method?, _ shape: ZoneShape?, mark: CalendarMark? = nil,
    _ writer: inout ContentLineWriter
  ) throws(CalendarError) {
    try check(invitation)
    let zone = try ZoneDatabase.zone(invitation.timeZone)
    let language = isLanguageTag(invitation.language) ? invitation.language : nil
    writer.literal("BEGIN:VEVENT")
    writer.text("UID", invitation.uid)
    writer.begin("DTSTAMP")
    writer.time(wall: invitation.stamp.secondsSinceEpoch, isUTC: true)
    writer.literal("SEQUENCE:\(invitation.sequence)")
    for (name, time) in [("DTSTART", invitation.start), ("DTEND", invitation.end)] {
      writer.begin(name)
      if let shape {
        writer.parameter("TZID", shape.name)
        writer.time(wall: zone.wall(at: time.secondsSinceEpoch), isUTC: false)
      } else {
        writer.time(wall: time.secondsSinceEpoch, isUTC: true)
      }
    }
    writer.text("SUMMARY", language: language, invitation.summary)
    if !invitation.description.isEmpty {
      writer.text("DESCRIPTION", language: language, invitation.description)
    }
    if !invitation.location.isEmpty { writer.text("LOCATION", language: language, invitation.location) }
    if !invitation.categories.isEmpty {
      writer.texts("CATEGORIES", language: language, invitation.categories)
    }
    if let url = invitation.url {
      guard let safe = webAddress(url) else {
        throw bad(invitation, "has the URL '\(url)', which is not a web address")
      }
      writer.begin("URL")
      writer.value(safe)
    }
    if method == .cancel || method == nil && invitation.isCancelled {
      writer.literal("STATUS:CANCELLED")
    } else if method != .uninvite {
      writer.literal("STATUS:CONFIRMED")
    }
    writer.literal("TRANSP:OPAQUE")
    if let mark {
      writer.text("X-TANDEM-SOURCE", mark.source)
      writer.text("X-TANDEM-DIGEST", mark.digest)
      writer.literal("END:VEVENT")
      return
    }
    guard let organizer = mailAddress(invitation.organizer.email) else {
      throw bad(invitation, "has the organizer '\(invitation.organizer.email)', which is not a mail address")
    }
    writer.begin("ORGANIZER")
    if !invitation.organizer.name.isEmpty { writer.parameter("CN", invitation.organizer.name) }
    writer.value(organizer)
    if method != nil { try writeAttendees(invitation, method, organizer: organizer, &writer) }
    if let alarm = invitation.alarm, method == .request || method == nil && !invitation.isCancelled {
      writer.literal("BEGIN:VALARM")
      writer.literal("ACTION:DISPLAY")
      writer.literal("TRIGGER:-PT\(alarm)M")
      writer.text("DESCRIPTION", language: language, invitation.summary)
      writer.literal("END:VALARM")
    }
    writer.literal("END:VEVENT")
  }

  private static func bad(_ invitation: Invitation, _ reason: String) -> CalendarError {
    .badInvitation(uid: invitation.uid, reason: reason)
  }

  /// What no calendar takes, found before anything is written.
  private static func check(_ invitation: Invitation) throws(CalendarError) {
    guard !invitation.uid.isEmpty, invitation.uid.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw bad(invitation, "has a UID that is empty or holds blanks")
    }
    guard (0...WallClock.last).contains(invitation.stamp.secondsSinceEpoch) else {
      throw bad(invitation, "was not made between the years 1970 and 9999")
    }
    guard invitation.sequence >= 0 else { throw bad(invitation, "has a negative sequence") }
  }

  private static func writeAttendees(
    _ invitation: Invitation, _ method: Method?, organizer: String, _ writer: inout ContentLineWriter
  ) throws(CalendarError) {
    var written: Set<String> = []
    for attendee in invitation.attendees {
      guard let address = mailAddress(attendee.email) else {
        throw .badInvitation(
          uid: invitation.uid, reason: "has the attendee '\(attendee.email)', which is not a mail address")
      }
      guard address.lowercased() != organizer.lowercased() else {
        throw .badInvitation(uid: invitation.uid, reason: "names its organizer among its attendees")
      }
      guard written.insert(address.lowercased()).inserted else { continue }
      writer.begin("ATTENDEE")
      writer.literalPart(
        attendee.isRoom ? ";CUTYPE=ROOM;ROLE=NON-PARTICIPANT" : ";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT")
      writer.literalPart(";PARTSTAT=NEEDS-ACTION")
      if method == .request { writer.literalPart(";RSVP=TRUE") }
      if !attendee.name.isEmpty { writer.parameter("CN", attendee.name) }
      writer.value(address)
    }
  }

  // MARK: What is checked before it is written

  /// `mailto:` and a bare address; what a URI cannot hold is percent-encoded (RFC 6068). nil for anything that is not
  /// one address.
  static func mailAddress(_ text: String) -> String? {
    guard EmailAddress.fault(of: text) == nil else { return nil }
    return "mailto:" + percentEncoded(text, keeping: keptInAddress)
  }

  /// An http or https address, with what a URI cannot hold percent-encoded; nil for anything else.
  static func webAddress(_ text: String) -> String? {
    let scheme = text.prefix(8).lowercased()
    guard
      scheme.hasPrefix("https://") && text.utf8.count > 8
        || scheme.hasPrefix("http://") && text.utf8.count > 7,
      text.utf8.count <= 2000, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }), !hasOddBlank(text)
    else { return nil }
    return percentEncoded(text, keeping: keptInWebAddress)
  }

  private static let keptInAddress = asciiSet("!$'*+-._~@=&/", withAlphanumerics: true)
  private static let keptInWebAddress = asciiSet("-._~:/?#[]@!$&'()*+,;=%", withAlphanumerics: true)

  /// For each ASCII character whether it is in the set.
  private static func asciiSet(_ members: String, withAlphanumerics: Bool = false) -> [Bool] {
    (0..<128 as Range<UInt8>).map {
      withAlphanumerics && $0.isASCIILetterOrDigit || members.utf8.contains($0)
    }
  }

  /// Blanks and controls beyond ASCII.
  private static func hasOddBlank(_ text: String) -> Bool {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return false }
    return text.unicodeScalars.contains { scalar in
      !scalar.isASCII
        && (scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
          || scalar.properties.generalCategory == .format)
    }
  }

  private static func percentEncoded(_ text: String, keeping kept: [Bool]) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 && kept[Int($0)] }) { return text }
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    for byte in text.utf8 {
      if byte < 0x80, kept[Int(byte)] {
        encoded.append(byte)
      } else {
        encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  /// BCP 47, as far as its letters go.
  package static func isLanguageTag(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 35 && text.utf8.first != UInt8(ascii: "-")
      && text.utf8.allSatisfy { $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-") }
  }
}
