import Foundation
import TestSupport
import Testing

/// From `tandem-region new` to a scheduled cohort: a folder and two exports, no line of Swift; on each continent that
/// has holidays by rule.
@Suite struct NewRegionTests {
  struct Country: Sendable, CustomTestStringConvertible {
    var code: String
    var subdivision: String?
    var language: String
    var zone: String
    var site: String
    /// Words that mean topics there.
    var learn: [String]
    var teach: [String]

    var testDescription: String { code }
  }

  static let countries = [
    Country(
      code: "AT", language: "de", zone: "Europe/Vienna", site: "Linz",
      learn: ["soziale Medien", "Datenschutz"], teach: ["Führung", "Logistik"]),
    Country(
      code: "MX", language: "es", zone: "America/Mexico_City", site: "Puebla",
      learn: ["redes sociales"], teach: ["liderazgo"]),
    Country(
      code: "BR", language: "en", zone: "America/Sao_Paulo", site: "São Paulo",
      learn: ["social media", "data privacy"], teach: ["leadership", "logistics"]),
    Country(
      code: "CN", language: "zh", zone: "Asia/Shanghai", site: "无锡", learn: ["社交媒体"], teach: ["领导力"]),
    Country(
      code: "ZA", language: "en", zone: "Africa/Johannesburg", site: "Gqeberha",
      learn: ["social media", "data privacy"], teach: ["leadership", "logistics"]),
    Country(
      code: "AU", subdivision: "NSW", language: "en", zone: "Australia/Sydney", site: "Newcastle",
      learn: ["social media"], teach: ["leadership"]),
  ]

  @Test(arguments: countries) func `a new region plans its first cohort`(_ country: Country) async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/new-region-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: Repository.path + "/Config", toPath: folder + "/Config")
    let environment = ["TANDEM_CONFIG": folder + "/Config", "TANDEM_REGION": "new"]
    func run(_ tool: String, _ arguments: [String], _ input: [UInt8] = []) async throws -> BuiltTool.Run {
      try await BuiltTool(tool).run(arguments, input: input, in: folder, environment: environment)
    }

    let made = try await run(
      "tandem-region",
      [
        "new", "new", "--name", "New", "--country", country.code, "--language", country.language, "--zone",
        country.zone, "--site", country.site,
      ] + (country.subdivision.map { ["--subdivision", $0] } ?? []))
    #expect(made.status == 0, "\(made.errors)")
    #expect(try await run("tandem-region", ["check", "new"]).status == 0)

    var staff = "Employee number,Name,Email,Department,Site,Level,Manager,Languages\n"
    var answers =
      "Email,Role,What would you like to learn?,What can you do?,What are you interested in?,Comments\n"
    for number in 1...6 {
      let isMentor = number <= 3
      let email = "p\(number)@new.example.com"
      staff +=
        "\(number),Person \(number),\(email),\(isMentor ? "IT" : "Sales"),\(country.site),\(isMentor ? 2 : 7),,"
        + "\(country.language)\n"
      let (learn, teach) = isMentor ? (country.teach, country.learn) : (country.learn, country.teach)
      answers +=
        "\(email),\(isMentor ? "Mentor" : "Mentee"),\(learn.joined(separator: ";")),"
        + "\(teach.joined(separator: ";")),,\n"
    }
    for (name, text) in [("staff.csv", staff), ("answers.csv", answers)] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
    }

    let people = try await run("tandem-import", ["staff.csv", "answers.csv"])
    #expect(people.status == 0, "\(people.errors)")
    #expect(people.lines.count { $0.contains(#""record":"person""#) } == 6)
    let tandems = try await run("tandem-match", ["--cohort", "2026-autumn"], people.output)
    #expect(tandems.status == 0, "\(tandems.errors)")
    #expect(tandems.lines.count { $0.contains(#""record":"tandem""#) } == 3)
    let plan = try await run(
      "tandem-schedule", ["--cohort", "2026-autumn"] + BuiltTool.beforeAutumn, tandems.output)
    #expect(plan.status == 0, "\(plan.errors)")
    let sessions = plan.lines.filter { $0.contains(#""record":"session""#) }
    #expect(sessions.count == 30)
    #expect(sessions.allSatisfy { $0.contains("\"timeZone\":\"\(country.zone)\"") })

    // No session falls on a holiday of the new region.
    let place = ([country.code] + [country.subdivision].compactMap { $0 }).joined(separator: "-")
    let calendar = try String(
      contentsOfFile: folder + "/Config/regions/new/holidays/\(place.lowercased()).ics", encoding: .utf8)
    let holidays = Set(
      calendar.components(separatedBy: "\r\n").filter { $0.hasPrefix("DTSTART;VALUE=DATE:") }.map {
        String($0.suffix(8))
      })
    for session in sessions {
      let start = try #require(session.firstRange(of: #""start":""#)).upperBound
      let day = session[start...].prefix(10).filter { $0 != "-" }
      #expect(!holidays.contains(String(day)), "\(session)")
    }
  }
}
