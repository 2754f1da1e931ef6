import Basics
internal import Calendars
internal import Programme
internal import Regions

/// Plans a cohort: records and settings become a problem of days and ticks, and its solution becomes sessions.
package struct CohortPlanner {
  let input: CohortInput
  var frame: CohortFrame
  var plan = CohortPlan()
  var drafts: [TandemDraft] = []
  let answers: SessionAnswers
  /// Coming sessions that stay at their times, since people agreed on them: on the grid or off it, of any length.
  let agreed: AgreedSessions
  /// By site and day of the problem: the sessions written so far.
  private var load: [[Int]: Int] = [:]
  /// Sessions of the earlier plan, by tandem.
  private let earlier: [TandemID: [Session]]

  /// - Throws: `SchedulingError` where no plan can be made at all.
  package static func plan(_ given: CohortInput) throws(SchedulingError) -> CohortPlan {
    let proposals = try CohortPlanner.takingProposals(given)
    var planner = try CohortPlanner(proposals.input)
    planner.plan.problems = proposals.problems
    return try planner.run(moved: proposals.taken)
  }

  init(_ given: CohortInput) throws(SchedulingError) {
    var input = given
    let cohorts = input.regions.compactMap { $0.cohort(input.cohort) }
    guard let first = cohorts.map(\.start).min(), let end = cohorts.map(\.end).max() else {
      throw .unknownCohort(UnknownCohort(input.cohort, of: input.regions))
    }
    for cohort in cohorts where !(1...730).contains(cohort.end.days(since: cohort.start)) {
      throw .badSpan(cohort: cohort.id, days: cohort.end.days(since: cohort.start))
    }
    guard end.days(since: first) <= 730 else {
      throw .badSpan(cohort: input.cohort, days: end.days(since: first))
    }
    earlier = Dictionary(grouping: input.previous, by: \.tandem)
    let lookup = TandemLookup(input.tandems)
    for session in input.previous where CohortPlanner.isFixed(session, now: input.now) {
      guard let tandem = lookup[session.tandem] else { continue }
      input.commitments.append(CohortInput.Commitment(session, of: [tandem.mentor, tandem.mentee]))
    }
    answers = SessionAnswers(input)
    answers.keepFree(&input)
    agreed = AgreedSessions(input, answers)
    agreed.keepFree(&input)
    self.input = input
    frame = CohortFrame(input, first: first, days: end.days(since: first))
  }

  static func isFixed(_ session: Session, now: Timestamp?) -> Bool {
    if session.isRecorded { return true }
    guard session.isOpen, let now else { return false }
    return session.start.secondsSinceEpoch <= now.secondsSinceEpoch
  }

  /// - Parameter moved: sessions that took a proposed time.
  private mutating func run(moved: Set<SessionID>) throws(SchedulingError) -> CohortPlan {
    try draftTandems()
    let problem = makeProblem()
    let solved = problem.solve(effort: input.effort)
    var missing = 0
    var missingAlone = 0
    for (index, draft) in drafts.enumerated() {
      let slots = solved.slots[index]
      write(draft, slots, index, of: problem, taken: moved)
      guard slots.count < draft.numbers.count else { continue }
      let could = PlanProblem.alone(problem.tandems[index], of: problem).slots[0].count
      missing += draft.numbers.count - slots.count
      missingAlone += draft.numbers.count - could
      plan.shortfalls.append(
        CohortPlan.Shortfall(
          tandem: draft.tandem.id, planned: draft.standing + slots.count,
          wanted: draft.settings.frame.sessions,
          reason: ShortfallReason.text(draft, planned: slots.count, couldAlone: could)))
    }
    cancelVanished()
    if input.previous.isEmpty, missing == missingAlone {
      plan.bound = solved.bound - missing * PlanProblem.missingCost
    }
    passOnTopics()
    plan.sessions.sort(by: Session.precedes)
    describe(problem)
    plan.shortfalls.sort { $0.tandem < $1.tandem }
    return plan
  }

  // MARK: - From records to a problem

  mutating func draftTandems() throws(SchedulingError) {
    var seen: Set<TandemID> = []
    let ours = input.tandems.filter { $0.cohort == input.cohort }.sorted { $0.id < $1.id }
    for tandem in ours {
      guard seen.insert(tandem.id).inserted else {
        report("the tandem \(tandem.id) is on the stream twice; the first is planned")
        continue
      }
      switch tandem.status {
      case .ended, .completed:
        cancel(tandem.id)
        continue
      case .proposed, .confirmed, .active: break
      }
      plan.tandems += 1
      do throws(DraftError) {
        drafts.append(try draft(tandem))
      } catch {
        switch error {
        case .grid(let error): throw error
        case .record(let reason):
          report("tandem \(tandem.id) cannot be planned: \(reason)")
          let wanted = frame.regions[tandem.region]?.frame.sessions ?? 0
          plan.shortfalls.append(
            CohortPlan.Shortfall(tandem: tandem.id, planned: 0, wanted: wanted, reason: reason))
        }
      }
    }
  }

  enum DraftError: Error {
    case grid(SchedulingError)
    case record(String)
  }

  mutating func draft(_ tandem: Tandem) throws(DraftError) -> TandemDraft {
    guard let region = frame.regions[tandem.region] else {
      throw .record("its region \(tandem.region) is not at work; name it in --region")
    }
    guard let cohort = region.cohort(input.cohort) else {
      throw .record("region \(region.id) does not declare the cohort \(input.cohort)")
    }
    let mentor = try person(tandem.mentor, "mentor")
    let mentee = try person(tandem.mentee, "mentee")
    var site: SiteKey?
    var rooms: SessionRules.Rooms?
    var clock = mentee.timeZone
    var settings = region.at(site: frame.site(of: mentee)?.name, cohort: input.cohort)
    if let length = input.length {
      settings.frame.length = length
      settings.frame.firstLength = nil
      settings.frame.topicLengths = [:]
    }
    // A mentee may wish for a room where the others have none, or stay in the office.
    let place =
      mentee.attributes["place"].flatMap(SchedulingSettings.Place.init) ?? settings.scheduling.place
    if place == .room, let own = frame.site(of: mentee), !own.rooms.isEmpty {
      let names = own.rooms.filter { $0.capacity >= 2 }.map(\.name).sorted { $0.precedesByBytes($1) }
      // All sessions of a room share one clock: the site's.
      clock = own.timeZone
      if !names.isEmpty {
        let key = SiteKey(region: mentee.region, site: own.name)
        site = key
        rooms = SessionRules.Rooms(
          site: mentee.site, names: names, taken: input.roomBookings[key] ?? [:])
      }
    }
    let span = cohort.start.days(since: frame.first)..<cohort.end.days(since: frame.first)
    let travel = frame.travel(mentor, to: mentee)
    func rules(
      length: Int, _ frame: inout CohortFrame
    ) throws(DraftError) -> (SessionRules, CohortFrame.GridKey) {
      var own = settings.frame
      own.length = length
      let made: (StartGrid, CohortFrame.GridKey)?
      do throws(SchedulingError) {
        made = try frame.grid(region, own, zone: clock)
      } catch {
        throw .grid(error)
      }
      guard let (grid, key) = made,
        let teacher = frame.attendee(.mentor, mentor, travel: travel, on: grid, key),
        let learner = frame.attendee(.mentee, mentee, on: grid, key)
      else {
        throw .record("a time zone of its people is unknown (\(mentor.timeZone), \(mentee.timeZone))")
      }
      return (
        SessionRules(
          grid: grid, span: span, frame: own, now: input.now, mentor: teacher, mentee: learner, rooms: rooms),
        key
      )
    }
    let (usual, key) = try rules(length: settings.frame.length, &frame)
    var draft = TandemDraft(
      tandem: tandem, region: region, settings: settings, mentor: mentor, mentee: mentee, key: key,
      rules: usual, site: site)
    draft.dayCosts = frame.dayCosts(settings.scheduling, [mentor, mentee])
    for session in (earlier[tandem.id] ?? []).sorted(by: { $0.number < $1.number }) {
      if session.status == .cancelled {
        draft.cancelled[session.number] = session
      } else if CohortPlanner.isFixed(session, now: input.now) {
        draft.fixed.append(session)
      } else if agreed.contains(session.id) {
        draft.agreed.append(session)
      } else {
        draft.coming[session.number] = session
      }
    }
    draft.numberSessions()
    for length in settings.frame.lengths.sorted() where length != settings.frame.length {
      guard draft.numbers.contains(where: { draft.length(of: $0) == length }) else { continue }
      draft.otherRules[length] = try rules(length: length, &frame).0
    }
    return draft
  }

  private func person(_ id: PersonID, _ role: String) throws(DraftError) -> Person {
    guard let person = input.people[id] else {
      throw .record("its \(role) \(id) is not on the stream; pass the person records on with the tandems")
    }
    guard frame.regions[person.region] != nil else {
      throw .record("region \(person.region) of its \(role) \(id) is not at work; name it in --region")
    }
    guard frame.site(of: person) != nil else {
      throw .record(
        "its \(role) \(id) is at \(person.site), which region \(person.region) does not declare as a site")
    }
    return person
  }

  mutating func makeProblem() -> PlanProblem {
    var problem = PlanProblem(days: frame.days, people: 0, tandems: [])
    problem.firstWeekday = frame.first.weekday.index
    var load = SiteLoad(drafts, frame)
    var indexOf: [PersonID: Int] = [:]
    var poolOf: [SiteKey: Int] = [:]
    for draft in drafts {
      let people = [draft.mentor, draft.mentee].map { person -> Int in
        if let known = indexOf[person.id] { return known }
        indexOf[person.id] = indexOf.count
        return indexOf.count - 1
      }
      if let site = draft.site, poolOf[site] == nil {
        poolOf[site] = problem.pools.count
        problem.pools.append(pool(draft))
      }
      let settings = draft.settings.scheduling
      let kept = draft.numbers.map { number in
        draft.coming[number].flatMap { draft.slot(of: $0) }
      }
      let rules = draft.rules
      var lengths = draft.numbers.map { draft.length(of: $0) }.reduce(into: [Int]()) { known, length in
        if !known.contains(length) { known.append(length) }
      }
      if lengths.isEmpty { lengths = [rules.grid.length] }
      let lastFixed = draft.fixed.last
      var tandem =
        PlanProblem.Tandem(
          people: people, starts: [],
          shifts: frame.shifts(draft.mentor, index: people[0], on: draft.grid, draft.key)
            + frame.shifts(draft.mentee, index: people[1], on: draft.grid, draft.key),
          tickCost: [], ideals: draft.numbers.map(draft.ideal),
          gap: rules.frame.gap,
          // The solver does not see the sessions that stay between two of these, so the upper gap cannot be a hard one.
          excessGapCost: !draft.agreed.isEmpty
            ? max(settings.weights.gap, 1000) : rules.frame.softUpperGap ? settings.weights.gap : nil,
          after: draft.fixed.map { $0.start.date.days(since: frame.first) }.max(),
          pool: draft.site.flatMap { poolOf[$0] }, roomChangeCost: settings.weights.roomChange,
          roomBefore: lastFixed.flatMap { session in
            draft.roomNames.firstIndex(of: session.place)
          },
          kept: kept.contains { $0 != nil } ? kept : [])
      tandem.lengths = lengths.map { length in
        let starts = starts(draft, length: length, kept)
        return draft.length(starts, on: draft.rules(length: length).grid)
      }
      if lengths.count > 1 {
        tandem.lengthOf = draft.numbers.map { lengths.firstIndex(of: draft.length(of: $0)) ?? 0 }
      }
      tandem.dayCost = draft.dayCosts
      tandem.regularity = draft.regularity
      tandem.tie = StableHash(draft.tandem.id.text.utf8).value
      tandem.site = load.site(of: draft, in: &frame, &problem)
      tandem.moveCosts = draft.numbers.map { number in
        answers.isFirm(SessionID(tandem: draft.tandem.id, number: number))
          ? PlanProblem.firmMoveCost : PlanProblem.moveCost
      }
      problem.tandems.append(tandem)
    }
    problem.people = indexOf.count
    return problem
  }

  /// Where sessions of a length may start.
  private func starts(_ draft: TandemDraft, length: Int, _ kept: [PlanProblem.Slot?]) -> [UInt64] {
    let rules = draft.rules(length: length)
    let open = rules.openStarts
    var starts = open
    for day in starts.indices where !rules.span.contains(day) || day < rules.earliest { starts[day] = 0 }
    draft.keepClear(of: draft.agreed, in: &starts)
    // On short notice, or beside a session on which people agreed, nothing new begins; what was planned there may stay.
    for (number, slot) in zip(draft.numbers, kept) {
      guard let slot, let session = draft.coming[number], draft.length(of: number) == length else { continue }
      let stays = open[slot.day] >> UInt64(slot.tick) & 1 == 1 || agreed.lets(session, stay: rules)
      if stays { starts[slot.day] |= 1 << UInt64(slot.tick) }
    }
    return starts
  }

  /// A site's rooms: what their own calendars hold is taken, by whole ticks.
  private func pool(_ draft: TandemDraft) -> PlanProblem.Pool {
    PlanProblem.Pool(
      taken: draft.roomNames.map { room in
        let busy = draft.rules.rooms?.taken[room] ?? .none
        return (0..<frame.days).map { day in
          guard !busy.intervals.isEmpty else { return 0 }
          return (0..<SessionGrid.most).reduce(UInt64(0)) { mask, tick in
            let start = draft.grid.instant(day: day, tick: tick)
            let slot = MinuteInterval(start: start, end: start + draft.grid.step)
            return busy.overlaps(slot) ? mask | 1 << UInt64(tick) : mask
          }
        }
      })
  }

  // MARK: - From the solution to records

  private mutating func write(
    _ draft: TandemDraft, _ slots: [PlanProblem.Slot], _ index: Int, of problem: PlanProblem,
    taken: Set<SessionID>
  ) {
    let tandem = problem.tandems[index]
    plan.sessions += draft.fixed + draft.agreed
    let (moved, cancelled) = (plan.moved, plan.cancelled)
    defer {
      if plan.moved > moved || plan.cancelled > cancelled {
        plan.slack.append(
          CohortPlan.Slack(
            tandem: draft.tandem.id, left: draft.numbers.count,
            usableWeeks: ShortfallReason.usableWeeks(of: draft)))
      }
    }
    let proposed = draft.agreed.count { taken.contains($0.id) }
    plan.moved += proposed
    plan.kept += draft.agreed.count - proposed
    let usual = problem.home(of: slots, tandem)
    let home = TandemDraft.Home(
      weekday: usual.weekday, minute: draft.grid.origin + usual.tick * draft.grid.step)
    var before = tandem.after
    var roomBefore = tandem.roomBefore
    for (at, slot) in slots.enumerated() {
      let number = draft.numbers[at]
      let isCrowded = tandem.site.map { crowd(problem.sites[$0], $0, slot.day) } ?? false
      defer {
        before = slot.day
        roomBefore = slot.room ?? roomBefore
      }
      if let old = draft.coming[number], at < tandem.kept.count, tandem.kept[at] == slot,
        draft.slot(of: old) == slot
      {
        plan.kept += 1
        plan.cost += old.cost.total
        plan.sessions.append(old)
        continue
      }
      let grid = draft.rules(of: number).grid
      guard let start = grid.minute(day: slot.day, tick: slot.tick) else { continue }
      var cost = draft.cost(
        of: MinuteInterval(start: start, end: start + grid.length), number: number, after: before,
        changesRoom: roomBefore != nil && slot.room != nil && slot.room != roomBefore, home: home)
      if isCrowded { cost.load = draft.settings.scheduling.weights.load }
      guard let session = draft.session(number, at: slot, cost: cost) else { continue }
      plan.cost += cost.total
      if session.isRescheduled { plan.moved += 1 }
      plan.sessions.append(session)
    }
    let placed = Set(draft.numbers.prefix(slots.count))
    for (number, session) in draft.coming where !placed.contains(number) { append(cancelled: session) }
    for (number, session) in draft.cancelled
    where !placed.contains(number) { plan.sessions.append(session) }
  }

  /// Counts one session more on a day of a site, and says whether it is beyond the cap.
  private mutating func crowd(_ site: PlanProblem.Site, _ number: Int, _ day: Int) -> Bool {
    load[[number, day], default: 0] += 1
    return load[[number, day], default: 0] > site.cap
  }

  private mutating func append(cancelled session: Session) {
    var session = session
    session.cancel()
    plan.cancelled += 1
    plan.sessions.append(session)
  }

  /// The tandem has ended: what was held or is past stays, what is still to come is cancelled.
  private mutating func cancel(_ tandem: TandemID) {
    for session in earlier[tandem] ?? [] {
      if !session.counts || CohortPlanner.isFixed(session, now: input.now) {
        plan.sessions.append(session)
      } else {
        append(cancelled: session)
      }
    }
  }

  /// Tandems of the earlier plan that are no longer on the stream.
  private mutating func cancelVanished() {
    let present = Set(input.tandems.map(\.id))
    for tandem in earlier.keys.sorted() where !present.contains(tandem) {
      let before = plan.cancelled
      cancel(tandem)
      plan.problems.append(
        Diagnostic(
          .warning,
          "tandem \(tandem) of the earlier plan is not on the stream: "
            + "\(counted(plan.cancelled - before, "coming session is", "coming sessions are")) "
            + "cancelled", code: "vanished-tandem"))
    }
  }

  private mutating func report(_ message: String) {
    plan.problems.append(Diagnostic(.error, message, code: "bad-tandem"))
  }
}

