import Basics
import Calendars
import Programme
import Regions
import ToolSupport

/// The public holidays of a new region as a calendar file.
struct HolidayText {
  static let years = 5

  /// nil where the country's holidays are not known, or not for these years.
  let calendar: String?
  let diagnostics: [Diagnostic]

  /// - Throws: exit code 64 for a subdivision that the country's law does not know, 78 where the country's file is wrong.
  init(for draft: RegionDraft, from year: Int, headquarters: ConfigurationFolder) throws {
    let rules: NationalHolidays?
    do throws(ConfigurationError) {
      rules = try headquarters.holidays(of: draft.country)
    } catch {
      throw ToolFailure(.configuration, error.diagnostics)
    }
    guard let rules else {
      self.init(unknown: "", draft, headquarters)
      return
    }
    var diagnostics: [Diagnostic] = []
    switch draft.subdivision.map(rules.place) {
    case .unknown:
      throw ToolFailure(.usage, rules.unknownSubdivision(draft.subdivision ?? "", option: "--subdivision"))
    case .partlyKnown(let code, let name):
      diagnostics.append(
        Diagnostic(
          .warning,
          "of \(rules.code) only the national days are known here: add those of \(code) (\(name)) to a calendar of "
            + "the region's own, and name it under `holidays` in region.yaml",
          file: headquarters.holidaysFile(of: rules.code),
          code: "national-holidays-alone"))
    case .known, nil: break
    }
    let holidays = (year..<(year + HolidayText.years)).map {
      rules.dates(subdivision: draft.subdivision, year: $0)
    }
    // The file is the same whenever it is made: its stamp is the first day that it covers.
    guard !holidays.contains(nil), let first = LocalDate(year: year, month: 1, day: 1) else {
      self.init(
        unknown: " from \(year) to \(year + HolidayText.years - 1), only from \(rules.years.lowerBound) to "
          + "\(rules.years.upperBound)", draft, headquarters)
      return
    }
    let bytes = HolidayFile.bytes(
      of: holidays.compactMap(\.self).flatMap(\.self), language: rules.language, country: draft.country,
      subdivision: draft.subdivision, title: "\(draft.name) \(draft.country)",
      stamp: Timestamp(secondsSinceEpoch: first.daysSinceEpoch * 86_400, offset: 0))
    self.init(calendar: String(decoding: bytes, as: UTF8.self), diagnostics: diagnostics)
  }

  private init(calendar: String?, diagnostics: [Diagnostic]) {
    self.calendar = calendar
    self.diagnostics = diagnostics
  }

  private init(unknown years: String, _ draft: RegionDraft, _ headquarters: ConfigurationFolder) {
    let target = headquarters.folder(of: draft.id)
    let file = headquarters.holidaysFile(of: draft.country)
    let unknown = Diagnostic(
      .error,
      "no holidays of \(draft.country) are known here\(years): put a calendar at \(target)/holidays/\(draft.holidayFile), "
        + "and remove the `# ` the line `holidays` in region.yaml; or state the country's rules in \(file), "
        + "as the files beside it do, delete \(target), and run this again", file: target + "/region.yaml",
      code: "unknown-country")
    self.init(calendar: nil, diagnostics: [unknown])
  }
}
