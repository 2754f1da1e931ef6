internal import Calendars
internal import Programme
internal import Regions

/// One tandem on its way into the plan: who, on which clock, and what stays of an earlier plan.
struct TandemDraft {
  var tandem: Tandem
  var region: Region
  /// What holds at the mentee's site during the cohort.
  var settings: SectionSettings
  var mentor: Person
  var mentee: Person
  var key: CohortFrame.GridKey
  /// Of sessions of the usual length.
  var rules: SessionRules
  /// By length, of those that last otherwise.
  var otherRules: [Int: SessionRules] = [:]
  /// The room's pool, where a room is wanted.
  var site: SiteKey?
  /// By day of the grid: what it costs to meet on it, whatever the hour.
  var dayCosts: [Int] = []
  /// Recorded or past: they stay, whatever happens. By number.
  var fixed: [Session] = []
  /// Sessions of the earlier plan that are still to come, by number.
  var coming: [Int: Session] = [:]
  /// To come, at times on which people agreed: they stay where they are.
  var agreed: [Session] = []
  /// Cancelled sessions, by number.
  var cancelled: [Int: Session] = [:]
  /// The numbers that are to be planned, in the order in which the sessions take place.
  var numbers: [Int] = []

  var grid: StartGrid { rules.grid }
  var roomNames: [String] { rules.rooms?.names ?? [] }
  /// Sessions that did not or will not take place, by number: the numbers after the programme's make up for them, in their
  /// order.
  var lost: [Session] {
    let off = cancelled.values.filter { !numbers.contains($0.number) }
    return (fixed.filter { $0.status == .missed } + off).sorted { $0.number < $1.number }
  }

  /// Sessions that count and do not move.
  var standing: Int { fixed.count(where: \.counts) + agreed.count }

  /// Decides which sessions are to be planned: as many as are missing of the programme's. Those of the earlier plan that are to
  /// come, the earliest first; those that it called off, where none has taken place since; and new ones after the last.
  mutating func numberSessions() {
    let last = fixed.max { $0.start < $1.start }
    let again = cancelled.values.filter { session in
      !session.isDropped && (last.map { $0.start < session.start } ?? true)
    }
    // One that was added beyond what is wanted is extra, until it has been held.
    let regular = settings.frame.sessions + lost.count - again.count
    let extra = agreed.count { $0.number > regular }
    let needed = max(0, settings.frame.sessions - standing + extra)
    func start(_ number: Int) -> Int? { (coming[number] ?? cancelled[number])?.start.secondsSinceEpoch }
    func inOrder(_ a: Int, _ b: Int) -> Bool { (start(a) ?? .max, a) < (start(b) ?? .max, b) }
    var numbers = Array(coming.keys.sorted(by: inOrder).prefix(needed))
    numbers += again.map(\.number).sorted().prefix(needed - numbers.count)
    var next = (fixed.map(\.number).max() ?? 0) + 1
    let used = Set((fixed + agreed + cancelled.values).map(\.number)).union(coming.keys)
    while numbers.count < needed {
      if !used.contains(next) { numbers.append(next) }
      next += 1
    }
    self.numbers = numbers.sorted(by: inOrder)
  }

  /// How long a session of that number is planned to last: as it does in the earlier plan, where some session here lasts so long.
  func length(of number: Int) -> Int {
    let frame = settings.frame
    if let old = coming[number]?.interval.length, frame.lengths.contains(old) { return old }
    if number == 1 { return frame.firstLength ?? frame.length }
    return topics(of: number).compactMap { frame.topicLengths[$0] }.max() ?? frame.length
  }

  /// The rules of a session of a length, which the grid's is.
  func rules(length: Int) -> SessionRules { otherRules[length] ?? rules }
  func rules(of number: Int) -> SessionRules { rules(length: length(of: number)) }

