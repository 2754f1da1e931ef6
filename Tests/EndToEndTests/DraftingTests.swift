import Foundation
import TestSupport
import Testing

/// From a stranger's export to people: the draft, and at most five lines corrected by hand.
///
/// The three exports were made without a look at the shipped forms: a Czech staff list (windows-1250, title lines), a
/// Microsoft Forms workbook in French, and a REDCap file of raw codes with one column for each choice.
@Suite struct DraftingTests {
  private let work: WorkFolder
  private var folder: String { work.path }
  private static let fixtures = Repository.path + "/Tests/EndToEndTests/Fixtures/drafting"

  init() throws {
    work = try WorkFolder()
    try FileManager.default.copyItem(atPath: Repository.config, toPath: work.path + "/Config")
  }

  private func run(_ tool: String, _ arguments: String...) async throws -> BuiltTool.Run {
    try await BuiltTool(tool).run(
      arguments, in: folder, environment: ["TANDEM_CONFIG": folder + "/Config", "TANDEM_REGION": "xx"])
  }

  private func begin(_ country: String, _ language: String, _ zone: String, _ sites: String...) async throws {
    let made = try await BuiltTool("tandem-region").run(
      [
        "new", "xx", "--name", "X", "--country", country, "--language", language, "--zone", zone,
        "--year", "2026",
      ] + sites.flatMap { ["--site", $0] }, in: folder, environment: ["TANDEM_CONFIG": folder + "/Config"])
    #expect(made.status == 0, "\(made.errors)")
  }

