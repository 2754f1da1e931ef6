import ArgumentParser
import Basics
import Calendars
import Programme
import RecordStream
import Regions
import Scheduling
import ToolSupport

/// The options of the commands that record what became of sessions.
struct RecordingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The stream with the sessions; else standard input.", valueName: "file"),
    completion: .file())
  var sessions: String?

  @OptionGroup var time: NowOption
}

/// Records of sessions whether they took place, and of their tandems how far they are.
struct SessionRecording {
  /// nil: all that are over and not recorded.
  private let ids: [SessionID]?
  private let outcome: SessionBook.Outcome
  private let now: Timestamp

  /// - Throws: `ValidationError` where neither sessions nor `due` are given, or both.
  init(_ ids: [SessionID], due: Bool, as outcome: SessionBook.Outcome, at now: Timestamp) throws {
    guard ids.isEmpty == due else {
      throw ValidationError(
        due ? "name sessions, or give --due" : "name sessions by their ids, or give --due")
    }
    self.ids = due ? nil : ids
    self.outcome = outcome
    self.now = now
  }

  func run(
    _ sessions: String?, _ planFile: PlanOption, regions: [Region], on console: Console
  ) throws -> ToolStatus {
    let regions = regions.keyed(by: \.id)
    var stream = try StreamEdit(console.open(planFile.inputs(sessions.map { [$0] } ?? [])), on: console)
    var isClean = stream.contents.isClean
    var book = SessionBook(stream.sessions.values)
    var seen: Set<SessionID> = []
    let due = stream.sessions.values.filter { $0.isOpen && $0.end <= now }.sorted(by: Session.precedes)
    for id in ids ?? due.map(\.id) where seen.insert(id).inserted {
      do throws(SessionBook.Refusal) {
        let session = try book.record(id, as: outcome, now: now)
        stream.replace(session)
      } catch {
        isClean = false
        console.report(Diagnostic(.error, error.message, code: "not-\(outcome.status.rawValue)"))
      }
    }
    for tandem in stream.contents.tandems.sorted(by: { $0.id < $1.id }) {
      guard book.changed.contains(tandem.id) else { continue }
      let site = stream.contents.people[tandem.mentee].flatMap {
        regions[tandem.region]?.site(named: $0.site)
      }
      let frame = regions[tandem.region]?.at(site: site?.name, cohort: tandem.cohort).frame
      if case .held = outcome {
        for warning in book.warnings(of: tandem.id, frame: frame) {
          console.report(Diagnostic(.warning, warning, code: "gap"))
        }
      }
      guard let status = book.status(of: tandem, wanted: frame?.sessions) else { continue }
      var changed = tandem
      changed.status = status
      stream.replace(changed)
      if status == .completed {
        console.report(Diagnostic(.note, "tandem \(tandem.id) is completed", code: "completed"))
      } else if tandem.status == .completed {
        console.report(Diagnostic(.note, "tandem \(tandem.id) is no longer completed", code: "active"))
      }
    }
    try stream.write(to: console.output)
    console.report(
      Diagnostic(
        .note,
        "\(counted(book.recorded, "session")) \(outcome.status.rawValue), of \(counted(book.changed.count, "tandem"))"
      ))
    return isClean ? .done : .badInput
  }
}

/// The sessions of a stream while it is recorded of some whether they took place.
struct SessionBook {
  enum Outcome {
    /// It took place; on another day than planned where one is given, on the clock of its zone.
    case held(on: LocalDate?)
    case missed

    var status: Session.Status {
      switch self {
      case .held: .held
      case .missed: .missed
      }
    }
  }

  struct Refusal: Error {
    var message: String
  }

  /// Those that were not called off, by number.
  private var tandems: [TandemID: [Session]] = [:]
  private let tandemOf: [SessionID: TandemID]
  private let cancelled: Set<SessionID>
  private(set) var recorded = 0
  /// Tandems of sessions that were recorded.
  private(set) var changed: Set<TandemID> = []
  /// Those among them of which a session was recorded as held, and was not.
  private var reopened: Set<TandemID> = []

