import Basics
import Testing

@testable import Intake

@Suite struct LeafMemoTests {
  @Test func keepsWhatADictionaryKeeps() {
    var memo = LeafMemo()
    var expected: [UInt64: Int] = [:]
    var numbers = SplitMix(seed: 3)
    for round in 0..<5000 {
      let key = UInt64(round % 3 == 0 ? round : Int(numbers.next() % 4096)) << UInt64(numbers.next() % 3 * 20)
      #expect(memo.leaf(of: key) == expected[key])
      if expected[key] == nil {
        memo.keep(round, of: key)
        expected[key] = round
      }
    }
    #expect(expected.allSatisfy { memo.leaf(of: $0.key) == $0.value })
  }
}

@Suite struct ByteMemoTests {
  @Test func distinguishesTextsOfEveryLength() {
    var memo = ByteMemo()
    // All beginnings of a text and of one that differs in the middle.
    let long = Array("Department of everything that is far away".utf8)
    var other = long
    other[20] = 0
    let keys = (0...long.count).map { Array(long[..<$0]) } + (21...long.count).map { Array(other[..<$0]) }
    for (meaning, key) in keys.enumerated() {
      key.withUnsafeBufferPointer {
        #expect(memo.meaning(of: $0) == nil)
        memo.keep(meaning, of: $0)
      }
    }
    for (meaning, key) in keys.enumerated() {
      key.withUnsafeBufferPointer { #expect(memo.meaning(of: $0) == meaning) }
    }
  }
}
