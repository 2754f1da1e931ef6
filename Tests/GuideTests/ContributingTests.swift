import Foundation
import Programme
import Regions
import TestSupport
import Testing

/// The recipes of CONTRIBUTING.md hold: what they say is to be touched is all that there is to touch.
@Suite struct ContributingTests {
  private static let repository = Repository.path

  /// The Swift files of Sources that name a word in their code.
  private static func files(naming word: String) throws -> Set<String> {
    let folder = repository + "/Sources"
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    let pattern = try Regex("\\b\(word)\\b").wordBoundaryKind(.simple)
    var found: Set<String> = []
    for name in names where name.hasSuffix(".swift") {
      let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
      let code = text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
      if code.contains(where: { $0.contains(pattern) }) { found.insert(name) }
    }
    return found
  }

  /// `findable` is a yes or no that forms ask for: reading, writing, schemas, pages, changes, CSV and forms know it from the
  /// table of Person; the other file is the one that gives it its meaning.
  @Test func aYesOrNoOfAPersonIsNamedInTwoFiles() throws {
    #expect(Person.fields.fields.contains { $0.key == "findable" && $0.flag != nil })
    #expect(try Self.files(naming: "findable") == ["Programme/Person.swift", "Finding/Search.swift"])
  }

  /// The rule's setting, name and reason are in its own file; the list of rules names its type; nothing else knows of it.
  @Test func aRuleOfMatchingIsOneFileAndALineOfTheList() throws {
    #expect(
      try Self.files(naming: "LanguageRule") == [
        "Regions/Rules/LanguageRule.swift", "Regions/Rules/MatchingRules.swift",
      ])
    for word in ["common-language", "no common language"] {
      #expect(try Self.files(naming: word) == ["Regions/Rules/LanguageRule.swift"])
    }
    let folder = Self.repository + "/Sources/Regions/Rules"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    for rule in MatchingRules.all { #expect(files.contains("\(rule).swift")) }
  }

  /// The third is the help of the tool that heeds it.
  @Test func aSettingIsNamedWhereItIsDescribedAndWhereItIsRead() throws {
    #expect(
      try Self.files(naming: "notices-per-week") == [
        "Regions/Schema/RegionSchema.swift", "Regions/Settings/RegionReading.swift",
        "tandem-invite/MakeCommand.swift",
      ])
    for file in ["Config/programme.yaml", "Sources/tandem/Documentation.docc/Configuration.md"] {
      let text = try String(contentsOfFile: "\(Self.repository)/\(file)", encoding: .utf8)
      #expect(text.contains("notices-per-week"), "\(file)")
    }
  }

  @Test func theRecipeNamesTheFilesThatThereAre() throws {
    let page = try String(contentsOfFile: Self.repository + "/CONTRIBUTING.md", encoding: .utf8)
    for match in page.matches(of: /`((?:Sources|Tests|Config|Benchmarks)\/[A-Za-z0-9\/.+-]*)`/) {
      let path = "\(Self.repository)/\(match.output.1)"
      #expect(FileManager.default.fileExists(atPath: path), "CONTRIBUTING.md names \(match.output.1)")
    }
  }
}
