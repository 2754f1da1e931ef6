import ArgumentParser
import Basics
import Calendars
import Foundation
import Programme
import RecordStream
import Regions
import ToolSupport

/// Begins a region's folder.
struct NewCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Begin a region: a complete, commented folder with its public holidays.",
    discussion: "On a terminal, you are asked for what no option gives. Existing files are never overwritten."
  )

  @OptionGroup var shared: SharedOptions
  @Argument(help: "The region's id: letters, digits and `-`.")
  var id: String
  @Option(help: "Its name as people write it.")
  var name: String?
  @Option(help: "Its country, ISO 3166: PL.")
  var country: String?
  @Option(help: "The state, Land or province whose holidays count: BW.")
  var subdivision: String?
  @Option(help: "The language of its texts: pl.")
  var language: String?
  @Option(help: "Its IANA time zone: Europe/Warsaw.")
  var zone: String?
  @Option(help: "A site, as master data writes it; may be given several times.")
  var site: [String] = []
  @Option(help: "The programme office's name.")
  var officeName: String?
  @Option(help: "The programme office's address.")
  var officeEmail: String?
  @Option(help: "The first year of the holidays; else that of headquarters' first cohort.")
  var year: Int?

  func validate() throws {
    if let year, !LocalDate.years.contains(year) {
      throw ValidationError(
        "--year \(year): write a year from \(LocalDate.years.lowerBound) to \(LocalDate.years.upperBound)")
    }
  }

  func run(on console: Console) throws -> ToolStatus {
    let folder = shared.configuration(on: console)
    let target = folder.folder(of: id)
    guard FileManager.default.fileExists(atPath: folder.programmeFile) else {
      throw ToolFailure(
        .configuration, "is not there: name the configuration folder with --config or $TANDEM_CONFIG",
        file: folder.programmeFile)
    }
    let draft = try answered(by: Questions(console: console))
    guard draft.faults.isEmpty else {
      throw ToolFailure(.usage, draft.faults.map { Diagnostic(.error, $0) })
    }
    let holidays = try (year ?? folder.firstYear).map {
      try HolidayText(for: draft, from: $0, headquarters: folder)
    }
    let calendar = holidays?.calendar
    var files = draft.files(headquarters: folder, hasHolidays: calendar != nil)
    if let calendar { files.append(("holidays/" + draft.holidayFile, calendar)) }
    try Folder.make(folder.path + "/regions")
    try Folder.create(target, files: files)
    let diagnostics =
      (holidays?.diagnostics ?? [])
      + folder.check([id], holidays: HolidayFiles.read).filter { calendar != nil || $0.code != "no-holidays" }
    for diagnostic in diagnostics { console.report(diagnostic) }
    console.report(
      Diagnostic(
        .note, "made \(target): change its forms/ to your exports, then run `tandem-region check \(id)`"))
    return diagnostics.contains { $0.severity == .error } ? .configuration : .done
  }

  private func answered(by questions: Questions) throws -> RegionDraft {
    let country = try questions.answer(
      self.country, "country, ISO 3166 (PL)", option: "--country", standard: nil)
    let subdivision = try questions.optional(subdivision, "state, Land or province whose holidays count")
    let name = try questions.answer(self.name, "name as people write it", option: "--name", standard: nil)
    let language = try questions.answer(
      self.language, "language of its texts", option: "--language",
      standard: CountryHabits.language(of: country))
    let zone = try questions.answer(
      self.zone, "time zone", option: "--zone", standard: try CountryHabits.timeZone(of: country))
    let sites =
      site.isEmpty
      ? try questions.answer(
        nil, "sites as master data writes them, joined by commas", option: "--site", standard: nil
      )
      .split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
      : site
    let officeName = try questions.answer(
      self.officeName, "programme office's name", option: "--office-name", standard: "Tandem")
    let officeEmail = try questions.answer(
      self.officeEmail, "programme office's address", option: "--office-email",
      standard: "tandem@\(id).example.com")
    return RegionDraft(
      id: id, name: name, country: country, subdivision: subdivision, language: language, timeZone: zone,
      sites: sites, officeName: officeName, officeEmail: officeEmail)
  }
}
