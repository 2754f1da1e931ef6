import Testing

@testable import Intake

struct HeadingsTests {
  @Test func spellingIsForgivenUnlessItMatters() {
    let headings = Headings(rows: [["E-Mail", "Was\nmöchten  Sie lernen?", "", "role", "Role"]])
    #expect(headings.columns(named: "E-Mail") == [0])
    #expect(headings.columns(named: "email") == [0])
    #expect(headings.columns(named: "Was möchten Sie lernen?") == [1])
    #expect(headings.columns(named: "Role") == [4], "spelled exactly so")
    #expect(headings.columns(named: "ROLE") == [3, 4])
    #expect(headings.columns(named: "") == [] && headings.columns(named: "none") == [])
    #expect(headings.untitled == [3])
  }

  @Test func columnsOfAMultipleChoice() {
    let headings = Headings(rows: [["q1[SQ001]", "q1[other]", "Was? [E-Bike]", "q2"]])
    #expect(headings.choices(of: "q1").map(\.choice) == ["SQ001", "other"])
    #expect(headings.choices(of: "Was?").map(\.column) == [2])
    #expect(headings.choices(of: "q2").isEmpty)
  }

  @Test func twoRows() {
    let headings = Headings(rows: [["ID", "Pick", "", "Say"], ["", "A", "B", "Open-Ended Response"]])
    #expect(headings.choices(of: "Pick").map { "\($0.column)\($0.choice)" } == ["1A", "2B"])
    #expect(headings.choices(of: "Say").isEmpty)
    #expect(headings.columns(named: "Say") == [3])
    #expect(headings.columns(named: "Pick [B]") == [2])
  }

  @Test func threeRows() {
    let headings = Headings(rows: [["Q1"], ["How was it?"], ["{\"ImportId\":\"QID7\"}"]])
    for name in ["Q1", "How was it?", "QID7"] { #expect(headings.columns(named: name) == [0]) }
  }
}
