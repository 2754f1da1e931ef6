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
  /// its place: the least cost first, then the earliest. Where fewer are asked for than there are, the best start of each day
  /// comes before a second one of any day. O(days × starts × rooms).
  ///
  /// - Parameters:
  ///   - length: minutes; nil: as long as the session is.
  ///   - input: the plan as `previous`, those of other cohorts among the commitments; `now`: the time of asking,
  ///     before which nothing is offered. A region's notice holds for a first session alone.
  /// - Throws: `SchedulingError.session` where it cannot be moved at all.
  package init(
    to session: Session, count: Int, length: Int? = nil, in given: CohortInput
  ) throws(SchedulingError) {
    let search = try SessionPlacement(of: session, length: length ?? session.interval.length, in: given)
    alternatives = SessionAlternatives.spread(search.all(), count)
    if alternatives.isEmpty { reason = search.reason }
  }

  /// The best of each day; then, while there are too few, the best of all others.
  private static func spread(_ all: [Alternative], _ count: Int) -> [Alternative] {
    guard count < all.count else { return all }
    var days: Set<LocalDate> = []
    var (first, rest): ([Alternative], [Alternative]) = ([], [])
    for candidate in all {
      if days.insert(candidate.session.start.date).inserted {
        first.append(candidate)
      } else {
        rest.append(candidate)
      }
    }
    return Array((first + rest).prefix(count)).sorted(by: precedes)
  }

  fileprivate static func precedes(_ a: Alternative, _ b: Alternative) -> Bool {
    let (left, right) = (a.session.cost.total, b.session.cost.total)
    return left == right ? a.session.start < b.session.start : left < right
  }
}

