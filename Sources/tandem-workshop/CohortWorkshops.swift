import Basics
import Programme
import RecordStream
import Regions
import Scheduling
import ToolSupport
import Workshops

/// The workshops of a cohort, host by host: each host's plan, and the sessions that it moves.
struct CohortWorkshops {
  let cohort: String
  let regions: [Region]
  let people: [PersonID: Person]
  var busy: [PersonID: BusyTime] = [:]
  /// Days that the call asks for, and those that it leaves out.
  var only: Set<LocalDate> = []
  var excluded: Set<LocalDate> = []
  private let tandems: [Tandem]
  private var sessions: [SessionID: Session]
  /// Those of other cohorts and hosts, and as they are planned, of this one.
  private var others: [Workshop]
  /// nil: no earlier plan was given.
  private let previous: [Workshop]?
  private let streamed: [Workshop]
  private let sites: SiteCalendars
  private let hosts: [Region]
  private let together: Bool
  let now: Timestamp

  /// What came of it.
  struct Outcome {
    struct Host {
      var region: Region
      var options: [WorkshopPlan]
      var active: Int
      /// nil: options are listed, and none is planned.
      var chosen: WorkshopPlan?
    }

    var hosts: [Host] = []
    /// Sessions that had to move, as they are now.
    var moved: [Session] = []
    /// Workshops of the stream that were planned again.
    var superseded: [WorkshopID] = []
    /// Earlier workshops of hosts whose workshop has begun, without a record on the stream: they stay.
    var standing: [Workshop] = []
    /// Earlier workshops that are gone.
    var vanished: [Workshop] = []
    var isClean = true
    /// Whether every host has a workshop.
    var isComplete = true
  }

  /// - Throws: exit code 64 where no region declares the cohort.
  init(
    cohort: String, regions: [Region], stream: StreamEdit, previous: [Workshop]?, sites: SiteCalendars,
    now: Timestamp, together: Bool, on console: Console
  ) throws(ToolFailure) {
    self.cohort = cohort
    self.regions = regions
    let contents = stream.contents
    people = contents.people
    tandems = contents.tandems
    sessions = stream.sessions
    self.previous = previous
    self.sites = sites
    self.now = now
    self.together = together
    let declaring = regions.filter { $0.cohort(cohort) != nil }
    guard !declaring.isEmpty else {
      throw ToolFailure(.usage, UnknownCohort(cohort, of: regions).message)
    }
    let hosts = together ? Array(declaring.prefix(1)) : declaring
    streamed = CohortWorkshops.latest(contents.workshops)
    let ours = { (workshop: Workshop) in hosts.contains { CohortWorkshops.isOf($0, cohort, workshop) } }
    others = streamed.filter { !ours($0) }
    if previous == nil {
      // Workshops on the stream stay as they are.
      let standing = streamed.filter(ours)
      others += standing
      let done = hosts.filter { host in standing.contains { CohortWorkshops.isOf(host, cohort, $0) } }
      for host in done {
        console.report(
          Diagnostic(
            .warning,
            "region \(host.id) has its workshop on the stream already and is left as it is; to plan it again, give it with "
              + "--previous", code: "already-planned"))
      }
      self.hosts = hosts.filter { host in !done.contains { $0.id == host.id } }
    } else {
      self.hosts = hosts
    }
  }

  /// Of several records of one workshop, the last.
  private static func latest(_ workshops: [Workshop]) -> [Workshop] {
    workshops.latest(by: \.id).values.sorted { $0.id < $1.id }
  }

  private static func isOf(_ host: Region, _ cohort: String, _ workshop: Workshop) -> Bool {
    workshop.cohort == cohort && workshop.id.host == host.id
  }

  /// UIDs of events that are in the calendars of those who accepted them, and must not block themselves.
  var ownUIDs: Set<String> {
    Set(sessions.values.map(\.uid)).union((streamed + (previous ?? [])).map(\.uid))
  }

  /// What an earlier plan said of a workshop.
  func earlier(_ id: WorkshopID) -> Workshop? { previous?.last { $0.id == id } }

  /// By mentor: sessions held in the cohort's tandems.
  var heldSessions: [PersonID: Int] {
    var held: [PersonID: Int] = [:]
    let lookup = TandemLookup(tandems.filter { $0.cohort == cohort })
    for session in sessions.values where session.status == .held {
      if let tandem = lookup[session.tandem] { held[tandem.mentor, default: 0] += 1 }
    }
    return held
  }

