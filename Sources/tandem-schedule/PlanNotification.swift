import Basics
import Mailing
import Programme
import RecordStream
import Regions
import Scheduling
import ToolSupport

/// Who must be notified of a plan, and what can wait: by the rules of tandem-invite, from the outbox that it keeps.
struct PlanNotification {
  let notices: NoticePlan
  private let outbox: Outbox?

  /// - Parameters:
  ///   - outbox: the folder that records who was notified of what; nil: what the earlier plan says was sent, and nothing waits.
  ///   - isDryRun: nothing will be sent: the outbox is read, and stays as it is.
  /// - Throws: exit code 73 where the outbox cannot be used, 78 where a region has no texts.
  init(
    _ output: SessionOutput, wording: RegionWording, outbox path: String?, isDryRun: Bool,
    isWhole: Bool
  ) throws {
    do {
      outbox = isDryRun ? nil : try path.map { try Outbox($0) }
      let book = try outbox?.book ?? path.map { try Outbox.peek($0) }
      notices = try NoticePlan.make(
        output.state, previous: output.earlierState, notified: book, wording: wording,
        now: output.stamp,
        isWhole: isWhole)
    } catch let error as MailingError {
      throw ToolFailure(.cannotCreate, error.message, file: error.path)
    }
  }

  /// The notices, a row each.
  func write(_ format: OutputFormat, to output: Output) throws {
    var table = TextTable(NoticePlan.headings.map { .init($0, $0 == "Seq" ? .right : .left) })
    for row in notices.rows { table.add(row) }
    if [.csv, .xlsx].contains(format) { return try table.data.write(format, to: output) }
    try output.write(table)
    try output.write(prose: [""] + notices.summary)
  }

  /// Records the notices as sent: to be called when all files are written.
  func remember(_ sent: [Notice], at stamp: Timestamp) throws {
    do {
      try outbox?.remember(sent, baselines: notices.baselines, at: stamp)
    } catch let error as MailingError {
      throw ToolFailure(.cannotCreate, error.message, file: error.path)
    }
  }
}
