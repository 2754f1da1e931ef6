import Programme

/// Walks through the content lines of a file with a stack of open components.
struct CalendarReader {
  private(set) var file: CalendarFile
  let depth: CalendarFile.Depth

  private enum Component: Hashable {
    case calendar, event, freeBusy, availability, available, timeZone, observance
    /// VTODO, VALARM and whatever else takes no time.
    case other
  }

  private struct Open {
    var component: Component
    var name: String
    var line: Int
    var isBroken = false
  }

  private var stack: [Open] = []
  private var names: ZoneNames
  /// Index in `file.zones` of the first zone of the calendar object at hand, and the TZIDs from there on.
  private var firstZone = 0
  private var zoneNames: [String] = []
  private var zoneLines: [Int] = []
  private var zoneIndex: [String: Int] = [:]
  private var lastZone: (bytes: [UInt8], index: Int) = ([], -1)
  private var firstEvent = 0
  private var method: String?

  private var event = CalendarEvent()
  private var busyPeriods: [CalendarEvent.Period] = []
  private var availability = Availability()
  private var zone = FileZone()
  private var observance = FileZone.Observance()
  private var hasStart = false
  private var line = 0
  private var hasCalendar = false

  private static let mostDiagnostics = 100
  /// Components stand three deep; what is far deeper is no calendar, and is not followed.
  private static let deepest = 32

  init(fileName: String?, territory: String?, depth: CalendarFile.Depth) {
    file = CalendarFile(fileName: fileName)
    names = ZoneNames(territory: territory)
    self.depth = depth
  }

  mutating func read(_ bytes: Octets) {
    line = 1
    if bytes.isEmpty {
      tell(.noCalendar("the file is empty: export the calendar again"))
      return
    }
    if bytes.count >= 2, bytes[0] == 0xFF && bytes[1] == 0xFE || bytes[0] == 0xFE && bytes[1] == 0xFF {
      tell(.noCalendar("the file is UTF-16: export the calendar as UTF-8"))
      return
    }
    var lines = ContentLines(bytes)
    lines.walk { read(line: $0, number: $1) }
    closeAll()
    if !hasCalendar {
      line = 1
      tell(.noCalendar("the file has no BEGIN:VCALENDAR: it is no iCalendar file"))
    }
    if file.diagnostics.count > CalendarReader.mostDiagnostics {
      let more = file.diagnostics.count - CalendarReader.mostDiagnostics
      file.diagnostics.removeLast(more)
      file.diagnostics.append(
        Diagnostic(.note, "there are more mistakes in this file", file: file.fileName))
    }
  }

  private mutating func read(line octets: Octets, number: Int) {
    line = number
    if !octets.isUTF8 {
      let name = octets[0..<(octets.buffer.firstIndex { $0 == 0x3A || $0 == 0x3B } ?? 0)]
      tell(.badBytes(property: name.isUTF8 && !name.isEmpty ? name.shortText : "the line"))
    }
    guard let content = ContentLine(octets) else {
      if stack.last.map({ $0.component != .other }) ?? false {
        tell(.noContentLine(octets.shortText), .warning)
      }
      return
    }
    if content.name.equals("BEGIN") {
      begin(content.value)
    } else if content.name.equals("END") {
      end(content.value)
    } else if let top = stack.last {
      do throws(CalendarError) {
        try read(content, in: top.component)
      } catch {
        stack[stack.count - 1].isBroken = true
        tell(error, skipped: true)
      }
    }
  }

  private mutating func tell(
    _ error: CalendarError, _ severity: Diagnostic.Severity = .error, skipped: Bool = false
  ) {
    // One more than is kept says that there are more.
    guard file.diagnostics.count <= CalendarReader.mostDiagnostics else { return }
    var message = error.message
    if skipped, let top = stack.last { message += "; the \(top.name) is skipped" }
    file.diagnostics.append(
      Diagnostic(severity, message, file: file.fileName, line: line, code: error.code))
  }

  // MARK: Components

