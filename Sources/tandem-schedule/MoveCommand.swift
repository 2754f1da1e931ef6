import ArgumentParser
import Basics
import Calendars
import Programme
import RecordStream
import Regions
import Scheduling
import ToolSupport

/// `tandem-schedule move`: other times for one session, on short notice.
struct MoveCommand: PlanRewriting {
  static let configuration = CommandConfiguration(
    commandName: "move",
    abstract: "Move one session to another time, or list the best ones; the rest of the plan stays as it is.",
    discussion: """
      Every time listed keeps all hard rules beside the rest of the plan: both free, the gaps to the sessions before and after, \
      one session a day, a free room. The best time of each day comes before a second one of any day. As records the stream \
      is passed on, and each time follows as an `alternative`:

      {"cost":{…},"daysAfter":N,"daysBefore":N,"end":TIME,"place":TEXT,"rank":N,"record":"alternative","session":ID,\
      "start":TIME,"tandem":ID,"timeZone":ZONE}

      With --take, the stream is written with the session moved, and nothing follows: give it to tandem-invite. Exit code 69 \
      says that there is no other time, with the reason.

      With --to, the session moves to any time, on the plan's grid or off it. All that the rules of sessions say against it is \
      reported; with --agreed it moves all the same, unless the room or one of the two is in another session then. Later \
      plans leave it there.
      """)

  @Argument(
    help: ArgumentHelp(
      "The session: its id, as in 2026-autumn/pl:1+pl:2#4, or one of the pair, followed by its day or number.",
      valueName: "session"))
  var session: String

  @Argument(
    help: ArgumentHelp(
      "After a person the session's day or number; then streams with the plan; - or none: standard input.",
      valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Option(help: .time) var to: TimeWord?

  @Option(help: ArgumentHelp("Minutes; else as long as it is.", valueName: "minutes")) var length: Int?

  @Flag(help: .agreed) var agreed = false

  @Option(help: ArgumentHelp("How many times to list.", valueName: "k"))
  var alternatives = 3

  @Option(help: ArgumentHelp("Move the session to this one of the times; 1 is the best.", valueName: "n"))
  var take: Int?

  @Option(
    help: "How the times are written: ndjson, table, csv or xlsx.",
    completion: .formats(.ndjson, .table, .csv, .xlsx))
  var format: OutputFormat?

  @OptionGroup(title: "When people can") var availability: Availability
  @OptionGroup var planFile: PlanOption
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard (1...1000).contains(alternatives) else {
      throw ValidationError("--alternatives is 1 to 1000, not \(alternatives)")
    }
    if let take, !(1...1000).contains(take) { throw ValidationError("--take is 1 to 1000, not \(take)") }
    try OutputFormat.check(format, among: .ndjson, .table, .csv, .xlsx)
    for (option, isGiven) in [("--take", take != nil), ("--to", to != nil)] where isGiven {
      if let format, format != .ndjson {
        throw ValidationError("\(option) writes the changed stream: leave out --format")
      }
    }
    if to != nil, take != nil { throw ValidationError("--to and --take exclude each other") }
    if agreed, to == nil { throw ValidationError("--agreed needs --to TIME: the time that people agreed on") }
    if let length, !(5...1440).contains(length) { throw ValidationError("--length is 5 to 1440 minutes") }
  }

  /// What names the session, and the streams.
  private var words: (session: [String], files: [String]) {
    guard let place = files.first, SessionWords.isPlace(place), (try? FileKind.at(place)) ?? nil == nil else {
      return ([session], files)
    }
    return ([session, place], Array(files.dropFirst()))
  }

  func run(on console: Console) throws -> ToolStatus {
    let format = take != nil || to != nil ? .ndjson : OutputFormat.resolve(format, on: console)
    let words = words
    let inputs = try console.open(planFile.inputs(words.files))
    let calendars = try CalendarFolder(availability.absences.busy, on: console)
    let regions = try shared.regions(on: console)
    let now = availability.time.time(on: console)
    var stream = try StreamEdit(inputs, on: console)
    let names = SessionWords(stream.contents, today: now.date)
    guard let asked = try names.sessions(words.session, alone: .none).first else {
      throw ToolFailure(.usage, "name the session")
    }
    guard !asked.isRecorded else {
      throw ToolFailure(
        .badInput,
        "session \(asked.id) was \(asked.status.rawValue) on \(asked.start.date): it cannot be moved"
          + (asked.status == .missed ? "; plan again to make up for it" : ""))
    }
    let desk = try SessionDesk(
      of: asked.tandem, stream.contents, regions: regions, calendars, availability.absences, at: now,
      on: console)
    let isClean = stream.contents.isClean && desk.isClean
    if let to {
      let start = to.minute(in: desk.zone)
      let interval = MinuteInterval(start: start, end: start + (length ?? asked.interval.length))
      guard let placed = try desk.place(asked, at: interval, agreed: agreed, on: console) else {
        try stream.write(to: console.output)
        return .unavailable
      }
      return try move(asked, to: placed, in: &stream, on: console, isClean)
    }

    let found: SessionAlternatives
    do throws(SchedulingError) {
      found = try SessionAlternatives(
        to: asked, count: max(alternatives, take ?? 0), length: length, in: desk.input)
    } catch {
      throw ToolFailure(error.isUsage ? .usage : .badInput, error.message)
    }
    guard !found.alternatives.isEmpty else {
      if format == .ndjson { try stream.write(to: console.output) }
      console.report(
        Diagnostic(.error, "session \(asked.id) has no other time: \(found.reason)", code: "unplanned"))
      return .unavailable
    }
    if let take {
      guard take <= found.alternatives.count else {
        throw ToolFailure(.usage, "--take \(take): there \(Self.times(found.alternatives.count))")
      }
      return try move(asked, to: found.alternatives[take - 1], in: &stream, on: console, isClean)
    }
    if format == .ndjson { try stream.write(to: console.output) }
    let output = AlternativeOutput(session: asked, alternatives: found.alternatives)
    try output.write(format, to: console.output)
    if found.alternatives.count < alternatives {
      console.report(
        Diagnostic(.note, "there \(Self.times(found.alternatives.count)), not \(alternatives)"))
    }
    return isClean ? .done : .badInput
  }

  private func move(
    _ asked: Session, to taken: SessionAlternatives.Alternative, in stream: inout StreamEdit,
    on console: Console, _ isClean: Bool
  ) throws -> ToolStatus {
    stream.replace(taken.session)
    try stream.write(to: console.output)
    console.report(
      Diagnostic(
        .note,
        "session \(asked.id) moves from \(asked.start) to \(taken.session.start), \(Self.beside(taken)); all others "
          + "stay", code: "moved"))
    return isClean ? .done : .badInput
  }

  private static func times(_ count: Int) -> String {
    (count == 1 ? "is " : "are ") + counted(count, "other time")
  }

  private static func beside(_ taken: SessionAlternatives.Alternative) -> String {
    let parts = [
      taken.daysAfter.map { "\(counted($0, "day")) after the session before" },
      taken.daysBefore.map { "\(counted($0, "day")) before the next" },
    ].compactMap { $0 }
    return parts.isEmpty ? "the only session" : parts.joined(separator: " and ")
  }
}

/// The times that are listed.
private struct AlternativeOutput {
  var session: Session
  var alternatives: [SessionAlternatives.Alternative]

