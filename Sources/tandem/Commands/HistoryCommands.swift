import ArgumentParser
import Basics
import Foundation
import Programme
import RecordStream
import Store
import ToolSupport

struct LogCommand: ProgrammeCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Show who changed what, the last first.")
  @Option(help: ArgumentHelp("How many revisions at most.", valueName: "n")) var limit = 30
  @Option(help: "table, csv or xlsx.", completion: .formats(.table, .csv, .xlsx)) var format: OutputFormat?
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    try OutputFormat.check(format, among: .table, .csv, .xlsx)
    guard limit > 0 else { throw ValidationError("--limit \(limit): write 1 or more") }
  }

  func run(_ programme: OpenProgramme) throws -> ToolStatus {
    var table = TextTable([
      TextTable.Column("Rev", .right), TextTable.Column("When (UTC)"), TextTable.Column("Who"),
      TextTable.Column("Command"), TextTable.Column("Changed"),
    ])
    for revision in try programme.store.log(limit: limit) {
      guard let act = revision.act else {
        table.add([String(revision.number), "", "", "(another region)", ""])
        continue
      }
      let changed = revision.counts.map { count in
        let parts = [("+", count.added), ("~", count.changed), ("-", count.removed)].filter { $0.1 > 0 }
        let number = parts.count == 1 ? parts[0].1 : 2
        return parts.map { "\($0.0)\($0.1)" }.joined(separator: " ")
          + Names.counted(number, count.kind).drop { $0.isNumber }
      }
      table.add([
        String(revision.number), act.moment.clockText, act.clerk, act.command ?? "(erased)",
        changed.joined(separator: ", "),
      ])
    }
    switch format ?? .table {
    case .csv, .xlsx: try table.data.write(format ?? .csv, to: programme.console.output)
    default: try programme.console.output.write(table.text)
    }
    return .done
  }
}

struct ShowCommand: ProgrammeCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show what one revision changed.")
  @Argument(help: ArgumentHelp("The revision's number, as `tandem log` shows it.", valueName: "revision"))
  var revision: Int
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  func run(_ programme: OpenProgramme) throws -> ToolStatus {
    guard let found = try programme.store.revision(revision) else {
      throw ToolFailure(.badInput, "there is no revision \(revision); `tandem log` lists them")
    }
    if let act = found.act {
      try programme.console.output.write(
        "revision \(found.number)  \(act.moment.clockText)  \(act.clerk)\n\(act.tools)\ntandem \(act.command ?? "(erased)")\n\n"
      )
    }
    let changes = try programme.store.difference(from: revision - 1, to: revision)
    try programme.console.output.write(programme.report(changes, at: revision))
    return .done
  }
}

extension OpenProgramme {
  /// All of what changed, in words.
  func report(_ changes: [Change], at revision: Int) throws -> String {
    var present: [RecordKey: [UInt8]] = [:]
    try store.forEachRecord(
      in: .revision(revision), kinds: [Record.Kind.person.rawValue, Record.Kind.tandem.rawValue]
    ) { present[$0] = $1 }
    return try ChangeReport(changes, present: present)
      .text(numbers: try store.pairNumbers(), limit: .max, revision: nil)
  }

  /// A revision by its number, a date (what was true at its end) or `now`.
  func revision(_ word: String) throws -> Int {
    let head = try store.head()
    if word == "now" { return head }
    if let number = Int(word) {
      guard (0...head).contains(number) else {
        throw ToolFailure(.badInput, "there is no revision \(number): the last one is \(head)")
      }
      return number
    }
    if let time = Timestamp(rfc3339: word) { return try store.revision(at: time) }
    guard let date = LocalDate(iso8601: word) else {
      throw ToolFailure(.usage, "\"\(word)\" is neither a revision nor a date; write 12, 2026-10-05 or now")
    }
    // The end of that day wherever the clerk is.
    let end = Timestamp(secondsSinceEpoch: date.adding(days: 1).daysSinceEpoch * 86_400 - 1, offset: 0)
    return try store.revision(at: end)
  }
}

struct DiffCommand: ProgrammeCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Show what changed between two revisions or dates.")
  @Argument(help: ArgumentHelp("A revision's number, or a date.", valueName: "from")) var from: String
  @Argument(help: ArgumentHelp("The same; else now.", valueName: "to")) var to: String = "now"
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  func run(_ programme: OpenProgramme) throws -> ToolStatus {
    let (old, new) = (try programme.revision(from), try programme.revision(to))
    try programme.console.output.write(
      programme.report(programme.store.difference(from: old, to: new), at: new))
    return .done
  }
}

