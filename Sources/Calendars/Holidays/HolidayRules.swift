import Basics
import Programme

/// The public holidays of countries and their subdivisions, by law and computation: no list has to be bought or
/// fetched for a new region.
///
/// The judge is the Python package `holidays` (Tests/CalendarsTests/Fixtures/holidays): what it calls public, for 2026
/// to 2031 and every country and subdivision here. Days that a government moves by decree are in for the years that
/// were decreed when this was written; later ones by the standing law.
package enum HolidayRules {
  /// ISO 3166-1 codes, in order.
  package static var countries: [String] { all.map(\.code) }

  /// The subdivisions that a country's rules tell apart (`BW` of `DE-BW`), in order; empty for an unknown country.
  package static func subdivisions(of country: String) -> [String] {
    named(country)?.subdivisions.sorted { $0.precedesByBytes($1) } ?? []
  }

  /// The language in which a country's holidays are named here.
  package static func language(of country: String) -> String? { named(country)?.language }

  /// The holidays of a year, by date, then by name.
  ///
  /// - Parameters:
  ///   - country: ISO 3166-1 alpha-2, in either case.
  ///   - subdivision: `BW` or `DE-BW`; nil: what the whole country keeps.
  ///   - year: 2020 to 2040 (India: to 2035, since its festivals are listed by year).
  /// - Returns: nil for a country, subdivision or year that is not known here.
  package static func dates(country: String, subdivision: String?, year: Int) -> [Holiday]? {
    guard let found = named(country), found.years.contains(year) else { return nil }
    guard let subdivision else { return found.holidays(year, nil) }
    let prefix = found.code + "-"
    let upper = subdivision.uppercased()
    let place = upper.hasPrefix(prefix) ? String(upper.dropFirst(prefix.count)) : upper
    // A country whose law knows no subdivisions has the same holidays in each.
    guard found.subdivisions.isEmpty || found.subdivisions.contains(place) else { return nil }
    return found.holidays(year, place)
  }

  private static func named(_ country: String) -> HolidayCountry? {
    let code = country.uppercased()
    return all.first { $0.code == code }
  }

  private static let all: [HolidayCountry] = [
    .australia, .austria, .belgium, .brazil, .china, .czechia, .france, .germany, .hungary, .india, .italy,
    .japan, .mexico, .netherlands, .newZealand, .poland, .portugal, .romania, .slovakia, .southAfrica, .spain,
    .switzerland, .unitedKingdom, .unitedStates,
  ].sorted { $0.code.precedesByBytes($1.code) }
}
