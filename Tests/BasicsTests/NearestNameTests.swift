import Basics
import Testing

@Suite struct NearestNameTests {
  @Test func caseAndJoinsDoNotCount() {
    #expect(NearestName.of("Session_Length", among: ["cohort", "session-length"]) == "session-length")
  }

  @Test func theFirstByBytesOnATieWhateverTheOrder() {
    #expect(NearestName.of("cat", among: ["cut", "bat"]) == "bat")
    #expect(NearestName.of("cat", among: ["bat", "cut"]) == "bat")
  }

  @Test func nothingWithinAThirdOfTheWord() {
    #expect(NearestName.of("learn", among: ["teach"]) == nil)
    #expect(NearestName.question("learn", among: ["teach"]) == nil)
    #expect(NearestName.question("lern", among: ["learn"]) == "; did you mean `learn`?")
  }

  @Test func theLimitIsOfEachCandidate() {
    let names = ["ab", "abcdefgh"].map { Array($0) }
    let found = NearestName.place(of: Array("abcdefxx"), among: names) { $0 / 4 }
    #expect(found?.place == 1)
    #expect(found?.distance == 2)
    let none = NearestName.place(of: Array("abcdefxx"), among: names) { $0 / 8 }
    #expect(none?.place == nil)
  }
}
