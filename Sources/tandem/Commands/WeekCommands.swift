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
    let programme = try options.open(on: console, command: words)
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
    let programme = try open(console, [Self.verb] + sessions + (due ? ["--due"] : []))
    return try StoreFailure.told {
      try programme.revise(agreed: true) { copy in
        // Thousands of ids would be too long for a call: the tool finds those that are due itself.
        let ids = due ? ["--due"] : try words(copy, programme).sessions(sessions).map(\.id.text)
        return try programme.plumbing.run(
          "schedule", [Self.verb] + ids + ["--sessions", copy.path] + programme.nowWords,
          to: .file(copy.result))
      }
    }
  }
}

private let sessionHelp: ArgumentHelp = ArgumentHelp(
  "Sessions: a pair's number or one of its people, then the day (`12 2026-10-14`, `\"Iga Wójcik\" yesterday`), or pair and session (`12.3`). Without a day: the one past session that is not recorded.",
  valueName: "session")

struct HeldCommand: RecordingCommand {
  static let verb = "held"
  static let configuration = CommandConfiguration(
    commandName: "held", abstract: "Record that sessions took place.",
    discussion:
      "`tandem held --due` records every past session that is not recorded yet: correct single ones with `tandem missed`."
  )
  @Argument(help: sessionHelp) var sessions: [String] = []
  @Flag(help: "All past sessions that are not recorded.") var due = false
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions
}

struct MissedCommand: RecordingCommand {
  static let verb = "missed"
  static let configuration = CommandConfiguration(
    commandName: "missed", abstract: "Record that sessions did not take place.",
    discussion: "The next `tandem schedule` plans others in their place.")
  @Argument(help: sessionHelp) var sessions: [String] = []
  @Flag(help: "All past sessions that are not recorded.") var due = false
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions
}

struct MoveCommand: WeekCommand {
  static let configuration = CommandConfiguration(
    commandName: "move", abstract: "Find another time for one session, and move it there.",
    discussion: "Without --take the best other times are listed, and nothing changes.")
  @Argument(help: sessionHelp) var session: [String]
  @Option(help: ArgumentHelp("Move the session to this one of the times; 1 is the best.", valueName: "n"))
  var take: Int?
  @Option(help: ArgumentHelp("How many times to list.", valueName: "k")) var alternatives = 3
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  func run(on console: Console) throws -> ToolStatus {
    let programme = try open(
      console, ["move"] + session + (take.map { ["--take", String($0)] } ?? []))
    let none = try ToolWords([])
    func call(_ copy: WorkingCopy) throws -> [String] {
      let named = try words(copy, programme).sessions(session)
      guard named.count == 1 else { throw ToolFailure(.usage, "name one session, not \(named.count)") }
      return try ["move", named[0].id.text, copy.path] + programme.nowWords + programme.busyWords(none)
        + ["--alternatives", String(alternatives)]
    }
    return try StoreFailure.told {
      guard let take else { return try programme.show("schedule") { try call($0) + ["--format", "table"] } }
      return try programme.revise("schedule", agreed: true) { try call($0) + ["--take", String(take)] }
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
