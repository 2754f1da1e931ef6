import ArgumentParser
import Basics
import Foundation
import Mailing
import Programme
import RecordStream
import Store
import ToolSupport

/// A command that runs a tool on the programme's records: `tandem match …` is `tandem-match …` on what the store holds, and
/// what it makes is committed.
protocol OnRecords: ToolCommand {
  static var tool: String { get }
  var words: [String] { get }
  func run(_ call: ToolWords, _ programme: OpenProgramme) throws -> ToolStatus
}

extension OnRecords {
  var shared: SharedOptions { ToolWords.messageOptions(of: words) }

  func run(on console: Console) throws -> ToolStatus {
    let call = try ToolWords(words)
    if call.has("--help") || call.has("-h") {
      try console.output.write(Self.helpMessage())
      try console.output.write("\n\nWhat tandem-\(Self.tool) takes:\n\n")
      try console.output.flush()
      ToolFinder.become(Self.tool, words, on: console)
    }
    let programme = try call.options.open(on: console, command: [Self.tool] + call.words)
    return try StoreFailure.told {
      try OutboxJournal(programme).synchronize()
      return try run(call, programme)
    }
  }
}

extension OpenProgramme {
  /// The time as an option for a tool.
  var nowWords: [String] { ["--now", now.description] }

  /// The calendars of the inbox, unless the call names others.
  func busyWords(_ call: ToolWords) throws -> [String] {
    let calendars = folder.path(of: .calendars)
    guard !call.has("--busy"), try !FolderListing.namesIfPresent(in: calendars).isEmpty else { return [] }
    return ["--busy", calendars]
  }

  func cohortWords(_ call: ToolWords) -> [String] { call.adding("--cohort", folder.settings.cohort) }

  /// Runs a tool on the records and shows what it writes; nothing is committed.
  func show(_ tool: String, _ words: (WorkingCopy) throws -> [String]) throws -> ToolStatus {
    let copy = try WorkingCopy(store, in: folder)
    return try plumbing.run(tool, words(copy), to: .standardOutput)
  }

  /// Runs a tool on the records and commits the stream that it writes.
  func revise(_ tool: String, agreed: Bool, _ words: (WorkingCopy) throws -> [String]) throws -> ToolStatus {
    try revise(agreed: agreed) { copy in
      try plumbing.run(tool, words(copy), to: .file(copy.result))
    }
  }
}

struct ImportCommand: OnRecords {
  static let tool = "import"
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Read exports of master data, questionnaires and answers into the programme.",
    discussion: "`tandem import preview FILE…` shows how files would be read, and changes nothing.")

  @Argument(parsing: .captureForPassthrough) var words: [String] = []

  func run(_ call: ToolWords, _ programme: OpenProgramme) throws -> ToolStatus {
    if call.subcommand == "preview" {
      return try programme.plumbing.run("import", call.words, to: .standardOutput)
    }
    guard call.subcommand != "forget" else {
      throw ToolFailure(.usage, "erase people with `tandem forget WHO`: it erases the history too")
    }
    guard call.words.contains(where: { !$0.hasPrefix("-") }) else {
      throw ToolFailure(.usage, "no file is named: `tandem import staff.csv answers.xlsx`")
    }
    let rejects = try Rejects(programme.folder)
    let before = try programme.store.head()
    let status = try programme.revise("import", agreed: call.agreed) { copy in
      // A first import has no earlier one to be compared with.
      let isFirst = !copy.records.has(.person)
      return call.words + (isFirst ? [] : [copy.path] + call.adding("--previous", copy.path))
        + call.adding("--rejects", rejects.next)
        + call.adding("--format", OutputFormat.ndjson.rawValue)
    }
    if status == .done, try programme.store.head() > before { try rejects.putAway(call.words) }
    return status
  }
}

/// The rows that imports refused, a file for each import, until they are corrected and imported.
struct Rejects {
  private let folder: String
  private let names: [String]
  private let finished: [String]
  private static let done = "done"

