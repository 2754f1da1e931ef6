import Calendars
import Foundation
import Programme
import RecordStream
import TestSupport
import Testing

/// A cohort of all five regions, and what happens to it: judged by programs that share no code with ours.
@Suite struct CohortJudgesTests {
  private static let regions = [
    ("pl", "Warszawa", "Europe/Warsaw"), ("de", "Stuttgart", "Europe/Berlin"),
    ("us", "Austin", "America/Chicago"), ("cn", "上海", "Asia/Shanghai"), ("hu", "Budapest", "Europe/Budapest"),
  ]
  private static let environment = InviteTool.environment.merging(["TANDEM_REGION": "pl,de,us,cn,hu"]) { $1 }

  private var people: [Person] = []
  private var tandems: [Tandem] = []
  private var sessions: [Session] = []
  private var workshop: Workshop?

  /// Two tandems a region, ten sessions each, from before the clocks change to after; names that mean harm.
  private init() throws {
    let names = [
      "Zoë \"Zo\" Çelik;,\\n", "x\r\nATTENDEE:mailto:evil@example.com", "../../etc/passwd", "张芳 — 王\u{2028}伟",
      String(repeating: "Łuk", count: 60), "<b>&amp;'\"", "=cmd|' /C calc'!A0", "\u{202E}moc.live",
      "O^nNeil^^", "x",
    ]
    for (place, (region, site, zone)) in Self.regions.enumerated() {
      let table = try ZoneDatabase.zone(zone)
      for pair in 0..<2 {
        let pairOfPeople = (1...2).map { number in
          Person(
            id: PersonID("\(region):\(pair)\(number)"), region: region, site: site,
            name: names[(place * 4 + pair * 2 + number) % names.count],
            email: "p\(pair)\(number)@\(region).example.com", role: .either, department: ["R&D; \"Labs\""],
            timeZone: zone)
        }
        people += pairOfPeople
        let tandem = Tandem(
          cohort: "2026-autumn", region: region, mentor: pairOfPeople[0].id, mentee: pairOfPeople[1].id,
          score: TandemScore(total: 1, taught: 1, returned: 1, shared: 1, distance: 1), status: .active,
          topics: ["video", "x\nBEGIN:VALARM"])
        tandems.append(tandem)
        for number in 1...10 {
          let second = 1_791_360_000 + (number * 17 + place) * 86_400 + (14 + pair) * 3600
          let start = Timestamp(secondsSinceEpoch: second, offset: table.offset(at: second))
          let end = Timestamp(secondsSinceEpoch: second + 5400, offset: table.offset(at: second + 5400))
          sessions.append(
            Session(
              tandem: tandem.id, number: number,
              uid: Session.uid(tandem: tandem.id, number: number, domain: "\(region).example.com"),
              start: start,
              end: end, timeZone: zone, place: number % 2 == 0 ? "office" : "Room;\r\n,\"7\""))
        }
      }
    }
    workshop = Workshop(
      id: "2026-autumn/pl/workshop-1", cohort: "2026-autumn", uid: "w@pl.example.com",
      start: try #require(Timestamp(rfc3339: "2027-01-14T09:00:00+01:00")),
      end: try #require(Timestamp(rfc3339: "2027-01-14T13:00:00+01:00")), timeZone: "Europe/Warsaw",
      venue: "Kantyna", attendees: people.prefix(4).map(\.id))
  }

  private var text: String {
    let records =
      people.map { Record.person($0) } + tandems.map { .tandem($0) } + sessions.map { .session($0) }
      + (workshop.map { [.workshop($0)] } ?? [])
    return records.map { String(decoding: $0.line, as: UTF8.self) + "\n" }.joined()
  }

  /// Moves, cancels, a session that vanished, an ended tandem, and a person who no longer comes to the workshop.
  private func changed() -> CohortJudgesTests {
    var later = self
    for index in later.sessions.indices {
      switch index % 10 {
      case 2: later.sessions[index].move(hours: 3)
      case 5: later.sessions[index].status = .cancelled
      default: break
      }
    }
    later.sessions.remove(at: 7)
    later.tandems[4].status = .ended
    later.workshop?.attendees.removeLast()
    return later
  }

