import ArgumentParser
import Basics
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
      was recorded as missed, or called off, is corrected. A session that has not begun yet cannot be recorded (exit code 65).

      With --topics, what was covered is recorded too: what is left of the list of topics goes to the coming sessions, in \
      order, and the next one is invited again with it.
      """)

  @Argument(help: .sessions) var held: [String] = []

  @Flag(help: "All sessions that are over and not recorded.") var due = false

  @Option(
    help: ArgumentHelp(
      "The day on which they were held, where it is not the planned one (2026-12-01); the hour stays.",
      valueName: "date"))
  var on: LocalDate?

  @Option(
    help: ArgumentHelp(
      "The topics that were covered, of the pair's list or others, joined by commas; `none`: none was.",
      valueName: "topics"))
  var topics: String?

  @OptionGroup var recording: RecordingOptions
  @OptionGroup var planFile: PlanOption
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if topics != nil, due {
      throw ValidationError("--topics is said of named sessions, not of all that are due")
    }
  }

  func run(on console: Console) throws -> ToolStatus {
    let covered = topics.map { text in
      text.trimmed == "none"
        ? [] : text.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
    }
    let recording = try SessionRecording(
      held, due: due, as: .held(on: on, covered: covered), at: recording.time.time(on: console))
    return try recording.run(
      self.recording.sessions, planFile, regions: shared.regions(on: console), on: console)
  }
}

extension ArgumentHelp {
  /// How sessions are named.
  static let sessions = ArgumentHelp(
    "Sessions: ids, as in 2026-autumn/pl:1+pl:2#4, or one of the pair (id, employee number, address, whole name) and the session's day or number.",
    valueName: "session")
}
