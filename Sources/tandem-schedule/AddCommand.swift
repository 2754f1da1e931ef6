import ArgumentParser
import Basics
import Calendars
import Programme
import RecordStream
import Regions
import Scheduling
import ToolSupport

/// `tandem-schedule add`: a session beside those that were planned.
struct AddCommand: PlanRewriting {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a session to a pair: one on which the two agreed, or one that was held unplanned.",
    discussion: """
      Reads a stream with the plan and writes it through, with a new session at the end, under the pair's next number. A coming \
      one is checked by the rules of sessions, as `tandem-schedule move --to` checks, and stays in later plans where it is. \
      With --held, a past session that nobody had planned is recorded. Each held session counts towards those that the \
      programme asks for, whatever its number.
      """)

  @Argument(
    help: ArgumentHelp(
      "The pair: its id, as in 2026-autumn/pl:1+pl:2, or one of its people.", valueName: "pair"))
  var pair: String

  @Option(help: .time) var at: TimeWord

  @Option(help: ArgumentHelp("Minutes; else as long as sessions here last.", valueName: "minutes"))
  var length: Int?

  @Flag(help: "It took place.") var held = false

  @Flag(help: .agreed) var agreed = false

  @OptionGroup var recording: RecordingOptions
  @OptionGroup(title: "When people can") var absences: BusyOptions
  @OptionGroup var planFile: PlanOption
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if let length, !(5...1440).contains(length) { throw ValidationError("--length is 5 to 1440 minutes") }
  }

  func run(on console: Console) throws -> ToolStatus {
    let now = recording.time.time(on: console)
    let calendars = try CalendarFolder(absences.busy, on: console)
    let regions = try shared.regions(on: console)
    var stream = try StreamEdit(
      console.open(planFile.inputs(recording.sessions.map { [$0] } ?? [])), on: console)
    let id = try SessionWords(stream.contents, today: now.date).pair(pair)
    let desk = try SessionDesk(
      of: id, stream.contents, regions: regions, calendars, absences, at: now, on: console)
    let own = stream.sessions.values.filter { $0.tandem == id }
    let number = (own.map(\.number).max() ?? 0) + 1
    let start = at.minute(in: desk.zone)
    let interval = MinuteInterval(start: start, end: start + (length ?? desk.frame.length))
    var session = Session(
      tandem: id, number: number,
      uid: Session.uid(tandem: id, number: number, domain: desk.region.office.domain),
      start: desk.zone.timestamp(minute: interval.start), end: desk.zone.timestamp(minute: interval.end),
      timeZone: desk.zoneName, place: SchedulingSettings.Place.office.rawValue)
    if held {
      guard interval.end * 60 <= now.secondsSinceEpoch else {
        throw ToolFailure(
          .badInput, "it ends at \(session.end): it cannot have been held yet; leave out --held")
      }
      if let other = own.first(where: { $0.status == .held && $0.interval.overlaps(interval) }) {
        throw ToolFailure(.badInput, "session \(other.id) was held at that time already")
      }
      session.status = .held
      stream.add(session)
      stream.recount([id], regions: regions, on: console)
    } else {
      let placed = try desk.place(session, at: interval, agreed: agreed, on: console)
      guard let placed else {
        try stream.write(to: console.output)
        return .unavailable
      }
      session = placed.session
      session.sequence = 0
      stream.add(session)
    }
    try stream.write(to: console.output)
    console.report(
      Diagnostic(
        .note, "session \(session.id) is added on \(session.start.clockText), \(session.status.rawValue)",
        code: "added"))
    return stream.contents.isClean && desk.isClean ? .done : .badInput
  }
}

extension ArgumentHelp {
  static let time = ArgumentHelp(
    "When it begins, on the clock of the pair's sessions (\"2026-11-05 14:00\"), or as RFC 3339.",
    valueName: "time")
  static let agreed = ArgumentHelp(
    "The people agreed on it: it is taken although rules speak against it, but for a room or people that are in another session then."
  )
}
