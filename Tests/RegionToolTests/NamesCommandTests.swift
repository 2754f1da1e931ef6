import Testing

@Suite struct NamesCommandTests {
  @Test func eachNameOnceInByteOrder() throws {
    let desk = try RegionDesk()
    defer { desk.remove() }
    #expect(desk.run("names", "regions").output == "cn\nde\nhu\npl\nus\n")
    #expect(desk.run("names", "cohorts").output == "2026-autumn\n")
    #expect(desk.run("names", "sites", "--region", "pl").output == "Warszawa\nWrocław\n")
    for kind in ["surveys", "forms", "purposes", "topics"] {
      let lines = desk.run("names", kind).output.split(separator: "\n")
      #expect(
        !lines.isEmpty && lines == Set(lines).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }, "\(kind)"
      )
    }
  }

  @Test func aBegunListIsGoneOnWith() throws {
    let desk = try RegionDesk()
    defer { desk.remove() }
    #expect(desk.run("names", "regions", "pl,d").output == "pl,cn\npl,de\npl,hu\npl,us\n")
    #expect(desk.run("names", "regions", "pl,de,").output == "pl,de,cn\npl,de,hu\npl,de,us\n")
    #expect(desk.run("names", "cohorts", "a,b").output == "2026-autumn\n", "a cohort is one")
  }

  @Test func regionsAreNamedThoughOneIsWrong() throws {
    let desk = try RegionDesk()
    defer { desk.remove() }
    try desk.replace("regions/pl/region.yaml", "name:", "nme:")
    #expect(desk.run("names", "regions").output == "cn\nde\nhu\npl\nus\n")
    #expect(desk.run("names", "cohorts").status == 78)
  }

  @Test func whatHasNoNamesIsUsage() throws {
    let desk = try RegionDesk()
    defer { desk.remove() }
    #expect(desk.run("names", "people").status == 64)
  }
}
