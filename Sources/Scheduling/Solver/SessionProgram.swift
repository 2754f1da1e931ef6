import Basics

/// The exact dynamic programme of one tandem: which weekday and start is its home, and which day, start and room each of its
/// sessions has.
///
/// For one home, D_k(w, r) = (w − ideal_k)² + option(w, r) + min(min over w' of D_{k−1}(w', r'), change + min over w', r' of
/// D_{k−1}(w', r')), w' in the window [w − upper gap, w − lower gap]: its minimum slides (a monotone queue), so a tandem takes
/// O(sessions × days × rooms). option(w, r) is the least of the starts that are open then, those away from the home at its cost.
///
/// Homes are tried in the order of a bound, until the bound is no better than the best. Each session alone costs at
/// least its cheapest day; what a plan may cost above the sum of these says how far from its ideal a session can be, so
/// that most days, and most homes, are never looked at.
///
/// A workspace: kept between calls, so that none allocates. Nine tenths of a search are spent in these loops.
final class SessionProgram {
  /// More than any sum of costs, and far from overflow when a few are added.
  static let never = Int.max / 8

  /// What is asked of the workspace beside what it was filled with.
  struct Question {
    var tandem: Int
    var rooms: Int
    /// What one point of cost counts.
    var scale = 1
    /// Starts cost their `startPrice` besides.
    var isPriced = false
    /// The homes to try, the lowest bound first.
    var homes: [Home]
    /// How many sessions the bounds are for: they say nothing of a shorter plan.
    var sessions: Int
    /// A plan of all sessions that is known, with its cost, scaled: the answer is no worse.
    var known: (path: [PlanProblem.Slot], cost: Int)?
  }

  /// A weekday and a start, with what a plan of that home costs at least, missing sessions among it, whoever else is there.
  struct Home {
    var bound: Int
    var weekday: Int
    var tick: Int
    /// Decides among homes of one bound.
    var order: UInt64
  }

  private let problem: PlanProblem
  private let tables: StartTables
  private let days: Int
  /// (Length × rooms + room) × days + day: the starts that are open.
  let open: Cells<UInt64>
  /// By day: what the day costs besides, in scaled points.
  let dayPrice: Cells<Int>
  /// (Length × days + day) × 64 + tick: what the start costs besides, scaled.
  let startPrice: Cells<Int>
  /// By session: whether its earlier place still holds.
  var keptHolds: [Bool] = []
  /// The answer: the slot of each session that could be placed.
  private(set) var path: [PlanProblem.Slot] = []
  /// Its home, as an index into the homes asked for; negative: it is what was known.
  private(set) var home = -1

  /// As `open`: the cheapest open start and what it costs, wherever the home is.
  private let least: Cells<Int>
  private let leastTick: Cells<UInt8>
  /// By tick, as `open`: the same where the home begins at the tick; and the fill that it was made for.
  private let options: Cells<Int>
  private let madeFor: Cells<Int>
  private var fill = 0
  private let size: Int
  /// Weekday × days + day: all bits where the day is another one.
  private let isAway: Cells<Int>
  /// Of the home in question: where its options and days begin.
  private var option = 0
  private var away = 0
  private var awayCost = 0
  /// D, and the state it came from: session × rooms × days + room × days + day.
  private let value: Cells<Int>
  private let cameFrom: Cells<Int32>
  /// The least D of the session before over the window, in each room, and over all rooms.
  private let window: Cells<Int>
  private let windowFrom: Cells<Int32>
  private let best: Cells<Int>
  private let bestFrom: Cells<Int32>
  private let queue: Cells<Int>
  /// By session: the least that it costs alone, moves among it, and the least of its moves.
  private let alone: Cells<Int>
  private let moves: Cells<Int>

