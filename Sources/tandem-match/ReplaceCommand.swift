import ArgumentParser
import Basics
import Matching
import Programme
import RecordStream
import Regions
import ToolSupport

/// Proposes a new partner when a tandem ends early.
struct ReplaceCommand: PlanRewriting {
  static let configuration = CommandConfiguration(
    commandName: "replace",
    abstract: "Propose the best free partner for whom a tandem leaves behind when it ends early.",
    discussion: """
      Reads a stream with people and tandems and passes it on: the tandem as ended, the proposals after it. \
      All other tandems stay.
      """)

  @OptionGroup var planFile: PlanOption
  @OptionGroup var shared: SharedOptions
  @Argument(help: "The tandem that ends: its id.")
  var tandem: TandemID
  @Argument(help: "Streams of records; none, or -: standard input.", completion: .file())
  var files: [String] = []
  @Option(name: .customLong("for"), help: "Who of the two goes on: id, address or name; else both.")
  var left: String?
  @Option(help: "Pairs that must not be, as for tandem-match.", completion: .file())
  var forbid: String?
  @Option(
    help: "ndjson, table, csv or xlsx; else a table on a terminal and records in a pipe.",
    completion: .formats(.ndjson, .table, .csv, .xlsx))
  var format: OutputFormat?

  func validate() throws {
    try OutputFormat.check(format, among: .ndjson, .table, .csv, .xlsx)
  }

  func run(on console: Console) throws -> ToolStatus {
    let format = OutputFormat.resolve(format, on: console)
    let inputs = try console.open(planFile.inputs(files))
    let side = try SideFiles(lock: nil, forbid: forbid, previous: nil, scores: nil, on: console)
    let regions = try shared.regions(on: console)
    let stream = try CohortStream(
      inputs, ending: tandem, passingTo: format == .ndjson ? console.output : nil, on: console)
    guard let ended = stream.tandems.first(where: { $0.id == tandem }) else {
      throw ToolFailure(.badInput, "the tandem \(tandem) is not on the stream; give it the tandems too")
    }
    var request = MatchRequest(cohort: ended.cohort, people: stream.people, regions: regions)
    request.tandems = stream.tandems
    try side.complete(&request, on: console)
    let replacement: Replacement
    do throws(MatchingError) {
      replacement = try Replacement(of: ended, left: try person(ended, stream), in: request)
    } catch {
      throw ToolFailure(.badInput, error.description)
    }
    for left in replacement.alone {
      let reasons = left.reasonsText
      console.report(
        Diagnostic(
          .error, "nobody is free for \(left.person)\(reasons.isEmpty ? "" : ": \(reasons)")",
          code: "nobody-free"))
    }
    try write(replacement, stream, format, on: console)
    return replacement.tandems.isEmpty ? .unavailable : console.log.errors == 0 ? .done : .badInput
  }

  /// - Throws: `MatchingError` where the person is none of the two.
  private func person(_ ended: Tandem, _ stream: CohortStream) throws(MatchingError) -> PersonID? {
    guard let left else { return nil }
    if case .one(let person) = PersonLookup(stream.people).find(left),
      [ended.mentor, ended.mentee].contains(person.id)
    {
      return person.id
    }
    throw .instance("--for \(left): write one of the two, \(ended.mentor) or \(ended.mentee)")
  }

  private func write(
    _ replacement: Replacement, _ stream: CohortStream, _ format: OutputFormat, on console: Console
  ) throws {
    if format == .ndjson {
      for tandem in replacement.tandems { try console.output.writeLine(Record.tandem(tandem).line) }
      return
    }
    let people = stream.people.keyed(by: \.id)
    var table = TextTable([
      .init("mentor"), .init("mentor name"), .init("mentee"), .init("mentee name"), .init("score", .right),
    ])
    for tandem in replacement.tandems {
      table.add([
        tandem.mentor.text, people[tandem.mentor]?.name ?? "", tandem.mentee.text,
        people[tandem.mentee]?.name ?? "",
        String(tandem.score.total),
      ])
    }
    if [.csv, .xlsx].contains(format) { return try table.data.write(format, to: console.output) }
    try console.output.write(table)
  }
}
