import Programme
import TestSupport
import Testing

@Suite struct IdentifierTests {
  @Test func whatAnIdOfOurOwnFormNames() throws {
    let named = try #require(TandemID("2026-autumn/pl:1+pl:2").named)
    #expect(named.cohort == "2026-autumn")
    #expect([named.mentor, named.mentee] == [PersonID("pl:1"), PersonID("pl:2")])
    for text in ["2026-autumn-t0", "", "/pl:1+pl:2", "c/pl:1", "c/pl:1+", "c/pl:1+pl:2+pl:3"] {
      #expect(TandemID(text).named == nil, "\(text)")
    }
    #expect(WorkshopID(cohort: "c", host: "pl", number: 2) == "c/pl/workshop-2")
    #expect(WorkshopID("c/pl/workshop-2").host == "pl")
    #expect(WorkshopID("w1").host == nil)
  }

  @Test func theOrderIsThatOfTheBytes() {
    #expect([TandemID("b"), "Å", "a", "B"].sorted() == ["B", "a", "b", "Å"])
  }

  /// Whose a session is, the record says; without one, an id of our own form.
  @Test func theRecordSpeaksBeforeTheId() {
    var tandem = Tandem(
      cohort: "c", region: "pl", mentor: PersonID("pl:1"), mentee: PersonID("pl:2"), score: TandemScore())
    tandem.id = "t1"
    let lookup = TandemLookup([tandem])
    #expect(lookup.people(of: "t1") == [PersonID("pl:1"), PersonID("pl:2")])
    #expect(lookup.cohort(of: "t1") == "c")
    #expect(lookup.people(of: "d/pl:3+pl:4") == [PersonID("pl:3"), PersonID("pl:4")])
    #expect(lookup.cohort(of: "d/pl:3+pl:4") == "d")
    #expect(lookup.people(of: "t2") == nil)
    #expect(lookup["d/pl:3+pl:4"] == nil)
  }

  @Test func aUIDIsReadBack() {
    let session = Session.uid(tandem: "2026-autumn/pl:1+de:7", number: 3, domain: "example.com")
    #expect(
      MeetingName(uid: session)
        == .session(cohort: "2026-autumn", mentor: PersonID("pl:1"), mentee: PersonID("de:7"), number: 3))
    let workshop = Workshop.uid(id: "2026-autumn/pl/workshop-2", domain: "example.com")
    #expect(MeetingName(uid: workshop) == .workshop(cohort: "2026-autumn", host: "pl", number: 2))
    #expect(MeetingName(uid: "something-else@example.com") == nil)
  }
}
