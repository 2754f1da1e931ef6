import Basics
import Foundation
import Programme
import RecordStream
import TestSupport

/// The programme under Examples, with calendars of this test's own, on its way through a term.
struct LifeCohort {
  let folder: WorkFolder
  let people: [PersonID: Person]
  /// People and tandems, a line each, as tandem-match wrote them.
  private(set) var base: [String]
  var tandems: [Tandem]
  /// What the calendars hold, and who was away later, in minutes.
  private(set) var busy: [PersonID: [MinuteInterval]] = [:]
  private var random = SplitMix(seed: 1)

  static let environment = ["TANDEM_REGION": "pl"]
  static let start = LocalDate(iso8601: "2026-10-05") ?? LocalDate(daysSinceEpoch: 0)

  init(_ matched: [UInt8]) throws {
    folder = try WorkFolder()
    var people: [PersonID: Person] = [:]
    var tandems: [Tandem] = []
    for record in try LifeCohort.records(matched) {
      if case .person(let person) = record { people[person.id] = person }
      if case .tandem(let tandem) = record { tandems.append(tandem) }
    }
    self.people = people
    self.tandems = tandems
    base = String(decoding: matched, as: UTF8.self).split(separator: "\n").map(String.init)
      .filter { $0.contains("\"record\":\"person\"") || $0.contains("\"record\":\"tandem\"") }
    try FileManager.default.createDirectory(
      atPath: folder.path + "/busy", withIntermediateDirectories: true)
    for id in people.keys.sorted() {
      var events: [MinuteInterval] = []
      for day in -7..<190 where below(3) == 0 {
        let from = (Self.start.daysSinceEpoch + day) * 1440 + 360 + 30 * below(20)
        events.append(MinuteInterval(start: from, end: from + 60 * (1 + below(3))))
      }
      busy[id] = events
    }
    try writeCalendars()
  }

  static func records(_ bytes: [UInt8]) throws -> [Record] {
    var records: [Record] = []
    try RecordReader(Input(name: "stream", bytes: bytes)) { _ in }.forEachLine { line in
      if let record = try line.decode() { records.append(record) }
    }
    return records
  }

  mutating func below(_ bound: Int) -> Int { random.below(bound) }

  private func writeCalendars() throws {
    for (id, events) in busy {
      var text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//life//EN\r\n"
      for (at, event) in events.enumerated() {
        text +=
          "BEGIN:VEVENT\r\nUID:\(id.employeeNumber)-\(at)@busy\r\nDTSTAMP:20260901T000000Z\r\n"
          + "DTSTART:\(LifeCohort.stamp(event.start))\r\nDTEND:\(LifeCohort.stamp(event.end))\r\nEND:VEVENT\r\n"
      }
      _ = try folder.file("busy/\(id.employeeNumber).ics", Array((text + "END:VCALENDAR\r\n").utf8))
    }
  }

  /// `20261005T080000Z`
  static func stamp(_ minute: Int) -> String {
    let text = Timestamp(minute: minute, offset: 0).description
    return text.filter { $0 != "-" && $0 != ":" }
  }

  // MARK: - What happens

  /// From one week on the person is away; the judge's table of busy time says so too.
  mutating func add(absence first: LocalDate, through last: LocalDate, of person: PersonID) {
    // Both live an hour or two east of Greenwich.
    busy[person, default: []].append(
      MinuteInterval(start: first.daysSinceEpoch * 1440 - 60, end: (last.daysSinceEpoch + 1) * 1440 - 120))
  }

  /// Takes pairs out of what the tools read, until somebody adds them.
  mutating func hold(back late: [TandemID]) {
    tandems.removeAll { late.contains($0.id) }
    base.removeAll { line in
      line.contains("\"record\":\"tandem\"") && late.contains { line.contains("\"id\":\"\($0)\"") }
    }
  }

  mutating func end(_ tandem: TandemID) {
    guard let at = tandems.firstIndex(where: { $0.id == tandem }) else { return }
    tandems[at].status = .ended
  }

  /// The lines of a plan that the next one starts from: all but sessions and replies, with the tandems that ended.
  func stream(of plan: [UInt8]) throws -> [UInt8] {
    let ended = Set(tandems.filter { $0.status == .ended }.map(\.id))
    var lines: [[UInt8]] = []
    for record in try LifeCohort.records(plan) {
      switch record {
      case .person: lines.append(record.line)
      case .tandem(var tandem):
        if ended.contains(tandem.id) { tandem.status = .ended }
        lines.append(Record.tandem(tandem).line)
      default: break
      }
    }
    return lines.flatMap { $0 + [10] }
  }

