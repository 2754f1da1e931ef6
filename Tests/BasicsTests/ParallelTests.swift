import Basics
import Testing

@Suite struct ParallelTests {
  @Test(arguments: [0, 1, 2, 1000]) func resultsAreInTheOrderOfTheirInputs(count: Int) {
    #expect(Parallel.map(0..<count) { $0 * $0 } == (0..<count).map { $0 * $0 })
    #expect(Parallel.map(0..<count, parallel: false) { $0 * $0 } == (0..<count).map { $0 * $0 })
  }

  @Test func aSliceIsReadFromItsBeginning() {
    #expect(Parallel.map([7, 8, 9, 10].dropFirst(2)) { $0 } == [9, 10])
  }

  @Test func aResultOfNilStays() {
    let halves = Parallel.map(0..<5) { number -> Int? in number % 2 == 0 ? number / 2 : nil }
    #expect(halves == [0, nil, 1, nil, 2])
  }
}
