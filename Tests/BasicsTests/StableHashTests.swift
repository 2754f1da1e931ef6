import Basics
import Testing

@Suite struct StableHashTests {
  /// The published values of FNV-1a with 64 bits: certificates and file names carry it.
  @Test func fnvIsTheKnownOne() {
    #expect(StableHash().fnv == 0xCBF2_9CE4_8422_2325)
    #expect(StableHash("a".utf8).fnv == 0xAF63_DC4C_8601_EC8C)
    #expect(StableHash("foobar".utf8).fnv == 0x8594_4171_F739_67E8)
  }

  @Test func theSameInEveryRunAndInPieces() {
    #expect(StableHash("pl:100000".utf8).value == 0xB006_BE7A_9DC2_382A)
    var pieces = StableHash("pl:".utf8)
    pieces.add("100000".utf8)
    #expect(pieces.value == StableHash("pl:100000".utf8).value)
    #expect(Set((0..<10_000).map { StableHash("\($0)".utf8).value }).count == 10_000)
  }
}