  /// Plans every host.
  ///
  /// - Parameter choosing: the option that is planned; nil: they are only listed.
  /// - Throws: exit code 64 or 78 where another call or another configuration is needed.
  mutating func run(options: Int, choosing: Int?, on console: Console) throws(ToolFailure) -> Outcome {
    var outcome = Outcome()
    var quiet: [WorkshopError] = []
    for host in hosts {
      do throws(WorkshopError) {
        try plan(host, options: options, choosing: choosing, into: &outcome, on: console)
      } catch {
        if error.isUsage { throw ToolFailure(.usage, error.message) }
        if error.isConfiguration { throw ToolFailure(.configuration, error.message) }
        // A region without tandems on this stream is another office's work, unless all are.
        if case .nobodyActive(_, inactive: 0) = error, hosts.count > 1 {
          quiet.append(error)
          continue
        }
        outcome.isComplete = false
        console.report(Diagnostic(.error, error.message, code: "no-workshop"))
      }
    }
    for error in quiet {
      let isAll = quiet.count == hosts.count
      if isAll { outcome.isComplete = false }
      console.report(Diagnostic(isAll ? .error : .note, error.message, code: "no-workshop"))
    }
    return outcome
  }

  private mutating func plan(
    _ host: Region, options: Int, choosing: Int?, into outcome: inout Outcome, on console: Console
  ) throws(WorkshopError) {
    let earlier = CohortWorkshops.latest((previous ?? []).filter { CohortWorkshops.isOf(host, cohort, $0) })
    if let begun = earlier.first(where: { $0.start <= now }) {
      console.report(
        Diagnostic(
          .warning,
          "region \(host.id): \(begun.id) began at \(begun.start), and its workshops are left as they are; plan before they "
            + "begin", code: "has-begun"))
      outcome.standing += earlier.filter { old in !streamed.contains { $0.id == old.id } }
      return
    }
    var input = WorkshopInput(
      cohort: cohort, host: host, regions: together ? regions : [host], people: people, tandems: tandems)
    input.sessions = sessions.values.sorted { $0.id < $1.id }
    (input.busy, input.holidays) = (busy, sites.holidays)
    (input.others, input.previous, input.now) = (others, earlier, now)
    (input.only, input.excluded) = (only, excluded)
    var found: WorkshopPlanner.Outcome
    var moves = SessionMoves.none
    var rounds = 0
    repeat {
      found = try WorkshopPlanner.plan(input, options: options)
      guard let choosing else { break }
      guard found.options.indices.contains(choosing - 1) else {
        throw .noSuchOption(choosing, of: found.options.count)
      }
      let chosen = found.options[choosing - 1]
      moves = sessionMoves(for: chosen)
      // A session that finds no other time stays, and the workshop is planned around it; in the end around all sessions.
      input.fixedSessions.formUnion(rounds < 4 ? moves.stuck : Set(sessions.keys))
      rounds += 1
    } while !moves.stuck.isEmpty
    for note in found.notes {
      if note.severity == .error { outcome.isClean = false }
      console.report(note)
    }
    warnOfCalendars(host, on: console)
    var own = Outcome.Host(region: host, options: found.options, active: found.active, chosen: nil)
    if let choosing {
      let chosen = found.options[choosing - 1]
      own.chosen = chosen
      report(chosen, of: host, moves, on: console)
      for session in moves.moved { sessions[session.id] = session }
      outcome.moved += moves.moved
      others += chosen.workshops
      let ids = Set(chosen.workshops.map(\.id))
      outcome.vanished += earlier.filter { !ids.contains($0.id) }
      outcome.superseded += streamed.filter { CohortWorkshops.isOf(host, cohort, $0) }.map(\.id)
    }
    outcome.hosts.append(own)
  }

  private func warnOfCalendars(_ host: Region, on console: Console) {
    let regions = Set(together ? self.regions.map(\.id) : [host.id])
    let mentors = Set(tandems.filter { $0.cohort == cohort }.map(\.mentor))
      .filter { people[$0].map { regions.contains($0.region) } ?? false }
    Diagnostic.withoutCalendar(mentors.filter { busy[$0] == nil }, of: mentors, "mentors")
      .map(console.report)
  }

  /// Names who cannot come, and which sessions make way.
  private func report(_ plan: WorkshopPlan, of host: Region, _ moves: SessionMoves, on console: Console) {
    for note in plan.notes { console.report(note) }
    for missing in plan.missing {
      console.report(
        Diagnostic(.warning, "mentor \(missing.person) cannot come: \(missing.reason)", code: "cannot-come"))
    }
    let full = plan.missing.count { $0.reason.contains(": full") }
    if full > 0 {
      console.report(
        Diagnostic(
          .warning,
          "region \(host.id): \(counted(full, "mentor finds", "mentors find")) no place in the rooms; add rooms to "
            + "`workshop.venues`, or raise `workshop.group.most` or `workshop.spread`", code: "no-capacity"))
    }
    for session in moves.moved {
      let old = sessions[session.id]
      console.report(
        Diagnostic(
          .note,
          "session \(session.id) makes way for the workshop: from \(old?.start.description ?? "") to \(session.start)",
          code: "session-moved"))
    }
  }

  private func sessionMoves(for plan: WorkshopPlan) -> SessionMoves {
    guard !plan.collisions.isEmpty else { return .none }
    return SessionMoves(
      making: plan.collisions, wayFor: plan.workshops,
      in: CohortInput(
        cohort: cohort, regions: regions, people: people, tandems: tandems, busy: busy,
        holidays: sites.holidays,
        roomBookings: sites.bookings, now: now),
      sessions: sessions, beside: others)
  }
}
