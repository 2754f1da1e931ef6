import Calendars
import Programme
import Regions

/// The public holidays of a new region as a calendar file.
enum HolidayText {
  static let years = 5

  /// nil where the country's holidays are not known here.
  static func calendar(for draft: RegionDraft, from year: Int) -> String? {
    nil
  }
}
