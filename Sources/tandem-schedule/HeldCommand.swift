import ArgumentParser
import Basics
import Calendars
import Programme
import RecordStream
import Regions
import Scheduling
import ToolSupport

/// `tandem-schedule held`: which sessions took place, for the record.
struct HeldCommand: PlanRewriting {
  static let configuration = CommandConfiguration(
    commandName: "held",
    abstract: "Record that sessions took place.",
    discussion: """
      Reads a stream with the plan and writes it through, these sessions as `held`: no later plan changes them. A tandem is \
      `active` from its first held session on, and `completed` with the last that the programme asks for.
      """)

  @Argument(help: ArgumentHelp("Ids of sessions, as in 2026-autumn/pl:1+pl:2#4.", valueName: "session"))
  var held: [SessionID]

  @Option(
    help: ArgumentHelp("The stream with the sessions; else standard input.", valueName: "file"),
    completion: .file())
  var sessions: String?

  @Option(
    help: ArgumentHelp(
      "The day on which they were held, where it is not the planned one (2026-12-01); the hour stays.",
      valueName: "date"))
  var on: LocalDate?

  @OptionGroup var planFile: PlanOption
  @OptionGroup var shared: SharedOptions

  func run(on console: Console) throws -> ToolStatus {
    let regions = try shared.regions(on: console).keyed(by: \.id)
    var stream = try StreamEdit(console.open(planFile.inputs(sessions.map { [$0] } ?? [])), on: console)
    var isClean = stream.contents.isClean
    var book = HeldBook(stream.sessions.values)
    var seen: Set<SessionID> = []
    for id in held where seen.insert(id).inserted {
      do throws(HeldBook.Refusal) {
        let session = try book.record(id, on: on)
        stream.replace(session)
      } catch {
        isClean = false
        console.report(Diagnostic(.error, error.message, code: "not-held"))
      }
    }
    for tandem in stream.contents.tandems.sorted(by: { $0.id < $1.id }) {
      guard book.changed.contains(tandem.id) else { continue }
      let site = stream.contents.people[tandem.mentee].flatMap {
        regions[tandem.region]?.site(named: $0.site)
      }
      let frame = regions[tandem.region]?.at(site: site?.name, cohort: tandem.cohort).frame
      for warning in book.warnings(of: tandem.id, frame: frame) {
        console.report(Diagnostic(.warning, warning, code: "gap"))
      }
      guard let status = book.status(of: tandem, wanted: frame?.sessions) else { continue }
      var changed = tandem
      changed.status = status
      stream.replace(changed)
      if status == .completed {
        console.report(Diagnostic(.note, "tandem \(tandem.id) is completed", code: "completed"))
      }
    }
    try stream.write(to: console.output)
    console.report(
      Diagnostic(
        .note, "\(counted(book.recorded, "session")) held, of \(counted(book.changed.count, "tandem"))"))
    return isClean ? .done : .badInput
  }
}

/// The sessions of a stream while some are recorded as held.
struct HeldBook {
  struct Refusal: Error {
    var message: String
  }

  private var tandems: [TandemID: [Session]] = [:]
  private let tandemOf: [SessionID: TandemID]
  private let cancelled: Set<SessionID>
  private(set) var recorded = 0
  /// Tandems of sessions that were recorded.
  private(set) var changed: Set<TandemID> = []

  init(_ sessions: some Sequence<Session>) {
    tandems = Dictionary(grouping: sessions.filter(\.counts).sorted(by: Session.precedes), by: \.tandem)
    tandemOf = sessions.latest(by: \.id).mapValues(\.tandem)
    cancelled = Set(sessions.filter { !$0.counts }.map(\.id))
  }

  /// The session as held.
  ///
  /// - Parameter date: when, where it was not as planned; on the clock of its zone.
  mutating func record(_ id: SessionID, on date: LocalDate?) throws(Refusal) -> Session {
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
    if let date, date != session.start.date {
      guard let zone = try? ZoneDatabase.zone(session.timeZone) else {
        throw Refusal(message: "session \(id): there is no time zone \(session.timeZone)")
      }
      let length = session.end.secondsSinceEpoch - session.start.secondsSinceEpoch
      session.start = zone.timestamp(of: date, minute: session.start.minuteOfDay)
      let end = session.start.secondsSinceEpoch + length
      session.end = Timestamp(secondsSinceEpoch: end, offset: zone.offset(at: end))
      session.sequence += 1
    }
    let (before, after) = (sessions[..<at].last, sessions[(at + 1)...].first)
    let isEarly = before.map { $0.start >= session.start } ?? false
    let isLate = after.map { $0.start <= session.start } ?? false
    if let neighbour = isEarly ? before : isLate ? after : nil {
      throw Refusal(
        message:
          "session \(id) cannot have been on \(session.start.date): session \(neighbour.number) is on "
          + "\(neighbour.start.date); record or move that one first")
    }
    session.status = .held
    sessions[at] = session
    tandems[tandem] = sessions
    recorded += 1
    changed.insert(tandem)
    return session
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
    switch tandem.status {
    case .ended, .completed: return nil
    case .proposed, .confirmed, .active:
      if let wanted, held >= wanted { return .completed }
      return held > 0 && tandem.status != .active ? .active : nil
    }
  }
}
