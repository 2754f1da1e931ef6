// What each kind of component takes from its content lines; all other properties say nothing of time.

extension CalendarEvent {
  /// - Returns: whether the line is the DTSTART.
  mutating func read(
    _ content: ContentLine, _ times: inout ContentTimes, depth: CalendarFile.Depth
  ) throws(CalendarError) -> Bool {
    let (name, value) = (content.name, content.value)
    switch name.count {
    case 3 where name.equals("UID"): uid = value.text
    case 5 where name.equals("DTEND"): end = try times.time(content)
    case 5 where name.equals("RRULE"): rules.append(try RecurrenceRule(value))
    case 5 where name.equals("RDATE"): extraDates += try times.periods(content)
    case 6 where name.equals("EXDATE"): exceptions += try times.periods(content).map(\.start)
    case 6 where name.equals("STATUS"):
      status = value.equals("CANCELLED") ? .cancelled : value.equals("TENTATIVE") ? .tentative : .confirmed
    case 6 where name.equals("TRANSP"): isTransparent = value.equals("TRANSPARENT")
    case 7 where name.equals("DTSTART"):
      start = try times.time(content)
      return true
    case 7 where name.equals("DTSTAMP"): stamp = CalendarTime(value)?.wall ?? 0
    case 7 where name.equals("SUMMARY"): if depth == .texts { summary = value.unescapedText }
    case 7 where name.equals("COMMENT"): if depth == .texts { comment = value.unescapedText }
    case 8 where name.equals("DURATION"): duration = try times.duration(content)
    case 8 where name.equals("SEQUENCE"): sequence = value.integer ?? 0
    case 8 where name.equals("ATTENDEE"):
      if content.parameter("PARTSTAT")?.equals("DECLINED") ?? false {
        declined.append(CalendarFile.address(value.text))
      }
      if depth == .texts { attendees.append(Attendee(content)) }
    case 8 where name.equals("LOCATION"): if depth == .texts { location = value.unescapedText }
    case 9 where name.equals("ORGANIZER"): organizer = CalendarFile.address(value.text)
    case 11 where name.equals("DESCRIPTION"): if depth == .texts { details = value.unescapedText }
    case 13 where name.equals("RECURRENCE-ID"):
      recurrenceID = try times.time(content)
      isThisAndFuture = content.parameter("RANGE")?.equals("THISANDFUTURE") ?? false
    case 15 where name.equals("X-TANDEM-SOURCE"): mark.source = value.unescapedText
    case 15 where name.equals("X-TANDEM-DIGEST"): mark.digest = value.unescapedText
    case 26 where name.equals("X-MICROSOFT-CDO-BUSYSTATUS"): busyStatus = BusyStatus(value)
    default: break
    }
    return false
  }

  /// What must hold within one event whatever its zones.
  func check(hasStart: Bool, name: String) throws(CalendarError) {
    guard hasStart else { throw .missing(property: "DTSTART", component: name) }
    if let end, end.frame == start.frame, end.wall < start.wall { throw .endsBeforeStart(component: name) }
    if let duration, duration.days < 0 || duration.seconds < 0 { throw .endsBeforeStart(component: name) }
    if start.isDate, rules.contains(where: { $0.frequency < .daily }) {
      throw .badRule(part: "FREQ", reason: "is shorter than the whole day of DTSTART")
    }
  }
}

extension Availability {
  mutating func read(_ content: ContentLine, _ times: inout ContentTimes) throws(CalendarError) {
    if content.name.equals("DTSTART") {
      start = try times.time(content)
    } else if content.name.equals("DTEND") {
      end = try times.time(content)
    } else if content.name.equals("DURATION") {
      duration = try times.duration(content)
    } else if content.name.equals("PRIORITY") {
      guard let given = content.value.integer, (0...9).contains(given) else { throw times.bad(content) }
      priority = given
    }
  }
}

extension FileZone.Observance {
  mutating func read(_ content: ContentLine, _ times: inout ContentTimes) throws(CalendarError) {
    if content.name.equals("DTSTART") {
      guard let time = CalendarTime(content.value) else { throw times.bad(content) }
      start = time.wall
    } else if content.name.equals("TZOFFSETFROM") {
      guard let offset = FileZone.offset(content.value) else { throw times.bad(content) }
      from = offset
    } else if content.name.equals("TZOFFSETTO") {
      guard let offset = FileZone.offset(content.value) else { throw times.bad(content) }
      to = offset
    } else if content.name.equals("RRULE") {
      rules.append(try RecurrenceRule(content.value))
    } else if content.name.equals("RDATE") {
      dates += try times.periods(content).map(\.start)
    }
  }
}

extension CalendarEvent.Attendee {
  init(_ content: ContentLine) {
    address = CalendarFile.address(content.value.text)
    name = content.parameter("CN")?.parameterText ?? ""
    participation = content.parameter("PARTSTAT")?.text.uppercased() ?? "NEEDS-ACTION"
    delegatedTo =
      content.parameter("DELEGATED-TO").map { parameter in
        // A list of quoted addresses: the outer quotes are gone, those between are not.
        parameter.text.split(separator: ",").map { CalendarFile.address($0.filter { $0 != "\"" }) }
      } ?? []
  }
}

extension CalendarEvent.BusyStatus {
  /// nil for what Exchange never writes: then TRANSP decides.
  init?(_ value: Octets) {
    if value.equals("FREE") {
      self = .free
    } else if value.equals("BUSY") {
      self = .busy
    } else if value.equals("TENTATIVE") {
      self = .tentative
    } else if value.equals("OOF") {
      self = .outOfOffice
    } else if value.equals("WORKINGELSEWHERE") {
      self = .workingElsewhere
    } else {
      return nil
    }
  }
}
