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

  private static func words(_ language: String) throws -> CalendarWords {
    let config = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/Config"
    var region = try Region.example()
    region.language = language
    let texts = TextCatalogue.load(folders: [config], languages: [language], fallbacks: [], country: "")
    return try InvitationComposer(texts: texts.texts, region: region).calendarWords
  }

  private static func calendar(
    _ language: String = "en", at now: String = "2026-11-25T12:00:00+01:00"
  ) throws -> CohortCalendar {
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
      ], words: try words(language), now: try #require(Timestamp(rfc3339: now)))
  }

  /// The cells of the row that begins with a text, in the section of a heading.
  private func cells(_ section: String, _ name: String) throws -> [String] {
    let part = try #require(
      try Self.calendar().html.components(separatedBy: "<h2 id=").first { $0.hasPrefix("\"\(section)\"") })
    let row = try #require(part.components(separatedBy: "<tr ").first { $0.contains(name) })
    return row.components(separatedBy: "<td").dropFirst().map { String($0) }
  }

  @Test func everySessionIsInItsWeek() throws {
    let row = try cells("tandems", "2026-autumn/pl:1+pl:2")
    // 26 weeks from Monday 5 October, then held, missed, not recorded and planned.
    #expect(row.count == 30)
    #expect(row[0].contains("class=\"s held\"") && row[0].contains("<b>1</b><small>Th 10:00</small>"))
    #expect(row[0].contains("<span class=\"vh\"> held</span>"))
    #expect(row[8].contains("class=\"s moved\"") && row[8].contains("<b>2</b><small>Mo 8:30</small>"))
    #expect(row[11].contains("class=\"s cancelled\""))
    #expect(row[14].contains("class=\"s missed\""))
    #expect(row.filter { $0.contains("<b>") }.count == 4)
    let counts = row.suffix(4).map { $0.components(separatedBy: ">").dropFirst().first ?? "" }
    #expect(counts == ["1</td", "1</td", "0</td", "1</td"])
    #expect(try Self.calendar().html.contains("2/10: mentee is away &lt;now&gt;"))
    #expect(
      try Self.calendar().html.contains("<small>Oct</small><time datetime=\"2026-10-05\">5</time></th>"))
  }

  @Test func detailsOpenWithoutAMouse() throws {
    let html = try Self.calendar().html
    #expect(!html.contains(" title=\""), "nothing is in a tooltip alone")
    #expect(
      html.contains(
        "<li><b>4</b> Monday, January 11, 2027, 8:00–9:30 AM (Europe/Warsaw), the mentee&#39;s office, video – missed</li>"
      ))
    #expect(html.components(separatedBy: "<details><summary>").count == 3)
  }

  /// What is over and unrecorded is not planned: at the end of the term the counts say what took place.
  @Test func countsAreTrueAtTheEndOfTheTerm() throws {
    let end = try Self.calendar(at: "2027-04-05T09:00:00+02:00").html
    #expect(
      end.contains(
        "Pairs <b>2</b> · held <b>1</b> · missed <b>1</b> · not recorded <b>2</b> · planned <b>0</b>"))
    let start = try Self.calendar(at: "2026-10-01T09:00:00+02:00").html
    #expect(start.contains("Pairs <b>2</b> · held <b>1</b> · missed <b>1</b> · planned <b>2</b>"))
  }

  @Test func todayIsMarkedAndTheWeekIsOpen() throws {
    let html = try Self.calendar(at: "2026-10-09T12:00:00+02:00").html
    #expect(html.contains("class=\"w first now\"><small>today</small><time datetime=\"2026-10-05\">"))
    #expect(html.components(separatedBy: "<details class=\"week\" open>").count == 2)
    #expect(html.contains("<h3>Friday, October 9, 2026 – today</h3>"))
    let after = try Self.calendar(at: "2028-01-01T12:00:00+01:00").html
    #expect(!after.contains(" now\"") && !after.contains("week\" open"))
  }

  @Test func eachWeekHasTheLoadOfItsDays() throws {
    let html = try Self.calendar().html
    let week = try #require(html.components(separatedBy: "<details class=\"week\"").dropFirst().first)
    #expect(week.contains("Week of October 5, 2026"))
    #expect(week.contains("Th <b data-day=\"2026-10-08\">1</b>"))
    #expect(week.contains("Mo <b data-day=\"2026-10-05\">0</b>"))
    #expect(week.contains("<b>Anna Żółć, Ewa Nowak</b> 1: 9:00–10:30 AM (Europe/Warsaw)"))
    #expect(!html.contains("2026-12-21\">1</b>"), "what was called off is no load")
  }

  @Test(arguments: ["en", "de", "pl", "hu", "zh", "es"]) func inTheRegionsLanguage(_ language: String) throws
  {
    let html = try Self.calendar(language).html
    #expect(html.contains("<html lang=\"\(language)\">"))
    let words = try Self.words(language)
    #expect(words.weekdays.count == 7)
    for key in TextKey.allCases where key.rawValue.hasPrefix("calendar.") { #expect(!words[key].isEmpty) }
    if language != "en" { #expect(!html.contains(">Mentor and mentee<") && !html.contains("Week of")) }
  }

  @Test(arguments: [360, 800, 1400]) func theWeeksStayAtTheTop(_ width: Int) throws {
    let script = """
      <script>onload = () => { document.body.style.width = '\(width)px'; scrollTo(0, 400);
        const top = document.querySelector('thead th').getBoundingClientRect().top;
        document.title = 'heading at ' + Math.round(top); };</script></body>
      """
    let html = try Self.many(40).html.replacing("</body>", with: script)
    #expect(try Browser.dump(html).contains("<title>heading at 0</title>"))
  }

  @Test(arguments: [30, 60, 90]) func printsThirtyPairsOnAPage(_ pairs: Int) throws {
    #expect(try Browser.sheets(try Self.many(pairs).html) <= pairs / 30)
  }

  /// Pairs with ten sessions each, some of them short of theirs.
  private static func many(_ count: Int) throws -> CohortCalendar {
    var region = try Region.example()
    region.cohorts = [
      Cohort(
        id: "2026-autumn", start: try #require(LocalDate(iso8601: "2026-10-05")),
        end: try #require(LocalDate(iso8601: "2027-04-05")))
    ]
    var people: [PersonID: Person] = [:]
    var tandems: [Tandem] = []
    var sessions: [Session] = []
    for number in 0..<count {
      let (mentor, mentee) = (PersonID("pl:\(1000 + number)"), PersonID("pl:\(5000 + number)"))
      for (id, name) in [(mentor, "Małgorzata Kowal-Święch"), (mentee, "Bartłomiej Szczęsny-Źródłowski")] {
        people[id] = Person(
          id: id, region: "pl", site: "Warszawa", name: "\(name) \(number)", email: "a@pl.example.com",
          role: .either, department: ["Engineering"], timeZone: "Europe/Warsaw")
      }
      let tandem = Tandem(
        cohort: "2026-autumn", region: "pl", mentor: mentor, mentee: mentee, score: TandemScore())
      tandems.append(tandem)
      let first = try #require(LocalDate(iso8601: "2026-10-08"))
      for session in 0..<10 {
        let date = first.adding(days: session * 17 + number % 5)
        sessions.append(
          Self.session(
            tandem.id, session + 1, "\(date)T10:00:00+01:00", session < 4 ? .held : .planned))
      }
    }
    return CohortCalendar(
      cohort: "2026-autumn", regions: [region], people: people, tandems: tandems, sessions: sessions,
      shortfalls: tandems.prefix(count / 10).map {
        .init(tandem: $0.id, planned: 8, wanted: 10, reason: "mentee is free on 3 of 26 weeks")
      }, words: try words("pl"), now: try #require(Timestamp(rfc3339: "2026-12-01T09:00:00+01:00")))
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
      let hidden = dom.components(separatedBy: "<tr ").filter {
        $0.prefix { $0 != ">" }.contains("hidden=\"\"")
      }.count
      let output = dom.components(separatedBy: "<output id=\"count\"").last?.components(separatedBy: ">")
      let count = output?.dropFirst().first?.prefix { $0 != "<" } ?? ""
      return "\(count), \(hidden) rows hidden"
    }
    #expect(try shown("") == "2 of 2 pairs, 0 rows hidden")
    // Of the loads: the two people and the two rooms elsewhere.
    #expect(try shown("site=Wroc%C5%82aw") == "1 of 2 pairs, 5 rows hidden")
    #expect(try shown("person=zolc") == "2 of 2 pairs, 2 rows hidden")
    #expect(try shown("department=IT+%26+%3Cb%3E") == "1 of 2 pairs, 3 rows hidden")
    let plain = try Self.calendar().html.components(separatedBy: "<script>").first ?? ""
    #expect(plain.contains("<form class=\"bar\" hidden>"))
    #expect(!plain.contains("<tr hidden") && plain.components(separatedBy: "<tr ").count > 5)
  }
}