  init(_ problem: PlanProblem, _ tables: StartTables) {
    self.problem = problem
    self.tables = tables
    days = problem.days
    let rooms = max(1, problem.pools.map(\.taken.count).max() ?? 1)
    let lengths = max(1, problem.tandems.map(\.lengths.count).max() ?? 1)
    let sessions = max(1, problem.tandems.map(\.ideals.count).max() ?? 1)
    let size = max(1, days * rooms)
    let never = SessionProgram.never
    open = Cells(repeating: 0, count: size * lengths)
    dayPrice = Cells(repeating: 0, count: max(1, days))
    startPrice = Cells(repeating: 0, count: max(1, days) * 64 * lengths)
    least = Cells(repeating: never, count: size * lengths)
    leastTick = Cells(repeating: 0, count: size * lengths)
    self.size = size * lengths
    options = Cells(repeating: never, count: size * lengths * 64)
    madeFor = Cells(repeating: 0, count: 64)
    isAway = Cells(repeating: 0, count: 7 * max(1, days))
    for weekday in 0..<7 {
      for day in 0..<days where problem.weekday(day) != weekday { isAway[weekday * days + day] = -1 }
    }
    value = Cells(repeating: never, count: size * sessions)
    cameFrom = Cells(repeating: -1, count: size * sessions)
    window = Cells(repeating: never, count: size)
    windowFrom = Cells(repeating: -1, count: size)
    best = Cells(repeating: never, count: max(1, days))
    bestFrom = Cells(repeating: -1, count: max(1, days))
    queue = Cells(repeating: 0, count: max(1, days))
    alone = Cells(repeating: 0, count: sessions)
    moves = Cells(repeating: 0, count: sessions)
  }

  // MARK: - All homes

  /// Every weekday on which the tandem could meet, or has met, at every start that it could have, or had; of no bound yet.
  static func homes(of tandem: PlanProblem.Tandem, firstWeekday: Int) -> [Home] {
    var starts: UInt64 = 0
    var weekdays = 0
    for length in tandem.lengths {
      for (day, mask) in length.starts.enumerated() where mask != 0 {
        starts |= mask
        weekdays |= 1 << ((day + firstWeekday) % 7)
      }
    }
    for (tick, count) in tandem.regularity.fixedTicks.enumerated() where count > 0 {
      starts |= 1 << UInt64(tick)
    }
    for (weekday, count) in tandem.regularity.fixedWeekdays.enumerated() where count > 0 {
      weekdays |= 1 << weekday
    }
    // What costs nothing needs no choice.
    if tandem.regularity.startCost == 0 {
      starts = 1 << UInt64(starts == 0 ? 0 : starts.trailingZeroBitCount)
    }
    if tandem.regularity.weekdayCost == 0 { weekdays = 1 }
    var homes: [Home] = []
    for weekday in 0..<7 where weekdays >> weekday & 1 == 1 {
      for tick in 0..<64 where starts >> UInt64(tick) & 1 == 1 {
        homes.append(
          Home(
            bound: 0, weekday: weekday, tick: tick,
            order: StartTables.order(tandem.tie, UInt64(weekday * 64 + tick))))
      }
    }
    return homes
  }

  /// The least objective, times the scale; the plan is in `path`.
  func solve(_ question: Question) -> Int {
    let tandem = problem.tandems[question.tandem]
    path.removeAll(keepingCapacity: true)
    guard !tandem.ideals.isEmpty else { return nothing(tandem, question) }
    var sessions = tandem.ideals.count
    var best = SessionProgram.never
    home = -1
    if let known = question.known { (path, best) = (known.path, known.cost) }
    guard
      question.homes.contains(where: { sessions != question.sessions || $0.bound * question.scale < best })
    else { return best < SessionProgram.never ? best : nothing(tandem, question) }
    findLeast(tandem, question)
    for (index, candidate) in question.homes.enumerated() {
      if sessions == question.sessions, candidate.bound * question.scale >= best { break }
      fillOptions(tandem, question, candidate)
      if best < SessionProgram.never {
        guard let floor = sumOfLeast(tandem, question, candidate, sessions), floor < best else { continue }
        if let cost = run(tandem, question, candidate, sessions, floor: floor, below: best) {
          (best, home) = (cost, index)
        }
        continue
      }
      guard let (cost, count) = first(tandem, question, candidate, atMost: sessions) else { continue }
      sessions = count
      if count == 0 { return cost }
      (best, home) = (cost, index)
    }
    return best < SessionProgram.never ? best : nothing(tandem, question)
  }