  /// An answer as a calendar program sends it.
  func reply(
    _ answer: String, to session: Session, by person: PersonID, at minute: Int, proposing start: Int? = nil
  ) -> [UInt8] {
    let email = people[person]?.email ?? ""
    let isCounter = start != nil
    let from = start ?? session.start.minute
    let text =
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//life//EN\r\nMETHOD:\(isCounter ? "COUNTER" : "REPLY")\r\n"
      + "BEGIN:VEVENT\r\nUID:\(session.uid)\r\nSEQUENCE:\(session.sequence)\r\n"
      + "DTSTAMP:\(LifeCohort.stamp(minute))\r\nDTSTART:\(LifeCohort.stamp(from))\r\n"
      + "DTEND:\(LifeCohort.stamp(from + 90))\r\nORGANIZER:mailto:tandem@pl.example.com\r\n"
      + "ATTENDEE;PARTSTAT=\(answer):mailto:\(email)\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    return Array(text.utf8)
  }

  // MARK: - What must hold

  /// Every hard rule, by code that shares nothing with the planner: what is broken, in words.
  func broken(_ sessions: [Session]) -> [String] {
    var broken: [String] = []
    var days: Set<String> = []
    let tandem = Dictionary(tandems.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for (id, all) in Dictionary(grouping: sessions, by: \.tandem) {
      let own = all.filter(\.counts).sorted { $0.start < $1.start }
      if Set(all.map(\.number)).count != all.count || own.count > 10 { broken.append("\(id): numbers") }
      for (a, b) in zip(own, own.dropFirst()) {
        let gap = b.start.date.days(since: a.start.date)
        if gap < 7 { broken.append("\(b.id): \(gap) days after the one before") }
      }
      for session in own {
        let span = MinuteInterval(start: session.start.minute, end: session.end.minute)
        if !(60...120).contains(span.length) { broken.append("\(session.id): \(span.length) minutes") }
        if session.start.date.weekday.index > 4 || session.start.minuteOfDay < 480
          || session.start.minuteOfDay > 990
        {
          broken.append("\(session.id): outside working hours")
        }
        let begin = LifeCohort.start
        if session.start.date < begin || session.start.date >= begin.adding(days: 182) {
          broken.append("\(session.id): outside the cohort")
        }
        for person in [tandem[id]?.mentor, tandem[id]?.mentee].compactMap({ $0 }) {
          if busy[person]?.contains(where: { $0.overlaps(span) }) == true {
            broken.append("\(session.id): \(person) is busy")
          }
          if !days.insert("\(person) \(session.start.date)").inserted {
            broken.append("\(session.id): the second of \(person) on that day")
          }
        }
      }
    }
    return broken
  }

  /// How many sessions of two hours a pair has room for from a day on, a week apart, by its calendars alone: the earliest
  /// possible days are the most.
  func sessionsPossible(for tandem: Tandem, from first: LocalDate, without closed: Set<LocalDate>) -> Int {
    let end = LifeCohort.start.adding(days: 182)
    var day = first
    var found = 0
    while day < end {
      if day.weekday.index < 5, !closed.contains(day), hasTwoHours(tandem, on: day) {
        found += 1
        day = day.adding(days: 7)
      } else {
        day = day.adding(days: 1)
      }
    }
    return found
  }

  private func hasTwoHours(_ tandem: Tandem, on day: LocalDate) -> Bool {
    // Warsaw is two hours east of Greenwich in summer, else one.
    let summer = ("2026-10-25", "2027-03-28")
    let offset = day.description >= summer.0 && day.description < summer.1 ? 60 : 120
    return stride(from: 480, through: 960, by: 30).contains { minute in
      let start = day.daysSinceEpoch * 1440 + minute - offset
      let span = MinuteInterval(start: start, end: start + 120)
      return [tandem.mentor, tandem.mentee].allSatisfy { person in
        busy[person]?.contains { $0.overlaps(span) } != true
      }
    }
  }

  /// The table that the project's judge reads, of this week, in a folder of its own.
  func writeTruth(_ week: Int) throws -> String {
    var text = "employee,start,end\n"
    for id in busy.keys.sorted() {
      for event in (busy[id] ?? []).sorted() {
        text +=
          "\(id.employeeNumber),\(Timestamp(minute: event.start, offset: 0)),"
          + "\(Timestamp(minute: event.end, offset: 0))\n"
      }
    }
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/truth-\(week)", withIntermediateDirectories: true)
    _ = try folder.file("truth-\(week)/busy.csv", Array(text.utf8))
    return "\(folder.path)/truth-\(week)"
  }
}