  private mutating func begin(_ value: Octets) {
    let inside = stack.last?.component
    let component: Component
    if value.equals("VCALENDAR") {
      component = .calendar
    } else if value.equals("VEVENT") {
      component = .event
    } else if value.equals("VFREEBUSY") {
      component = .freeBusy
    } else if value.equals("VAVAILABILITY") {
      component = .availability
    } else if value.equals("VTIMEZONE") {
      component = .timeZone
    } else if value.equals("AVAILABLE"), inside == .availability {
      component = .available
    } else if value.equals("STANDARD") || value.equals("DAYLIGHT"), inside == .timeZone {
      component = .observance
    } else {
      component = .other
    }
    switch component {
    case .calendar:
      closeAll()
      beginCalendar()
    case .event, .freeBusy, .availability, .timeZone:
      // These stand in a calendar alone: whatever else is open was never ended.
      guard stack.first?.component == .calendar else { return }
      closeUnended(downTo: 1)
    default: break
    }
    guard stack.count < CalendarReader.deepest else { return }
    switch component {
    case .event, .available:
      event = CalendarEvent()
      event.line = line
      hasStart = false
    case .freeBusy: busyPeriods = []
    case .availability:
      availability = Availability()
      availability.line = line
    case .timeZone: zone = FileZone()
    case .observance: observance = FileZone.Observance()
    case .calendar, .other: break
    }
    stack.append(Open(component: component, name: value.shortText.uppercased(), line: line))
  }

  private mutating func end(_ value: Octets) {
    let name = value.shortText.uppercased()
    guard let opened = stack.lastIndex(where: { $0.name == name }) else {
      // Of a component whose own end was missing, or of none.
      if !stack.isEmpty { tell(.notBegun(component: name), .warning) }
      return
    }
    closeUnended(downTo: opened + 1)
    guard let closed = stack.last else { return }
    do throws(CalendarError) {
      if !closed.isBroken { try finish(closed) }
    } catch {
      let here = line
      line = closed.line
      tell(error, skipped: true)
      line = here
    }
    stack.removeLast()
    if closed.component == .calendar { finishCalendar() }
  }

  private mutating func closeUnended(downTo count: Int) {
    while stack.count > count, let open = stack.last {
      let here = line
      line = open.line
      tell(.notEnded(component: open.name), open.component == .other ? .warning : .error)
      line = here
      stack.removeLast()
      if open.component == .calendar { finishCalendar() }
      // What an unended part says is not all of it: its whole may not be trusted either.
      if open.component != .other, let last = stack.indices.last, stack[last].component != .calendar {
        stack[last].isBroken = true
      }
    }
  }

  private mutating func closeAll() { closeUnended(downTo: 0) }

  private mutating func finish(_ closed: Open) throws(CalendarError) {
    switch closed.component {
    case .event:
      try event.check(hasStart: hasStart, name: closed.name)
      file.events.append(event)
    case .available:
      try event.check(hasStart: hasStart, name: closed.name)
      availability.available.append(event)
    case .freeBusy: file.busyPeriods += busyPeriods
    case .availability: file.availabilities.append(availability)
    case .timeZone:
      guard !zone.name.isEmpty else { throw .missing(property: "TZID", component: closed.name) }
      names.own[zone.name] = zone
    case .observance: zone.observances.append(observance)
    case .calendar, .other: break
    }
  }

  private mutating func beginCalendar() {
    hasCalendar = true
    firstZone = file.zones.count
    zoneNames = []
    zoneLines = []
    zoneIndex = [:]
    lastZone = ([], -1)
    names.own = [:]
    firstEvent = file.events.count
    method = nil
  }