  /// The least objective of one home of which nothing is known, and how many sessions there can be: a small slack first, then
  /// a larger one, then whatever it costs.
  private func first(
    _ tandem: PlanProblem.Tandem, _ question: Question, _ home: Home, atMost sessions: Int
  ) -> (cost: Int, sessions: Int)? {
    if let floor = sumOfLeast(tandem, question, home, sessions) {
      for slack in [30, 300] {
        let limit = floor + slack * question.scale
        if let cost = run(tandem, question, home, sessions, floor: floor, below: limit) {
          return (cost, sessions)
        }
      }
    }
    let sessions = reachable(tandem, question, atMost: sessions)
    guard sessions > 0 else { return (nothing(tandem, question), 0) }
    guard let floor = sumOfLeast(tandem, question, home, sessions),
      let cost = run(tandem, question, home, sessions, floor: floor, below: SessionProgram.never)
    else { return nil }
    return (cost, sessions)
  }

  /// What each home costs at least, the lowest first: exactly, where that is less than `margin` above the best. The best
  /// plan is in `path`, and its cost and number of sessions are given back.
  func bounds(_ question: Question, margin: Int) -> (homes: [Home], cost: Int, sessions: Int) {
    let tandem = problem.tandems[question.tandem]
    path.removeAll(keepingCapacity: true)
    guard !tandem.ideals.isEmpty, !question.homes.isEmpty else {
      return (question.homes, nothing(tandem, question), 0)
    }
    findLeast(tandem, question)
    let sessions = reachable(tandem, question, atMost: tandem.ideals.count)
    guard sessions > 0 else { return (question.homes, nothing(tandem, question), 0) }
    var homes = question.homes
    for index in homes.indices {
      fillOptions(tandem, question, homes[index])
      homes[index].bound =
        sumOfLeast(tandem, question, homes[index], sessions) ?? SessionProgram.never
    }
    func precedes(_ a: Home, _ b: Home) -> Bool {
      a.bound == b.bound ? a.order < b.order : a.bound < b.bound
    }
    homes.sort(by: precedes)
    var best = SessionProgram.never
    for index in homes.indices {
      let limit = min(SessionProgram.never, best + margin)
      guard homes[index].bound < limit else { continue }
      fillOptions(tandem, question, homes[index])
      if best == SessionProgram.never {
        guard let (cost, _) = first(tandem, question, homes[index], atMost: sessions) else { continue }
        (best, home, homes[index].bound) = (cost, index, cost)
        continue
      }
      guard let floor = sumOfLeast(tandem, question, homes[index], sessions) else { continue }
      let known = path
      if let cost = run(tandem, question, homes[index], sessions, floor: floor, below: limit) {
        homes[index].bound = cost
        if cost < best || cost == best && precedes(homes[index], homes[home]) {
          (best, home) = (cost, index)
        } else {
          path = known
        }
      } else {
        homes[index].bound = limit
      }
    }
    homes.sort(by: precedes)
    return (homes, best, sessions)
  }

