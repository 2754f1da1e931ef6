import ArgumentParser
import Basics
import Calendars
import Foundation
import Mailing
import Programme
import RecordStream
import Regions
import ToolSupport

/// `tandem-invite replies`: what was answered, as records.
struct RepliesCommand: PlanRewriting {
  static let configuration = CommandConfiguration(
    commandName: "replies",
    abstract: "Read answers to invitations: accepted, declined, another time proposed, delegated.",
    discussion: """
      Reads answers from mails and folders of them: .eml, Outlook's .msg, winmail.dat, Apple's .emlx, mbox, a Maildir, and \
      .ics files. The sessions that they answer come from --sessions or standard input, whose records it passes on. After \
      them comes a `reply` record for each attendee who answered, and an `undelivered` record for each invitation that came \
      back. Nothing else changes: what follows from the answers, `tandem-schedule --previous` decides by the session rules.

      {"answer":"accepted|declined|tentative|delegated|countered|undecided|unconfirmed","attendee":ADDRESS,"comment":TEXT,\
      "delegates":[ADDRESS],"end":TIME,"file":FILE,"person":ID,"proposedEnd":TIME,"proposedStart":TIME,"reason":TEXT,\
      "record":"reply","said":ANSWER,"sender":ADDRESS,"sequence":N,"session":ID,"stamp":TIME,"start":TIME,"tandem":ID,\
      "uid":UID}

      `delegates` is in delegated ones alone, `start` and `end` in countered ones (the time proposed) and declined ones \
      (the time that does not suit; `proposedStart` and `proposedEnd` where another is proposed), `person` is absent for a \
      room. An answer to an older SEQUENCE than the session's, or older than another by the same person, is reported and \
      ignored. An answer to a workshop has `"workshop":ID` instead of `session` and `tandem`.

      A mail answers for its sender alone: what it holds about other attendees does not count. If the sender is not an \
      attendee and does not act for one (SENT-BY), the answer is `unconfirmed`: `said` and `reason` hold the answer and \
      the doubt, nothing changes, and the exit code is 65. A person's `aliases` are theirs; for another address of \
      an attendee: --alias OTHER=INVITED.

      With --outbox, people whose invitations came back no longer count as invited: `tandem-invite make` invites them again \
      when their address is corrected. Every mail is an answer, a bounce, an automatic reply (counted), or is named.
      """)

  @Argument(
    help: ArgumentHelp("Answers: mails, .ics files, or folders of them.", valueName: "file"),
    completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp("The stream with the sessions; else standard input.", valueName: "file"),
    completion: .file())
  var sessions: String?

  @Option(
    help: ArgumentHelp(
      "Another address of an attendee, and the one that is invited; repeat it for more.",
      valueName: "other=invited"))
  var alias: [Alias] = []

  @Option(
    help: ArgumentHelp(
      "The outbox that the invitations went out from: it learns which of them came back.", valueName: "dir"),
    completion: .directory)
  var outbox: String?

  @Flag(help: "Change nothing: show the answers as a table.")
  var dryRun = false

  @Option(
    help: "What is written to standard output: ndjson, table or csv.",
    completion: .formats(.ndjson, .table, .csv))
  var format: OutputFormat?

  @OptionGroup var planFile: PlanOption
  @OptionGroup var shared: SharedOptions

  func validate() throws { try OutputFormat.check(format, among: .ndjson, .table, .csv) }

  func run(on console: Console) throws -> ToolStatus {
    let format = format ?? (dryRun ? .table : OutputFormat.resolve(nil, on: console))
    let stream = try console.open(planFile.inputs(sessions.map { [$0] } ?? []))
    let answers = try inputs(on: console)
    let regions = try shared.regions(on: console)
    let wording = try shared.wording(of: regions, on: console)
    var state = ProgrammeState()
    var recorded: [SessionReply] = []
    var isGood = try StreamContents.forEachRecord(
      stream, passingTo: format == .ndjson ? console.output : nil, on: console
    ) {
      _, record in
      if let record { state.add(record) }
      if case .reply(let reply) = record { recorded.append(reply) }
    }
    if state.sessions.isEmpty, state.workshops.isEmpty {
      isGood = false
      console.report(.absent(.session, in: planFile.path ?? sessions))
    }
    let found = read(answers, aliases(of: state), on: console)
    if !found.isClean { isGood = false }
    let matching: ReplyMatching
    let undelivered: UndeliveredNotices
    do {
      // Asked only where something came back.
      let outbox = found.reports.isEmpty ? nil : outbox
      let box = try dryRun ? nil : outbox.map { try Outbox($0, makes: false) }
      let history = try box?.book ?? outbox.map { try Outbox.peek($0) }
      matching = try ReplyMatching(found.replies, to: state, recorded: recorded, wording: wording)
      undelivered = try UndeliveredNotices(found.reports, of: state, history: history, wording: wording)
      let lost = try box?.takeBack(undelivered.records) ?? 0
      if lost > 0 {
        console.report(
          Diagnostic(.note, "\(counted(lost, "invitation")) no longer counted as known to the recipient"))
      }
    } catch let error as ConfigurationError {
      throw ToolFailure(.configuration, error.diagnostics)
    } catch let error as MailingError {
      throw ToolFailure(error)
    }
    for diagnostic in matching.diagnostics + undelivered.diagnostics { console.report(diagnostic) }
    if !matching.unconfirmed.isEmpty { isGood = false }
    try write(matching, undelivered.records, as: format, to: console.output)
    console.report(
      Diagnostic(
        .note,
        found.summary + "; \(counted(found.replies.count, "answer")), of which "
          + counted(matching.matched.count, "counts", "count")))
    return isGood ? .done : .badInput
  }

