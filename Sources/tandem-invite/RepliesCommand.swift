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
    abstract: "Reads answers to invitations: accepted, declined, another time proposed, delegated.",
    discussion: """
      Reads answers from .ics files, mails (.eml) and folders of them (a Maildir, or any folder of .ics and .eml), and the \
      sessions that they answer from --sessions or standard input, whose records it passes on. After them come the \
      sessions that an answer changes (a declined one as `cancelled`, for tandem-schedule --previous to plan anew) and a \
      `reply` record for each attendee who answered:

      {"answer":"accepted|declined|tentative|delegated|countered|undecided","attendee":ADDRESS,"comment":TEXT,\
      "delegates":[ADDRESS],"end":TIME,"file":FILE,"person":ID,"record":"reply","sequence":N,"session":ID,"stamp":TIME,\
      "start":TIME,"tandem":ID,"uid":UID}

      `delegates` stands with delegated ones alone, `start` and `end` with countered ones (the time proposed) and declined ones \
      (the time that does not suit), `person` is absent for a room. An answer to an older SEQUENCE than the session's is told \
      and ignored. An answer to a workshop has `"workshop":ID` instead of `session` and `tandem`, and changes no record.
      """)

  @Argument(
    help: ArgumentHelp("Answers: .ics, .eml, or folders of them.", valueName: "file"), completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp("The stream with the sessions; else standard input.", valueName: "file"),
    completion: .file())
  var sessions: String?

  @Flag(help: "Move a session to the time that an attendee proposed, where nobody declined.")
  var takeProposals = false

  @OptionGroup var planFile: PlanOption
  @OptionGroup var shared: SharedOptions

  func run(on console: Console) throws -> ToolStatus {
    let regions = try shared.regions(on: console)
    let stream = try console.open(planFile.inputs(sessions.map { [$0] } ?? []))
    let answers = try inputs(on: console)
    let wording = try RegionWording.loaded(
      regions, config: shared.configuration(on: console).path, on: console)
    let (state, isClean) = try ProgrammeState.read(stream, passingTo: console.output, on: console)
    var isGood = isClean
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
      let file = ReplyFile(bytes, fileName: name)
      for diagnostic in file.diagnostics {
        if diagnostic.severity == .error { isGood = false }
        console.report(diagnostic)
      }
      replies += file.replies.map { ($0, name) }
    }
    if !answers.report(unreadable: unreadable, on: console) { isGood = false }
    let matching: ReplyMatching
    do throws(ConfigurationError) {
      matching = try ReplyMatching(replies, to: state, wording: wording)
    } catch {
      throw ToolFailure(.configuration, error.diagnostics)
    }
    for diagnostic in matching.diagnostics { console.report(diagnostic) }
    let changed = matching.changedSessions(takesCounters: takeProposals)
    for session in changed { try console.output.writeLine(Record.session(session).line) }
    for match in matching.matched { try console.output.writeLine(match.line) }
    console.report(
      Diagnostic(
        .note,
        "\(answers.paths.count) files, \(replies.count) answers, \(matching.matched.count) of them count, \(changed.count) "
          + "sessions changed"))
    return isGood ? .done : .badInput
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
        .noInput, "holds neither .eml nor .ics files, and is no Maildir (cur, new); name another folder",
        file: folder)
    }
    return found
  }
}