struct UndoCommand: ProgrammeCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Take a revision back, as a new revision.",
    discussion:
      "What left the house cannot be taken back: mails that were sent are named, and the next `tandem invite` corrects them."
  )
  @Argument(
    help: ArgumentHelp("The revision; else the last one that changed records.", valueName: "revision"))
  var revision: Int?
  @Flag(help: "Do not ask.") var yes = false
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  var logged: [String] { ["undo"] + (revision.map { [String($0)] } ?? []) }

  func run(_ programme: OpenProgramme) throws -> ToolStatus {
    try OutboxJournal(programme).synchronize()
    let base = try programme.store.head()
    let number = try revision ?? lastEffective(programme.store)
    // A published figure stays published: the next table must still be checked against it.
    let changes = try programme.store.undoing(number).filter { !UndoCommand.lasting.contains($0.key.kind) }
    let sent = try programme.store.log().filter { $0.number >= number }.flatMap(\.counts)
      .filter { $0.kind == "notice" }.reduce(0) { $0 + $1.added }
    guard !changes.isEmpty else {
      throw ToolFailure(
        .badInput, "revision \(number) changed no record that can be taken back: what was sent stays sent")
    }
    try programme.console.output.write(programme.report(changes, at: base))
    if let committed = try programme.commit(changes, onto: base, undoes: number) {
      let undone = try programme.store.revision(number)?.act?.command
      programme.console.report(
        Diagnostic(
          .note,
          "revision \(committed) takes revision \(number)\(undone.map { " (`\($0)`)" } ?? "") back"))
    }
    if sent > 0 {
      programme.console.report(
        Diagnostic(
          .warning,
          "\(counted(sent, "notice was", "notices were")) made since revision \(number), and cannot be taken back: `tandem invite` tells people what is true now",
          code: "already-told"))
    }
    return .done
  }

  /// Kinds of records that no undo takes back: what was done cannot be undone.
  private static let lasting = PresentRecords.logs.union([Record.Kind.summary.rawValue])

  /// The last revision that is not itself taken back, and changed more than logs.
  private func lastEffective(_ store: RecordStore) throws -> Int {
    var undone: Set<Int> = []
    for revision in try store.log() {
      if let target = revision.act?.undoes {
        if !undone.contains(revision.number) { undone.insert(target) }
        continue
      }
      guard !undone.contains(revision.number), revision.act != nil,
        revision.counts.contains(where: { !UndoCommand.lasting.contains($0.kind) })
      else { continue }
      return revision.number
    }
    throw ToolFailure(.badInput, "there is nothing to take back")
  }
}

struct ExportCommand: ProgrammeCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the records as a stream, for any pipe.")
  @Option(
    name: .customLong("as-of"), help: ArgumentHelp("A revision or a date; else now.", valueName: "revision"))
  var asOf = "now"
  @Option(help: ArgumentHelp("Only records of these kinds, comma-separated.", valueName: "kinds")) var kind:
    String?
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  func run(_ programme: OpenProgramme) throws -> ToolStatus {
    let kinds = kind.map { Set($0.split(separator: ",").map { String($0).trimmed }) }
    let state: RecordStore.State = asOf == "now" ? .present : .revision(try programme.revision(asOf))
    var found: Set<String> = []
    try programme.store.forEachRecord(in: state, kinds: kinds) { key, line in
      found.insert(key.kind)
      guard kinds != nil || !PresentRecords.logs.contains(key.kind) else { return }
      try programme.console.output.writeLine(line.span)
    }
    for missing in (kinds ?? []).subtracting(found).sorted(by: { $0.precedesByBytes($1) }) {
      programme.console.report(
        Diagnostic(.warning, "there is no record of the kind `\(missing)`", code: "no-record"))
    }
    return .done
  }
}

struct VerifyCommand: ProgrammeCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check the history against its hash chain, and the records against each other.")
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  func run(_ programme: OpenProgramme) throws -> ToolStatus {
    let found = try programme.store.verify()
    for fault in found.faults {
      programme.console.report(Diagnostic(.error, fault, file: programme.store.name, code: "damaged"))
    }
    try programme.console.output.write(
      "\(counted(found.revisions, "revision")), \(counted(found.changes, "change")): "
        + (found.faults.isEmpty ? "all holds\n" : "\(counted(found.faults.count, "fault"))\n"))
    if found.erased > 0 {
      try programme.console.output.write(
        "\(counted(found.erased, "content was", "contents were")) erased; their digests hold\n")
    }
    if found.unseen > 0 {
      try programme.console.output.write(
        "\(counted(found.unseen, "change")) of other regions: only the chain over them was checked\n")
    }
    return found.faults.isEmpty ? .done : .badInput
  }
}
