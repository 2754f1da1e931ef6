import Basics
internal import Calendars
internal import Programme
internal import Regions

/// What the answers to the earlier plan's invitations mean for the next plan: a declined time counts as busy, an accepted
/// session moves last of all, and a proposed time is tried first.
struct SessionAnswers {
  /// Another time for a session, by one who is invited.
  struct Proposal: Hashable {
    var person: PersonID
    var interval: MinuteInterval
  }

  /// Times at which a person cannot come.
  private var busy: [PersonID: [MinuteInterval]] = [:]
  /// Times that a room declined, by site and name.
  private var booked: [SiteKey: [String: [MinuteInterval]]] = [:]
  private var firm: Set<SessionID> = []
  private var proposals: [SessionID: [Proposal]] = [:]

  /// Of several answers of one attendee to the same invitation, the latest counts, whatever their order. An answer to an older
  /// sequence than the session's is none to this session; but a time that was declined, where the answer says which, does not
  /// suit later either.
  init(_ input: CohortInput) {
    guard !input.replies.isEmpty else { return }
    let sessions = input.previous.latest(by: \.id)
    let tandems = TandemLookup(input.tandems)
    var declined: Set<SessionID> = []
    for reply in SessionAnswers.latest(input.replies) {
      guard let session = reply.session.flatMap({ sessions[$0] }) else { continue }
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
          booked[input.site(of: mentee), default: [:]][session.place, default: []].append(interval)
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
    var session: SessionID?
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
        if reply.secondsSinceEpoch >= latest[place].secondsSinceEpoch { latest[place] = reply }
      } else {
        places[invitation] = latest.count
        latest.append(reply)
      }
    }
    return latest
  }

  /// Whether somebody accepted the session as it is, and nobody declined it.
  func isFirm(_ session: SessionID) -> Bool { firm.contains(session) }

  /// The mentee's before others'.
  func proposals(for session: SessionID) -> [Proposal] { proposals[session] ?? [] }

  /// Makes the declined times busy for those who declined them.
  func keepFree(_ input: inout CohortInput) {
    for (person, intervals) in busy {
      input.busy[person] = (input.busy[person] ?? .none).union(BusyTime(intervals))
    }
    for (site, rooms) in booked {
      for (room, intervals) in rooms { input.book(BusyTime(intervals), room, of: site) }
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
  /// Replaces a session's earlier time with the proposed one where every rule allows it, the rest of the plan in its place:
  /// the plan then keeps that time. Reports each proposal that is refused, with the reason.
  mutating func takeProposals(into problem: inout PlanProblem) {
    for index in drafts.indices {
      for (k, number) in drafts[index].numbers.enumerated() {
        let id = SessionID(tandem: drafts[index].tandem.id, number: number)
        for proposal in answers.proposals(for: id) where drafts[index].proposed[number] == nil {
          let (faults, slot) = place(of: proposal, index, k, in: problem)
          guard let slot else {
            plan.problems.append(
              Diagnostic(
                .warning,
                "the time that \(proposal.person) proposes for session \(id) cannot be: \(faults.reason); others are "
                  + "shown by `tandem-schedule move '\(id)'`", code: "proposal-refused"))
            continue
          }
          drafts[index].proposed[number] = slot
          problem.tandems[index].keep(slot, k)
        }
      }
    }
  }

  /// Reports what became of the proposals that were possible.
  mutating func reportProposals(_ draft: TandemDraft, _ slots: [PlanProblem.Slot]) {
    for (number, proposed) in draft.proposed.sorted(by: { $0.key < $1.key }) {
      let id = SessionID(tandem: draft.tandem.id, number: number)
      guard let at = draft.numbers.firstIndex(of: number), at < slots.count, slots[at] == proposed else {
        plan.problems.append(
          Diagnostic(
            .warning, "the time proposed for session \(id) is no longer possible beside the other changes",
            code: "proposal-refused"))
        continue
      }
      plan.problems.append(
        Diagnostic(.note, "session \(id) takes the time that was proposed", code: "proposal-taken"))
    }
  }

  /// What speaks against a proposal, the rest of the plan in its place; or where the session would be.
  private func place(
    of proposal: SessionAnswers.Proposal, _ index: Int, _ k: Int, in problem: PlanProblem
  ) -> (faults: [SessionFault], slot: PlanProblem.Slot?) {
    let (draft, tandem) = (drafts[index], problem.tandems[index])
    func day(of k: Int) -> Int? { tandem.kept.indices.contains(k) ? tandem.kept[k]?.day : nil }
    let rules = rules(beside: problem, except: index, k)
    let faults = rules.faults(
      of: proposal.interval, number: draft.numbers[k],
      beside: (before: k > 0 ? day(of: k - 1) : tandem.after, after: day(of: k + 1)))
    guard faults.isEmpty, let (day, tick) = draft.grid.place(of: proposal.interval.start) else {
      return (faults, nil)
    }
    let free = rules.freeRooms(from: proposal.interval.start)
    let own = tandem.kept.indices.contains(k) ? tandem.kept[k]?.room.map { draft.roomNames[$0] } : nil
    let name = own.flatMap { free.contains($0) ? $0 : nil } ?? free.first
    return (
      [], PlanProblem.Slot(day: day, tick: tick, room: name.flatMap { draft.roomNames.firstIndex(of: $0) })
    )
  }

  /// The rules of a tandem with every kept session in its place but one.
  private func rules(beside problem: PlanProblem, except index: Int, _ k: Int) -> SessionRules {
    let draft = drafts[index]
    var rules = draft.rules
    let people = [draft.mentor.id, draft.mentee.id]
    for (at, other) in drafts.enumerated() {
      let both = [other.mentor.id, other.mentee.id]
      let isInSite = draft.site != nil && other.site == draft.site
      guard isInSite || both.contains(where: people.contains) else { continue }
      for (j, kept) in problem.tandems[at].kept.enumerated() where at != index || j != k {
        guard let kept, let start = other.grid.minute(day: kept.day, tick: kept.tick) else { continue }
        rules.add(
          MinuteInterval(start: start, end: start + other.grid.length), of: both,
          room: isInSite ? kept.room.map { other.roomNames[$0] } : nil)
      }
    }
    return rules
  }
}

extension PlanProblem.Tandem {
  /// Puts a session where the rules allow it, short notice or not.
  fileprivate mutating func keep(_ slot: PlanProblem.Slot, _ k: Int) {
    if kept.isEmpty { kept = Array(repeating: nil, count: ideals.count) }
    kept[k] = slot
    starts[slot.day] |= 1 << UInt64(slot.tick)
  }
}
