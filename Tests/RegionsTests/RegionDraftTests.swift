import Foundation
import Programme
import Testing

@testable import Regions

/// A folder that `tandem-region new` begins is valid, and so is all that it offers in comments.
@Suite struct RegionDraftTests {
  static let draft = RegionDraft(
    id: "no", name: "Norge: nord", country: "NO", subdivision: nil, language: "en", timeZone: "Europe/Oslo",
    sites: ["Tromsø", "on", "1234"], officeName: "Kontor \"A\"", officeEmail: "kontor@example.no")

  private func made(_ fixture: ConfigurationFixture, _ change: (String) -> String = { $0 }) throws {
    for file in RegionDraftTests.draft.files(headquarters: fixture.folder, hasHolidays: true) {
      try fixture.write("regions/no/" + file.path, file.path == "region.yaml" ? change(file.text) : file.text)
    }
    try fixture.write("regions/no/holidays/no.ics", fixture.text("regions/one/holidays/days.ics"))
  }

  @Test func `what is begun is right`() throws {
    let fixture = try ConfigurationFixture()
    defer { fixture.remove() }
    try made(fixture)
    #expect(fixture.check(["no"]) == [])
    let region = try #require(try fixture.folder.load(["no"]).first)
    #expect(region.name == "Norge: nord")
    #expect(region.country == "NO")
    #expect(region.sites.map(\.name) == ["Tromsø", "on", "1234"])
    #expect(region.office == ProgrammeOffice(name: "Kontor \"A\"", email: "kontor@example.no"))
    #expect(region.forms.map(\.name) == ["answers", "staff"])
  }

  @Test func `with every comment taken off it is still right, and says what headquarters says`() throws {
    let fixture = try ConfigurationFixture()
    defer { fixture.remove() }
    try made(fixture)
    let before = try #require(try fixture.folder.load(["no"]).first)
    let marker = "remove the `# `."
    try made(fixture) { text in
      let parts = text.components(separatedBy: marker)
      return parts[0] + marker + (parts.last ?? "").replacing("\n# ", with: "\n")
    }
    #expect(try fixture.text("regions/no/region.yaml").contains("\nmatching:"))
    #expect(fixture.check(["no"]) == [])
    var after = try #require(try fixture.folder.load(["no"]).first)
    after.exceptions = before.exceptions
    #expect(after == before)
  }

  @Test func `what cannot be there is named`() {
    var draft = RegionDraftTests.draft
    draft.id = "../x"
    draft.country = "Norway"
    draft.timeZone = "Europe/Olso"
    draft.sites = ["A", "a"]
    draft.officeEmail = "x"
    #expect(
      draft.faults == [
        "the id is `../x`, which is not an id: use letters a to z, digits, `-` and `_`",
        "the country is `Norway`, which is not a country of ISO 3166: write two capital letters, `PL`",
        "the zone is `Europe/Olso`, which is not a time zone of the IANA database; did you mean `Europe/Oslo`?",
        "the office address is `x`, which is not an e-mail address: write it as `office@example.com`",
        "the site `a` is named twice: take one out",
      ])
    #expect(RegionDraftTests.draft.faults == [])
    draft.sites = []
    #expect(draft.faults.contains("no site: name at least one, as master data writes it"))
  }
}
