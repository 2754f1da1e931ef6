import Basics
import Testing

@testable import Intake

struct ChoiceSplitterTests {
  private func split(_ cell: String, _ separators: [String], known: [String] = []) -> [String] {
    let keys = Set(known.map { WordKey($0) })
    return ChoiceSplitter(separators: separators) { keys.contains(WordKey($0)) }.split(cell)
  }

  @Test func plainCells() {
    #expect(split("a; b ;c;", [";"]) == ["a", "b", "c"])
    #expect(split("", [";"]) == [])
    #expect(split(" ; ;", [";"]) == [])
    #expect(split("a; b", []) == ["a; b"])
    #expect(split("社交媒体；视频与博客", ["；"]) == ["社交媒体", "视频与博客"])
  }

  @Test func choicesThatHoldTheSeparator() {
    let known = ["Teams, chat", "Teams", "Teams, chat, and calls", "Mail"]
    #expect(split("Teams, chat, Mail", [", "], known: known) == ["Teams, chat", "Mail"])
    #expect(
      split("Mail, Teams, chat, and calls", [", "], known: known) == ["Mail", "Teams, chat, and calls"])
    #expect(split("Teams, chatter, Mail", [", "], known: known) == ["Teams", "chatter", "Mail"])
  }

  @Test func theLongerSeparatorFirst() {
    #expect(split("a, b,c", [",", ", "]) == ["a", "b", "c"])
    #expect(split("a, b,c", [", "]) == ["a", "b,c"])
  }

  /// Whatever choices are joined, they come apart again.
  @Test func joinedChoicesComeApart() {
    let known = ["a", "a, b", "b c", "c, d, e", "物流", "x;y"]
    var generator = SplitMix(seed: 3)
    for _ in 0..<300 {
      // `a` before a `b …` would be another choice: such neighbours are no fair question.
      let picked = (0..<4).map { _ in known[Int(generator.next() % 5) + 1] }
      #expect(split(picked.joined(separator: ", "), [", "], known: known) == picked)
    }
  }
}
