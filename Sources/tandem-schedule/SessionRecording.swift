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
  private let words: [String]?
  private let outcome: SessionBook.Outcome
  private let now: Timestamp

  /// - Throws: `ValidationError` where neither sessions nor `due` are given, or both.
  init(_ words: [String], due: Bool, as outcome: SessionBook.Outcome, at now: Timestamp) throws {
    guard words.isEmpty == due else {
      throw ValidationError(
        due ? "name sessions, or give --due" : "name sessions, by ids or by people and days, or give --due")
    }
    self.words = due ? nil : words
    self.outcome = outcome
    self.now = now
  }

  func run(
    _ sessions: String?, _ planFile: PlanOption, regions: [Region], on console: Console
  ) throws -> ToolStatus {
    var stream = try StreamEdit(console.open(planFile.inputs(sessions.map { [$0] } ?? [])), on: console)
    var isClean = stream.contents.isClean
    var book = SessionBook(stream.sessions.values)
    func refuse(_ message: String) {
      isClean = false
      console.report(Diagnostic(.error, message, code: "not-\(outcome.status.rawValue)"))
    }
    var named: [SessionID] = []
    if let words {
      let names = SessionWords(stream.contents, today: now.date)
      for reference in try names.references(words) {
        do throws(ToolFailure) {
          named.append(try names.session(reference).id)
        } catch {
          for diagnostic in error.diagnostics { refuse(diagnostic.message) }
        }
      }
    } else {
      named = stream.sessions.values.filter { $0.isOpen && $0.end <= now }.sorted(by: Session.precedes).map(
        \.id)
    }
    let topics = TopicNames(regions)
    var seen: Set<SessionID> = []
    for id in named where seen.insert(id).inserted {
      do throws(SessionBook.Refusal) {
        var session = try book.record(id, as: outcome, now: now)
        if case .held(_, let covered?) = outcome {
          session.covered = topics.ids(covered, of: stream.tandem(session.tandem))
        }
        stream.replace(session)
      } catch {
        refuse(error.message)
      }
    }
    if case .held = outcome { warn(book, stream, regions, on: console) }
    stream.recount(book.changed, reopening: book.reopened, regions: regions, on: console)
    if case .held(_, _?) = outcome { stream.passOnTopics(of: book.changed, now: now) }
    try stream.write(to: console.output)
    console.report(
      Diagnostic(
        .note,
        "\(counted(book.recorded, "session")) \(outcome.status.rawValue), of \(counted(book.changed.count, "tandem"))"
      ))
    return isClean ? .done : .badInput
  }

  private func warn(_ book: SessionBook, _ stream: StreamEdit, _ regions: [Region], on console: Console) {
    for id in book.changed.sorted() {
      guard let tandem = stream.tandem(id) else { continue }
      for warning in book.warnings(of: id, frame: stream.frame(of: tandem, regions)) {
        console.report(Diagnostic(.warning, warning, code: "gap"))
      }
    }
  }
}

extension StreamEdit {
  func tandem(_ id: TandemID) -> Tandem? { contents.tandems.last { $0.id == id } }

  func frame(of tandem: Tandem, _ regions: [Region]) -> ProgrammeFrame? {
    let region = regions.first { $0.id == tandem.region }
    let site = contents.people[tandem.mentee].flatMap { region?.site(named: $0.site) }
    return region?.at(site: site?.name, cohort: tandem.cohort).frame
  }

  /// Puts tandems to what their sessions make of them.
  ///
  /// - Parameter reopened: those of which a session that was held is recorded as missed.
  mutating func recount(
    _ changed: Set<TandemID>, reopening reopened: Set<TandemID> = [], regions: [Region], on console: Console
  ) {
    let sessions = Dictionary(grouping: sessions.values, by: \.tandem)
    for id in changed.sorted() {
      guard let tandem = tandem(id) else { continue }
      let held = (sessions[id] ?? []).count { $0.status == .held }
      guard
        let status = tandem.status(
          held: held, of: frame(of: tandem, regions)?.sessions, isReopened: reopened.contains(id))
      else { continue }
      var next = tandem
      next.status = status
      replace(next)
      if status == .completed {
        console.report(Diagnostic(.note, "tandem \(id) is completed", code: "completed"))
      } else if tandem.status == .completed {
        console.report(Diagnostic(.note, "tandem \(id) is no longer completed", code: "active"))
      }
    }
  }

  /// Gives the coming sessions of tandems what is left of their topics.
  mutating func passOnTopics(of changed: Set<TandemID>, now: Timestamp) {
    let sessions = Dictionary(grouping: sessions.values, by: \.tandem)
    for id in changed.sorted() {
      guard let tandem = tandem(id) else { continue }
      for session in SessionTopics.passedOn(tandem, sessions[id] ?? [], now: now) { replace(session) }
    }
  }
}

