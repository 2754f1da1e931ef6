import Basics
import Programme

@testable import Workshops

/// Small instances of every kind: exclusive candidates, parallel groups, smallest sizes, mentors who can never come.
struct RandomDates {
  var problem: DateProblem

  init(_ random: inout SplitMix, mentors: Int, candidates: Int, departments: Int) {
    let slots = max(1, candidates * 2 / 3)
    let all = (0..<candidates).map { _ in
      let smallest = 1 + random.below(2)
      let capacity = smallest + random.below(4)
      // Half of them are fullest best at some size: the first seats gain, the last cost.
      let ideal = random.below(4)
      let seats = random.below(2) == 0 ? [] : (0..<capacity).map { 2 * ($0 - ideal) + 1 }
      return DateProblem.Candidate(
        capacity: capacity, smallest: smallest, groups: 1 + random.below(2),
        opening: random.below(9) + ideal * ideal, slot: random.below(slots), seats: seats)
    }
    var costs: [[Int?]] = []
    for _ in 0..<mentors {
      costs.append((0..<candidates).map { _ in random.below(3) > 0 ? random.below(7) : nil })
    }
    let costOf = costs
    problem = DateProblem(
      candidates: all, departments: (0..<mentors).map { _ in random.below(departments) }, missingCost: 30
    ) { costOf[$0][$1] }
  }
}

extension DateProblem {
  /// What a plan costs, counted from the problem's own words; nil where it breaks a rule.
  func cost(of plan: [Int?], held: Set<Int>) -> Int? {
    guard Set(held.map { candidates[$0].slot }).count == held.count else { return nil }
    var cost = held.reduce(0) { $0 + candidates[$1].opening }
    var members: [Int: [Int: Int]] = [:]
    for (mentor, candidate) in plan.enumerated() {
      guard let candidate else {
        cost += missingCost
        continue
      }
      guard held.contains(candidate), canCome(mentor, candidate) else { return nil }
      cost += Int(costs[mentor * (candidates.count + 1) + candidate])
      members[candidate, default: [:]][departments[mentor], default: 0] += 1
    }
    for candidate in held {
      let counts = members[candidate] ?? [:]
      let people = counts.values.reduce(0, +)
      guard (candidates[candidate].smallest...candidates[candidate].capacity).contains(people) else {
        return nil
      }
      for others in 0..<people { cost += candidates[candidate].seat(after: others) }
      for count in counts.values {
        for place in 0..<count { cost += 2 * (place / candidates[candidate].groups) + 1 }
      }
    }
    return cost
  }

  /// The cheapest plan for the given dates by trying every assignment; nil where there is none.
  func bruteForce(held: [Int]) -> Int? {
    var best: Int?
    var plan = [Int?](repeating: nil, count: mentorCount)
    func go(_ mentor: Int) {
      if mentor == mentorCount {
        if let cost = cost(of: plan, held: Set(held)), cost < best ?? .max { best = cost }
        return
      }
      for choice in [nil] + held.map(Optional.some) {
        if let choice, !canCome(mentor, choice) { continue }
        plan[mentor] = choice
        go(mentor + 1)
      }
    }
    go(0)
    return best
  }
}
