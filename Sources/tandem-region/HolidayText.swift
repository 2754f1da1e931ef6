import Calendars
import Programme
import Regions
import ToolSupport

/// The public holidays of a new region as a calendar file.
enum HolidayText {
  static let years = 5

  /// nil where the country's holidays are not known here, or not for these years.
  ///
  /// - Throws: exit code 64 for a subdivision that the country's law does not know.
  static func calendar(for draft: RegionDraft, from year: Int) throws(ToolFailure) -> String? {
    var holidays: [Holiday] = []
    for year in year..<(year + years) {
      guard
        let own = HolidayRules.dates(country: draft.country, subdivision: draft.subdivision, year: year)
      else {
        let known = HolidayRules.subdivisions(of: draft.country)
        guard
          draft.subdivision == nil || known.isEmpty || holidays.count > 0
            || HolidayRules.dates(country: draft.country, subdivision: nil, year: year) == nil
        else {
          throw ToolFailure(
            .usage,
            "no holidays of \(draft.subdivision ?? "") in \(draft.country): --subdivision is one of "
              + known.joined(separator: ", "))
        }
        return nil
      }
      holidays += own
    }
    // The file is the same whenever it is made: its stamp is the first day that it speaks of.
    guard let first = LocalDate(year: year, month: 1, day: 1) else { return nil }
    let bytes = HolidayFile.bytes(
      of: holidays, country: draft.country, subdivision: draft.subdivision,
      title: "\(draft.name) \(draft.country)",
      stamp: Timestamp(secondsSinceEpoch: first.daysSinceEpoch * 86_400, offset: 0))
    return String(decoding: bytes, as: UTF8.self)
  }
}
