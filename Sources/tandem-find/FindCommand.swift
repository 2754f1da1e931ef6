import ArgumentParser
import Basics
import Finding
import Foundation
import Programme
import RecordStream
import Regions
import ToolSupport

/// Finds people of other fields at a site, to try out a campaign, a product idea or a talk.
struct FindCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem-find",
    abstract: "Find people of other fields at a site, who consented to be found.",
    discussion: """
      Reads person records, names the best people with a reason for each, spread over departments. \
      Nobody is asked more often than the region allows: --asked FILE keeps count, and --invite adds to it.
      """,
    version: Version.text)

  @OptionGroup var shared: SharedOptions
  @Argument(help: "Streams with person records; none, or -: standard input.", completion: .file())
  var files: [String] = []
  @Option(name: .customLong("for"), help: "Who is looking: an id, an address or a whole name.")
  var seeker: String
  @Option(help: "Topics or words, separated by commas.", completion: .settings(.topics))
  var topic: String
  @Option(
    help: "What for, as the region declares it: rehearsal, product-test, campaign.",
    completion: .settings(.purposes))
  var purpose: String?
  @Option(help: "The site; else that of the person who looks.", completion: .settings(.sites))
  var site: String?
  @Option(help: "How many people at most.")
  var limit = 5
  @Option(help: "A CSV of who was asked when.", completion: .file())
  var asked: String?
  @Option(help: "The day of the search, as 2026-10-05; else that of --now.")
  var on: String?
  @OptionGroup var time: NowOption
  @Flag(help: "Make an invitation record for each, and enter them into --asked.")
  var invite = false
  @Option(
    help: "ndjson, table, csv or xlsx; else a table on a terminal and records in a pipe.",
    completion: .formats(.ndjson, .table, .csv, .xlsx))
  var format: OutputFormat?

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit must be at least 1") }
    if let on, LocalDate(iso8601: on) == nil {
      throw ValidationError("--on \(on): write the day as 2026-10-05")
    }
    if invite, asked == nil {
      throw ValidationError("--invite needs --asked FILE, or people would be asked too often")
    }
    try OutputFormat.check(format, among: .ndjson, .table, .csv, .xlsx)
  }

  func run(on console: Console) throws -> ToolStatus {
    let regions = try shared.regions(on: console)
    let inputs = try console.open(files)
    let format = OutputFormat.resolve(format, on: console)
    // From the reading of who was asked to the writing of it: of two runs at once one waits.
    let draft = try invite ? asked.map { try FileDraft($0) } : nil
    var ledger = try readLedger(on: console)
    var people: [Person] = []
    for input in inputs {
      try RecordReader(input, log: console.report).forEachLine { line in
        if case .person(let person) = try line.decode() { people.append(person) }
        if format == .ndjson { try console.output.writeLine(line.bytes) }
      }
    }

    let search: Search
    let region: Region
    do throws(FindingError) {
      (search, region) = try self.search(
        among: people, regions: regions, today: time.time(on: console).date)
    } catch {
      throw ToolFailure(.badInput, error.message)
    }
    let finder = PeopleFinder(
      people: people.filter { $0.region == region.id }, catalogue: region.topics.catalogue,
      settings: region.finding)
    let result = finder.search(search, asked: ledger)

    let report = FindReport(
      search: search, result: result, catalogue: region.topics.catalogue, language: region.language)
    switch format {
    case .csv, .xlsx: try report.data.write(format, to: console.output)
    case .table: try report.write(to: console.output)
    default:
      for line in report.records(inviting: invite) { try console.output.writeLine(line) }
    }
    if result.found.isEmpty { console.report(Diagnostic(.error, report.nobody)) }
    if let draft, !result.found.isEmpty {
      for found in result.found {
        ledger.add(
          AskedLedger.Entry(
            person: found.person.id, date: search.date, asker: search.seeker.id, purpose: search.purpose.name)
        )
      }
      // The invitations first: who is down as asked and was not would never be asked.
      try console.output.flush()
      try draft.place(ledger.csv.utf8)
    }
    if result.found.isEmpty { return .unavailable }
    return console.log.errors == 0 ? .done : .badInput
  }

  private func search(
    among people: [Person], regions: [Region], today: LocalDate
  ) throws(FindingError) -> (Search, Region) {
    let person = try PersonLookup(people).person(seeker)
    guard let region = regions.first(where: { $0.id == person.region }) else {
      throw .unknownSite(person.region, known: regions.map(\.id))
    }
    let purposes = region.finding.purposes
    let name = purpose ?? purposes.first?.name ?? ""
    guard let purpose = purposes.first(where: { $0.name == name }) else {
      throw .unknownPurpose(name, known: purposes.map(\.name))
    }
    var place = person.site
    if let site {
      guard let declared = region.site(named: site) else {
        throw .unknownSite(site, known: region.sites.map(\.name))
      }
      place = declared.name
    }
    let search = Search(
      seeker: person, site: place, topics: TopicQuery.topics(in: topic, of: region.topics.catalogue),
      words: topic, purpose: purpose, limit: limit, date: on.flatMap { LocalDate(iso8601: $0) } ?? today)
    return (search, region)
  }

  /// An --asked file that is not there yet is an empty one: the first --invite makes it.
  private func readLedger(on console: Console) throws -> AskedLedger {
    guard let asked, FileManager.default.fileExists(atPath: asked) else { return AskedLedger() }
    let bytes = try Input(path: asked).readAll()
    let errors = console.log.errors
    let ledger = AskedLedger(csv: bytes, file: asked, log: console.report)
    // An entry that cannot be read may be the one that forbids an asking.
    guard console.log.errors == errors else { throw ToolFailure(.badInput) }
    return ledger
  }
}