  /// How many of the first sessions there can be at all, whatever they cost. O(sessions × days).
  private func reachable(_ tandem: PlanProblem.Tandem, _ question: Question, atMost sessions: Int) -> Int {
    let (low, high) = (tandem.gap.lowerBound, tandem.gap.upperBound)
    let isSoft = tandem.excessGapCost != nil
    // By day: whether the session before can be on it.
    var before: [Bool] = []
    for k in 0..<sessions {
      var here = Array(repeating: false, count: days)
      let base = tandem.length(k) * question.rooms * days
      var last = -1
      var next = 0
      for day in 0..<days {
        if k == 0 {
          if let after = tandem.after, day - after < low || day - after > high && !isSoft { continue }
        } else {
          while next <= day - low {
            if before[next] { last = next }
            next += 1
          }
          guard last >= 0, isSoft || day - last <= high else { continue }
        }
        here[day] =
          (0..<question.rooms).contains { open[base + $0 * days + day] != 0 }
          || k < tandem.kept.count && k < keptHolds.count && keptHolds[k] && tandem.kept[k]?.day == day
      }
      guard here.contains(true) else { return k }
      before = here
    }
    return sessions
  }

  /// What it costs that no session can be placed.
  private func nothing(_ tandem: PlanProblem.Tandem, _ question: Question) -> Int {
    fixedCost(tandem, question) + missing(tandem, 0, question)
  }

  private func missing(_ tandem: PlanProblem.Tandem, _ sessions: Int, _ question: Question) -> Int {
    (tandem.ideals.count - sessions) * PlanProblem.missingCost * question.scale
  }

  /// What the fixed sessions cost at their best home, with nothing planned.
  private func fixedCost(_ tandem: PlanProblem.Tandem, _ question: Question) -> Int {
    problem.home(of: [], tandem).cost * question.scale
  }

  /// What the fixed sessions cost at a home.
  private func fixedCost(_ regularity: PlanProblem.Regularity, _ home: Home) -> Int {
    var cost = 0
    for (weekday, count) in regularity.fixedWeekdays.enumerated() where weekday != home.weekday {
      cost += regularity.weekdayCost * count
    }
    for (tick, count) in regularity.fixedTicks.enumerated() where tick != home.tick {
      cost += regularity.startCost * count
    }
    return cost
  }

  /// For each length, room and day, the cheapest open start, the home aside.
  private func findLeast(_ tandem: PlanProblem.Tandem, _ question: Question) {
    let rooms = question.rooms
    fill += 1
    for length in tandem.lengths.indices {
      let row = tables.row(question.tandem, length)
      for room in 0..<rooms {
        let base = (length * rooms + room) * days
        for day in 0..<days {
          let open = open[base + day]
          guard open != 0 else {
            least[base + day] = SessionProgram.never
            continue
          }
          if !question.isPriced {
            let (tick, cost) = tables.least(row, day, open: open)
            least[base + day] = cost * question.scale + dayPrice[day]
            leastTick[base + day] = UInt8(truncatingIfNeeded: tick)
            continue
          }
          var left = open
          var lowest = SessionProgram.never
          while left != 0 {
            let tick = left.trailingZeroBitCount
            left &= left - 1
            let cost =
              tables.cost(row, day, tick) * question.scale + startPrice[(length * days + day) * 64 + tick]
            if cost < lowest {
              lowest = cost
              leastTick[base + day] = UInt8(truncatingIfNeeded: tick)
            }
          }
          least[base + day] = lowest + dayPrice[day]
        }
      }
    }
  }

  /// What a start that is open costs in all, the home aside.
  @inline(__always)
  private func cost(_ row: Int, _ length: Int, _ day: Int, _ tick: Int, _ question: Question) -> Int {
    var cost = tables.cost(row, day, tick) * question.scale + dayPrice[day]
    if question.isPriced { cost += startPrice[(length * days + day) * 64 + tick] }
    return cost
  }

  // MARK: - One home

