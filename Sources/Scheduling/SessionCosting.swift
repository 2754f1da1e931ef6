import Basics
internal import Calendars
internal import Programme
internal import Regions

/// What a tandem's sessions cost by the region's settings: in parts for a record, and as tables for the solver. The parts and
/// their sum are those of Benchmarks/schedule/OBJECTIVE.md.
extension TandemDraft {
  /// The weekday and the wall time at which a tandem meets as a rule.
  struct Home: Hashable {
    /// Monday is 0.
    var weekday: Int
    /// Minutes since midnight.
    var minute: Int
  }

  /// Where these sessions are most often; nil: there are none.
  func home(of sessions: some Sequence<Session>) -> Home? {
    var weekdays: [Int: Int] = [:]
    var minutes: [Int: Int] = [:]
    for session in sessions {
      let local = grid.zone.local(minute: session.start.minute)
      weekdays[local.date.weekday.index, default: 0] += 1
      minutes[local.minute, default: 0] += 1
    }
    guard let weekday = weekdays.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
      let minute = minutes.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })
    else { return nil }
    return Home(weekday: weekday.key, minute: minute.key)
  }

  /// What the hours of a session cost, its day aside. Minutes since midnight, on the grid's clock.
  private func hours(from start: Int, to end: Int, isFriday: Bool) -> SessionCost {
    let settings = settings.scheduling
    let weights = settings.weights
    var cost = SessionCost()
    switch mentee.preferredHalf ?? settings.preferredHalf {
    case .morning: if end > settings.lunch.start { cost.half = weights.halfDay }
    case .afternoon: if start < settings.lunch.end { cost.half = weights.halfDay }
    case nil: break
    }
    if !settings.best.contains(where: { $0.start <= start && end <= $0.end }) { cost.hours = weights.hours }
    if start < settings.early { cost.early = weights.early }
    if end > settings.late { cost.late = weights.late }
    if start < settings.lunch.end, end > settings.lunch.start { cost.lunch = weights.lunch }
    if isFriday, let late = settings.friday, end > late { cost.friday = weights.friday }
    return cost
  }

  /// For each of the two, whether something of theirs is right before, and right after.
  private func meetings(beside interval: MinuteInterval) -> [Bool] {
    let buffer = settings.scheduling.buffer
    return [rules.mentor, rules.mentee].flatMap { attendee in
      [
        attendee.busy.overlaps(MinuteInterval(start: interval.start - buffer, end: interval.start)),
        attendee.busy.overlaps(MinuteInterval(start: interval.end, end: interval.end + buffer)),
      ]
    }
  }

  /// What a session costs in all, the load of its day aside.
  ///
  /// - Parameters:
  ///   - before: the day of the session before; nil: there is none.
  ///   - home: where the tandem meets as a rule; nil: anywhere.
  func cost(
    of interval: MinuteInterval, number: Int, after before: Int?, changesRoom: Bool, home: Home?
  ) -> SessionCost {
    let (date, start) = grid.zone.local(minute: interval.start)
    let (day, ideal) = (date.days(since: grid.first), ideal(number))
    let weights = settings.scheduling.weights
    var cost = hours(from: start, to: start + interval.length, isFriday: date.weekday == .friday)
    cost.day = (day - ideal) * (day - ideal)
    if let before, rules.frame.softUpperGap {
      cost.gap = weights.gap * max(0, day - before - rules.frame.gap.upperBound)
    }
    if let home {
      if date.weekday.index != home.weekday { cost.weekday = weights.weekday }
      if start != home.minute { cost.time = weights.time }
    }
    cost.buffer = weights.buffer * meetings(beside: interval).count { $0 }
    if dayCosts.indices.contains(day) { cost.avoid = dayCosts[day] }
    if changesRoom { cost.room = weights.roomChange }
    return cost
  }

  /// The same as the solver sees it: where sessions may start, and what that costs.
  func length(_ starts: [UInt64], on grid: StartGrid) -> PlanProblem.Length {
    let costs = (0..<SessionGrid.most).map { tick in
      let start = grid.origin + tick * grid.step
      let plain = hours(from: start, to: start + grid.length, isFriday: false).total
      return (plain, friday: hours(from: start, to: start + grid.length, isFriday: true).total - plain)
    }
    var length = PlanProblem.Length(
      ticks: grid.sessionTicks, starts: starts, tickCost: costs.map(\.0))
    length.fridayCost = costs.map(\.friday)
    length.besideCost = settings.scheduling.weights.buffer
    guard length.besideCost > 0 else { return length }
    length.beside = Array(repeating: Array(repeating: 0, count: starts.count), count: 4)
    for day in starts.indices {
      var left = starts[day]
      while left != 0 {
        let tick = left.trailingZeroBitCount
        left &= left - 1
        guard let start = grid.minute(day: day, tick: tick) else { continue }
        let meetings = meetings(beside: MinuteInterval(start: start, end: start + grid.length))
        for (at, isThere) in meetings.enumerated() where isThere {
          length.beside[at][day] |= 1 << UInt64(tick)
        }
      }
    }
    return length
  }

  /// The home's costs, and what is fixed already.
  var regularity: PlanProblem.Regularity {
    let weights = settings.scheduling.weights
    var regularity = PlanProblem.Regularity(weekdayCost: weights.weekday, startCost: weights.time)
    let fixed = fixed.filter(\.counts) + agreed
    guard !fixed.isEmpty else { return regularity }
    regularity.fixedWeekdays = Array(repeating: 0, count: 7)
    regularity.fixedTicks = Array(repeating: 0, count: SessionGrid.most)
    for session in fixed {
      regularity.fixedWeekdays[session.start.date.weekday.index] += 1
      if let (_, tick) = grid.place(of: session.start.minute) { regularity.fixedTicks[tick] += 1 }
    }
    return regularity
  }
}
