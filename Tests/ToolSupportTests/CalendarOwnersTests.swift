import Programme
import Testing
import ToolSupport

@Suite struct CalendarOwnersTests {
  private func person(_ id: String, _ email: String) -> Person {
    let id = PersonID(id)
    return Person(
      id: id, region: id.region, site: "A", name: "N", email: email, role: .mentor, department: ["X"],
      timeZone: "Europe/Berlin")
  }

  @Test(
    arguments: [
      ("busy/7.ics", "de:7"), ("busy/DE:7.ics", "de:7"), ("Zoe@Example.com.ics", "de:7"),
      ("busy/7.Ics", "de:7"), ("busy/7.IFB", "de:7"), ("busy/8.ics", nil), ("busy/pl/8.ifb", "pl:8"),
      ("de/8.ics", "de:8"), ("de/pl/8.ics", nil),
      ("busy/9.ics", nil), ("", nil),
    ] as [(String, String?)]) func aFileIsOnePersonsOrNobodys(_ path: String, _ owner: String?)
  {
    let owners = CalendarOwners([
      person("de:7", "zoe@example.com"), person("de:8", "a@example.com"), person("pl:8", "b@example.com"),
    ])
    let found = owners.owner(of: path, among: [CalendarOwners.stem(of: path)])
    #expect(found?.id.text == owner)
  }

  @Test func aNumberOfTwoRegionsIsAmbiguous() {
    let owners = CalendarOwners([person("de:8", ""), person("pl:8", "")])
    #expect(owners.isAmbiguous(among: ["8"]))
    #expect(!owners.isAmbiguous(among: ["de:8", ""]))
  }
}
