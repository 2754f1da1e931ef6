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
    abstract: "Find the best other times for one session; the rest of the plan stays as it is.",
    discussion: """
      Reads a stream with people, tandems and sessions. Every time listed keeps all hard rules beside the rest of the \
      plan: both free, the gaps to the sessions before and after, one session a day, a free room. The best time of each day \
      comes before a second one of any day. As records the stream is passed on, and each time follows as an `alternative`:

      {"cost":{…},"daysAfter":N,"daysBefore":N,"end":TIME,"place":TEXT,"rank":N,"record":"alternative","session":ID,\
      "start":TIME,"tandem":ID,"timeZone":ZONE}

      With --take, the stream is written with the session moved, and nothing follows: give it to tandem-invite. Exit code 69 \
      says that there is no other time, with the reason.
      """)

  @Argument(help: ArgumentHelp("The session's id, as in 2026-autumn/pl:1+pl:2#4.", valueName: "session"))
  var session: SessionID

  @Argument(
    help: ArgumentHelp("Streams with the plan; - or none: standard input.", valueName: "file"),
    completion: .file())
  var files: [String] = []

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
    if take != nil, let format, format != .ndjson {
      throw ValidationError("--take writes the changed stream: leave out --format")
    }
  }

  func run(on console: Console) throws -> ToolStatus {
    let format = take != nil ? .ndjson : OutputFormat.resolve(format, on: console)
    let inputs = try console.open(planFile.inputs(files))
    let calendars = try CalendarFolder(availability.absences.busy, on: console)
    let regions = try shared.regions(on: console)
    var stream = try StreamEdit(inputs, on: console)
    guard let asked = stream.session(session) else {
      throw ToolFailure(
        .badInput, "there is no session \(session) on the stream; give its id, as in 2026-autumn/pl:1+pl:2#4")
    }
    guard !asked.isRecorded else {
      throw ToolFailure(
        .badInput,
        "session \(session) was \(asked.status.rawValue) on \(asked.start.date): it cannot be moved"
          + (asked.status == .missed ? "; plan again to make up for it" : ""))
    }
    guard let tandem = stream.contents.tandems.last(where: { $0.id == asked.tandem }) else {
      throw ToolFailure(
        .badInput,
        "session \(session) cannot be moved: its tandem is not on the stream; pass the tandem records on with the sessions"
      )
    }
    if tandem.status == .ended || tandem.status == .completed {
      throw ToolFailure(
        .badInput, "tandem \(tandem.id) is \(tandem.status.rawValue): its sessions stay as they are")
    }
    let sites = try SiteCalendars(regions, cohort: tandem.cohort, on: console)
    var isClean = stream.contents.isClean && sites.isClean
    var input = CohortInput(
      cohort: tandem.cohort, regions: regions, people: stream.contents.people,
      tandems: stream.contents.tandems,
      holidays: sites.holidays, roomBookings: sites.bookings, now: availability.time.time(on: console))
    stream.contents.sortAsPlan(into: &input, on: console)
    // Only the calendars of the two count, and only theirs are reported as missing.
    var both = input
    both.tandems = input.tandems.filter { $0.id == tandem.id }
    isClean =
      try availability.read(
        calendars, absences: stream.contents.absences, in: sites.window, into: &both, on: console) && isClean
    input.busy = both.busy

    let found: SessionAlternatives
    do throws(SchedulingError) {
      found = try SessionAlternatives(to: asked, count: max(alternatives, take ?? 0), in: input)
    } catch {
      throw ToolFailure(error.isUsage ? .usage : .badInput, error.message)
    }
    guard !found.alternatives.isEmpty else {
      if format == .ndjson { try stream.write(to: console.output) }
      console.report(
        Diagnostic(.error, "session \(session) has no other time: \(found.reason)", code: "unplanned"))
      return .unavailable
    }
    if let take {
      guard take <= found.alternatives.count else {
        throw ToolFailure(.usage, "--take \(take): there \(Self.times(found.alternatives.count))")
      }
      let taken = found.alternatives[take - 1]
      stream.replace(taken.session)
      try stream.write(to: console.output)
      console.report(
        Diagnostic(
          .note,
          "session \(session) moves from \(asked.start) to \(taken.session.start), \(Self.beside(taken)); all others "
            + "stay", code: "moved"))
      return isClean ? .done : .badInput
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
        [session.id.text, String(rank + 1)] + cells(alternative)
      }
      try DataTable(["session", "rank"] + Self.headings, rows).write(format, to: output)
    case .table, .ics, .html:
      let headings = ["", "day", "time", "place"] + Self.headings.dropFirst(3)
      var table = TextTable(
        headings.enumerated().map { at, heading in
          .init(
            heading, (1...3).contains(at) ? .left : .right,
            spare: Self.parts.firstIndex(of: heading).map { Self.parts.count - $0 })
        })
      for (rank, alternative) in alternatives.enumerated() {
        let (start, end) = (alternative.session.start, alternative.session.end)
        let day = start.date.weekday.rawValue.prefix(3)
        let clock = "\(start.time)–\(end.time)"
        table.add(
          [String(rank + 1), "\(day) \(start.date)", clock] + cells(alternative).dropFirst(2))
      }
      try output.write(prose: ["\(session.id), now \(session.start) (\(session.status.rawValue))", ""])
      try output.write(table)
    }
  }

  /// What the cost is made of.
  private static let parts = ["days", "half", "lunch", "late", "room"]
  private static let headings = [
    "start", "end", "place", "cost", "days", "half", "lunch", "late", "room", "gap before", "gap after",
  ]

  private func cells(_ alternative: SessionAlternatives.Alternative) -> [String] {
    let (session, cost) = (alternative.session, alternative.session.cost)
    return [
      session.start.description, session.end.description, session.place, String(cost.total),
      String(cost.day), String(cost.half), String(cost.lunch), String(cost.late), String(cost.room),
      alternative.daysAfter.map(String.init) ?? "", alternative.daysBefore.map(String.init) ?? "",
    ]
  }
}
