import Foundation
import Programme
import Regions

/// The holidays of the countries that headquarters ships, read from Config/holidays.
enum HolidayRules {
  static let folder = ConfigurationFolder(
    path: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Config").path)

  /// A file with a mistake is missing here, and fails `everyFileIsRightAndNamesItsCountry`.
  private static let all: [String: NationalHolidays] = {
    var all: [String: NationalHolidays] = [:]
    for country in folder.holidayCountries().codes { all[country] = try? folder.holidays(of: country) }
    return all
  }()

  static var countries: [String] { all.keys.sorted() }

  static func subdivisions(of country: String) -> [String] { all[country]?.subdivisions.keys.sorted() ?? [] }

  static func language(of country: String) -> String? { all[country]?.language }

  static func dates(country: String, subdivision: String?, year: Int) -> [Holiday]? {
    all[country.uppercased()]?.dates(subdivision: subdivision, year: year)
  }
}
