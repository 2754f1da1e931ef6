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
    commandName: "forget",
    abstract: "Erase people from streams, calendars, rejects and keys, with a receipt.",
    discussion: """
      Name people by id, e-mail address or employee number, then the files and folders to erase them from. Records about \
      a person are removed, with their tandems and sessions; elsewhere, mentions are removed. The receipt lists what was \
      removed where, and holds nothing personal.
      """)

  @OptionGroup var shared: SharedOptions
  @Argument(
    help: ArgumentHelp("People, then the files and folders.", valueName: "person… file"), completion: .file())
  var words: [String]
  @Option(
    help: ArgumentHelp("Add the receipt to those of this file.", valueName: "file"), completion: .file())
  var receipt: String?
  @Option(help: ArgumentHelp("The day to write on the receipt, as 2026-10-05.", valueName: "day"))
  var date: String?
  @Flag(help: "Show what would be removed, and change nothing.")
  var dryRun = false
  @Option(
    help: "ndjson, table, csv or xlsx; else a table on a terminal and records in a pipe.",
    completion: .formats(.ndjson, .table, .csv, .xlsx))
  var format: OutputFormat?

  func validate() throws {
    if let date, LocalDate(iso8601: date) == nil {
      throw ValidationError("--date \(date): write it as 2026-10-05")
    }
    try OutputFormat.check(format, among: .ndjson, .table, .csv, .xlsx)
  }

  func run(on console: Console) throws -> ToolStatus {
    let words = ForgetWords(words)
    guard !words.people.isEmpty else {
      throw ToolFailure(.usage, "nobody is named: write an id, an address or a number")
    }
    guard !words.paths.isEmpty else {
      throw ToolFailure(
        .noInput, "no file or folder is named: write those in which to look, \(words.people[0]) is a person")
    }
    let files = try ForgetFiles(words.paths)
    for path in files.missing {
      console.report(Diagnostic(.error, "no such file; check the path", file: path, code: "no-input"))
    }
    let forgetting = Forgetting(people: words.people, files: files, on: console)
    try forgetting.learn()
    for (number, ids) in forgetting.traces.ambiguous {
      console.report(
        Diagnostic(.error, "\(number) is more than one person: write one of \(ids.joined(separator: ", "))"))
    }
    guard forgetting.traces.ambiguous.isEmpty else { return .badInput }
    let unknown = try forgetting.unknown(receipts: receipt)
    for word in unknown {
      let what = word.contains("@") ? "address" : word.contains(":") ? "id" : "number"
      console.report(
        Diagnostic(
          .error, "\(word): nobody of this \(what) is in these files; check the spelling", code: "nobody"))
    }
    let notFound =
      unknown.map { ForgetResult(path: $0, outcome: .notFound) }
      + files.missing.map { ForgetResult(path: $0, outcome: .unsearched("no such file")) }
    func report() -> ForgetReport { ForgetReport(results: notFound + forgetting.results, date: date) }

    // What a killed run left of the receipt.
    if let receipt { try FileDraft.sweep(receipt.parentFolder) }
    if files.missing.isEmpty, unknown.count < words.people.count {
      forgetting.tellUnsearched()
      try forgetting.remove(isDryRun: dryRun) { if let receipt { try report().add(to: receipt) } }
      if !dryRun { try forgetting.searchAgain() }
    }
    let made = report()
    // Where nobody was found, nothing was done that a receipt could prove.
    if let receipt, unknown.count < words.people.count || !files.missing.isEmpty { try made.add(to: receipt) }
    let format = OutputFormat.resolve(format, on: console)
    switch format {
    case .table: try console.output.write(made.table(width: console.output.lineWidth))
    case .csv, .xlsx: try made.data.write(format, to: console.output)
    default: try console.output.write(made.ndjson)
    }
    guard files.missing.isEmpty else { return .noInput }
    return console.log.errors == 0 && console.log.warnings == 0 ? .done : .badInput
  }
}