  /// Leaves the days to other sessions that the gap to each of these allows.
  func keepClear(of sessions: [Session], in starts: inout [UInt64]) {
    for session in sessions {
      let day = grid.day(of: session.start.minute)
      let least = rules.frame.gap.lowerBound
      for near in starts.indices where abs(near - day) < least { starts[near] = 0 }
    }
  }

  /// The tandem's own rhythm over the time that is left from its first day on. With an earlier plan it is that of the whole
  /// term, else sessions that stay would look worse every week.
  var rhythm: Rhythm {
    let span = rules.span
    let isNew = fixed.isEmpty && coming.isEmpty && agreed.isEmpty && cancelled.isEmpty
    let begin = isNew ? max(span.lowerBound, min(rules.earliest, span.upperBound - 1)) : span.lowerBound
    return Rhythm(
      id: tandem.id.text, days: begin..<span.upperBound, sessions: settings.frame.sessions,
      gap: rules.frame.gap)
  }

  /// The ideal day of a session: that which it had in the earlier plan; else that of its number; what makes up for another
  /// comes after the last.
  func ideal(_ number: Int) -> Int {
    if let known = (coming[number] ?? cancelled[number])?.ideal { return known.days(since: grid.first) }
    let (rhythm, wanted) = (rhythm, settings.frame.sessions)
    guard number > wanted else { return rhythm.ideal(number - 1) }
    let stored = (fixed + agreed + coming.values + cancelled.values).compactMap(\.ideal)
      .map { $0.days(since: grid.first) }
    let last = max(rhythm.ideal(wanted - 1), stored.max() ?? .min)
    return min(
      rules.span.upperBound - 1, last + max(rules.frame.gap.lowerBound, rhythm.days) * (number - wanted))
  }

  /// Of a session that makes up for a missed one: the topics that nobody spoke about.
  private func topics(of number: Int) -> [String] {
    let wanted = settings.frame.sessions
    if number > wanted, lost.indices.contains(number - wanted - 1) { return lost[number - wanted - 1].topics }
    let topics = SessionTopics.distribute(tandem.agenda, over: wanted)
    return topics.indices.contains(number - 1) ? topics[number - 1] : []
  }

  /// The session of a number where the solver puts it, under the identity of an earlier one; nil: the grid does not offer it.
  func session(_ number: Int, at slot: PlanProblem.Slot, cost: SessionCost) -> Session? {
    let grid = rules(of: number).grid
    guard let start = grid.minute(day: slot.day, tick: slot.tick) else { return nil }
    var session = Session(
      tandem: tandem.id, number: number,
      uid: Session.uid(tandem: tandem.id, number: number, domain: region.office.domain),
      start: grid.zone.timestamp(minute: start), end: grid.zone.timestamp(minute: start + grid.length),
      timeZone: key.zone, place: slot.room.map { roomNames[$0] } ?? SchedulingSettings.Place.office.rawValue,
      topics: topics(of: number), cost: cost)
    if let old = coming[number] ?? cancelled[number] {
      session.uid = old.uid
      session.sequence = old.sequence + 1
    }
    session.ideal = grid.first.adding(days: ideal(number))
    return session
  }

  /// The place of an earlier session on today's grid and in today's rooms; nil: it has none.
  func slot(of session: Session) -> PlanProblem.Slot? {
    let grid = rules(of: session.number).grid
    guard session.interval.length == grid.length, session.start.secondsSinceEpoch % 60 == 0,
      let (day, tick) = grid.place(of: session.start.minute), rules.span.contains(day)
    else { return nil }
    guard site != nil else { return PlanProblem.Slot(day: day, tick: tick) }
    guard let room = roomNames.firstIndex(of: session.place) else { return nil }
    return PlanProblem.Slot(day: day, tick: tick, room: room)
  }
}

extension ProgrammeFrame {
  /// The lengths that sessions are planned at.
  var lengths: Set<Int> { Set([length, firstLength ?? length]).union(topicLengths.values) }
}
