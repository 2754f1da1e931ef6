import ArgumentParser
import Basics
import Calendars
import Mailing
import Programme
import RecordStream
import Regions
import ToolSupport

/// `tandem-invite make`: who must be notified of what, as files or as mails in an outbox.
struct MakeCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "make",
    abstract: "Make invitations, moves and cancellations: one file for each recipient and change.",
    discussion: """
      Reads person, tandem, session and workshop records, and passes them on. Nobody is notified of what is past. With --previous or --outbox, only \
      changes are sent: a move as REQUEST; a CANCEL for a meeting that was cancelled, has vanished or belongs to an ended \
      tandem; nothing for what stayed. A meeting has vanished if the outbox invited to it, its cohort and region are on the \
      stream, and it is not. If most meetings have vanished, nothing is sent without --cancel-vanished: it may be the wrong \
      file.

      The outbox remembers who was notified of what, so a repeated run sends nothing twice. With it, a mentee gets at most \
      the region's number of notices a week (attention: notices-per-week; all that goes out at once is one notice). \
      Changes that can wait are deferred, for everybody in that session, and go out merged with later changes in a run \
      after that week. A change to a time within seven days goes out at once, and so does the cancellation of a session \
      that vanished from the stream.
      """)

  enum Form: String, CaseIterable, ExpressibleByArgument {
    case ics, eml, bundle
  }

  @Argument(
    help: ArgumentHelp("Streams of records; - or none: standard input.", valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Option(
    help: ArgumentHelp(
      "The stream of the run before: what it holds was sent already.", valueName: "file"), completion: .file()
  )
  var previous: String?

  @Option(
    help: ArgumentHelp("The folder that files are written to.", valueName: "dir"), completion: .directory)
  var to: String?

  @Option(
    name: .customLong("as"),
    help: """
      ics: a calendar file each; eml: a mail each; bundle: for each recipient with news, all sessions of a tandem in one \
      file, to look at.
      """)
  var form: Form = .ics

  @OptionGroup var time: NowOption

  @Option(
    help: ArgumentHelp(
      "The folder that keeps what goes out and remembers it; mails wait in its folder `new`.",
      valueName: "dir"), completion: .directory)
  var outbox: String?

  @Flag(
    help:
      "Cancel the meetings that the outbox invited to and the stream no longer has, even if those are most.")
  var cancelVanished = false

  @Flag(help: "Invite those again whose invitations came back as undeliverable.")
  var retryUndelivered = false

  @Flag(help: "Write nothing: show who would get what.")
  var dryRun = false

  @Option(help: "What is written to standard output: ndjson or table.", completion: .formats(.ndjson, .table))
  var format: OutputFormat?

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard to != nil || outbox != nil || dryRun else {
      throw ValidationError("give --to DIR, --outbox DIR or --dry-run: there is nowhere to write to")
    }
    try OutputFormat.check(format, among: .ndjson, .table)
  }

  func run(on console: Console) throws -> ToolStatus {
    let format = format ?? (dryRun ? .table : OutputFormat.resolve(nil, on: console))
    let regions = try shared.regions(on: console)
    let inputs = try console.open(files)
    let before = try previous.map { try console.open([$0]) }
    let wording = try shared.wording(of: regions, on: console)
    let folder = dryRun ? nil : try to.map { try InvitationFiles($0, as: form, wording: wording) }

    if !dryRun { console.output.outlivesReader = true }
    let (current, isClean) = try ProgrammeState.read(
      inputs, passingTo: format == .ndjson ? console.output : nil, on: console)
    let earlier = try before.map { try ProgrammeState.read($0, passingTo: nil, on: console) }
    if let earlier, current.sessions.isEmpty, current.workshops.isEmpty, !earlier.state.sessions.isEmpty {
      throw ToolFailure(
        .badInput,
        "no session is on the stream, but \(earlier.state.sessions.count) are in the one before: did the tool before "
          + "this one fail? to cancel all of them, give their tandems with the status `ended`")
    }
    guard !current.sessions.isEmpty || !current.workshops.isEmpty || earlier != nil else {
      throw ToolFailure(.badInput, [.absent(.session, in: files.first)])
    }
    let stamp = time.time(on: console)
    var box: Outbox?
    let plan: NoticePlan
    do {
      box = dryRun ? nil : try outbox.map { try Outbox($0) }
      let book = try box?.book ?? outbox.map { try Outbox.peek($0) }
      plan = try NoticePlan.make(
        current, previous: earlier?.state, notified: book, wording: wording,
        now: stamp.inUTC, isWhole: isClean,
        cancelsVanished: cancelVanished, wantsCalendars: form == .bundle, retriesUnreachable: retryUndelivered
      )
    } catch let error as ConfigurationError {
      throw ToolFailure(.configuration, error.diagnostics)
    } catch let error as MailingError {
      throw ToolFailure(error)
    }
    if let doubt = plan.doubt { throw ToolFailure(.badInput, [Diagnostic(.error, doubt, code: "vanished")]) }
    for problem in plan.problems { console.report(problem) }
    var isGood = isClean && earlier?.isClean != false && plan.problems.isEmpty
    if !isClean, previous != nil {
      console.report(
        Diagnostic(
          .warning,
          "part of the stream could not be read: sessions that are missing from it are not cancelled",
          code: "incomplete"))
    }
    if !dryRun {
      let writing = NoticeWriting(plan: plan, state: current, folder: folder, outbox: box, stamp: stamp)
      for refused in try writing.write() {
        isGood = false
        console.report(refused)
      }
    }
    if format == .table { try console.output.write(NoticeTable.table(plan)) }
    for line in plan.summary { console.report(Diagnostic(.note, line)) }
    return isGood ? .done : .badInput
  }
}

extension ToolFailure {
  init(_ error: MailingError) {
    self.init(
      error.path == nil ? .badInput : .cannotCreate,
      [Diagnostic(.error, error.message, file: error.path, code: error.code)])
  }
}

extension ProgrammeState {
  /// Reads the inputs one after the other, and writes each good line to `output` as it is, where one is given.
  static func read(
    _ inputs: [Input], passingTo output: Output?, on console: Console
  ) throws -> (state: ProgrammeState, isClean: Bool) {
    var state = ProgrammeState()
    let isClean = try StreamContents.forEachRecord(inputs, passingTo: output, on: console) { _, record in
      if let record { state.add(record) }
    }
    return (state, isClean)
  }
}
