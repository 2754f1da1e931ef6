import Basics
import Programme

@testable import Scheduling

/// Small problems for comparison with brute force, and a judge of plans that shares no code with the planner.
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
      problem.add(to: &tandem, ticks: ticks, density: density, &random)
      problem.tandems.append(tandem)
    }
    problem.firstWeekday = random.below(7)
    problem.sites = [Site(cap: 1 + random.below(3), cost: random.below(2) * 7)]
    return problem
  }

  /// Every other part of the objective, each at some of the tandems.
  private func add(to tandem: inout Tandem, ticks: Int, density: Int, _ random: inout SplitMix) {
    func some(_ share: Int) -> Bool { random.below(100) < share }
    func mask() -> UInt64 { UInt64(random.below(1 << ticks)) }
    if some(70) {
      tandem.regularity = .init(weekdayCost: random.below(12), startCost: random.below(5))
      if some(30) {
        tandem.regularity.fixedWeekdays = (0..<7).map { _ in random.below(3) }
        tandem.regularity.fixedTicks = (0..<64).map { $0 < ticks ? random.below(3) : 0 }
      }
    }
    if some(40) { tandem.dayCost = (0..<days).map { _ in some(20) ? random.below(40) : 0 } }
    if some(40) { tandem.lengths[0].fridayCost = (0..<64).map { _ in random.below(4) } }
    if some(50) {
      tandem.lengths[0].besideCost = 1 + random.below(3)
      tandem.lengths[0].beside = (0..<4).map { _ in (0..<days).map { _ in mask() } }
    }
    if some(30) {
      var other = tandem.lengths[0]
      other.ticks = 1 + random.below(3)
      other.tickCost = (0..<64).map { _ in random.below(5) }
      for day in 0..<days { other.starts[day] = tandem.lengths[0].starts[day] & mask() }
      tandem.lengths.append(other)
      tandem.lengthOf = tandem.ideals.map { _ in random.below(2) }
    }
    if some(60) { tandem.site = 0 }
    tandem.tie = random.next()
  }

  /// What a plan costs, missing sessions and moves with it, by OBJECTIVE.md alone.
  func judgedObjective(of plan: [[Slot]]) -> Int {
    var total = 0
    var load: [[Int]: Int] = [:]
    for (tandem, slots) in zip(tandems, plan) {
      var (before, room) = (tandem.after, tandem.roomBefore)
      var weekdays: [Int: Int] = [:]
      var starts: [Int: Int] = [:]
      for (weekday, count) in tandem.regularity.fixedWeekdays.enumerated() { weekdays[weekday] = count }
      for (tick, count) in tandem.regularity.fixedTicks.enumerated() { starts[tick] = count }
      for (k, slot) in slots.enumerated() {
        let length = tandem.lengths[tandem.lengthOf.isEmpty ? 0 : tandem.lengthOf[k]]
        let weekday = (firstWeekday + slot.day) % 7
        weekdays[weekday, default: 0] += 1
        starts[slot.tick, default: 0] += 1
        total += (slot.day - tandem.ideals[k]) * (slot.day - tandem.ideals[k]) + length.tickCost[slot.tick]
        if weekday == 4, !length.fridayCost.isEmpty { total += length.fridayCost[slot.tick] }
        total += length.beside.count { $0[slot.day] & (1 << UInt64(slot.tick)) != 0 } * length.besideCost
        if !tandem.dayCost.isEmpty { total += tandem.dayCost[slot.day] }
        if let before, let cost = tandem.excessGapCost, slot.day - before > tandem.gap.upperBound {
          total += (slot.day - before - tandem.gap.upperBound) * cost
        }
        before = slot.day
        if let own = slot.room {
          if let room, room != own { total += tandem.roomChangeCost }
          room = own
        }
        if let site = tandem.site { load[[site, slot.day], default: 0] += 1 }
        if k < tandem.kept.count, let kept = tandem.kept[k], kept != slot { total += PlanProblem.moveCost }
      }
      total += (tandem.ideals.count - slots.count) * PlanProblem.missingCost
      for (counts, cost) in [
        (weekdays.values, tandem.regularity.weekdayCost), (starts.values, tandem.regularity.startCost),
      ] {
        total += cost * (counts.reduce(0, +) - (counts.max() ?? 0))
      }
    }
    for (place, count) in load { total += max(0, count - sites[place[0]].cap) * sites[place[0]].cost }
    return total
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
      for (k, slot) in slots.enumerated() where k < tandem.ideals.count {
        let length = tandem.lengths[tandem.lengthOf.isEmpty ? 0 : tandem.lengthOf[k]]
        guard length.starts.indices.contains(slot.day),
          length.starts[slot.day] & (1 << UInt64(slot.tick)) != 0
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
        for tick in slot.tick..<(slot.tick + length.ticks) {
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
          for tick in 0..<64 where tandem.lengths.contains(where: { $0.starts[day] >> UInt64(tick) & 1 == 1 })
          {
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

  /// What one tandem's slots cost, the others aside.
  private func alone(_ slots: [Slot], _ index: Int) -> Int {
    var one = self
    one.tandems = [tandems[index]]
    return one.judgedObjective(of: [slots])
  }

  /// The least objective over all plans, by trying them all.
  var optimumByBruteForce: Int {
    let all = tandems.indices.map { ways(of: $0) }
    var best = Int.max
    func extend(_ plan: [[Slot]]) {
      guard plan.count < tandems.count else {
        best = min(best, judgedObjective(of: plan))
        return
      }
      let rest = Array(repeating: [Slot](), count: tandems.count - plan.count - 1)
      for way in all[plan.count] {
        let longer = plan + [way]
        // Whoever is not in the plan yet costs as one without a session, which is more: only the cost so far counts.
        let missing = rest.indices.reduce(0) { $0 + alone([], plan.count + 1 + $1) }
        if judgedObjective(of: longer + rest) - missing < best, faults(of: longer + rest).isEmpty {
          extend(longer)
        }
      }
    }
    extend([])
    return best
  }
}
