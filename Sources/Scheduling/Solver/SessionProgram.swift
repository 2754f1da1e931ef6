import Basics

/// The exact dynamic programme of one tandem: which day, and which room, for each of its sessions.
///
/// D_k(w, r) = (w − ideal_k)² + option(w, r) + min(min over w' of D_{k−1}(w', r), change + min over w', r' of D_{k−1}(w', r')),
/// w' in the window [w − upper gap, w − lower gap]: its minimum slides (a monotone queue), so a tandem takes
/// O(sessions × days × rooms). The days of session k are first narrowed to `reach` either side of its ideal: no
/// part of the cost is negative, so a narrowed optimum of at most (reach + 1)² is the optimum; else its root is a reach that
/// is enough. Moves and missing sessions that no plan avoids are left out of that account.
///
/// A workspace: kept between calls, so that none allocates. Nine tenths of a search are spent in these loops.
final class SessionProgram {
  /// More than any sum of costs, and far from overflow when a few are added.
  static let never = Int.max / 8

  private let days: Int
  /// What a day costs in a room beside its distance from the ideal: room × days + day; `never` where it cannot be.
  let option: Cells<Int>
  /// The start behind each option.
  let tick: Cells<Int>
  /// By session: what its earlier place costs where it still holds, else `never`.
  var keptOption: [Int] = []
  /// The answer: day, room of each session that could be placed.
  private(set) var path: [(day: Int, room: Int)] = []
  /// Whether the session keeps its place.
  private(set) var stays: [Bool] = []

  /// D, and the state it came from: session × rooms × days + room × days + day.
  private let value: Cells<Int>
  private let cameFrom: Cells<Int32>
  /// The least D of the session before over the window, in each room, and over all rooms.
  private let window: Cells<Int>
  private let windowFrom: Cells<Int32>
  private let best: Cells<Int>
  private let bestFrom: Cells<Int32>
  private let queue: Cells<Int>

  init(days: Int, rooms: Int, sessions: Int) {
    self.days = days
    let size = max(1, days * max(1, rooms))
    option = Cells(repeating: SessionProgram.never, count: size)
    tick = Cells(repeating: 0, count: size)
    value = Cells(repeating: SessionProgram.never, count: size * max(1, sessions))
    cameFrom = Cells(repeating: -1, count: size * max(1, sessions))
    window = Cells(repeating: SessionProgram.never, count: size)
    windowFrom = Cells(repeating: -1, count: size)
    best = Cells(repeating: SessionProgram.never, count: days)
    bestFrom = Cells(repeating: -1, count: days)
    queue = Cells(repeating: 0, count: days)
  }

  /// The least objective, times `scale`; the options are given in the scaled unit already.
  ///
  /// - Parameters:
  ///   - expected: about what it will cost above the floor, unscaled: a good guess saves the second look.
  ///   - floor: what its moves and missing sessions cost at least, unscaled.
  func solve(
    _ tandem: PlanProblem.Tandem, rooms: Int, changeCost: Int, scale: Int = 1, expected: Int = 100,
    floor: Int = 0
  ) -> Int {
    var reach = max(4, SessionProgram.root(expected))
    while true {
      let total = solve(tandem, rooms: rooms, changeCost: changeCost, scale: scale, reach: reach)
      let above = total - floor * scale
      if reach >= days || above <= (reach + 1) * (reach + 1) * scale { return total }
      reach = max(reach + 1, min(days, SessionProgram.root((above + scale - 1) / scale)))
    }
  }

  /// The greatest whole number whose square is at most `number`.
  private static func root(_ number: Int) -> Int {
    guard number > 0 else { return 0 }
    var root = Int(Double(number).squareRoot())
    while root * root > number { root -= 1 }
    while (root + 1) * (root + 1) <= number { root += 1 }
    return root
  }

  private func solve(
    _ tandem: PlanProblem.Tandem, rooms: Int, changeCost: Int, scale: Int, reach: Int
  ) -> Int {
    let never = SessionProgram.never
    let sessions = tandem.ideals.count
    let size = rooms * days
    path.removeAll(keepingCapacity: true)
    stays.removeAll(keepingCapacity: true)
    guard sessions > 0 else { return 0 }
    var reached = 0
    var endings: (total: Int, state: Int) = (never, -1)
    var before = 0...0
    for k in 0..<sessions {
      let ideal = tandem.ideals[k]
      let first = max(0, ideal - reach)
      let last = min(days - 1, ideal + reach)
      guard first <= last else { break }
      if k == 0 {
        begin(tandem, rooms: rooms, changeCost: changeCost, scale: scale, days: first...last)
      } else {
        slideWindows(
          from: (k - 1) * size, rooms: rooms, before: before, days: first...last, gap: tandem.gap,
          excess: tandem.excessGapCost.map { $0 * scale })
        if rooms > 1 { changeRooms(rooms: rooms, changeCost: changeCost, days: first...last) }
      }
      let kept = k < tandem.kept.count ? tandem.kept[k] : nil
      let moveCost = tandem.moveCost(k) * scale
      var ending: (total: Int, state: Int) = (never, -1)
      for room in 0..<rooms {
        for day in first...last {
          let at = room * days + day
          var here = option[at]
          if let kept {
            if here < never { here += moveCost }
            if kept.day == day, rooms == 1 || kept.room == room { here = min(here, keptOption[k]) }
          }
          let before = window[at]
          guard here < never, before < never else {
            value[k * size + at] = never
            continue
          }
          here += (day - ideal) * (day - ideal) * scale + before
          value[k * size + at] = here
          cameFrom[k * size + at] = windowFrom[at]
          if here < ending.total { ending = (here, at) }
        }
      }
      guard ending.state >= 0 else { break }
      reached = k + 1
      endings = ending
      before = first...last
    }
    guard reached > 0 else { return sessions * PlanProblem.missingCost * scale }
    trace(tandem, from: endings.state, sessions: reached, rooms: rooms, scale: scale)
    return endings.total + (sessions - reached) * PlanProblem.missingCost * scale
  }

  /// Finds the days and rooms of the answer, from the last session back to the first.
  private func trace(
    _ tandem: PlanProblem.Tandem, from end: Int, sessions reached: Int, rooms: Int, scale: Int
  ) {
    var state = end
    for k in stride(from: reached - 1, through: 0, by: -1) {
      let (room, day) = state.quotientAndRemainder(dividingBy: days)
      path.append((day, room))
      var stay = false
      if k < tandem.kept.count, let kept = tandem.kept[k], kept.day == day,
        rooms == 1 || kept.room == room
      {
        let moveCost = tandem.moveCost(k) * scale
        stay = keptOption[k] <= (option[state] < Self.never ? option[state] + moveCost : Self.never)
      }
      stays.append(stay)
      state = Int(cameFrom[k * rooms * days + state])
    }
    path.reverse()
    stays.reverse()
  }

  /// What the first session costs for the sake of a fixed one before it.
  private func begin(
    _ tandem: PlanProblem.Tandem, rooms: Int, changeCost: Int, scale: Int, days range: ClosedRange<Int>
  ) {
    for room in 0..<rooms {
      var cost = 0
      if let roomBefore = tandem.roomBefore, roomBefore != room { cost = changeCost }
      for day in range {
        window[room * days + day] = cost
        windowFrom[room * days + day] = -1
        guard let after = tandem.after else { continue }
        let late = day - after - tandem.gap.upperBound
        if day < after + tandem.gap.lowerBound || late > 0 && tandem.excessGapCost == nil {
          window[room * days + day] = SessionProgram.never
        } else if late > 0, let excess = tandem.excessGapCost {
          window[room * days + day] += excess * late * scale
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
