import Basics
import Programme

// What is known only at the end of a calendar object: its zones, and what its METHOD asks of each event.

extension CalendarReader {
  mutating func finishCalendar() {
    finishZones()
    checkMethod()
    checkEnds()
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

  /// Gives the object's zones their tables. What is in a zone that nobody knows is read on its owner's clock, and nothing
  /// is free because of it.
  private mutating func finishZones() {
    var unknown: [Int: (line: Int, error: CalendarError)] = [:]
    for zone in times.zones {
      do throws(CalendarError) {
        file.zones.append(try names.zone(zone.name))
      } catch {
        unknown[file.zones.count] = (zone.line, error)
        file.zones.append(.utc)
      }
    }
    if let defaultZone, let zone = try? names.zone(defaultZone) {
      for index in file.events.indices[firstEvent...] {
        file.events[index].putFloatingTimes(in: .zone(file.zones.count))
      }
      file.zones.append(zone)
    }
    times = ContentTimes(firstZone: file.zones.count)
    guard !unknown.isEmpty else { return }
    for (index, (line, error)) in unknown.sorted(by: { $0.key < $1.key }) {
      let walls = file.events[firstEvent...].map(\.start).filter { $0.frame == .zone(index) }.map(\.wall)
      var hours = "; its times are read on the owner's clock"
      if let first = walls.min(), let last = walls.max() {
        let span = Set([first, last]).sorted().map { CalendarTime(wall: $0, frame: .floating).clock }
        hours +=
          ", " + counted(walls.count, "event") + " at "
          + span.joined(separator: " to ")
      }
      at(line) { $0.report(error, .warning, hours) }
      file.isUnderstood = false
    }
    let lost = Set(unknown.keys)
    for index in file.events.indices[firstEvent...] {
      // A proposal on nobody's clock is none.
      if method == "COUNTER", file.events[index].stands(in: lost) { file.events[index].hasStart = false }
      file.events[index].putOnOwnersClock(lost)
    }
    for index in file.busyPeriods.indices { file.busyPeriods[index].putOnOwnersClock(lost) }
    for index in file.availabilities.indices {
      file.availabilities[index].start?.putOnOwnersClock(lost)
      file.availabilities[index].end?.putOnOwnersClock(lost)
      // What may be free at another hour is not free.
      file.availabilities[index].available.removeAll { $0.stands(in: lost) }
    }
  }

  /// What an event must have depends on METHOD (RFC 5546, section 3.2): an answer has UID and ATTENDEE, and DTSTART only
  /// where it proposes a time; what calls off needs no DTSTART.
  private mutating func checkMethod() {
    var useless: Set<Int> = []
    for (index, (error, line)) in withoutStart.sorted(by: { $0.key < $1.key }) {
      switch method {
      case "REPLY", "CANCEL", "DECLINECOUNTER", "REFRESH": break
      case "COUNTER": at(line) { $0.report(error, .warning, .proposesNoTime) }
      default:
        useless.insert(index)
        at(line) { $0.report(error, .error, "; the VEVENT is skipped") }
      }
    }
    withoutStart = [:]
    if method == "REPLY" || method == "COUNTER", depth == .texts {
      for index in file.events.indices[firstEvent...] {
        let event = file.events[index]
        for (property, isMissing) in [("UID", event.uid.isEmpty), ("ATTENDEE", event.attendees.isEmpty)]
        where isMissing {
          useless.insert(index)
          at(event.line) {
            $0.report(.missing(property: property, component: "VEVENT"), .error, "; the VEVENT is skipped")
          }
        }
      }
    }
    guard !useless.isEmpty else { return }
    let kept = file.events.indices[firstEvent...].filter { !useless.contains($0) }.map { file.events[$0] }
    file.events.replaceSubrange(firstEvent..., with: kept)
  }

  /// Whether an event that begins and ends on two clocks ends before it starts, is known when both clocks are.
  private mutating func checkEnds() {
    let frames = EventSeries.Frames(zones: file.zones, owner: .utc)
    func endsEarly(_ event: CalendarEvent) -> Bool {
      guard let end = event.end, end.frame != event.start.frame else { return false }
      return frames.instant(end, within: event.start) < frames.instant(event.start)
    }
    for index in file.events.indices[firstEvent...] where endsEarly(file.events[index]) {
      file.events[index].end = nil
      file.events[index].hasUnknownLength = true
      at(file.events[index].line) { $0.report(.endsBeforeStart(component: "VEVENT"), .warning, .lastsADay) }
    }
    for index in file.availabilities.indices {
      file.availabilities[index].available.removeAll(where: endsEarly)
    }
  }
}
