import Basics
import Programme

@testable import Scheduling

/// Small problems for comparison with brute force, and an independent judge of plans.
extension PlanProblem {
  static func random(
    _ random: inout SplitMix, days: Int, tandems: Int, sessions: Int, people: Int, rooms: Int,
    gap: ClosedRange<Int>,
    ticks: Int = 6, density: Int = 40
  ) -> PlanProblem {
    var problem = PlanProblem(days: days, people: people, tandems: [])
    if rooms > 0 {
      problem.pools = [
        Pool(
          taken: (0..<rooms).map { _ in
            (0..<days).map { _ in random.below(4) == 0 ? UInt64(random.below(1 << ticks)) : 0 }
          })
      ]
    }
    for _ in 0..<tandems {
      let a = random.below(people)
      var b = random.below(people)
      if b == a { b = (a + 1) % people }
      var starts: [UInt64] = []
      for _ in 0..<days {
        var mask: UInt64 = 0
        for tick in 0..<ticks where random.below(100) < density { mask |= 1 << UInt64(tick) }
        starts.append(mask)
      }
      let wantsRoom = rooms > 0 && random.below(3) > 0
      var tandem = Tandem(
        people: people > 1 ? [a, b] : [a], starts: starts,
        tickCost: (0..<64).map { _ in [0, 0, 2, 3, 5][random.below(5)] },
        ideals: (0..<sessions).map { (2 * $0 + 1) * days / (2 * sessions) }, gap: gap,
        ticks: 1 + random.below(3), pool: wantsRoom ? 0 : nil, roomChangeCost: 4)
      if random.below(3) == 0 { tandem.excessGapCost = 1 + random.below(5) }
      if random.below(4) == 0 { tandem.after = -1 - random.below(gap.upperBound) }
      if wantsRoom, random.below(3) == 0 { tandem.roomBefore = random.below(rooms) }
      if random.below(4) == 0 {
        // One of the two lives on a clock where late starts are tomorrow already.
        let late: UInt64 = 0b110000
        tandem.shifts = [DayShift(person: tandem.people[0], days: 1, starts: starts.map { $0 & late })]
      }
      if random.below(4) == 0 {
        tandem.kept = (0..<sessions).map { _ in
          random.below(2) == 0
            ? nil
            : Slot(
              day: random.below(days), tick: random.below(ticks), room: wantsRoom ? random.below(rooms) : nil)
        }
      }
      problem.tandems.append(tandem)
    }
    return problem
  }

  /// Everything that is wrong with a plan, by the definitions alone.
  func faults(of plan: [[Slot]]) -> [String] {
    var faults: [String] = []
    var personDays: Set<[Int]> = []
    var roomTicks: Set<[Int]> = []
    for (index, slots) in plan.enumerated() {
      let tandem = tandems[index]
      if slots.count > tandem.ideals.count { faults.append("\(index): too many") }
      var last = tandem.after
      for slot in slots {
        guard tandem.starts.indices.contains(slot.day),
          tandem.starts[slot.day] & (1 << UInt64(slot.tick)) != 0
        else {
          faults.append("\(index): not free")
          continue
        }
        if let last {
          if slot.day - last < tandem.gap.lowerBound { faults.append("\(index): too soon") }
          if slot.day - last > tandem.gap.upperBound, tandem.excessGapCost == nil {
            faults.append("\(index): too late")
          }
        }
        last = slot.day
        for person in tandem.people {
          var day = slot.day
          for shift in tandem.shifts
          where shift.person == person && shift.starts[slot.day] & (1 << UInt64(slot.tick)) != 0 {
            day += shift.days
          }
          if !personDays.insert([person, day]).inserted {
            faults.append("\(index): person \(person) twice on \(day)")
          }
        }
        guard let pool = tandem.pool else {
          if slot.room != nil { faults.append("\(index): a room that nobody wants") }
          continue
        }
        guard let room = slot.room, pools[pool].taken.indices.contains(room) else {
          faults.append("\(index): no room")
          continue
        }
        for tick in slot.tick..<(slot.tick + tandem.ticks) {
          if tick < 64, pools[pool].taken[room][slot.day] & (1 << UInt64(tick)) != 0 {
            faults.append("\(index): the room is booked")
          }
          if !roomTicks.insert([pool, room, slot.day, tick]).inserted {
            faults.append("\(index): the room is taken")
          }
        }
      }
    }
    return faults
  }

  /// Every way to place a tandem's first sessions, feasible on its own; the empty one too.
  func ways(of index: Int) -> [[Slot]] {
    let tandem = tandems[index]
    var ways: [[Slot]] = [[]]
    var level: [[Slot]] = [[]]
    for _ in tandem.ideals {
      var next: [[Slot]] = []
      for way in level {
        for day in 0..<days {
          for tick in 0..<64 where tandem.starts[day] & (1 << UInt64(tick)) != 0 {
            for room in tandem.pool.map({ pools[$0].taken.indices.map(Optional.some) }) ?? [nil] {
              let longer = way + [Slot(day: day, tick: tick, room: room)]
              var plan = Array(repeating: [Slot](), count: tandems.count)
              plan[index] = longer
              if faults(of: plan).isEmpty { next.append(longer) }
            }
          }
        }
      }
      ways += next
      level = next
    }
    return ways
  }

  /// The least objective over all plans, by trying them all.
  var optimumByBruteForce: Int {
    let all = tandems.indices.map { ways(of: $0) }
    var best = Int.max
    func extend(_ plan: [[Slot]], _ cost: Int) {
      guard cost < best else { return }
      guard plan.count < tandems.count else {
        best = cost
        return
      }
      for way in all[plan.count] {
        let longer = plan + [way]
        let padded = longer + Array(repeating: [], count: tandems.count - longer.count)
        let cost = cost + tandems[plan.count].objective(of: way)
        if cost < best, faults(of: padded).isEmpty { extend(longer, cost) }
      }
    }
    extend([], 0)
    return best
  }
}
