import Basics
import Mailing
import Programme
import RecordStream
import Regions
import Scheduling
import ToolSupport

/// Who must be told of a plan, and what can wait: by the rules of tandem-invite, from the memory that it keeps.
struct Telling {
  let notices: NoticePlan
  private let outbox: Outbox?

  /// - Parameters:
  ///   - outbox: the folder that remembers who was told what; nil: what the earlier plan says was told, and nothing waits.
  ///   - isRehearsal: nothing will be told: the memory is looked at, and left alone.
  /// - Throws: exit code 73 where the outbox cannot be used, 78 where a region has no texts.
  init(
    _ output: SessionOutput, wording: RegionWording, outbox path: String?, isRehearsal: Bool,
    isWhole: Bool
  ) throws {
    do {
      outbox = isRehearsal ? nil : try path.map { try Outbox($0) }
      let book = try outbox?.book ?? path.map { try Outbox.peek($0) }
      notices = try NoticePlan.make(
        output.state, previous: output.earlierState, told: book, wording: wording,
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
    try output.write(table.text + "\n" + notices.summary.map { $0 + "\n" }.joined())
  }

  /// To be called when all files are written: what is remembered was told.
  func remember(_ told: [Notice], at stamp: Timestamp) throws {
    do {
      try outbox?.remember(told, baselines: notices.baselines, at: stamp)
    } catch let error as MailingError {
      throw ToolFailure(.cannotCreate, error.message, file: error.path)
    }
  }
}
