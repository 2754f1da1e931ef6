import Basics
import Testing

@Suite struct StableHashTests {
  @Test func theSameInEveryRunAndInPieces() {
    #expect(StableHash("pl:100000".utf8).value == 0xB006_BE7A_9DC2_382A)
    var pieces = StableHash("pl:".utf8)
    pieces.add("100000".utf8)
    #expect(pieces.value == StableHash("pl:100000".utf8).value)
    #expect(Set((0..<10_000).map { StableHash("\($0)".utf8).value }).count == 10_000)
  }
}
