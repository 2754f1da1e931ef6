import Basics
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
  /// Of the calendar object at hand.
  private var times = ContentTimes(firstZone: 0)
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
    times = ContentTimes(firstZone: file.zones.count)
    names.own = [:]
    firstEvent = file.events.count
    method = nil
  }

  /// Gives the object's zones their tables, and drops what stands in a zone that nobody knows.
  private mutating func finishCalendar() {
    var unknown: Set<Int> = []
    for zone in times.zones {
      do throws(CalendarError) {
        file.zones.append(try names.zone(zone.name))
      } catch {
        let here = line
        line = zone.line
        tell(error)
        line = here
        unknown.insert(file.zones.count)
        file.zones.append(.utc)
      }
    }
    times = ContentTimes(firstZone: file.zones.count)
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
    times.line = line
    switch component {
    case .event, .available: if try event.read(content, &times, depth: depth) { hasStart = true }
    case .calendar: readCalendar(content)
    case .freeBusy: try readFreeBusy(content)
    case .availability: try availability.read(content, &times)
    case .timeZone: if content.name.equals("TZID") { zone.name = content.value.text }
    case .observance: try observance.read(content, &times)
    case .other: break
    }
  }

  private mutating func readCalendar(_ content: ContentLine) {
    if content.name.equals("METHOD") {
      method = content.value.text.uppercased()
      if file.method == nil { file.method = method }
    } else if content.name.equals("X-WR-CALNAME") || content.name.equals("NAME") {
      file.title = content.value.unescapedText
    } else if content.name.equals("X-OWNER") {
      file.declaredOwner = CalendarFile.address(content.value.unescapedText)
    } else if content.name.equals("CALSCALE"), !content.value.equals("GREGORIAN") {
      // RFC 5545 knows no other; its dates are read as what they look like.
      tell(times.bad(content), .warning)
    }
  }

  private mutating func readFreeBusy(_ content: ContentLine) throws(CalendarError) {
    if content.name.equals("FREEBUSY") {
      if content.parameter("FBTYPE")?.equals("FREE") ?? false { return }
      busyPeriods += try times.periods(content)
    } else if content.name.equals("ORGANIZER") || content.name.equals("ATTENDEE") {
      file.freeBusyAddresses.append(CalendarFile.address(content.value.text))
    }
  }
}
