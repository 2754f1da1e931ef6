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
      Reads answers from .ics files, mails (.eml) and folders of them (a Maildir, or any folder of .ics and .eml), and the \
      sessions that they answer from --sessions or standard input, whose records it passes on. After them come the \
      sessions that an answer changes (a declined one as `cancelled`, for tandem-schedule --previous to plan again) and a \
      `reply` record for each attendee who answered:

      {"answer":"accepted|declined|tentative|delegated|countered|undecided|unconfirmed","attendee":ADDRESS,"comment":TEXT,\
      "delegates":[ADDRESS],"end":TIME,"file":FILE,"person":ID,"proposedEnd":TIME,"proposedStart":TIME,"reason":TEXT,\
      "record":"reply","said":ANSWER,"sender":ADDRESS,"sequence":N,"session":ID,"stamp":TIME,"start":TIME,"tandem":ID,\
      "uid":UID}

      `delegates` is in delegated ones alone, `start` and `end` in countered ones (the time proposed) and declined ones \
      (the time that does not suit; `proposedStart` and `proposedEnd` where another is proposed), `person` is absent for a \
      room. An answer to an older SEQUENCE than the session's, or older than another by the same person, is reported and \
      ignored. An answer to a workshop has `"workshop":ID` instead of `session` and `tandem`, and changes no record.

      A mail answers for its sender alone: what it holds about other attendees does not count. If the sender is not an \
      attendee and does not act for one (SENT-BY), the answer is `unconfirmed`: `said` and `reason` hold the answer and \
      the doubt, nothing changes, and the exit code is 65. For an attendee with another address: --alias OTHER=INVITED.
      """)

  @Argument(
    help: ArgumentHelp("Answers: .ics, .eml, or folders of them.", valueName: "file"), completion: .file())
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

  @OptionGroup var planFile: PlanOption
  @OptionGroup var shared: SharedOptions

  func run(on console: Console) throws -> ToolStatus {
    let stream = try console.open(planFile.inputs(sessions.map { [$0] } ?? []))
    let answers = try inputs(on: console)
    let regions = try shared.regions(on: console)
    let wording = try shared.wording(of: regions, on: console)
    var state = ProgrammeState()
    var recorded: [SessionReply] = []
    var isGood = try StreamContents.forEachRecord(stream, passingTo: console.output, on: console) {
      _, record in
      if let record { state.add(record) }
      if case .reply(let reply) = record { recorded.append(reply) }
    }
    if state.sessions.isEmpty, state.workshops.isEmpty {
      isGood = false
      console.report(.absent(.session, in: planFile.path ?? sessions))
    }
    let aliases = Dictionary(alias.map { ($0.other, $0.invited) }, uniquingKeysWith: { $1 })
    var replies: [(reply: CalendarReply, file: String)] = []
    var unreadable: [InputError] = []
    for path in answers.paths {
      let bytes: [UInt8]
      do {
        bytes = try answers.read(path, on: console)
      } catch let error as InputError {
        unreadable.append(error)
        continue
      }
      let name = path == "-" ? "standard input" : path
      let file = ReplyFile(bytes, fileName: name, aliases: aliases)
      for diagnostic in file.diagnostics { console.report(diagnostic) }
      if !file.isClean { isGood = false }
      replies += file.replies.map { ($0, name) }
    }
    if !answers.report(unreadable: unreadable, on: console) { isGood = false }
    let matching: ReplyMatching
    do throws(ConfigurationError) {
      matching = try ReplyMatching(replies, to: state, recorded: recorded, wording: wording)
    } catch {
      throw ToolFailure(.configuration, error.diagnostics)
    }
    for diagnostic in matching.diagnostics { console.report(diagnostic) }
    if !matching.unconfirmed.isEmpty { isGood = false }
    let changed = matching.changedSessions()
    for session in changed { try console.output.writeLine(Record.session(session).line) }
    for match in matching.matched + matching.unconfirmed { try console.output.writeLine(match.line) }
    console.report(
      Diagnostic(
        .note,
        "\(counted(answers.paths.count, "file")), \(counted(replies.count, "answer")), of which "
          + "\(counted(matching.matched.count, "counts", "count")); \(counted(changed.count, "session")) changed"
      ))
    return isGood ? .done : .badInput
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

  /// Of a Maildir all in `cur` and `new`, of any other folder the .eml and .ics in it and below it.
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
        || [".eml", ".ics"].contains { name.lowercased().hasSuffix($0) }
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
        .noInput, "holds neither .eml nor .ics files, and is not a Maildir (cur, new); name another folder",
        file: folder)
    }
    return found
  }
}
