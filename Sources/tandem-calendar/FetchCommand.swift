import ArgumentParser
import Basics
import Delivery
import Foundation
import Programme
import RecordStream
import ServerOptions
import ToolSupport

/// `tandem-calendar fetch`: calendars into a folder for `--busy`.
struct FetchCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Fetch busy calendars into a folder, each only where it changed.",
    discussion: """
      Reads a CSV file with the columns person, kind and address, and writes DIR/PERSON.ics, which tandem-schedule and \
      tandem-workshop read with --busy DIR. Kinds: ics (a published calendar), caldav (the events of a CalDAV calendar), \
      free-busy (its busy times alone), scheduling (asked through a scheduling outbox, with --organizer), graph (a \
      mailbox of Microsoft 365, with --oauth2).

      What did not change is not fetched again. A calendar that cannot be fetched, or comes incomplete, keeps the file of the \
      run before, and the exit code is 65; 69 where none could be fetched. User and password of the CalDAV server come from \
      $TANDEM_CALDAV_USER and $TANDEM_CALDAV_PASSWORD, or from --credentials; no other server gets them. Addresses of \
      published calendars are secrets: keep the list where others cannot read it. No message shows them.
      """)

  @Argument(
    help: ArgumentHelp("The list: CSV with person, kind and address.", valueName: "list"),
    completion: .file())
  var list: String

  @Option(
    help: ArgumentHelp("The folder that calendars are written to.", valueName: "dir"), completion: .directory)
  var to: String

  @Option(help: ArgumentHelp("The first day that counts; else today.", valueName: "day"))
  var from: LocalDate?

  @Option(help: ArgumentHelp("The last day that counts; else 300 days later.", valueName: "day"))
  var until: LocalDate?

  @Option(
    help: ArgumentHelp(
      "The address of Microsoft Graph, or of a server of the same interface.", valueName: "url"))
  var graph = "https://graph.microsoft.com/v1.0"

  @Option(help: ArgumentHelp("Of kind scheduling: the address of the outbox's owner.", valueName: "address"))
  var organizer: String?

  @OptionGroup var access: ServerAccess
  @OptionGroup var time: NowOption
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard WebAddress(graph)?.isPrivate == true else { throw ValidationError("--graph is https://HOST/PATH") }
  }

  func run(on console: Console) throws -> ToolStatus {
    let input = try console.open([list])
    let now = time.time(on: console)
    // Whole days, so that a second run of the day asks the same question.
    let first = from ?? now.inUTC.date
    let last = until ?? LocalDate(daysSinceEpoch: first.daysSinceEpoch + 300)
    func midnight(_ day: Int) -> Timestamp { Timestamp(secondsSinceEpoch: day * 86_400, offset: 0) }
    // A day more on either side: days begin at other times in other zones.
    guard
      first <= last,
      let window = FetchWindow(
        from: midnight(first.daysSinceEpoch - 1), to: midnight(last.daysSinceEpoch + 2))
    else { throw ToolFailure(.usage, "--until is before --from") }
    let sources = CalendarList(try input[0].readAll(limit: 1 << 26), file: list)
    for diagnostic in sources.diagnostics { console.report(diagnostic) }
    guard !sources.sources.isEmpty else { return .badInput }
    var settings = CalendarFetch.Settings(
      window: window, organizer: organizer, roots: access.roots,
      retrying: Retrying(attempts: access.attempts))
    if sources.sources.contains(where: { $0.kind == .graph }) {
      if let login = try access.token(for: .calendars, on: console), let base = WebAddress(graph) {
        settings.graph = (base, login)
      }
    }
    // A token of Microsoft's is nothing for a CalDAV server.
    if settings.graph == nil {
      settings.login = try access.login(variables: "TANDEM_CALDAV", for: .calendars, on: console)
    }
    let fetch: CalendarFetch
    do throws(FetchFailure) {
      fetch = try CalendarFetch(sources.sources, into: to, settings)
    } catch {
      throw ToolFailure(.usage, error.message, file: list)
    }
    let progress = Progress("fetching", on: console)
    let summary = try fetch.run(
      list: list, now: now, report: console.report, progress: { progress.update(done: $0, of: $1) })
    progress.finish()
    console.report(
      Diagnostic(
        .note,
        "\(counted(sources.sources.count, "calendar")): \(summary.changed) new or changed, \(summary.unchanged) as they were, "
          + "\(summary.failed) failed"))
    if summary.failed == sources.sources.count { return .unavailable }
    return summary.failed > 0 || !sources.diagnostics.isEmpty ? .badInput : .done
  }
}
