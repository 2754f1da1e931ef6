internal import Calendars
package import Programme
internal import Regions

/// Other times for one session, on short notice: all else of the plan stays where it is.
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

  /// Every start of the cohort that is still to come is held against all hard rules with every other session of the plan in
  /// its place: the least cost first, then the earliest. The best start of each day is told before a second one of any day,
  /// and two of one day do not overlap: somebody who cannot at ten seldom can at half past ten. O(days × starts × rooms).
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
    var draft = try CohortPlanner.draft(tandem, in: input)
    draft.coming[session.number] = session
    let own = others.filter { $0.tandem == session.tandem }
    let search = AlternativeSearch(
      draft: draft, session: session,
      before: own.filter { $0.number < session.number }.max { $0.number < $1.number },
      after: own.filter { $0.number > session.number }.min { $0.number < $1.number }, now: input.now,
      booked: SessionAlternatives.bookings(draft, others, input))
    alternatives = SessionAlternatives.spread(search.all(), count)
    if alternatives.isEmpty { reason = search.reason }
  }

  /// By room: when its own calendar or another session takes it.
  private static func bookings(
    _ draft: TandemDraft, _ others: [Session], _ input: CohortInput
  ) -> [String: BusyTime] {
    guard let site = draft.site else { return [:] }
    let lookup = TandemLookup(input.tandems)
    var booked = input.roomBookings[site] ?? [:]
    for other in others {
      guard let mentee = lookup[other.tandem].flatMap({ input.people[$0.mentee] }),
        mentee.region == site.region,
        mentee.site == draft.mentee.site
      else { continue }
      booked[other.place] = (booked[other.place] ?? .none).union(BusyTime([other.interval]))
    }
    return booked
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
  var now: Timestamp?
  var booked: [String: BusyTime]

  private func day(_ session: Session) -> Int {
    draft.grid.zone.local(minute: session.start.minute).date.days(since: draft.grid.first)
  }

  /// The days that the sessions before and after leave.
  private var days: Range<Int> {
    let gap = draft.settings.frame.gap
    let isSoft = draft.settings.frame.softUpperGap
    var (first, last) = (draft.span.lowerBound, draft.span.upperBound - 1)
    if let now {
      let today = draft.grid.zone.local(minute: now.minute).date.days(since: draft.grid.first)
      first = max(first, session.number == 1 ? draft.earliest : today)
    }
    if let before {
      first = max(first, day(before) + gap.lowerBound)
      if !isSoft { last = min(last, day(before) + gap.upperBound) }
    }
    if let after {
      last = min(last, day(after) - gap.lowerBound)
      if !isSoft { first = max(first, day(after) - gap.upperBound) }
    }
    return first..<max(first, last + 1)
  }

  func all() -> [SessionAlternatives.Alternative] {
    let tickCosts = draft.tickCosts()
    let ideal = draft.ideal(session.number - 1)
    let gap = draft.settings.frame.gap
    let weight = draft.settings.frame.softUpperGap ? draft.settings.scheduling.gapWeight : 0
    var found: [SessionAlternatives.Alternative] = []
    for day in days where draft.openStarts.indices.contains(day) {
      for tick in 0..<64 where draft.openStarts[day] & 1 << UInt64(tick) != 0 {
        guard let start = draft.grid.minute(day: day, tick: tick), start != session.start.minute,
          let place = place(MinuteInterval(start: start, end: start + draft.grid.length))
        else { continue }
        var cost = tickCosts[tick]
        cost.day = (day - ideal) * (day - ideal)
        if let before { cost.day += weight * max(0, day - self.day(before) - gap.upperBound) }
        cost.room = place.changes * draft.settings.scheduling.roomChangeWeight
        var moved = session
        moved.start = draft.grid.zone.timestamp(minute: start)
        moved.end = draft.grid.zone.timestamp(minute: start + draft.grid.length)
        moved.timeZone = draft.key.zone
        moved.place = place.name
        moved.sequence += 1
        moved.status = .moved
        moved.cost = cost
        found.append(
          SessionAlternatives.Alternative(
            session: moved, daysAfter: before.map { day - self.day($0) },
            daysBefore: after.map { self.day($0) - day }))
      }
    }
    return found.sorted(by: SessionAlternatives.precedes)
  }

  /// The free room with the fewest changes from and to the sessions beside it; the office, where no room is wanted.
  private func place(_ interval: MinuteInterval) -> (name: String, changes: Int)? {
    guard draft.site != nil else { return (SchedulingSettings.Place.office.rawValue, 0) }
    let free = draft.rooms.map(\.name).filter { booked[$0]?.overlaps(interval) != true }
    let changes = free.map { name in
      (name, before.map { $0.place == name ? 0 : 1 } ?? 0)
    }
    return changes.min { a, b in
      // Among equals the session's own room, then by name.
      (a.1, a.0 == session.place ? 0 : 1) < (b.1, b.0 == session.place ? 0 : 1)
    }
  }

  var reason: String {
    let days = self.days
    let gap = draft.settings.frame.gap
    if days.isEmpty {
      return
        "no day is left between the sessions beside it: \(gap.lowerBound) to \(gap.upperBound) days must lie "
        + "between two sessions"
    }
    let first = draft.grid.first.adding(days: days.lowerBound)
    let last = draft.grid.first.adding(days: days.upperBound - 1)
    let here = days.filter { draft.openStarts.indices.contains($0) }
    if here.allSatisfy({ draft.menteeStarts[$0] == 0 }) {
      return "mentee \(draft.mentee.id) has no free time between \(first) and \(last)"
    }
    if here.allSatisfy({ draft.mentorStarts[$0] == 0 }) {
      return "mentor \(draft.mentor.id) has no free time between \(first) and \(last)"
    }
    if here.allSatisfy({ draft.openStarts[$0] == 0 }) {
      return
        "mentor \(draft.mentor.id) and mentee \(draft.mentee.id) are not free together between \(first) and "
        + "\(last)"
    }
    return draft.site == nil
      ? "no other time is free between \(first) and \(last)"
      : "no room of \(draft.mentee.site) is free when the two are, between \(first) and \(last)"
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