  /// Gives the object's zones their tables, and drops what stands in a zone that nobody knows.
  private mutating func finishCalendar() {
    var unknown: Set<Int> = []
    for (index, name) in zoneNames.enumerated() {
      do throws(CalendarError) {
        file.zones.append(try names.zone(name))
      } catch {
        let here = line
        line = zoneLines[index]
        tell(error)
        line = here
        unknown.insert(firstZone + index)
        file.zones.append(.utc)
      }
    }
    zoneNames = []
    func isKnown(_ time: CalendarTime?) -> Bool {
      if case .zone(let index)? = time?.frame { return !unknown.contains(index) }
      return true
    }
    func isKnown(_ event: CalendarEvent) -> Bool {
      isKnown(event.start) && isKnown(event.end) && isKnown(event.recurrenceID)
        && event.exceptions.allSatisfy(isKnown)
        && event.extraDates.allSatisfy { isKnown($0.start) && isKnown($0.end) }
    }
    if !unknown.isEmpty {
      file.events.removeAll { !isKnown($0) }
      file.busyPeriods.removeAll { !(isKnown($0.start) && isKnown($0.end)) }
      file.availabilities.removeAll {
        !(isKnown($0.start) && isKnown($0.end) && $0.available.allSatisfy(isKnown))
      }
    }
    if let method { for index in file.events.indices[firstEvent...] { file.events[index].method = method } }
    switch method {
    case "CANCEL": for index in file.events.indices[firstEvent...] { file.events[index].status = .cancelled }
    case "REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH":
      // What others answer or propose takes nobody's time.
      for index in file.events.indices[firstEvent...] {
        file.events[index].isTransparent = true
        file.events[index].busyStatus = nil
      }
    default: break
    }
  }

  // MARK: Properties

  private mutating func read(_ content: ContentLine, in component: Component) throws(CalendarError) {
    switch component {
    case .event, .available: try readEvent(content)
    case .calendar: try readCalendar(content)
    case .freeBusy: try readFreeBusy(content)
    case .availability: try readAvailability(content)
    case .timeZone: if content.name.equals("TZID") { zone.name = content.value.text }
    case .observance: try readObservance(content)
    case .other: break
    }
  }

  private mutating func readCalendar(_ content: ContentLine) throws(CalendarError) {
    if content.name.equals("METHOD") {
      method = content.value.text.uppercased()
      if file.method == nil { file.method = method }
    } else if content.name.equals("X-WR-CALNAME") || content.name.equals("NAME") {
      file.title = content.value.unescapedText
    } else if content.name.equals("X-OWNER") {
      file.declaredOwner = CalendarFile.address(content.value.unescapedText)
    } else if content.name.equals("CALSCALE"), !content.value.equals("GREGORIAN") {
      throw .badValue(property: "CALSCALE", value: content.value.shortText)
    }
  }

  private mutating func readEvent(_ content: ContentLine) throws(CalendarError) {
    let (name, value) = (content.name, content.value)
    switch name.count {
    case 3 where name.equals("UID"): event.uid = value.text
    case 5 where name.equals("DTEND"): event.end = try time(content)
    case 5 where name.equals("RRULE"): event.rules.append(try RecurrenceRule(value))
    case 5 where name.equals("RDATE"): event.extraDates += try periods(content)
    case 6 where name.equals("EXDATE"): event.exceptions += try periods(content).map(\.start)
    case 6 where name.equals("STATUS"):
      event.status =
        value.equals("CANCELLED") ? .cancelled : value.equals("TENTATIVE") ? .tentative : .confirmed
    case 6 where name.equals("TRANSP"): event.isTransparent = value.equals("TRANSPARENT")
    case 7 where name.equals("DTSTART"):
      event.start = try time(content)
      hasStart = true
    case 7 where name.equals("DTSTAMP"): event.stamp = CalendarTime(value)?.wall ?? 0
    case 7 where name.equals("SUMMARY"): if depth == .texts { event.summary = value.unescapedText }
    case 8 where name.equals("DURATION"): event.duration = try duration(content)
    case 8 where name.equals("SEQUENCE"): event.sequence = value.integer ?? 0
    case 8 where name.equals("ATTENDEE"):
      if content.parameter("PARTSTAT")?.equals("DECLINED") ?? false {
        event.declined.append(CalendarFile.address(value.text))
      }
      if depth == .texts { event.attendees.append(CalendarEvent.Attendee(content)) }
    case 7 where name.equals("COMMENT"): if depth == .texts { event.comment = value.unescapedText }
    case 9 where name.equals("ORGANIZER"): event.organizer = CalendarFile.address(value.text)
    case 13 where name.equals("RECURRENCE-ID"):
      event.recurrenceID = try time(content)
      event.isThisAndFuture = content.parameter("RANGE")?.equals("THISANDFUTURE") ?? false
    case 26 where name.equals("X-MICROSOFT-CDO-BUSYSTATUS"):
      event.busyStatus = CalendarEvent.BusyStatus(value)
    default: break
    }
  }

