import Foundation
import Programme
import Regions
import Testing

/// The recipes of CONTRIBUTING.md for a language and a setting, followed in a copy of the configuration. That a country is
/// a file is in `NewCommandTests`.
@Suite struct RecipeTests {
  @Test func `a language is added by a file alone`() throws {
    let desk = try RegionDesk()
    defer { desk.remove() }
    try desk.replace("regions/pl/region.yaml", "language: pl", "language: it")
    let without = desk.run("check", "pl")
    #expect(
      without.errors.contains("Config/texts/it.yaml: warning: there are no texts in `it`"),
      "\(without.errors)")

    let months =
      "[gennaio, febbraio, marzo, aprile, maggio, giugno, luglio, agosto, settembre, ottobre, novembre, dicembre]"
    let english = try desk.text("texts/en.yaml")
    let lines = english.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("  months:") ? "  months: " + months : String(line)
    }
    try Data(lines.joined(separator: "\n").utf8).write(
      to: URL(fileURLWithPath: desk.config + "/texts/it.yaml"))
    let checked = desk.run("check", "pl")
    #expect(checked.errors == "note: 1 region checked: 0 errors, 0 warnings\n")
    let region = try #require(ConfigurationFolder(path: desk.config).load(["pl"]).first)
    let (texts, mistakes) = TextCatalogue.load(config: desk.config, region: region)
    #expect(mistakes.isEmpty)
    let words = try #require(texts.languages.first { $0.tag == "it" })
    #expect(words.date(try #require(LocalDate(iso8601: "2026-10-05")), weekday: false).contains("ottobre"))
  }

  /// One description gives reading, schema and check; ReferenceTests hold the page to it.
  @Test func `a setting's description gives schema and check`() throws {
    let desk = try RegionDesk()
    defer { desk.remove() }
    let attention = try #require(RegionSchema.settings[named: "attention"])
    guard case .record(let settings) = attention.shape, let setting = settings[named: "notices-per-week"],
      case .whole(let bounds) = setting.shape
    else {
      Issue.record("attention.notices-per-week is described otherwise than CONTRIBUTING.md shows")
      return
    }
    let schema = desk.run("schema", "region").output
    #expect(schema.contains("\"notices-per-week\": {"))
    #expect(schema.contains(setting.meaning))
    #expect(schema.contains("\"maximum\": \(bounds.upperBound)"))

    let region = try desk.text("regions/pl/region.yaml")
    let file = URL(fileURLWithPath: desk.config + "/regions/pl/region.yaml")
    func check(_ line: String) throws -> String {
      try Data((region + "\n" + line + "\n").utf8).write(to: file)
      return desk.run("check", "pl").errors
    }
    #expect(try check("attention: {notices-per-week: 3}").contains("0 errors, 0 warnings"))
    #expect(
      try check("attention: {notices-per-week: \(bounds.upperBound + 1)}").contains(
        "`notices-per-week` is \(bounds.upperBound + 1), and should be "))
    #expect(
      try check("attention: {notices-per-weak: 3}").contains("did you mean `notices-per-week`?"))
  }
}
