import Basics
import Foundation
import Matching
import Programme
import Regions

/// A small programme for tests: regions as shipped, with settings of the test's own, and people made by a few words.
enum MatchFixture {
  static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  private static let shipped: [String: Region] = {
    let regions = (try? ConfigurationFolder(path: repository + "/Config").load(["pl", "de"])) ?? []
    return Dictionary(regions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }()

  /// A shipped region in which nothing is a rule but role, site and capacity.
  static func region(_ id: String = "pl", _ change: (inout MatchingSettings) -> Void = { _ in }) -> Region {
    guard var region = shipped[id] else { fatalError("Config has no region \(id)") }
    region.exceptions = [:]
    region.matching[ScoreFloor.taught.least] = 0
    region.matching[ScoreFloor.returned.least] = 0
    region.matching.objective = .total
    region.matching[SiteRule.remote] = false
    region.matching[DepartmentRule.depth] = 0
    region.matching[ReportingLineRule.steps] = 0
    region.matching[LevelGapRule.least] = nil
    region.matching[LanguageRule.common] = false
    region.matching[CapacityRule.mentor] = 1
    region.matching[CapacityRule.mentee] = 1
    region.matching.unknown = [:]
    region.matching.extraRules = []
    region.matching.disturbance = 0
    change(&region.matching)
    return region
  }

  static func person(
    _ number: Int, _ role: Role, region: String = "pl", site: String = "Warszawa", department: String = "",
    level: Int? = nil, manager: Int? = nil, languages: [String] = [], learn: [String] = [],
    teach: [String] = [],
    interests: [String] = [], said: [String: [String]] = [:], capacity: Int? = nil, acquainted: [Int] = [],
    consent: Bool? = true, attributes: [String: String] = [:], name: String? = nil
  ) -> Person {
    func id(_ number: Int) -> PersonID { PersonID("\(region):\(number)") }
    var person = Person(
      id: id(number), region: region, site: site, name: name ?? "Person \(number)",
      email: "p\(number)@\(region).example.com", role: role,
      department: department.isEmpty ? [] : department.split(separator: "/").map { String($0) },
      timeZone: "Europe/Warsaw")
    (person.level, person.manager, person.languages) = (level, manager.map(id), languages)
    (person.learn, person.teach, person.interests) = (learn, teach, interests)
    (person.said, person.attributes) = (said, attributes)
    (person.capacity, person.acquainted, person.consent) = (capacity, acquainted.map(id), consent)
    return person
  }

  static func request(_ people: [Person], _ regions: [Region]) -> MatchRequest {
    MatchRequest(cohort: "2026-autumn", people: people, regions: regions)
  }

  static func tandem(
    _ mentor: Int, _ mentee: Int, cohort: String = "2026-autumn", status: Tandem.Status = .proposed,
    locked: Bool = false
  ) -> Tandem {
    Tandem(
      cohort: cohort, region: "pl", mentor: PersonID("pl:\(mentor)"), mentee: PersonID("pl:\(mentee)"),
      score: TandemScore(total: 0, taught: 0, returned: 0, shared: 0, distance: 0), status: status,
      locked: locked)
  }

  static func pair(_ mentor: Int, _ mentee: Int) -> IdentifierPair {
    IdentifierPair(mentor: PersonID("pl:\(mentor)"), mentee: PersonID("pl:\(mentee)"))
  }

  /// People by chance, the same for the same seed: two regions, few sites, departments, languages and topics.
  static func people(
    _ count: Int, seed: UInt64, regions: [String] = ["pl", "de"], roles: [Role] = Role.allCases
  )
    -> [Person]
  {
    var random = SplitMix(seed: seed)
    let topics = ["social-media", "video", "leadership", "logistics", "purchasing", "e-bike", "data-privacy"]
    let words = ["film i montaż", "rower", "zakupy", "Datenschutz", "planowanie pracy", "blog", "logistyka"]
    return (0..<count).map { number in
      let region = regions[random.below(regions.count)]
      func some(_ list: [String], _ most: Int) -> [String] {
        (0..<random.below(most + 1)).map { _ in list[random.below(list.count)] }
      }
      return person(
        1000 + number, roles[random.below(roles.count)], region: region,
        site: ["A", "B", "C", ""][random.below(100) < 3 ? 3 : random.below(3)],
        department: ["Sales", "Sales/Export", "Quality", "IT/Apps", "IT/Net", ""][random.below(6)],
        level: random.below(10) == 0 ? nil : 1 + random.below(8),
        manager: random.below(3) == 0 ? nil : 1000 + random.below(count),
        languages: some(["pl", "en", "de-AT", "hu"], 2), learn: some(topics, 3), teach: some(topics, 4),
        interests: some(topics, 2),
        said: ["learn": some(words, 2), "teach": some(words, 2), "interests": some(words, 1)],
        capacity: random.below(8) == 0 ? random.below(3) : nil,
        acquainted: (0..<random.below(3)).map { _ in 1000 + random.below(count) },
        consent: [true, true, true, true, nil, false][random.below(6)],
        attributes: random.below(4) == 0 ? [:] : ["costCentre": String(random.below(5))])
    }
  }
}
