import ArgumentParser
import Basics
import Foundation
import Intake
import Programme
import RecordStream
import ToolSupport

/// Takes a person out of streams, calendars, rejects and keys of pseudonyms.
struct ForgetCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem-import forget",
    abstract: "Take people out of streams, calendars, rejects and keys, with a receipt.",
    discussion: """
      People are named by id, e-mail address or employee number; words that are files or folders are where they are \
      taken out. A record about the person goes, with the tandems and their sessions; elsewhere the mention goes. The \
      receipt says what was removed where, and nothing that is personal.
      """,
    version: Version.text)

  @OptionGroup var shared: SharedOptions
  @Argument(
    help: ArgumentHelp("People, then the files and folders.", valueName: "person… file"), completion: .file())
  var words: [String]
  @Option(
    help: ArgumentHelp("Add the receipt to those of this file.", valueName: "file"), completion: .file())
  var receipt: String?
  @Option(help: ArgumentHelp("The day to write on the receipt, as 2026-10-05.", valueName: "day"))
  var date: String?
  @Flag(help: "Only tell what would be removed.")
  var dryRun = false
  @Option(
    help: "ndjson, table or csv; else a table on a terminal and records in a pipe.",
    completion: .formats(.ndjson, .table, .csv))
  var format: OutputFormat?

  func validate() throws {
    if let date, LocalDate(iso8601: date) == nil {
      throw ValidationError("--date \(date): write it as 2026-10-05")
    }
    if let format, ![.ndjson, .table, .csv].contains(format) {
      throw ValidationError("--format \(format.rawValue): write ndjson, table or csv")
    }
  }

  func run(on console: Console) throws -> ToolStatus {
    let manager = FileManager.default
    let paths = words.filter { manager.fileExists(atPath: $0) }
    let people = words.filter { !manager.fileExists(atPath: $0) }
    guard !people.isEmpty else {
      throw ToolFailure(.usage, "nobody is named: write an id, an address or a number")
    }
    guard !paths.isEmpty else {
      throw ToolFailure(.noInput, "no file of these is there: \(people.joined(separator: ", "))")
    }
    let forgetting = Forgetting(people: people, files: try Forgetting.files(in: paths, on: console))
    try forgetting.learn(on: console)
    let traces = forgetting.traces
    for (number, ids) in traces.ambiguous {
      console.report(
        Diagnostic(.error, "\(number) is more than one person: write one of \(ids.joined(separator: ", "))"))
    }
    guard traces.ambiguous.isEmpty else { return .badInput }

    // What a killed run left of the receipt.
    if let receipt { try FileDraft.sweep((receipt as NSString).deletingLastPathComponent) }
    let removals = try forgetting.remove(isDryRun: dryRun, on: console) { done in
      if let receipt { try ForgetReport(removals: done, date: date).add(to: receipt) }
    }
    let report = ForgetReport(removals: removals, date: date)
    if dryRun, let receipt { try report.add(to: receipt) }
    switch OutputFormat.resolve(format, on: console) {
    case .table: try console.output.write(report.table)
    case .csv: try console.output.write(report.csv)
    default: try console.output.write(report.ndjson)
    }
    if removals.isEmpty {
      console.report(
        Diagnostic(.error, "nothing was found of \(people.joined(separator: ", ")): check the spelling"))
      return .badInput
    }
    return console.log.errors == 0 ? .done : .badInput
  }
}
