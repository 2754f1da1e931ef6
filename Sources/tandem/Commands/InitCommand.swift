import ArgumentParser
import Basics
import Foundation
import Programme
import RecordStream
import Regions
import Store
import ToolSupport

struct InitCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make the folder of a new programme.",
    discussion: """
      The folder holds the store of all records and their history (programme.sqlite), and the folders inbox, outbox, pages and \
      rejects. Only you can read it. With --store a PostgreSQL server keeps the records for several clerks.
      """)

  @Argument(help: ArgumentHelp("The folder to make.", valueName: "dir"), completion: .directory) var folder:
    String
  @Option(
    help: "The cohort, as the regions declare it; needed where they declare more than one.",
    completion: .settings(.cohorts))
  var cohort: String?
  @Option(
    help: ArgumentHelp(
      "A database on a server: postgresql://user@host/database. The password comes from $PGPASSWORD or a password file.",
      valueName: "address"))
  var store: String?
  @OptionGroup var shared: SharedOptions

  func run(on console: Console) throws -> ToolStatus {
    let regions = try shared.regions(on: console)
    let cohort = try cohort(of: regions)
    let config = shared.configuration(on: console).path
    let settings = ProgrammeFolder.Settings(
      cohort: cohort.id, regions: regions.map(\.id), configuration: SystemCall.realPath(config) ?? config,
      server: store)
    return try StoreFailure.told {
      var revisions = 0
      let made = try ProgrammeFolder.create(folder, settings) { revisions = try StoreAddress.create(for: $0) }
      if revisions > 0 {
        console.report(
          Diagnostic(
            .note,
            "the server has this programme already, with \(counted(revisions, "revision")): you joined it"))
      }
      try console.output.write(
        """
        \(made.path): programme of \(cohort.id) (\(cohort.start) to \(cohort.end)) in \(regions.map(\.name).joined(separator: ", "))

        Save calendars in \(made.path(of: .calendars)), answers to invitations in \(made.path(of: .replies)). Then:
          cd \(made.path)
          tandem import STAFF ANSWERS
          tandem status

        """)
      return .done
    }
  }

  private func cohort(of regions: [Region]) throws -> Cohort {
    let known = Dictionary(regions.flatMap(\.cohorts).map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
    if let cohort {
      guard let found = known[cohort] else {
        throw ToolFailure(.usage, UnknownCohort(cohort, of: regions).message)
      }
      return found
    }
    guard let only = known.values.first, known.count == 1 else {
      throw ToolFailure(
        .usage,
        known.isEmpty
          ? "no region declares a cohort; add one to `cohorts` in region.yaml"
          : "which cohort? --cohort \(known.keys.sorted { $0.precedesByBytes($1) }.joined(separator: " or --cohort "))"
      )
    }
    return only
  }
}
