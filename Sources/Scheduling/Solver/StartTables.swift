import Basics

/// The starts of all tandems of a problem with what each costs, by day: looked up millions of times.
final class StartTables {
  private let days: Int
  /// By tandem: its first table; it has one for each length.
  private let first: [Int]
  /// Table × days + day: the starts, and the place of the first of them in the lists below.
  private let masks: Cells<UInt64>
  private let begin: Cells<Int32>
  /// By place, a day's starts in their order: what each costs.
  private let costs: Cells<Int32>
  /// By place, a day's starts by cost: the tick, and what it costs.
  private let ticks: Cells<UInt8>
  private let ordered: Cells<Int32>

  /// O(starts × log starts of a day).
  init(_ problem: PlanProblem) {
    days = problem.days
    var first: [Int] = []
    var tables = 0
    var places = 0
    for tandem in problem.tandems {
      first.append(tables)
      tables += tandem.lengths.count
      for length in tandem.lengths {
        for mask in length.starts { places += mask.nonzeroBitCount }
      }
    }
    self.first = first
    masks = Cells(repeating: 0, count: max(1, tables * problem.days))
    begin = Cells(repeating: 0, count: max(1, tables * problem.days))
    costs = Cells(repeating: 0, count: max(1, places))
    ticks = Cells(repeating: 0, count: max(1, places))
    ordered = Cells(repeating: 0, count: max(1, places))
    var place = 0
    var at = 0
    var found: [(cost: Int, order: UInt64, tick: Int)] = []
    for tandem in problem.tandems {
      let orders = (0..<64).map { StartTables.order(tandem.tie, UInt64($0)) }
      for length in tandem.lengths {
        for day in 0..<problem.days {
          masks[at] = length.starts[day]
          begin[at] = Int32(truncatingIfNeeded: place)
          at += 1
          var left = length.starts[day]
          guard left != 0 else { continue }
          found.removeAll(keepingCapacity: true)
          let weekday = problem.weekday(day)
          let dayCost = tandem.dayCost.isEmpty ? 0 : tandem.dayCost[day]
          while left != 0 {
            let tick = left.trailingZeroBitCount
            left &= left - 1
            let cost = dayCost + length.cost(day: day, tick: tick, weekday: weekday)
            costs[place + found.count] = Int32(clamping: cost)
            found.append((cost, orders[tick], tick))
          }
          found.sort { ($0.cost, $0.order) < ($1.cost, $1.order) }
          for one in found {
            ticks[place] = UInt8(truncatingIfNeeded: one.tick)
            ordered[place] = Int32(clamping: one.cost)
            place += 1
          }
        }
      }
    }
  }

  /// The order of what costs the same, for a tandem.
  static func order(_ tie: UInt64, _ number: UInt64) -> UInt64 {
    var random = SplitMix(seed: tie &+ number &* 0x9E6C_63D0_876A_3F6B)
    return random.next()
  }

  @inline(__always)
  func row(_ tandem: Int, _ length: Int) -> Int { (first[tandem] + length) * days }

  @inline(__always)
  func mask(_ row: Int, _ day: Int) -> UInt64 { masks[row + day] }

  /// What a start costs that is in the mask.
  @inline(__always)
  func cost(_ row: Int, _ day: Int, _ tick: Int) -> Int {
    let below = masks[row + day] & ((1 << UInt64(tick)) &- 1)
    return Int(costs[Int(begin[row + day]) + below.nonzeroBitCount])
  }

  /// The cheapest of the starts that are open; `open` is a part of the mask, and not empty.
  @inline(__always)
  func least(_ row: Int, _ day: Int, open: UInt64) -> (tick: Int, cost: Int) {
    var place = Int(begin[row + day])
    while open >> UInt64(ticks[place]) & 1 == 0 { place += 1 }
    return (Int(ticks[place]), Int(ordered[place]))
  }
}
