import Basics
import Programme
import RecordStream
import TestSupport
import Testing

@Suite struct RecordRoundTripTests {
  private static let time = Timestamp(secondsSinceEpoch: 1_791_187_200, offset: 7200)
  /// Somebody with a value in every field.
  private static let full: Person = {
    var person = Person(
      id: PersonID("pl:1"), region: "pl", site: "Łódź", name: "Zoë \"Z\"\n\u{1F600}\t",
      email: "z@example.com", role: .either, department: ["Engineering", "Software"],
      timeZone: "Europe/Warsaw")
    (person.level, person.manager, person.languages) = (3, PersonID("pl:2"), ["en", "pl"])
    (person.learn, person.teach, person.interests) = (["video"], ["e-bike"], ["ai"])
    person.said = ["learn": ["Wideo!"], "comments": []]
    (person.capacity, person.acquainted) = (2, [PersonID("pl:3")])
    (person.consent, person.findable) = (true, false)
    person.workingHours = WorkingHours(spans: [
      .monday: [ClockSpan(480..<720), ClockSpan(780..<1020)], .friday: [ClockSpan(0..<1440)],
    ])
    person.attributes = ["costCentre": "4711"]
    person.source = SourcePlace(file: "a.csv", line: 7)
    return person
  }()
  private static let records: [Record] = [
    .person(full),
    .person(
      Person(
        id: PersonID("pl:2"), region: "pl", site: "s", name: "n", email: "e", role: .mentor, department: [],
        timeZone: "UTC")),
    .tandem(
      Tandem(
        cohort: "c", region: "pl", mentor: PersonID("pl:1"), mentee: PersonID("pl:2"),
        score: TandemScore(total: 612, taught: 800, returned: 500, shared: 0, distance: 1000),
        status: .active,
        locked: true, topics: ["video"])),
    .unmatched(
      Unmatched(
        person: PersonID("pl:9"), cohort: "c", reasons: [.init(rule: "site", ruledOut: 12)],
        nearest: PersonID("pl:1"))),
    .session(
      Session(
        tandem: "c/pl:1+pl:2", number: 3, uid: "u@example.com", sequence: 2, start: time,
        end: Timestamp(secondsSinceEpoch: time.secondsSinceEpoch + 5400, offset: 7200),
        timeZone: "Europe/Warsaw",
        place: "Office of Zoë", topics: ["video"], status: .missed, cost: SessionCost(day: 4, lunch: 3))),
    .workshop(
      Workshop(
        id: "c/workshop", cohort: "c", uid: "w@example.com", start: time, end: time,
        timeZone: "Europe/Warsaw",
        venue: "Hall", groups: [.init(name: "A", moderator: PersonID("pl:3"), members: [PersonID("pl:1")])],
        attendees: [PersonID("pl:1")], missing: [.init(person: PersonID("pl:4"), reason: "busy")])),
    .response(
      Response(
        id: "r", survey: "midterm", region: "pl", cohort: "c",
        dimensions: ["site": "Łódź", "Zone": "x", "about": "y"],
        answers: [
          "q1": .number(4), "q2": .notAnswered, "q3": .text("gut"), "q4": .choices(["a", "b"]),
          "q5": .number(0.1),
        ])),
    .summary(
      Summary(survey: "s", question: "q", slice: ["region": "pl"], figures: ["mean": 3.25, "answered": 12])),
    .summary(Summary(survey: "s", question: "q", slice: [:], figures: [:], suppressed: "fewer than 5")),
    .absence(
      Absence(person: PersonID("pl:1"), from: .of("2026-12-01"), to: .of("2026-12-14"), reason: .illness)),
  ]

  @Test(arguments: records) func valuesComeBack(_ record: Record) throws {
    let line = record.line
    var back: Record?
    try RecordReader(Input(name: "r", bytes: line)) { Issue.record("\($0)") }.forEachLine {
      back = try $0.decode()
    }
    #expect(back == record)
    #expect(back?.line == line)
  }

  /// A stream is made for `diff`, `sort` and `jq`.
  @Test(arguments: records) func keysAreSortedAtEveryDepth(_ record: Record) throws {
    let line = record.line
    #expect(line == (try JSONValue(parsing: line)).line)
  }

  /// Streams of the first version have `moved` for a session that was rescheduled.
  @Test func anEarlierVersionsStatusIsReadAndNotWrittenAgain() throws {
    let missed = try #require(RecordRoundTripTests.records.first { $0.kind == .session })
    let text = String(decoding: missed.line, as: UTF8.self)
    let old = text.replacing(#""status":"missed""#, with: #""status":"moved""#)
    #expect(old != text)
    var back: Record?
    try RecordReader(Input(name: "r", bytes: Array(old.utf8))) { Issue.record("\($0)") }
      .forEachLine { back = try $0.decode() }
    guard case .session(let session)? = back else {
      Issue.record("no session")
      return
    }
    #expect(session.status == .planned && session.isRescheduled)
    #expect(String(decoding: Record.session(session).line, as: UTF8.self).contains(#""status":"planned""#))
  }

  @Test func anAbsenceIsKnownByPersonAndFirstDay() throws {
    let absence = Absence(person: PersonID("pl:1"), from: .of("2026-12-01"), to: .of("2026-12-01"))
    let line = String(decoding: Record.absence(absence).line, as: UTF8.self)
    #expect(
      line
        == #"{"from":"2026-12-01","id":"pl:1 2026-12-01","person":"pl:1","reason":"other","record":"absence","to":"2026-12-01"}"#
    )
    var faults: [String] = []
    let turned = line.replacing(#""to":"2026-12-01""#, with: #""to":"2026-11-30""#)
    let reader = RecordReader(Input(name: "r", bytes: Array(turned.utf8))) { faults.append($0.description) }
    try reader.forEachLine { _ = try $0.decode() }
    #expect(faults == ["r:1:1: error: the absence ends before it begins"])
  }

  @Test func aLaterVersionsKeysArePassedOver() throws {
    var text = String(decoding: RecordRoundTripTests.records[2].line, as: UTF8.self)
    text.removeLast()
    text += ",\"zz\":[{\"a\":null}],\"zzz\":null}"
    var back: Record?
    try RecordReader(Input(name: "r", bytes: Array(text.utf8))) { Issue.record("\($0)") }
      .forEachLine { back = try $0.decode() }
    #expect(back == RecordRoundTripTests.records[2])
  }
}