  init(_ sessions: some Sequence<Session>) {
    let standing = sessions.filter { $0.status != .cancelled }
    tandems = Dictionary(grouping: standing.sorted(by: Session.precedes), by: \.tandem)
    tandemOf = sessions.latest(by: \.id).mapValues(\.tandem)
    cancelled = Set(sessions.filter { $0.status == .cancelled }.map(\.id))
  }

  /// The session as it is recorded.
  mutating func record(
    _ id: SessionID, as outcome: Outcome, now: Timestamp
  ) throws(Refusal) -> Session {
    guard !cancelled.contains(id) else {
      throw Refusal(message: "session \(id) was cancelled: plan it again, then record it")
    }
    guard let tandem = tandemOf[id], var sessions = tandems[tandem],
      let at = sessions.firstIndex(where: { $0.id == id })
    else {
      throw Refusal(
        message: "there is no session \(id) on the stream; give its id, as in 2026-autumn/pl:1+pl:2#4")
    }
    var session = sessions[at]
    if case .held(let date?) = outcome { try move(&session, to: date) }
    guard session.start.secondsSinceEpoch <= now.secondsSinceEpoch else {
      throw Refusal(
        message: "session \(id) begins at \(session.start): it cannot be \(outcome.status.rawValue) yet")
    }
    if case .held = outcome { try check(session, beside: sessions) }
    if case .missed = outcome, session.status == .held { reopened.insert(tandem) }
    session.status = outcome.status
    sessions[at] = session
    tandems[tandem] = sessions
    recorded += 1
    changed.insert(tandem)
    return session
  }

  private func move(_ session: inout Session, to date: LocalDate) throws(Refusal) {
    guard date != session.start.date else { return }
    guard let zone = try? ZoneDatabase.zone(session.timeZone) else {
      throw Refusal(message: "session \(session.id): there is no time zone \(session.timeZone)")
    }
    let length = session.end.secondsSinceEpoch - session.start.secondsSinceEpoch
    session.start = zone.timestamp(of: date, minute: session.start.minuteOfDay)
    let end = session.start.secondsSinceEpoch + length
    session.end = Timestamp(secondsSinceEpoch: end, offset: zone.offset(at: end))
    session.sequence += 1
  }

  /// Sessions take place in the order of their numbers.
  private func check(_ session: Session, beside sessions: [Session]) throws(Refusal) {
    let others = sessions.filter(\.counts)
    let before = others.last { $0.number < session.number }
    let after = others.first { $0.number > session.number }
    let isEarly = before.map { $0.start >= session.start } ?? false
    let isLate = after.map { $0.start <= session.start } ?? false
    if let neighbour = isEarly ? before : isLate ? after : nil {
      throw Refusal(
        message:
          "session \(session.id) cannot have been on \(session.start.date): session \(neighbour.number) is on "
          + "\(neighbour.start.date); record or move that one first")
    }
  }

  /// Reports held sessions that are closer together or farther apart than the programme asks for: they stay as recorded.
  func warnings(of tandem: TandemID, frame: ProgrammeFrame?) -> [String] {
    let held = (tandems[tandem] ?? []).filter { $0.status == .held }
    return zip(held, held.dropFirst()).compactMap { a, b in
      guard b.number == a.number + 1,
        let fault = frame?.gapFault(b.start.date.days(since: a.start.date))
      else { return nil }
      return "session \(b.id) was held although \(fault.reason)"
    }
  }

  /// What the tandem becomes; nil: what it is.
  func status(of tandem: Tandem, wanted: Int?) -> Tandem.Status? {
    let held = (tandems[tandem.id] ?? []).count { $0.status == .held }
    let isComplete = wanted.map { held >= $0 } ?? false
    switch tandem.status {
    case .ended: return nil
    case .completed: return isComplete || !reopened.contains(tandem.id) ? nil : .active
    case .proposed, .confirmed, .active:
      if isComplete { return .completed }
      return held > 0 && tandem.status != .active ? .active : nil
    }
  }
}
