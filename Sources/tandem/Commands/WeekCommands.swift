import ArgumentParser
import Basics
import Programme
import RecordStream
import Store
import ToolSupport

/// A command that a clerk gives each week: it names people and days, and changes the records by a tool.
protocol WeekCommand: ToolCommand {
  var options: ProgrammeOptions { get }
}

extension WeekCommand {
  func open(_ console: Console, _ words: [String]) throws -> OpenProgramme {
    let programme = try options.open(on: console, command: words, shared: shared.words)
    try StoreFailure.told { try OutboxJournal(programme).synchronize() }
    return programme
  }

  func words(_ copy: WorkingCopy, _ programme: OpenProgramme) throws -> SessionWords {
    try SessionWords(
      copy.records.lines, numbers: try programme.store.pairNumbers(), today: programme.now.date)
  }
}

/// `held` and `missed`: what became of past sessions.
protocol RecordingCommand: WeekCommand {
  var sessions: [String] { get }
  var due: Bool { get }
  static var verb: String { get }
  /// What is said of the sessions beside.
  var details: [String] { get }
}

extension RecordingCommand {
  func run(on console: Console) throws -> ToolStatus {
    guard sessions.isEmpty == due else {
      throw ToolFailure(
        .usage,
        due
          ? "name sessions, or give --due"
          : "name sessions, as in `tandem \(Self.verb) 12 2026-10-14`; see --help")
    }
    let programme = try open(console, [Self.verb] + sessions + (due ? ["--due"] : []) + details)
    return try StoreFailure.told {
      try programme.revise(agreed: true) { copy in
        // Thousands of ids would be too long for a call: the tool finds those that are due itself.
        let ids = due ? ["--due"] : try words(copy, programme).sessions(sessions).map(\.id.text)
        return try programme.plumbing.run(
          "schedule", [Self.verb] + ids + details + ["--sessions", copy.path] + programme.nowWords,
          to: .file(copy.result))
      }
    }
  }
}

private let sessionHelp: ArgumentHelp = ArgumentHelp(
  "Sessions: a pair's number or one of its people, then the day (`12 2026-10-14`, `\"Iga Wójcik\" yesterday`), or pair and session (`12.3`, `\"Iga Wójcik\" 3`). Without a day: the one past session that is not recorded.",
  valueName: "session")
private let comingHelp: ArgumentHelp = ArgumentHelp(
  "A pair's number or one of its people, then the day (`12 2026-10-14`) or the session's number (`12.3`, `\"Iga Wójcik\" 3`). Without: the pair's sessions are listed.",
  valueName: "session")
private let timeHelp: ArgumentHelp = ArgumentHelp(
  "When it begins, on the clock of the pair's sessions: \"2026-11-05 14:00\".", valueName: "time")
private let agreedHelp: ArgumentHelp = ArgumentHelp(
  "The people agreed on it: it is taken although rules speak against it, but for a room or people that are in another session then."
)
private let reasonHelp: ArgumentHelp = ArgumentHelp(
  "The kind of reason: illness, leave, work, no-show or other; what it was in words is nobody's concern.",
  valueName: "reason")

extension Session.Reason: ExpressibleByArgument {}

struct HeldCommand: RecordingCommand {
  static let verb = "held"
  static let configuration = CommandConfiguration(
    commandName: "held", abstract: "Record that sessions took place.",
    discussion:
      "`tandem held --due` records every past session that is not recorded yet: correct single ones with `tandem missed`."
  )
  @Argument(help: sessionHelp) var sessions: [String] = []
  @Flag(help: "All past sessions that are not recorded.") var due = false
  @Option(
    help: ArgumentHelp(
      "The day on which they were held, where it is not the planned one; the hour stays.", valueName: "date"))
  var on: LocalDate?
  @Option(
    help: ArgumentHelp(
      "The topics that were covered, joined by commas; `none`: none was. What is left goes to the coming sessions.",
      valueName: "topics"))
  var topics: String?
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  var details: [String] {
    (on.map { ["--on", $0.description] } ?? []) + (topics.map { ["--topics", $0] } ?? [])
  }
}

struct MissedCommand: RecordingCommand {
  static let verb = "missed"
  static let configuration = CommandConfiguration(
    commandName: "missed", abstract: "Record that sessions did not take place.",
    discussion: "The next `tandem schedule` plans others after the last ones, to make up for them.")
  @Argument(help: sessionHelp) var sessions: [String] = []
  @Flag(help: "All past sessions that are not recorded.") var due = false
  @Option(help: reasonHelp) var reason: Session.Reason?
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  var details: [String] { reason.map { ["--reason", $0.rawValue] } ?? [] }
}

