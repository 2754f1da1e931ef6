// What each kind of component takes from its content lines; all other properties say nothing of time.

extension CalendarEvent {
  enum Property: String, CaseIterable {
    case uid = "UID"
    case end = "DTEND"
    case rule = "RRULE"
    case extraDates = "RDATE"
    case exceptions = "EXDATE"
    case status = "STATUS"
    case transparency = "TRANSP"
    case start = "DTSTART"
    case stamp = "DTSTAMP"
    case summary = "SUMMARY"
    case comment = "COMMENT"
    case duration = "DURATION"
    case sequence = "SEQUENCE"
    case attendee = "ATTENDEE"
    case location = "LOCATION"
    case organizer = "ORGANIZER"
    case details = "DESCRIPTION"
    case recurrenceID = "RECURRENCE-ID"
    case markSource = "X-TANDEM-SOURCE"
    case markDigest = "X-TANDEM-DIGEST"
    case busyStatus = "X-MICROSOFT-CDO-BUSYSTATUS"
  }

  static let properties = NameTable<Property>()

  /// What cannot be read goes to `faults`; the event keeps the rest, and takes rather too much time than too little.
  mutating func read(
    _ content: ContentLine, _ times: inout ContentTimes, depth: CalendarFile.Depth, _ faults: inout [Fault]
  ) {
    guard let property = CalendarEvent.properties[content.name] else { return }
    let value = content.value
    switch property {
    case .uid: uid = value.text
    case .start: readStart(content, &times, &faults)
    case .end: readEnd(content, &times, &faults)
    case .duration:
      duration = CalendarDuration(value)
      if duration == nil {
        hasUnknownLength = true
        faults.append(Fault(times.bad(content), .lastsADay))
      }
    case .rule:
      var mistakes: [CalendarError] = []
      let rule = RecurrenceRule(value, &mistakes)
      if let rule { rules.append(rule) }
      faults += mistakes.map { Fault($0, rule == nil ? .firstOccurrenceAlone : .restOfRule) }
    case .extraDates:
      let list = times.periods(content)
      extraDates += list.periods + list.refused.compactMap(\.busy)
      faults += list.refused.map { Fault($0.error, $0.busy == nil ? .otherDatesKept : .wholeDay) }
    case .exceptions:
      let list = times.periods(content)
      exceptions += list.periods.map(\.start)
      faults += list.refused.map { Fault($0.error, .occurrenceStaysBusy) }
    case .status:
      status = value.equals("CANCELLED") ? .cancelled : value.equals("TENTATIVE") ? .tentative : .confirmed
    case .transparency: isTransparent = value.equals("TRANSPARENT")
    case .stamp:
      if let time = CalendarTime(value) {
        stamp = time.wall
      } else {
        leaveVersionOpen(content, times, &faults)
      }
    case .sequence:
      if let number = value.integer { sequence = number } else { leaveVersionOpen(content, times, &faults) }
    case .attendee:
      if content.parameter("PARTSTAT")?.equals("DECLINED") ?? false {
        declined.append(CalendarFile.address(value.text))
      }
      if depth == .texts { attendees.append(Attendee(content)) }
    case .organizer: organizer = CalendarFile.address(value.text)
    case .recurrenceID:
      do throws(CalendarError) {
        recurrenceID = try times.time(content)
        isThisAndFuture = content.parameter("RANGE")?.equals("THISANDFUTURE") ?? false
      } catch {
        standsAlone = true
        faults.append(Fault(error, .changedAndOriginalBusy))
      }
    case .summary: if depth == .texts { summary = content.text.unescapedText }
    case .comment: if depth == .texts { comment = content.text.unescapedText }
    case .location: if depth == .texts { location = content.text.unescapedText }
    case .details: if depth == .texts { details = content.text.unescapedText }
    case .markSource: mark.source = content.text.unescapedText
    case .markDigest: mark.digest = content.text.unescapedText
    case .busyStatus: busyStatus = BusyStatus.names[value]
    }
  }

  private mutating func readStart(
    _ content: ContentLine, _ times: inout ContentTimes, _ faults: inout [Fault]
  ) {
    do throws(CalendarError) {
      start = try times.time(content)
      hasStart = true
    } catch {
      if hasStart {
        faults.append(Fault(error, .otherStartCounts))
      } else if let day = times.day(content, content.value) {
        start = day
        hasStart = true
        hasUnknownLength = true
        faults.append(Fault(error, .wholeDay))
      } else {
        faults.append(Fault(error, .noStart))
      }
    }
  }

  private mutating func readEnd(
    _ content: ContentLine, _ times: inout ContentTimes, _ faults: inout [Fault]
  ) {
    do throws(CalendarError) {
      end = try times.time(content)
    } catch {
      hasUnknownLength = true
      end = times.day(content, content.value).map {
        CalendarTime(wall: $0.wall + WallClock.day, frame: $0.frame)
      }
      faults.append(Fault(error, end == nil ? .lastsADay : .wholeDay))
    }
  }