extension Tandem {
  /// What the tandem becomes with so many held sessions; nil: what it is.
  fileprivate func status(held: Int, of wanted: Int?, isReopened: Bool) -> Tandem.Status? {
    let isComplete = wanted.map { held >= $0 } ?? false
    switch status {
    case .ended: return nil
    case .completed: return isComplete || !isReopened ? nil : .active
    case .proposed, .confirmed, .active:
      if isComplete { return .completed }
      return held > 0 && status != .active ? .active : nil
    }
  }
}

/// Topics by the words that people use for them.
private struct TopicNames {
  private var ids: [String: [String: String]] = [:]

  init(_ regions: [Region]) {
    for region in regions {
      var own: [String: String] = [:]
      for topic in region.topics.catalogue.topics {
        for name in topic.aliases.values.joined() { own[name.lowercased()] = topic.id }
        own[topic.id.lowercased()] = topic.id
      }
      ids[region.id] = own
    }
  }

  /// Topics of the tandem's list as they are there, others by id; what is none stays as it was written.
  func ids(_ words: [String], of tandem: Tandem?) -> [String] {
    words.map { word in
      let plain = word.lowercased()
      return tandem?.agenda.first { $0.lowercased() == plain } ?? tandem.flatMap { ids[$0.region]?[plain] }
        ?? word
    }
  }
}

/// The sessions of a stream while it is recorded of some whether they took place.
struct SessionBook {
  enum Outcome {
    /// It took place; on another day than planned where one is given, on the clock of its zone; with the topics that were
    /// covered, where somebody says.
    case held(on: LocalDate?, covered: [String]?)
    case missed(Session.Reason?)

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

  private var sessions: [SessionID: Session]
  private var recordedIDs: Set<SessionID> = []
  var recorded: Int { recordedIDs.count }
  /// Tandems of sessions that were recorded.
  private(set) var changed: Set<TandemID> = []
  /// Those among them of which a session was recorded as held, and was not.
  private(set) var reopened: Set<TandemID> = []

  init(_ sessions: some Sequence<Session>) { self.sessions = sessions.latest(by: \.id) }

  /// Those of a tandem that count, in the order of time.
  private func counting(_ tandem: TandemID) -> [Session] {
    sessions.values.filter { $0.tandem == tandem && $0.counts }.sorted(by: Session.isEarlier)
  }

  /// The session as it is recorded. What was called off may have taken place all the same.
  mutating func record(
    _ id: SessionID, as outcome: Outcome, now: Timestamp
  ) throws(Refusal) -> Session {
    guard var session = sessions[id] else {
      throw Refusal(
        message: "there is no session \(id) on the stream; give its id, as in 2026-autumn/pl:1+pl:2#4")
    }
    if case .held(let date?, _) = outcome { try move(&session, to: date) }
    guard session.start.secondsSinceEpoch <= now.secondsSinceEpoch else {
      throw Refusal(
        message: "session \(id) begins at \(session.start): it cannot be \(outcome.status.rawValue) yet")
    }
    switch outcome {
    case .held:
      if let other = counting(session.tandem).first(where: {
        $0.id != id && $0.status == .held && $0.interval.overlaps(session.interval)
      }) {
        throw Refusal(
          message:
            "session \(id) cannot have been on \(session.start.date): session \(other.number) was held then")
      }
      session.reason = nil
    case .missed(let reason):
      guard session.status != .cancelled else {
        throw Refusal(message: "session \(id) was cancelled: the next plan makes up for it")
      }
      if session.status == .held { reopened.insert(session.tandem) }
      session.reason = reason ?? session.reason
      session.covered = nil
    }
    session.status = outcome.status
    session.agreed = nil
    sessions[id] = session
    recordedIDs.insert(id)
    changed.insert(session.tandem)
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

  /// Reports held sessions that are closer together or farther apart than the programme asks for: they stay as recorded.
  func warnings(of tandem: TandemID, frame: ProgrammeFrame?) -> [String] {
    let own = counting(tandem)
    return zip(own, own.dropFirst()).compactMap { a, b in
      guard a.status == .held, b.status == .held, recordedIDs.contains(a.id) || recordedIDs.contains(b.id),
        let fault = frame?.gapFault(b.start.date.days(since: a.start.date))
      else { return nil }
      return "session \(b.id) was held although \(fault.reason)"
    }
  }
}

extension SessionWords {
  /// The tandem that a word names; the word as an id where it names none.
  func tandem(_ word: String) -> TandemID {
    (try? pair(word)) ?? TandemID(word)
  }
}