struct DropCommand: WeekCommand {
  static let configuration = CommandConfiguration(
    commandName: "drop", abstract: "Call off coming sessions; the next plan makes up for them.",
    discussion: """
      `tandem invite` tells the people. For another time, use `tandem move`; what has begun is recorded with `tandem missed`.
      """)
  @Argument(help: comingHelp) var sessions: [String]
  @Option(help: reasonHelp) var reason: Session.Reason = .other
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  func run(on console: Console) throws -> ToolStatus {
    let programme = try open(console, ["drop"] + sessions + ["--reason", reason.rawValue])
    return try StoreFailure.told {
      try programme.revise(agreed: true) { copy in
        let ids = try words(copy, programme).sessions(sessions, alone: .none).map(\.id.text)
        return try programme.plumbing.run(
          "schedule",
          ["drop"] + ids + ["--reason", reason.rawValue, "--sessions", copy.path] + programme.nowWords,
          to: .file(copy.result))
      }
    }
  }
}

struct AddCommand: WeekCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a session to a pair: one on which the two agreed, or one that was held unplanned.",
    discussion: "Each held session counts towards those that the programme asks for, whatever its number.")
  @Argument(help: ArgumentHelp("The pair's number, or one of its people.", valueName: "pair")) var pair:
    String
  @Argument(help: timeHelp) var at: TimeWord
  @Option(help: ArgumentHelp("Minutes; else as long as sessions here last.", valueName: "minutes"))
  var length: Int?
  @Flag(help: "It took place.") var held = false
  @Flag(help: agreedHelp) var agreed = false
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  func run(on console: Console) throws -> ToolStatus {
    let details =
      ["--at", at.text] + (length.map { ["--length", String($0)] } ?? []) + (held ? ["--held"] : [])
      + (agreed ? ["--agreed"] : [])
    let programme = try open(console, ["add", pair] + details)
    let none = try ToolWords([])
    return try StoreFailure.told {
      try programme.revise(agreed: true) { copy in
        try programme.plumbing.run(
          "schedule",
          ["add", try words(copy, programme).pair(pair).text] + details + ["--sessions", copy.path]
            + programme.nowWords + programme.busyWords(none), to: .file(copy.result))
      }
    }
  }
}

struct MoveCommand: WeekCommand {
  static let configuration = CommandConfiguration(
    commandName: "move", abstract: "Find another time for one session, and move it there.",
    discussion: """
      Without --take and --to the best other times are listed, and nothing changes. --to moves the session to the time that people \
      agreed on: all that the rules say against it is reported, and --agreed takes it all the same. Later plans leave it there.
      """)
  @Argument(help: comingHelp) var session: [String]
  @Option(help: timeHelp) var to: TimeWord?
  @Option(help: ArgumentHelp("Minutes; else as long as it is.", valueName: "minutes")) var length: Int?
  @Flag(help: agreedHelp) var agreed = false
  @Option(help: ArgumentHelp("Move the session to this one of the times; 1 is the best.", valueName: "n"))
  var take: Int?
  @Option(help: ArgumentHelp("How many times to list.", valueName: "k")) var alternatives = 3
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if to != nil, take != nil { throw ValidationError("--to and --take exclude each other") }
    if agreed, to == nil { throw ValidationError("--agreed needs --to TIME: the time that people agreed on") }
  }

  func run(on console: Console) throws -> ToolStatus {
    let change =
      (to.map { ["--to", $0.text] } ?? []) + (agreed ? ["--agreed"] : [])
      + (take.map { ["--take", String($0)] } ?? [])
    let details = length.map { ["--length", String($0)] } ?? []
    let programme = try open(console, ["move"] + session + change + details)
    let none = try ToolWords([])
    func call(_ copy: WorkingCopy) throws -> [String] {
      let named = try words(copy, programme).sessions(session, alone: .none)
      guard named.count == 1 else { throw ToolFailure(.usage, "name one session, not \(named.count)") }
      return try ["move", named[0].id.text, copy.path] + programme.nowWords + programme.busyWords(none)
        + ["--alternatives", String(alternatives)] + details
    }
    return try StoreFailure.told {
      guard !change.isEmpty else {
        return try programme.show("schedule") { try call($0) + ["--format", "table"] }
      }
      return try programme.revise("schedule", agreed: true) { try call($0) + change }
    }
  }
}

struct EndCommand: WeekCommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: "End a pair early, and propose a new partner for who goes on.",
    discussion: """
      Its coming sessions are cancelled. With --for, the best free partner takes over: then the next `tandem schedule` cancels the \
      old sessions and plans those of the new pair. `tandem invite` tells the people.
      """)
  @Argument(help: ArgumentHelp("The pair's number, or one of its people.", valueName: "pair")) var pair:
    String
  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("Who of the two goes on with a new partner: name, address or id.", valueName: "person")
  )
  var person: String?
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  func run(on console: Console) throws -> ToolStatus {
    let programme = try open(console, ["end", pair] + (person.map { ["--for", $0] } ?? []))
    return try StoreFailure.told {
      try programme.revise(agreed: true) { copy in
        let words = try words(copy, programme)
        let id = try words.pair(pair).text
        let call: (tool: String, words: [String])
        if let person {
          call = (
            "match",
            [
              "replace", id, copy.path, "--for", try words.person(person).id.text, "--format",
              OutputFormat.ndjson.rawValue,
            ]
          )
        } else {
          call = ("schedule", ["end", id, "--sessions", copy.path] + programme.nowWords)
        }
        return try programme.plumbing.run(call.tool, call.words, to: .file(copy.result))
      }
    }
  }
}
