import Basics
internal import Calendars
internal import Programme
internal import Regions

/// What the answers to the earlier plan's invitations mean for the next plan: a declined time is taken, an accepted session
/// moves last of all, and a proposed time is tried first.
struct SessionAnswers {
  /// Another time for a session, by one who is invited.
  struct Proposal: Hashable {
    var person: PersonID
    var interval: MinuteInterval
  }

  /// Times that do not suit a person.
  private var busy: [PersonID: [MinuteInterval]] = [:]
  /// Times at which a room said no, by site and name.
  private var booked: [SiteKey: [String: [MinuteInterval]]] = [:]
  private var firm: Set<SessionID> = []
  private var proposals: [SessionID: [Proposal]] = [:]

  /// Of several answers of one attendee to the same invitation, the latest counts, whatever their order. An answer to an older
  /// sequence than the session's is none to this session; but a time that was declined, where the answer says which, does not
  /// suit later either.
  init(_ input: CohortInput) {
    guard !input.replies.isEmpty else { return }
    let sessions = Dictionary(input.previous.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    let tandems = TandemLookup(input.tandems)
    var declined: Set<SessionID> = []
    for reply in SessionAnswers.latest(input.replies) {
      guard let session = sessions[reply.session] else { continue }
      let isCurrent = reply.sequence >= session.sequence
      switch reply.answer {
      case .declined:
        if isCurrent { declined.insert(session.id) }
        if isCurrent, let person = reply.person, let wish = reply.wish {
          proposals[session.id, default: []].append(Proposal(person: person, interval: wish))
        }
        guard let interval = reply.interval ?? (isCurrent ? session.interval : nil) else { continue }
        if let person = reply.person {
          // Who declines 08:00 to 09:30 and wishes for 09:00 has time at 09:00.
          busy[person, default: []] += reply.wish.map { interval.without($0) } ?? [interval]
        } else if let mentee = tandems[session.tandem].flatMap({ input.people[$0.mentee] }) {
          let region = input.regions.first { $0.id == mentee.region }
          let site = SiteKey(
            region: mentee.region, site: region?.site(named: mentee.site)?.name ?? mentee.site)
          booked[site, default: [:]][session.place, default: []].append(interval)
        }
      case .accepted:
        if isCurrent, reply.person != nil { firm.insert(session.id) }
      case .countered:
        guard isCurrent, let person = reply.person, let interval = reply.interval else { continue }
        proposals[session.id, default: []].append(Proposal(person: person, interval: interval))
      case .tentative, .delegated, .undecided, .unconfirmed: break
      }
    }
    firm.subtract(declined)
    for (id, list) in proposals {
      let mentee = sessions[id].flatMap { tandems[$0.tandem]?.mentee }
      proposals[id] = list.sorted { a, b in
        let (left, right) = (a.person == mentee, b.person == mentee)
        return left == right ? (a.person, a.interval) < (b.person, b.interval) : left
      }
    }
  }

  private struct Invitation: Hashable {
    var session: SessionID
    var person: PersonID?
    var sequence: Int
  }

  private static func latest(_ replies: [SessionReply]) -> [SessionReply] {
    var places: [Invitation: Int] = [:]
    var latest: [SessionReply] = []
    // Neither decides anything, so neither takes back what was decided.
    for reply in replies where reply.answer != .undecided && reply.answer != .unconfirmed {
      let invitation = Invitation(session: reply.session, person: reply.person, sequence: reply.sequence)
      if let place = places[invitation] {
        if reply.stamp >= latest[place].stamp { latest[place] = reply }
      } else {
        places[invitation] = latest.count
        latest.append(reply)
      }
    }
    return latest
  }

  /// Whether somebody accepted the session as it stands, and nobody declined it.
  func isFirm(_ session: SessionID) -> Bool { firm.contains(session) }

  /// The mentee's before others'.
  func proposals(for session: SessionID) -> [Proposal] { proposals[session] ?? [] }

  /// Takes the times that were declined out of those who declined them.
  func keepFree(_ input: inout CohortInput) {
    for (person, intervals) in busy {
      input.busy[person] = (input.busy[person] ?? .none).union(BusyTime(intervals))
    }
    for (site, rooms) in booked {
      for (room, intervals) in rooms {
        let before = input.roomBookings[site]?[room] ?? .none
        input.roomBookings[site, default: [:]][room] = before.union(BusyTime(intervals))
      }
    }
  }
}

extension MinuteInterval {
  /// What of it lies before and after another.
  fileprivate func without(_ other: MinuteInterval) -> [MinuteInterval] {
    guard overlaps(other) else { return [self] }
    return [
      MinuteInterval(start: start, end: max(start, other.start)),
      MinuteInterval(start: min(end, other.end), end: end),
    ].filter { !$0.isEmpty }
  }
}

extension CohortPlanner {
  /// Puts each proposed time that every rule allows, with all else where it is, in the place of the session's own: it is then
  /// what the plan keeps. The others are told with the reason.
  mutating func takeProposals(into problem: inout PlanProblem) {
    for index in drafts.indices {
      for (k, number) in drafts[index].numbers.enumerated() {
        let id = SessionID(tandem: drafts[index].tandem.id, number: number)
        for proposal in answers.proposals(for: id) where drafts[index].proposed[number] == nil {
          switch place(of: proposal, index, k, in: problem) {
          case .success(let slot):
            drafts[index].proposed[number] = slot
            var kept = problem.tandems[index].kept
            if kept.isEmpty { kept = Array(repeating: nil, count: drafts[index].numbers.count) }
            kept[k] = slot
            problem.tandems[index].kept = kept
          case .failure(let refusal):
            plan.problems.append(
              Diagnostic(
                .warning,
                "the time that \(proposal.person) proposes for session \(id) cannot be: \(refusal.reason); others are "
                  + "told by `tandem-schedule move '\(id)'`", code: "proposal-refused"))
          }
        }
      }
    }
  }

