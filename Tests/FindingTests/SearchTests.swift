import Finding
import Programme
import Testing

@testable import Regions

@Suite struct SearchTests {
  static let catalogue = TopicCatalogue([
    Topic(id: "digital", names: ["en": "digital"], aliases: ["en": ["digital"]]),
    Topic(
      id: "video", parent: "digital", names: ["en": "video"],
      aliases: ["en": ["video", "clips"], "pl": ["wideo"]]),
    Topic(id: "blog", parent: "digital", names: ["en": "blog"], aliases: ["en": ["blog"]]),
    Topic(id: "e-bike", names: ["en": "e-bike"], aliases: ["en": ["e-bike"]]),
  ])
  static let even = FindingSettings.Purpose(name: "campaign", teach: 1, interests: 1, learn: 1)
  static let settings = FindingSettings(
    asksPerPeriod: 2, period: 30, spread: 150, leastRelevance: 100, purposes: [even])
  static let seeker = person("1", "Sales", topics: [])
  static let day = LocalDate(daysSinceEpoch: 20_000)

  static func person(
    _ number: String, _ department: String, topics: [String], site: String = "Łódź", findable: Bool? = true,
    said: [String] = []
  ) -> Person {
    var person = Person(
      id: PersonID("pl:\(number)"), region: "pl", site: site, name: "Person \(number)",
      email: "p\(number)@example.com", role: .either, department: [department, "x"],
      timeZone: "Europe/Warsaw")
    (person.learn, person.teach, person.interests) = (topics, topics, topics)
    person.said = said.isEmpty ? [:] : ["interests": said]
    person.findable = findable
    return person
  }

  private func find(
    _ people: [Person], words: String = "video", purpose: FindingSettings.Purpose = even, limit: Int = 10,
    asked: AskedLedger = AskedLedger(), settings: FindingSettings = settings
  ) -> SearchResult {
    let search = Search(
      seeker: Self.seeker, site: "Łódź", topics: TopicQuery.topics(in: words, of: Self.catalogue),
      words: words,
      purpose: purpose, limit: limit, date: Self.day)
    return PeopleFinder(people: people + [Self.seeker], catalogue: Self.catalogue, settings: settings)
      .search(search, asked: asked)
  }

  @Test func eachExclusionIsCounted() {
    let result = find([
      Self.person("2", "Logistics", topics: ["video"]),
      Self.person("3", "Logistics", topics: ["video"], site: "Warszawa"),
      Self.person("4", "Sales", topics: ["video"]),
      Self.person("5", "Logistics", topics: ["video"], findable: nil),
      Self.person("6", "Logistics", topics: ["video"], findable: false),
      Self.person("7", "Logistics", topics: ["e-bike"]),
    ])
    #expect(result.found.map(\.person.id.text) == ["pl:2"])
    #expect(result.excluded == [.otherSite: 1, .sameField: 1, .noConsent: 2, .notRelevant: 1])
  }

  @Test func nobodyIsAskedMoreOftenThanTheRegionAllows() {
    let people = [Self.person("2", "Logistics", topics: ["video"])]
    func ledger(_ days: [Int]) -> AskedLedger {
      AskedLedger(
        days.map {
          .init(
            person: PersonID("pl:2"), date: Self.day.adding(days: $0), asker: PersonID("pl:9"), purpose: "x")
        })
    }
    #expect(find(people, asked: ledger([-1, -40])).found.first?.asked == 1)
    #expect(find(people, asked: ledger([-29, 0])).excluded == [.askedEnough: 1])
    #expect(find(people, asked: ledger([-30, 0])).found.count == 1)
    #expect(find(people, asked: ledger([0, 1])).found.count == 1, "a later asking is not this period's")
  }

  @Test func nearTopicsAndOwnWordsCountInPart() throws {
    let result = find(
      [
        Self.person("2", "A", topics: ["video"]), Self.person("3", "B", topics: ["blog"]),
        Self.person("4", "C", topics: [], said: ["videos about cooking"]),
      ])
    #expect(result.found.map(\.person.id.text) == ["pl:2", "pl:3", "pl:4"])
    #expect(result.found.first?.relevance == 1000)
    #expect(result.found[1].reasons.first?.text == "blog")
    #expect(result.found[2].reasons.map(\.text) == ["videos about cooking"])
  }

  @Test func thePurposeDecidesWhatCounts() {
    var knows = Self.person("2", "A", topics: [])
    knows.teach = ["video"]
    var learns = Self.person("3", "B", topics: [])
    learns.learn = ["video"]
    func first(_ purpose: FindingSettings.Purpose) -> String? {
      find([knows, learns], purpose: purpose).found.first?.person.id.text
    }
    #expect(first(.init(name: "a", teach: 5, interests: 1, learn: 1)) == "pl:2")
    #expect(first(.init(name: "b", teach: 1, interests: 1, learn: 5)) == "pl:3")
    #expect(first(.init(name: "c", teach: 0, interests: 0, learn: 0)) == nil)
  }

  /// The greedy choice against every subset.
  @Test func theSpreadOverDepartmentsIsOptimal() throws {
    var state: UInt64 = 11
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let topics = ["video", "blog", "digital"]
    for _ in 0..<40 {
      let people = (2..<11).map { number -> Person in
        var person = Self.person(String(number), ["A", "B", "C"][random(3)], topics: [])
        person.teach = random(2) == 0 ? [topics[random(3)]] : []
        person.interests = [topics[random(3)]]
        person.learn = random(3) == 0 ? [topics[random(3)]] : []
        return person
      }
      let limit = 1 + random(6)
      func value(_ chosen: [Found]) -> Int {
        let departments = Dictionary(grouping: chosen) { $0.person.department[0] }
        return chosen.reduce(0) { $0 + $1.relevance }
          - departments.values.reduce(0) { $0 + 150 * $1.count * ($1.count - 1) / 2 }
      }
      let all = find(people, limit: 100).found
      let best = (0..<(1 << all.count)).filter { $0.nonzeroBitCount == min(limit, all.count) }
        .map { mask in value(all.indices.filter { mask >> $0 & 1 == 1 }.map { all[$0] }) }.max()
      #expect(value(find(people, limit: limit).found) == best)
    }
  }

  @Test func theOrderOfThePeopleDoesNotMatter() {
    let people = (2..<30).map {
      Self.person(String($0), ["A", "B"][$0 % 2], topics: [["video", "blog"][$0 % 2]])
    }
    #expect(find(people) == find(people.reversed()))
  }
}
