import Basics
internal import Programme

/// How long to look for better dates.
package struct DateEffort: Hashable, Sendable {
  /// Steps of the bound.
  package var boundSteps: Int
  /// Looks at an edge of the network, in millions.
  package var work: Int

  package init(boundSteps: Int, work: Int) {
    self.boundSteps = boundSteps
    self.work = work
  }

  /// For a thousand mentors and fifty dates: a second or two.
  package static let standard = DateEffort(boundSteps: 500, work: 20)
  /// For a region's hundred mentors on each half day of five weeks at each venue.
  package static let regional = DateEffort(boundSteps: 150, work: 2)
}

/// A plan and the proof beside it.
package struct SolvedDates: Hashable, Sendable {
  package var plan: DatePlan
  /// No plan costs less.
  package var bound: Int
  /// By mentor: what gave the bound, to begin with where a like problem is solved next.
  var multipliers: [Int]
  var shapes: [PlanShape: [Int]]
}

/// Which dates to hold: dates are opened, closed and exchanged, and each set of dates is priced exactly. Starts from the
/// dates that the bound likes, descends, then shakes the best plan and descends again until the work is done. The work is
/// counted, never timed, so that every machine finds the same.
package struct DateSearch {
  private let problem: DateProblem
  private var work: Int
  private var random: SplitMix
  private var spent = 0
  /// Candidates, the most promising first.
  private var order: [Int]

  /// - Parameters:
  ///   - known: the solution of a like problem with the same mentors.
  ///   - held: of its dates, those that this problem has, as candidates of this one.
  package static func solve(
    _ problem: DateProblem, effort: DateEffort, from known: SolvedDates? = nil, held: [Int] = []
  ) -> SolvedDates {
    var bound = DateBound(problem, worth: known?.multipliers)
    var search = DateSearch(problem, effort)
    var best = known == nil ? search.greedy() : search.start(from: held)
    for step in 0..<effort.boundSteps {
      if bound.value >= best.cost { break }
      bound.step(target: best.cost)
      if step + 1 == effort.boundSteps / 2 {
        let liked = search.start(from: bound)
        if liked.cost < best.cost { best = liked }
      }
    }
    search.rank(by: bound)
    best = search.descent(from: best, floor: bound.value)
    best = search.shaken(best, floor: bound.value)
    var solved = SolvedDates(
      plan: best.plan, bound: min(bound.value, best.cost), multipliers: bound.multipliers,
      shapes: known?.shapes ?? [:])
    // Where the relaxation of whole numbers leaves a gap, the numbers of dates and groups are tried one by one.
    if (best.cost - solved.bound) * 100 > best.cost {
      solved.bound = PlanShape.bound(
        problem, bound, plan: best.plan, from: &solved.shapes, steps: effort.boundSteps * 2)
    }
    return solved
  }

  private init(_ problem: DateProblem, _ effort: DateEffort) {
    self.problem = problem
    work = effort.work * 1_000_000
    random = SplitMix(seed: UInt64(problem.mentorCount) << 20 | UInt64(problem.candidates.count))
    order = Array(problem.candidates.indices)
  }

  private mutating func rank(by bound: DateBound) {
    let reduced = order.map { (bound.reducedCost($0), $0) }
    order = reduced.sorted { $0 < $1 }.map(\.1)
  }

  private var isSpent: Bool { spent >= work }

  /// Whether no other candidate of its slot is open.
  private func isFree(_ candidate: Int, in flow: DateFlow) -> Bool {
    let slot = problem.candidates[candidate].slot
    return !flow.open.contains { problem.candidates[$0].slot == slot }
  }

  private mutating func count(_ trial: DateFlow, from flow: DateFlow) {
    spent += (trial.work - flow.work) * max(1, trial.open.count)
  }

  private mutating func added(_ candidate: Int, to flow: DateFlow, below limit: Int = .max) -> DateFlow? {
    var trial = flow
    let isGood = trial.add(candidate, below: limit)
    count(trial, from: flow)
    return isGood ? trial : nil
  }

  private mutating func dropped(_ candidate: Int, from flow: DateFlow, below limit: Int = .max) -> DateFlow? {
    var trial = flow
    let isGood = trial.drop(candidate, below: limit)
    count(trial, from: flow)
    return isGood ? trial : nil
  }

  /// From nothing: the date that helps most, until none helps. What a date promised before is looked at first, and mostly
  /// promises less now, so that few are tried again.
  private mutating func greedy() -> DateFlow {
    var flow = DateFlow(problem)
    var promise = order.map { (gain: Int.max, candidate: $0) }
    while true {
      var best: (flow: DateFlow, gain: Int, candidate: Int)?
      for at in promise.indices {
        guard promise[at].gain > best?.gain ?? 0 else { break }
        let candidate = promise[at].candidate
        guard isFree(candidate, in: flow), let trial = added(candidate, to: flow) else {
          promise[at].gain = 0
          continue
        }
        promise[at].gain = flow.cost - trial.cost
        if promise[at].gain > best?.gain ?? 0 { best = (trial, promise[at].gain, candidate) }
      }
      guard let best else { return flow }
      flow = best.flow
      promise.removeAll { $0.candidate == best.candidate }
      promise.sort { ($1.gain, $0.candidate) < ($0.gain, $1.candidate) }
    }
  }

  /// The dates that were open more often than not on the way to the bound.
  private mutating func start(from bound: DateBound) -> DateFlow {
    var flow = DateFlow(problem)
    let liked = order.filter { bound.openness[$0] > 400_000 }
      .sorted { (bound.openness[$1], $0) < (bound.openness[$0], $1) }
    for candidate in liked where isFree(candidate, in: flow) {
      if let trial = added(candidate, to: flow, below: flow.cost) { flow = trial }
    }
    return flow
  }

  /// Those of a like problem, as far as they can be held here.
  private mutating func start(from held: [Int]) -> DateFlow {
    var flow = DateFlow(problem)
    for candidate in held where isFree(candidate, in: flow) {
      if let trial = added(candidate, to: flow) { flow = trial }
    }
    return flow
  }

  private mutating func descent(from start: DateFlow, floor: Int) -> DateFlow {
    var flow = start
    while !isSpent, flow.cost > floor {
      if let better = addition(to: flow) ?? removal(from: flow) ?? exchange(in: flow) ?? merger(in: flow) {
        flow = better
      } else {
        break
      }
    }
    return flow
  }

  private mutating func addition(to flow: DateFlow) -> DateFlow? {
    var best: DateFlow?
    for candidate in order where isFree(candidate, in: flow) {
      if let trial = added(candidate, to: flow, below: best?.cost ?? flow.cost) { best = trial }
    }
    return best
  }

  private mutating func removal(from flow: DateFlow) -> DateFlow? {
    var best: DateFlow?
    for candidate in flow.open.sorted() {
      if let trial = dropped(candidate, from: flow, below: best?.cost ?? flow.cost) { best = trial }
    }
    return best
  }

  /// The first exchange of one date for another that helps; the least promising open dates go first.
  private mutating func exchange(in flow: DateFlow) -> DateFlow? {
    for old in order.reversed() where flow.isOpen(old) {
      guard !isSpent, let without = dropped(old, from: flow) else { continue }
      for new in order where new != old && isFree(new, in: without) {
        if let trial = added(new, to: without, below: flow.cost) { return trial }
      }
    }
    return nil
  }

  /// The first exchange of two dates for one that helps: a larger one where two small ones were a trap.
  private mutating func merger(in flow: DateFlow) -> DateFlow? {
    let open = flow.open.sorted()
    guard open.count <= 6 else { return nil }
    for (at, first) in open.enumerated() {
      for second in open[(at + 1)...] {
        guard !isSpent, let one = dropped(first, from: flow), let without = dropped(second, from: one) else {
          continue
        }
        for new in order where isFree(new, in: without) {
          if let trial = added(new, to: without, below: flow.cost) { return trial }
        }
      }
    }
    return nil
  }

  /// Two or three dates of the best plan are exchanged for others at random, and the descent starts again.
  private mutating func shaken(_ start: DateFlow, floor: Int) -> DateFlow {
    var best = start
    var current = start
    var rounds = 0
    while !isSpent, best.cost > floor, !current.open.isEmpty, rounds < 10_000 {
      rounds += 1
      var flow = current
      for _ in 0..<(2 + random.below(2)) {
        let open = flow.open.sorted()
        guard !open.isEmpty, let without = dropped(open[random.below(open.count)], from: flow) else { break }
        flow = without
        let closed = order.filter { isFree($0, in: flow) }
        guard !closed.isEmpty, let with = added(closed[random.below(closed.count)], to: flow) else {
          continue
        }
        flow = with
      }
      flow = descent(from: flow, floor: floor)
      if flow.cost <= current.cost { current = flow }
      if flow.cost < best.cost { best = flow }
    }
    return best
  }
}