  /// For each length, room and day, the least of the starts with what it costs to leave the home's start.
  private func fillOptions(_ tandem: PlanProblem.Tandem, _ question: Question, _ home: Home) {
    let rooms = question.rooms
    option = home.tick * size
    away = home.weekday * days
    awayCost = tandem.regularity.weekdayCost * question.scale
    guard madeFor[home.tick] != fill else { return }
    madeFor[home.tick] = fill
    let other = tandem.regularity.startCost * question.scale
    let tick = UInt64(home.tick)
    for length in tandem.lengths.indices {
      let row = tables.row(question.tandem, length)
      for room in 0..<rooms {
        let base = (length * rooms + room) * days
        for begin in stride(from: 0, to: days, by: 64) {
          var isOpen: UInt64 = 0
          for day in begin..<min(days, begin + 64) {
            options[option + base + day] = least[base + day] + other
            isOpen |= (open[base + day] >> tick & 1) << UInt64(day - begin)
          }
          while isOpen != 0 {
            let day = begin + isOpen.trailingZeroBitCount
            isOpen &= isOpen - 1
            let here = cost(row, length, day, home.tick, question)
            if here < options[option + base + day] { options[option + base + day] = here }
          }
        }
      }
    }
  }

  /// What session k costs in its earlier place; nil: it has none that holds.
  private func keptCost(
    _ tandem: PlanProblem.Tandem, _ question: Question, _ home: Home, _ k: Int
  ) -> (slot: PlanProblem.Slot, cost: Int)? {
    guard k < tandem.kept.count, let kept = tandem.kept[k], k < keptHolds.count, keptHolds[k] else {
      return nil
    }
    let length = tandem.length(k)
    var cost = cost(tables.row(question.tandem, length), length, kept.day, kept.tick, question)
    if problem.weekday(kept.day) != home.weekday {
      cost += tandem.regularity.weekdayCost * question.scale
    }
    if kept.tick != home.tick { cost += tandem.regularity.startCost * question.scale }
    return (kept, cost)
  }

  /// The sum of what each of the first sessions costs at its cheapest, with what is missing and fixed: no plan of the
  /// home costs less. nil: one has no day at all.
  private func sumOfLeast(
    _ tandem: PlanProblem.Tandem, _ question: Question, _ home: Home, _ sessions: Int
  ) -> Int? {
    let rooms = question.rooms
    let scale = question.scale
    var sum = missing(tandem, sessions, question) + fixedCost(tandem.regularity, home) * scale
    for k in 0..<sessions {
      let base = option + tandem.length(k) * rooms * days
      let ideal = tandem.ideals[k]
      var lowest = SessionProgram.never
      var distance = 0
      while ideal - distance >= 0 || ideal + distance < days {
        let square = distance * distance * scale
        if square >= lowest { break }
        for day in [ideal - distance, ideal + distance] where day >= 0 && day < days {
          let beside = square + (isAway[away + day] & awayCost)
          for room in 0..<rooms { lowest = min(lowest, options[base + room * days + day] + beside) }
        }
        distance += 1
      }
      moves[k] = 0
      if k < tandem.kept.count, tandem.kept[k] != nil {
        let moveCost = tandem.moveCost(k) * scale
        if lowest < SessionProgram.never { lowest += moveCost }
        if let (slot, cost) = keptCost(tandem, question, home, k) {
          lowest = min(lowest, cost + (slot.day - ideal) * (slot.day - ideal) * scale)
        } else {
          moves[k] = moveCost
        }
      }
      guard lowest < SessionProgram.never else { return nil }
      alone[k] = lowest
      sum += lowest
    }
    return sum
  }

