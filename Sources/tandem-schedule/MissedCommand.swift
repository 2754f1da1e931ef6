import ArgumentParser
import Programme
import ToolSupport

/// `tandem-schedule missed`: which sessions did not take place, for the record.
struct MissedCommand: PlanRewriting {
  static let configuration = CommandConfiguration(
    commandName: "missed",
    abstract: "Record that sessions did not take place.",
    discussion: """
      Reads a stream with the plan and writes it through, these sessions as `missed`: no later plan changes them, and nobody \
      is notified. The next plan adds a session after the last one to make up for each, where the term has room. A session \
      that was recorded as held is corrected, and a tandem that was completed by it is `active` again. A session that has \
      not begun yet cannot be recorded (exit code 65).
      """)

  @Argument(help: .sessions) var missed: [String] = []

  @Flag(help: "All sessions that are over and not recorded.") var due = false

  @Option(help: .reason) var reason: Session.Reason?

  @OptionGroup var recording: RecordingOptions
  @OptionGroup var planFile: PlanOption
  @OptionGroup var shared: SharedOptions

  func run(on console: Console) throws -> ToolStatus {
    let recording = try SessionRecording(
      missed, due: due, as: .missed(reason), at: recording.time.time(on: console))
    return try recording.run(
      self.recording.sessions, planFile, regions: shared.regions(on: console), on: console)
  }
}

extension Session.Reason: ExpressibleByArgument {}

extension ArgumentHelp {
  static let reason = ArgumentHelp(
    "The kind of reason: illness, leave, work, no-show or other; what it was in words is nobody's concern.",
    valueName: "reason")
}