  init(_ programme: ProgrammeFolder) throws {
    folder = programme.path(of: .rejects)
    names = try FolderListing.namesIfPresent(in: folder).filter {
      !FileDraft.isDraft($0) && $0 != Rejects.done
    }
    finished = try FolderListing.namesIfPresent(in: FolderListing.path(folder, Rejects.done))
  }

  /// The files that wait.
  var paths: [String] { names.map { FolderListing.path(folder, $0) } }

  /// Where the next import puts what it refuses.
  var next: String {
    let all = names + finished
    let last = all.compactMap { Int($0.prefix { $0.isASCII && $0.isNumber }) }.max() ?? 0
    return FolderListing.path(folder, "\(last < Int.max ? last + 1 : last).csv")
  }

  /// Those of them that were imported go into a folder of their own: nothing is lost, and nobody is asked for them again.
  func putAway(_ imported: [String]) throws {
    let named = Set(imported.compactMap { SystemCall.realPath($0) })
    let own = FolderListing.path(folder, Rejects.done)
    for name in names {
      let path = FolderListing.path(folder, name)
      guard SystemCall.realPath(path).map(named.contains) ?? false else { continue }
      try Folders.make(own)
      guard SystemCall.rename(path, FolderListing.path(own, name)) == 0 else {
        throw FileError.cannotWrite(path: path, errno: errno)
      }
    }
  }
}

struct MatchCommand: OnRecords {
  static let tool = "match"
  static let configuration = CommandConfiguration(
    commandName: "match", abstract: "Find who meets whom, and keep the pairs.",
    discussion: """
      With --format table or html, --explain or --dry-run the result is shown, and not kept. Pairs that are there already stay \
      where they can.
      """)

  @Argument(parsing: .captureForPassthrough) var words: [String] = []

  func run(_ call: ToolWords, _ programme: OpenProgramme) throws -> ToolStatus {
    if let subcommand = call.subcommand {
      switch subcommand {
      case "plan": break
      case "replace":
        throw ToolFailure(
          .usage, "end a pair with `tandem end PAIR --for PERSON`: it proposes the next partner")
      default: return try programme.plumbing.run("match", call.words, to: .standardOutput)
      }
    }
    var rest = call
    if rest.subcommand == "plan" { rest.dropSubcommand() }
    let isShown = ["--format", "--explain", "--scores", "--dry-run"].contains { rest.has($0) }
    func words(_ copy: WorkingCopy) -> [String] {
      let hasPairs = copy.records.has(.tandem)
      return ["plan", copy.path] + rest.words.filter { $0 != "--dry-run" } + programme.cohortWords(rest)
        + (hasPairs ? rest.adding("--previous", copy.path) : [])
    }
    guard !isShown else {
      return try programme.show("match") { copy in
        words(copy) + rest.adding("--format", OutputFormat.table.rawValue)
      }
    }
    return try programme.revise("match", agreed: call.agreed) { copy in
      words(copy) + ["--format", OutputFormat.ndjson.rawValue]
    }
  }
}

struct ScheduleCommand: OnRecords {
  static let tool = "schedule"
  static let configuration = CommandConfiguration(
    commandName: "schedule", abstract: "Plan the sessions of all pairs, around their calendars.",
    discussion: """
      Takes the calendars of inbox/calendars, unless --busy names others, and the absences that are known. What still holds \
      stays, and as little as possible moves. `tandem schedule progress`, `tandem schedule busy` and `tandem schedule certificate --to DIR` report. \
      With --format table or html, or --dry-run, the plan is shown, and not kept.
      """)

  @Argument(parsing: .captureForPassthrough) var words: [String] = []

