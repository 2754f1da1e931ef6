import Programme
import RecordStream
import Testing

/// Records of two tandems, German and Polish, with three sessions each; and ways to change them.
struct SampleStream {
  var people: [Person] = []
  var tandems: [Tandem] = []
  var sessions: [Session] = []

  init() throws {
    try add("de", "Zoë Çelik", "Otto \"Häns\" Meier", site: "Stuttgart", zone: "Europe/Berlin")
    try add("pl", "Łukasz Żak", "Anna Nowak", site: "Warszawa", zone: "Europe/Warsaw")
  }

  mutating func add(_ region: String, _ mentor: String, _ mentee: String, site: String, zone: String) throws {
    func person(_ number: Int, _ name: String) -> Person {
      Person(
        id: PersonID("\(region):\(number)"), region: region, site: site, name: name,
        email: "p\(number)@\(region).example.com", role: .either, department: ["Engineering"], timeZone: zone)
    }
    let pair = [person(1, mentor), person(2, mentee)]
    people += pair
    let tandem = Tandem(
      cohort: "2026-autumn", region: region, mentor: pair[0].id, mentee: pair[1].id,
      score: TandemScore(total: 1, taught: 1, returned: 1, shared: 1, distance: 1), status: .active,
      topics: ["video"])
    tandems.append(tandem)
    for (number, date) in [
      (1, "2026-10-14T08:00:00+02:00"), (2, "2026-11-16T08:00:00+01:00"), (3, "2026-12-14T08:00:00+01:00"),
    ] {
      let start = try #require(Timestamp(rfc3339: date))
      sessions.append(
        Session(
          tandem: tandem.id, number: number,
          uid: Session.uid(tandem: tandem.id, number: number, domain: "\(region).example.com"), start: start,
          end: Timestamp(secondsSinceEpoch: start.secondsSinceEpoch + 5400, offset: start.offset),
          timeZone: zone, place: "office", topics: ["video"]))
    }
  }

  /// Moves the German session of this number, or does anything else to it.
  mutating func change(_ number: Int, _ body: (inout Session) -> Void) {
    for index in sessions.indices
    where sessions[index].number == number && sessions[index].tandem.text.contains("de:") {
      body(&sessions[index])
    }
  }

  var text: String {
    (people.map { Record.person($0) } + tandems.map { .tandem($0) } + sessions.map { .session($0) })
      .map { String(decoding: $0.line, as: UTF8.self) + "\n" }.joined()
  }
}

extension Session {
  mutating func move(hours: Int) {
    start = Timestamp(secondsSinceEpoch: start.secondsSinceEpoch + hours * 3600, offset: start.offset)
    end = Timestamp(secondsSinceEpoch: end.secondsSinceEpoch + hours * 3600, offset: end.offset)
    sequence += 1
    status = .planned
  }
}
