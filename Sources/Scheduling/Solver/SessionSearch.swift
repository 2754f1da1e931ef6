import Basics

/// A search that moves single sessions, and those whom they push out, in short chains.
///
/// Simulated annealing (Kirkpatrick, Gelatt and Vecchi, 1983) over ejection chains (Glover, 1996): a session goes to a place that
/// costs it less, the session there goes to its own next best, and the chain stays when it costs little enough. Or a run of
/// a tandem's sessions changes its room, and who is there changes with it. A move touches a few days, so it costs a hundredth
/// of replanning whole tandems; most tandems have days enough between their sessions for each to move alone.
/// Chances are drawn in exact arithmetic and moves are counted: the same input gives the same plan on every machine.
struct SessionSearch {
  private var plan: SessionPlan
  private var random: SplitMix
  /// The places of a move's sessions before it; a session may be in it twice: its first entry counts.
  private var journal: [(session: Int, slot: PlanProblem.Slot)] = []
  /// Sessions that have been pushed out.
  private var outside: [Int] = []

  /// What a worse plan may cost, in points, at the beginning and at the end.
  private static let heat = (begin: 4.0, end: 0.4)
  /// How many sessions one move may put.
  private static let longestChain = 8

  init(_ plan: SessionPlan, seed: UInt64) {
    self.plan = plan
    random = SplitMix(seed: seed)
  }

  /// The best plan found in so many moves for each session. O(moves × chain × places).
  mutating func run(moves: Int) -> [[PlanProblem.Slot]] {
    let sessions = plan.tandem.count
    let moves = sessions > 1 ? moves * sessions : 0
    var best = plan.at
    var least = plan.total
    for move in 0..<moves {
      let left = Double(moves - move) / Double(moves)
      let (begin, end) = SessionSearch.heat
      attempt(heat: end + (begin - end) * left * left)
      if plan.total < least {
        least = plan.total
        best = plan.at
      }
    }
    return plan.slots(at: best)
  }

  private mutating func attempt(heat: Double) {
    var session = random.below(plan.tandem.count)
    for _ in 0..<2 {
      let other = random.below(plan.tandem.count)
      if plan.excess(of: other) > plan.excess(of: session) { session = other }
    }
    let limit = plan.total + allowance(heat)
    journal.removeAll(keepingCapacity: true)
    outside.removeAll(keepingCapacity: true)
    if plan.rooms[plan.tandem[session]] > 1, random.below(4) == 0 {
      changeRoom(session, limit: limit)
    } else {
      changeTime(session, heat: heat, limit: limit)
    }
  }

  /// −heat × ln u of a random u. The logarithm is the leading zeros and a chord, so that every machine draws the same.
  private mutating func allowance(_ heat: Double) -> Int {
    let draw = random.next()
    let zeros = draw.leadingZeroBitCount
    let fraction = Double((draw << UInt64(min(63, zeros + 1))) >> 12) / Double(1 << 52)
    return Int(heat * 0.6931471805599453 * (Double(zeros) + 1 - fraction))
  }

  /// A session goes to one of its places that cost hardly more than the present one.
  private mutating func changeTime(_ session: Int, heat: Double, limit: Int) {
    let places = plan.places(of: session, below: plan.cost(of: session) + Int(heat * 3) + 2)
    take(session)
    // The better of two, for the better places are wanted more.
    let chosen = min(random.below(places.count), random.below(places.count))
    guard chosen < places.count, force(session, places.lowerBound + chosen) else { return undo() }
    settle(limit)
  }

  /// A run of sessions in one room goes to another room; the sessions there go to the first one where it can.
  private mutating func changeRoom(_ session: Int, limit: Int) {
    guard let from = plan.slot(of: session)?.room else { return }
    let sessions = plan.sessions[plan.tandem[session]]
    var to = random.below(plan.rooms[plan.tandem[session]] - 1)
    if to >= from { to += 1 }
    var (low, high) = (session, session)
    let part = random.below(3)
    if part != 1 { while low > sessions.lowerBound, plan.at.room[low - 1] == from { low -= 1 } }
    if part != 2 { while high + 1 < sessions.upperBound, plan.at.room[high + 1] == from { high += 1 } }
    for moving in low...high { take(moving) }
    let run = journal
    for (moving, slot) in run {
      guard plan.isOpen(room: to, for: moving, day: slot.day, tick: slot.tick) else { return undo() }
      clear(PlanProblem.Slot(day: slot.day, tick: slot.tick, room: to), for: moving)
    }
    for (moving, slot) in run { plan.put(moving, PlanProblem.Slot(day: slot.day, tick: slot.tick, room: to)) }
    outside.removeAll(keepingCapacity: true)
    for (other, slot) in journal[run.count...] {
      if plan.isFree(room: from, for: other, day: slot.day, tick: slot.tick) {
        plan.put(other, PlanProblem.Slot(day: slot.day, tick: slot.tick, room: from))
      } else {
        outside.append(other)
      }
    }
    settle(limit)
  }

  /// Puts everybody who was pushed out, at the next best place or in another's; takes all back beyond the limit.
  private mutating func settle(_ limit: Int) {
    var put = 0
    while let pushed = outside.popLast() {
      put += 1
      guard put <= SessionSearch.longestChain, plan.total <= limit else { return undo() }
      let free = plan.free(pushed)
      if put < SessionSearch.longestChain - 1, free == nil || random.below(3) == 0 {
        let places = plan.places(of: pushed, below: free?.cost ?? plan.least(of: pushed) + 60)
        if !places.isEmpty, force(pushed, places.lowerBound + random.below(places.count)) { continue }
      }
      guard let free else { return undo() }
      plan.put(pushed, free.slot)
    }
    if plan.total > limit { undo() }
  }

  /// Puts a session at a place and pushes out the sessions there. False where that is impossible.
  private mutating func force(_ session: Int, _ place: Int) -> Bool {
    guard let slot = plan.slot(place, for: session, crowded: { 8 + random.below(8) }) else { return false }
    clear(slot, for: session)
    plan.put(session, slot)
    return true
  }

  private mutating func clear(_ slot: PlanProblem.Slot, for session: Int) {
    plan.clear(slot, for: session) {
      journal.append(($0, $1))
      outside.append($0)
    }
  }

  private mutating func take(_ session: Int) {
    guard let slot = plan.slot(of: session) else { return }
    journal.append((session, slot))
    plan.lift(session)
  }

  private mutating func undo() {
    for (session, _) in journal where plan.at.day[session] >= 0 { plan.lift(session) }
    for (session, slot) in journal where plan.at.day[session] < 0 { plan.put(session, slot) }
  }
}