/// Where one session may be while the rest of the plan stays as it is.
package struct SessionPlacement: Sendable {
  private let draft: TandemDraft
  private let session: Session
  /// The tandem's other sessions.
  private let own: [Session]
  /// Minutes.
  private let usualLength: Int
  private let isAway: @Sendable (MinuteInterval) -> Bool

  /// - Parameters:
  ///   - session: with its present time, or of a new one any.
  ///   - given: as of `SessionAlternatives`.
  /// - Throws: `SchedulingError.session` where the records do not say enough.
  package init(of session: Session, length: Int, in given: CohortInput) throws(SchedulingError) {
    guard let tandem = given.tandems.first(where: { $0.id == session.tandem }) else {
      throw .session(
        session.id.text, "its tandem is not on the stream; pass the tandem records on with the sessions")
    }
    var input = given
    input.previous = []
    input.replies = []
    input.length = length
    let lookup = TandemLookup(given.tandems)
    let others = given.previous.filter { $0.id != session.id && $0.counts }
    input.commitments += others.map { CohortInput.Commitment($0, of: lookup.people(of: $0.tandem) ?? []) }
    for other in others {
      guard let mentee = lookup[other.tandem].flatMap({ given.people[$0.mentee] }) else { continue }
      input.book(BusyTime([other.interval]), other.place, of: input.site(of: mentee))
    }
    var draft = try CohortPlanner.draft(tandem, in: input)
    // The ideal days of a plan that is there stay.
    draft.coming[session.number] = session
    (self.draft, self.session) = (draft, session)
    own = others.filter { $0.tandem == session.tandem }
    let site = draft.region.site(named: draft.mentee.site)?.name
    usualLength = draft.region.at(site: site, cohort: given.cohort).frame.length
    let people = [tandem.mentor, tandem.mentee]
    isAway = { given.isAway(people, during: $0) }
  }

  private var rules: SessionRules { draft.rules }

  private func day(_ session: Session) -> Int { draft.grid.day(of: session.start.minute) }

  private func neighbours(of interval: MinuteInterval) -> (before: Session?, after: Session?) {
    rules.neighbours(of: interval, among: own)
  }

  private func faults(of interval: MinuteInterval, among times: SessionRules.Times) -> [SessionFault] {
    rules.faults(
      of: interval, among: times, number: session.number, beside: rules.days(of: neighbours(of: interval)))
      + holeFaults(leftFor: interval)
  }

  /// What is wrong with the days between the sessions that it was between, where it takes place before or after both; what is
  /// past is no reason.
  private func holeFaults(leftFor interval: MinuteInterval) -> [SessionFault] {
    let (before, after) = neighbours(of: session.interval)
    guard session.isOpen, let before, let after, after.start.minute > rules.now?.minute ?? .min,
      neighbours(of: interval).before?.id != before.id
    else { return [] }
    return rules.frame.gapFault(day(after) - day(before)).map { [$0] } ?? []
  }

  /// The session at any time, and all that speaks against it.
  package func place(
    at interval: MinuteInterval
  ) -> (alternative: SessionAlternatives.Alternative, faults: [SessionFault]) {
    var alternative = alternative(at: interval)
    alternative.session.agreed = isAway(interval) ? .whileAway : .yes
    return (alternative, faults(of: interval, among: .any))
  }

  fileprivate func all() -> [SessionAlternatives.Alternative] {
    let openStarts = rules.openStarts
    var found: [SessionAlternatives.Alternative] = []
    for day in rules.comingDays {
      for tick in 0..<SessionGrid.most where openStarts[day] >> UInt64(tick) & 1 == 1 {
        guard let start = draft.grid.minute(day: day, tick: tick) else { continue }
        let interval = MinuteInterval(start: start, end: start + draft.grid.length)
        guard interval != session.interval, faults(of: interval, among: .planned).isEmpty else { continue }
        var alternative = alternative(at: interval)
        // The plan keeps another length than its own only where people agreed on it.
        alternative.session.agreed = draft.grid.length == usualLength ? nil : .yes
        found.append(alternative)
      }
    }
    return found.sorted(by: SessionAlternatives.precedes)
  }

  private func alternative(at interval: MinuteInterval) -> SessionAlternatives.Alternative {
    let (before, after) = neighbours(of: interval)
    let day = draft.grid.day(of: interval.start)
    let place = place(during: interval, after: before)
    var moved = session
    moved.start = draft.grid.zone.timestamp(minute: interval.start)
    moved.end = draft.grid.zone.timestamp(minute: interval.end)
    moved.timeZone = draft.key.zone
    moved.place = place
    moved.sequence += 1
    moved.status = .planned
    moved.reason = nil
    moved.cost = draft.cost(
      of: interval, number: session.number, after: before.map(self.day),
      changesRoom: rules.rooms != nil && before.map { $0.place != place } ?? false, home: draft.home(of: own))
    return SessionAlternatives.Alternative(
      session: moved, daysAfter: before.map { day - self.day($0) },
      daysBefore: after.map { self.day($0) - day })
  }

  /// Of the free rooms that of the session before, else the session's own, else the first; the office, where no room is wanted.
  private func place(during interval: MinuteInterval, after before: Session?) -> String {
    let free = rules.freeRooms(during: interval)
    return [before?.place, session.place].compactMap { $0 }.first(where: free.contains) ?? free.first
      ?? SchedulingSettings.Place.office.rawValue
  }

  fileprivate var reason: String {
    let open = rules.openStarts
    let days = rules.comingDays.filter { day in
      let interval = MinuteInterval(start: draft.grid.instant(day: day, tick: 0), end: .max)
      return rules.dayFaults(
        on: day, number: session.number, beside: rules.days(of: neighbours(of: interval))
      )
      .isEmpty
    }
    guard let first = days.first, let last = days.last else {
      return "no day is left between the sessions beside it: \(SessionFault.gapRule(rules.frame.gap))"
    }
    let dates = "between \(draft.grid.first.adding(days: first)) and \(draft.grid.first.adding(days: last))"
    for attendee in [rules.mentee, rules.mentor] where days.allSatisfy({ attendee.starts[$0] == 0 }) {
      return "\(attendee.part.rawValue) \(attendee.person) has no free time \(dates)"
    }
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
