import Programme
import TestSupport
import Testing

@Suite struct SessionTests {
  @Test func uidHoldsNothingThatACalendarFileMustEscape() {
    let uid = Session.uid(tandem: "2026-autumn/pl:1;2+de:\r\nÅ,\"x\"", number: 3, domain: "example.com")
    #expect(uid == "2026_2Dautumn_2Fpl_3A1_3B2_2Bde_3A_0D_0A_C3_85_2C_22x_22-3@example.com")
    #expect(uid.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
  }

  @Test func identifiersAreDerivedFromWhatTheyName() {
    let tandem = TandemID(cohort: "c", mentor: PersonID("pl:1"), mentee: PersonID("pl:2"))
    #expect(tandem == "c/pl:1+pl:2")
    #expect(SessionID(tandem: tandem, number: 4) == "c/pl:1+pl:2#4")
  }

  @Test func personIDsAreSplitAtTheFirstColon() {
    #expect(PersonID("pl:1:2").region == "pl")
    #expect(PersonID("pl:1:2").employeeNumber == "1:2")
    #expect(PersonID("17").employeeNumber == "17")
  }

  @Test func everyPartOfTheCostCounts() {
    var cost = SessionCost()
    for (place, part) in SessionCost.parts.enumerated() { cost[keyPath: part.path] = 1 << place }
    #expect(cost.total == 1 << SessionCost.parts.count - 1)
  }

  /// A record may state any number; sums over a plan must not overflow.
  @Test func costsBeyondReasonStillAddUp() {
    let huge = SessionCost(day: .max, half: .max, lunch: 1, late: .min, room: .max)
    #expect(huge.total == 2_000_000_000_001)
    #expect(SessionCost(day: 1, half: 2, lunch: 3, late: 4, room: 5).total == 15)
  }
}
