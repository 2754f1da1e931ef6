import Basics
import Programme
import Testing

@testable import Workshops

@Suite struct GroupMixingTests {
  /// Against every way to deal six people into two groups of three.
  @Test(arguments: 0..<30) func exchangesReachTheBestOfSmallInstances(_ seed: Int) {
    var random = SplitMix(seed: UInt64(seed))
    let departments = (0..<6).map { _ in random.below(3) }
    let sites = (0..<6).map { _ in random.below(2) }
    var met = Array(repeating: [Int](), count: 6)
    for one in 0..<6 {
      for other in (one + 1)..<6 where random.below(4) == 0 {
        met[one].append(other)
        met[other].append(one)
      }
    }
    var mixing = GroupMixing(
      groups: [.init(date: 0, size: 3), .init(date: 0, size: 3)], dates: Array(repeating: 0, count: 6),
      kept: Array(repeating: nil, count: 6),
      attributes: [.init(weight: 1, classOf: departments), .init(weight: 1, classOf: sites)], met: met,
      metWeight: 5
    ) { _, _ in 0 }
    mixing.improve()
    var best = Int.max
    for set in 0..<64 where set.nonzeroBitCount == 3 {
      var cost = 0
      for group in [set, 63 ^ set] {
        let members = (0..<6).filter { group >> $0 & 1 == 1 }
        for classes in [departments, sites] {
          for one in 0..<3 {
            let count = members.count { classes[$0] == one }
            cost += count * count
          }
        }
        for one in members { cost += 5 * met[one].count { $0 > one && members.contains($0) } }
      }
      best = min(best, cost)
    }
    let cost = mixing.departmentCost + mixing.cost
    #expect(cost >= best)
    // Exchanges of two reach every deal of two groups of three in at most one step fewer than its distance: no trap is deep.
    #expect(cost <= best + 4)
    #expect(mixing.groupOf.count { $0 == 0 } == 3)
  }

  @Test func whoMetBeforeAndNewcomersAreSpread() {
    let met = [[1], [0], [3], [2]]
    var mixing = GroupMixing(
      groups: [.init(date: 0, size: 2), .init(date: 0, size: 2)], dates: [0, 0, 0, 0],
      kept: [nil, nil, nil, nil], attributes: [.init(weight: 1, classOf: [0, 0, 1, 1])], met: met,
      metWeight: 5
    ) { _, _ in 0 }
    mixing.improve()
    #expect(mixing.groupOf[0] != mixing.groupOf[1])
    #expect(mixing.groupOf[2] != mixing.groupOf[3])
  }

  @Test func thoseOfTwoDatesAreExchangedOnlyWhereBothCan() {
    func mixed(_ isFree: Bool) -> GroupMixing {
      var mixing = GroupMixing(
        groups: [.init(date: 0, size: 2), .init(date: 1, size: 2)], dates: [0, 0, 1, 1],
        kept: [nil, nil, nil, nil], attributes: [.init(weight: 1, classOf: [0, 0, 1, 1])],
        met: [[], [], [], []], metWeight: 0
      ) { person, date in isFree || (person < 2) == (date == 0) ? 0 : nil }
      mixing.improve()
      return mixing
    }
    #expect(mixed(true).departmentCost == 4)
    #expect(mixed(false).departmentCost == 8)
  }

  /// Of four from one site and two from another, two groups of three take two and one each: nothing more is even.
  @Test func onlyWhatExceedsAnEvenSpreadOfTheDateCosts() {
    func mixing(kept: [Int?]) -> GroupMixing {
      GroupMixing(
        groups: [.init(date: 0, size: 3), .init(date: 0, size: 3)], dates: Array(repeating: 0, count: 6),
        kept: kept,
        attributes: [
          .init(weight: 0, classOf: Array(repeating: 0, count: 6)),
          .init(weight: 1, classOf: [0, 0, 0, 0, 1, 1], isRelative: true),
        ], met: Array(repeating: [], count: 6), metWeight: 0
      ) { _, _ in 0 }
    }
    #expect(mixing(kept: [0, 0, 1, 1, 0, 1]).cost == 0)
    // 3² + 1² + 2² against 2² + 2² + 1² + 1².
    #expect(mixing(kept: [0, 0, 0, 1, 1, 1]).cost == 4)
    #expect(GroupMixing.even(7, over: 3) == 3 * 3 + 2 * 2 + 2 * 2)
    #expect(GroupMixing.even(7, over: 0) == 0)
  }

  /// Exchanges over two dates change what is even there, and the sum says what the whole would say.
  @Test(arguments: 0..<20) func exchangesOverDatesCountWhatIsEven(_ seed: Int) {
    var random = SplitMix(seed: UInt64(900 + seed))
    let sites = (0..<12).map { _ in random.below(3) }
    let dates = (0..<12).map { $0 / 6 }
    var mixing = GroupMixing(
      groups: (0..<4).map { .init(date: $0 / 2, size: 3) }, dates: dates,
      kept: Array(repeating: nil, count: 12),
      attributes: [
        .init(weight: 1, classOf: (0..<12).map { _ in random.below(3) }),
        .init(weight: 1, classOf: sites, isRelative: true),
      ], met: Array(repeating: [], count: 12), metWeight: 0
    ) { _, _ in 0 }
    let before = mixing.departmentCost + mixing.cost
    mixing.improve()
    #expect(mixing.departmentCost + mixing.cost <= before)
    var cost = 0
    for date in 0..<2 {
      for site in 0..<3 {
        let counts = [2 * date, 2 * date + 1].map { group in
          (0..<12).count { mixing.groupOf[$0] == group && sites[$0] == site }
        }
        cost += counts.reduce(0) { $0 + $1 * $1 } - GroupMixing.even(counts.reduce(0, +), over: 2)
      }
    }
    #expect(mixing.cost == cost)
  }

  @Test func whoWasInAGroupStaysInIt() {
    var mixing = GroupMixing(
      groups: [.init(date: 0, size: 2), .init(date: 0, size: 2)], dates: [0, 0, 0, 0], kept: [0, 0, 1, nil],
      attributes: [.init(weight: 1, classOf: [0, 0, 1, 1])], met: [[], [], [], []], metWeight: 0
    ) { _, _ in 0 }
    mixing.improve()
    #expect(mixing.groupOf == [0, 0, 1, 1])
  }
}
