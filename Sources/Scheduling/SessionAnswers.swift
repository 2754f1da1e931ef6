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
  private var declined: Set<SessionID> = []
  private var proposals: [SessionID: [Proposal]] = [:]

  /// Of several answers of one attendee to the same invitation, the latest counts, whatever their order. An answer to an older
  /// sequence than the session's is none to this session; but a time that was declined, where the answer says which, does not
  /// suit later either.
  init(_ input: CohortInput) {
    guard !input.replies.isEmpty else { return }
    let sessions = input.previous.latest(by: \.id)
    let tandems = TandemLookup(input.tandems)
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

  /// Whether somebody declined the session as it is.
  func isDeclined(_ session: SessionID) -> Bool { declined.contains(session) }

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
  /// Gives sessions the times that were proposed, where every rule allows them, the rest of the plan in its place: the plan
  /// then keeps them as agreed, on the grid or off it. Reports what becomes of each proposal.
  static func takingProposals(
    _ given: CohortInput
  ) throws(SchedulingError) -> (input: CohortInput, problems: [Diagnostic], taken: Set<SessionID>) {
    guard given.replies.contains(where: { $0.answer == .countered || $0.wish != nil }) else {
      return (given, [], [])
    }
    var input = given
    var planner = try CohortPlanner(given)
    try planner.draftTandems()
    var desk = ProposalDesk(planner.drafts, now: given.now)
    var problems: [Diagnostic] = []
    var taken: Set<SessionID> = []
    for (index, session) in desk.open {
      for proposal in planner.answers.proposals(for: session.id) {
        switch desk.move(session, of: index, to: proposal.interval) {
        case .refused(let faults):
          problems.append(
            Diagnostic(
              .warning,
              "the time that \(proposal.person) proposes for session \(session.id) cannot be: \(faults.reason); others "
                + "are shown by `tandem-schedule move '\(session.id)'`", code: "proposal-refused"))
          continue
        case .moved(let moved):
          taken.insert(session.id)
          if let at = input.previous.lastIndex(where: { $0.id == session.id }) { input.previous[at] = moved }
          problems.append(
            Diagnostic(
              .note, "session \(session.id) takes the time that was proposed", code: "proposal-taken"))
        }
        break
      }
    }
    return (input, problems, taken)
  }
}

/// The plan while single sessions of it take other times: what is where.
private struct ProposalDesk {
  enum Outcome {
    case moved(Session)
    case refused([SessionFault])
  }

  private var drafts: [TandemDraft]
  /// By draft, the sessions that stand: recorded, agreed, or to come where they still can be.
  private var standing: [[Session]]
  private let now: Timestamp?

  init(_ drafts: [TandemDraft], now: Timestamp?) {
    self.drafts = drafts
    self.now = now
    standing = drafts.map { draft in
      draft.fixed.filter(\.counts) + draft.agreed + draft.coming.values.filter { draft.slot(of: $0) != nil }
    }
  }

  /// What may move, in the order of tandems and numbers: those that somebody declined, too.
  var open: [(draft: Int, session: Session)] {
    drafts.indices.flatMap { index in
      let draft = drafts[index]
      let off = draft.cancelled.values.filter { !$0.isDropped }
      return (Array(draft.coming.values) + draft.agreed + off).sorted(by: Session.precedes).map {
        (index, $0)
      }
    }
  }

  mutating func move(_ session: Session, of index: Int, to interval: MinuteInterval) -> Outcome {
    let draft = drafts[index]
    let rules = rules(of: index, without: session.id)
    let own = standing[index].filter { $0.id != session.id }
    let faults = rules.faults(
      of: interval, among: .any, number: session.number,
      beside: rules.days(of: rules.neighbours(of: interval, among: own)))
    guard faults.isEmpty else { return .refused(faults) }
    let free = rules.freeRooms(during: interval)
    var moved = session
    moved.start = draft.grid.zone.timestamp(minute: interval.start)
    moved.end = draft.grid.zone.timestamp(minute: interval.end)
    moved.place =
      free.contains(session.place) ? session.place : free.first ?? SchedulingSettings.Place.office.rawValue
    moved.status = .planned
    moved.sequence += 1
    moved.agreed = .yes
    standing[index] = own + [moved]
    return .moved(moved)
  }

  /// The rules of a tandem with every session in its place but one.
  private func rules(of index: Int, without session: SessionID) -> SessionRules {
    let draft = drafts[index]
    var rules = draft.rules
    let people = [draft.mentor.id, draft.mentee.id]
    for (at, other) in drafts.enumerated() {
      let both = [other.mentor.id, other.mentee.id]
      let isInSite = draft.site != nil && other.site == draft.site
      guard isInSite || both.contains(where: people.contains) else { continue }
      for kept in standing[at] where kept.id != session {
        rules.add(kept.interval, of: both, room: isInSite ? kept.place : nil)
      }
    }
    return rules
  }
}