  func run(_ call: ToolWords, _ programme: OpenProgramme) throws -> ToolStatus {
    var rest = call
    switch call.subcommand {
    case "plan"?: rest.dropSubcommand()
    case nil: break
    case "progress"?:
      return try programme.show("schedule") { copy in
        [rest.words[0], copy.path] + rest.words.dropFirst() + programme.cohortWords(rest) + programme.nowWords
          + rest.adding("--format", OutputFormat.table.rawValue)
      }
    case "busy"?:
      return try programme.show("schedule") { copy in
        try rest.words + rest.adding("--people", copy.path) + programme.cohortWords(rest)
          + programme.busyWords(rest)
      }
    case "certificate"?:
      return try programme.show("schedule") { copy in
        [rest.words[0], copy.path] + rest.words.dropFirst()
          + rest.adding("--to", FolderListing.path(programme.folder.path(of: .pages), "certificates"))
      }
    case let name?:
      throw ToolFailure(.usage, "write `tandem \(name) …`; `tandem help` lists the commands")
    }
    func words(_ copy: WorkingCopy) throws -> [String] {
      let hasPlan = copy.records.has(.session)
      return try ["plan", copy.path] + rest.words.filter { $0 != "--dry-run" } + programme.cohortWords(rest)
        + programme.nowWords + (hasPlan ? rest.adding("--previous", copy.path) : [])
        + programme.busyWords(rest)
    }
    guard !rest.has("--format"), !rest.has("--dry-run") else {
      return try programme.show("schedule") { copy in
        try words(copy) + rest.adding("--format", OutputFormat.table.rawValue)
      }
    }
    return try programme.revise("schedule", agreed: call.agreed) { copy in
      try words(copy) + ["--format", OutputFormat.ndjson.rawValue]
    }
  }
}

struct WorkshopCommand: OnRecords {
  static let tool = "workshop"
  static let configuration = CommandConfiguration(
    commandName: "workshop", abstract: "Find a date for the mid-term workshop, and its groups.",
    discussion:
      """
      `tandem workshop --options 3` lists dates, the cheapest first; `tandem workshop --choose 1` keeps one, with rosters in pages/. \
      `--on 2027-01-12` asks for a day, `--not 2027-01-11..2027-01-15` leaves days out.
      """
  )

  @Argument(parsing: .captureForPassthrough) var words: [String] = []

  func run(_ call: ToolWords, _ programme: OpenProgramme) throws -> ToolStatus {
    func words(_ copy: WorkingCopy) throws -> [String] {
      let hasPlan = copy.records.has(.workshop)
      return try [copy.path] + call.words + programme.cohortWords(call) + programme.nowWords
        + programme.busyWords(call)
        + (hasPlan && !call.has("--options") && !call.has("--choose")
          ? call.adding("--previous", copy.path) : [])
    }
    guard !call.has("--options"), !call.has("--format") else {
      return try programme.show("workshop") { copy in
        try words(copy) + call.adding("--format", OutputFormat.table.rawValue)
      }
    }
    return try programme.revise("workshop", agreed: call.agreed) { copy in
      try words(copy)
        + call.adding("--rosters", FolderListing.path(programme.folder.path(of: .pages), "rosters"))
        + ["--format", OutputFormat.ndjson.rawValue]
    }
  }
}

struct InviteCommand: OnRecords {
  static let tool = "invite"
  static let configuration = CommandConfiguration(
    commandName: "invite", abstract: "Make invitations and notices of changes, send them, read the answers.",
    discussion: """
      `tandem invite` puts what is new into the outbox. `tandem invite send --smtp HOST:PORT` sends it. `tandem invite replies` \
      reads the answers in inbox/replies, or the files that are named. `tandem invite publish --caldav URL` keeps a calendar \
      in step.
      """)

  @Argument(parsing: .captureForPassthrough) var words: [String] = []

