import Basics
import Calendars
import Mailing
import Programme
import RecordStream
import Regions
import Scheduling
import ToolSupport

/// A plan as the tool writes it: records, a table with its counts, or CSV.
struct SessionOutput {
  private let plan: CohortPlan
  private let input: CohortInput
  let tandems: [TandemID: Tandem]
  let people: [PersonID: Person]
  /// The sessions of the earlier plan, by identifier.
  private let earlier: [SessionID: Session]

  /// Sessions of tandems that have theirs on the stream already and are not planned again.
  private let standing: [Session]

  /// - Parameters:
  ///   - contents: the stream that was planned.
  ///   - before: the earlier plan's, which knows tandems and people that are no longer on the stream.
  init(
    plan: CohortPlan, input: CohortInput, contents: StreamContents, before: StreamContents, at now: Timestamp
  ) {
    self.plan = plan
    stamp = now.inUTC
    self.now = now
    self.input = input
    people = input.people.merging(before.people) { now, _ in now }
    let planned = Set(plan.sessions.map(\.tandem))
    let lookup = TandemLookup(contents.tandems)
    let kept = contents.sessions.filter {
      lookup.cohort(of: $0.tandem) == input.cohort && !planned.contains($0.tandem)
    }
    standing = kept.latest(by: \.id).values.sorted { $0.id < $1.id }
    tandems = (contents.tandems + before.tandems).keyed(by: \.id)
    earlier = Dictionary(
      before.sessions.map { ($0.id, $0) },
      uniquingKeysWith: { first, later in
        // A declined session is cancelled beside the one that was sent: nobody has been notified of that yet.
        !later.counts && first.counts && first.sequence == later.sequence
          ? first : later
      })
  }

  /// New, moved or cancelled since the earlier plan: what did not change sends nothing.
  var changed: [Session] {
    plan.sessions.filter { earlier[$0.id]?.sequence != $0.sequence || earlier[$0.id]?.start != $0.start }
  }

  /// When a moved session was to begin, as last sent.
  func movedFrom(_ session: Session) -> Timestamp? {
    guard let old = earlier[session.id], old.counts, old.start != session.start else {
      return nil
    }
    return old.start
  }

  /// The plan as invitations know it.
  var state: ProgrammeState { state(of: plan.sessions) }

  /// The same of the earlier plan; nil: there was none.
  var earlierState: ProgrammeState? {
    guard !earlier.isEmpty else { return nil }
    var state = state(of: Array(earlier.values))
    // A tandem that has ended since was going on then; of one that had ended, the sessions were called off.
    for (id, tandem) in state.tandems where tandem.status == .ended {
      state.tandems[id]?.status = .active
    }
    return state
  }

  private func state(of sessions: [Session]) -> ProgrammeState {
    var state = ProgrammeState()
    state.people = people
    state.tandems = tandems.filter { $0.value.cohort == input.cohort }
    for session in sessions { state.sessions[session.id] = session }
    return state
  }

  /// DTSTAMP of the invitations: the time of planning.
  let stamp: Timestamp
  private let now: Timestamp

  func write(_ format: OutputFormat, wording: RegionWording?, to output: Output) throws {
    switch format {
    case .ndjson:
      for session in plan.sessions { try output.writeLine(Record.session(session).line) }
    case .csv, .xlsx: try data.write(format, to: output)
    case .html:
      if let region = input.regions.first, let words = try wording?[region.id]?.calendarWords {
        try output.write(calendar(words).html)
      }
    case .table:
      try output.write(table)
      try output.write(prose: [""] + summary)
    case .ics:
      guard let wording else { return }
      let invitations = try plan.sessions.filter(\.counts).compactMap { session in
        try tandems[session.tandem].flatMap {
          try wording.invitation(to: session, of: $0, people: people, stamp: stamp)
        }
      }
      try output.write(invitations, title: "Tandem \(input.cohort)")
    }
  }

  private var data: DataTable {
    let headings = [
      "tandem", "mentor", "mentee", "number", "start", "end", "timeZone", "place", "topics", "status", "cost",
    ]
    let rows = plan.sessions.map { session in
      let tandem = tandems[session.tandem]
      return [
        session.tandem.text, tandem?.mentor.text ?? "", tandem?.mentee.text ?? "", String(session.number),
        session.start.description, session.end.description, session.timeZone, session.place,
        session.topics.joined(separator: " "), session.status.rawValue, String(session.cost.total),
      ]
    }
    return DataTable(headings, rows)
  }

  /// All tandems of the cohort, those among them that have their sessions already.
  private func calendar(_ words: CalendarWords) -> CohortCalendar {
    let shown = tandems.values.filter { $0.cohort == input.cohort }
    return CohortCalendar(
      cohort: input.cohort, regions: input.regions, people: people, tandems: shown,
      sessions: plan.sessions + standing, shortfalls: plan.shortfalls,
      words: words, now: now)
  }

  /// One row a tandem: who, how many sessions, from when to when, on which times of the day.
  private var table: TextTable {
    var table = TextTable([
      .init("Mentor"), .init("Mentee"), .init("Site"), .init("Sessions", .right), .init("First"),
      .init("Last"),
      .init("Cost", .right), .init(""),
    ])
    let sessions = Dictionary(grouping: plan.sessions.filter(\.counts), by: \.tandem)
    let shortfalls = plan.shortfalls.keyed(by: \.tandem)
    let shown = Set(sessions.keys).union(shortfalls.keys).sorted()
    for id in shown {
      let own = sessions[id] ?? []
      let tandem = tandems[id]
      let mentee = tandem.flatMap { people[$0.mentee] }
      let mentor = tandem.flatMap { people[$0.mentor] }
      table.add([
        mentor?.name ?? tandem?.mentor.text ?? id.text, mentee?.name ?? tandem?.mentee.text ?? "",
        mentee?.site ?? "",
        String(own.count), own.first.map { $0.start.clockText } ?? "",
        own.last.map { $0.start.clockText } ?? "", String(own.reduce(0) { $0 + $1.cost.total }),
        shortfalls[id]?.reason ?? "",
      ])
    }
    return table
  }

  /// The plan in words, then the counts that HR asks for, and how good it is.
  var summary: [String] {
    let sessions = plan.sessions.count(where: \.counts)
    let missing = plan.shortfalls.reduce(0) { $0 + $1.wanted - $1.planned }
    var lines = sessions > 0 ? [plan.words.text(sessions: sessions)] : []
    lines.append(
      "\(counted(plan.tandems, "tandem")), \(counted(sessions, "session")), \(missing) unplanned "
        + "(\(counted(plan.shortfalls.count, "tandem")) short)")
    if !earlier.isEmpty {
      lines.append(
        "against the earlier plan: \(plan.kept) stay, \(plan.moved) move, \(plan.cancelled) cancelled")
    }
    guard sessions > 0 else { return lines }
    if let bound = plan.bound {
      lines.append(
        "cost \(plan.cost), at least \(bound) for any plan; gap \(Share.text(plan.cost - bound, of: bound))")
    } else {
      lines.append("cost \(plan.cost)")
    }
    return lines
  }
}
