/// How many dates and groups a plan has. Fixing both closes the gap that whole numbers leave: two thirds of a date cost
/// nothing less than a date.
struct PlanShape: Hashable {
  /// More dates or groups than this are not tried: the gap is small then.
  static let most = 24

  var dates: Int
  var groups: Int
  /// From here on a number means "at least".
  var dateLimit: Int
  var groupLimit: Int

  /// The candidates of this shape with the least sum of values; nil: there are none. A knapsack over slots:
  /// O(candidates · dates · groups).
  func cheapest(_ problem: DateProblem, _ offers: [DateBound.Offer?]) -> [Int]? {
    // Of one slot, one candidate of each number of groups is enough.
    var slots: [Int: [Int: Int]] = [:]
    for (candidate, offer) in offers.enumerated() {
      guard let offer else { continue }
      let own = problem.candidates[candidate]
      if let other = slots[own.slot]?[own.groups], let known = offers[other], known.value <= offer.value {
        continue
      }
      slots[own.slot, default: [:]][own.groups] = candidate
    }
    let width = groups + 1
    var values = Array(repeating: Int.max, count: (dates + 1) * width)
    values[0] = 0
    var choices: [[(from: Int, candidate: Int)?]] = []
    for (_, own) in slots.sorted(by: { $0.key < $1.key }) {
      var next = values
      var choice = [(from: Int, candidate: Int)?](repeating: nil, count: values.count)
      for (size, candidate) in own.sorted(by: { $0.key < $1.key }) {
        guard let offer = offers[candidate] else { continue }
        for from in values.indices where values[from] != .max {
          let date = from / width + 1
          let group = from % width + size
          guard date <= dates || dates == dateLimit, group <= groups || groups == groupLimit else { continue }
          let to = min(date, dates) * width + min(group, groups)
          let value = values[from] + offer.value
          if value < next[to] {
            next[to] = value
            choice[to] = (from, candidate)
          }
        }
      }
      values = next
      choices.append(choice)
    }
    guard let end = values.indices.last, values[end] != .max else { return nil }
    var chosen: [Int] = []
    var state = end
    for choice in choices.reversed() {
      guard let step = choice[state] else { continue }
      chosen.append(step.candidate)
      state = step.from
    }
    return chosen
  }

  /// A bound on plans of every shape, from the bound on all at once: the least over shapes, each with multipliers of its own.
  /// The shape with the least bound is worked on next.
  ///
  /// - Parameters:
  ///   - plan: the best that is known.
  ///   - known: multipliers of a like problem, by shape; those found here take their place.
  ///   - steps: of all shapes together.
  static func bound(
    _ problem: DateProblem, _ plain: DateBound, plan: DatePlan, from known: inout [PlanShape: [Int]],
    steps: Int
  ) -> Int {
    let groups = plan.held.reduce(0) { $0 + problem.candidates[$1].groups }
    let dateLimit = plan.held.count + 2
    let groupLimit = groups + 3
    guard dateLimit <= most, groupLimit <= most else { return plain.value }
    let offers = plain.offers
    var shapes: [(shape: PlanShape, bound: DateBound)] = []
    for dates in 1...dateLimit {
      for groups in dates...groupLimit {
        let shape = PlanShape(dates: dates, groups: groups, dateLimit: dateLimit, groupLimit: groupLimit)
        var bound = plain.holding(shape, worth: nil)
        guard bound.step(target: plan.cost, from: offers) else { continue }
        if let worth = known[shape], bound.value < plan.cost {
          bound = plain.holding(shape, worth: worth)
          bound.step(target: plan.cost)
        }
        shapes.append((shape, bound))
      }
    }
    for _ in 0..<(steps / 10) {
      guard let least = shapes.indices.min(by: { shapes[$0].bound.value < shapes[$1].bound.value }),
        shapes[least].bound.value < plan.cost
      else { break }
      for _ in 0..<10 { shapes[least].bound.step(target: plan.cost) }
    }
    for (shape, bound) in shapes { known[shape] = bound.multipliers }
    // Nobody meets.
    let none = problem.mentorCount * problem.missingCost
    return max(plain.value, min(none, shapes.map(\.bound.value).min() ?? none, plan.cost))
  }
}