  /// The cheapest plan of one home that costs less than a limit, put into `path`; nil: there is none. `floor` is the sum
  /// of the least costs: it leaves each session so much above its own least.
  private func run(
    _ tandem: PlanProblem.Tandem, _ question: Question, _ home: Home, _ sessions: Int, floor: Int,
    below limit: Int
  ) -> Int? {
    let never = SessionProgram.never
    let (rooms, scale) = (question.rooms, question.scale)
    let size = rooms * days
    let slack = limit - 1 - floor
    guard slack >= 0 else { return nil }
    // What the sessions that follow cost at least.
    var rest = 0
    for k in 0..<sessions { rest += alone[k] }
    let apart = floor - rest
    var before = 0...0
    var ending: (total: Int, state: Int) = (never, -1)
    for k in 0..<sessions {
      let ideal = tandem.ideals[k]
      rest -= alone[k]
      let most = limit - apart - rest
      let reach = min(2 * days + abs(ideal), SessionProgram.root((alone[k] - moves[k] + slack) / scale))
      let first = max(0, ideal - reach)
      let last = min(days - 1, ideal + reach)
      guard first <= last else { return nil }
      if k == 0 {
        begin(tandem, question, days: first...last)
      } else {
        slideWindows(
          from: (k - 1) * size, rooms: rooms, before: before, days: first...last, gap: tandem.gap,
          excess: tandem.excessGapCost.map { $0 * scale })
        if rooms > 1 {
          changeRooms(rooms: rooms, changeCost: tandem.roomChangeCost * scale, days: first...last)
        }
      }
      let base = option + tandem.length(k) * size
      let hasKept = k < tandem.kept.count && tandem.kept[k] != nil
      let moveCost = hasKept ? tandem.moveCost(k) * scale : 0
      ending = (never, -1)
      for room in 0..<rooms {
        let row = room * days
        var distance = first - ideal
        for at in (row + first)...(row + last) {
          let beside = moveCost + distance * distance * scale + (isAway[away + ideal + distance] & awayCost)
          let here = options[base + at] + beside + window[at]
          distance += 1
          guard here < most else {
            value[k * size + at] = never
            continue
          }
          value[k * size + at] = here
          cameFrom[k * size + at] = windowFrom[at]
          if here < ending.total { ending = (here, at) }
        }
      }
      if hasKept, let (slot, cost) = keptCost(tandem, question, home, k), (first...last).contains(slot.day) {
        let at = (rooms == 1 ? 0 : slot.room ?? 0) * days + slot.day
        let here = cost + (slot.day - ideal) * (slot.day - ideal) * scale + window[at]
        if here < most, here <= value[k * size + at] {
          value[k * size + at] = here
          cameFrom[k * size + at] = windowFrom[at]
          if here < ending.total { ending = (here, at) }
        }
      }
      guard ending.state >= 0 else { return nil }
      before = first...last
    }
    trace(tandem, question, home, from: ending.state, sessions: sessions)
    return ending.total + apart
  }

  /// The greatest whole number whose square is at most `number`.
  private static func root(_ number: Int) -> Int {
    guard number > 0 else { return 0 }
    var root = Int(Double(number).squareRoot())
    while root * root > number { root -= 1 }
    while (root + 1) * (root + 1) <= number { root += 1 }
    return root
  }

  /// Finds the slots of the answer, from the last session back to the first.
  private func trace(
    _ tandem: PlanProblem.Tandem, _ question: Question, _ home: Home, from end: Int, sessions: Int
  ) {
    path.removeAll(keepingCapacity: true)
    let size = question.rooms * days
    let other = tandem.regularity.startCost * question.scale
    var state = end
    for k in stride(from: sessions - 1, through: 0, by: -1) {
      let (room, day) = state.quotientAndRemainder(dividingBy: days)
      let length = tandem.length(k)
      let at = length * size + state
      let moveCost = tandem.moveCost(k) * question.scale
      if let (slot, cost) = keptCost(tandem, question, home, k), slot.day == day,
        question.rooms == 1 || slot.room == room,
        options[option + at] >= SessionProgram.never
          || cost <= options[option + at] + (isAway[away + day] & awayCost) + moveCost
      {
        path.append(slot)
      } else {
        var tick = Int(leastTick[at])
        if open[at] >> UInt64(home.tick) & 1 == 1,
          cost(tables.row(question.tandem, length), length, day, home.tick, question) <= least[at] + other
        {
          tick = home.tick
        }
        path.append(PlanProblem.Slot(day: day, tick: tick, room: tandem.pool == nil ? nil : room))
      }
      state = Int(cameFrom[k * size + state])
    }
    path.reverse()
  }

