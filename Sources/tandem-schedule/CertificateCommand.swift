import ArgumentParser
import Basics
import Foundation
import Programme
import RecordStream
import Regions
import Scheduling
import ToolSupport

/// `tandem-schedule certificate`: who took part, on paper.
struct CertificateCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "certificate",
    abstract: "Write a certificate of participation for mentor and mentee of each completed tandem.",
    discussion: """
      Reads a stream with people, tandems and sessions. A tandem is completed when its record says so, or when all sessions \
      that the programme asks for were held (see `tandem-schedule held`). Each certificate is an HTML file that prints on one \
      page, in the language of the person's site; the words are the region's (texts/, `certificate`).
      """)

  @Argument(
    help: ArgumentHelp("Streams with the plan; - or none: standard input.", valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Option(
    help: ArgumentHelp("The folder that the certificates are written to.", valueName: "dir"),
    completion: .directory)
  var to: String

  @Option(
    help: ArgumentHelp(
      "The date of issue (2027-04-05); else that of the tandem's last held session.", valueName: "date"))
  var on: LocalDate?

  @Option(
    help: ArgumentHelp("The tandems of this cohort; else all.", valueName: "cohort"),
    completion: .settings(.cohorts))
  var cohort: String?

  @OptionGroup var shared: SharedOptions

  func run(on console: Console) throws -> ToolStatus {
    let regions = try shared.regions(on: console)
    let inputs = try console.open(files)
    let wording = try shared.wording(of: regions, on: console)
    let folder = try PrivateFolder(to)
    let contents = try StreamContents.read(inputs, passingTo: nil, on: console)
    var isClean = contents.isClean
    let held = Dictionary(
      grouping: contents.sessions.latest(by: \.id).values.filter { $0.status == .held }, by: \.tandem)
    let tandems = contents.tandems.filter { cohort == nil || $0.cohort == cohort }.latest(by: \.id)
    if contents.tandems.isEmpty {
      isClean = false
      console.report(.absent(.tandem, in: files.first))
    } else if tandems.isEmpty, let cohort {
      isClean = false
      let known = Set(contents.tandems.map(\.cohort)).sorted { $0.precedesByBytes($1) }
      console.report(
        Diagnostic(
          .error,
          "no tandem of the cohort \(cohort) is on the stream, only of \(known.joined(separator: ", "))",
          file: files.first, code: "no-tandem"))
    }
    var (completed, written, open) = (0, 0, 0)
    for tandem in tandems.values.sorted(by: { $0.id < $1.id }) {
      guard let region = wording.regions[tandem.region] else { continue }
      let own = (held[tandem.id] ?? []).sorted(by: Session.isEarlier)
      let people = [tandem.mentor, tandem.mentee].compactMap { contents.people[$0] }
      let site = contents.people[tandem.mentee].flatMap { region.site(named: $0.site) }
      let wanted = region.at(site: site?.name, cohort: tandem.cohort).frame.sessions
      guard tandem.status == .completed || tandem.status != .ended && own.count >= wanted else {
        open += 1
        continue
      }
      guard people.count == 2, let last = own.last else {
        isClean = false
        console.report(
          Diagnostic(
            .error,
            "tandem \(tandem.id) gets no certificate: "
              + (people.count < 2
                ? "its people are not on the stream; pass the person records on"
                : "none of its sessions is recorded as held"),
            code: "no-certificate"))
        continue
      }
      completed += 1
      for (person, other) in [(people[0], people[1]), (people[1], people[0])] {
        do {
          guard
            let text = try wording.certificate(
              of: tandem, for: person, with: other, sessions: own, on: on ?? last.start.date)
          else { continue }
          try folder.write(Array(text.html.utf8), "\(tandem.id)-\(person.id)", ending: "html")
          written += 1
        } catch let error as ConfigurationError {
          throw ToolFailure(.configuration, error.diagnostics)
        }
      }
    }
    console.report(
      Diagnostic(
        .note,
        "\(counted(completed, "tandem is", "tandems are")) completed: \(counted(written, "certificate")) in "
          + "\(folder.path); \(counted(open, "is", "are")) not"))
    return isClean ? .done : .badInput
  }
}