  /// What two runs make of it in each form, the second only what changed: folders `ics-first`, `ics-second` and so on.
  private static let made = Result {
    let cohort = try CohortJudgesTests()
    let desk = try WorkFolder()
    let before = try desk.file("before.ndjson", cohort.text)
    for form in ["ics", "eml", "bundle"] {
      for (name, stream, more) in [
        ("first", cohort.text, []), ("second", cohort.changed().text, ["--previous", before]),
      ] {
        let run = InviteTool.run(
          [
            "--to", "\(desk.path)/\(form)-\(name)", "--as", form, "--now", "2026-10-01T00:00:00Z", "--format",
            "table",
          ]
            + more, input: stream, environment: environment)
        try #require(run.status == 0, "\(run.errors)")
      }
    }
    return desk
  }

  /// `FILE METHOD UID SEQUENCE START END`, by our own reader.
  private func ours(_ folder: String, _ desk: WorkFolder) throws -> [String] {
    try desk.names(folder).map { name in
      let file = CalendarFile.read(try desk.bytes("\(folder)/\(name)"), depth: .texts)
      #expect(file.diagnostics.isEmpty)
      let event = try #require(file.storedEvent)
      let method = try #require(file.method)
      return "\(name) \(method) \(event.uid) \(file.events[0].sequence) \(event.start) \(event.end)"
    }
  }

  @Test func whatIsWrittenIsWhatWasPlanned() throws {
    let desk = try Self.made.get()
    let cohort = try CohortJudgesTests()
    let first = try ours("ics-first", desk)
    // Each session to both of the tandem, the workshop to four.
    #expect(first.count == cohort.sessions.count * 2 + 4)
    let planned = Set(
      cohort.sessions.map { "REQUEST \($0.uid) 0 \($0.start.secondsSinceEpoch) \($0.end.secondsSinceEpoch)" })
    let told = first.map { $0.split(separator: " ", maxSplits: 1)[1] }.filter { !$0.contains(" w@") }
    #expect(Set(told.map(String.init)) == planned)
    let second = try ours("ics-second", desk)
    let (moves, calls) = (second.count { $0.contains(" REQUEST ") }, second.count { $0.contains(" CANCEL ") })
    // Of ten tandems, one of them ended: each moved once and lost one; one session vanished; one person is uninvited.
    #expect(moves == 9 * 2)
    #expect(calls == (9 + 1 + 10) * 2 + 1)
    #expect(second.allSatisfy { $0.contains(" 1 ") })
  }

  @Test func pythonAgrees() throws {
    let desk = try Self.made.get()
    for run in ["first", "second"] {
      let ours = try ours("ics-" + run, desk)
      let python = try Python.path()
      let judge = InviteTool.fixtures + "/judge.py"
      let read = try Program.run(python, [judge, "\(desk.path)/ics-\(run)"])
      #expect(read.status == 0, "\(read.text.suffix(2000))")
      #expect(read.text.split(separator: "\n").map(String.init) == ours)
      let mail = try Program.run(python, [judge, "\(desk.path)/eml-\(run)"])
      #expect(mail.status == 0, "\(mail.text.suffix(2000))")
      #expect(
        mail.text.replacing(".eml ", with: ".ics ").split(separator: "\n").map(String.init) == ours)
    }
  }

  @Test func libicalAgrees() throws {
    let desk = try Self.made.get()
    let judge = try WorkFolder()
    let built = try Program.run(
      "clang", ["-O1", "-o", judge.path + "/judge", InviteTool.fixtures + "/judge.c", "-lical"])
    try #require(built.status == 0, "\(built.text)")
    for folder in ["ics-first", "ics-second"] {
      let files = desk.names(folder).map { "\(desk.path)/\(folder)/\($0)" }
      let read = try Program.run(judge.path + "/judge", files)
      #expect(read.status == 0, "\(read.text.suffix(2000))")
      let ours = try ours(folder, desk)
      #expect(read.text.split(separator: "\n").map(String.init) == ours)
    }
  }

  @Test func theJudgeFindsNoFault() throws {
    let desk = try Self.made.get()
    let folders = ["ics-first", "ics-second", "bundle-first", "bundle-second"]
    let judged = try Program.run(
      try Python.path(),
      [Repository.judges + "/invitations.py"] + folders.map { "\(desk.path)/\($0)" })
    #expect(judged.status == 0, "\(judged.text)")
    #expect(judged.text.hasSuffix(", 0 faults\n"))
  }
}