  func write(_ format: OutputFormat, to output: Output) throws {
    switch format {
    case .ndjson:
      for (rank, alternative) in alternatives.enumerated() {
        let record = AlternativeRecord(alternative, rank: rank + 1)
        try output.writeLine(AlternativeRecord.fields.line(record))
      }
    case .csv, .xlsx:
      let rows = alternatives.enumerated().map { rank, alternative in
        let (start, end) = (alternative.session.start, alternative.session.end)
        return [session.id.text, String(rank + 1), start.description, end.description]
          + cells(alternative, SessionCost.parts)
      }
      let headings = ["session", "rank", "start", "end"] + Self.place(SessionCost.parts.map(\.name))
      try DataTable(headings, rows).write(format, to: output)
    case .table, .ics, .html:
      let parts = SessionCost.parts.filter { part in
        alternatives.contains { $0.session.cost[keyPath: part.path] != 0 }
      }
      let (place, gaps) = (Self.place(parts.map(\.name)), 2)
      var table = TextTable(
        (["", "day", "time"] + place).enumerated().map { at, heading in
          .init(
            heading, (1...3).contains(at) ? .left : .right,
            // Where there is no room, the last parts go first.
            spare: at > 4 && at < place.count + 3 - gaps ? place.count + 3 - at : nil)
        })
      for (rank, alternative) in alternatives.enumerated() {
        let (start, end) = (alternative.session.start, alternative.session.end)
        let day = start.date.weekday.rawValue.prefix(3)
        let clock = "\(start.time)–\(end.time)"
        table.add(
          [String(rank + 1), "\(day) \(start.date)", clock] + cells(alternative, parts))
      }
      try output.write(prose: ["\(session.id), now \(session.start) (\(session.status.rawValue))", ""])
      try output.write(table)
    }
  }

  private static func place(_ parts: [String]) -> [String] {
    ["place", "cost"] + parts + ["gap before", "gap after"]
  }

  private func cells(
    _ alternative: SessionAlternatives.Alternative, _ parts: some Sequence<SessionCost.Part>
  ) -> [String] {
    let (session, cost) = (alternative.session, alternative.session.cost)
    return [session.place, String(cost.total)] + parts.map { String(cost[keyPath: $0.path]) }
      + [alternative.daysAfter.map(String.init) ?? "", alternative.daysBefore.map(String.init) ?? ""]
  }
}
