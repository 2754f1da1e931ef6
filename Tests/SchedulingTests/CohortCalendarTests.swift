import Foundation
import Programme
import TestSupport
import Testing

@testable import Regions
@testable import Scheduling

@Suite struct CohortCalendarTests {
  static let hostile = "</script><img src=x onerror=\"document.title='broken'\">' & 李"

  private static func session(
    _ tandem: TandemID, _ number: Int, _ start: String, _ status: Session.Status = .planned,
    place: String = "office"
  ) -> Session {
    let time = Timestamp(rfc3339: start) ?? Timestamp(minute: 0, offset: 0)
    return Session(
      tandem: tandem, number: number, uid: "u", start: time,
      end: Timestamp(secondsSinceEpoch: time.secondsSinceEpoch + 5400, offset: time.offset),
      timeZone: "Europe/Warsaw", place: place, topics: ["video"], status: status)
  }

  private static func calendar() throws -> CohortCalendar {
    var region = try Region.example()
    let first = try #require(LocalDate(iso8601: "2026-10-07"))
    let end = try #require(LocalDate(iso8601: "2027-04-05"))
    region.cohorts = [Cohort(id: "2026-autumn", start: first, end: end)]
    region.sites[0].rooms = [Room(name: "Red", capacity: 4), Room(name: "Blue", capacity: 4)]
    func person(_ id: String, _ name: String, _ site: String, _ department: String) -> Person {
      Person(
        id: PersonID(id), region: "pl", site: site, name: name, email: "\(id.suffix(1))@pl.example.com",
        role: .either, department: [department], timeZone: "Europe/Warsaw")
    }
    let people = [
      person("pl:1", "Anna Żółć", "Warszawa", "Sales"), person("pl:2", hostile, "Warszawa", "IT & <b>"),
      person("pl:3", "Ewa Nowak", "Wrocław", "Sales"),
    ]
    let tandems = [people[1], people[2]].map {
      Tandem(
        cohort: "2026-autumn", region: "pl", mentor: people[0].id, mentee: $0.id, score: TandemScore())
    }
    var moved = session(tandems[0].id, 2, "2026-11-30T08:30:00+01:00", place: "Red")
    moved.sequence = 1
    return CohortCalendar(
      cohort: "2026-autumn", regions: [region],
      people: Dictionary(uniqueKeysWithValues: people.map { ($0.id, $0) }), tandems: tandems,
      sessions: [
        session(tandems[0].id, 1, "2026-10-08T10:00:00+02:00", .held),
        moved,
        session(tandems[0].id, 3, "2026-12-21T08:00:00+01:00", .cancelled),
        session(tandems[0].id, 4, "2027-01-11T08:00:00+01:00", .missed),
        session(tandems[1].id, 1, "2026-10-09T09:00:00+02:00"),
      ],
      shortfalls: [
        .init(tandem: tandems[0].id, planned: 2, wanted: 10, reason: "mentee is away <now>")
      ], summary: ["2 tandems", hostile])
  }

  /// The cells of the row that begins with a text, in the section of a heading.
  private func cells(_ section: String, _ name: String) throws -> [String] {
    let part = try #require(
      try Self.calendar().html.components(separatedBy: "<h2 id=").first { $0.hasPrefix("\"\(section)\"") })
    let row = try #require(part.components(separatedBy: "<tr ").first { $0.contains(name) })
    return row.components(separatedBy: "<td").dropFirst().map { String($0) }
  }

  @Test func everySessionStandsInItsWeek() throws {
    let row = try cells("tandems", "2026-autumn/pl:1+pl:2")
    // 26 weeks from Monday 5 October, and the number of sessions.
    #expect(row.count == 27)
    #expect(row[0].contains("class=\"s held\"") && row[0].contains("<b>1</b><small>Th 10:00</small>"))
    #expect(row[8].contains("class=\"s moved\"") && row[8].contains("<b>2</b><small>Mo 8:30</small>"))
    #expect(row[11].contains("class=\"s cancelled\""))
    #expect(row[14].contains("class=\"s missed\"") && row[14].contains("session 4, missed: 2027-01-11 8:00"))
    #expect(row[26].contains(">2</td>"))
    #expect(row.filter { $0.contains("<b>") }.count == 4)
    #expect(try Self.calendar().html.contains("2 of 10: mentee is away &lt;now&gt;"))
    #expect(try Self.calendar().html.contains("title=\"week of 2026-10-05\"><small>Oct</small>5</th>"))
  }

  @Test func theLoadOfPeopleAndRoomsIsCounted() throws {
    let anna = try cells("people", "Anna")
    #expect(anna[0].hasPrefix(" class=\"l2\">2"))
    #expect(anna[8].hasPrefix(" class=\"l1\">1"))
    #expect(anna[11].hasPrefix("></td>"))
    #expect(anna[26].contains(">3</td>") && anna[27].contains(">2</td>"))
    #expect(try cells("rooms", ">Red<")[26].contains(">1</td>"))
    #expect(try cells("rooms", ">Blue<")[26].contains(">0</td>"))
  }

  @Test func nothingFromDataIsMarkup() throws {
    let html = try Self.calendar().html
    #expect(!html.contains("<img"))
    #expect(html.components(separatedBy: "</script>").count == 2)
    #expect(!html.contains("http://") && !html.contains("https://"))
  }

  @Test func filtersWorkInABrowserAndAllIsThereWithout() throws {
    func shown(_ fragment: String) throws -> String {
      let dom = try Browser.dump(try Self.calendar().html, fragment: fragment)
      #expect(dom.contains("<title>Sessions of 2026-autumn</title>"), "nothing in the data ran")
      let hidden = dom.components(separatedBy: "<tr ").filter { $0.contains("hidden=\"\"") }.count
      let count = dom.components(separatedBy: "aria-live=\"polite\">").last?.prefix { $0 != "<" } ?? ""
      return "\(count), \(hidden) rows hidden"
    }
    #expect(try shown("") == "2 of 2 tandems, 0 rows hidden")
    // Of the loads: the two people and the two rooms elsewhere.
    #expect(try shown("site=Wroc%C5%82aw") == "1 of 2 tandems, 5 rows hidden")
    #expect(try shown("person=zolc") == "2 of 2 tandems, 2 rows hidden")
    #expect(try shown("department=IT+%26+%3Cb%3E") == "1 of 2 tandems, 3 rows hidden")
    let plain = try Self.calendar().html.components(separatedBy: "<script>").first ?? ""
    #expect(plain.contains("<form class=\"bar\" hidden>"))
    #expect(!plain.contains("<tr hidden") && plain.components(separatedBy: "<tr ").count > 5)
  }
}
