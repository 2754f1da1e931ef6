import Foundation
import Programme

@testable import Regions

/// A small region and a tandem of it, from which the texts' tests word invitations.
enum Sample {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let config = root.appending(path: "Config").path
  static let golden = root.appending(path: "Tests/RegionsTests/Fixtures/texts")

  static func region(language: String, country: String, zone: String, site: String) -> Region {
    Region(
      id: "sample", name: "Sample", country: country, language: language, fallbackLanguages: [],
      timeZone: zone,
      office: ProgrammeOffice(name: "Reverse Mentoring Office", email: "office@example.com"),
      sites: [
        Site(
          name: site, aliases: [], timeZone: zone, language: language,
          workingHours: WorkingHours(days: Weekday.allCases.prefix(5), span: ClockSpan(480..<1080)),
          holidays: [],
          rooms: [
            Room(name: "Room 4.12", email: "room412@example.com", capacity: 4, calendar: nil)
          ])
      ],
      cohorts: [],
      frame: ProgrammeFrame(
        sessions: 10, shortest: 60, longest: 120, length: 90, gap: 7...35, softUpperGap: false, notice: 7,
        grid: 30),
      matching: MatchingSettings(
        weights: .init(taught: 4, returned: 3, shared: 1, distance: 2), objective: .fair, rules: [:],
        unknown: [:], extraRules: [], disturbance: 0, freeWords: 0),
      scheduling: SchedulingSettings(
        weights: .init(
          weekday: 40, time: 10, hours: 2, early: 6, late: 4, lunch: 12, friday: 4, halfDay: 5, buffer: 2,
          bridge: 60, load: 60, roomChange: 4, gap: 100),
        best: [], early: 540, lunch: ClockSpan(720..<780), late: 1020, friday: nil, buffer: 15, avoid: [],
        loadShare: 150, leastLoad: 3, preferredHalf: nil, place: .office),
      invitations: InvitationSettings(
        alarm: 15, categories: ["Reverse Mentoring"], url: "https://example.com/rm"),
      workshop: WorkshopSettings(
        week: 13, spread: 2, length: 180, starts: [540, 810], sessionsHeld: 0, group: 8...20, idealSize: 12,
        venues: [],
        weights: .init(
          missing: 1000, date: 60, group: 20, size: 4, bridge: 60, travel: 3, online: 1, halfDay: 2, site: 1,
          experience: 1, met: 5, session: 10,
          change: 50)),
      forms: [],
      topics: TopicSettings(catalogue: TopicCatalogue(topics), aliasDistance: 250),
      finding: FindingSettings(asksPerPeriod: 3, period: 90, spread: 150, leastRelevance: 100, purposes: []),
      privacy: PrivacySettings(minimumGroup: 5, minimumGroupText: 10),
      attention: AttentionSettings(noticesPerWeek: 1), adapters: [:], folder: "/nonexistent", exceptions: [:])
  }

  static let topics = [
    Topic(
      id: "data-analysis",
      names: [
        "en": "data analysis", "de": "Datenanalyse", "pl": "analiza danych", "hu": "adatelemzés",
        "zh": "数据分析",
        "es": "análisis de datos",
      ], aliases: [:]),
    Topic(
      id: "artificial-intelligence",
      names: [
        "en": "artificial intelligence", "de": "künstliche Intelligenz", "pl": "sztuczna inteligencja",
        "hu": "mesterséges intelligencia", "zh": "人工智能", "es": "inteligencia artificial",
      ], aliases: [:]),
  ]

  /// Each language, where it is spoken, and the names of two people there.
  static let places:
    [String: (country: String, zone: String, offset: Int, site: String, mentor: String, mentee: String)] = [
      "en": ("US", "America/New_York", -4, "Charleston", "Wei Garcia", "Dana Brooks"),
      "de": ("DE", "Europe/Berlin", 2, "Stuttgart", "Benedikt Çelik", "Jürgen Schröder"),
      "pl": ("PL", "Europe/Warsaw", 2, "Warszawa", "Agnieszka Szczęsny", "Jędrzej Wiśniewski"),
      "hu": ("HU", "Europe/Budapest", 2, "Budapest", "Győző Böhm", "Ildikó Tóth"),
      "zh": ("CN", "Asia/Shanghai", 8, "上海", "张芳", "李伟"),
      "es": ("ES", "Europe/Madrid", 2, "Madrid", "Lucía Núñez", "Íñigo Ibarra"),
    ]

  struct Pair {
    var region: Region
    var tandem: Tandem
    var mentor: Person
    var mentee: Person
    var session: Session
  }

  /// A session of a tandem in the language's country on Tuesday, 6 October 2026, 10:00–11:30 there.
  static func pair(_ language: String, number: Int, place: String = "office") -> Pair {
    let spot = places[language] ?? ("FR", "Europe/Paris", 2, "Lyon", "Anaïs", "Benoît")
    func person(_ id: String, _ name: String, _ department: [String], _ role: Role) -> Person {
      Person(
        id: PersonID(region: "sample", employeeNumber: id), region: "sample", site: spot.site, name: name,
        email: "p\(id)@example.com", role: role, department: department, timeZone: spot.zone)
    }
    let mentor = person("1", spot.mentor, ["Engineering", "Software"], .mentor)
    let mentee = person("2", spot.mentee, ["Sales"], .mentee)
    let tandem = Tandem(
      cohort: "2026-autumn", region: "sample", mentor: mentor.id, mentee: mentee.id,
      score: TandemScore(total: 800, taught: 900, returned: 700, shared: 500, distance: 900))
    let start =
      (LocalDate(year: 2026, month: 10, day: 6)?.daysSinceEpoch ?? 0) * 1440 + 600 - spot.offset * 60
    let session = Session(
      tandem: tandem.id, number: number, uid: "u-\(number)@example.com",
      start: Timestamp(minute: start, offset: spot.offset * 3600),
      end: Timestamp(minute: start + 90, offset: spot.offset * 3600), timeZone: spot.zone, place: place,
      topics: ["data-analysis", "artificial-intelligence"])
    return Pair(
      region: region(language: language, country: spot.country, zone: spot.zone, site: spot.site),
      tandem: tandem,
      mentor: mentor, mentee: mentee, session: session)
  }

  static let stamp = Timestamp(secondsSinceEpoch: 1_790_000_000, offset: 0)
}