  private mutating func readFreeBusy(_ content: ContentLine) throws(CalendarError) {
    if content.name.equals("FREEBUSY") {
      if content.parameter("FBTYPE")?.equals("FREE") ?? false { return }
      busyPeriods += try periods(content)
    } else if content.name.equals("ORGANIZER") || content.name.equals("ATTENDEE") {
      file.freeBusyAddresses.append(CalendarFile.address(content.value.text))
    }
  }

  private mutating func readAvailability(_ content: ContentLine) throws(CalendarError) {
    if content.name.equals("DTSTART") {
      availability.start = try time(content)
    } else if content.name.equals("DTEND") {
      availability.end = try time(content)
    } else if content.name.equals("DURATION") {
      availability.duration = try duration(content)
    } else if content.name.equals("PRIORITY") {
      guard let priority = content.value.integer, (0...9).contains(priority) else {
        throw .badValue(property: "PRIORITY", value: content.value.shortText)
      }
      availability.priority = priority
    }
  }

  private mutating func readObservance(_ content: ContentLine) throws(CalendarError) {
    if content.name.equals("DTSTART") {
      guard let time = CalendarTime(content.value) else { throw bad(content) }
      observance.start = time.wall
    } else if content.name.equals("TZOFFSETFROM") {
      guard let offset = FileZone.offset(content.value) else { throw bad(content) }
      observance.from = offset
    } else if content.name.equals("TZOFFSETTO") {
      guard let offset = FileZone.offset(content.value) else { throw bad(content) }
      observance.to = offset
    } else if content.name.equals("RRULE") {
      observance.rules.append(try RecurrenceRule(content.value))
    } else if content.name.equals("RDATE") {
      observance.dates += try periods(content).map(\.start)
    }
  }

  // MARK: Values

  private func bad(_ content: ContentLine) -> CalendarError {
    .badValue(property: content.name.shortText.uppercased(), value: content.value.shortText)
  }

  private func duration(_ content: ContentLine) throws(CalendarError) -> CalendarDuration {
    guard let duration = CalendarDuration(content.value) else { throw bad(content) }
    return duration
  }

  private mutating func time(_ content: ContentLine) throws(CalendarError) -> CalendarTime {
    guard var time = CalendarTime(content.value) else { throw bad(content) }
    if time.frame == .floating, let zone = content.parameter("TZID") {
      time.frame = .zone(index(ofZone: zone))
    }
    return time
  }

  /// The periods, dates or times of a list, each with the zone that the property names.
  private mutating func periods(_ content: ContentLine) throws(CalendarError) -> [CalendarEvent.Period] {
    let zone = content.parameter("TZID").map { CalendarTime.Frame.zone(index(ofZone: $0)) }
    func time(_ text: Octets) throws(CalendarError) -> CalendarTime {
      guard var time = CalendarTime(text) else { throw bad(content) }
      if time.frame == .floating, let zone { time.frame = zone }
      return time
    }
    let value = content.value
    var periods: [CalendarEvent.Period] = []
    var from = 0
    while from <= value.count {
      let to = value.firstIndex(of: UInt8(ascii: ","), from: from) ?? value.count
      let item = value[from..<to]
      from = to + 1
      // Some write EXDATE without a value, or with a comma too many.
      guard !item.isEmpty else { continue }
      guard let slash = item.firstIndex(of: UInt8(ascii: "/")) else {
        periods.append(CalendarEvent.Period(start: try time(item)))
        continue
      }
      var period = CalendarEvent.Period(start: try time(item[0..<slash]))
      let rest = item[slash + 1..<item.count]
      if let duration = CalendarDuration(rest) {
        period.duration = duration
      } else {
        period.end = try time(rest)
      }
      periods.append(period)
    }
    return periods
  }

  private mutating func index(ofZone octets: Octets) -> Int {
    if lastZone.index >= 0, octets.buffer.elementsEqual(lastZone.bytes) { return lastZone.index }
    let name = octets.parameterText
    let index: Int
    if let known = zoneIndex[name] {
      index = known
    } else {
      index = firstZone + zoneNames.count
      zoneIndex[name] = index
      zoneNames.append(name)
      zoneLines.append(line)
    }
    lastZone = (Array(octets.buffer), index)
    return index
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

extension CalendarEvent {
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