  private mutating func leaveVersionOpen(
    _ content: ContentLine, _ times: ContentTimes, _ faults: inout [Fault]
  ) {
    standsAlone = true
    faults.append(Fault(times.bad(content), .allVersionsBusy))
  }

  /// Settles what must hold within one event whatever its zones; where it does not, the event takes the longer time.
  ///
  /// - Parameter isWhole: whether each of its lines could be read, to its END.
  mutating func settle(name: String, isWhole: Bool, _ faults: inout [Fault]) {
    if !hasStart, let end {
      start = CalendarTime(wall: end.wall - WallClock.day, frame: end.frame)
      hasStart = true
      hasUnknownLength = true
      faults.append(Fault(.missing(property: "DTSTART", component: name), .dayBeforeEnd))
    }
    if let end, end.frame == start.frame, end.wall < start.wall {
      self.end = nil
      hasUnknownLength = true
      faults.append(Fault(.endsBeforeStart(component: name), .lastsADay))
    }
    if let given = duration, given.days < 0 || given.seconds < 0 {
      duration = nil
      hasUnknownLength = true
      faults.append(Fault(.endsBeforeStart(component: name), .lastsADay))
    }
    if let end, let duration,
      end.frame != start.frame || end.wall - start.wall != duration.days * WallClock.day + duration.seconds
    {
      faults.append(Fault(.twoLengths(component: name), .longerCounts))
    }
    if !isWhole, hasStart, end == nil, duration == nil, !hasUnknownLength {
      hasUnknownLength = true
      if !start.isDate { faults.append(Fault(.mayEndLater(component: name), .lastsADay)) }
    }
    if start.isDate, rules.contains(where: { $0.frequency < .daily }) {
      for index in rules.indices where rules[index].frequency < .daily {
        rules[index].frequency = .daily
        rules[index].interval = 1
        rules[index].count = nil
      }
      faults.append(
        Fault(.badRule(part: "FREQ", reason: "is shorter than the whole day of DTSTART"), .everyDay))
    }
  }
}

/// Something in an event that cannot be read, and what the event means without it.
struct Fault {
  enum Effect: String {
    case lastsADay = "it counts as lasting a day"
    case wholeDay = "the whole day counts as busy"
    case dayBeforeEnd = "the day before its DTEND counts as busy"
    case longerCounts = "the longer counts"
    case firstOccurrenceAlone = "its first occurrence alone counts as busy"
    case restOfRule = "the rest of the rule counts, without its COUNT"
    case everyDay = "every day counts as busy"
    case otherDatesKept = "the other dates count"
    case occurrenceStaysBusy = "that occurrence stays busy"
    case changedAndOriginalBusy = "the changed occurrence and the original both count as busy"
    case allVersionsBusy = "all versions of the event count as busy"
    case otherStartCounts = "the other DTSTART counts"
    case otherPeriodsCount = "the other periods count"
    case boundIsOpen = "it is left out, and more time counts as busy"
    case proposesNoTime = "it proposes no time"
    /// Whether that costs the event, its DTEND decides.
    case noStart = ""
  }

  var error: CalendarError
  var effect: Effect

  init(_ error: CalendarError, _ effect: Effect) {
    self.error = error
    self.effect = effect
  }
}

extension Availability {
  /// What cannot be read of its bounds leaves them open: outside of what is available, more time is busy.
  mutating func read(_ content: ContentLine, _ times: inout ContentTimes) throws(CalendarError) {
    if content.name.equals("DTSTART") {
      start = try times.time(content)
    } else if content.name.equals("DTEND") {
      end = try times.time(content)
    } else if content.name.equals("DURATION") {
      guard let given = CalendarDuration(content.value) else { throw times.bad(content) }
      duration = given
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
      dates += try times.starts(content)
    }
  }
}

extension CalendarEvent.Attendee {
  init(_ content: ContentLine) {
    address = CalendarFile.address(content.value.text)
    name = content.parameter("CN")?.parameterText ?? ""
    participation = content.parameter("PARTSTAT")?.text.uppercased() ?? "NEEDS-ACTION"
    // A list of quoted addresses: the outer quotes are gone, those between are not.
    let delegates = content.parameter("DELEGATED-TO")?.text ?? ""
    delegatedTo = delegates.split(separator: ",").map { CalendarFile.address($0.filter { $0 != "\"" }) }
    spokenForBy = [content.parameter("SENT-BY")?.text, content.parameter("EMAIL")?.text].compactMap {
      $0.map(CalendarFile.address)
    }
    // Of "urn:uuid:…" and "/o=…/cn=…" the address is beside it.
    if !address.contains("@"), let email = content.parameter("EMAIL")?.text {
      address = CalendarFile.address(email)
    }
    comment = content.parameter("X-RESPONSE-COMMENT")?.parameterText ?? ""
  }
}

extension CalendarEvent.BusyStatus {
  /// What Exchange writes; anything else leaves it to TRANSP.
  static let names = NameTable<Self>([
    ("FREE", .free), ("BUSY", .busy), ("TENTATIVE", .tentative), ("OOF", .outOfOffice),
    ("WORKINGELSEWHERE", .workingElsewhere),
  ])
}