  /// Drafts a form of the region, and corrects whole lines of it: those that begin so.
  private func draft(_ export: String, as form: String, correcting: [(start: String, line: String)] = [])
    async throws
  {
    try #require(correcting.count <= 5)
    let drafted = try await run("tandem-region", "form", Self.fixtures + "/" + export)
    try #require(drafted.status == 0, "\(drafted.errors)")
    var lines = drafted.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for correction in correcting {
      let index = try #require(
        lines.firstIndex { $0.hasPrefix(correction.start) }, "\(correction.start)\n\(drafted.text)")
      lines[index] = correction.line
    }
    try Data(lines.joined(separator: "\n").utf8).write(
      to: URL(filePath: folder + "/Config/regions/xx/forms/\(form).yaml"))
    let check = try await run("tandem-region", "check", "xx")
    #expect(check.status == 0, "\(check.errors)")
  }

  private func write(_ text: String, _ name: String) throws { try work.file(name, text) }

  private func people(_ files: String...) async throws -> [[String: Any]] {
    let run = try await BuiltTool("tandem-import").run(
      files + ["--format", "ndjson"], in: folder,
      environment: ["TANDEM_CONFIG": folder + "/Config", "TANDEM_REGION": "xx"])
    #expect(run.status == 0, "\(run.errors)")
    return try run.lines.map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test func `a Czech staff list in windows-1250 below title lines`() async throws {
    try await begin("CZ", "cs", "Europe/Prague", "Brno", "Praha")
    try await draft("zamestnanci.csv", as: "staff")
    try write(
      """
      Email,Role,What would you like to learn?,What can you do?
      jana.novakova@cz.example.com,Mentee,Excel,
      borivoj.zak@cz.example.com,Mentor,,Excel

      """, "answers.csv")
    let people = try await people(Self.fixtures + "/zamestnanci.csv", "answers.csv")
    try #require(people.count == 2)
    let jana = people[0]
    #expect(jana["id"] as? String == "xx:10452")
    #expect(jana["name"] as? String == "Jana Nováková")
    #expect(jana["email"] as? String == "jana.novakova@cz.example.com")
    #expect(jana["department"] as? [String] == ["Vývoj", "Software"])
    #expect(jana["site"] as? String == "Brno")
    #expect(jana["level"] as? Int == 3)
    #expect(jana["manager"] as? String == "xx:10871")
    #expect(jana["languages"] as? [String] == ["cs", "en"])
    #expect(people[1]["languages"] as? [String] == ["cs", "ru"])
    #expect(people[1]["level"] as? Int == 8)
  }

  @Test func `a Microsoft Forms workbook in French`() async throws {
    try await begin("FR", "fr", "Europe/Paris", "Lyon")
    try await draft("inscription.xlsx", as: "answers")
    try write(
      """
      Employee number,Name,Email,Department,Site
      1,Claire Martin,claire.martin@fr.example.com,Finance,Lyon
      2,Jérôme Lefèvre,jerome.lefevre@fr.example.com,RH,Lyon
      3,Anaïs Noël,anais.noel@fr.example.com,IT,Lyon
      4,Rémi Gauthier,remi.gauthier@fr.example.com,IT,Lyon

      """, "staff.csv")
    let people = try await people("staff.csv", Self.fixtures + "/inscription.xlsx")
    // Rémi gives no consent.
    #expect(people.map { $0["id"] as? String } == ["xx:1", "xx:2", "xx:3"])
    #expect(people.map { $0["role"] as? String } == ["mentor", "mentee", "either"])
    #expect(people.allSatisfy { $0["consent"] as? Bool == true })
    let said = people.map { $0["said"] as? [String: [String]] ?? [:] }
    #expect(said[0]["learn"] == ["négociation", "Excel"])
    #expect(said[0]["teach"] == ["ChatGPT", "LinkedIn"])
    #expect(said[0]["interests"] == ["randonnée"])
    #expect(said[1]["comments"] == ["Plutôt le matin"])
    #expect(people[1]["learn"] as? [String] == ["generative-ai", "programming"])
  }

  @Test func `a REDCap file of codes with one column for each choice`() async throws {
    try await begin("US", "en", "America/Chicago", "Chicago")
    try await draft(
      "redcap.csv", as: "answers",
      correcting: [
        (
          "  learn: ",
          "  learn: {choices: {wants___1: Excel, wants___2: leadership, wants___3: negotiation}}"
        ),
        (
          "  teach: ",
          "  teach: {choices: {offers___1: Excel, offers___2: leadership, offers___3: negotiation}}"
        ),
        (#"  "1": "#, #"  "1": mentor"#), (#"  "2": "#, #"  "2": mentee"#), (#"  "3": "#, #"  "3": either"#),
      ])
    try write(
      """
      Employee number,Name,Email,Department,Site
      1,Amy Ortiz,amy.ortiz@us.example.com,Finance,Chicago
      2,Ben Walsh,ben.walsh@us.example.com,HR,Chicago
      3,Cal Young,cal.young@us.example.com,HR,Chicago
      4,Dee Park,dee.park@us.example.com,IT,Chicago

      """, "staff.csv")
    let people = try await people("staff.csv", Self.fixtures + "/redcap.csv")
    // Cal has begun, and not finished.
    #expect(people.map { $0["id"] as? String } == ["xx:1", "xx:2", "xx:4"])
    #expect(people.map { $0["role"] as? String } == ["mentor", "mentee", "either"])
    #expect(
      people.map { $0["learn"] as? [String] } == [
        ["spreadsheets"], ["leadership", "negotiation"], ["spreadsheets", "negotiation"],
      ])
    #expect(
      people.map { $0["teach"] as? [String] } == [
        ["leadership"], ["spreadsheets"], ["leadership", "negotiation"],
      ])
    #expect((people[0]["said"] as? [String: [String]])?["comments"] == ["Mornings, please"])
    #expect(people.allSatisfy { $0["consent"] as? Bool == true })
  }

  /// `tandem-region form EXPORT > …/forms/answers.yaml` makes that file, empty, before the tool looks at the region.
  @Test func `the draft may go where the form will be`() async throws {
    try await begin("US", "en", "America/Chicago", "Chicago")
    try write("", "Config/regions/xx/forms/answers.yaml")
    #expect(try await run("tandem-region", "check", "xx").status == 78)
    let drafted = try await run("tandem-region", "form", Self.fixtures + "/redcap.csv")
    #expect(drafted.status == 0, "\(drafted.errors)")
    #expect(try await run("tandem-region", "form", "nothing.csv").status == 66)
    try write("", "empty.csv")
    #expect(try await run("tandem-region", "form", "empty.csv").status == 65)
    #expect(try await run("tandem-region", "form", "empty.csv", "--survey", "a b").status == 64)
  }
}
