import ArgumentParser
import Basics
import Matching
import Programme
import RecordStream
import Regions
import ToolSupport

/// Matches the applicants of a cohort.
struct MatchCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Find who meets whom: the best tandems that the rules allow, and why.",
    discussion: """
      Reads person records and passes them on, followed by the tandems and the unmatched. \
      With --scores and no --cohort it solves the bare file of scores.
      """)

  @OptionGroup var shared: SharedOptions
  @Argument(help: "Streams of records; none, or -: standard input.", completion: .file())
  var files: [String] = []
  @Option(help: "The cohort, as the regions declare it: 2026-autumn.", completion: .settings(.cohorts))
  var cohort: String?
  @Option(
    help: "Pairs that must meet: CSV of mentor and mentee by id, name or address; or a decisions file.",
    completion: .file())
  var lock: String?
  @Option(help: "Pairs that must not be: the same.", completion: .file())
  var forbid: String?
  @Option(
    help: "An earlier result: tandems that still hold stay, those left out before count first.",
    completion: .file())
  var previous: String?
  @Option(help: "fair or total; else each region's setting.")
  var objective: MatchingSettings.Objective?
  @Option(
    help: "Where every allowed pair goes with its score, as CSV mentor,mentee,score.", completion: .file())
  var candidates: String?
  @Option(
    help: "Scores instead of the regions' own: CSV of three columns, mentor, mentee, score.",
    completion: .file())
  var scores: String?
  @Option(defaultAsFlag: "", help: "Why: for one person (id, address or name), or for everybody.")
  var explain: String?
  @Option(
    help: "Where the proof goes that the result is the best; see `tandem-match verify`.", completion: .file())
  var certificate: String?
  @Option(
    help: "ndjson, table, csv, xlsx or html; else a table on a terminal and records in a pipe.",
    completion: .formats(.ndjson, .table, .csv, .xlsx, .html))
  var format: OutputFormat?

  func validate() throws {
    try OutputFormat.check(format, among: .ndjson, .table, .csv, .xlsx, .html)
    if cohort == nil, scores == nil || !files.isEmpty {
      throw ValidationError("name the cohort: --cohort ID")
    }
  }

  func run(on console: Console) throws -> ToolStatus {
    guard let cohort else { return try BareScores.run(scores ?? "-", objective, on: console) }
    let format = OutputFormat.resolve(format, on: console)
    let inputs = try console.open(files)
    let side = try SideFiles(lock: lock, forbid: forbid, previous: previous, scores: scores, on: console)
    let regions = try shared.regions(on: console)
    if candidates != nil || certificate != nil { console.output.outlivesReader = true }
    var stream = try CohortStream(
      inputs, cohort: cohort, passingTo: format == .ndjson ? console.output : nil, on: console)
    if stream.people.isEmpty, let scores {
      return try BareScores.run(scores, objective, on: console)
    }
    if stream.people.isEmpty { console.report(.absent(.person, in: files.first)) }
    if let before = side.previous {
      stream.add(previous: try CohortStream([before], cohort: cohort, passingTo: nil, on: console))
    }
    var request = MatchRequest(cohort: cohort, people: stream.people, regions: regions)
    request.tandems = stream.tandems
    request.leftOut = stream.leftOut
    request.objective = objective
    try side.complete(&request, on: console)
    try tellStrangers(request, on: console)
    let match: CohortMatch
    do throws(MatchingError) {
      match = try CohortMatch(request)
    } catch {
      throw ToolFailure(.badInput, error.description)
    }
    for warning in match.warnings { console.report(warning) }
    if let candidates { try CandidateFile.write(match, to: candidates) }
    if let certificate { try writeCertificate(of: match, to: certificate) }
    try write(match, Explainer(match, request), format, people: PersonLookup(stream.people), on: console)
    return console.log.errors == 0 ? .done : .badInput
  }

  private func writeCertificate(of match: CohortMatch, to path: String) throws {
    let certificates = match.certificates
    guard certificates.count < 2 else {
      throw ToolFailure(
        .usage, "a certificate proves one objective, and the regions ask for two; name one with --objective")
    }
    var bytes: [UInt8] = []
    for certificate in certificates { certificate.write { bytes += $0 } }
    try AtomicFile.write(bytes, to: path)
  }

  private func write(
    _ match: CohortMatch, _ explainer: Explainer, _ format: OutputFormat, people: PersonLookup,
    on console: Console
  ) throws {
    let explained = try explained(match, people)
    let report = MatchReport(match)
    switch format {
    case .csv, .xlsx: try report.data.write(format, to: console.output)
    case .html: try console.output.write(ReviewSheet(match, explainer).html)
    case .table:
      let text = ExplanationText(match, width: console.output.lineWidth)
      if explain?.isEmpty ?? true { try report.writeTable(to: console.output) }
      for id in explained {
        guard let explanation = explainer.explanation(of: id) else { continue }
        try console.output.write((explain?.isEmpty ?? true ? "\n" : "") + text.text(explanation))
      }
    case .ndjson, .ics:
      for tandem in match.tandems { try console.output.writeLine(Record.tandem(tandem).line) }
      for unmatched in match.unmatched { try console.output.writeLine(Record.unmatched(unmatched).line) }
      for id in explained {
        guard let explanation = explainer.explanation(of: id) else { continue }
        try console.output.writeLine(Explanation.fields.line(explanation))
      }
    }
    if format != .table { console.report(Diagnostic(.note, match.summary)) }
  }

  /// Whom to explain: nobody, the one asked for, or everybody by id.
  private func explained(_ match: CohortMatch, _ people: PersonLookup) throws -> [PersonID] {
    guard let explain else { return [] }
    if explain.isEmpty { return match.applicants.people.map(\.id) }
    switch people.find(explain) {
    case .one(let person):
      guard match.applicants.index(of: person.id) != nil else {
        throw ToolFailure(
          .badInput, "--explain \(explain): the region \(person.region) is not at work; add it to --region")
      }
      return [person.id]
    case .several(let candidates):
      let names = candidates.map { "\($0.id) (\($0.name), \($0.site))" }.joined(separator: " or ")
      throw ToolFailure(.badInput, "--explain \(explain): may be \(names); write the id")
    case .nobody:
      let hint = people.nearest(to: explain).map { "; is \($0.name) (\($0.id)) meant?" } ?? ""
      throw ToolFailure(.badInput, "--explain \(explain): nobody on the stream\(hint)")
    }
  }

  /// People of regions that are not at work pass by; regions that nobody declared are a mistake.
  private func tellStrangers(_ request: MatchRequest, on console: Console) throws(ToolFailure) {
    let known = Set(request.regions.map(\.id))
    let declared = Set(try shared.declaredRegionIDs(on: console))
    var strangers: [String: Int] = [:]
    for person in request.people where !known.contains(person.region) {
      strangers[person.region, default: 0] += 1
    }
    for region in strangers.keys.sorted(by: { $0.precedesByBytes($1) }) {
      let count = strangers[region] ?? 0
      let people = "\(counted(count, "person", "people")) of the region \"\(region)\""
      console.report(
        declared.contains(region)
          ? Diagnostic(.note, "\(people) left as they are: the region is not at work", code: "other-region")
          : Diagnostic(
            .error,
            "\(people) cannot be matched: the region is not declared; begin it with `tandem-region new`",
            code: "unknown-region"))
    }
    let without = request.regions.filter { $0.cohort(request.cohort) == nil }
    guard without.count < request.regions.count else {
      throw ToolFailure(.usage, UnknownCohort(request.cohort, of: request.regions).message)
    }
    for region in without {
      console.report(
        Diagnostic(
          .warning, "the region \(region.id) declares no cohort \(request.cohort)", code: "unknown-cohort"))
    }
  }
}

extension MatchingSettings.Objective: ExpressibleByArgument {}
