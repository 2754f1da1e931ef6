import Finding
import Programme
import Testing

@Suite struct PersonFindingTests {
  private let lookup = PersonLookup(
    [("1", "Łukasz Żółć"), ("2", "Jan Nowak"), ("3", "Jan Nowak")].map { number, name in
      var person = SearchTests.person(number, "A", topics: [])
      person.name = name
      return person
    })

  @Test(arguments: ["pl:1", "1", "P1@Example.com", "łukasz żółć", "Lukasz Zolc"]) func asAClerkWrites(
    _ text: String
  ) throws {
    #expect(try lookup.person(text).id == PersonID("pl:1"))
  }

  @Test func anAmbiguousNameIsRefusedWithTheCandidates() {
    #expect(
      throws: FindingError.ambiguousPerson("Jan Nowak", candidates: [PersonID("pl:2"), PersonID("pl:3")])
    ) {
      try lookup.person("Jan Nowak")
    }
    #expect(throws: FindingError.unknownPerson("")) { try lookup.person("") }
  }
}
