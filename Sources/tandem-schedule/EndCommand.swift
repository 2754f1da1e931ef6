import ArgumentParser
import Basics
import Programme
import RecordStream
import Regions
import ToolSupport

/// `tandem-schedule end`: a tandem that ends early, without another in its place.
struct EndCommand: PlanRewriting {
  static let configuration = CommandConfiguration(
    commandName: "end",
    abstract: "End tandems early, and cancel their coming sessions.",
    discussion: """
      Reads a stream with the plan and writes it through, these tandems as `ended` and their coming sessions as `cancelled`; \
      what took place stays. `tandem-invite make` then sends the cancellations. To propose new partners for the two, use \
      `tandem-match replace`.
      """)

  @Argument(
    help: ArgumentHelp(
      "Tandems: ids, as in 2026-autumn/pl:1+pl:2, or people who are in one alone.", valueName: "tandem"))
  var tandems: [String]

  @OptionGroup var recording: RecordingOptions
  @OptionGroup var planFile: PlanOption
  @OptionGroup var shared: SharedOptions

  func run(on console: Console) throws -> ToolStatus {
    let now = recording.time.time(on: console)
    var stream = try StreamEdit(
      console.open(planFile.inputs(recording.sessions.map { [$0] } ?? [])), on: console)
    var isClean = stream.contents.isClean
    let known = stream.contents.tandems.latest(by: \.id)
    let words = SessionWords(stream.contents, today: now.date)
    let ended = Set(tandems.map { words.tandem($0) }).sorted()
    var cancelled = 0
    for id in ended {
      guard var tandem = known[id], tandem.status != .completed else {
        isClean = false
        console.report(
          Diagnostic(
            .error,
            known[id] == nil
              ? "there is no tandem \(id) on the stream; give its id, as in 2026-autumn/pl:1+pl:2"
              : "tandem \(id) is completed: it cannot end early", code: "not-ended"))
        continue
      }
      tandem.status = .ended
      stream.replace(tandem)
      for var session in stream.sessions.values where session.tandem == id && session.isOpen {
        guard session.start.secondsSinceEpoch > now.secondsSinceEpoch else { continue }
        session.cancel()
        stream.replace(session)
        cancelled += 1
      }
    }
    try stream.write(to: console.output)
    console.report(
      Diagnostic(
        .note,
        "\(counted(ended.count(where: { known[$0].map { $0.status != .completed } ?? false }), "tandem")) ended, "
          + "\(counted(cancelled, "coming session")) cancelled"))
    return isClean ? .done : .badInput
  }
}
