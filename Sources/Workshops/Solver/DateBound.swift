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
  /// How many dates and groups a plan has; nil: any.
  private var shape: PlanShape?
  /// By candidate: how often it was open of late, of 1,000,000.
  private(set) var openness: [Int]
  /// By candidate and department: who can come.
  private let members: [[[Int]]]

  /// - Parameter worth: multipliers to begin with; nil: the cheapest that each mentor's coming can cost.
  init(_ problem: DateProblem, worth known: [Int]? = nil) {
    self.problem = problem
    let width = problem.candidates.count + 1
    members = problem.candidates.indices.map { candidate in
      var lists = Array(repeating: [Int](), count: problem.departmentCount)
      for mentor in 0..<problem.mentorCount where problem.canCome(mentor, candidate) {
        lists[problem.departments[mentor]].append(mentor)
      }
      return lists
    }
    worth =
      known
      ?? (0..<problem.mentorCount).map { mentor in
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
    alone(candidate, worth: bestWorth)?.value ?? 0
  }

  /// What each date is worth by itself at the best multipliers.
  var offers: [Offer?] { problem.candidates.indices.map { alone($0, worth: bestWorth) } }

  /// By mentor: the multipliers that gave the bound.
  var multipliers: [Int] { bestWorth }

  /// A bound on plans of a given number of dates and groups.
  ///
  /// - Parameter worth: multipliers to begin with; nil: those of this bound.
  func holding(_ shape: PlanShape, worth known: [Int]?) -> DateBound {
    var other = self
    other.shape = shape
    other.worth = known ?? bestWorth
    other.bestWorth = other.worth
    (other.best, other.pace, other.patience) = (.min, 256, 0)
    return other
  }

  /// One step towards `target`, the cost of a plan.
  ///
  /// - Parameter known: `offers`, where the multipliers are still the best.
  /// - Returns: false where no plan has the shape: the bound is then of no use.
  @discardableResult mutating func step(target: Int, from known: [Offer?]? = nil) -> Bool {
    var slack = Array(repeating: 1, count: problem.mentorCount)
    var bound = 0
    for own in worth { bound += own }
    let offers = known ?? problem.candidates.indices.map { alone($0, worth: worth) }
    for candidate in openness.indices { openness[candidate] -= openness[candidate] / 16 }
    guard let chosen = shape.map({ $0.cheapest(problem, offers) }) ?? paying(offers) else { return false }
    for candidate in chosen {
      guard let offer = offers[candidate] else { continue }
      bound += offer.value
      openness[candidate] += 1_000_000 / 16
      for mentor in offer.taken { slack[mentor] -= 1 }
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
    guard norm > 0 else { return true }
    let stride = max(0, target * DateBound.unit - bound) * pace / 256
    for mentor in worth.indices where slack[mentor] != 0 {
      let moved = worth[mentor] + stride * slack[mentor] / norm
      worth[mentor] = min(max(moved, 0), problem.missingCost * DateBound.unit)
    }
    return true
  }

  /// Every date that pays; of candidates that exclude each other only the best may count.
  private func paying(_ offers: [Offer?]) -> [Int] {
    var slots: [Int: Int] = [:]
    for (candidate, offer) in offers.enumerated() {
      guard let offer, offer.value < 0 else { continue }
      let slot = problem.candidates[candidate].slot
      if let other = slots[slot], let known = offers[other], known.value <= offer.value { continue }
      slots[slot] = candidate
    }
    return Array(slots.values)
  }

  /// What a date is worth by itself, and whom it takes.
  struct Offer {
    var value: Int
    var taken: [Int]
  }

  /// The best that a date alone can do for given multipliers; nil: it cannot be filled.
  private func alone(_ candidate: Int, worth: [Int]) -> Offer? {
    let date = problem.candidates[candidate]
    // Mostly those who pay for themselves fill a date; else everybody is looked at.
    var offers = offers(candidate, worth: worth, payingOnly: true)
    if offers.count < date.smallest { offers = self.offers(candidate, worth: worth, payingOnly: false) }
    guard offers.count >= date.smallest else { return nil }
    offers.sort()
    var value = date.opening * DateBound.unit
    var taken: [Int] = []
    for (place, offer) in offers.prefix(date.capacity).enumerated() {
      let price = offer >> DateBound.mentorBits + date.seat(after: place) * DateBound.unit
      if price >= 0, place >= date.smallest { break }
      value += price
      taken.append(offer & (1 << DateBound.mentorBits - 1))
    }
    return Offer(value: value, taken: taken)
  }

  /// What each mentor's coming costs a date, the n-th of a department dearer than the one before; the mentor's number is
  /// in the low bits, so that sorting needs no comparison of pairs.
  private func offers(_ candidate: Int, worth: [Int], payingOnly: Bool) -> [Int] {
    let date = problem.candidates[candidate]
    let width = problem.candidates.count + 1
    let unit = DateBound.unit
    // The first seat is the cheapest: who does not pay with it does not pay at all.
    let first = date.seat(after: 0) * unit
    var offers: [Int] = []
    var prices: [Int] = []
    for list in members[candidate] where !list.isEmpty {
      prices.removeAll(keepingCapacity: true)
      for mentor in list {
        let price = Int(problem.costs[mentor * width + candidate]) * unit - worth[mentor]
        if payingOnly, price + unit + first >= 0 { continue }
        prices.append(price << DateBound.mentorBits | mentor)
      }
      prices.sort()
      for (place, offer) in prices.prefix(date.capacity).enumerated() {
        let dearer = offer + ((2 * (place / max(1, date.groups)) + 1) * unit) << DateBound.mentorBits
        if payingOnly, dearer >> DateBound.mentorBits + first >= 0 { break }
        offers.append(dearer)
      }
    }
    return offers
  }
}
