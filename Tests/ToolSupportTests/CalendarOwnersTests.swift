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

  /// Files are named as people call each other; where two share a name, it is nobody's.
  @Test(
    arguments: [
      ("Ala Nowa Calendar", "pl:1"), ("Nowa, Ala", "pl:1"), ("ala nowa (2)", "pl:1"),
      ("Kalendarz Ala Nowa", "pl:1"),
      ("Łucja Żak", "pl:2"), ("lucja-zak-calendar", "pl:2"), ("Jan Kos", nil), ("Ala", nil),
      ("Calendar", nil), ("", nil),
    ] as [(String, String?)]) func aFileMayBeNamedByAWholeName(_ text: String, _ owner: String?)
  {
    func named(_ id: String, _ name: String) -> Person {
      var person = person(id, "\(id)@example.com")
      person.name = name
      return person
    }
    let owners = CalendarOwners([
      named("pl:1", "Ala Nowa"), named("pl:2", "Łucja Żak"), named("pl:3", "Jan Kos"),
      named("pl:4", "Jan Kos"),
    ])
    #expect(owners.namesake(of: [text])?.id.text == owner)
  }

  @Test func aFileMayBeNamedByAnotherAddress() {
    var zoe = person("de:7", "zoe@example.com")
    zoe.aliases = ["Zoe.B@old.example.com"]
    #expect(CalendarOwners([zoe]).owner(of: "x", among: ["zoe.b@old.example.com"])?.id.text == "de:7")
  }
}
