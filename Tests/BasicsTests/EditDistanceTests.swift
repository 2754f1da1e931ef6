import Basics
import Testing

struct EditDistanceTests {
  /// The textbook's full table, without a band.
  private func table(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var d = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count { d[i][0] = i }
    for j in 0...b.count { d[0][j] = j }
    for i in 0..<a.count {
      for j in 0..<b.count {
        var cost = min(d[i][j + 1] + 1, d[i + 1][j] + 1, d[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, d[i - 1][j - 1] + 1) }
        d[i + 1][j + 1] = cost
      }
    }
    return d[a.count][b.count]
  }

  @Test func theBandGivesWhatTheWholeTableGives() {
    var generator = SplitMix(seed: 5)
    let letters: [Unicode.Scalar] = ["a", "b", "ł", "数"]
    for _ in 0..<2000 {
      let a = (0..<Int(generator.next() % 9)).map { _ in letters[Int(generator.next() % 4)] }
      let b = (0..<Int(generator.next() % 9)).map { _ in letters[Int(generator.next() % 4)] }
      let truth = table(a, b)
      for bound in 0...9 {
        #expect(editDistance(a, b, bound: bound) == (truth <= bound ? truth : nil), "\(a) \(b) \(bound)")
      }
    }
  }

  @Test(arguments: [
    ("", "", 0), ("a", "", 1), ("ab", "ba", 1), ("kitten", "sitting", 3), ("Datenanalyse", "Datenanlayse", 1),
    ("物流", "物力", 1),
  ])
  func knownDistances(a: String, b: String, distance: Int) {
    #expect(editDistance(Array(a.unicodeScalars), Array(b.unicodeScalars), bound: 10) == distance)
    #expect(editDistance(Array(b.unicodeScalars), Array(a.unicodeScalars), bound: 10) == distance)
  }

  @Test func aNegativeBoundHoldsNothing() {
    #expect(editDistance([Character](), [], bound: -1) == nil)
  }
}
