import Surveys
import Testing

@Suite struct SliceTests {
  @Test func aLeafIsCountedInAllItsMargins() {
    let leaf = Slice(["de", "mentee", ""])
    let margins = leaf.margins
    #expect(margins.count == 8 && Set(margins).count == 8 && margins.first == leaf)
    #expect(margins.allSatisfy { $0.contains(leaf) })
    #expect(margins.filter { $0.isLeaf } == [leaf])
    #expect(margins.filter { $0.isTotal } == [Slice([nil, nil, nil])])
    #expect(!Slice(["pl", nil, nil]).contains(leaf))
    #expect(Slice([]).isLeaf && Slice([]).isTotal && Slice([]).margins == [Slice([])])
  }

  @Test func whatIsTotalledFollowsItsParts() {
    let sorted = [
      Slice([nil, nil]), Slice(["b", "a"]), Slice(["a", nil]), Slice(["a", "ä"]), Slice(["a", "z"]),
    ]
    .sorted()
    #expect(
      sorted == [
        Slice(["a", "z"]), Slice(["a", "ä"]), Slice(["a", nil]), Slice(["b", "a"]), Slice([nil, nil]),
      ])
  }
}

@Suite struct TandemSketchTests {
  @Test func theLeastHashesOfAUnionWhateverTheOrder() {
    var random = SystemRandomNumberGenerator()
    for size in [0, 1, 5, 15, 16, 17, 200] {
      let all = (0..<size).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
      let whole = TandemSketch(all.shuffled(using: &random) + all)
      var merged = TandemSketch()
      for part in [all.prefix(size / 3), all.dropFirst(size / 4)] { merged.merge(TandemSketch(part)) }
      #expect(merged == whole)
      #expect(whole.hashes == Array(all.sorted().prefix(TandemSketch.limit)))
      #expect(whole.count == min(size, TandemSketch.limit))
    }
  }
}

@Suite struct NumberTallyTests {
  @Test func aMultisetForgetsWhatIsTakenAway() {
    var tally = NumberTally()
    for value in [2, 1, 2, -0.0, 0] { tally.add(value) }
    tally.add(2, times: -2)
    #expect(tally.sorted.map(\.value) == [0, 1] && tally.sorted.map(\.count) == [2, 1])
    var other = NumberTally()
    other.add(1)
    other.merge(tally)
    #expect(other.counts == [0: 2, 1: 2] && !other.isEmpty && NumberTally().isEmpty)
  }
}
