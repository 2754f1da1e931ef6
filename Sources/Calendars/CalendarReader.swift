import Basics
import Programme

/// Walks through the content lines of a file with a stack of open components.
struct CalendarReader {
  var file: CalendarFile
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
    /// Whether it may not be used: of what is free, and of zones, a part says the wrong thing.
    var isBroken = false
    /// Whether each of its lines could be read.
    var isWhole = true
  }

  private var stack: [Open] = []
  var names: ZoneNames
  /// Of the calendar object at hand.
  var times = ContentTimes(firstZone: 0)
  var firstEvent = 0
  var method: String?
  /// X-WR-TIMEZONE, which times without a zone are meant in.
  var defaultZone: String?

  private var event = CalendarEvent()
  private var busyPeriods: [CalendarEvent.Period] = []
  private var availability = Availability()
  private var zone = FileZone()
  private var observance = FileZone.Observance()
  /// Of the line or component at hand.
  private var faults: [Fault] = []
  /// The events of the calendar object at hand that have no DTSTART, by index, and where that is said.
  var withoutStart: [Int: (error: CalendarError, line: Int)] = [:]
  /// Of the event at hand: its DTSTART that cannot be read.
  private var startFault: (error: CalendarError, line: Int)?
  var line = 0
  private var hasCalendar = false
  /// The diagnostic of each cause, and how often it came.
  private var causes: [String: (diagnostic: Int, count: Int)] = [:]

  private static let mostDiagnostics = 100
  /// Components nest three deep; what nests far deeper is not a calendar, and is not followed.
  private static let deepest = 32

  /// METHOD of an object that does not say its own.
  private let givenMethod: String?

  init(fileName: String?, territory: String?, depth: CalendarFile.Depth, method: String? = nil) {
    file = CalendarFile(fileName: fileName)
    file.method = method
    givenMethod = method
    names = ZoneNames(territory: territory)
    self.depth = depth
  }

  mutating func read(_ bytes: Octets) {
    line = 1
    if bytes.isEmpty {
      report(.noCalendar("the file is empty: export the calendar again"))
      return
    }
    if let wide = CalendarReader.wideEncoding(of: bytes) {
      let plain = wide.utf8(Array(copying: bytes))
      read(plain.span)
      return
    }
    var lines = ContentLines(bytes)
    lines.walk { read(line: $0, number: $1) }
    closeAll()
    if !hasCalendar {
      line = 1
      report(.noCalendar("the file has no BEGIN:VCALENDAR: it is not an iCalendar file"))
    }
    for (diagnostic, count) in causes.values where count > 1 {
      file.diagnostics[diagnostic].message += " (\(count) times in this file)"
    }
    if file.diagnostics.count > CalendarReader.mostDiagnostics {
      let more = file.diagnostics.count - CalendarReader.mostDiagnostics
      file.diagnostics.removeLast(more)
      file.diagnostics.append(
        Diagnostic(.note, "there are more mistakes in this file", file: file.fileName))
    }
  }

  /// UTF-16 or UTF-32, by its mark or by the zeros beside its first letters; nil for what is neither.
  private static func wideEncoding(of bytes: Octets) -> TextEncoding? {
    let head = Array(copying: bytes.extracting(first: 4))
    if let marked = TextEncoding(markOf: head), marked != .utf8 { return marked }
    guard head.count == 4 else { return nil }
    switch head.map({ $0 == 0 }) {
    case [false, true, false, true]: return .utf16LittleEndian
    case [true, false, true, false]: return .utf16BigEndian
    case [false, true, true, true]: return .utf32LittleEndian
    case [true, true, true, false]: return .utf32BigEndian
    default: return nil
    }
  }

  private mutating func read(line octets: Octets, number: Int) {
    line = number
    if !octets.isUTF8 {
      let name = octets[0..<(octets.indices.first { octets[$0] == 0x3A || octets[$0] == 0x3B } ?? 0)]
      report(.badBytes(property: name.isUTF8 && !name.isEmpty ? name.shortText : "the line"))
    }
    guard let content = ContentLine(octets) else {
      if stack.last.map({ $0.component != .other }) ?? false {
        stack[stack.count - 1].isWhole = false
        report(.noContentLine(octets.shortText), .warning)
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
        report(error, skipped: true)
      }
      reportFaults(in: top.component)
    }
  }

  mutating func report(
    _ error: CalendarError, _ severity: Diagnostic.Severity = .error, _ effect: Fault.Effect? = nil,
    skipped: Bool = false
  ) {
    report(
      error, severity,
      effect.map { ": \($0.rawValue)" }
        ?? (skipped ? stack.last.map { "; the \($0.name) is skipped" } : nil) ?? "")
    if let effect, effect != .longerCounts { file.isUnderstood = false }
  }

  mutating func report(_ error: CalendarError, _ severity: Diagnostic.Severity, _ rest: String) {
    if severity == .error { file.isUnderstood = false }
    // One more than is kept says that there are more.
    guard file.diagnostics.count <= CalendarReader.mostDiagnostics else { return }
    let cause = error.cause + rest
    if let known = causes[cause] {
      causes[cause] = (known.diagnostic, known.count + 1)
      return
    }
    causes[cause] = (file.diagnostics.count, 1)
    file.diagnostics.append(
      Diagnostic(severity, error.message + rest, file: file.fileName, line: line, code: error.code))
  }

  /// Says something of an earlier line.
  mutating func at(_ earlier: Int, _ body: (inout CalendarReader) -> Void) {
    let here = line
    line = earlier
    body(&self)
    line = here
  }

  private mutating func reportFaults(in component: Component) {
    guard !faults.isEmpty else { return }
    for fault in faults {
      if component == .available {
        // What is not surely free is not free.
        stack[stack.count - 1].isBroken = true
        report(fault.error, skipped: true)
      } else if fault.effect == .noStart {
        startFault = (fault.error, line)
      } else {
        report(fault.error, .warning, fault.effect)
      }
    }
    faults = []
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
      // These are in a calendar alone: whatever else is open was never ended.
      guard stack.first?.component == .calendar else { return }
      closeUnended(downTo: 1)
    default: break
    }
    guard stack.count < CalendarReader.deepest else { return }
    switch component {
    case .event, .available:
      event = CalendarEvent()
      event.line = line
      startFault = nil
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
      if !stack.isEmpty { report(.notBegun(component: name), .warning) }
      return
    }
    closeUnended(downTo: opened + 1)
    guard let closed = stack.last else { return }
    if !closed.isBroken { finish(closed) }
    stack.removeLast()
    if closed.component == .calendar { finishCalendar() }
  }

  private mutating func closeUnended(downTo count: Int) {
    while stack.count > count, let open = stack.last {
      at(open.line) {
        $0.report(.notEnded(component: open.name), open.component == .other ? .warning : .error)
      }
      switch open.component {
      case .event, .freeBusy, .availability:
        // What is known of it takes its time.
        stack[stack.count - 1].isWhole = false
        if let part = stack.last, !part.isBroken { finish(part) }
      case .timeZone, .observance, .available:
        // What an unended part says is not all of it: its whole may not be trusted either.
        if stack.count > 1, open.component == .observance { stack[stack.count - 2].isBroken = true }
      case .calendar, .other: break
      }
      stack.removeLast()
      if open.component == .calendar { finishCalendar() }
    }
  }

  private mutating func closeAll() { closeUnended(downTo: 0) }

  private mutating func finish(_ closed: Open) {
    switch closed.component {
    case .event:
      settle(closed)
      if !event.hasStart {
        let missing = CalendarError.missing(property: "DTSTART", component: closed.name)
        withoutStart[file.events.count] = startFault ?? (missing, closed.line)
      }
      file.events.append(event)
    case .available:
      settle(closed)
      if !event.hasStart {
        at(closed.line) { $0.report(.missing(property: "DTSTART", component: closed.name), skipped: true) }
      } else if stack.last?.isBroken == false {
        availability.available.append(event)
      }
    case .freeBusy: file.busyPeriods += busyPeriods
    case .availability: file.availabilities.append(availability)
    case .timeZone:
      guard !zone.name.isEmpty else {
        at(closed.line) { $0.report(.missing(property: "TZID", component: closed.name), skipped: true) }
        return
      }
      names.own[zone.name] = zone
    case .observance: zone.observances.append(observance)
    case .calendar, .other: break
    }
  }

  private mutating func settle(_ closed: Open) {
    event.settle(name: closed.name, isWhole: closed.isWhole, &faults)
    at(closed.line) { $0.reportFaults(in: closed.component) }
  }

  private mutating func beginCalendar() {
    hasCalendar = true
    times = ContentTimes(firstZone: file.zones.count)
    names.own = [:]
    firstEvent = file.events.count
    withoutStart = [:]
    method = givenMethod
    defaultZone = nil
  }

  // MARK: Properties

  private mutating func read(_ content: ContentLine, in component: Component) throws(CalendarError) {
    times.line = line
    switch component {
    case .event, .available: event.read(content, &times, depth: depth, &faults)
    case .calendar: readCalendar(content)
    case .freeBusy: readFreeBusy(content)
    case .availability:
      do throws(CalendarError) {
        try availability.read(content, &times)
      } catch {
        faults.append(Fault(error, .boundIsOpen))
      }
    case .timeZone: if content.name.equals("TZID") { zone.name = content.value.text }
    case .observance: try observance.read(content, &times)
    case .other: break
    }
  }

  private mutating func readCalendar(_ content: ContentLine) {
    if content.name.equals("METHOD") {
      method = content.value.text.uppercased()
      if file.method == nil || file.method == givenMethod { file.method = method }
    } else if content.name.equals("X-WR-TIMEZONE") {
      defaultZone = content.value.text
    } else if content.name.equals("PRODID") {
      file.product = content.value.text
    } else if content.name.equals("X-WR-CALNAME") || content.name.equals("NAME") {
      file.title = content.text.unescapedText
    } else if content.name.equals("X-OWNER") {
      file.declaredOwner = CalendarFile.address(content.value.unescapedText)
    } else if content.name.equals("CALSCALE"), !content.value.equals("GREGORIAN") {
      // RFC 5545 knows no other; its dates are read as what they look like.
      report(times.bad(content), .warning)
    }
  }

  private mutating func readFreeBusy(_ content: ContentLine) {
    if content.name.equals("FREEBUSY") {
      if content.parameter("FBTYPE")?.equals("FREE") ?? false { return }
      let list = times.periods(content)
      busyPeriods += list.periods + list.refused.compactMap(\.busy)
      faults += list.refused.map { Fault($0.error, $0.busy == nil ? .otherPeriodsCount : .wholeDay) }
    } else if content.name.equals("ORGANIZER") || content.name.equals("ATTENDEE") {
      file.freeBusyAddresses.append(CalendarFile.address(content.value.text))
    }
  }
}
