import Testing

@testable import Scheduling

@Suite struct SessionTopicsTests {
  @Test func theFirstSessionHasAllAndTheOthersGoThroughThemInOrder() {
    #expect(
      SessionTopics.distribute(["a", "b", "c"], over: 10)
        == [["a", "b", "c"]] + [["a"], ["a"], ["a"], ["b"], ["b"], ["b"], ["c"], ["c"], ["c"]])
  }

  @Test(arguments: 1...30, [1, 2, 5, 10]) func everyTopicHasItsSession(_ count: Int, _ sessions: Int) {
    let topics = (0..<count).map { "t\($0)" }
    let all = SessionTopics.distribute(topics, over: sessions)
    #expect(all.count == sessions)
    #expect(all.allSatisfy { !$0.isEmpty })
    let rest = all.dropFirst().flatMap { $0 }
    var seen: [String] = []
    for topic in rest where seen.last != topic { seen.append(topic) }
    if sessions > 1 { #expect(seen == topics) } else { #expect(all == [topics]) }
  }

  @Test func withoutTopicsThereAreNone() {
    #expect(SessionTopics.distribute([], over: 3) == [[], [], []])
    #expect(SessionTopics.distribute(["a"], over: 0) == [])
  }
}
