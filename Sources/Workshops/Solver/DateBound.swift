/// A lower bound on every plan, by relaxing "each mentor comes once": a mentor's multiplier is what their coming is worth,
/// and each date then takes whom it likes. A date alone is solved exactly, since the costs of one more of a department only
/// rise. The multipliers climb by Polyak's subgradient steps (Held, Wolfe, Crowder, 1974); any multipliers give a
/// valid bound. Whole numbers throughout, 256 to a unit of cost. A step is O(m log m), m = pairs of mentor and date.
struct DateBound {
  private static let unit = 256
  /// A price and a mentor's number share a word: 2²⁴ mentors, prices to 2³⁹.
  private static let mentorBits = 24
  private let problem: DateProblem
  private var worth: [Int]
  private var bestWorth: [Int]
  private var best: Int
  private var pace = 256
  private var patience = 0
  /// By candidate: how often it was open of late, of 1,000,000.
  private(set) var openness: [Int]
  /// By candidate and department: who can come.
  private let members: [[[Int]]]

  init(_ problem: DateProblem) {
    self.problem = problem
    let width = problem.candidates.count + 1
    members = problem.candidates.indices.map { candidate in
      var lists = Array(repeating: [Int](), count: problem.departmentCount)
      for mentor in 0..<problem.mentorCount where problem.canCome(mentor, candidate) {
        lists[problem.departments[mentor]].append(mentor)
      }
      return lists
    }
    worth = (0..<problem.mentorCount).map { mentor in
      let row = problem.costs[(mentor * width)..<((mentor + 1) * width)]
      return (Int(row.min() ?? 0) + 4) * DateBound.unit
    }
    bestWorth = worth
    best = .min
    openness = Array(repeating: 0, count: problem.candidates.count)
  }

  /// In units of cost, rounded up: costs are whole.
  var value: Int {
    best == .min ? 0 : max(0, (best + DateBound.unit - 1) / DateBound.unit)
  }

  /// What a date would add to the bound at the best multipliers; below 0 where it pays. In 256ths.
  func reducedCost(_ candidate: Int) -> Int {
    var ignored: [Int] = []
    return alone(candidate, worth: bestWorth, taking: &ignored)
  }

  /// One step towards `target`, the cost of a plan.
  mutating func step(target: Int) {
    var slack = Array(repeating: 1, count: problem.mentorCount)
    var bound = 0
    for own in worth { bound += own }
    // Of candidates that exclude each other only the best may count.
    var slots: [Int: (value: Int, candidate: Int, taken: [Int])] = [:]
    for candidate in problem.candidates.indices {
      var taken: [Int] = []
      let value = alone(candidate, worth: worth, taking: &taken)
      openness[candidate] -= openness[candidate] / 16
      let slot = problem.candidates[candidate].slot
      if value < 0, value < slots[slot]?.value ?? 0 { slots[slot] = (value, candidate, taken) }
    }
    for (_, chosen) in slots {
      bound += chosen.value
      openness[chosen.candidate] += 1_000_000 / 16
      for mentor in chosen.taken { slack[mentor] -= 1 }
    }
    if bound > best {
      best = bound
      bestWorth = worth
      patience = 0
    } else {
      patience += 1
      if patience == 12 {
        pace = max(1, pace * 3 / 4)
        worth = bestWorth
        patience = 0
      }
    }
    let norm = slack.reduce(0) { $0 + $1 * $1 }
    guard norm > 0 else { return }
    let stride = max(0, target * DateBound.unit - bound) * pace / 256
    for mentor in worth.indices where slack[mentor] != 0 {
      let moved = worth[mentor] + stride * slack[mentor] / norm
      worth[mentor] = min(max(moved, 0), problem.missingCost * DateBound.unit)
    }
  }

  /// The best that a date alone can do for given multipliers, and whom it takes; a date that cannot be filled is worth 0.
  private func alone(_ candidate: Int, worth: [Int], taking taken: inout [Int]) -> Int {
    let date = problem.candidates[candidate]
    // Mostly those who pay for themselves fill a date; else everybody is looked at.
    var offers = offers(candidate, worth: worth, payingOnly: true)
    if offers.count < date.smallest { offers = self.offers(candidate, worth: worth, payingOnly: false) }
    guard offers.count >= date.smallest else { return 0 }
    offers.sort()
    var value = date.opening * DateBound.unit
    for (place, offer) in offers.prefix(date.capacity).enumerated() {
      let price = offer >> DateBound.mentorBits
      if price >= 0, place >= date.smallest { break }
      value += price
      taken.append(offer & (1 << DateBound.mentorBits - 1))
    }
    return value
  }

  /// What each mentor's coming costs a date, the n-th of a department dearer than the one before; the mentor's number is
  /// in the low bits, so that sorting needs no comparison of pairs.
  private func offers(_ candidate: Int, worth: [Int], payingOnly: Bool) -> [Int] {
    let date = problem.candidates[candidate]
    let width = problem.candidates.count + 1
    let unit = DateBound.unit
    var offers: [Int] = []
    var prices: [Int] = []
    for list in members[candidate] where !list.isEmpty {
      prices.removeAll(keepingCapacity: true)
      for mentor in list {
        let price = Int(problem.costs[mentor * width + candidate]) * unit - worth[mentor]
        if payingOnly, price + unit >= 0 { continue }
        prices.append(price << DateBound.mentorBits | mentor)
      }
      prices.sort()
      for (place, offer) in prices.prefix(date.capacity).enumerated() {
        let dearer = offer + ((2 * (place / max(1, date.groups)) + 1) * unit) << DateBound.mentorBits
        if payingOnly, dearer >= 0 { break }
        offers.append(dearer)
      }
    }
    return offers
  }
}
