internal import Calendars
package import Programme
internal import Regions

/// Other times for one session, on short notice: the rest of the plan stays as it is.
package struct SessionAlternatives: Sendable {
  package struct Alternative: Hashable, Sendable {
    /// The session as it would be: its times, place, cost, and sequence.
    package var session: Session
    /// Days from the session before and to the session after; nil: there is none.
    package var daysAfter: Int?
    package var daysBefore: Int?
  }

  /// The best first.
  package private(set) var alternatives: [Alternative] = []
  /// Why there are none, or fewer than asked for.
  package private(set) var reason = ""

  /// Checks every start of the cohort that is still to come against all hard rules, with every other session of the plan in
  /// its place: the least cost first, then the earliest. The best start of each day comes before a second one of any day,
  /// and two of one day do not overlap: whoever is busy at ten is seldom free at half past. O(days × starts × rooms).
  ///
  /// - Parameter input: the plan as `previous`, those of other cohorts among the commitments; `now`: the time of asking,
  ///   before which nothing is offered. A region's notice holds for a first session alone.
  /// - Throws: `SchedulingError.session` where it cannot be moved at all.
  package init(to session: Session, count: Int, in given: CohortInput) throws(SchedulingError) {
    guard let tandem = given.tandems.first(where: { $0.id == session.tandem }) else {
      throw .session(
        session.id.text, "its tandem is not on the stream; pass the tandem records on with the sessions")
    }
    var input = given
    input.previous = []
    let lookup = TandemLookup(given.tandems)
    let others = given.previous.filter { $0.id != session.id && $0.counts }
    input.commitments += others.map { CohortInput.Commitment($0, of: lookup.people(of: $0.tandem) ?? []) }
    for other in others {
      guard let mentee = lookup[other.tandem].flatMap({ given.people[$0.mentee] }) else { continue }
      input.book(BusyTime([other.interval]), other.place, of: input.site(of: mentee))
    }
    var draft = try CohortPlanner.draft(tandem, in: input)
    draft.coming[session.number] = session
    let own = others.filter { $0.tandem == session.tandem }
    let search = AlternativeSearch(
      draft: draft, session: session,
      before: own.filter { $0.number < session.number }.max { $0.number < $1.number },
      after: own.filter { $0.number > session.number }.min { $0.number < $1.number })
    alternatives = SessionAlternatives.spread(search.all(), count)
    if alternatives.isEmpty { reason = search.reason }
  }

  /// The best of each day; then, while there are too few, what does not overlap those.
  private static func spread(_ all: [Alternative], _ count: Int) -> [Alternative] {
    var chosen: [Alternative] = []
    var days: Set<LocalDate> = []
    for candidate in all where chosen.count < count && days.insert(candidate.session.start.date).inserted {
      chosen.append(candidate)
    }
    for candidate in all where chosen.count < count {
      let overlaps = chosen.contains {
        $0.session.start < candidate.session.end && candidate.session.start < $0.session.end
      }
      if !overlaps { chosen.append(candidate) }
    }
    return chosen.sorted(by: precedes)
  }

  fileprivate static func precedes(_ a: Alternative, _ b: Alternative) -> Bool {
    let (left, right) = (a.session.cost.total, b.session.cost.total)
    return left == right ? a.session.start < b.session.start : left < right
  }
}

/// One look over the cohort's days.
private struct AlternativeSearch {
  var draft: TandemDraft
  var session: Session
  var before: Session?
  var after: Session?

  private var rules: SessionRules { draft.rules }
  private var neighbours: SessionRules.Neighbours { (before.map(day), after.map(day)) }
  /// The days that the sessions before and after leave.
  private var days: [Int] { rules.days(number: session.number, beside: neighbours) }

  private func day(_ session: Session) -> Int { draft.grid.day(of: session.start.minute) }

  func all() -> [SessionAlternatives.Alternative] {
    let (tickCosts, openStarts) = (draft.tickCosts(), rules.openStarts)
    var found: [SessionAlternatives.Alternative] = []
    for day in days {
      for tick in 0..<SessionGrid.most where openStarts[day] >> UInt64(tick) & 1 == 1 {
        guard let start = draft.grid.minute(day: day, tick: tick), start != session.start.minute else {
          continue
        }
        let interval = MinuteInterval(start: start, end: start + draft.grid.length)
        guard rules.faults(of: interval, number: session.number, beside: neighbours).isEmpty else { continue }
        let place = place(from: start)
        var moved = session
        moved.start = draft.grid.zone.timestamp(minute: interval.start)
        moved.end = draft.grid.zone.timestamp(minute: interval.end)
        moved.timeZone = draft.key.zone
        moved.place = place
        moved.sequence += 1
        moved.status = .planned
        moved.cost = draft.cost(
          tickCosts[tick], day: day, number: session.number, after: before.map(self.day),
          changesRoom: rules.rooms != nil && before.map { $0.place != place } ?? false)
        found.append(
          SessionAlternatives.Alternative(
            session: moved, daysAfter: before.map { day - self.day($0) },
            daysBefore: after.map { self.day($0) - day }))
      }
    }
    return found.sorted(by: SessionAlternatives.precedes)
  }

  /// Of the free rooms that of the session before, else the session's own, else the first; the office, where no room is wanted.
  private func place(from start: Int) -> String {
    let free = rules.freeRooms(from: start)
    return [before?.place, session.place].compactMap { $0 }.first(where: free.contains) ?? free.first
      ?? SchedulingSettings.Place.office.rawValue
  }

  var reason: String {
    let days = self.days
    guard let first = days.first, let last = days.last else {
      return "no day is left between the sessions beside it: \(SessionFault.gapRule(rules.frame.gap))"
    }
    let dates = "between \(draft.grid.first.adding(days: first)) and \(draft.grid.first.adding(days: last))"
    for attendee in [rules.mentee, rules.mentor] where days.allSatisfy({ attendee.starts[$0] == 0 }) {
      return "\(attendee.part.rawValue) \(attendee.person) has no free time \(dates)"
    }
    let open = rules.openStarts
    if days.allSatisfy({ open[$0] == 0 }) {
      return "mentor \(draft.mentor.id) and mentee \(draft.mentee.id) are not free together \(dates)"
    }
    return rules.rooms.map { "no room of \($0.site) is free when the two are, \(dates)" }
      ?? "no other time is free \(dates)"
  }
}

extension CohortPlanner {
  /// One tandem of the input as planning sees it.
  fileprivate static func draft(
    _ tandem: Tandem, in input: CohortInput
  ) throws(SchedulingError) -> TandemDraft {
    var planner = try CohortPlanner(input)
    do throws(DraftError) {
      return try planner.draft(tandem)
    } catch {
      switch error {
      case .grid(let error): throw error
      case .record(let reason): throw .session(tandem.id.text, reason)
      }
    }
  }
}
