/// The exact dynamic programme of one tandem: which day, and which room, for each of its sessions.
///
/// D_k(w, r) = (w − ideal_k)² + option(w, r) + min(min over w' of D_{k−1}(w', r), change + min over w', r' of D_{k−1}(w', r')),
/// w' in the window [w − upper gap, w − lower gap]: its minimum slides (a monotone queue), so a tandem takes
/// O(sessions × days × rooms). The days of session k are first narrowed to `reach` either side of its ideal: no
/// part of the cost is negative, so a narrowed optimum of at most (reach + 1)² is the optimum; else the reach grows.
///
/// The value is a workspace: kept between calls, so that none allocates.
struct SessionProgram {
  /// More than any sum of costs, and far from overflow when a few are added.
  static let never = Int.max / 8

  private let days: Int
  /// What a day costs in a room beside its distance from the ideal: room × days + day; `never` where it cannot be.
  var option: [Int]
  /// The start behind each option.
  var tick: [Int]
  /// By session: what its earlier place costs where it still holds, else `never`.
  var keptOption: [Int] = []
  /// The answer: day, room of each session that could be placed.
  private(set) var path: [(day: Int, room: Int)] = []
  /// Whether the session stands where it stood.
  private(set) var stays: [Bool] = []

  private var value: [Int] = []
  private var cameFrom: [Int32] = []
  private var window: [Int]
  private var windowFrom: [Int32]
  private var queue: [Int]
  private var best: [Int]
  private var bestFrom: [Int32]

  init(days: Int, rooms: Int, sessions: Int) {
    self.days = days
    option = Array(repeating: SessionProgram.never, count: days * max(1, rooms))
    tick = Array(repeating: 0, count: days * max(1, rooms))
    window = Array(repeating: 0, count: days * max(1, rooms))
    windowFrom = Array(repeating: -1, count: days * max(1, rooms))
    queue = Array(repeating: 0, count: days + 1)
    best = Array(repeating: 0, count: days)
    bestFrom = Array(repeating: -1, count: days)
    value = Array(repeating: SessionProgram.never, count: days * max(1, rooms) * max(1, sessions))
    cameFrom = Array(repeating: -1, count: days * max(1, rooms) * max(1, sessions))
  }

  /// The least objective, times `scale`; the options are given in the scaled unit already.
  mutating func solve(_ tandem: PlanProblem.Tandem, rooms: Int, changeCost: Int, scale: Int = 1) -> Int {
    var reach = 16
    while true {
      let total = solve(tandem, rooms: rooms, changeCost: changeCost, scale: scale, reach: reach)
      if reach >= days || total <= (reach + 1) * (reach + 1) * scale { return total }
      reach = reach < 64 ? reach * 2 : days
    }
  }

  private mutating func solve(
    _ tandem: PlanProblem.Tandem, rooms: Int, changeCost: Int, scale: Int, reach: Int
  ) -> Int {
    let never = SessionProgram.never
    let sessions = tandem.ideals.count
    let size = rooms * days
    path.removeAll(keepingCapacity: true)
    stays.removeAll(keepingCapacity: true)
    guard sessions > 0 else { return 0 }
    let low = tandem.gap.lowerBound
    let high = tandem.gap.upperBound
    let excess = tandem.excessGapCost.map { $0 * scale }
    let hasKept = !tandem.kept.isEmpty
    let moveCost = PlanProblem.moveCost * scale
    var reached = 0
    var endings: (total: Int, state: Int) = (never, -1)
    var firstBefore = 0
    var lastBefore = -1
    for k in 0..<sessions {
      let ideal = tandem.ideals[k]
      let first = max(0, ideal - reach)
      let last = min(days - 1, ideal + reach)
      guard first <= last else { break }
      if k > 0 {
        slideWindows(
          from: (k - 1) * size, rooms: rooms, before: firstBefore...lastBefore, days: first...last,
          low: low, high: high, excess: excess)
        if rooms > 1 {
          for day in first...last {
            var least = never
            var from: Int32 = -1
            for room in 0..<rooms where window[room * days + day] < least {
              least = window[room * days + day]
              from = windowFrom[room * days + day]
            }
            best[day] = least
            bestFrom[day] = from
          }
        }
      }
      let kept = hasKept && k < tandem.kept.count ? tandem.kept[k] : nil
      var ending: (total: Int, state: Int) = (never, -1)
      for room in 0..<rooms {
        for day in first...last {
          let at = room * days + day
          var here = option[at]
          if let kept {
            if here < never { here += moveCost }
            if kept.day == day, rooms == 1 || kept.room == room { here = min(here, keptOption[k]) }
          }
          guard here < never else {
            value[k * size + at] = never
            continue
          }
          here += (day - ideal) * (day - ideal) * scale
          var from: Int32 = -1
          if k == 0 {
            if let after = tandem.after {
              if day < after + low || day > after + high && excess == nil {
                value[at] = never
                continue
              }
              if let excess { here += excess * max(0, day - after - high) }
            }
            if let roomBefore = tandem.roomBefore, roomBefore != room { here += changeCost }
          } else {
            var before = window[at]
            from = windowFrom[at]
            if rooms > 1, best[day] + changeCost < before {
              before = best[day] + changeCost
              from = bestFrom[day]
            }
            guard before < never else {
              value[k * size + at] = never
              continue
            }
            here += before
          }
          value[k * size + at] = here
          cameFrom[k * size + at] = from
          if here < ending.total { ending = (here, at) }
        }
      }
      guard ending.state >= 0 else { break }
      reached = k + 1
      endings = ending
      firstBefore = first
      lastBefore = last
    }
    guard reached > 0 else { return sessions * PlanProblem.missingCost * scale }
    var state = endings.state
    for k in stride(from: reached - 1, through: 0, by: -1) {
      let day = state % days
      let room = state / days
      path.append((day, room))
      var stay = false
      if hasKept, k < tandem.kept.count, let kept = tandem.kept[k], kept.day == day,
        rooms == 1 || kept.room == room
      {
        stay = keptOption[k] <= (option[state] < never ? option[state] + moveCost : never)
      }
      stays.append(stay)
      state = Int(cameFrom[k * size + state])
    }
    path.reverse()
    stays.reverse()
    return endings.total + (sessions - reached) * PlanProblem.missingCost * scale
  }

  /// For each room and day, the least value of the session before over the days that the gap allows.
  private mutating func slideWindows(
    from base: Int, rooms: Int, before: ClosedRange<Int>, days range: ClosedRange<Int>, low: Int, high: Int,
    excess: Int?
  ) {
    let never = SessionProgram.never
    for room in 0..<rooms {
      let row = room * days
      var head = 0
      var tail = 0
      var next = before.lowerBound
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
}