  /// What the first session costs for the sake of a fixed one before it.
  private func begin(_ tandem: PlanProblem.Tandem, _ question: Question, days range: ClosedRange<Int>) {
    for room in 0..<question.rooms {
      var cost = 0
      if let roomBefore = tandem.roomBefore, question.rooms > 1, roomBefore != room {
        cost = tandem.roomChangeCost * question.scale
      }
      for day in range {
        window[room * days + day] = cost
        windowFrom[room * days + day] = -1
        guard let after = tandem.after else { continue }
        let late = day - after - tandem.gap.upperBound
        if day < after + tandem.gap.lowerBound || late > 0 && tandem.excessGapCost == nil {
          window[room * days + day] = SessionProgram.never
        } else if late > 0, let excess = tandem.excessGapCost {
          window[room * days + day] += excess * late * question.scale
        }
      }
    }
  }

  /// For each room and day, the least value of the session before over the days that the gap allows.
  private func slideWindows(
    from base: Int, rooms: Int, before: ClosedRange<Int>, days range: ClosedRange<Int>, gap: ClosedRange<Int>,
    excess: Int?
  ) {
    let never = SessionProgram.never
    let low = gap.lowerBound
    let high = gap.upperBound
    // Where no day before falls out of the window, its minimum only falls: no queue is needed.
    let isPrefix = range.upperBound - high <= before.lowerBound
    for room in 0..<rooms {
      let row = room * days
      var next = before.lowerBound
      if isPrefix {
        var least = never
        var from = -1
        for day in range {
          while next <= before.upperBound, next <= day - low {
            if value[base + row + next] < least {
              from = row + next
              least = value[base + from]
            }
            next += 1
          }
          window[row + day] = least
          windowFrom[row + day] = Int32(truncatingIfNeeded: from)
        }
        continue
      }
      var head = 0
      var tail = 0
      // Beyond the soft upper gap: the least of value − excess × day, over all days that left the window.
      var far = never
      var farFrom = -1
      var farNext = before.lowerBound
      for day in range {
        while next <= before.upperBound, next <= day - low {
          let candidate = value[base + row + next]
          if candidate < never {
            while tail > head, value[base + row + queue[tail - 1]] > candidate { tail -= 1 }
            queue[tail] = next
            tail += 1
          }
          next += 1
        }
        while head < tail, queue[head] < day - high { head += 1 }
        var least = never
        var from = -1
        if head < tail {
          from = row + queue[head]
          least = value[base + from]
        }
        if let excess {
          while farNext <= before.upperBound, farNext < day - high {
            let candidate = value[base + row + farNext]
            if candidate < never, candidate - excess * farNext < far {
              far = candidate - excess * farNext
              farFrom = row + farNext
            }
            farNext += 1
          }
          if farFrom >= 0, far + excess * (day - high) < least {
            least = far + excess * (day - high)
            from = farFrom
          }
        }
        window[row + day] = least
        windowFrom[row + day] = Int32(truncatingIfNeeded: from)
      }
    }
  }

  /// Lets each room take over from any other, at the cost of a change. Among equals the own room stays.
  private func changeRooms(rooms: Int, changeCost: Int, days range: ClosedRange<Int>) {
    let never = SessionProgram.never
    for day in range {
      best[day] = never
      bestFrom[day] = -1
    }
    for room in 0..<rooms {
      for day in range where window[room * days + day] < best[day] {
        best[day] = window[room * days + day]
        bestFrom[day] = windowFrom[room * days + day]
      }
    }
    for room in 0..<rooms {
      for day in range where best[day] < never && best[day] + changeCost < window[room * days + day] {
        window[room * days + day] = best[day] + changeCost
        windowFrom[room * days + day] = bestFrom[day]
      }
    }
  }
}