extension PlanProblem {
  /// The plan of a tandem that shares neither people nor rooms with anybody, without an earlier one.
  static func alone(
    _ tandem: Tandem, of problem: PlanProblem, _ change: (inout Tandem) -> Void = { _ in }
  ) -> SolvedPlan {
    var tandem = tandem
    tandem.people = []
    tandem.shifts = []
    tandem.pool = nil
    tandem.site = nil
    tandem.kept = []
    change(&tandem)
    var lone = PlanProblem(days: problem.days, people: 0, tandems: [tandem])
    lone.firstWeekday = problem.firstWeekday
    return lone.solve(effort: PlanEffort.levels[0])
  }
}

/// The sites of a problem, whose sessions of one day are counted.
private struct SiteLoad {
  private let sessions: [SiteKey: Int]
  private var siteOf: [SiteKey: Int] = [:]

  init(_ drafts: [TandemDraft], _ frame: CohortFrame) {
    var sessions: [SiteKey: Int] = [:]
    for draft in drafts {
      sessions[frame.input.site(of: draft.mentee), default: 0] += draft.settings.frame.sessions
    }
    self.sessions = sessions
  }

  /// The problem's number of the site at which the tandem meets.
  mutating func site(of draft: TandemDraft, in frame: inout CohortFrame, _ problem: inout PlanProblem) -> Int?
  {
    guard let site = frame.site(of: draft.mentee) else { return nil }
    let key = frame.input.site(of: draft.mentee)
    if let known = siteOf[key] { return known }
    let settings = draft.settings.scheduling
    siteOf[key] = problem.sites.count
    problem.sites.append(
      PlanProblem.Site(
        cap: .cap(
          share: settings.loadShare, sessions: sessions[key] ?? 0,
          days: frame.openDays(key, site, settings, in: draft.rules.span),
          least: settings.leastLoad),
        cost: settings.weights.load))
    return siteOf[key]
  }
}
