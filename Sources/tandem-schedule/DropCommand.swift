import ArgumentParser
import Basics
import Programme
import RecordStream
import ToolSupport

/// `tandem-schedule drop`: a coming session that will not take place.
struct DropCommand: PlanRewriting {
  static let configuration = CommandConfiguration(
    commandName: "drop",
    abstract: "Call off coming sessions; the next plan makes up for them.",
    discussion: """
      Reads a stream with the plan and writes it through, these sessions as `cancelled`, with the kind of reason. \
      `tandem-invite make` then sends the cancellations. A dropped session never comes back: the next plan adds another one \
      after the last, where the pair needs it for the number that the programme asks for. What has begun is recorded with \
      `tandem-schedule missed`; for another time, use `move`.
      """)

  @Argument(help: .sessions) var dropped: [String]

  @Option(help: .reason) var reason: Session.Reason = .other

  @OptionGroup var recording: RecordingOptions
  @OptionGroup var planFile: PlanOption
  @OptionGroup var shared: SharedOptions

  func run(on console: Console) throws -> ToolStatus {
    let now = recording.time.time(on: console)
    var stream = try StreamEdit(
      console.open(planFile.inputs(recording.sessions.map { [$0] } ?? [])), on: console)
    var isClean = stream.contents.isClean
    let words = SessionWords(stream.contents, today: now.date)
    var done: Set<SessionID> = []
    for reference in try words.references(dropped) {
      do throws(ToolFailure) {
        var session = try words.session(reference, alone: .none)
        guard !done.contains(session.id) else { continue }
        if let fault = fault(session, now) { throw ToolFailure(.badInput, fault) }
        session.cancel()
        session.reason = reason
        session.agreed = nil
        stream.replace(session)
        done.insert(session.id)
      } catch {
        isClean = false
        for diagnostic in error.diagnostics {
          console.report(Diagnostic(.error, diagnostic.message, code: "not-dropped"))
        }
      }
    }
    try stream.write(to: console.output)
    console.report(
      Diagnostic(
        .note, "\(counted(done.count, "session")) dropped; the next plan makes up for what is missing"))
    return isClean ? .done : .badInput
  }

  private func fault(_ session: Session, _ now: Timestamp) -> String? {
    guard session.isOpen else { return "session \(session.id) is \(session.status.rawValue) already" }
    return session.start.secondsSinceEpoch > now.secondsSinceEpoch
      ? nil
      : "session \(session.id) began at \(session.start): record it with `tandem-schedule missed` or `held`"
  }
}