  func run(_ call: ToolWords, _ programme: OpenProgramme) throws -> ToolStatus {
    var rest = call
    let outbox = programme.folder.path(of: .outbox)
    switch call.subcommand {
    case "send"?:
      let status = try programme.plumbing.run(
        "invite", rest.words + rest.adding("--outbox", outbox), to: .standardOutput)
      try OutboxJournal(programme).synchronize()
      return status
    case "publish"?:
      return try programme.show("invite") { copy in
        ["publish", copy.path] + rest.words.dropFirst() + programme.nowWords
          + rest.adding("--format", "table")
      }
    case "replies"?: return try replies(rest, programme)
    case "make"?: rest.dropSubcommand()
    case nil: break
    case let name?:
      throw ToolFailure(.usage, "there is no `tandem invite \(name)`; see `tandem invite --help`")
    }
    let status = try programme.show("invite") { copy in
      ["make", copy.path] + rest.words + rest.adding("--outbox", outbox) + programme.nowWords
        + rest.adding("--format", OutputFormat.table.rawValue)
    }
    guard !rest.has("--dry-run") else { return status }
    try OutboxJournal(programme).synchronize()
    let waiting = try FolderListing.namesIfPresent(in: FolderListing.path(outbox, Outbox.Folder.new.rawValue))
      .count
    if waiting > 0 {
      programme.console.report(
        Diagnostic(
          .note,
          "\(counted(waiting, "mail waits", "mails wait")) in \(outbox): `tandem invite send --smtp HOST:PORT` sends them"
        ))
    }
    return status
  }

  private func replies(_ call: ToolWords, _ programme: OpenProgramme) throws -> ToolStatus {
    let own = call.words.dropFirst()
    let inbox = RepliesInbox(programme)
    let files = own.contains { !$0.hasPrefix("-") } ? [] : try inbox.unread()
    guard !files.isEmpty || !own.isEmpty else {
      programme.console.report(
        Diagnostic(.note, "no unread answers in \(programme.folder.path(of: .replies)): save the mails there")
      )
      return .done
    }
    // Nobody was invited yet where there is none.
    let box = programme.folder.path(of: .outbox)
    let outbox = try FolderListing.namesIfPresent(in: box).isEmpty ? [] : call.adding("--outbox", box)
    guard !call.has("--dry-run") else {
      return try programme.show("invite") { copy in
        ["replies"] + own + files + call.adding("--sessions", copy.path) + outbox
      }
    }
    return try programme.revise(agreed: true) { _ in
      try inbox.entries(of: files)
    } _: { copy in
      try programme.plumbing.run(
        "invite",
        ["replies"] + own + files + call.adding("--sessions", copy.path)
          + outbox + call.adding("--format", "ndjson"),
        to: .file(copy.result))
    }
  }
}

struct SurveyCommand: OnRecords {
  static let tool = "survey"
  static let configuration = CommandConfiguration(
    commandName: "survey", abstract: "Tabulate answers to a survey without revealing anybody's.",
    discussion: """
      Every table counts as published: the store remembers it, and the next one is checked against all before. `tandem survey \
      missing FILE… --survey NAME` says who has not answered yet.
      """)

  @Argument(parsing: .captureForPassthrough) var words: [String] = []

  func run(_ call: ToolWords, _ programme: OpenProgramme) throws -> ToolStatus {
    if call.subcommand == "missing" {
      return try programme.show("survey") { copy in
        ["missing", copy.path] + call.words.dropFirst() + programme.cohortWords(call) + programme.nowWords
          + call.adding("--format", OutputFormat.table.rawValue)
      }
    }
    guard call.subcommand != "merge", !call.has("--partial") else {
      return try programme.plumbing.run("survey", call.words, to: .standardOutput)
    }
    return try PublishedTables(programme).publish(call)
  }
}

struct FindCommand: OnRecords {
  static let tool = "find"
  static let configuration = CommandConfiguration(
    commandName: "find", abstract: "Find people of other fields at a site for a test or a rehearsal.",
    discussion:
      "Who was asked when is remembered, so that nobody is asked too often: with --invite it is entered.")

  @Argument(parsing: .captureForPassthrough) var words: [String] = []

  func run(_ call: ToolWords, _ programme: OpenProgramme) throws -> ToolStatus {
    guard !call.has("--asked") else {
      throw ToolFailure(.usage, "leave out --asked: the programme remembers who was asked")
    }
    return try AskedBook(programme).find(call)
  }
}
