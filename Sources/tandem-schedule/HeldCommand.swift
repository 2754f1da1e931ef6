import ArgumentParser
import Programme
import ToolSupport

/// `tandem-schedule held`: which sessions took place, for the record.
struct HeldCommand: PlanRewriting {
  static let configuration = CommandConfiguration(
    commandName: "held",
    abstract: "Record that sessions took place.",
    discussion: """
      Reads a stream with the plan and writes it through, these sessions as `held`: no later plan changes them. A tandem is \
      `active` from its first held session on, and `completed` with the last that the programme asks for. A session that \
      was recorded as missed is corrected. A session that has not begun yet cannot be recorded (exit code 65).
      """)

  @Argument(help: ArgumentHelp("Ids of sessions, as in 2026-autumn/pl:1+pl:2#4.", valueName: "session"))
  var held: [SessionID] = []

  @Flag(help: "All sessions that are over and not recorded.") var due = false

  @Option(
    help: ArgumentHelp(
      "The day on which they were held, where it is not the planned one (2026-12-01); the hour stays.",
      valueName: "date"))
  var on: LocalDate?

  @OptionGroup var recording: RecordingOptions
  @OptionGroup var planFile: PlanOption
  @OptionGroup var shared: SharedOptions

  func run(on console: Console) throws -> ToolStatus {
    let recording = try SessionRecording(
      held, due: due, as: .held(on: on), at: recording.time.time(on: console))
    return try recording.run(
      self.recording.sessions, planFile, regions: shared.regions(on: console), on: console)
  }
}