  /// Tells what became of the proposals that were possible.
  mutating func tellProposals(_ draft: TandemDraft, _ slots: [PlanProblem.Slot]) {
    for (number, proposed) in draft.proposed.sorted(by: { $0.key < $1.key }) {
      let id = SessionID(tandem: draft.tandem.id, number: number)
      guard let at = draft.numbers.firstIndex(of: number), at < slots.count, slots[at] == proposed else {
        plan.problems.append(
          Diagnostic(
            .warning, "the time proposed for session \(id) had to yield to what changed beside it",
            code: "proposal-refused"))
        continue
      }
      plan.problems.append(
        Diagnostic(.note, "session \(id) takes the time that was proposed", code: "proposal-taken"))
    }
  }

  private struct Refusal: Error {
    var reason: String

    init(_ reason: String) { self.reason = reason }
  }

  private mutating func place(
    of proposal: SessionAnswers.Proposal, _ index: Int, _ k: Int, in problem: PlanProblem
  ) -> Result<PlanProblem.Slot, Refusal> {
    let draft = drafts[index]
    let (grid, tandem) = (draft.grid, problem.tandems[index])
    guard proposal.interval.length == grid.length else {
      return .failure(
        Refusal("it lasts \(proposal.interval.length) minutes, and sessions here last \(grid.length)"))
    }
    guard let (day, tick) = grid.place(of: proposal.interval.start), draft.span.contains(day) else {
      return .failure(
        Refusal("sessions begin every \(grid.step) minutes of a day from \(cohortDates(draft))"))
    }
    guard day >= draft.earliest else { return .failure(Refusal("it is past, or on too short notice")) }
    let bit = UInt64(1) << UInt64(tick)
    if draft.mentorStarts[day] & bit == 0 {
      return .failure(Refusal("mentor \(draft.mentor.id) is not free then"))
    }
    if draft.menteeStarts[day] & bit == 0 {
      return .failure(Refusal("mentee \(draft.mentee.id) is not free then"))
    }
    guard draft.openStarts[day] & bit != 0 else { return .failure(Refusal("it is past")) }
    let before = k > 0 ? tandem.kept.count > k - 1 ? tandem.kept[k - 1]?.day : nil : tandem.after
    let after = tandem.kept.count > k + 1 ? tandem.kept[k + 1]?.day : nil
    for gap in [before.map { day - $0 }, after.map { $0 - day }].compactMap({ $0 })
    where gap < tandem.gap.lowerBound || gap > tandem.gap.upperBound && tandem.excessGapCost == nil {
      return .failure(
        Refusal(
          "\(tandem.gap.lowerBound) to \(tandem.gap.upperBound) days must lie between two sessions, not \(gap)"
        ))
    }
    for person in [draft.mentor, draft.mentee]
    where hasOther(person, at: proposal.interval, index, k, problem) {
      return .failure(Refusal("\(person.id) has another session on that day"))
    }
    guard draft.site != nil else { return .success(PlanProblem.Slot(day: day, tick: tick)) }
    guard let room = room(at: day, tick, index, k, in: problem) else {
      return .failure(Refusal("no room of \(draft.mentee.site) is free then"))
    }
    return .success(PlanProblem.Slot(day: day, tick: tick, room: room))
  }

  private func cohortDates(_ draft: TandemDraft) -> String {
    "\(draft.grid.first.adding(days: draft.span.lowerBound)) to "
      + "\(draft.grid.first.adding(days: draft.span.upperBound - 1))"
  }

  /// Whether another session that is kept falls on the person's own day.
  private mutating func hasOther(
    _ person: Person, at interval: MinuteInterval, _ index: Int, _ k: Int, _ problem: PlanProblem
  ) -> Bool {
    guard let zone = frame.zone(person.timeZone) else { return false }
    let date = zone.local(minute: interval.start).date
    for (other, draft) in drafts.enumerated()
    where draft.mentor.id == person.id || draft.mentee.id == person.id {
      for (j, kept) in problem.tandems[other].kept.enumerated() where other != index || j != k {
        guard let kept, let start = draft.grid.minute(day: kept.day, tick: kept.tick) else { continue }
        if zone.local(minute: start).date == date { return true }
      }
    }
    return false
  }

  /// The session's own room, else the first, that neither bookings nor another kept session take.
  private func room(at day: Int, _ tick: Int, _ index: Int, _ k: Int, in problem: PlanProblem) -> Int? {
    let tandem = problem.tandems[index]
    guard let pool = tandem.pool else { return nil }
    let wanted = Occupancy.ticks(from: tick, count: min(tandem.ticks, 64 - tick))
    let own = tandem.kept.count > k ? tandem.kept[k]?.room : nil
    let rooms = Array(problem.pools[pool].taken.indices)
    return ((own.map { [$0] } ?? []) + rooms).first { room in
      guard problem.pools[pool].taken[room][day] & wanted == 0 else { return false }
      return !problem.tandems.enumerated().contains { other, tandem in
        tandem.pool == pool
          && tandem.kept.enumerated().contains { j, kept in
            guard let kept, other != index || j != k, kept.day == day, kept.room == room else { return false }
            return Occupancy.ticks(from: kept.tick, count: min(tandem.ticks, 64 - kept.tick)) & wanted != 0
          }
      }
    }
  }
}
