import Foundation
import RecordStream
import Surveys
import Testing

/// Against what scipy, statsmodels and pingouin say: pinned in Fixtures/reference.json, made by reference.py beside it.
@Suite struct StatisticsTests {
  private struct Reference: Decodable {
    struct Wilson: Decodable { var hits, total: Int, low, high: Double }
    struct Score: Decodable { var counts: [Int], score, low, high: Double }
    struct Alpha: Decodable { var rows: [[Int]], alpha, low, high: Double }
    struct Test: Decodable {
      var before, after: [Double]
      var exact: Bool
      var statistic, p, effect, change, low, high: Double
    }
    struct Mean: Decodable { var values: [Double], mean: Double, sd, half: Double?, quartiles: [Double] }
    struct T: Decodable { var df, t: Double }
    struct F: Decodable { var p, d1, d2, f: Double }
    var wilson: [Wilson]
    var nps: [Score]
    var alpha: [Alpha]
    var wilcoxon: [Test]
    var mean: [Mean]
    var t: [T]
    var f: [F]
  }

  private let reference: Reference

  init() throws {
    let path = String(#filePath).replacing("StatisticsTests.swift", with: "Fixtures/reference.json")
    reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: URL(filePath: path)))
  }

  private func isNear(_ a: Double?, _ b: Double, _ tolerance: Double = 1e-9) -> Bool {
    guard let a else { return false }
    return abs(a - b) <= tolerance * max(1, abs(b))
  }

  @Test func wilson() {
    for one in reference.wilson {
      let ours = Proportion.wilson(one.hits, of: one.total)
      #expect(isNear(ours?.low, one.low) && isNear(ours?.high, one.high), "\(one)")
    }
    #expect(Proportion.wilson(0, of: 0) == nil)
    #expect(Proportion.wilson(0, of: 5)?.low == 0 && Proportion.wilson(5, of: 5)?.high == 1)
  }

  @Test func netPromoterScore() {
    for one in reference.nps {
      let ours = NetPromoter.score(one.counts)
      #expect(isNear(ours?.value, one.score) && isNear(ours?.low, one.low) && isNear(ours?.high, one.high))
    }
    #expect(NetPromoter.score([Int](repeating: 0, count: 11)) == nil)
  }

  @Test func cronbachsAlphaWithFeldtsInterval() {
    for one in reference.alpha {
      var scale = ScaleAggregate(items: one.rows[0].count)
      for row in one.rows { scale.add(row) }
      let ours = CronbachAlpha.estimate(scale)
      #expect(isNear(ours?.value, one.alpha) && isNear(ours?.low, one.low) && isNear(ours?.high, one.high))
    }
    var flat = ScaleAggregate(items: 2)
    flat.add([1, 2])
    #expect(CronbachAlpha.estimate(flat) == nil, "one response")
    flat.add([2, 1])
    #expect(CronbachAlpha.estimate(flat) == nil, "totals that do not differ")
  }

  @Test func wilcoxonExactAndCorrected() {
    #expect(reference.wilcoxon.count > 8)
    for one in reference.wilcoxon {
      var tally = NumberTally()
      for (before, after) in zip(one.before, one.after) { tally.add(after - before) }
      let ours = WilcoxonSignedRank(tally.sorted)
      #expect(ours?.isExact == one.exact)
      #expect(isNear(ours?.statistic, one.statistic) && isNear(ours?.p, one.p), "\(one.p) \(ours as Any)")
      #expect(isNear(ours?.effect, one.effect))
      let change = Moments(tally.sorted)?.meanEstimate
      #expect(
        isNear(change?.value, one.change) && isNear(change?.low, one.low) && isNear(change?.high, one.high))
    }
    #expect(WilcoxonSignedRank([(0, 12)]) == nil, "nothing changed")
  }

  @Test func exactWilcoxonCountsEverySign() {
    // All 2ⁿ signs of the ranks 1, 2.5, 2.5, 4, 5: 3 and below is reached by {}, 1, 2.5, 2.5.
    let test = WilcoxonSignedRank([(-1, 1), (2, 2), (3, 1), (4, 1)])
    #expect(test?.statistic == 1 && test?.p == 2 * 2 / 32.0)
  }

  @Test func meansDeviationsQuartiles() {
    for one in reference.mean {
      var tally = NumberTally()
      for value in one.values { tally.add(value) }
      let ours = Moments(tally.sorted)
      #expect(ours?.mean == one.mean, "correctly rounded")
      if let sd = one.sd, let half = one.half {
        #expect(isNear(ours?.sd, sd, 1e-12))
        #expect(isNear(ours?.meanEstimate?.high, one.mean + half, 1e-14))
      } else {
        #expect(ours?.sd == nil && ours?.meanEstimate == nil)
      }
      let quartiles = Quartiles(tally.sorted)
      #expect([quartiles?.lower, quartiles?.median, quartiles?.upper] == one.quartiles)
    }
    #expect(Moments([]) == nil && Quartiles([]) == nil)
  }

  @Test func wholeNumbersAndAnyNumbersAgree() throws {
    let counts = [3, 0, 12, 7, 40]
    let whole = try #require(Moments(counts: counts, lowest: 1))
    let any = try #require(Moments(counts.enumerated().map { (Double($0 + 1), $1) }))
    #expect(whole.mean == any.mean && isNear(whole.sd, any.sd ?? 0, 1e-15))
    #expect(Moments(counts: [0, 0], lowest: 0) == nil)
  }

  @Test func quantilesOfTAndF() {
    for one in reference.t { #expect(isNear(Quantile.t(degrees: one.df), one.t, 1e-11), "t \(one.df)") }
    for one in reference.f { #expect(isNear(Quantile.f(one.p, one.d1, one.d2), one.f, 1e-10), "\(one)") }
    #expect(Quantile.t(degrees: 0) == nil)
  }

  @Test func aSumIsExactWhateverTheOrder() {
    let numbers: [Double] = [1e100, 1, -1e100, 1e-100, 3, 0.1, -3]
    var sums: Set<Double> = []
    for _ in 0..<50 {
      var sum = ExactSum()
      for number in numbers.shuffled() { sum.add(number) }
      sums.insert(sum.value)
    }
    #expect(sums == [1.1])
    var tenths = ExactSum()
    tenths.add(0.1, times: 10)
    #expect(tenths.value == 1)
    #expect(ExactSum().value == 0)
  }
}