  /// What all files hold.
  private struct Found {
    var files = 0
    var replies: [(reply: CalendarReply, file: String)] = []
    var reports: [(report: DeliveryReport, file: String)] = []
    var count = ReplyFile.Count()
    var isClean = true

    /// `3 files, 4 mails: 2 with answers, 1 bounce, 1 automatic reply, 0 others`.
    var summary: String {
      var parts = ["\(count.answers) with answers"]
      if count.bounces > 0 { parts.append(counted(count.bounces, "bounce")) }
      if count.automatic > 0 {
        parts.append(counted(count.automatic, "automatic reply", "automatic replies"))
      }
      if count.others > 0 { parts.append(counted(count.others, "other")) }
      return "\(counted(files, "file")), \(counted(count.all, "mail")): " + parts.joined(separator: ", ")
    }
  }

  private func read(_ answers: InputFiles, _ aliases: [String: String], on console: Console) -> Found {
    var found = Found()
    found.files = answers.paths.count
    var unreadable: [InputError] = []
    for path in answers.paths {
      let bytes: [UInt8]
      do {
        bytes = try answers.read(path, on: console)
      } catch let error as InputError {
        unreadable.append(error)
        continue
      } catch {
        continue
      }
      let name = path == "-" ? "standard input" : path
      let file = ReplyFile(bytes, fileName: name, aliases: aliases)
      for diagnostic in file.diagnostics { console.report(diagnostic) }
      if !file.isClean { found.isClean = false }
      found.replies += file.replies.map { ($0, name) }
      found.reports += file.reports.map { ($0, name) }
      found.count += file.count
    }
    if !answers.report(unreadable: unreadable, on: console) { found.isClean = false }
    return found
  }

  /// Other addresses of people, each with the one that is invited; those of the call count before those of the stream.
  private func aliases(of state: ProgrammeState) -> [String: String] {
    var aliases: [String: String] = [:]
    for person in state.people.values.sorted(by: { $0.id < $1.id }) {
      for other in person.aliases where aliases[other.lowercased()] == nil {
        aliases[other.lowercased()] = person.email.lowercased()
      }
    }
    for alias in alias { aliases[alias.other] = alias.invited }
    return aliases
  }

  private func write(
    _ matching: ReplyMatching, _ undelivered: [Undelivered], as format: OutputFormat, to output: Output
  ) throws {
    let matches = matching.matched + matching.unconfirmed
    guard format != .ndjson else {
      for match in matches { try output.writeLine(match.line) }
      for record in undelivered { try output.writeLine(Record.undelivered(record).line) }
      return
    }
    var rows = matches.map(\.row)
    for item in undelivered {
      rows.append([
        item.address, "undelivered", item.session?.text ?? item.workshop?.text ?? "", "",
        [item.status, item.reason].compactMap(\.self).joined(separator: " "), item.file ?? "",
      ])
    }
    if format == .csv {
      try output.write(CSVText.rows([ReplyMatching.Matched.headings] + rows))
    } else {
      var table = TextTable(ReplyMatching.Matched.headings.map { .init($0) })
      for row in rows { table.add(row) }
      try output.write(table)
    }
  }

  /// An address and the one that it stands for.
  struct Alias: ExpressibleByArgument {
    var other: String
    var invited: String

    /// nil for what is not two addresses with `=` between them.
    init?(argument: String) {
      let parts = argument.lowercased().split(separator: "=", omittingEmptySubsequences: false)
      guard parts.count == 2, parts.allSatisfy({ $0.contains("@") }) else { return nil }
      (other, invited) = (String(parts[0]), String(parts[1]))
    }
  }

  /// Of a Maildir all in `cur` and `new`, of any other folder what the name says to be mail or a calendar, in it and below it.
  ///
  /// - Throws: exit code 66 where a file or folder cannot be opened, or a folder holds none.
  private func inputs(on console: Console) throws(ToolFailure) -> InputFiles {
    var barren = Set(files)
    let found = try InputFiles(
      files, kind: "answers", placement: "name it with --sessions", on: console
    ) { folder, path in
      let steps = path.split(separator: "/")
      guard let name = steps.last, !name.hasPrefix(".") else { return false }
      let isMail =
        steps.count == 2 && (steps[0] == "cur" || steps[0] == "new")
        || RepliesCommand.endings.contains { name.lowercased().hasSuffix($0) }
        // Thunderbird's and Apple's folders are mbox files without an ending.
        || !name.contains(".")
      if isMail { barren.remove(folder) }
      return isMail
    }
    for folder in files where barren.contains(folder) {
      do throws(InputError) {
        guard try FileKind.at(folder) == .folder, try FileKind.at("\(folder)/cur") != .folder else {
          continue
        }
      } catch {
        throw ToolFailure(.noInput, error.message, file: error.path)
      }
      throw ToolFailure(
        .noInput,
        "holds no mails (\(RepliesCommand.endings.joined(separator: ", "))), and is not a Maildir (cur, new); name another "
          + "folder", file: folder)
    }
    return found
  }

  private static let endings = [
    ".eml", ".ics", ".msg", ".mbox", ".mbx", ".emlx", ".dat", ".tnef", ".mht", ".ifb", ".vcs",
  ]
}
